"""Whose are the words that could not be taken? The person's, or the browser's until somebody signs in there."""

import hashlib
import secrets

from flask import Response, after_this_request, current_app, g, request
from sqlalchemy.orm import Session

from consult.comments import acts
from consult.comments.forms import kept_fields
from consult.core.actors import Actor
from consult.db import session
from consult.web.gates import actor
from consult.web.transaction import afterwards

COOKIE = "consult_kept"
FORMS = {"comments.new", "comments.paper"}


def place() -> str:
    """What the form on this page is about: the same in every language, on every draft."""
    named = request.view_args or {}
    about = f"clauses/{named['code']}" if "code" in named else f"contributions/{named.get('key')}"
    return f"/consultations/{named.get('slug')}/{about}"


def keep(start: str = "") -> None:
    """Keeps this form's words once the request is over; `start` is what the form began with."""
    fields = kept_fields(request.form, start)
    if fields:
        keep_fields(place(), fields)


def keep_fields(path: str, fields: dict[str, str]) -> None:
    """Keeps these words once the request is over, for whoever sent them alone."""
    who, at = actor(), g.reached_at
    cookie_hash = None if who.is_signed_in else _hashed(_browser())

    def act(within: Session) -> None:
        acts.keep_words(within, who, path, fields, at, cookie_hash)

    afterwards(act)


def keep_signed_out() -> None:
    """Keeps the words of a comment that arrives signed out."""
    if request.endpoint in FORMS:
        keep()


def take_over(who: Actor) -> None:
    """Gives whoever signs in what this browser kept."""
    token = request.cookies.get(COOKIE)
    if token:
        acts.take_over_words(session(), who, _hashed(token))


def _browser() -> str:
    token = request.cookies.get(COOKIE) or secrets.token_urlsafe(24)

    @after_this_request
    def remember(response: Response) -> Response:
        is_secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=is_secure)
        return response

    return token


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
