"""Taking a draft out: which documents there are, making one, and its bytes."""

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.core.terms import JobState
from consult.db import session
from consult.documents import acts, reads
from consult.documents.making import FORMS
from consult.documents.reads_publication import available, previous, state_of
from consult.drafts.reads import Consulted, DraftLine, consultation, draft
from consult.refusals import NotThere
from consult.web.forms import ConsultForm
from consult.web.gates import actor, anyone
from consult.web.locale import interface_language, spoken
from consult.web.sentences import said_no

bp = Blueprint(
    "documents_out",
    __name__,
    url_prefix="/<interface:language>/consultations/<slug>/drafts/<int(max=999999999):ordinal>",
)


@bp.get("/documents")
@anyone
def downloads(slug: str, ordinal: int) -> ResponseReturnValue:
    """The documents of a draft, by language and form."""
    consulted, line = _published(slug, ordinal)
    before = previous(consulted, line)
    page = {
        "consulted": consulted,
        "draft": line,
        "before": before,
        "languages": available(session(), consulted, line),
        "forms": [name for name, form in FORMS.items() if before or not form.needs_previous],
    }
    return render_template("documents/downloads.html", page=page)


@bp.route("/documents/<tongue>/<form>", methods=["GET", "POST"])
@anyone
def file(slug: str, ordinal: int, tongue: str, form: str) -> ResponseReturnValue:
    """The document: its bytes once it is made, before that how far it is; posting asks for it."""
    consulted, line = _published(slug, ordinal)
    if form not in FORMS or tongue not in {one.language for one in available(session(), consulted, line)}:
        raise NotThere
    wanted = _wanted(slug, line, tongue, form)
    asked = ConsultForm.posted()
    if request.method == "POST" and asked.accepted:
        acts.ask_for_document(session(), actor(), consulted.id, wanted)
        return redirect(
            url_for("documents_out.file", slug=slug, ordinal=ordinal, tongue=tongue, form=form), 303
        )
    found = reads.made(session(), acts.EXPORT, wanted.key)
    if found is not None and found.state is JobState.DONE and found.upload_id is not None:
        return _bytes(found.upload_id)
    page = {
        "consulted": consulted,
        "draft": line,
        "tongue": tongue,
        "form": form,
        "made": found,
        "why_not": said_no(found.refusal) if found and found.refusal else None,
    }
    return render_template("documents/waiting.html", page=page, form=asked)


def _wanted(slug: str, line: DraftLine, tongue: str, form: str) -> acts.Wanted:
    """The document, named by what it is made of in its own language, whatever the asker's."""
    state = state_of(session(), consultation(session(), actor(), slug, tongue), line, tongue)
    language = interface_language(tongue)
    path = url_for("consensus.reader", language=language, slug=slug, ordinal=line.ordinal)
    address = str(current_app.config["SITE_ADDRESS"]).rstrip("/") + path
    return acts.Wanted(line.id, tongue, form, state, address)


def _published(slug: str, ordinal: int) -> tuple[Consulted, DraftLine]:
    consulted = consultation(session(), actor(), slug, spoken())
    line = draft(consulted, ordinal)
    if line.published_at is None:
        raise NotThere
    return consulted, line


def _bytes(upload_id: int) -> Response:
    upload, content = reads.contents_of(session(), upload_id)
    response = Response(content, mimetype=upload.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=upload.file_name)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
