"""The second step of signing in, signing in by passkey, and the proof that it is still she."""

from flask import Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.db import session
from consult.people import entering, joining, reads
from consult.people.forms import SignInForm
from consult.people.forms_factors import ConfirmForm, PasskeyForm, SecondForm
from consult.people.reads_factors import factors
from consult.people.refusals_factors import StepOver
from consult.refusals import NotThere, Refusal
from consult.web.gates import actor, anyone, signed_in
from consult.web.leading import wanted
from consult.web.transaction import reads_first


@anyone
@reads_first
def sign_in() -> ResponseReturnValue:
    """The sign-in page; leads back to where the reader came from."""
    form = SignInForm.posted()
    if form.accepted:
        try:
            leads_to = entering.enter_by_password(form.email.data or "", form.password.data or "", wanted())
            if leads_to is None:
                return render_template("people/by_letter.html", page={"email": form.email.data})
            return redirect(leads_to, 303)
        except Refusal as no:
            form.refuse(no)
    page = _sign_in_page()
    return render_template("people/sign_in.html", page=page, form=form), form.status


@anyone
def second() -> ResponseReturnValue:
    """After the password: the code of an app, or a recovery code."""
    person_id = entering.pending()
    if person_id is None:
        return redirect(url_for("people.sign_in", next=wanted() or None), 303)
    form = SecondForm.posted()
    if form.accepted:
        try:
            return redirect(entering.finish_by_code(person_id, form.code.data or "", wanted()), 303)
        except Refusal as no:
            form.refuse(no)
    page = {
        "factors": factors(session(), person_id),
        "next": wanted(),
        "has_site": entering.site() is not None,
    }
    return render_template("people/second.html", page=page, form=form), form.status


@anyone
def second_passkey() -> ResponseReturnValue:
    """After the password: one of her passkeys."""
    person_id, form = entering.pending(), PasskeyForm.posted()
    if person_id is None or not form.accepted:
        raise StepOver
    return redirect(entering.finish_by_passkey(person_id, form.answer.data or "", wanted()), 303)


@anyone
def second_question() -> ResponseReturnValue:
    """What to ask her passkeys after the password."""
    person_id = entering.pending()
    if person_id is None or entering.site() is None:
        raise NotThere
    return Response(entering.ask_signature(person_id), mimetype="application/json")


@anyone
def passkey() -> ResponseReturnValue:
    """Signing in by a passkey alone."""
    form = PasskeyForm.posted()
    if not form.accepted or entering.site() is None:
        raise StepOver
    return redirect(entering.enter_by_passkey(form.answer.data or "", wanted()), 303)


@anyone
def passkey_question() -> ResponseReturnValue:
    """What to ask whatever passkeys this browser has."""
    if entering.site() is None:
        raise NotThere
    return Response(entering.ask_signature(None), mimetype="application/json")


@signed_in
@reads_first
def confirmation() -> ResponseReturnValue:
    """Asks whoever is signed in to prove once more that it is she."""
    after = wanted() or url_for("people.factors")
    form = ConfirmForm.posted()
    if form.accepted:
        try:
            return redirect(entering.confirm(form.password.data or "", after), 303)
        except Refusal as no:
            form.refuse(no, "password")
    standing = factors(session(), actor().person_id, actor().sign_in_id)
    page = {"factors": standing, "next": after, "provider": joining.provider()}
    return render_template("people/confirmation.html", page=page, form=form), form.status


def _sign_in_page() -> dict[str, object]:
    password = current_app.config["DEMONSTRATION"]
    return {
        "next": wanted() or url_for("rounds.home"),
        "password": password,
        "accounts": reads.demonstration_accounts(session()) if password else (),
        "provider": joining.provider(),
        "has_site": entering.site() is not None,
    }
