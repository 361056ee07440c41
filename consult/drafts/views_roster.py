"""Inviting organisations: from the list of all, or by a list that is read, looked at and then confirmed."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.db import begin_writing, session
from consult.drafts import acts_roster, acts_roster_import, reads
from consult.drafts.forms_roster import (
    LONGEST_PASTE,
    AdditionForm,
    CorrectionForm,
    ListForm,
    RowForm,
    choices_of,
)
from consult.drafts.reads import Consulted
from consult.drafts.reads_roster_import import kept_list, organisation_ids, preview
from consult.drafts.refusals_roster import NobodyChosen
from consult.drafts.roster_reading import read_list
from consult.organisations.reads_directory import Asked, directory
from consult.refusals import Refusal
from consult.web.gates import actor, staff
from consult.web.limits import takes_form_of
from consult.web.locale import spoken
from consult.web.paging import asked_number
from consult.web.transaction import reads_first

BOTH = ["GET", "POST"]


def install(bp: Blueprint) -> None:
    """Hangs these pages under the consultation's roster."""
    roster = "/consultations/<slug>/roster"
    bp.add_url_rule(f"{roster}/additions", "additions", additions, methods=BOTH)
    bp.add_url_rule(f"{roster}/lists/new", "new_list", new_list, methods=BOTH)
    bp.add_url_rule(f"{roster}/lists/<key>", "roster_list", roster_list, methods=BOTH)


@staff
def additions(slug: str) -> ResponseReturnValue:
    """Choose organisations from the list of all."""
    consulted = reads.moderated(session(), actor(), slug, spoken())
    form = AdditionForm.posted()
    if form.accepted:
        try:
            _invite(consulted, form)
            return redirect(url_for("roster.show", slug=slug), 303)
        except Refusal as no:
            form.refuse(no)
    sought = request.args.get("words", "")[:200]
    found = directory(session(), Asked(words=sought, after=request.args.get("after", "")[:80]), spoken())
    on_it = {one.slug for one in reads.roster(session(), consulted)}
    page = {"consulted": consulted, "words": sought, "found": found, "on_it": on_it}
    return render_template("drafts/additions.html", page=page, form=form), form.status


@staff
@takes_form_of(LONGEST_PASTE * 2)
@reads_first
def new_list(slug: str) -> ResponseReturnValue:
    """Hand in a list, as a file or pasted; what was understood of it is shown next, and nobody is invited yet."""
    consulted = reads.moderated(session(), actor(), slug, spoken())
    form = ListForm.posted()
    if form.accepted:
        try:
            key = _kept(consulted, form)
            return redirect(url_for("drafts.roster_list", slug=slug, key=key), 303)
        except Refusal as no:
            form.refuse(no)
    page = {"consulted": consulted}
    return render_template("drafts/new_list.html", page=page, form=form), form.status


@staff
@takes_form_of(LONGEST_PASTE * 2)
def roster_list(slug: str, key: str) -> ResponseReturnValue:
    """What was understood of a list; mended in place, then confirmed."""
    consulted = reads.moderated(session(), actor(), slug, spoken())
    number = asked_number("page", 1) or 1
    form = CorrectionForm.posted()
    if form.accepted:
        try:
            _stepped(consulted, key, form, number)
            return redirect(url_for("drafts.roster_list", slug=slug, key=key, page=number), 303)
        except Refusal as no:
            form.refuse(no)
    shown = preview(session(), kept_list(session(), consulted, key), spoken(), number)
    rows = [RowForm(line, choices_of(line)) for line in shown.lines]
    page = {"consulted": consulted, "preview": shown, "rows": rows}
    return render_template("drafts/roster_list.html", page=page, form=form), form.status


def _invite(consulted: Consulted, form: AdditionForm) -> None:
    chosen = organisation_ids(session(), form.organisations.data or ())
    if not chosen:
        raise NobodyChosen
    row = reads.consultation_row(session(), consulted.id)
    acts_roster.invite_parties(session(), actor(), row, dict.fromkeys(chosen, form.chosen_part))


def _kept(consulted: Consulted, form: ListForm) -> str:
    """Reads the list without a transaction, in which others would wait; then keeps it in one of its own."""
    session().rollback()
    rows = read_list(form.sent(), form.pasted.data or "", form.encoding.data or "")
    begin_writing(session())
    row = reads.consultation_row(session(), consulted.id)
    return acts_roster_import.keep_list(session(), actor(), row, rows, form.chosen_part).key


def _stepped(consulted: Consulted, key: str, form: CorrectionForm, number: int) -> None:
    kept = kept_list(session(), consulted, key)
    shown = preview(session(), kept, spoken(), number)
    given = [RowForm(line, choices_of(line)).answer() for line in shown.lines]
    acts_roster_import.correct_list(session(), actor(), kept, [one for one in given if one is not None])
    if form.step.data == "confirm":
        acts_roster_import.confirm_list(session(), actor(), kept)
