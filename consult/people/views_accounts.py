"""Making an account, and opening one again: each by a letter to its address, whose link leads back here."""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.core.terms import TicketPurpose
from consult.db import begin_writing, session
from consult.people import acts_accounts, browsers, entering, own_browser, reads_accounts
from consult.people.choosing import hashed_choice
from consult.people.forms_accounts import ConsentForm, LetterForm, NewPasswordForm, RegisterForm, said
from consult.people.linking import key_in
from consult.people.reads_accounts import Opening
from consult.people.refusals import PasswordEvident, PasswordTooShort, TooManyLetters
from consult.refusals import Refusal
from consult.web.gates import actor, anyone, signed_in
from consult.web.leading import wanted
from consult.web.locale import spoken
from consult.web.transaction import reads_first

REGISTER, RESET = TicketPurpose.REGISTER, TicketPurpose.RESET


@anyone
@reads_first
def register() -> ResponseReturnValue:
    """Asks for an account. The answer is the same whether the address has one or not, and takes as long."""
    if actor().is_signed_in:
        return redirect(wanted() or url_for("people.profile"), 303)
    form = RegisterForm.posted(preferred=spoken(), time_zone="UTC")
    if form.accepted and _asked(form):
        return _letter_sent(said(form.email))
    page = {"next": wanted()}
    return render_template("people/register.html", page=page, form=form), form.status


@anyone
@reads_first
def confirm(token: str) -> ResponseReturnValue:
    """The page that the letter of confirmation leads to; only its button makes the account.

    In the browser that asked, one press does; in any other, a password is chosen anew.
    """
    _, key = key_in(token, REGISTER)
    found = reads_accounts.opening(session(), actor(), REGISTER, key, clock.now(), own_browser.mark())
    form = ConsentForm.posted() if found.is_asked_here else NewPasswordForm.posted()
    if form.accepted:
        try:
            return redirect(_confirmed(form, key, found), 303)
        except (PasswordTooShort, PasswordEvident) as no:
            form.refuse(no, "password")
    return render_template("people/confirm.html", page=found, form=form), form.status


@signed_in
def welcome() -> ResponseReturnValue:
    """What somebody with a new account can do now."""
    return render_template("people/welcome.html", page={"who": actor()})


@anyone
def password() -> ResponseReturnValue:
    """Asks for a letter with which to set a new password; the same answer for every address."""
    form = LetterForm.posted()
    if form.accepted:
        try:
            browsers.refuse_many_letters(said(form.email), "reset")
            acts_accounts.ask_reset(session(), said(form.email))
            return _letter_sent(said(form.email))
        except TooManyLetters as no:
            form.refuse(no)
    return render_template("people/password.html", page={}, form=form), form.status


@anyone
@reads_first
def new_password(token: str) -> ResponseReturnValue:
    """Where the letter leads to: a new password, which ends every sign-in of the account."""
    _, key = key_in(token, RESET)
    found = reads_accounts.opening(session(), actor(), RESET, key, clock.now())
    form = NewPasswordForm.posted()
    if form.accepted:
        session().rollback()
        try:
            chosen = hashed_choice(said(form.password), found.email, found.name)
            begin_writing(session())
            person = acts_accounts.reset_password(session(), actor(), key, chosen)
            browsers.remember(person.id, chosen)
            return render_template("people/password_set.html", page=found)
        except (PasswordTooShort, PasswordEvident) as no:
            form.refuse(no, "password")
    return render_template("people/new_password.html", page=found, form=form), form.status


def _confirmed(form: ConsentForm | NewPasswordForm, key: str, found: Opening) -> str:
    """Makes the account and lets her in; answers where to lead on to. The slow hash is computed before any writing."""
    who, chosen = actor(), None
    session().rollback()
    if isinstance(form, NewPasswordForm):
        chosen = hashed_choice(said(form.password), found.email, found.name)
    begin_writing(session())
    person, after = acts_accounts.confirm_account(
        session(), who, key, browser=own_browser.mark(), chosen=chosen
    )
    return entering.go_on(person.id, after or url_for("people.welcome"), is_just_made=True)


def _asked(form: RegisterForm) -> bool:
    """Asks for the letter, or takes the refusal into the form. The slow hash is computed before any writing, and only
    where a letter may be written."""
    try:
        browsers.look_for_many_letters(said(form.email))
        chosen = hashed_choice(said(form.password), said(form.email), said(form.name))
    except (PasswordTooShort, PasswordEvident) as no:
        form.refuse(no, "password")
        return False
    except TooManyLetters as no:
        form.refuse(no)
        return False
    new = form.answer(chosen)
    session().rollback()
    begin_writing(session())
    try:
        browsers.refuse_many_letters(new.email)
        acts_accounts.ask_account(session(), new, wanted(), own_browser.marked())
    except Refusal as no:
        form.refuse(no)
        return False
    return True


def _letter_sent(email: str) -> ResponseReturnValue:
    """A letter is on its way: said of every address alike."""
    config = current_app.config
    outbox = url_for("notices.outbox") if config["DEMONSTRATION"] and not config["MAIL_URL"] else ""
    page = {"email": email, "outbox": outbox}
    return render_template("people/letter_sent.html", page=page)
