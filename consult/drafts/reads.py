"""Which consultations and drafts are there for this reader? Everything under a consultation passes the one door here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import DraftKind, Stage, StakeholderGroup, Track
from consult.drafts.models import Consultation, Draft, OfferedLanguage, Party, RequiredGroup
from consult.drafts.policy import may_see
from consult.drafts.reads_tree import ClauseLine, clause_named, sections, tree
from consult.languages.reads import Said, texts_in
from consult.memory import Memory
from consult.people.reads import accredited_groups
from consult.record.models import Chain
from consult.refusals import NotThere

__all__ = ["ClauseLine", "Consulted", "DraftLine", "clause_named", "consultation", "sections", "tree"]

KEPT: Memory["Consulted"] = Memory(200)


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
    """A consultation that this reader may see, with its drafts. The chain's head names the state of all of it."""

    id: int
    slug: str
    source_language: str
    track: Track
    stage: Stage
    is_restricted: bool
    takes_individuals: bool
    comment_count: int
    title: Said
    summary: Said
    offered: tuple[str, ...]
    required: tuple[StakeholderGroup, ...]
    drafts: tuple[DraftLine, ...]
    party_ids: tuple[int, ...]
    may_moderate: bool
    chain_length: int
    chain_head: str

    @property
    def newest(self) -> DraftLine | None:
        """The draft published last."""
        published = [one for one in self.drafts if one.published_at]
        return published[-1] if published else None


def consultation(session: Session, actor: Actor, slug: str, language: str) -> Consulted:
    """The one door: the consultation, or nothing there."""
    found = session.execute(_with_head().where(Consultation.slug == slug)).first()
    if found is None or not may_see(actor, found[0], _parties_if_restricted(session, found[0])):
        raise NotThere
    return _kept(session, found[0], found[1] or 0, found[2] or "", language, actor.moderates(found[0].id))


def consultation_of(session: Session, consultation_id: int, language: str) -> Consulted:
    """The same without the door: for jobs, which act for nobody."""
    row, length, head = session.execute(_with_head().where(Consultation.id == consultation_id)).one()
    return _kept(session, row, length or 0, head or "", language, False)


def consultations(session: Session, actor: Actor, language: str) -> tuple[Consulted, ...]:
    """All that this reader may see, newest first."""
    return tuple(
        _kept(session, row, length or 0, head or "", language, actor.moderates(row.id))
        for row, length, head in session.execute(_with_head().order_by(Consultation.id.desc())).all()
        if may_see(actor, row, _parties_if_restricted(session, row))
    )


def draft(consulted: Consulted, ordinal: int) -> DraftLine:
    """One of the consultation's drafts by its ordinal."""
    for line in consulted.drafts:
        if line.ordinal == ordinal:
            return line
    raise NotThere


def slugs(session: Session) -> dict[int, str]:
    """Every consultation's slug by id: for commands, never for pages."""
    return {row.id: row.slug for row in session.execute(select(Consultation.id, Consultation.slug))}


def consultation_row(session: Session, consultation_id: int) -> Consultation:
    """The row, for acts."""
    return session.get_one(Consultation, consultation_id)


def draft_row(session: Session, draft_id: int) -> Draft:
    """The row, for acts."""
    return session.get_one(Draft, draft_id)


def _parties(session: Session, row: Consultation) -> tuple[int, ...]:
    query = select(Party.organisation_id).where(Party.consultation_id == row.id).order_by(Party.id)
    return tuple(session.scalars(query))


def _parties_if_restricted(session: Session, row: Consultation) -> tuple[int, ...]:
    return _parties(session, row) if row.is_restricted else ()


def _with_head() -> Select[tuple[Consultation, int | None, str | None]]:
    return select(Consultation, Chain.length, Chain.head).outerjoin(Chain, Chain.consultation_id == Consultation.id)


def _kept(
    session: Session, row: Consultation, length: int, head: str, language: str, may_moderate: bool
) -> Consulted:
    """The consultation as it is under this head of its chain, from memory where it was read before."""
    key = (row.id, head, language, may_moderate)
    return KEPT.of(key, lambda: _consulted(session, row, length, head, language, may_moderate))


def _consulted(
    session: Session, row: Consultation, length: int, head: str, language: str, may_moderate: bool
) -> Consulted:
    said = texts_in(session, (row.title_text_id, row.summary_text_id), language)
    parties = _parties(session, row)
    return Consulted(
        id=row.id,
        slug=row.slug,
        source_language=row.source_language,
        track=row.track,
        stage=row.stage,
        is_restricted=row.is_restricted,
        takes_individuals=row.takes_individuals,
        comment_count=row.comment_count,
        title=said[row.title_text_id],
        summary=said[row.summary_text_id],
        offered=_offered(session, row),
        required=_required(session, row, parties),
        drafts=_drafts(session, row.id, may_moderate),
        party_ids=parties,
        may_moderate=may_moderate,
        chain_length=length,
        chain_head=head,
    )


def _offered(session: Session, row: Consultation) -> tuple[str, ...]:
    query = select(OfferedLanguage.language).where(OfferedLanguage.consultation_id == row.id)
    others = session.scalars(query.order_by(OfferedLanguage.ordinal)).all()
    return (row.source_language, *(language for language in others if language != row.source_language))


def _required(session: Session, row: Consultation, parties: Iterable[int]) -> tuple[StakeholderGroup, ...]:
    query = select(RequiredGroup.stakeholder_group).where(RequiredGroup.consultation_id == row.id)
    named = set(session.scalars(query))
    if not named:
        named = accredited_groups(session, tuple(parties)) or set(StakeholderGroup)
    return tuple(group for group in StakeholderGroup if group in named)


def _drafts(session: Session, consultation_id: int, may_moderate: bool) -> tuple[DraftLine, ...]:
    query = select(Draft).where(Draft.consultation_id == consultation_id).order_by(Draft.ordinal)
    return tuple(
        DraftLine(row.id, row.ordinal, row.kind, row.published_at, row.sha256)
        for row in session.scalars(query)
        if may_moderate or row.published_at is not None
    )
