"""The address from which somebody reads, and what her browser says of itself, are not kept. Walked and searched."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import create_app
from consult.cli.worker import run_due
from consult.db import commit, db
from tests import build
from tests.comments.test_pages import filled, form_of
from tests.conftest import QUICK, Client
from tests.privacy.planting import rows
from tests.privacy.test_planted import database_files

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
ADDRESS, ADDRESS_6 = "203.0.113.77", "2001:db8:77aa:77bb:77cc:77dd:77ee:77ff"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0-planted-agent) Gecko/20100101 Firefox/128.0"
PASSWORD = "a long enough password"
COOKIES = {"consult", "consult_known", "consult_kept"}


@pytest.fixture
def behind_a_proxy(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The same rows, served by a program that believes one proxy."""
    url = session.get_bind().engine.url.render_as_string(hide_password=False)
    proxied = create_app({**QUICK, "DATABASE_URL": url, "TRUSTED_PROXIES": "1"})
    proxied.test_client_class = Client
    proxied.extensions["consult.test_session"] = session
    yield proxied
    with proxied.app_context():
        db.engine.dispose()


def walked(app: Flask, opened: build.Opened, email: str, address: str) -> Client:
    """Somebody reads, signs in wrongly and rightly, writes too late and in time, and asks for letters."""
    browser: Client = app.test_client()  # type: ignore[assignment]
    browser.environ_base.update(
        {"HTTP_X_FORWARDED_FOR": address, "HTTP_USER_AGENT": AGENT, "REMOTE_ADDR": address}
    )
    for page in ("/en/", "/en/record", f"/en/consultations/{opened.slug}/", form_of(opened), "/en/nowhere"):
        browser.get(page)
    signed_out = {"stance": "support", "reasons": "Written signed out.", "written_in": "en", "proposed": ""}
    browser.send(form_of(opened), signed_out)
    browser.send("/en/sign-in", {"email": email, "password": "wrong"})
    browser.send("/en/sign-in", {"email": "nobody@example.org", "password": "wrong"})
    browser.send("/en/password", {"email": email})
    browser.send("/en/register", {"email": "new@example.org", "name": "New", "password": PASSWORD})
    signed = browser.send("/en/sign-in", {"email": email, "password": PASSWORD})
    assert signed.status_code == 303 and "sign-in" not in signed.location
    browser.send(form_of(opened), filled(browser, opened, keep="1"))
    browser.send(form_of(opened), filled(browser, opened, submit="1", stance=""))
    for page in ("/en/profile", "/en/profile/sessions", "/en/privacy", "/en/consultations/nowhere/"):
        browser.get(page)
    browser.send("/en/privacy/takeouts")
    return browser


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS_6])
def test_no_address_and_no_agent_is_kept(
    behind_a_proxy: Flask,
    session: Session,
    stopped_at: Callable[[datetime], None],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    address: str,
) -> None:
    caplog.set_level(logging.INFO)
    behind_a_proxy.config["OUTBOX_FOLDER"] = str(tmp_path)
    stopped_at(NOON)
    opened = build.an_open_round(session)
    head = build.a_delegate(session)
    head.password_hash, head.email = (
        build.a_person(session, password=PASSWORD).password_hash,
        "head@example.org",
    )
    commit(session)
    browser = walked(behind_a_proxy, opened, "head@example.org", address)
    while run_due(behind_a_proxy):
        pass
    session.rollback()
    kept = [rows(session).encode(), *(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())]
    session.rollback()
    kept += [*database_files(session).values(), caplog.text.encode()]
    for content in kept:
        for trace in (
            address,
            "planted-agent",
            "Gecko/20100101",
            "rv:128",
            address.rpartition(":")[0] or address,
        ):
            assert trace.encode() not in content, trace
    assert "Firefox/Linux" in rows(session), "its kind is kept, so that she can tell her sign-ins apart"
    cookies = {cookie.key for cookie in browser._cookies.values()}  # type: ignore[attr-defined]
    assert cookies <= COOKIES
    session.rollback()


def test_only_these_cookies_are_set_and_none_is_open_to_scripts(
    app: Flask, session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(NOON)
    opened = build.an_open_round(session)
    head = build.a_delegate(session)
    head.password_hash, head.email = (
        build.a_person(session, password=PASSWORD).password_hash,
        "head@example.org",
    )
    commit(session)
    browser = walked(app, opened, "head@example.org", "192.0.2.1")
    found = {one.key: one for one in browser._cookies.values()}  # type: ignore[attr-defined]
    assert set(found) == COOKIES
    assert all(one.http_only and one.same_site == "Lax" for one in found.values())
    assert {name for name, one in found.items() if one.max_age} == {"consult_known"}
    assert found["consult_known"].max_age == timedelta(days=400).total_seconds()


def test_a_visitor_who_only_reads_gets_no_cookie(
    app: Flask, session: Session, stopped_at: Callable[[datetime], None], client: Client
) -> None:
    stopped_at(NOON)
    opened = build.an_open_round(session)
    for page in ("/en/", "/en/record", f"/en/consultations/{opened.slug}/drafts/0/", "/en/privacy-notice"):
        assert "Set-Cookie" not in client.get(page).headers, page
