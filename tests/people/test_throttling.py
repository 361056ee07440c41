"""Wrong tries are counted for all workers together, and never shut out whoever has the right password."""

import multiprocessing
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from consult import clock
from consult.core.terms import TicketPurpose
from consult.db import begin_writing, commit, db
from consult.people.acts_throttling import count_tries, tries
from consult.people.models import Person, SignIn, Throttle
from consult.people.throttling import WINDOW, Door, Keys, Limits, door, keyed, network
from tests import build
from tests.build import NOON
from tests.conftest import Client
from tests.people.links import kinds, link, newest

PASSWORD = "a long enough password"
HALL, ELSEWHERE = "203.0.113.7", "198.51.100.9"
LIMITS = Limits(account=10, address=100)


@pytest.mark.parametrize(
    ("known", "account", "address", "browser", "met"),
    [
        (False, 0, 0, 0, Door.OPEN),
        (False, 9, 99, 0, Door.OPEN),
        (False, 10, 0, 0, Door.SHUT),
        (False, 0, 100, 0, Door.BY_LETTER),
        (False, 10, 100, 0, Door.SHUT),
        (True, 10, 100, 0, Door.OPEN),
        (True, 500, 5000, 9, Door.OPEN),
        (True, 0, 0, 10, Door.SHUT),
    ],
)
def test_what_a_try_meets(known: bool, account: int, address: int, browser: int, met: Door) -> None:
    counts = {"account": account, "address": address, "browser": browser}
    assert door(Keys("account", "address", "browser" if known else ""), counts, LIMITS) is met


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_whatever_others_do_a_known_browser_finds_the_door_open(account: int, address: int) -> None:
    counts = {"account": account, "address": address, "browser": 0}
    assert door(Keys("account", "address", "browser"), counts, LIMITS) is Door.OPEN


@given(st.integers(0, 10**6))
def test_whatever_is_tried_from_an_address_nobody_there_is_refused(address: int) -> None:
    assert door(Keys("account", "address"), {"address": address}, LIMITS) is not Door.SHUT


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        (None, ""),
    ],
)
def test_one_subscriber_is_one_address(address: str | None, counted: str) -> None:
    assert network(address) == counted


def test_a_key_is_another_one_with_another_secret_and_for_another_purpose() -> None:
    one = keyed("secret", "address", HALL)
    others = {keyed("other", "address", HALL), keyed("secret", "account", HALL)}
    assert one not in others and len(others) == 2
    assert one == keyed("secret", "address", HALL) and HALL not in one


def tried(browser: Client, email: str, password: str = "wrong", at: str = HALL) -> Any:
    """A try at signing in, from a network address."""
    fields = {"email": email, "password": password, "csrf_token": browser.token()}
    return browser.post("/en/sign-in", data=fields, environ_overrides={"REMOTE_ADDR": at})


def burn(app: Flask, at: str, count: int = 100) -> None:
    """Somebody tries that many accounts that nobody has, each with a wrong password."""
    attacker: Client = app.test_client()  # type: ignore[assignment]
    for number in range(count):
        assert tried(attacker, f"nobody{number}@example.org", at=at).status_code == 422


def strangers(app: Flask, count: int) -> list[Client]:
    return [app.test_client() for _ in range(count)]  # type: ignore[misc]


@pytest.mark.once
def test_five_hundred_people_behind_one_address_get_in_on_the_first_try_while_it_is_under_attack(
    app: Flask, session: Session
) -> None:
    people = [build.a_person(session, email=f"p{n}@example.org", password=PASSWORD) for n in range(500)]
    browsers = strangers(app, 500)
    for browser, person in zip(browsers[:50], people, strict=False):  # these sat at home before
        assert tried(browser, person.email or "", PASSWORD, at=ELSEWHERE).status_code == 303
        browser.delete_cookie("consult")
    burn(app, HALL)
    app.extensions.pop("consult.test_session")
    met = [
        tried(browser, person.email or "", PASSWORD) for browser, person in zip(browsers, people, strict=True)
    ]
    app.extensions["consult.test_session"] = session
    assert [one.status_code for one in met] == [303] * 50 + [200] * 450
    assert all("it signs you in, once" in one.text for one in met[50:])
    assert kinds(session).count("account.sign_in_link") == 450
    browser, ticket = browsers[-1], newest(session, TicketPurpose.SIGN_IN)
    assert browser.get("/en/profile").status_code == 303
    assert browser.send(link(ticket)).status_code == 303
    assert browser.get("/en/profile").status_code == 200
    browser.send("/en/sign-out")
    assert tried(browser, people[-1].email or "", PASSWORD).status_code == 303  # known from now on


@pytest.mark.once
def test_right_passwords_do_not_count_however_many_come_from_one_address(
    app: Flask, session: Session
) -> None:
    people = [build.a_person(session, email=f"p{n}@example.org", password=PASSWORD) for n in range(120)]
    commit(session)
    app.extensions.pop("consult.test_session")
    browsers = strangers(app, 120)
    met = [tried(b, p.email or "", PASSWORD).status_code for b, p in zip(browsers, people, strict=True)]
    app.extensions["consult.test_session"] = session
    assert met == [303] * 120


@pytest.mark.once
def test_one_password_tried_on_hundreds_of_accounts_opens_none_at_once(app: Flask, session: Session) -> None:
    weak = {17, 140, 200, 299}
    for number in range(300):
        secret = build._hash("sommer und sonne" if number in weak else PASSWORD)
        facts = {"pseudonym": f"p-{number}", "password_hash": secret, "created_at": NOON}
        session.add(Person(email=f"p{number}@example.org", **facts))
    commit(session)
    app.extensions.pop("consult.test_session")
    attacker: Client = app.test_client()  # type: ignore[assignment]
    met = [tried(attacker, f"p{number}@example.org", "sommer und sonne").status_code for number in range(300)]
    app.extensions["consult.test_session"] = session
    assert [number for number in range(300) if met[number] == 303] == [17]  # before the limit
    assert [number for number in range(300) if met[number] == 200] == [
        140,
        200,
        299,
    ]  # by letter to the owner
    assert kinds(session) == ["account.signed_in", *["account.sign_in_link"] * 3]
    assert len(session.scalars(select(SignIn.id)).all()) == 1


def test_nobody_can_lock_a_minister_out_of_the_browser_that_she_uses(app: Flask, session: Session) -> None:
    build.a_person(session, email="minister@example.org", password=PASSWORD)
    hers, new, attacker = strangers(app, 3)
    assert tried(hers, "minister@example.org", PASSWORD, at=ELSEWHERE).status_code == 303
    hers.send("/en/sign-out")
    for _ in range(12):
        tried(attacker, "minister@example.org")
    assert "too many wrong tries" in tried(attacker, "minister@example.org", PASSWORD).text
    assert "too many wrong tries" in tried(new, "minister@example.org", PASSWORD, at=ELSEWHERE).text
    assert tried(hers, "minister@example.org", PASSWORD, at=ELSEWHERE).status_code == 303


def test_a_known_browser_has_a_count_of_its_own(app: Flask, session: Session) -> None:
    build.a_person(session, email="amina@example.org", password=PASSWORD)
    stolen, other = strangers(app, 2)
    tried(stolen, "amina@example.org", PASSWORD)
    stolen.send("/en/sign-out")
    for _ in range(10):
        assert "do not belong together" in tried(stolen, "amina@example.org").text
    assert "too many wrong tries" in tried(stolen, "amina@example.org", PASSWORD).text
    assert tried(other, "amina@example.org", PASSWORD, at=ELSEWHERE).status_code == 303


def test_over_the_limit_a_wrong_password_gets_the_answer_it_always_gets(app: Flask, session: Session) -> None:
    build.a_person(session, email="amina@example.org", password=PASSWORD)
    one, two, three = strangers(app, 3)
    before = tried(one, "amina@example.org")
    burn(app, HALL)
    known, unknown = tried(two, "amina@example.org"), tried(three, "amina2@example.org")
    assert {before.status_code, known.status_code, unknown.status_code} == {422}
    for answer in (known, unknown):
        assert "do not belong together" in answer.text
    assert kinds(session) == []


def test_a_window_ends_and_the_door_opens_again(
    app: Flask, session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(NOON)
    build.a_person(session, email="amina@example.org", password=PASSWORD)
    (browser,) = strangers(app, 1)
    for _ in range(10):
        tried(browser, "amina@example.org")
    assert tried(browser, "amina@example.org", PASSWORD).status_code == 422
    stopped_at(NOON + WINDOW + timedelta(seconds=1))
    assert tried(browser, "amina@example.org", PASSWORD).status_code == 303


def test_midnight_forgets_no_try(
    app: Flask, session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    midnight = NOON.replace(hour=0, minute=0) + timedelta(days=1)
    stopped_at(midnight - timedelta(minutes=5))
    build.a_person(session, email="amina@example.org", password=PASSWORD)
    (browser,) = strangers(app, 1)
    for _ in range(10):
        tried(browser, "amina@example.org")
    stopped_at(midnight + timedelta(minutes=5))
    assert "too many wrong tries" in tried(browser, "amina@example.org", PASSWORD).text


def test_no_address_is_kept_in_any_table(app: Flask, session: Session) -> None:
    build.a_person(session, email="amina@example.org", password=PASSWORD)
    (browser,) = strangers(app, 1)
    tried(browser, "amina@example.org", at="2001:db8:77::1")
    tried(browser, "amina@example.org", PASSWORD, at="2001:db8:77::1")
    session.rollback()
    for table in Person.metadata.sorted_tables:
        assert "2001:db8" not in str(session.execute(select(table)).all()), table.name
    keys = session.scalars(select(Throttle.key)).all()
    assert len(keys) == 2 and all(len(one) == 64 for one in keys)


def count_ten_times(url: str) -> None:
    """What one worker does, with a connection of its own."""
    engine = create_engine(url, poolclass=NullPool)
    for _ in range(10):
        with Session(engine) as own:
            begin_writing(own)
            count_tries(own, ["shared", "also shared"])
            commit(own)


def test_four_processes_share_their_counts(app: Flask, session: Session) -> None:
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    session.close()
    forked = multiprocessing.get_context("fork")
    running = [forked.Process(target=count_ten_times, args=(url,)) for _ in range(4)]
    for one in running:
        one.start()
    for one in running:
        one.join(timeout=120)
    assert [one.exitcode for one in running] == [0, 0, 0, 0]
    counts = tries(session, ("shared", "also shared", "", "none"), clock.now())
    assert counts == {"shared": 40, "also shared": 40}
    assert session.scalar(select(func.count(Throttle.id))) == 2


def test_a_count_begins_anew_when_its_window_is_over(
    session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(NOON)
    for _ in range(3):
        count_tries(session, ["one"])
    stopped_at(NOON + WINDOW)
    assert tries(session, ("one",), clock.now()) == {}
    count_tries(session, ["one"])
    assert tries(session, ("one",), clock.now()) == {"one": 1}
