"""How she signs in: the app, passkeys and recovery codes, each set up and removed by whoever has just proved that it is she."""

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from consult.db import session
from consult.people import acts_factors, acts_passkeys, codes, entering, joining, reads
from consult.people.asking import asked_to_make
from consult.people.confirming import confirmed
from consult.people.forms_factors import AppForm, NewPasskeyForm
from consult.people.reads_factors import are_left, factors
from consult.people.refusals_factors import WrongFirstCode
from consult.people.sealing import opened_words, sealed_words
from consult.refusals import NotThere, Refusal
from consult.web import signing_in
from consult.web.gates import actor, acts_now, signed_in
from consult.web.leading import wanted

SETTING_UP = "setting up"


@signed_in
def factors_page() -> ResponseReturnValue:
    """Everything that signs her in."""
    who = actor()
    page = {
        "who": who,
        "factors": factors(session(), who.person_id, who.sign_in_id),
        "provider": joining.provider(),
        "has_site": entering.site() is not None,
        "next": wanted(),
    }
    return render_template("people/factors.html", page=page)


@signed_in
@confirmed
def app() -> ResponseReturnValue:
    """Sets an authenticator app up, once it shows a right code."""
    who, secret = actor(), current_app.config["SECRET_KEY"]
    form = AppForm.posted(sealed=sealed_words(secret, SETTING_UP, who.pseudonym, codes.new_secret()))
    shared = opened_words(secret, SETTING_UP, who.pseudonym, form.sealed.data or "")
    if shared is None:
        return redirect(url_for("people.app"), 303)
    if form.accepted:
        try:
            acts_factors.add_app(session(), who, secret, shared, form.code.data or "")
            return _added()
        except WrongFirstCode as no:
            form.refuse(no, "code")
    account = reads.person(session(), who.person_id).email or who.pseudonym
    picture = Markup(codes.picture(shared, account, current_app.config["SITE_NAME"]))  # noqa: S704
    page = {"picture": picture, "secret": codes.grouped(shared)}
    return render_template("people/app.html", page=page, form=form), form.status


@signed_in
@confirmed
def remove_app() -> ResponseReturnValue:
    """Takes the app away."""
    acts_factors.remove_app(session(), actor())
    return redirect(url_for("people.factors"), 303)


@signed_in
@confirmed
def new_passkey_question() -> ResponseReturnValue:
    """What to ask the browser so that it makes a passkey."""
    if entering.site() is None:
        raise NotThere
    key, options = asked_to_make(session(), actor(), entering.known_site())
    signing_in.keep(entering.CEREMONY, key)
    return Response(options, mimetype="application/json")


@signed_in
@confirmed
def new_passkey() -> ResponseReturnValue:
    """Registers a passkey under a name."""
    site, form = entering.site(), NewPasskeyForm.posted()
    if site is None:
        raise NotThere
    if form.accepted:
        key = signing_in.take(entering.CEREMONY)
        try:
            acts_passkeys.add_passkey(
                session(), actor(), site, key, form.answer.data or "", form.name.data or ""
            )
            return _added()
        except Refusal as no:
            form.refuse(no)
    return render_template("people/new_passkey.html", page={}, form=form), form.status


@signed_in
@confirmed
def remove_passkey() -> ResponseReturnValue:
    """Removes a passkey."""
    acts_passkeys.remove_passkey(session(), actor(), request.form.get("mark", ""))
    return redirect(url_for("people.factors"), 303)


@signed_in
@confirmed
def new_codes() -> ResponseReturnValue:
    """Makes recovery codes and shows them, once."""
    return _codes(acts_factors.make_codes(session(), actor()))


@signed_in
def codes_text() -> ResponseReturnValue:
    """The codes just shown, as a file; only codes of hers that still open are written into one."""
    shown = request.form.get("codes", "").split()
    if not are_left(session(), actor().person_id, shown):
        raise NotThere
    title = gettext(
        "Recovery codes for %(site)s. Each opens your account once.", site=current_app.config["SITE_NAME"]
    )
    answer = Response("\n".join((title, "", *shown, "")), mimetype="text/plain")
    answer.headers["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _added() -> ResponseReturnValue:
    """After the first factor come the codes that stand in for it. The sign-in is a strong one from here on."""
    acts_now(reads.roused(actor()))
    if factors(session(), actor().person_id).codes_left:
        return redirect(url_for("people.factors"), 303)
    return _codes(acts_factors.make_codes(session(), actor()))


def _codes(made: tuple[str, ...]) -> ResponseReturnValue:
    return render_template("people/codes.html", page={"codes": made})
