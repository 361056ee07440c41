"""The jobs of this room: making a document."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from consult.core.actors import SYSTEM
from consult.core.terms import UploadPurpose
from consult.db import begin_writing
from consult.documents.acts import EXPORT, keep_upload
from consult.documents.making import FORMS, file_name
from consult.documents.reads_publication import previous, publication
from consult.documents.settings import font_folders
from consult.documents.words import wording_in
from consult.drafts.reads import consultation_of
from consult.jobs import Job, task


@task(EXPORT)
def export(session: Session, job: Job) -> None:
    """Makes a document and keeps its bytes; run twice, it makes the same again.

    Writing it out may take seconds, so it is done outside of the transaction that keeps it: others write meanwhile.
    """
    job_id, wanted = job.id, dict(job.arguments)
    session.rollback()
    name, written = _written(session, wanted)
    session.rollback()
    begin_writing(session)
    form = FORMS[wanted["form"]]
    consultation_id = wanted["consultation_id"]
    upload = keep_upload(
        session, SYSTEM, [(name, written)], form.media_type, UploadPurpose.EXPORT, consultation_id
    )
    session.get_one(Job, job_id).upload_id = upload.id


def _written(session: Session, wanted: Mapping[str, Any]) -> tuple[str, bytes]:
    language, form = wanted["language"], wanted["form"]
    consulted = consultation_of(session, wanted["consultation_id"], language)
    line = next(one for one in consulted.drafts if one.id == wanted["draft_id"])
    before = previous(consulted, line)
    wording = wording_in(language, consulted, line, before, wanted["address"])
    told = publication(session, consulted, line, language, wording)
    return file_name(consulted.slug, line.ordinal, language, form), FORMS[form].write(told, font_folders())
