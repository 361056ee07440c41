"""What do the pages of files show: an outline being confirmed, the documents of a draft, a file's bytes?"""

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import ClauseKind, JobState
from consult.documents.models import Outline, Upload, UploadPart
from consult.documents.outline import PAGE, Item, Warning_, page
from consult.documents.pdf_out import NoFontFor
from consult.documents.policy import may_import
from consult.documents.standing import standing
from consult.drafts.reads import Consulted
from consult.jobs import Job
from consult.refusals import NotThere, Refusal

SPAN = 280


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One clause to be, with its place."""

    index: int
    item: Item
    is_long: bool


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """Fifty clauses to be, and what was noticed in the whole."""

    key: str
    edition: int
    title: str
    language: str
    items: tuple[OutlineItem, ...]
    number: int
    page_count: int
    item_count: int
    section_count: int
    clause_count: int
    noticed: tuple[Warning_, ...]
    step_count: int
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Made:
    """How far a document is: a job's state, its file once it is there, and why it cannot be made if it cannot."""

    state: JobState
    upload_id: int | None
    refusal: Refusal | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether waiting helps."""
        return self.state in (JobState.QUEUED, JobState.RUNNING)


def outline_row(session: Session, actor: Actor, consulted: Consulted, key: str) -> Outline:
    """The outline under this key; not there for whoever may not import."""
    row = session.scalar(select(Outline).where(Outline.key == key, Outline.consultation_id == consulted.id))
    if row is None or not may_import(actor, consulted.id):
        raise NotThere
    return row


def outline_page(row: Outline, number: int) -> OutlinePage:
    """One page of an outline as it stands after the steps so far."""
    outline = standing(row.read, row.steps)
    shown = page(outline, number, PAGE)
    kinds = [item.kind for item in outline.items]
    return OutlinePage(
        key=row.key,
        edition=row.edition,
        title=outline.title,
        language=outline.language,
        items=tuple(OutlineItem(index, item, len(item.body) > SPAN) for index, item in shown.items),
        number=shown.number,
        page_count=shown.count,
        item_count=len(outline.items),
        section_count=kinds.count(ClauseKind.SECTION),
        clause_count=kinds.count(ClauseKind.CLAUSE),
        noticed=outline.warnings,
        step_count=len(row.steps),
        is_confirmed=row.confirmed_at is not None,
    )


def page_of(index: int) -> int:
    """On which page an item stands."""
    return max(index, 0) // PAGE + 1


def made(session: Session, kind: str, key: str) -> Made | None:
    """How far the document under this key is; None where nobody asked for it yet."""
    row = session.execute(
        select(Job.state, Job.upload_id, Job.error).where(Job.kind == kind, Job.key == key)
    ).first()
    return Made(row.state, row.upload_id, _refusal(row.error)) if row else None


def _refusal(error: str | None) -> Refusal | None:
    """The refusal in which a job ended; None where it failed otherwise, or not."""
    try:
        told = json.loads(error or "{}")
    except ValueError:
        return None
    return NoFontFor(**told["facts"]) if told.get("refused") == NoFontFor.__name__ else None


def contents_of(session: Session, upload_id: int) -> tuple[Upload, bytes]:
    """A kept file and its bytes."""
    parts = session.scalars(
        select(UploadPart.content).where(UploadPart.upload_id == upload_id).order_by(UploadPart.ordinal)
    )
    return session.get_one(Upload, upload_id), b"".join(parts)


def open_outlines(session: Session, consulted: Consulted) -> tuple[str, ...]:
    """The keys of outlines that wait to be confirmed, newest first."""
    query = select(Outline.key).where(Outline.consultation_id == consulted.id, Outline.confirmed_at.is_(None))
    return tuple(session.scalars(query.order_by(Outline.id.desc()).limit(5)))
