"""A mail server, and letters to send through it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.db import commit
from consult.notices.composing import compose, way_out
from consult.notices.models import Letter
from consult.notices.sending import send_next
from consult.notices.writing import NewLetter, write_letters
from consult.people.models import Person
from tests import build
from tests.notices.server import Server


@pytest.fixture
def mail_server() -> Iterator[Server]:
    """A mail server that takes everything until it is told otherwise."""
    with Server() as server:
        yield server


@pytest.fixture
def outbox_folder(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """Where letters lie in this test."""
    before = app.config["OUTBOX_FOLDER"]
    app.config["OUTBOX_FOLDER"] = str(tmp_path / "outbox")
    yield tmp_path / "outbox"
    app.config["OUTBOX_FOLDER"] = before


@pytest.fixture
def mailing(app: Flask, mail_server: Server) -> Iterator[Server]:
    """The program sends through the mail server."""
    app.config["MAIL_URL"] = mail_server.url
    yield mail_server
    app.config["MAIL_URL"] = ""


def a_letter(
    session: Session, to: Person | None = None, kind: str = "account.password_changed", key: str = "one"
) -> Letter:
    """A letter that is due now."""
    person = to or build.a_person(session, name="Amina Odhiambo")
    session.flush()
    write_letters(session, [NewLetter(key, kind, person.id, facts={"why": "account"})])
    commit(session)
    return session.query(Letter).filter(Letter.key == key).one()


Send = Callable[[], list[bool]]


@pytest.fixture
def send(app: Flask, session: Session) -> Send:
    """Sends what is due, one after the other, until nothing is or the way is barred."""

    def sent() -> list[bool]:
        commit(session)
        told: list[bool] = []
        with app.app_context():
            way = way_out()
            while (went := send_next(session, way, compose)) is not None:
                told.append(went)
                if not went:
                    break
            way.close()
        session.rollback()
        session.expire_all()
        return told

    return sent
