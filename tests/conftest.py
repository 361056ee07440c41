"""What every test can ask for: the program on a fresh database, a session, a client, a stopped clock, a query count.

Each test has a database of its own, copied from one that the migrations made, so commits are real. SQLite unless
CONSULT_TEST_DATABASE=postgresql; then TEST_DATABASE_URL names a server, or one is started from a wheel.
"""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult import alembic, clock, create_app
from consult.db import commit, db
from consult.memory import ALL
from consult.people.acts import start_sign_in
from consult.people.models import Person
from tests import postgres

TEMPLATE = "consult_template"
QUICK = {
    "CONSULT_MODE": "test",
    "SECRET_KEY": "a secret for tests that is long enough",
    "ARGON2_TIME_COST": "1",
    "ARGON2_MEMORY_KIB": "8",
}


def pytest_configure(config: pytest.Config) -> None:
    """Starts one PostgreSQL for all workers."""
    wanted = os.environ.get("CONSULT_TEST_DATABASE", "sqlite") == "postgresql"
    if wanted and "TEST_DATABASE_URL" not in os.environ and not hasattr(config, "workerinput"):
        config.stash[SERVER] = postgres.Server()
        os.environ["TEST_DATABASE_URL"] = config.stash[SERVER].url


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What needs no rows is the same on both databases: it runs once, on SQLite; so do the longest walks."""
    if not _is_postgresql():
        return
    needed = [
        one
        for one in items
        if "database" in getattr(one, "fixturenames", ()) and not one.get_closest_marker("once")
    ]
    config.hook.pytest_deselected(items=[one for one in items if one not in set(needed)])
    items[:] = needed


def pytest_unconfigure(config: pytest.Config) -> None:
    """Ends it again."""
    if SERVER in config.stash:
        config.stash[SERVER].stop()


SERVER = pytest.StashKey[postgres.Server]()


class Database:
    """The rows of one test: made from a template, thrown away after."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.server = os.environ.get("TEST_DATABASE_URL") if _is_postgresql() else None
        self.folder, self.worker = folder, worker
        self.template = f"{TEMPLATE}_{worker}"
        if self.server:
            with psycopg.connect(self.server, autocommit=True) as connection:
                postgres.drop_database(connection, self.template)
                connection.execute(f"CREATE DATABASE {self.template}")
        self._migrate(self.url(self.template))
        if not self.server:
            # Into one file, so that a copy of it is a copy of the database.
            rows = sqlite3.connect(self.folder / f"{self.template}.sqlite")
            rows.execute("PRAGMA journal_mode=DELETE")
            rows.close()

    def url(self, name: str) -> str:
        """The address of one of this worker's databases."""
        if self.server:
            return postgres.sibling(self.server, name)
        return f"sqlite:///{self.folder / name}.sqlite"

    def fresh(self, name: str) -> str:
        """A database with every table and no rows; answers its address."""
        if self.server:
            postgres.copy_database(self.server, self.template, name)
        else:
            for end in ("", "-wal", "-shm"):
                (self.folder / f"{name}.sqlite{end}").unlink(missing_ok=True)
            shutil.copyfile(self.folder / f"{self.template}.sqlite", self.folder / f"{name}.sqlite")
        return self.url(name)

    @staticmethod
    def _migrate(url: str) -> None:
        app = create_app({**QUICK, "DATABASE_URL": url})
        with app.app_context():
            alembic.upgrade()
            db.engine.dispose()


def _is_postgresql() -> bool:
    return os.environ.get("CONSULT_TEST_DATABASE", "sqlite") == "postgresql"


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The name of this process among several."""
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Database:
    """The migrated template of this worker."""
    return Database(tmp_path_factory.mktemp("rows"), worker)


@pytest.fixture(scope="session")
def shared_app(database: Database) -> Iterator[Flask]:
    """The program of this worker; tests take `app`, which comes with fresh rows."""
    app = create_app({**QUICK, "DATABASE_URL": database.url(f"consult_{database.worker}")})
    app.test_client_class = Client
    yield app


@pytest.fixture
def app(shared_app: Flask, database: Database) -> Iterator[Flask]:
    """The program on fresh rows."""
    with shared_app.app_context():
        engine = db.engine
    engine.dispose()
    database.fresh(f"consult_{database.worker}")
    shared_app.extensions["consult.pages"].forget()
    for memory in ALL:
        memory.forget()
    yield shared_app
    engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the test's own; the client commits it before each request."""
    with app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as opened:
        app.extensions["consult.test_session"] = opened
        yield opened
        app.extensions.pop("consult.test_session")


class Client(FlaskClient):
    """A browser without a screen. It fills in the token against forgery as the page does."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        opened = self.application.extensions.get("consult.test_session")
        if opened is not None:
            commit(opened)
        return super().open(*args, **kwargs)

    def token(self) -> str:
        """The token against forgery that a page shown to this browser carries."""
        with self.application.test_request_context(), self.session_transaction() as kept:
            from flask import session as cookie
            from flask_wtf.csrf import generate_csrf

            if "csrf_token" not in kept:
                generated = generate_csrf()
                kept["csrf_token"] = cookie["csrf_token"]
                return generated
            cookie["csrf_token"] = kept["csrf_token"]
            return generate_csrf()

    def send(self, path: str, fields: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Posts a form as the page would, token included."""
        return self.post(path, data={"csrf_token": self.token(), **(fields or {})}, **kwargs)


@pytest.fixture
def client(app: Flask) -> Client:
    """A visitor's browser."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def signed_in_as(app: Flask, session: Session) -> Callable[[Person], Client]:
    """A browser in which this person is signed in."""

    def sign_in(person: Person) -> Client:
        browser: Client = app.test_client()  # type: ignore[assignment]
        token = start_sign_in(session, person, timedelta(days=1))
        commit(session)
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return browser

    return sign_in


@pytest.fixture
def stopped_at() -> Iterator[Callable[[datetime], None]]:
    """Stops the clock from here to the end of the test; can be called again to move it."""
    with contextlib.ExitStack() as stack:
        yield lambda at: stack.enter_context(clock.stopped(at))


@pytest.fixture
def count_queries(app: Flask) -> Callable[[Callable[[], object]], int]:
    """How many statements a call sends to the database."""
    with app.app_context():
        engine = db.engine

    def counted(call: Callable[[], object]) -> int:
        statements: list[str] = []

        def listen(_c: Any, _cur: Any, statement: str, *_: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK")):
                statements.append(statement)

        event.listen(engine, "before_cursor_execute", listen)
        try:
            call()
        finally:
            event.remove(engine, "before_cursor_execute", listen)
        return len(statements)

    return counted


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real texts, which may be absent."""
    place = Path(os.environ.get("CONSULT_CORPUS", Path(__file__).parent.parent.parent / "shared" / "corpus"))
    if not place.is_dir():
        pytest.skip(f"the corpus of real texts is not at {place}")
    return place
