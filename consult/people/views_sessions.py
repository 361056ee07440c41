"""The browsers in which one is signed in, each of which can be signed out; and the link that lets one in by letter."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.core.terms import TicketPurpose
from consult.db import session
from consult.people import acts_sessions, acts_tickets, entering, reads_accounts
from consult.people.forms_accounts import ConsentForm, SignInChoice, said
from consult.people.labels import device_name
from consult.people.linking import key_in
from consult.refusals import NotThere
from consult.web.gates import actor, anyone, signed_in


@signed_in
def sign_ins() -> ResponseReturnValue:
    """Where one is signed in."""
    lines = reads_accounts.sign_ins(session(), actor(), clock.now())
    page = {"lines": [(line, device_name(line.device)) for line in lines]}
    return render_template("people/sessions.html", page=page)


@signed_in
def revoke() -> ResponseReturnValue:
    """Signs one of one's browsers out."""
    form = SignInChoice.posted()
    chosen = said(form.sign_in)
    if not form.accepted or not chosen.isascii() or not chosen.isdigit() or len(chosen) > 9:
        raise NotThere
    acts_sessions.revoke_sign_in(session(), actor(), int(chosen))
    return redirect(url_for("people.sessions"), 303)


@signed_in
def revoke_others() -> ResponseReturnValue:
    """Signs one out everywhere but here."""
    acts_sessions.revoke_other_sign_ins(session(), actor())
    return redirect(url_for("people.sessions"), 303)


@anyone
def sign_in_link(token: str) -> ResponseReturnValue:
    """Lets in whoever gave the right password, where too much was tried from her network, by a letter."""
    purpose, key = key_in(token, TicketPurpose.SIGN_IN)
    found = reads_accounts.opening(session(), actor(), purpose, key, clock.now())
    form = ConsentForm.posted()
    if form.accepted:
        ticket = acts_tickets.use_ticket(session(), actor(), purpose, key)
        after = str(ticket.facts.get("next", ""))
        return redirect(entering.go_on(acts_tickets.person_of(ticket), after), 303)
    return render_template("people/sign_in_link.html", page=found, form=form), form.status
