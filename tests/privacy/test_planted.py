"""The proof of leaving: her name, her address and her words are planted everywhere, she leaves, and they are nowhere.

Searched are the raw bytes of the database file, of the write-ahead log and its index, every column of every row, the
folder of letters, the memories of the process, and the pages. What the organisation submitted, and what its delegation
keeps among itself, is there as before; and the record verifies.
"""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from consult import memory
from consult.cli.worker import run_due
from consult.core.terms import LetterState
from consult.db import commit
from consult.notices.models import Letter
from consult.people.models import Person, SignIn
from consult.people.posting import ask_letter
from consult.privacy.acts_leaving import leave
from consult.privacy.models import Takeout
from tests import build
from tests.conftest import Client
from tests.privacy.planting import INNER, NOON, OFFICIAL, PASSWORD, Planted, files, plant, rows

PEOPLE = [
    ("Zephyrine Quillfeather", "zephyrine@quill.example"),
    ("زينب-الريشة عطّار", "zaynab@quill.example"),
    ("羽毛甲 书写乙", "shuxie@quill.example"),
]


@pytest.fixture
def outbox(app: Flask, tmp_path: Path) -> Path:
    """A folder of this test's own for letters."""
    app.config["OUTBOX_FOLDER"] = str(tmp_path / "outbox")
    return tmp_path / "outbox"


@pytest.fixture
def opened(session: Session, stopped_at: Callable[[datetime], None]) -> build.Opened:
    stopped_at(NOON)
    return build.an_open_round(session, takes_individuals=True)


def work(app: Flask, session: Session) -> None:
    """Every job that is due, while nobody holds on to the log."""
    commit(session)
    while run_due(app):
        pass
    session.expire_all()
    session.rollback()


def database_files(session: Session) -> dict[str, bytes]:
    """The bytes of the SQLite file, its log and the log's index; nothing on PostgreSQL, whose files are not ours."""
    bind = session.get_bind()
    if bind.dialect.name != "sqlite":
        return {}
    main = Path(str(bind.engine.url.database))
    places = [main, Path(f"{main}-wal"), Path(f"{main}-shm")]
    return {place.name: place.read_bytes() for place in places if place.exists()}


def forms(trace: str) -> set[bytes]:
    """A trace as it may stand in bytes: as it is, and as JSON writes other scripts."""
    return {trace.encode(), json.dumps(trace)[1:-1].encode(), trace.casefold().encode()}


def found(traces: tuple[str, ...], content: bytes) -> list[str]:
    return [trace for trace in traces if any(form in content for form in forms(trace))]


def remembered() -> bytes:
    """What this process keeps in its memories."""
    return repr([list(one.__dict__.get("_values", {}).values()) for one in memory.ALL]).encode() + b"".join(
        page for one in memory.ALL for page in one.__dict__.get("_pages", {}).values()
    )


def pages(browser: Client, opened: build.Opened) -> bytes:
    """What a reader meets: the record, the draft with its margins, the comments, the teams."""
    under = f"/en/consultations/{opened.slug}"
    clauses = [f"{under}/drafts/0/clauses/{opened.clauses[one].code}" for one in ("3.1", "3.2", "3.3")]
    comments = [f"{under}/comments/{number}" for number in (1, 2)]
    addresses = [
        "/en/",
        "/en/record",
        f"{under}/",
        f"{under}/record",
        f"{under}/drafts/0/",
        *clauses,
        *comments,
    ]
    return b"".join(browser.get(one).data for one in addresses)


@pytest.mark.parametrize(("name", "email"), PEOPLE)
def test_nothing_of_hers_is_found_anywhere(
    app: Flask,
    session: Session,
    opened: build.Opened,
    outbox: Path,
    signed_in_as: Callable[[Person], Client],
    client: Client,
    name: str,
    email: str,
) -> None:
    planted = plant(session, opened, name, email)
    work(app, session)
    browser = signed_in_as(planted.person)
    _takes_along(app, session, browser)
    assert name.encode() in pages(client, opened), "a page kept for visitors names her"
    _is_there(session, planted, outbox)
    pseudonym = planted.person.pseudonym

    gone = browser.send("/en/privacy/leaving", {"password": PASSWORD, "pseudonym": pseudonym})
    assert gone.status_code == 303, gone.text
    assert found(planted.traces, remembered()) == []
    work(app, session)

    assert found(planted.traces, rows(session).encode()) == []
    session.rollback()
    for place, content in database_files(session).items():
        assert found(planted.traces, content) == [], place
    for place, content in files(outbox):
        assert found(planted.traces, content) == [], place
    shown = pages(client, opened) + pages(signed_in_as(opened.moderator), opened)
    assert found(planted.traces, shown) == []
    assert found(planted.traces, remembered()) == []

    left = rows(session)
    assert OFFICIAL in left and INNER in left and pseudonym in left
    assert OFFICIAL.encode() in shown and b"Ministry of Kenya" in shown
    told = app.test_cli_runner().invoke(args=["consult", "verify"])
    assert told.exit_code == 0, told.output


def _takes_along(app: Flask, session: Session, browser: Client) -> None:
    """As somebody who has shown her second factor just now."""
    session.execute(update(SignIn).values(confirmed_at=NOON))
    browser.send("/en/privacy/takeouts")
    work(app, session)
    assert session.scalars(select(Takeout.content)).one()


def _is_there(session: Session, planted: Planted, outbox: Path) -> None:
    """Before she leaves all of it is found, or the test would prove nothing."""
    before = rows(session).encode()
    assert found(planted.traces[:7], before) == list(planted.traces[:7])
    raw = b"".join(database_files(session).values())
    assert not raw or found(planted.traces, raw) == list(planted.traces)
    letters = session.scalars(select(Letter.state).where(Letter.person_id == planted.person.id)).all()
    assert LetterState.SENT in letters
    assert any(planted.email.encode() in content for _, content in files(outbox))
    assert planted.name.encode() in remembered()
    session.rollback()


def test_a_letter_that_was_to_be_written_meanwhile_is_not(
    app: Flask, session: Session, opened: build.Opened, outbox: Path
) -> None:
    person = build.a_person(session, email="quill@quill.example")
    ask_letter(session, "account.password_changed", person.id, person_id=person.id)
    leave(session, build.acting(session, person), person.pseudonym)
    work(app, session)
    assert not any(b"quill@quill.example" in content for _, content in files(outbox))
    assert b"quill@quill.example" not in rows(session).encode()


def test_deleted_cells_are_overwritten_on_every_connection(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        assert session.scalar(text("PRAGMA secure_delete")) == 1


def test_the_search_finds_what_was_not_rewritten(
    app: Flask, session: Session, opened: build.Opened, outbox: Path
) -> None:
    """Between leaving and the job the log still holds her: so the search above would see it."""
    planted = plant(session, opened, *PEOPLE[0])
    commit(session)
    leave(session, build.acting(session, planted.person), planted.person.pseudonym)
    commit(session)
    raw = b"".join(database_files(session).values())
    assert not raw or planted.email in found(planted.traces, raw)
    assert found(planted.traces, rows(session).encode()) == []


def test_another_process_forgets_its_pages_once_the_platforms_record_moves_on() -> None:
    """Every door tells the head of the platform's chain; whatever names people is emptied when it is another one."""
    kept: memory.Memory[str] = memory.Memory(3, names_people=True)
    other: memory.Memory[str] = memory.Memory(3)
    memory.turn_over("one head")
    for one in (kept, other):
        assert one.of("key", lambda: "Zephyrine") == "Zephyrine"
    memory.turn_over("one head")
    assert kept.of("key", lambda: "made anew") == "Zephyrine"
    memory.turn_over("another head")
    assert kept.of("key", lambda: "made anew") == "made anew"
    assert other.of("key", lambda: "made anew") == "Zephyrine"
    for one in (kept, other):
        memory.ALL.remove(one)
