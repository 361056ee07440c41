"""When is a request's work kept? One request, one transaction: below 400 a write is committed, all else is rolled back."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, g, request
from sqlalchemy.orm import Session

from consult import clock
from consult.db import begin_writing, commit, db

SAFE = {"GET", "HEAD", "OPTIONS"}


def reads_first(view: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a view that must think before it writes (a slow password hash): it calls begin_writing itself."""
    view.reads_first = True  # type: ignore[attr-defined]
    return view


def writes_by_get(view: Callable[..., Any]) -> Callable[..., Any]:
    """Marks the one view that writes though a GET reaches it: another site sends the browser back to it.

    It calls begin_writing itself, once the answer has proved to belong to this browser.
    """
    view.writes_by_get = True  # type: ignore[attr-defined]
    return view


def afterwards(act: Callable[[Session], None]) -> None:
    """Something to write after this request's transaction ended, however it ended: kept words, throttle counts."""
    g.setdefault("afterwards", []).append(act)


def install(app: Flask) -> None:
    """Hangs the transaction around every request."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.reached_at = clock.now()
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.method in SAFE or getattr(view, "reads_first", False):
        return
    request.form  # noqa: B018 (read to its end first: whoever sends a form slowly keeps no other writer waiting)
    begin_writing(db.session)


def _end(response: Response) -> Response:
    if "reached_at" not in g:
        return response
    view = current_app.view_functions.get(request.endpoint or "")
    writes = request.method not in SAFE or getattr(view, "writes_by_get", False)
    if writes and response.status_code < 400:
        commit(db.session)
    else:
        db.session.rollback()
    for act in g.pop("afterwards", []):
        begin_writing(db.session)
        act(db.session)
        commit(db.session)
    return response
