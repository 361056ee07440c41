"""What a journey walks on: the demonstration, served for real, in a real browser that reports whatever is wrong."""

import os
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from consult import clock, create_app
from consult.cli import demo
from consult.cli.demonstration.walk import PASSWORD
from consult.cli.worker import run_due
from consult.db import db
from consult.web.migrating import migrate
from tests.browser import FLAGS, draws_every_script, executable
from tests.conftest import QUICK

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PICTURES = os.environ.get("CONSULT_PICTURES")
expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser the journeys are skipped, and the run's last line says so."""
    if executable() is None:
        for item in items:
            item.add_marker(pytest.mark.skip(reason="no browser could be had on this machine"))


T = TypeVar("T")


def apart(act: Callable[[], T]) -> T:
    """Does it in a thread of its own: the browser's event loop runs in this one, and Flask minds."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act).result()


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's database, played once, and its letters sent."""
    place = tmp_path_factory.mktemp("demonstration") / "played.sqlite"
    outbox = {"OUTBOX_FOLDER": str(place.parent / "outbox")}
    app = create_app({**QUICK, **outbox, "DATABASE_URL": f"sqlite:///{place}"})

    def play() -> None:
        with app.app_context():
            migrate()
            demo.play()
            db.session.close()
        while run_due(app):
            pass
        with app.app_context():
            db.engine.dispose()

    apart(play)
    rows = sqlite3.connect(place)
    rows.execute("PRAGMA journal_mode=DELETE")
    rows.close()
    return place


class Clock:
    """The server's time: the real one until a journey moves it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """What the server's clock shows."""
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def server_clock() -> Clock:
    """Lets a journey wait for weeks."""
    return Clock()


@pytest.fixture
def served(played: Path, tmp_path: Path, server_clock: Clock) -> Iterator[tuple[Flask, str]]:
    """The program on a copy of the demonstration, and its address."""
    shutil.copyfile(played, tmp_path / "rows.sqlite")
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'rows.sqlite'}", "DEMONSTRATION": PASSWORD}
    outbox = {"OUTBOX_FOLDER": str(tmp_path / "outbox")}
    app = create_app({**QUICK, **settings, **outbox, "SESSION_DAYS": "90"})
    inner = app.wsgi_app

    def in_time(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with clock.stopped(server_clock.now()):
            return inner(environ, start_response)

    app.wsgi_app = in_time  # type: ignore[method-assign]
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield app, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=10)
    server.server_close()
    apart(lambda: _let_go(app))


def _let_go(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def elsewhere() -> list[str]:
    """The other addresses that a browser may go to: none, unless a journey names one."""
    return []


@pytest.fixture
def open_page(
    browser: Browser, served: tuple[Flask, str], elsewhere: list[str]
) -> Iterator[Callable[..., Page]]:
    """Opens a page of its own context; whatever went wrong in any of them fails the test at its end."""
    address = served[1]
    wrong: list[str] = []
    contexts = []

    def opened(
        *, width: int = 1280, height: int = 900, javascript: bool = True, language: str = "en"
    ) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale=language,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.on("console", lambda line: wrong.append(line.text) if _is_wrong(line.type, line.text) else None)
        page.on(
            "request",
            lambda one: (
                None if one.url.startswith((address, *elsewhere)) else wrong.append(f"left: {one.url}")
            ),
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def _is_wrong(kind: str, text: str) -> bool:
    """A refused form is a 422 and a hidden page a 404: the browser tells both as errors, and they are none."""
    return kind == "error" and not any(f"status of {code}" in text for code in (404, 410, 413, 422))


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """Signs somebody in, through the page: of the demonstration, unless another password is told."""

    def signed_in(page: Page, email: str, language: str = "en", password: str = PASSWORD) -> None:
        page.goto(f"/{language}/sign-in")
        page.fill("#email", email)
        page.fill("#password", password)
        page.click("main form button[type=submit]")
        page.wait_for_url(lambda url: "sign-in" not in url)

    return signed_in


@pytest.fixture
def sound() -> Callable[[Page, str], None]:
    """Asks of a page what every page owes: no axe violation, no sideways scroll, a title, language and direction."""

    def checked(page: Page, name: str) -> None:
        assert page.title()
        language = page.evaluate("document.documentElement.lang")
        assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), name
        if PICTURES and draws_every_script():
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate("axe.run({rules: {'target-size': {enabled: true}}})")
        faults = [(v["id"], [node["target"] for node in v["nodes"]][:5]) for v in found["violations"]]
        assert faults == [], name

    return checked


@pytest.fixture
def work(served: tuple[Flask, str], server_clock: Clock) -> Callable[[], None]:
    """Lets the job worker do all that is due."""

    def worked() -> None:
        is_more = True
        while is_more:
            with clock.stopped(server_clock.now()):
                is_more = run_due(served[0])

    return lambda: apart(worked)


class Letters:
    """What was written to people, as their mail programs show it."""

    def __init__(self, folder: Path, work: Callable[[], None]) -> None:
        self.folder, self.work = folder, work

    def to(self, address: str, part: str = "") -> list[str]:
        """All letters to an address that contain a part, the oldest first, once all that is due was sent."""
        self.work()
        found = []
        for place in sorted(self.folder.glob("*.eml")):
            message = message_from_bytes(place.read_bytes(), policy=policy.default)
            words = f"{message['Subject']}\n{message.get_content()}".replace("\r\n", "\n")
            if address in str(message["To"]) and part in words:
                found.append(words)
        return found

    def link(self, address: str, part: str) -> str:
        """Where the newest letter with such a link leads, as an address on this site."""
        words = self.to(address, part)[-1]
        return re.findall(rf"https?://[^/\s]+(/\S*{re.escape(part)}\S*)", words)[0].rstrip(".>")


@pytest.fixture
def letters(tmp_path: Path, work: Callable[[], None]) -> Letters:
    """The letters of this journey."""
    return Letters(tmp_path / "outbox", work)


def press(page: Page, button: str = "main form button[type=submit]") -> None:
    """Presses the first such button, and waits for the page that answers."""
    with page.expect_navigation():
        page.locator(button).first.click()
