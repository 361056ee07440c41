"""How large may a form be? Flask's own limit for all, more for the few addresses that take whole drafts."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

V = TypeVar("V", bound=Callable[..., Any])


def takes_form_of(size: int) -> Callable[[V], V]:
    """Marks a view whose form may be that many bytes."""

    def marked(view: V) -> V:
        view.form_size = size  # type: ignore[attr-defined]
        return view

    return marked


def install(app: Flask) -> None:
    """Sets the limit before anything reads the form."""
    app.before_request(_limit)


def _limit() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    size = getattr(view, "form_size", None)
    if size is not None:
        request.max_form_memory_size = size
