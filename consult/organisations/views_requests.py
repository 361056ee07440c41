"""One's own organisations, and asking to represent one that is listed."""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.db import session
from consult.organisations import acts_requests, reads_invitations
from consult.organisations.forms_delegation import RequestForm
from consult.organisations.naming import organisation_named
from consult.organisations.reads import organisation
from consult.people.tickets import sealed
from consult.refusals import Refusal
from consult.web.gates import actor, signed_in
from consult.web.locale import spoken


@signed_in
def mine() -> ResponseReturnValue:
    """One's seats, requests, proposals, and the invitations to one's address."""
    found = reads_invitations.mine(session(), actor(), clock.now())
    page = {
        "mine": found,
        "links": {one.key: link_of(one.key) for one in found.invitations},
    }
    return render_template("organisations/mine.html", page=page)


@signed_in
def request_seat(slug: str) -> ResponseReturnValue:
    """Ask to represent an organisation; nobody learns from it who sits there."""
    found = organisation(session(), actor(), slug)
    form = RequestForm.posted()
    if form.accepted:
        try:
            acts_requests.request_seat(session(), actor(), found.id, form.words.data or "")
            return redirect(url_for("organisations.mine"), 303)
        except Refusal as no:
            form.refuse(no)
    page = {
        "slug": found.slug,
        "name": organisation_named(session(), found, spoken()),
        "waiting": reads_invitations.standing_request(session(), actor(), found.id),
        "place": next((one for one in actor().places if one.organisation_id == found.id), None),
    }
    return render_template("organisations/request.html", page=page, form=form), form.status


@signed_in
def withdrawal(slug: str) -> ResponseReturnValue:
    """Takes one's own request back."""
    found = organisation(session(), actor(), slug)
    acts_requests.withdraw_request(session(), actor(), found.id)
    return redirect(url_for("organisations.mine"), 303)


def link_of(key: str) -> str:
    """Where an invitation's letter leads."""
    token = sealed(current_app.config["SECRET_KEY"], "invitation", key)
    return url_for("organisations.invitation", token=token)
