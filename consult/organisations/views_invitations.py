"""Inviting, into a delegation or as an administrator, and the page that an invitation's letter leads to."""

from collections.abc import Sequence

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult import clock
from consult.config import LANGUAGES
from consult.core.terms import SeatKind
from consult.db import begin_writing, session
from consult.organisations import acts_accepting, acts_invitations, reads_delegation, reads_invitations
from consult.organisations.acts_accepting import NewAccount
from consult.organisations.acts_invitations import Invited, NewInvitation
from consult.organisations.forms_delegation import AcceptForm, InviteForm, JoinForm, seats
from consult.organisations.reads_invitations import Offer
from consult.people import browsers
from consult.people.choosing import hashed_choice
from consult.people.refusals import PasswordEvident, PasswordTooShort
from consult.people.tickets import opened
from consult.refusals import LinkOver, NotThere, Refusal
from consult.web.gates import actor, anyone, signed_in, staff
from consult.web.locale import language_name, spoken
from consult.web.sentences import said_no
from consult.web.transaction import SAFE, reads_first


@signed_in
def invite(slug: str) -> ResponseReturnValue:
    """Invite into this delegation, several at once; what came of each line is said."""
    found = reads_delegation.entered(session(), actor(), slug, spoken())
    if request.method in SAFE and not found.manages:
        raise NotThere
    form = InviteForm.into(seats(found.gives or SeatKind), spoken())
    told = _told(form, form.seated(found.id)) if form.accepted else ()
    page = {"entered": found, "told": _lines(told)}
    return render_template("organisations/invite.html", page=page, form=form), _status(form, told)


@signed_in
def remind(slug: str, key: str) -> ResponseReturnValue:
    """One more letter."""
    reads_delegation.entered(session(), actor(), slug, spoken())
    acts_invitations.remind_invited(session(), actor(), key)
    return redirect(url_for("organisations.delegation", slug=slug), 303)


@signed_in
def revoke(slug: str, key: str) -> ResponseReturnValue:
    """Takes an invitation into this delegation back."""
    reads_delegation.entered(session(), actor(), slug, spoken())
    acts_invitations.revoke_invitation(session(), actor(), key)
    return redirect(url_for("organisations.delegation", slug=slug), 303)


@staff
def invitations() -> ResponseReturnValue:
    """Administrators invite to the site and into roles, and see what is open."""
    reads_invitations.open_invitations(session(), actor(), clock.now())
    form = InviteForm.into(_at_large(), spoken())
    told = _told(form, form.at_large()) if form.accepted else ()
    lines = reads_invitations.open_invitations(session(), actor(), clock.now())
    page = {"lines": lines, "told": _lines(told)}
    return render_template("organisations/invitations.html", page=page, form=form), _status(form, told)


@staff
def remind_at_large(key: str) -> ResponseReturnValue:
    """One more letter."""
    acts_invitations.remind_invited(session(), actor(), key)
    return redirect(url_for("organisations.invitations"), 303)


@staff
def revoke_at_large(key: str) -> ResponseReturnValue:
    """Takes an invitation to the site or into a role back."""
    acts_invitations.revoke_invitation(session(), actor(), key)
    return redirect(url_for("organisations.invitations"), 303)


@anyone
@reads_first
def invitation(token: str) -> ResponseReturnValue:
    """Who invites whom into what; only a button answers. What is over, or was never ours, opens nothing."""
    key = _key(token)
    page = reads_invitations.offer(session(), actor(), key, spoken(), clock.now())
    form = AcceptForm.posted() if actor().is_signed_in else JoinForm.posted()
    if form.accepted:
        try:
            return redirect(_accepted(form, key, page), 303)
        except LinkOver:
            raise
        except Refusal as no:
            form.refuse(no, "password" if isinstance(no, PasswordTooShort | PasswordEvident) else None)
    shown = {"offer": page, "token": token, "here": request.path}
    return render_template("organisations/invitation.html", page=shown, form=form), form.status


@anyone
def decline(token: str) -> ResponseReturnValue:
    """No to an invitation."""
    acts_accepting.decline_invitation(session(), actor(), _key(token))
    return render_template("organisations/declined.html", page={})


def _key(token: str) -> str:
    key = opened(current_app.config["SECRET_KEY"], "invitation", token)
    if key is None:
        raise LinkOver
    return key


def _accepted(form: AcceptForm | JoinForm, key: str, page: Offer) -> str:
    """Takes what is offered; answers where to lead on to. A slow hash is computed before any writing."""
    who = actor()
    session().rollback()
    if isinstance(form, AcceptForm):
        begin_writing(session())
        acts_accepting.accept_invitation(session(), who, key, is_confirmed=bool(form.confirmed.data))
    else:
        name = form.name.data or ""
        chosen = hashed_choice(form.password.data or "", page.email, name)
        begin_writing(session())
        new = NewAccount(name, chosen, spoken(), form.time_zone.data)
        person = acts_accepting.accept_as_new(session(), who, key, new)
        browsers.let_in(person.id, is_just_made=True)
    if page.slug:
        return url_for("organisations.delegation", slug=page.slug)
    return url_for("people.profile") if page.role else url_for("organisations.mine")


def _told(form: InviteForm, several: Sequence[NewInvitation]) -> tuple[Invited, ...]:
    """Invites each; what was refused stays in the form, the rest leaves it."""
    try:
        told = acts_invitations.invite_several(session(), actor(), several)
    except Refusal as no:
        form.refuse(no)
        return ()
    form.keep({one.email for one in told if one.refusal})
    return told


def _status(form: InviteForm, told: Sequence[Invited]) -> int:
    """422 where nothing at all came of it, so that nothing is kept."""
    return 422 if form.status == 422 or (told and all(one.refusal for one in told)) else 200


def _at_large() -> dict[str, str]:
    """What an administrator may invite to outside of delegations."""
    translators = {
        f"translator:{tag}": gettext("Translator into %(language)s", language=language_name(tag, spoken()))
        for tag in LANGUAGES
    }
    return {
        "": gettext("The site, without a seat or a role"),
        "moderator": gettext("Moderator of every consultation"),
        **translators,
    }


def _lines(told: Sequence[Invited]) -> list[dict[str, object]]:
    """What came of each line, in words."""
    return [
        {"email": one.email, "name": one.name, "is_bad": one.refusal, "words": _said(one)} for one in told
    ]


def _said(one: Invited) -> str:
    if one.refusal is not None:
        return said_no(one.refusal)
    if not one.is_renewed:
        return gettext("Invited. The letter is on its way.")
    if one.has_letter:
        return gettext("Was invited already. The invitation was renewed, and a new letter is on its way.")
    return gettext(
        "Was invited already. The invitation was renewed; no second letter goes out so soon after the last."
    )
