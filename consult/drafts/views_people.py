"""Administrators find people, see what they may do, and give and end roles. To everybody else there is nothing here."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.core.terms import RoleKind
from consult.db import session
from consult.drafts import reads_people as reads
from consult.drafts.forms_people import RoleEndForm, RoleForm
from consult.drafts.refusals_access import LanguageNeeded
from consult.people import acts_roles as acts
from consult.refusals import NotThere, Refusal
from consult.web.gates import actor, staff
from consult.web.locale import spoken
from consult.web.paging import asked_key

bp = Blueprint("roles", __name__, url_prefix="/<interface:language>/people")


@bp.get("/")
@staff
def people() -> ResponseReturnValue:
    """Find a person by e-mail, name or pseudonym; without words, all that have a role."""
    _administer()
    words = request.args.get("words", "")[:200]
    found = reads.people(session(), actor(), words, clock.now(), spoken(), asked_key("after"))
    return render_template("drafts/people.html", page={"words": words, "found": found})


@bp.get("/<pseudonym>/")
@staff
def person(pseudonym: str) -> ResponseReturnValue:
    """One person: her roles and seats, and forms to change the roles."""
    _administer()
    return _shown(pseudonym, RoleForm(formdata=None))


@bp.post("/<pseudonym>/roles")
@staff
def give(pseudonym: str) -> ResponseReturnValue:
    """Give a role."""
    _administer()
    form = RoleForm.posted()
    if form.accepted:
        try:
            _give(pseudonym, form)
            return redirect(url_for("roles.person", pseudonym=pseudonym), 303)
        except Refusal as no:
            form.refuse(no)
    return _shown(pseudonym, form)


@bp.post("/<pseudonym>/roles/end")
@staff
def end(pseudonym: str) -> ResponseReturnValue:
    """End a role; one's own, too, if another administrator is left."""
    _administer()
    form = RoleEndForm.posted()
    if form.accepted:
        try:
            _end(pseudonym, form)
            is_own = actor().pseudonym == pseudonym and form.kind.data == RoleKind.ADMINISTRATOR
            back = url_for("roles.person", pseudonym=pseudonym)
            return redirect(url_for("rounds.home") if is_own else back, 303)
        except Refusal as no:
            form.refuse(no)
    shown = RoleForm(formdata=None)
    shown.refused = form.refused
    return _shown(pseudonym, shown)


def _administer() -> None:
    if not actor().is_administrator:
        raise NotThere


def _shown(pseudonym: str, form: RoleForm) -> ResponseReturnValue:
    found = reads.person_called(session(), actor(), pseudonym, clock.now(), spoken())
    form.offer(reads.open_to(session(), actor(), spoken()))
    return render_template("drafts/person.html", page={"person": found}, form=form), form.status


def _consultation_id(slug: str | None) -> int | None:
    """The consultation with this slug, if this administrator may see it; none means everywhere."""
    if not slug:
        return None
    for one in reads.open_to(session(), actor(), spoken()):
        if one.slug == slug:
            return one.id
    raise NotThere


def _give(pseudonym: str, form: RoleForm) -> None:
    kind = RoleKind(form.kind.data)
    within = _consultation_id(form.consultation.data) if kind is not RoleKind.ADMINISTRATOR else None
    language = (form.language.data or None) if kind is RoleKind.TRANSLATOR else None
    if kind is RoleKind.TRANSLATOR and language is None:
        raise LanguageNeeded
    row = reads.person_row(session(), pseudonym)
    acts.give_role(session(), actor(), row, kind, consultation_id=within, language=language)


def _end(pseudonym: str, form: RoleEndForm) -> None:
    if form.kind.data not in set(RoleKind):
        raise NotThere
    row, within = reads.person_row(session(), pseudonym), _consultation_id(form.consultation.data)
    role = reads.standing_role(session(), row, RoleKind(form.kind.data), within, form.language.data or None)
    acts.end_role(session(), actor(), role)
