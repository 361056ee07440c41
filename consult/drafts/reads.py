"""Which consultations and drafts are there for this reader? Everything under a consultation passes the one door here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from consult.core.actors import Actor
from consult.core.terms import ClauseKind, DraftKind, Stage, StakeholderGroup, Track
from consult.drafts.models import Consultation, Draft, OfferedLanguage, Party, RequiredGroup
from consult.drafts.policy import may_see
from consult.drafts.reads_changes import ChangeKind, Compared, compared
from consult.drafts.reads_tree import ClauseLine, clause_named, sections, tree
from consult.languages.reads import Said, texts_in
from consult.memory import Memory, turn_over
from consult.people.reads import Speaker, accredited_groups, speakers, voices_of
from consult.record.models import Chain
from consult.record.reads import is_sealed
from consult.refusals import NotThere

__all__ = [
    "ChangeKind",
    "ClauseLine",
    "Compared",
    "Consulted",
    "DraftLine",
    "clause_named",
    "compared",
    "consultation",
    "sections",
    "tree",
]

KEPT: Memory["Consulted"] = Memory(200)
NOBODY = 0  # no consultation has this id
Heads = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft as lists name it; unpublished ones only moderators meet."""

    id: int
    ordinal: int
    kind: DraftKind
    published_at: datetime | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Consulted:
    """A consultation that this reader may see, with its drafts.

    The heads of its own chain and of the platform's name the state of all that this depends on.
    """

    id: int
    slug: str
    source_language: str
    track: Track
    stage: Stage
    is_restricted: bool
    takes_individuals: bool
    takes_pseudonyms: bool
    comment_count: int
    individual_comment_count: int
    title: Said
    summary: Said
    offered: tuple[str, ...]
    required: tuple[StakeholderGroup, ...]
    drafts: tuple[DraftLine, ...]
    party_ids: tuple[int, ...]
    may_moderate: bool
    chain_length: int
    chain_head: str
    platform_head: str

    @property
    def organisation_comment_count(self) -> int:
        """Comments of organisations; those of individuals are counted apart."""
        return self.comment_count - self.individual_comment_count

    @property
    def newest(self) -> DraftLine | None:
        """The draft published last."""
        published = [one for one in self.drafts if one.published_at]
        return published[-1] if published else None


@dataclass(frozen=True, slots=True)
class _Parts:
    """What consultations are put together from, by consultation; organisations' groups by organisation."""

    said: Mapping[int, Said]
    parties: Mapping[int, Sequence[int]]
    offered: Mapping[int, Sequence[str]]
    required: Mapping[int, Sequence[StakeholderGroup]]
    drafts: Mapping[int, Sequence[DraftLine]]
    groups: Mapping[int, StakeholderGroup]


def consultation(session: Session, actor: Actor, slug: str, language: str) -> Consulted:
    """The one door: the consultation, or nothing there. What does not exist takes as long as what may not be seen."""
    found = session.execute(_named_with_heads(), {"slug": slug}).first()
    if found is None:
        _roster_of(session, [NOBODY])
        raise NotThere
    row, *heads = found
    parties = _parties(session, [row] if row.is_restricted else [])
    if not may_see(actor, row, parties.get(row.id, ())):
        raise NotThere
    return _kept(session, row, _named(heads), language, actor.moderates(row.id))


def moderated(session: Session, actor: Actor, slug: str, language: str) -> Consulted:
    """The same for pages of its moderators; to all others there is nothing here."""
    consulted = consultation(session, actor, slug, language)
    if not consulted.may_moderate:
        raise NotThere
    return consulted


def consultation_of(session: Session, consultation_id: int, language: str) -> Consulted:
    """The same without the door: for jobs, which act for nobody."""
    row, *heads = session.execute(_with_heads().where(Consultation.id == consultation_id)).one()
    return _kept(session, row, _named(heads), language, False)


def consultations(session: Session, actor: Actor, language: str) -> tuple[Consulted, ...]:
    """All that this reader may see, newest first. However many there are, the queries are as many."""
    found = session.execute(_with_heads().order_by(Consultation.id.desc())).all()
    parties = _parties(session, [row[0] for row in found])
    seen = [row for row in found if may_see(actor, row[0], parties.get(row[0].id, ()))]
    parts = _parts(session, [row[0] for row in seen], language)
    return tuple(_consulted(parts, row, _named(heads), actor.moderates(row.id)) for row, *heads in seen)


def draft(consulted: Consulted, ordinal: int) -> DraftLine:
    """One of the consultation's drafts by its ordinal."""
    for line in consulted.drafts:
        if line.ordinal == ordinal:
            return line
    raise NotThere


def clause_count(session: Session, line: DraftLine) -> int:
    """How many clauses a draft has, sections, notes and tables apart."""
    return sum(one.kind is ClauseKind.CLAUSE for one in tree(session, line.id))


def roster(session: Session, consulted: Consulted) -> tuple[Speaker, ...]:
    """The organisations invited, in the order in which they were."""
    voices = voices_of(session, consulted.party_ids)
    found = speakers(session, voices)
    return tuple(found[one] for one in voices)


def slugs(session: Session) -> dict[int, str]:
    """Every consultation's slug by id: for commands, never for pages."""
    return {row.id: row.slug for row in session.execute(select(Consultation.id, Consultation.slug))}


def consultation_row(session: Session, consultation_id: int) -> Consultation:
    """The row, for acts."""
    return session.get_one(Consultation, consultation_id)


def draft_row(session: Session, draft_id: int) -> Draft:
    """The row, for acts."""
    return session.get_one(Draft, draft_id)


@cache  # a statement costs more to build than to send, and every page of a consultation begins with this one
def _named_with_heads() -> Select[Consultation, int, str, str]:
    return _with_heads().where(Consultation.slug == bindparam("slug"))


def _with_heads() -> Select[Consultation, int, str, str]:
    platform = aliased(Chain)
    platform_head = select(platform.head).where(platform.is_platform).scalar_subquery()
    return select(Consultation, Chain.length, Chain.head, platform_head).outerjoin(
        Chain, Chain.consultation_id == Consultation.id
    )


def _named(heads: Sequence[Any]) -> Heads:
    length, head, platform = heads
    return int(length or 0), str(head or ""), str(platform or "")


def _kept(session: Session, row: Consultation, heads: Heads, language: str, may_moderate: bool) -> Consulted:
    """The consultation as it is under these heads, from memory where it was read before.

    Inside of an act the heads still name the state before it, so nothing is remembered then.
    """
    turn_over(heads[2])

    def make() -> Consulted:
        return _consulted(_parts(session, [row], language), row, heads, may_moderate)

    if not heads[1] or not is_sealed(session):
        return make()
    return KEPT.of((row.id, heads, language, may_moderate), make)


def _consulted(parts: _Parts, row: Consultation, heads: Heads, may_moderate: bool) -> Consulted:
    offered, party_ids = parts.offered.get(row.id, ()), tuple(parts.parties.get(row.id, ()))
    named = set() if row.track is Track.BILATERAL else set(parts.required.get(row.id, ()))
    on_roster = {parts.groups[one] for one in party_ids if one in parts.groups}
    required = named or on_roster or set(StakeholderGroup)
    return Consulted(
        id=row.id,
        slug=row.slug,
        source_language=row.source_language,
        track=row.track,
        stage=row.stage,
        is_restricted=row.is_restricted,
        takes_individuals=row.takes_individuals,
        takes_pseudonyms=row.takes_pseudonyms,
        comment_count=row.comment_count,
        individual_comment_count=row.individual_comment_count,
        title=parts.said[row.title_text_id],
        summary=parts.said[row.summary_text_id],
        offered=(row.source_language, *(one for one in offered if one != row.source_language)),
        required=tuple(group for group in StakeholderGroup if group in required),
        drafts=tuple(one for one in parts.drafts.get(row.id, ()) if may_moderate or one.published_at),
        party_ids=party_ids,
        may_moderate=may_moderate,
        chain_length=heads[0],
        chain_head=heads[1],
        platform_head=heads[2],
    )


def _parts(session: Session, rows: Sequence[Consultation], language: str) -> _Parts:
    ids = [row.id for row in rows]
    parties = _parties(session, rows)
    languages = select(OfferedLanguage.consultation_id, OfferedLanguage.language).order_by(
        OfferedLanguage.ordinal
    )
    required = select(RequiredGroup.consultation_id, RequiredGroup.stakeholder_group)
    drafts: dict[int, list[DraftLine]] = {}
    for row in session.scalars(select(Draft).where(Draft.consultation_id.in_(ids)).order_by(Draft.ordinal)):
        line = DraftLine(row.id, row.ordinal, row.kind, row.published_at, row.sha256)
        drafts.setdefault(row.consultation_id, []).append(line)
    return _Parts(
        said=texts_in(
            session, (one for row in rows for one in (row.title_text_id, row.summary_text_id)), language
        ),
        parties=parties,
        offered=_by_first(session.execute(languages.where(OfferedLanguage.consultation_id.in_(ids))).all()),
        required=_by_first(session.execute(required.where(RequiredGroup.consultation_id.in_(ids))).all()),
        drafts=drafts,
        groups=accredited_groups(session, sorted({one for found in parties.values() for one in found})),
    )


def _parties(session: Session, rows: Sequence[Consultation]) -> dict[int, list[int]]:
    """The organisations on each roster, in the order in which they came."""
    return _roster_of(session, [row.id for row in rows]) if rows else {}


def _roster_of(session: Session, ids: Sequence[int]) -> dict[int, list[int]]:
    query = select(Party.consultation_id, Party.organisation_id).order_by(Party.id)
    return _by_first(session.execute(query.where(Party.consultation_id.in_(ids))).all())


def _by_first(pairs: Sequence[Row[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
