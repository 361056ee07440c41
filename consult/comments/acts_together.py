"""How does a delegation clear, submit or withdraw everything at once? Piece by piece: what fails is named, the rest is done."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.acts_papers import verify_contribution
from consult.comments.acts_submitting import submit_comment, withdraw_comment
from consult.comments.clearing import locked, refuse_untimely, refuse_without_voice
from consult.comments.models import Comment, Contribution
from consult.comments.refusals import AlreadyWithdrawn, NotCleared
from consult.core.actors import Actor
from consult.core.terms import PaperState
from consult.drafts.models import Consultation
from consult.record.pieces import apart
from consult.refusals import NotThere, Refusal
from consult.rounds.models import Round

Piece = TypeVar("Piece")
Named = TypeVar("Named", str, int)


@dataclass(frozen=True, slots=True)
class Missed(Generic[Named]):
    """A paper, by its key, or a comment, by its number, with which it was not done; and why."""

    name: Named
    no: Refusal


@dataclass(frozen=True, slots=True)
class Together(Generic[Piece, Named]):
    """What was done, and what was not: changed, dropped or withdrawn since the page was shown, or too late."""

    done: tuple[Piece, ...]
    missed: tuple[Missed[Named], ...]


def verify_all(
    session: Session, actor: Actor, consultation_id: int, seen: Mapping[str, int]
) -> Together[Contribution, str]:
    """Verifies the papers that were shown, each as it was seen."""
    _begun(session, actor, consultation_id)
    papers = _papers(session, actor, consultation_id, seen)
    return _one_by_one(
        session,
        seen,
        lambda key: verify_contribution(session, actor, _undropped(session, papers[key]), seen[key]),
    )


def submit_all(
    session: Session, actor: Actor, consultation_id: int, seen: Mapping[str, int], reached_at: datetime
) -> Together[Comment, str]:
    """Submits the papers that were shown, each as it was seen. Pressed twice it finds the same comments."""
    _begun(session, actor, consultation_id)
    papers = _papers(session, actor, consultation_id, seen)
    return _one_by_one(
        session,
        seen,
        lambda key: submit_comment(session, actor, _undropped(session, papers[key]), reached_at, seen[key]),
    )


def withdraw_all(
    session: Session, actor: Actor, consultation_id: int, numbers: Iterable[int], reached_at: datetime
) -> Together[Comment, int]:
    """Takes back the comments that were shown, while their round is open. Pressed twice it takes them back once."""
    _begun(session, actor, consultation_id)
    wanted = list(dict.fromkeys(numbers))
    query = select(Comment).where(
        Comment.consultation_id == consultation_id,
        Comment.voice_id == actor.voice_id,
        Comment.number.in_(wanted),
    )
    comments = {row.number: row for row in session.scalars(query)}
    if set(wanted) - set(comments):
        raise NotThere

    def withdraw(number: int) -> Comment:
        comment = comments[number]
        refuse_untimely(session.get_one(Round, comment.round_id), reached_at)
        with suppress(AlreadyWithdrawn):
            withdraw_comment(session, actor, comment, reached_at)
        return comment

    return _one_by_one(session, wanted, withdraw)


def _begun(session: Session, actor: Actor, consultation_id: int) -> None:
    refuse_without_voice(session, actor, locked(session, Consultation, consultation_id))


def _papers(
    session: Session, actor: Actor, consultation_id: int, keys: Iterable[str]
) -> dict[str, Contribution]:
    query = select(Contribution).where(
        Contribution.consultation_id == consultation_id,
        Contribution.voice_id == actor.voice_id,
        Contribution.key.in_(list(keys)),
    )
    found = {row.key: row for row in session.scalars(query)}
    if set(keys) - set(found):
        raise NotThere
    return found


def _undropped(session: Session, paper: Contribution) -> Contribution:
    """The paper, unless somebody dropped it meanwhile: that is to be said, and not that it changed."""
    session.refresh(paper, with_for_update=True)
    if paper.state is PaperState.DROPPED:
        raise NotCleared(paper.state)
    return paper


def _one_by_one(
    session: Session, names: Iterable[Named], act: Callable[[Named], Piece]
) -> Together[Piece, Named]:
    done: list[Piece] = []
    missed: list[Missed[Named]] = []
    for name in names:
        try:
            with apart(session):
                done.append(act(name))
        except Refusal as no:
            missed.append(Missed(name, no))
    return Together(tuple(done), tuple(missed))
