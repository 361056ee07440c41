"""Bringing a draft in: files or pasted words, then the outline, fifty clauses at a time."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.core.terms import UploadPurpose
from consult.db import begin_writing, session
from consult.documents import acts, reads
from consult.documents import refusals as _refusals
from consult.documents import refusals_reading as _more_refusals
from consult.documents.forms import LONGEST_PASTE, StepForm, UploadForm
from consult.documents.noticed import sentence_of
from consult.documents.policy import may_import
from consult.documents.reading import TEXT_TYPE, WORD_TYPE, read
from consult.documents.views_out import bp as out_bp
from consult.drafts.reads import Consulted, consultation
from consult.refusals import NotThere, Refusal
from consult.web.gates import actor, staff
from consult.web.limits import takes_form_of
from consult.web.locale import spoken
from consult.web.paging import asked_number
from consult.web.transaction import reads_first

bp = Blueprint("documents", __name__, url_prefix="/<interface:language>/consultations/<slug>")
blueprints = (bp, out_bp)
SENTENCES = (_refusals, _more_refusals)


@bp.route("/import", methods=["GET", "POST"])
@staff
@takes_form_of(LONGEST_PASTE * 2)
@reads_first
def upload(slug: str) -> ResponseReturnValue:
    """Choose files or paste the text; what was read is shown next, and nothing is published."""
    consulted = _moderated(slug)
    form = UploadForm.posted()
    if form.accepted:
        try:
            return redirect(_opened(consulted, form), 303)
        except Refusal as no:
            form.refuse(no)
    page = {"consulted": consulted, "waiting": reads.open_outlines(session(), consulted)}
    return render_template("documents/upload.html", page=page, form=form), form.status


@bp.route("/import/<key>", methods=["GET", "POST"])
@staff
@takes_form_of(LONGEST_PASTE)
def outline(slug: str, key: str) -> ResponseReturnValue:
    """The outline; each post is one step on one item."""
    consulted = _moderated(slug)
    row = reads.outline_row(session(), actor(), consulted, key)
    form = StepForm.posted()
    number = asked_number("page", 1) or 1
    if form.accepted:
        try:
            _stepped(consulted, key, form)
            return redirect(_place(slug, key, form), 303)
        except Refusal as no:
            form.refuse(no)
            number = reads.page_of(form.index.data or 0)
    shown = reads.outline_page(row, number)
    page = {"consulted": consulted, "outline": shown, "noticed": [sentence_of(one) for one in shown.noticed]}
    return render_template("documents/outline.html", page=page, form=form), form.status


def _moderated(slug: str) -> Consulted:
    consulted = consultation(session(), actor(), slug, spoken())
    if not may_import(actor(), consulted.id):
        raise NotThere
    return consulted


def _opened(consulted: Consulted, form: UploadForm) -> str:
    """Reads outside of any transaction, then keeps both file and outline."""
    files, pasted = form.sent(), form.pasted.data or ""
    session().rollback()
    read_outline = read(files, pasted)
    begin_writing(session())
    kept = None
    if files:
        media_type = WORD_TYPE if files[0][0].lower().endswith(".docx") else TEXT_TYPE
        kept = acts.keep_upload(session(), actor(), files, media_type, UploadPurpose.DRAFT, consulted.id)
    row = acts.open_outline(session(), actor(), consulted.id, read_outline, kept)
    return url_for("documents.outline", slug=consulted.slug, key=row.key)


def _stepped(consulted: Consulted, key: str, form: StepForm) -> None:
    row = reads.outline_row(session(), actor(), consulted, key)
    seen = form.seen.data if form.seen.data is not None else -1
    if form.step.data == "confirm":
        acts.import_draft(session(), actor(), row, seen)
    elif form.step.data == "undo":
        acts.undo_step(session(), actor(), row, seen)
    else:
        acts.mend_outline(session(), actor(), row, form.answer(), seen)


def _place(slug: str, key: str, form: StepForm) -> str:
    if form.step.data == "confirm":
        return url_for("rounds.overview", slug=slug)
    index = form.index.data or 0
    number = asked_number("page", 1) if form.step.data == "undo" else reads.page_of(index)
    return url_for("documents.outline", slug=slug, key=key, page=number, _anchor=f"i{max(index - 1, 0)}")
