"""The roster as its moderators see it: who has answered, whom to remind, who gets another part, who leaves."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.comments import acts_roster as leaving
from consult.consensus.forms_roster import HeadForm, PartForm, ReminderForm, RemovalForm
from consult.consensus.reads_missing import is_taken, party_named, roster_of
from consult.core.terms import PartyRole, SeatKind, Stage
from consult.db import session
from consult.drafts import acts_roster as acts
from consult.drafts.reads import Consulted, consultation_row, moderated
from consult.organisations.acts_invitations import NewInvitation, invite
from consult.people.reads import Speaker
from consult.refusals import Refusal
from consult.web.gates import actor, staff
from consult.web.locale import spoken

bp = Blueprint("roster", __name__, url_prefix="/<interface:language>/consultations/<slug>/roster")


@bp.get("/")
@staff
def show(slug: str) -> ResponseReturnValue:
    """All that are invited, and how far they have come."""
    return _page(moderated(session(), actor(), slug, spoken()), ReminderForm(formdata=None))


@bp.post("/reminders")
@staff
def remind(slug: str) -> ResponseReturnValue:
    """Remind one organisation, or all that have not answered."""
    consulted = moderated(session(), actor(), slug, spoken())
    form = ReminderForm.posted()
    if form.accepted:
        try:
            acts.remind_parties(session(), actor(), _row(consulted), _to_remind(consulted, form))
            return redirect(url_for("roster.show", slug=slug), 303)
        except Refusal as no:
            form.refuse(no)
    return _page(consulted, form)


@bp.post("/<organisation>/part")
@staff
def part(slug: str, organisation: str) -> ResponseReturnValue:
    """Give an organisation another part."""
    consulted = moderated(session(), actor(), slug, spoken())
    voice = party_named(session(), consulted, organisation)
    form = PartForm.posted()
    if form.accepted:
        try:
            chosen = PartyRole(form.part.data)
            acts.invite_party(session(), actor(), _row(consulted), voice.organisation_id or 0, chosen)
            return redirect(url_for("roster.show", slug=slug), 303)
        except Refusal as no:
            form.refuse(no)
    return _page(consulted, form)


@bp.route("/<organisation>/removal", methods=["GET", "POST"])
@staff
def remove(slug: str, organisation: str) -> ResponseReturnValue:
    """Take an organisation off the roster, with reasons."""
    consulted = moderated(session(), actor(), slug, spoken())
    voice = party_named(session(), consulted, organisation)
    form = RemovalForm.posted()
    if form.accepted:
        try:
            reason, gone = form.reason.data or "", voice.organisation_id or 0
            leaving.remove_party(session(), actor(), _row(consulted), gone, reason)
            return redirect(url_for("roster.show", slug=slug), 303)
        except Refusal as no:
            form.refuse(no)
    page = {"consulted": consulted, "voice": voice}
    return render_template("consensus/removal.html", page=page, form=form), form.status


@bp.route("/<organisation>/head", methods=["GET", "POST"])
@staff
def head(slug: str, organisation: str) -> ResponseReturnValue:
    """Invite the first head of a delegation by letter."""
    consulted = moderated(session(), actor(), slug, spoken())
    voice = party_named(session(), consulted, organisation)
    form = HeadForm.posted(preferred=spoken())
    if form.accepted:
        try:
            invite(session(), actor(), _head_of(voice, consulted, form))
            return redirect(url_for("roster.show", slug=slug), 303)
        except Refusal as no:
            form.refuse(no)
    page = {"consulted": consulted, "voice": voice, "is_taken": is_taken(session(), voice)}
    return render_template("consensus/head.html", page=page, form=form), form.status


def _head_of(voice: Speaker, consulted: Consulted, form: HeadForm) -> NewInvitation:
    return NewInvitation(
        email=form.email.data or "",
        name=form.name.data or "",
        language=form.preferred.data,
        organisation_id=voice.organisation_id,
        seat_kind=SeatKind.HEAD,
        consultation_id=consulted.id,
        words=form.words.data or "",
    )


def _to_remind(consulted: Consulted, form: ReminderForm) -> tuple[int, ...]:
    if form.organisation.data:
        return (party_named(session(), consulted, form.organisation.data).organisation_id or 0,)
    return roster_of(session(), consulted, clock.now()).remindable


def _page(consulted: Consulted, form: ReminderForm | PartForm) -> ResponseReturnValue:
    found = roster_of(session(), consulted, clock.now())
    parts = PartForm(formdata=None).part.choices
    is_published = consulted.stage is not Stage.PREPARING
    page = {"consulted": consulted, "roster": found, "parts": parts, "is_published": is_published}
    return render_template("consensus/roster.html", page=page, form=form), form.status


def _row(consulted: Consulted) -> Any:
    return consultation_row(session(), consulted.id)
