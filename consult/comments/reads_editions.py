"""What changed in a paper since somebody verified or cleared it, and who changed what?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.editions import Uttered, public_words
from consult.comments.models import Contribution
from consult.comments.models_joint import ContributionEdition
from consult.core.diff import Run, redline
from consult.core.terms import AmendmentKind, Category, PaperState, Stance
from consult.people.models import Person


@dataclass(frozen=True, slots=True)
class WordChanges:
    """What another edition says differently; what did not change is None or empty."""

    stance: tuple[Stance, Stance] | None
    category: tuple[Category, Category] | None
    language: tuple[str, str] | None
    amendment: tuple[AmendmentKind | None, AmendmentKind | None] | None
    reasons: tuple[Run, ...]
    proposed: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition: who made it, when, and whether it verified the words or changed them."""

    edition: int
    by: str
    at: datetime
    is_verified: bool
    is_reworded: bool


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a paper was verified: by whom it was, when, who changed it after that, and what."""

    by: str
    at: datetime
    changed_by: tuple[EditionLine, ...]
    changes: WordChanges


@dataclass(frozen=True, slots=True)
class Editions:
    """All editions of a paper, the first first; and what changed since the last time that it was verified."""

    lines: tuple[EditionLine, ...]
    since: Since | None


def editions_of(session: Session, papers: Sequence[Contribution]) -> dict[int, Editions]:
    """The editions of these papers, by id. Two queries, however many there are."""
    found: dict[int, list[ContributionEdition]] = {paper.id: [] for paper in papers}
    query = select(ContributionEdition).where(ContributionEdition.contribution_id.in_(found))
    for row in session.scalars(query.order_by(ContributionEdition.edition)):
        found[row.contribution_id].append(row)
    people = {row.by_person_id for rows in found.values() for row in rows}
    named = select(Person.id, Person.name, Person.pseudonym).where(Person.id.in_(people))
    names = {row.id: row.name or row.pseudonym for row in session.execute(named)}
    return {paper.id: _editions(paper, found[paper.id], names) for paper in papers}


def word_changes(old: Uttered, new: Uttered) -> WordChanges:
    """What the public would read differently."""
    return WordChanges(
        stance=(old.stance, new.stance) if old.stance is not new.stance else None,
        category=(old.category, new.category) if old.category is not new.category else None,
        language=(old.language, new.language) if old.language != new.language else None,
        amendment=(old.amendment_kind, new.amendment_kind)
        if old.amendment_kind is not new.amendment_kind
        else None,
        reasons=redline(old.reasons, new.reasons) if old.reasons != new.reasons else (),
        proposed=redline(_proposed(old), _proposed(new)) if _proposed(old) != _proposed(new) else (),
    )


def _editions(paper: Contribution, rows: Sequence[ContributionEdition], names: Mapping[int, str]) -> Editions:
    lines = tuple(_lines(rows, names))
    verified = [at for at, row in enumerate(rows) if row.is_verified]
    is_over = paper.state in (PaperState.SUBMITTED, PaperState.DROPPED)
    if not verified or is_over or public_words(rows[verified[-1]]) == public_words(paper):
        return Editions(lines, None)
    at = verified[-1]
    after = tuple(one for one in lines[at + 1 :] if one.is_reworded)
    return Editions(lines, Since(lines[at].by, lines[at].at, after, word_changes(rows[at], paper)))


def _lines(rows: Sequence[ContributionEdition], names: Mapping[int, str]) -> Iterable[EditionLine]:
    before: ContributionEdition | None = None
    for row in rows:
        is_reworded = before is not None and public_words(before) != public_words(row)
        yield EditionLine(row.edition, names[row.by_person_id], row.at, row.is_verified, is_reworded)
        before = row


def _proposed(one: Uttered) -> str:
    return (one.proposed or "") if one.amendment_kind not in (None, AmendmentKind.DELETE) else ""
