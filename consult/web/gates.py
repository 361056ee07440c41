"""Who may knock at this door? Every view wears one of these; what one may not see is a 404."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.core.actors import VISITOR, Actor
from consult.refusals import NotThere
from consult.web.transaction import SAFE

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

signed_out_post: list[Callable[[], None]] = []
"""What to do with the words of a form that arrives signed out; create_app puts their keeper here."""


def actor() -> Actor:
    """Whoever makes this request, made once a request."""
    if "actor" not in g:
        find: Callable[[], Actor] | None = current_app.extensions.get("consult.actor")
        g.actor = find() if find else VISITOR
    return cast(Actor, g.actor)


def acts_now(who: Actor) -> None:
    """What this request changed about whoever makes it holds for the page that answers it."""
    g.actor = who


def anyone(view: View[P]) -> View[P]:
    """Open to every reader; what the page shows is decided by the one door behind it."""
    return _gated(view, "anyone", lambda _: True)


def signed_in(view: View[P]) -> View[P]:
    """For whoever is signed in; others are led to the sign-in page and back."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if actor().is_signed_in:
            return view(*args, **kwargs)
        if request.method not in SAFE:
            for keep in signed_out_post:
                keep()
        back = request.full_path if request.method in SAFE else request.path
        return redirect(url_for("people.sign_in", next=back.rstrip("?")), 303)

    guarded.gate = "signed_in"  # type: ignore[attr-defined]
    return guarded


def staff(view: View[P]) -> View[P]:
    """For whoever has a role; to others there is nothing here. In office she speaks from no seat that she has elsewhere."""

    def may(who: Actor) -> bool:
        acts_now(replace(who, place=None))
        return bool(who.duties)

    return _gated(view, "staff", may)


def _gated(view: View[P], name: str, may: Callable[[Actor], bool]) -> View[P]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if not may(actor()):
            raise NotThere
        return view(*args, **kwargs)

    cast(Any, guarded).gate = name
    return guarded
