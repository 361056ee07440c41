"""Who is signed in? The browser keeps a token; the row behind its hash can be revoked. Flask-Login stays in here."""

from collections.abc import Callable
from typing import Any

from flask import Flask, session
from flask_login import LoginManager, current_user, login_user, logout_user

from consult.core.actors import VISITOR, Actor

at_sign_in: list[Callable[[Actor], None]] = []
"""What to do when somebody signs in in this browser; create_app puts the keeper of words here."""


class Browser:
    """What Flask-Login keeps of a signed-in browser."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: str, actor: Actor) -> None:
        self.token = token
        self.actor = actor

    def get_id(self) -> str:
        """What stands in the cookie session."""
        return self.token


def install(app: Flask, logins: LoginManager, actor_of_token: Callable[[str], Actor]) -> None:
    """Makes the actor of each request from its token."""
    logins.session_protection = None
    logins.init_app(app)

    @logins.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> Browser | None:
        actor = actor_of_token(token)
        return Browser(token, actor) if actor.is_signed_in else None

    def find() -> Actor:
        if "_user_id" not in session:
            return VISITOR
        return current_user.actor if current_user.is_authenticated else VISITOR

    app.extensions["consult.actor"] = find


def sign_in(token: str, actor: Actor) -> None:
    """Gives this browser the token, in a cookie session begun anew."""
    session.clear()
    login_user(Browser(token, actor))
    for welcome in at_sign_in:
        welcome(actor)


def token() -> str | None:
    """The token that this browser brought."""
    return session.get("_user_id")


def keep(name: str, value: Any) -> None:
    """Keeps in this browser's cookie session which step is under way; signing in or out forgets it."""
    session[name] = value


def kept(name: str) -> Any:
    """What this browser's cookie session keeps of a step."""
    return session.get(name)


def take(name: str) -> Any:
    """The same, and forgets it: a step is taken once."""
    return session.pop(name, None)


def sign_out() -> str | None:
    """Takes the token from this browser and answers it."""
    brought = token()
    logout_user()
    session.clear()
    return brought
