"""The jobs of this room: making a document."""

from sqlalchemy.orm import Session

from consult.core.actors import SYSTEM
from consult.core.terms import UploadPurpose
from consult.documents.acts import EXPORT, keep_upload
from consult.documents.making import FORMS, file_name
from consult.documents.reads_publication import previous, publication
from consult.documents.settings import font_folders
from consult.documents.words import wording_in
from consult.drafts.reads import consultation_of, draft
from consult.jobs import Job, task


@task(EXPORT)
def export(session: Session, job: Job) -> None:
    """Makes a document and keeps its bytes; run twice, it makes the same again."""
    wanted = job.arguments
    language, form = wanted["language"], wanted["form"]
    consulted = consultation_of(session, wanted["consultation_id"], language)
    line = next(one for one in consulted.drafts if one.id == wanted["draft_id"])
    before = previous(consulted, draft(consulted, line.ordinal))
    wording = wording_in(language, consulted, line, before, wanted["address"])
    told = publication(session, consulted, line, language, wording)
    written = FORMS[form].write(told, font_folders())
    name = file_name(consulted.slug, line.ordinal, language, form)
    upload = keep_upload(
        session, SYSTEM, [(name, written)], FORMS[form].media_type, UploadPurpose.EXPORT, consulted.id
    )
    job.upload_id = upload.id
