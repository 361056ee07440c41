"""What moderators do with consultations and drafts: start, invite, write down, publish."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import ClauseKind, DescentKind, DraftKind, PartyRole, RoleKind, Stage, StakeholderGroup, Track
from consult.drafts.arranging import Arranged, Placed, arranged
from consult.drafts.models import Clause, ClauseText, Consultation, Descent, Draft, OfferedLanguage, Party, RequiredGroup
from consult.drafts.policy import may_run, may_start
from consult.drafts.reads_tree import ROOT
from consult.drafts.refusals import AlreadyPublished, NothingToPublish, ZeroDraftStands
from consult.languages.acts import write_text, write_texts
from consult.languages.models import Text
from consult.people.models import Organisation, Role
from consult.record.acts import note
from consult.refusals import NotThere

SLUG_LENGTH = 60


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
    is_restricted: bool = False
    slug: str = ""


@dataclass(frozen=True, slots=True)
class NewClause:
    """A clause of an imported draft; `depth` 0 is the top."""

    kind: ClauseKind
    depth: int
    number: str
    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class NextClause:
    """A clause of a revision. `clause_id` None makes a new one; `parent` is an index in the sequence."""

    clause_id: int | None
    parent: int | None
    kind: ClauseKind
    number: str
    heading_text_id: int | None
    text_id: int
    descends_from: tuple[tuple[int, DescentKind], ...] = ()


def start_consultation(session: Session, actor: Actor, new: NewConsultation) -> Consultation:
    """Starts a consultation, seen only by its moderators until a draft is published."""
    if not may_start(actor):
        raise NotThere
    consultation = Consultation(
        slug=_free_slug(session, new.slug or new.title),
        title_text_id=write_text(session, None, new.source_language, new.title).id,
        summary_text_id=write_text(session, None, new.source_language, new.summary).id,
        source_language=new.source_language,
        track=new.track,
        stage=Stage.PREPARING,
        is_restricted=new.is_restricted,
        takes_individuals=new.takes_individuals,
        created_at=clock.now(),
    )
    session.add(consultation)
    session.flush()
    for ordinal, language in enumerate(new.languages):
        session.add(OfferedLanguage(consultation_id=consultation.id, language=language, ordinal=ordinal))
    for group in new.required_groups:
        session.add(RequiredGroup(consultation_id=consultation.id, stakeholder_group=group))
    session.add(
        Role(
            person_id=actor.person_id,
            kind=RoleKind.MODERATOR,
            consultation_id=consultation.id,
            since=clock.now(),
        )
    )
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


def invite_party(
    session: Session, actor: Actor, consultation: Consultation, organisation_id: int, role: PartyRole
) -> Party:
    """Puts an organisation on the roster."""
    if not may_run(actor, consultation.id):
        raise NotThere
    standing = session.scalar(
        select(Party).where(Party.consultation_id == consultation.id, Party.organisation_id == organisation_id)
    )
    party = standing or Party(consultation_id=consultation.id, organisation_id=organisation_id, role=role)
    party.role = role
    session.add(party)
    session.flush()
    name = session.get_one(Organisation, organisation_id).name
    note(session, actor, "party.invited", party, within=consultation.id, organisation=name, role=role)
    return party


def add_draft(
    session: Session, actor: Actor, consultation: Consultation, clauses: Sequence[NewClause]
) -> Draft:
    """Writes the zero draft down, unpublished. A second import replaces it while it is unpublished."""
    if not may_run(actor, consultation.id):
        raise NotThere
    _locked(session, consultation)
    if session.scalar(select(Draft.id).where(Draft.consultation_id == consultation.id, Draft.published_at.is_not(None))):
        raise ZeroDraftStands
    draft = session.scalar(select(Draft).where(Draft.consultation_id == consultation.id))
    if draft is None:
        draft = Draft(consultation_id=consultation.id, ordinal=0, kind=DraftKind.ZERO)
        session.add(draft)
    else:
        session.execute(delete(ClauseText).where(ClauseText.draft_id == draft.id))
    session.flush()
    _write_clauses(session, consultation, draft, _as_next(session, consultation, clauses))
    note(session, actor, "draft.written", draft, within=consultation.id, ordinal=0, clauses=len(clauses))
    return draft


def add_revision(
    session: Session, actor: Actor, consultation: Consultation, clauses: Sequence[NextClause]
) -> Draft:
    """Writes the next draft down, unpublished; whoever calls publishes it in the same transaction."""
    if not may_run(actor, consultation.id):
        raise NotThere
    _locked(session, consultation)
    last = session.scalars(
        select(Draft).where(Draft.consultation_id == consultation.id).order_by(Draft.ordinal.desc()).limit(1)
    ).one()
    draft = Draft(consultation_id=consultation.id, ordinal=last.ordinal + 1, kind=DraftKind.REVISION)
    session.add(draft)
    session.flush()
    _write_clauses(session, consultation, draft, clauses)
    note(session, actor, "draft.written", draft, within=consultation.id, ordinal=draft.ordinal, clauses=len(clauses))
    return draft


def publish_draft(session: Session, actor: Actor, draft: Draft) -> Draft:
    """Publishes a draft: from now on it never changes."""
    if not may_run(actor, draft.consultation_id):
        raise NotThere
    if draft.published_at is not None:
        raise AlreadyPublished
    digest = _digest(session, draft)
    if digest is None:
        raise NothingToPublish
    draft.sha256, draft.published_at = digest, clock.now()
    consultation = session.get_one(Consultation, draft.consultation_id)
    consultation.stage = Stage.OPEN
    session.flush()
    note(session, actor, "draft.published", draft, within=consultation.id, ordinal=draft.ordinal, kind=draft.kind, sha256=digest)
    return draft


def new_clause(session: Session, consultation: Consultation) -> Clause:
    """A clause to be, under the next code. The act that it belongs to notes it."""
    consultation.clause_count += 1
    clause = Clause(consultation_id=consultation.id, code=f"c{consultation.clause_count}")
    session.add(clause)
    session.flush()
    return clause


def _as_next(session: Session, consultation: Consultation, clauses: Sequence[NewClause]) -> list[NextClause]:
    """Imported clauses with their words written down and their parents found from their depths."""
    language = consultation.source_language
    bodies = write_texts(session, consultation.id, language, [clause.body for clause in clauses])
    headed = [clause.heading for clause in clauses if clause.heading]
    headings = iter(write_texts(session, consultation.id, language, headed))
    above: list[int] = []
    found = []
    for index, clause in enumerate(clauses):
        del above[clause.depth :]
        parent = above[-1] if above else None
        above.append(index)
        heading = next(headings).id if clause.heading else None
        found.append(NextClause(None, parent, clause.kind, clause.number, heading, bodies[index].id))
    return found


def _write_clauses(
    session: Session, consultation: Consultation, draft: Draft, clauses: Sequence[NextClause]
) -> None:
    root = session.scalars(
        select(Clause.id).where(Clause.consultation_id == consultation.id, Clause.code == ROOT)
    ).one()
    ids = _identities(session, consultation, clauses)
    empty = write_text(session, consultation.id, consultation.source_language, "")
    rows = [_row(draft.id, root, None, 0, 0, ClauseKind.WHOLE, "", "", root, None, empty.id)]
    placed = arranged([Placed(clause.parent, clause.kind, clause.number) for clause in clauses])
    for ordinal, (clause, at) in enumerate(zip(clauses, placed, strict=True), start=1):
        parent = root if clause.parent is None else ids[clause.parent]
        section = root if at.section is None else ids[at.section]
        rows.append(_placed_row(draft.id, ids[ordinal - 1], parent, section, ordinal, clause, at))
    session.execute(insert(ClauseText), rows)
    for clause_id, clause in zip(ids, clauses, strict=True):
        for ancestor, kind in clause.descends_from:
            session.add(Descent(draft_id=draft.id, from_clause_id=ancestor, to_clause_id=clause_id, kind=kind))
    session.flush()


def _identities(session: Session, consultation: Consultation, clauses: Sequence[NextClause]) -> list[int]:
    """Each clause's lasting identity; new ones get the next codes, in reading order."""
    made = []
    for clause in clauses:
        if clause.clause_id is None:
            consultation.clause_count += 1
            made.append(Clause(consultation_id=consultation.id, code=f"c{consultation.clause_count}"))
    session.add_all(made)
    session.flush()
    fresh = iter(made)
    return [next(fresh).id if clause.clause_id is None else clause.clause_id for clause in clauses]


def _placed_row(
    draft_id: int, clause_id: int, parent: int, section: int, ordinal: int, clause: NextClause, at: Arranged
) -> dict[str, object]:
    heading, text = clause.heading_text_id, clause.text_id
    return _row(
        draft_id, clause_id, parent, at.position, ordinal, clause.kind, clause.number, at.cited, section, heading, text
    )


def _row(
    draft_id: int,
    clause_id: int,
    parent: int | None,
    position: int,
    ordinal: int,
    kind: ClauseKind,
    number: str,
    cited: str,
    section: int,
    heading: int | None,
    text: int,
) -> dict[str, object]:
    return {
        "draft_id": draft_id,
        "clause_id": clause_id,
        "parent_clause_id": parent,
        "position": position,
        "ordinal": ordinal,
        "kind": kind,
        "number": number,
        "cited": cited,
        "section_clause_id": section,
        "heading_text_id": heading,
        "text_id": text,
    }


def _digest(session: Session, draft: Draft) -> str | None:
    """The hash of all numbers and words in reading order; None of an empty draft."""
    rows = session.execute(
        select(ClauseText.number, ClauseText.kind, Text.sha256, ClauseText.heading_text_id)
        .join(Text, Text.id == ClauseText.text_id)
        .where(ClauseText.draft_id == draft.id)
        .order_by(ClauseText.ordinal)
    ).all()
    if len(rows) < 2:
        return None
    headings = {
        text_id: sha256
        for text_id, sha256 in session.execute(
            select(Text.id, Text.sha256).where(Text.id.in_([row.heading_text_id for row in rows if row.heading_text_id]))
        )
    }
    lines = [f"{row.kind}\t{row.number}\t{headings.get(row.heading_text_id, '')}\t{row.sha256}" for row in rows]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _locked(session: Session, consultation: Consultation) -> None:
    session.execute(select(Consultation.id).where(Consultation.id == consultation.id).with_for_update())


def _free_slug(session: Session, title: str) -> str:
    """ASCII words of the title, or a short token where it has none; unique."""
    words = re.findall(r"[a-z0-9]+", title.casefold())
    base = "-".join(words)[:SLUG_LENGTH].strip("-") or f"consultation-{secrets.token_hex(3)}"
    slug, number = base, 1
    while session.scalar(select(Consultation.id).where(Consultation.slug == slug)):
        number += 1
        slug = f"{base}-{number}"
    return slug
