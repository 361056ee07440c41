"""Who moderates and translates a consultation: appointed, handed over, ended; and the interests that they declare."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.db import session
from consult.drafts import acts_interests, acts_team, reads, reads_team
from consult.drafts.forms_team import AppointmentForm, EndingForm, HeirForm, InterestForm
from consult.drafts.policy import serves
from consult.drafts.reads import Consulted
from consult.organisations.acts_invitations import revoke_invitation
from consult.refusals import NotThere, Refusal
from consult.web.gates import actor, anyone, staff
from consult.web.locale import spoken

BOTH = ["GET", "POST"]


def install(bp: Blueprint) -> None:
    """Hangs these pages under the consultation."""
    team_of, member = "/consultations/<slug>/team", "/consultations/<slug>/team/<pseudonym>/<kind>"
    bp.add_url_rule(f"{team_of}/", "team", team, methods=BOTH)
    bp.add_url_rule(f"{team_of}/invitations/<key>/revocation", "unask", unask, methods=["POST"])
    bp.add_url_rule(f"{member}/end", "end_role", end_role, methods=BOTH)
    bp.add_url_rule(f"{member}/hand-over", "hand_over_role", hand_over, methods=BOTH)
    bp.add_url_rule("/consultations/<slug>/interests/", "interests", interests)
    bp.add_url_rule("/consultations/<slug>/interests/mine", "interest", interest, methods=BOTH)


@staff
def team(slug: str) -> ResponseReturnValue:
    """Everybody who serves here, and a form to appoint somebody."""
    consulted = _run(slug)
    form = AppointmentForm.posted()
    if form.accepted:
        kind, language = form.answer()
        row = reads.consultation_row(session(), consulted.id)
        email, name = form.email.data or "", form.name.data or ""
        try:
            acts_team.appoint(session(), actor(), row, email, kind, language, name, spoken())
            return redirect(url_for("drafts.team", slug=slug), 303)
        except Refusal as no:
            form.refuse(no, "email" if not isinstance(no, NotThere) else None)
    page = {
        "consulted": consulted,
        "team": reads_team.team(session(), consulted),
        "asked": reads_team.asked(session(), consulted, clock.now()),
    }
    return render_template("drafts/team.html", page=page, form=form), form.status


@staff
def unask(slug: str, key: str) -> ResponseReturnValue:
    """Take an invitation to serve here back."""
    consulted = _run(slug)
    if key not in {one.key for one in reads_team.asked(session(), consulted, clock.now())}:
        raise NotThere
    revoke_invitation(session(), actor(), key)
    return redirect(url_for("drafts.team", slug=slug), 303)


@staff
def end_role(slug: str, pseudonym: str, kind: str) -> ResponseReturnValue:
    """End somebody's role here, or one's own."""
    consulted = reads.consultation(session(), actor(), slug, spoken())
    role = reads_team.role_row(session(), consulted, pseudonym, kind, request.values.get("language", ""))
    served = _served(consulted, role.id)
    form = EndingForm.posted()
    if form.accepted:
        try:
            acts_team.end_role(session(), actor(), role)
            return redirect(url_for("rounds.overview", slug=slug), 303)
        except Refusal as no:
            form.refuse(no)
    page = {"consulted": consulted, "served": served}
    return render_template("drafts/end_role.html", page=page, form=form), form.status


@staff
def hand_over(slug: str, pseudonym: str, kind: str) -> ResponseReturnValue:
    """Give a role on to somebody else: appointed and ended in one act."""
    consulted = reads.consultation(session(), actor(), slug, spoken())
    role = reads_team.role_row(session(), consulted, pseudonym, kind, request.values.get("language", ""))
    served = _served(consulted, role.id)
    form = HeirForm.posted()
    if form.accepted:
        try:
            acts_team.hand_over_chair(session(), actor(), role, form.email.data or "")
            return redirect(url_for("rounds.overview", slug=slug), 303)
        except NotThere:
            raise
        except Refusal as no:
            form.refuse(no, "email")
    page = {"consulted": consulted, "served": served}
    return render_template("drafts/hand_over.html", page=page, form=form), form.status


@anyone
def interests(slug: str) -> ResponseReturnValue:
    """Every interest that was declared, for everybody who may read the consultation."""
    consulted = reads.consultation(session(), actor(), slug, spoken())
    page = {"consulted": consulted, "team": reads_team.team(session(), consulted)}
    return render_template("drafts/interests.html", page=page)


@staff
def interest(slug: str) -> ResponseReturnValue:
    """Declare one's own interests here."""
    consulted = reads.consultation(session(), actor(), slug, spoken())
    if not serves(actor(), consulted.id):
        raise NotThere
    form = InterestForm.posted()
    if form.accepted:
        row = reads.consultation_row(session(), consulted.id)
        acts_interests.declare_interest(session(), actor(), row, form.words.data or "")
        return redirect(url_for("drafts.interests", slug=slug), 303)
    page = {"consulted": consulted}
    return render_template("drafts/interest.html", page=page, form=form), form.status


def _run(slug: str) -> Consulted:
    """For its moderators, and for administrators where they may see it."""
    consulted = reads.consultation(session(), actor(), slug, spoken())
    if not (consulted.may_moderate or actor().is_administrator):
        raise NotThere
    return consulted


def _served(consulted: Consulted, role_id: int) -> reads_team.Served:
    """Whoever may end this role: she herself, a moderator here, an administrator."""
    found = reads_team.team(session(), consulted)
    for one in (*found.moderators, *found.translators):
        if one.role_id == role_id:
            is_own = one.person_id == actor().person_id
            if is_own or consulted.may_moderate or actor().is_administrator:
                return one
    raise NotThere
