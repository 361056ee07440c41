"""Signing in and out, one's own page, and the platform's record."""

from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult import clock
from consult.core.actors import Actor
from consult.db import begin_writing, session
from consult.people import acts, reads
from consult.people.forms import ProfileForm, SignInForm
from consult.people.passwords import matches
from consult.people.refusals import TooManyTries, WrongSignIn
from consult.record.reads import entries
from consult.refusals import Refusal
from consult.web import signing_in
from consult.web.gates import actor, anyone, signed_in
from consult.web.paging import asked_number
from consult.web.record_sentences import sentence_of
from consult.web.transaction import afterwards, reads_first

bp = Blueprint("people", __name__, url_prefix="/<interface:language>")
blueprints = (bp,)


def actor_of_token(token: str) -> Actor:
    """The actor behind a browser's token, speaking from the seat that the address or form names."""
    found = reads.actor_of_token(session(), acts.token_hash(token), clock.now())
    chosen = request.values.get("voice", "")
    return reads.speaking_for(found, chosen) if chosen and found.places else found


@bp.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@anyone
@reads_first
def sign_in_page() -> ResponseReturnValue:
    """The sign-in page; leads back to where the reader came from."""
    form = SignInForm.posted()
    if form.accepted:
        refusal = _signed_in(form.email.data or "", form.password.data or "")
        if refusal is None:
            return redirect(_back(), 303)
        form.refuse(refusal)
    password = current_app.config["DEMONSTRATION"]
    accounts = reads.demonstration_accounts(session()) if password else ()
    page = {"next": _back(), "password": password, "accounts": accounts}
    return render_template("people/sign_in.html", page=page, form=form), form.status


@bp.post("/sign-out")
@anyone
def sign_out() -> ResponseReturnValue:
    """Signs this browser out, and revokes its token."""
    who = actor()
    token = signing_in.sign_out()
    if token:
        acts.end_sign_in(session(), who, token)
    return redirect(url_for("rounds.home"), 303)


@bp.route("/profile", methods=["GET", "POST"])
@signed_in
def profile() -> ResponseReturnValue:
    """One's own page: seats, roles, language and time zone."""
    who = actor()
    form = ProfileForm.posted(preferred=who.language, time_zone=who.time_zone)
    if form.accepted:
        if form.time_zone.data in available_timezones():
            acts.choose_language(session(), who, form.preferred.data, form.time_zone.data)
            return redirect(url_for("people.profile", language=form.preferred.data), 303)
        form.time_zone.errors = [gettext("Name a time zone as in Africa/Nairobi or Asia/Shanghai.")]
    page = {"who": who, "zones": sorted(available_timezones())}
    return render_template("people/profile.html", page=page, form=form), form.status


@bp.get("/record")
@anyone
def record() -> ResponseReturnValue:
    """The platform's public record."""
    found = entries(session(), None, before=asked_number("before"))
    page = {"entries": found, "sentences": [sentence_of(line) for line in found.lines]}
    return render_template("people/record.html", page=page)


def _signed_in(email: str, password: str) -> Refusal | None:
    """Signs this browser in, or says why not. The slow hash is computed outside of any transaction."""
    config = current_app.config
    keys = {
        f"account:{email.casefold()}": config["SIGN_IN_TRIES"],
        f"address:{request.remote_addr}": config["SIGN_IN_TRIES_ADDRESS"],
    }
    if any(acts.tries(session(), key, clock.now()) >= most for key, most in keys.items()):
        return TooManyTries()
    person_id, kept = reads.credential(session(), email)
    session().rollback()
    if not matches(password, kept, config["ARGON2_TIME_COST"], config["ARGON2_MEMORY_KIB"]):
        afterwards(lambda within: acts.count_tries(within, list(keys)))
        return WrongSignIn()
    begin_writing(session())
    who = reads.person(session(), person_id)
    token = acts.start_sign_in(session(), who, timedelta(days=config["SESSION_DAYS"]))
    signing_in.sign_in(token, reads.actor(session(), who))
    return None


def _back() -> str:
    """Where to go after signing in: only ever a page of this site."""
    wanted = request.values.get("next", "")
    parts = urlsplit(wanted)
    is_ours = (
        wanted.startswith("/")
        and not wanted.startswith(("//", "/\\"))
        and not parts.netloc
        and not parts.scheme
    )
    return wanted if is_ours and "\n" not in wanted and "\r" not in wanted else url_for("rounds.home")
