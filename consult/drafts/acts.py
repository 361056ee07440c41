"""What moderators do with consultations and drafts: start, invite, write down, publish."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import DraftKind, Stage, StakeholderGroup, Track
from consult.drafts.acts_roster import invite_party
from consult.drafts.models import (
    Clause,
    ClauseText,
    Consultation,
    Draft,
    OfferedLanguage,
    RequiredGroup,
)
from consult.drafts.parties import refuse_one_sided
from consult.drafts.policy import may_be_restricted, may_run, may_start
from consult.drafts.reads_tree import ROOT
from consult.drafts.refusals import AlreadyPublished, NothingToPublish, OpenTracksAreOpen, ZeroDraftStands
from consult.drafts.roster_letters import ask_invitations
from consult.drafts.writing import NewClause, NextClause, as_next, digest_of, write_clauses
from consult.languages.acts import write_text
from consult.people.standing import refuse_unduty
from consult.record.acts import note
from consult.refusals import NotThere

__all__ = [
    "NewClause",
    "NewConsultation",
    "NextClause",
    "add_draft",
    "add_revision",
    "invite_party",
    "new_clause",
    "publish_draft",
    "start_consultation",
]

SLUG_LENGTH = 60
RESERVED = {"new"}  # addresses beside the consultations' own


@dataclass(frozen=True, slots=True)
class NewConsultation:
    """A guideline to be negotiated. Without a slug, one is made from the title."""

    title: str
    summary: str
    source_language: str
    languages: tuple[str, ...]
    track: Track
    required_groups: tuple[StakeholderGroup, ...] = ()
    takes_individuals: bool = False
    takes_pseudonyms: bool = True
    is_restricted: bool = False
    slug: str = ""


def start_consultation(session: Session, actor: Actor, new: NewConsultation) -> Consultation:
    """Starts a consultation, seen only by its moderators until a draft is published."""
    if not may_start(actor):
        raise NotThere
    if new.is_restricted and not may_be_restricted(new.track):
        raise OpenTracksAreOpen
    consultation = Consultation(
        slug=_free_slug(session, new.slug or new.title),
        title_text_id=write_text(session, None, new.source_language, new.title).id,
        summary_text_id=write_text(session, None, new.source_language, new.summary).id,
        source_language=new.source_language,
        track=new.track,
        stage=Stage.PREPARING,
        is_restricted=new.is_restricted,
        takes_individuals=new.takes_individuals,
        takes_pseudonyms=new.takes_pseudonyms,
        created_at=clock.now(),
    )
    session.add(consultation)
    session.flush()
    for ordinal, language in enumerate(new.languages):
        session.add(OfferedLanguage(consultation_id=consultation.id, language=language, ordinal=ordinal))
    for group in new.required_groups:
        session.add(RequiredGroup(consultation_id=consultation.id, stakeholder_group=group))
    session.add(Clause(consultation_id=consultation.id, code=ROOT))
    note(
        session,
        actor,
        "consultation.started",
        consultation,
        within=consultation.id,
        slug=consultation.slug,
        source_language=new.source_language,
        languages=list(new.languages),
        track=new.track,
        is_restricted=new.is_restricted,
        required_groups=[str(group) for group in new.required_groups],
    )
    return consultation


def add_draft(
    session: Session, actor: Actor, consultation: Consultation, clauses: Sequence[NewClause]
) -> Draft:
    """Writes the zero draft down, unpublished. A second import replaces it while it is unpublished."""
    if not may_run(actor, consultation.id):
        raise NotThere
    _locked(session, actor, consultation)
    draft = session.scalar(
        select(Draft).where(Draft.consultation_id == consultation.id).order_by(Draft.ordinal)
    )
    if draft is not None and draft.published_at is not None:
        raise ZeroDraftStands
    if draft is None:
        draft = Draft(consultation_id=consultation.id, ordinal=0, kind=DraftKind.ZERO)
        session.add(draft)
    else:
        session.execute(delete(ClauseText).where(ClauseText.draft_id == draft.id))
    session.flush()
    write_clauses(session, consultation, draft, as_next(session, consultation, clauses))
    note(session, actor, "draft.written", draft, within=consultation.id, ordinal=0, clauses=len(clauses))
    return draft


def add_revision(
    session: Session, actor: Actor, consultation: Consultation, clauses: Sequence[NextClause]
) -> Draft:
    """Writes the next draft down, unpublished; whoever calls publishes it in the same transaction."""
    if not may_run(actor, consultation.id):
        raise NotThere
    _locked(session, actor, consultation)
    last = session.scalars(
        select(Draft).where(Draft.consultation_id == consultation.id).order_by(Draft.ordinal.desc()).limit(1)
    ).one()
    draft = Draft(consultation_id=consultation.id, ordinal=last.ordinal + 1, kind=DraftKind.REVISION)
    session.add(draft)
    session.flush()
    write_clauses(session, consultation, draft, clauses)
    note(
        session,
        actor,
        "draft.written",
        draft,
        within=consultation.id,
        ordinal=draft.ordinal,
        clauses=len(clauses),
    )
    return draft


def publish_draft(session: Session, actor: Actor, draft: Draft) -> Draft:
    """Publishes a draft: from now on it never changes."""
    if not may_run(actor, draft.consultation_id):
        raise NotThere
    consultation = session.get_one(Consultation, draft.consultation_id)
    _locked(session, actor, consultation)
    session.refresh(draft)
    if draft.published_at is not None:
        raise AlreadyPublished
    digest = digest_of(session, draft)
    if digest is None:
        raise NothingToPublish
    refuse_one_sided(session, consultation)
    if draft.ordinal == 0:
        ask_invitations(session, consultation.id)
    draft.sha256, draft.published_at = digest, clock.now()
    consultation.stage = Stage.OPEN
    session.flush()
    note(
        session,
        actor,
        "draft.published",
        draft,
        within=consultation.id,
        ordinal=draft.ordinal,
        kind=draft.kind,
        sha256=digest,
    )
    return draft


def new_clause(session: Session, consultation: Consultation) -> Clause:
    """A clause to be, under the next code. The act that it belongs to notes it."""
    consultation.clause_count += 1
    clause = Clause(consultation_id=consultation.id, code=f"c{consultation.clause_count}")
    session.add(clause)
    session.flush()
    return clause


def _locked(session: Session, actor: Actor, consultation: Consultation) -> None:
    session.refresh(consultation, with_for_update=True)
    refuse_unduty(session, actor, consultation.id)


def _free_slug(session: Session, title: str) -> str:
    """ASCII words of the title, or a short token where it has none; unique.

    Where a restricted consultation has the name, the tail is a token: a 2 would tell everybody that there is a first.
    """
    words = re.findall(r"[a-z0-9]+", title.casefold())
    base = "-".join(words)[:SLUG_LENGTH].strip("-") if any(len(word) > 1 for word in words) else ""
    base = base or f"consultation-{secrets.token_hex(3)}"
    slug, number = base, 1
    while True:
        taken = _with_slug(session, slug)
        if taken is None and slug not in RESERVED:
            return slug
        number += 1
        is_hidden = taken is not None and taken.is_restricted
        slug = f"{base}-{secrets.token_hex(2) if is_hidden else number}"


def _with_slug(session: Session, slug: str) -> Consultation | None:
    return session.scalar(select(Consultation).where(Consultation.slug == slug))
