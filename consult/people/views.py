"""Signing in and out, and the platform's record."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.config import needs_strong_sign_in
from consult.core.actors import Actor
from consult.db import session
from consult.people import (
    acts,
    reads,
    views_accounts,
    views_entering,
    views_factors,
    views_profile,
    views_provider,
    views_sessions,
)
from consult.people.acts_sessions import hour_of, see_sign_in
from consult.record.reads import entries
from consult.web import signing_in
from consult.web.gates import actor, anyone
from consult.web.paging import asked_number
from consult.web.record_sentences import sentence_of
from consult.web.transaction import afterwards

bp = Blueprint("people", __name__, url_prefix="/<interface:language>")
# Another site that vouches for people knows one address to send them back to, whatever language they read.
answers = Blueprint("provider", __name__)
blueprints = (bp, answers)
BOTH = ["GET", "POST"]
FACTORS = "/profile/factors"

bp.add_url_rule("/sign-in", "sign_in", views_entering.sign_in, methods=BOTH)
bp.add_url_rule("/sign-in/passkey", "passkey", views_entering.passkey, methods=["POST"])
bp.add_url_rule("/sign-in/passkey/question", view_func=views_entering.passkey_question, methods=["POST"])
bp.add_url_rule("/sign-in/second", "second", views_entering.second, methods=BOTH)
bp.add_url_rule("/sign-in/second/passkey", view_func=views_entering.second_passkey, methods=["POST"])
bp.add_url_rule("/sign-in/second/question", view_func=views_entering.second_question, methods=["POST"])
bp.add_url_rule("/sign-in/provider", "provider", views_provider.provider)
answers.add_url_rule("/sign-in/answer", "answer", views_provider.answer)
bp.add_url_rule("/register", "register", views_accounts.register, methods=BOTH)
bp.add_url_rule("/register/<token>", "confirm", views_accounts.confirm, methods=BOTH)
bp.add_url_rule("/welcome", "welcome", views_accounts.welcome)
bp.add_url_rule("/password", "password", views_accounts.password, methods=BOTH)
bp.add_url_rule("/password/<token>", "new_password", views_accounts.new_password, methods=BOTH)
bp.add_url_rule("/e-mail/<token>", "confirm_email", views_profile.confirm_email, methods=BOTH)
bp.add_url_rule("/sign-in/<token>", "sign_in_link", views_sessions.sign_in_link, methods=BOTH)
bp.add_url_rule("/profile", "profile", views_profile.profile, methods=BOTH)
bp.add_url_rule("/profile/password", "change_password", views_profile.change_password, methods=BOTH)
bp.add_url_rule("/profile/e-mail", "change_email", views_profile.change_email, methods=BOTH)
bp.add_url_rule("/profile/confirmation", "confirmation", views_entering.confirmation, methods=BOTH)
bp.add_url_rule(FACTORS, "factors", views_factors.factors_page)
bp.add_url_rule(f"{FACTORS}/app", "app", views_factors.app, methods=BOTH)
bp.add_url_rule(f"{FACTORS}/app/removal", "remove_app", views_factors.remove_app, methods=["POST"])
bp.add_url_rule(f"{FACTORS}/passkeys/new", "new_passkey", views_factors.new_passkey, methods=BOTH)
bp.add_url_rule(
    f"{FACTORS}/passkeys/question", view_func=views_factors.new_passkey_question, methods=["POST"]
)
bp.add_url_rule(f"{FACTORS}/passkeys/removal", view_func=views_factors.remove_passkey, methods=["POST"])
bp.add_url_rule(f"{FACTORS}/codes", "new_codes", views_factors.new_codes, methods=["POST"])
bp.add_url_rule(f"{FACTORS}/codes/text", "codes_text", views_factors.codes_text, methods=["POST"])
bp.add_url_rule(f"{FACTORS}/provider", view_func=views_provider.link_provider, methods=["POST"])
bp.add_url_rule(f"{FACTORS}/provider/removal", view_func=views_provider.unlink_provider, methods=["POST"])
bp.add_url_rule("/profile/sessions", "sessions", views_sessions.sign_ins)
bp.add_url_rule("/profile/sessions/end", "revoke", views_sessions.revoke, methods=["POST"])
bp.add_url_rule(
    "/profile/sessions/others/end", "revoke_others", views_sessions.revoke_others, methods=["POST"]
)


def actor_of_token(token: str) -> Actor:
    """The actor behind a browser's token, speaking from the seat that the address or form names."""
    at = clock.now()
    found = reads.actor_of_token(
        session(), acts.token_hash(token), at, needs_strength=needs_strong_sign_in(current_app.config)
    )
    sign_in_id = found.sign_in_id
    if sign_in_id is not None and (found.seen_at is None or found.seen_at < hour_of(at)):
        afterwards(lambda within: see_sign_in(within, sign_in_id, at))
    chosen = request.values.get("voice", "")
    return reads.speaking_for(found, chosen) if chosen and found.places else found


@bp.post("/sign-out")
@anyone
def sign_out() -> ResponseReturnValue:
    """Signs this browser out, and revokes its token."""
    who = actor()
    token = signing_in.sign_out()
    if token:
        acts.end_sign_in(session(), who, token)
    return redirect(url_for("rounds.home"), 303)


@bp.get("/record")
@anyone
def record() -> ResponseReturnValue:
    """The platform's public record."""
    found = entries(session(), None, before=asked_number("before"))
    page = {"entries": found, "sentences": [sentence_of(line) for line in found.lines]}
    return render_template("people/record.html", page=page)
