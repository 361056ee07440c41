"""One's own page: name, language and zone; the password; the address, which changes when both ends have said yes."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.core.terms import TicketPurpose
from consult.db import begin_writing, session
from consult.people import acts_accounts, acts_email, browsers, reads_accounts
from consult.people.choosing import hashed_choice
from consult.people.forms_accounts import ConsentForm, EmailForm, PasswordForm, ProfileForm, said
from consult.people.linking import key_in
from consult.people.refusals import (
    AlertsStay,
    PasswordEvident,
    PasswordTooShort,
    SameEmail,
    TooManyLetters,
    TooManyTries,
    WrongPassword,
)
from consult.web.gates import actor, anyone, signed_in
from consult.web.transaction import reads_first

OLD, NEW = TicketPurpose.EMAIL_OLD, TicketPurpose.EMAIL_NEW


@signed_in
def profile() -> ResponseReturnValue:
    """One's own page: seats, roles, name, language and time zone."""
    who, held = actor(), reads_accounts.account(session(), actor())
    form = ProfileForm.posted(
        name=held.name, preferred=held.language, time_zone=held.time_zone, has_alerts=held.has_alerts
    )
    form.offer_zone(held.time_zone)
    if form.accepted:
        try:
            acts_accounts.keep_profile(session(), who, form.answer(is_held=not held.may_refuse_alerts))
            return redirect(url_for("people.profile", language=form.preferred.data), 303)
        except AlertsStay as no:
            form.refuse(no, "has_alerts")
    page = {"who": who, "held": held}
    return render_template("people/profile.html", page=page, form=form), form.status


@signed_in
@reads_first
def change_password() -> ResponseReturnValue:
    """Another password, for whoever knows the present one; every other browser is signed out."""
    who, held = actor(), reads_accounts.account(session(), actor())
    form = PasswordForm.posted()
    if form.accepted:
        try:
            kept = browsers.proved(who, said(form.present))
            chosen = hashed_choice(said(form.password), held.email, held.name)
            begin_writing(session())
            person = acts_accounts.change_password(session(), who, chosen, instead_of=kept)
            browsers.remember(person.id, chosen)
            return redirect(url_for("people.profile"), 303)
        except (WrongPassword, TooManyTries) as no:
            form.refuse(no, "present")
        except (PasswordTooShort, PasswordEvident) as no:
            form.refuse(no, "password")
    return render_template("people/change_password.html", page=held, form=form), form.status


@signed_in
@reads_first
def change_email() -> ResponseReturnValue:
    """Another address: asked here with the password, and confirmed by a letter at both ends."""
    who, held = actor(), reads_accounts.account(session(), actor())
    form = EmailForm.posted()
    if form.accepted:
        try:
            kept = browsers.proved(who, said(form.present))
            begin_writing(session())
            browsers.refuse_many_letters(said(form.email))
            acts_email.ask_new_email(session(), who, said(form.email), checked_hash=kept)
            page = {"present": held.email, "new": said(form.email)}
            return render_template("people/email_asked.html", page=page)
        except (WrongPassword, TooManyTries) as no:
            form.refuse(no, "present")
        except (SameEmail, TooManyLetters) as no:
            form.refuse(no, "email")
    return render_template("people/change_email.html", page=held, form=form), form.status


@anyone
def confirm_email(token: str) -> ResponseReturnValue:
    """Where the letters to both ends lead to: yes here, and from the present address also no."""
    purpose, key = key_in(token, OLD, NEW)
    found = reads_accounts.opening(session(), actor(), purpose, key, clock.now())
    form = ConsentForm.posted()
    if form.accepted:
        page = {"new_email": found.new_email, "email": found.email, "answer": form.answer.data}
        if form.answer.data == "refuse" and purpose is OLD:
            acts_email.refuse_email(session(), actor(), key)
            return render_template("people/email_refused.html", page=page)
        is_changed = acts_email.confirm_email(session(), actor(), purpose, key)
        return render_template("people/email_confirmed.html", page={**page, "is_changed": is_changed})
    return render_template("people/confirm_email.html", page=found, form=form), form.status
