"""What was understood of a list that a moderator handed in, row by row, and what would become of it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.names import Name, called
from consult.core.terms import PartyRole
from consult.drafts.models import Party, RosterImport
from consult.drafts.reads import Consulted
from consult.drafts.roster_letters import with_heads
from consult.drafts.roster_matching import Book, Fate, Understood, counted, judged
from consult.drafts.roster_rows import row_of
from consult.organisations.reads_directory import Listing, listings
from consult.record.reads import chain_head
from consult.refusals import NotThere

PAGE = 25


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a list is compared with: the organisations, who of them is on the roster, and who has a head."""

    listed: Sequence[Listing]
    parts: dict[int, PartyRole]
    headed: set[int]

    @classmethod
    def of(cls, session: Session, consultation_id: int) -> "Standing":
        """As it is now. Three queries, one where the directory is in memory."""
        listed = listings(session, chain_head(session, None)[1])
        parts = select(Party.organisation_id, Party.role).where(Party.consultation_id == consultation_id)
        found = {row[0]: row[1] for row in session.execute(parts)}
        return cls(listed, found, with_heads(session, [one.id for one in listed]))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that a row may mean."""

    slug: str
    name: Name


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row with the name of the organisation it means, and those that it may mean."""

    understood: Understood
    name: Name | None
    candidates: tuple[Candidate, ...]
    has_head: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """One page of a list: what must be looked at first, then all in their order."""

    key: str
    lines: tuple[PreviewLine, ...]
    counts: Mapping[Fate, int]
    row_count: int
    page: int
    page_count: int
    is_confirmed: bool
    outcome: Mapping[str, object]

    @property
    def invited_count(self) -> int:
        """How many organisations would be on the roster by this list."""
        return sum(self.counts[one] for one in (Fate.INVITE, Fate.CHANGE, Fate.STANDS, Fate.ENTER))

    @property
    def left_count(self) -> int:
        """How many rows would be left out."""
        return self.counts[Fate.LEFT_OUT] + self.counts[Fate.OPEN]


def kept_list(session: Session, consulted: Consulted, key: str) -> RosterImport:
    """The list with this key, if it is one of this consultation's."""
    found = session.scalar(
        select(RosterImport).where(RosterImport.key == key, RosterImport.consultation_id == consulted.id)
    )
    if found is None:
        raise NotThere
    return found


def judged_rows(session: Session, kept: RosterImport) -> tuple[tuple[Understood, ...], Standing]:
    """What each row means now: organisations may have come and gone since the list was handed in."""
    standing = Standing.of(session, kept.consultation_id)
    rows = [row_of(one) for one in kept.rows]
    return judged(rows, Book(standing.listed), standing.parts, PartyRole.INVITED), standing


def preview(session: Session, kept: RosterImport, language: str, page: int) -> Preview:
    """One page of it."""
    found, standing = judged_rows(session, kept)
    by_slug = {one.slug: one for one in standing.listed}
    by_id = {one.id: one for one in standing.listed}
    ordered = sorted(found, key=lambda one: (one.fate is not Fate.OPEN, one.row.line))
    page_count = max(1, -(-len(ordered) // PAGE))
    page = min(max(page, 1), page_count)

    def line(one: Understood) -> PreviewLine:
        near = [by_slug[slug] for slug in one.row.near if slug in by_slug]
        known = by_id.get(one.organisation.id) if one.organisation else None
        return PreviewLine(
            one,
            _called(known, language) if known else None,
            tuple(Candidate(other.slug, _called(other, language)) for other in near),
            bool(known and known.id in standing.headed),
        )

    return Preview(
        kept.key,
        tuple(line(one) for one in ordered[(page - 1) * PAGE : page * PAGE]),
        counted(found),
        len(found),
        page,
        page_count,
        kept.confirmed_at is not None,
        kept.outcome,
    )


def _called(one: Listing, language: str) -> Name:
    return called(one.own_name, one.names, language)


def organisation_ids(session: Session, slugs: Sequence[str]) -> tuple[int, ...]:
    """The listed organisations with these slugs; others are passed over."""
    by_slug = {one.slug: one.id for one in listings(session, chain_head(session, None)[1])}
    return tuple(by_slug[slug] for slug in dict.fromkeys(slugs) if slug in by_slug)
