"""The desk: every clause, one clause, and the publication of the next draft."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.consolidation import acts, acts_publishing, acts_settling
from consult.consolidation.forms import DispositionForm, SettlementForm, chosen
from consult.consolidation.policy import may_consolidate
from consult.consolidation.reads_desk import Desk, desk, with_text
from consult.consolidation.reads_desks import desks
from consult.consolidation.reads_ready import ready
from consult.consolidation.views_public import bp as public_bp
from consult.core.terms import SettlementKind
from consult.db import session
from consult.drafts.reads import Consulted, DraftLine, consultation, consultation_row, draft_row
from consult.refusals import NotThere, Refusal
from consult.rounds.reads import round_row
from consult.web.forms import ConsultForm
from consult.web.gates import actor, staff
from consult.web.locale import preferred, spoken

bp = Blueprint("consolidation", __name__, url_prefix="/<interface:language>/consultations/<slug>")
blueprints = (bp, public_bp)


@bp.get("/desk/", endpoint="desks")
@staff
def all_desks(slug: str) -> ResponseReturnValue:
    """Every clause with how much of it is decided."""
    consulted, line = _moderated(slug)
    lines = desks(session(), consulted, line, _language(consulted))
    only_left = request.args.get("left") == "1"
    page = {
        "consulted": consulted,
        "draft": line,
        "lines": [one for one in lines if one.is_left or not only_left],
        "only_left": only_left,
        "ready": ready(session(), consulted.id, line.id),
    }
    return render_template("consolidation/desks.html", page=page)


@bp.get("/desk/<code>", endpoint="desk")
@staff
def one_desk(slug: str, code: str) -> ResponseReturnValue:
    """One clause at the desk."""
    consulted, line = _moderated(slug)
    return _shown(consulted, line, code, DispositionForm.posted(), SettlementForm.posted())


@bp.post("/desk/<code>/dispositions")
@staff
def dispositions(slug: str, code: str) -> ResponseReturnValue:
    """Disposes of the comments that ask for one wording."""
    consulted, line = _moderated(slug)
    form = DispositionForm.posted()
    if form.accepted:
        try:
            _dispose(consulted, line, code, form)
            return redirect(url_for("consolidation.desk", slug=slug, code=code, _anchor="asked"), 303)
        except Refusal as no:
            form.refuse(no)
    return _shown(consulted, line, code, form, SettlementForm(formdata=None))


@bp.post("/desk/<code>/settlement")
@staff
def settlement(slug: str, code: str) -> ResponseReturnValue:
    """Merges anew with the choices made, or settles the clause and goes on to the next."""
    consulted, line = _moderated(slug)
    form = SettlementForm.posted()
    if form.accepted and "merge" not in request.form:
        try:
            return redirect(_settle(consulted, line, code, form), 303)
        except Refusal as no:
            form.refuse(no)
    return _shown(consulted, line, code, DispositionForm(formdata=None), form)


@bp.route("/desk/publication", methods=["GET", "POST"])
@staff
def publication(slug: str) -> ResponseReturnValue:
    """What is left before the next draft can be published; then its publication."""
    consulted, line = _moderated(slug)
    form = ConsultForm.posted()
    if form.accepted:
        try:
            row = consultation_row(session(), consulted.id)
            ordinal = int(request.form.get("after", "")) if request.form.get("after", "").isdigit() else line.ordinal
            draft = acts_publishing.publish_draft(session(), actor(), row, ordinal)
            return redirect(url_for("consensus.reader", slug=slug, ordinal=draft.ordinal), 303)
        except Refusal as no:
            form.refuse(no)
    page = {"consulted": consulted, "draft": line, "ready": ready(session(), consulted.id, line.id)}
    return render_template("consolidation/publication.html", page=page, form=form), form.status


def _moderated(slug: str) -> tuple[Consulted, DraftLine]:
    consulted = consultation(session(), actor(), slug, spoken())
    if not may_consolidate(actor(), consulted.id) or consulted.newest is None:
        raise NotThere
    return consulted, consulted.newest


def _language(consulted: Consulted) -> str:
    return preferred([spoken()], (consulted.source_language, *consulted.offered))


def _shown(
    consulted: Consulted, line: DraftLine, code: str, disposing: DispositionForm, settling: SettlementForm
) -> ResponseReturnValue:
    shown = desk(session(), consulted, line, code, _language(consulted), chosen())
    if settling.is_submitted() and settling.text.data is not None and "merge" not in request.form:
        shown = with_text(session(), shown, settling.text.data)
    page = {"consulted": consulted, "desk": shown, "choices": chosen()}
    status = max(disposing.status, settling.status)
    return render_template("consolidation/desk.html", page=page, form=disposing, settling=settling), status


def _dispose(consulted: Consulted, line: DraftLine, code: str, form: DispositionForm) -> None:
    shown = desk(session(), consulted, line, code, spoken(), {})
    if shown.round is None:
        raise NotThere
    acts.dispose_comments(
        session(),
        actor(),
        consultation_row(session(), consulted.id),
        round_row(session(), shown.round.id),
        form.comment_numbers(),
        form.answered(),
        form.seen_ids(),
    )


def _settle(consulted: Consulted, line: DraftLine, code: str, form: SettlementForm) -> str:
    """Settles, and answers where to go on."""
    shown: Desk = desk(session(), consulted, line, code, spoken(), {})
    row = draft_row(session(), line.id)
    ids = {one.code: one.clause_id for one in shown.others}
    following = ids.get(shown.following or "")
    new = form.settlement(ids, following)
    here = url_for("consolidation.desk", slug=consulted.slug, code=code)
    if new.kind is SettlementKind.INSERT and shown.line is not None:
        acts_settling.insert_clause(session(), actor(), row, shown.line.clause_id, new)
        return here
    acts_settling.settle_clause(session(), actor(), row, shown.clause_id, new, form.seen.data or 0)
    if shown.following is None:
        return url_for("consolidation.desks", slug=consulted.slug)
    return url_for("consolidation.desk", slug=consulted.slug, code=shown.following)
