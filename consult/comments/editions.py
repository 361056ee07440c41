"""Which words did a paper have in which edition? What changed since somebody cleared it is read from here."""

from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.models import Contribution
from consult.comments.models_joint import ContributionEdition
from consult.core.actors import Actor
from consult.core.terms import AmendmentKind, Category, Stance


class Uttered(Protocol):
    """A paper, or one of its editions: what the public would read of it."""

    @property
    def stance(self) -> Stance: ...
    @property
    def category(self) -> Category: ...
    @property
    def language(self) -> str: ...
    @property
    def reasons(self) -> str: ...
    @property
    def amendment_kind(self) -> AmendmentKind | None: ...
    @property
    def proposed(self) -> str | None: ...


def public_words(one: Uttered) -> tuple[object, ...]:
    """All that the public would read: two editions that agree in this say the same."""
    is_worded = one.amendment_kind not in (None, AmendmentKind.DELETE)
    proposed = one.proposed if is_worded else None
    return (one.stance, one.category, one.language, one.reasons, one.amendment_kind, proposed)


def keep_edition(session: Session, actor: Actor, paper: Contribution, *, is_verified: bool = False) -> None:
    """Keeps the words of a paper as they are now, under its edition."""
    session.add(
        ContributionEdition(
            contribution_id=paper.id,
            edition=paper.edition,
            stance=paper.stance,
            category=paper.category,
            language=paper.language,
            reasons=paper.reasons,
            amendment_kind=paper.amendment_kind,
            proposed=paper.proposed,
            by_person_id=actor.person_id,
            at=clock.now(),
            is_verified=is_verified,
        )
    )
    session.flush()


def edition_numbered(session: Session, paper_id: int, number: int | None) -> ContributionEdition | None:
    """One edition of a paper."""
    return session.scalar(
        select(ContributionEdition).where(
            ContributionEdition.contribution_id == paper_id, ContributionEdition.edition == number
        )
    )


def is_as_cleared(session: Session, paper: Contribution, number: int | None) -> bool:
    """Whether a paper still says what it said in this edition."""
    then = edition_numbered(session, paper.id, number)
    return then is not None and public_words(then) == public_words(paper)
