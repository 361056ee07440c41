"""The circles under which multilateral talks are held, and their members: kept by administrators."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.db import session
from consult.drafts import reads_access as reads
from consult.drafts.forms_mechanisms import MechanismForm, MemberForm
from consult.people import acts_mechanisms as acts
from consult.refusals import NotThere, Refusal
from consult.web.gates import actor, staff
from consult.web.locale import spoken

BOTH = ["GET", "POST"]


def install(bp: Blueprint) -> None:
    """Hangs these pages beside the consultations."""
    bp.add_url_rule("/mechanisms/", "mechanisms", every, methods=BOTH)
    bp.add_url_rule("/mechanisms/<circle>/", "members", members, methods=BOTH)
    bp.add_url_rule("/mechanisms/<circle>/name", "rename_mechanism", rename, methods=["POST"])
    bp.add_url_rule("/mechanisms/<circle>/removal", "remove_member", removal, methods=["POST"])


@staff
def every() -> ResponseReturnValue:
    """All mechanisms, and a form to name one."""
    _administer()
    form = MechanismForm.posted(name_language=spoken())
    if form.accepted:
        try:
            made = acts.name_mechanism(session(), actor(), form.name.data or "", form.name_language.data)
            return redirect(url_for("drafts.members", circle=made.slug), 303)
        except Refusal as no:
            form.refuse(no, "name")
    page = {"circles": reads.circles(session())}
    return render_template("drafts/mechanisms.html", page=page, form=form), form.status


@staff
def members(circle: str) -> ResponseReturnValue:
    """The members of one, and a form to add another."""
    _administer()
    row = reads.mechanism_row(session(), circle)
    form = MemberForm.posted()
    if form.accepted:
        try:
            found = reads.organisations_called(session(), [form.organisation.data or ""])
            acts.add_member(session(), actor(), row, found[0])
            return redirect(url_for("drafts.members", circle=circle), 303)
        except Refusal as no:
            form.refuse(no, "organisation")
    return _shown(circle, form)


@staff
def rename(circle: str) -> ResponseReturnValue:
    """Give it another name."""
    _administer()
    row = reads.mechanism_row(session(), circle)
    form = MechanismForm.posted()
    if form.accepted:
        acts.rename_mechanism(session(), actor(), row, form.name.data or "", form.name_language.data)
    return redirect(url_for("drafts.members", circle=circle), 303)


@staff
def removal(circle: str) -> ResponseReturnValue:
    """End a membership."""
    _administer()
    row = reads.mechanism_row(session(), circle)
    form = MemberForm.posted()
    if form.accepted:
        found = reads.organisations_called(session(), [form.organisation.data or ""])
        acts.remove_member(session(), actor(), row, found[0])
    return redirect(url_for("drafts.members", circle=circle), 303)


def _shown(circle: str, form: MemberForm) -> ResponseReturnValue:
    row = reads.mechanism_row(session(), circle)
    renaming = MechanismForm(formdata=None, data={"name": row.name, "name_language": row.name_language})
    page = {
        "circle": circle,
        "name": row.name,
        "name_language": row.name_language,
        "members": reads.members(session(), row),
        "listed": reads.listed_names(session(), spoken()),
        "renaming": renaming,
    }
    return render_template("drafts/members.html", page=page, form=form), form.status


def _administer() -> None:
    if not actor().is_administrator:
        raise NotThere
