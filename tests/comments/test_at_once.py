"""What happens when several press at the same moment? Every comment has a number of its own, and none is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.models import Comment, Position
from consult.db import commit
from consult.people.models import Person
from tests import build
from tests.comments.test_pages import filled, form_of
from tests.conftest import Client

# The clock cannot be stopped for the threads of the server, so the round is open whenever this runs.
LONG_AGO, FAR_AHEAD = datetime(2020, 1, 1, tzinfo=UTC), datetime(2120, 1, 1, tzinfo=UTC)


def pressed(app: Flask, session: Session, presses: list[Callable[[], Any]]) -> list[str]:
    """Sends all at once; answers where each was led."""
    commit(session)
    app.extensions.pop("consult.test_session")
    with ThreadPoolExecutor(len(presses)) as pool:
        answers = list(pool.map(lambda press: press(), presses))
    app.extensions["consult.test_session"] = session
    assert [answer.status_code for answer in answers] == [303] * len(presses)
    return [answer.location.rsplit("/", 1)[1] for answer in answers]


def test_heads_who_submit_at_once_get_numbers_of_their_own(
    app: Flask, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    opened = build.an_open_round(session, opens_at=LONG_AGO, closes_at=FAR_AHEAD)
    browsers = [signed_in_as(build.a_delegate(session)) for _ in range(5)]
    forms = [{"csrf_token": one.token(), **filled(one, opened, submit="1")} for one in browsers]
    presses = [
        lambda one=one, fields=fields: one.post(form_of(opened), data=fields)
        for one, fields in zip(browsers, forms, strict=True)
    ]
    assert sorted(pressed(app, session, presses)) == ["1", "2", "3", "4", "5"]
    session.expire_all()
    assert len(session.scalars(select(Position.id).where(Position.is_current)).all()) == 5


def test_one_form_sent_five_times_at_once_is_one_comment(
    app: Flask, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    opened = build.an_open_round(session, opens_at=LONG_AGO, closes_at=FAR_AHEAD)
    head = build.a_delegate(session)
    browsers = [signed_in_as(head) for _ in range(5)]
    fields = filled(browsers[0], opened, submit="1")
    forms = [{"csrf_token": one.token(), **fields} for one in browsers]
    presses = [
        lambda one=one, sent=sent: one.post(form_of(opened), data=sent)
        for one, sent in zip(browsers, forms, strict=True)
    ]
    assert pressed(app, session, presses) == ["1"] * 5
    session.expire_all()
    assert session.scalars(select(Comment.number)).all() == [1]
