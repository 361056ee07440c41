"""What people do with files: bring a draft in, mend its outline step by step, confirm it; ask for a document."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import SYSTEM, Actor
from consult.core.terms import UploadPurpose
from consult.documents import outline as outlines
from consult.documents.models import Outline, Upload, UploadPart
from consult.documents.outline import to_json
from consult.documents.policy import may_import
from consult.documents.refusals import OutlineChanged, OutlineConfirmed
from consult.documents.standing import standing
from consult.documents.steps import Step, replayed
from consult.drafts import acts as drafts
from consult.drafts.models import Consultation, Draft
from consult.jobs import Job, put, try_again
from consult.record.acts import journal
from consult.refusals import NotThere

PART = 1024 * 1024
EXPORT = "documents.export"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document somebody asks for; `state` names what it will be made of, so the same is made once."""

    draft_id: int
    language: str
    form: str
    state: str
    address: str

    @property
    def key(self) -> str:
        """What makes two askings one job."""
        return f"{self.draft_id}/{self.language}/{self.form}/{self.state}"


def keep_upload(
    session: Session,
    actor: Actor,
    files: Sequence[tuple[str, bytes]],
    media_type: str,
    purpose: UploadPurpose,
    consultation_id: int,
) -> Upload:
    """Keeps a file's bytes in rows; several text files are kept one after the other."""
    blob = b"\n\n".join(content for _, content in files)
    upload = Upload(
        sha256=hashlib.sha256(blob).hexdigest(),
        media_type=media_type,
        file_name=files[0][0][:200],
        size=len(blob),
        purpose=purpose,
        consultation_id=consultation_id,
        by_person_id=actor.person_id,
        at=clock.now(),
    )
    session.add(upload)
    session.flush()
    for ordinal, start in enumerate(range(0, len(blob), PART)):
        session.add(UploadPart(upload_id=upload.id, ordinal=ordinal, content=blob[start : start + PART]))
    journal(session, actor, "upload.kept", sha256=upload.sha256, size=upload.size, purpose=purpose)
    return upload


def open_outline(
    session: Session,
    actor: Actor,
    consultation_id: int,
    read: outlines.Outline,
    upload: Upload | None,
) -> Outline:
    """Keeps what was read from a draft, to be mended and confirmed."""
    if not may_import(actor, consultation_id):
        raise NotThere
    row = Outline(
        key=secrets.token_urlsafe(9),
        consultation_id=consultation_id,
        upload_id=upload.id if upload else None,
        by_person_id=actor.person_id,
        read={"outline": to_json(read)},
        steps=[],
        edition=1,
        at=clock.now(),
    )
    session.add(row)
    session.flush()
    journal(session, actor, "outline.opened", outline=row.key, items=len(read.items))
    return row


def mend_outline(session: Session, actor: Actor, row: Outline, step: Step, seen: int) -> Outline:
    """Does one step on an outline: join, split, renumber, drop, deeper, higher, another kind."""
    _refuse(session, actor, row, seen)
    replayed(standing(row.read, row.steps), [step])
    row.steps = [*row.steps, step.stored()]
    row.edition += 1
    journal(session, actor, "outline.mended", outline=row.key, step=step.do, index=step.index)
    return row


def undo_step(session: Session, actor: Actor, row: Outline, seen: int) -> Outline:
    """Takes the last step back."""
    _refuse(session, actor, row, seen)
    row.steps = row.steps[:-1]
    row.edition += 1
    journal(session, actor, "outline.step_undone", outline=row.key)
    return row


def import_draft(session: Session, actor: Actor, row: Outline, seen: int) -> Draft:
    """Confirms an outline: its clauses become the unpublished zero draft."""
    _refuse(session, actor, row, seen)
    consultation = session.get_one(Consultation, row.consultation_id)
    outline = standing(row.read, row.steps)
    clauses = [
        drafts.NewClause(item.kind, item.depth, item.number, item.heading, item.body)
        for item in outline.items
    ]
    draft = drafts.add_draft(session, actor, consultation, clauses)
    row.confirmed_at = clock.now()
    journal(session, actor, "outline.confirmed", outline=row.key, steps=len(row.steps))
    return draft


def ask_for_document(session: Session, actor: Actor, consultation_id: int, wanted: Wanted) -> Job:
    """Puts the job that makes a document; the same document asked for twice is made once, unless that failed."""
    standing = session.scalar(select(Job).where(Job.kind == EXPORT, Job.key == wanted.key))
    if standing is not None:
        try_again(standing)
        return standing
    journal(session, actor if actor.is_signed_in else SYSTEM, "document.asked_for", form=wanted.form)
    return put(
        session,
        EXPORT,
        wanted.key,
        asked_by_id=actor.person_id,
        consultation_id=consultation_id,
        draft_id=wanted.draft_id,
        language=wanted.language,
        form=wanted.form,
        address=wanted.address,
    )


def _refuse(session: Session, actor: Actor, row: Outline, seen: int) -> None:
    if not may_import(actor, row.consultation_id):
        raise NotThere
    session.refresh(row, with_for_update=True)  # of two windows, one waits for the other and is told
    if row.confirmed_at is not None:
        raise OutlineConfirmed
    if row.edition != seen:
        raise OutlineChanged
