"""The desk: every clause, one clause, and the publication of the next draft."""

import re

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.consensus.labels import STATUS_LABELS
from consult.consolidation import acts, acts_publishing, acts_settling, acts_themes
from consult.consolidation.forms import DispositionForm, SettlementForm, ThemeForm
from consult.consolidation.policy import may_consolidate
from consult.consolidation.reads_asked import By
from consult.consolidation.reads_desk import UNTYPED, desk
from consult.consolidation.reads_desks import desks
from consult.consolidation.reads_ready import ready
from consult.consolidation.views_public import bp as public_bp
from consult.db import session
from consult.drafts.reads import Consulted, DraftLine, consultation, consultation_row, draft_row
from consult.refusals import NotThere, Refusal
from consult.rounds.reads import round_row
from consult.web.forms import ConsultForm
from consult.web.gates import actor, staff
from consult.web.locale import preferred, spoken

bp = Blueprint("consolidation", __name__, url_prefix="/<interface:language>/consultations/<slug>")
blueprints = (bp, public_bp)


LISTED = 200  # things that are left, on one page


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
    return _shown(consulted, line, code)


@bp.post("/desk/<code>/dispositions")
@staff
def dispositions(slug: str, code: str) -> ResponseReturnValue:
    """Disposes of the comments that ask for one wording."""
    consulted, line = _moderated(slug)
    form = DispositionForm.posted()
    if form.accepted:
        try:
            numbers = _dispose(consulted, line, code, form)
            return redirect(_place(slug, code, f"a{numbers[0]}"), 303)
        except Refusal as no:
            form.refuse(no)
    return _shown(consulted, line, code, disposing=form)


@bp.post("/desk/<code>/themes")
@staff
def themes(slug: str, code: str) -> ResponseReturnValue:
    """Puts comments together under a name."""
    consulted, line = _moderated(slug)
    form, shown = ThemeForm.posted(), desk(session(), consulted, line, code, spoken())
    numbers = form.comment_numbers()
    row = draft_row(session(), line.id)
    acts_themes.group_comments(session(), actor(), row, shown.clause_id, form.theme.data or "", numbers)
    return redirect(_place(slug, code, f"a{numbers[0]}"), 303)


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
    return _shown(consulted, line, code, settling=form)


@bp.route("/desk/publication", methods=["GET", "POST"])
@staff
def publication(slug: str) -> ResponseReturnValue:
    """What is left before the next draft can be published; then its publication."""
    consulted, line = _moderated(slug)
    form = ConsultForm.posted()
    if form.accepted:
        try:
            row = consultation_row(session(), consulted.id)
            after = request.form.get("after", "")
            ordinal = int(after) if re.fullmatch("[0-9]{1,6}", after) else line.ordinal
            draft = acts_publishing.publish_draft(session(), actor(), row, ordinal)
            return redirect(url_for("consensus.reader", slug=slug, ordinal=draft.ordinal), 303)
        except Refusal as no:
            form.refuse(no)
    found = ready(session(), consulted.id, line.id)
    page = {"consulted": consulted, "draft": line, "ready": found, "shown": found.problems[:LISTED]}
    return render_template("consolidation/publication.html", page=page, form=form), form.status


def _moderated(slug: str) -> tuple[Consulted, DraftLine]:
    consulted = consultation(session(), actor(), slug, spoken())
    if not may_consolidate(actor(), consulted.id) or consulted.newest is None:
        raise NotThere
    return consulted, consulted.newest


def _language(consulted: Consulted) -> str:
    return preferred([spoken()], (consulted.source_language, *consulted.offered))


def _place(slug: str, code: str, anchor: str | None = None) -> str:
    return url_for("consolidation.desk", slug=slug, code=code, by=request.args.get("by"), _anchor=anchor)


def _shown(
    consulted: Consulted,
    line: DraftLine,
    code: str,
    disposing: DispositionForm | None = None,
    settling: SettlementForm | None = None,
) -> ResponseReturnValue:
    """The desk, with whatever was just typed in its place."""
    by = request.args.get("by", "")
    typed = settling.typed() if settling else UNTYPED
    layout = By(by) if by in set(By) else By.THEME
    page = {
        "consulted": consulted,
        "desk": desk(session(), consulted, line, code, _language(consulted), typed, layout),
        "statuses": STATUS_LABELS,
    }
    form, next_form = disposing or DispositionForm(formdata=None), settling or SettlementForm(formdata=None)
    status = max(form.status, next_form.status)
    return render_template("consolidation/desk.html", page=page, form=form, settling=next_form), status


def _dispose(consulted: Consulted, line: DraftLine, code: str, form: DispositionForm) -> list[int]:
    shown = desk(session(), consulted, line, code, spoken())
    numbers = form.comment_numbers()
    if not shown.rounds or not numbers:
        raise NotThere
    acts.dispose_comments(
        session(),
        actor(),
        consultation_row(session(), consulted.id),
        round_row(session(), shown.rounds[-1].id),
        numbers,
        form.answered({one.ordinal: one.id for one in (*shown.rounds, *shown.later_rounds)}),
        form.seen_ids(),
    )
    return numbers


def _settle(consulted: Consulted, line: DraftLine, code: str, form: SettlementForm) -> str:
    """Settles, and answers where to go on."""
    shown = desk(session(), consulted, line, code, spoken())
    row = draft_row(session(), line.id)
    new = form.settlement(
        {one.code: one.clause_id for one in shown.others}, shown.joined.clause_id if shown.joined else None
    )
    if form.is_insertion:
        acts_settling.insert_clause(session(), actor(), row, shown.clause_id, new)
        return _place(consulted.slug, code, "inserted")
    acts_settling.settle_clause(session(), actor(), row, shown.clause_id, new, form.seen.data or 0)
    if shown.following is None:
        return url_for("consolidation.desks", slug=consulted.slug)
    return _place(consulted.slug, shown.following.code)
