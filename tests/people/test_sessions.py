"""Where one is signed in: each browser by its kind, to the hour, without an address; each can be signed out for good."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.people.devices import BROWSERS, SYSTEMS, device_of
from consult.people.models import Person, SignIn
from tests import build
from tests.build import NOON
from tests.conftest import Client
from tests.people.links import asked, kinds

PASSWORD = "a long enough password"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15"


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (FIREFOX, "Firefox/Windows"),
        (ANDROID, "Chrome/Android"),
        (SAFARI, "Safari/iPhone"),
        (EDGE, "Edge/Windows"),
        (MAC, "Safari/macOS"),
        ("curl/8.5.0", "curl"),
        ("", ""),
        (None, ""),
        ("<script>alert(1)</script> 203.0.113.7", ""),
        ("Firefox/1 " + "x" * 100_000 + " Windows", "Firefox"),
    ],
)
def test_a_device_is_named_by_its_kind_and_nothing_else_is_kept(said: str | None, device: str) -> None:
    assert device_of(said) == device
    names = {""} | {name for name, _ in (*BROWSERS, *SYSTEMS)}
    assert set(device_of(said).split("/")) <= names


def signed_in(app: Flask, agent: str = FIREFOX, browser: Client | None = None) -> Client:
    """Amina's browser, signed in through the page."""
    opened: Client = browser or app.test_client()  # type: ignore[assignment]
    fields = {"email": "amina@example.org", "password": PASSWORD}
    answer = opened.send("/en/sign-in", fields, headers={"User-Agent": agent})
    assert answer.status_code == 303, answer.text
    return opened


def test_every_browser_is_listed_and_each_can_be_signed_out(app: Flask, session: Session) -> None:
    build.a_person(session, email="amina@example.org", password=PASSWORD)
    here, phone, work = signed_in(app), signed_in(app, ANDROID), signed_in(app, EDGE)
    page = here.get("/en/profile/sessions").text
    assert [page.count(one) for one in ("Firefox on Windows", "Chrome on Android", "Edge on Windows")] == [
        1,
        1,
        1,
    ]
    assert page.index("this browser") < page.index("Chrome on Android")
    assert "127.0.0.1" not in page
    row = session.scalars(select(SignIn.id).where(SignIn.device == "Chrome/Android")).one()
    assert here.send("/en/profile/sessions/end", {"sign_in": str(row)}).status_code == 303
    assert [one.get("/en/profile").status_code for one in (here, phone, work)] == [200, 303, 200]
    assert here.send("/en/profile/sessions/others/end").status_code == 303
    assert [one.get("/en/profile").status_code for one in (here, phone, work)] == [200, 303, 303]
    assert "Edge on Windows" not in here.get("/en/profile/sessions").text


@pytest.mark.parametrize("sign_in", ["", "0", "999999", "x", "1' OR 1=1", "１"])
def test_nobody_signs_out_what_is_not_hers(
    session: Session, signed_in_as: Callable[[Person], Client], sign_in: str
) -> None:
    here = signed_in_as(build.a_person(session))
    assert here.send("/en/profile/sessions/end", {"sign_in": sign_in}).status_code == 404


def test_the_browsers_of_another_are_not_there(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    hers, his = signed_in_as(build.a_person(session)), signed_in_as(build.a_person(session))
    first = session.scalars(select(SignIn.id).order_by(SignIn.id)).first()
    assert his.send("/en/profile/sessions/end", {"sign_in": str(first)}).status_code == 404
    assert hers.get("/en/profile").status_code == 200


@pytest.mark.parametrize("how", ["signing out", "revoking", "a changed password"])
def test_a_copied_cookie_opens_nothing_afterwards(app: Flask, session: Session, how: str) -> None:
    build.a_person(session, email="amina@example.org", password=PASSWORD)
    here, other = signed_in(app), signed_in(app)
    cookie = here.get_cookie("consult")
    assert cookie is not None
    if how == "signing out":
        here.send("/en/sign-out")
    elif how == "revoking":
        other.send("/en/profile/sessions/others/end")
    else:
        other.send("/en/profile/password", {"present": PASSWORD, "password": "quite another password"})
    thief = app.test_client()
    thief.set_cookie("consult", cookie.value)
    for place in ("profile", "profile/sessions", "profile/e-mail", "profile/password", "welcome"):
        assert thief.get(f"/en/{place}").status_code == 303


def test_the_cookie_is_another_one_after_signing_in(client: Client, app: Flask, session: Session) -> None:
    build.a_person(session, email="amina@example.org", password=PASSWORD)
    client.get("/en/sign-in")
    with client.session_transaction() as planted:
        planted["_user_id"] = "a token that somebody planted"
    signed_in(app, browser=client)
    with client.session_transaction() as kept:
        assert kept["_user_id"] != "a token that somebody planted"
    assert client.get("/en/profile").status_code == 200


def test_when_a_browser_was_here_is_kept_to_the_hour_and_written_once_an_hour(
    session: Session,
    signed_in_as: Callable[[Person], Client],
    stopped_at: Callable[[datetime], None],
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    stopped_at(NOON + timedelta(minutes=7))
    here = signed_in_as(build.a_person(session))
    assert session.scalars(select(SignIn.seen_at)).one() == NOON
    stopped_at(NOON + timedelta(minutes=59))
    quiet = count_queries(lambda: here.get("/en/profile"))
    stopped_at(NOON + timedelta(hours=1, minutes=59))
    assert count_queries(lambda: here.get("/en/profile")) == quiet + 1
    assert count_queries(lambda: here.get("/en/profile")) == quiet
    session.rollback()
    session.expire_all()
    assert session.scalars(select(SignIn.seen_at)).one() == NOON + timedelta(hours=1)


def test_thirty_browsers_cost_what_one_does(
    session: Session,
    signed_in_as: Callable[[Person], Client],
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    amina = build.a_person(session)
    here = signed_in_as(amina)
    one = count_queries(lambda: here.get("/en/profile/sessions"))
    for _ in range(30):
        signed_in_as(amina)
    assert count_queries(lambda: here.get("/en/profile/sessions")) == one


def test_a_new_browser_is_told_of_and_a_known_one_is_not(app: Flask, session: Session) -> None:
    build.a_person(session, email="amina@example.org", password=PASSWORD)
    here = signed_in(app)
    assert kinds(session) == ["account.signed_in"]
    here.send("/en/sign-out")
    signed_in(app, browser=here)
    assert kinds(session) == ["account.signed_in"]
    signed_in(app, ANDROID)
    rows = session.scalars(select(SignIn).order_by(SignIn.id)).all()
    assert [one["sign_in_id"] for one in asked(session)] == [rows[0].id, rows[2].id]


def test_alerts_can_be_switched_off_but_not_by_who_moderates(app: Flask, session: Session) -> None:
    amina = build.a_person(session, email="amina@example.org", password=PASSWORD)
    amina.has_alerts = False
    moderator = build.a_moderator(session)
    moderator.email, moderator.password_hash, moderator.has_alerts = (
        "m@example.org",
        amina.password_hash,
        False,
    )
    signed_in(app)
    assert kinds(session) == []
    other: Client = app.test_client()  # type: ignore[assignment]
    other.send("/en/sign-in", {"email": "m@example.org", "password": PASSWORD})
    assert kinds(session) == ["account.signed_in"]


def test_the_cookie_of_known_accounts_says_nothing_and_cannot_be_made_up(
    app: Flask, session: Session
) -> None:
    amina = build.a_person(session, email="amina@example.org", password=PASSWORD)
    cookie = signed_in(app).get_cookie("consult_known")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Lax"
    assert "amina" not in cookie.value and amina.pseudonym not in cookie.value
    browser, mark = cookie.value.split(".")
    for made_up in (f"{browser}.{'0' * 32}", f"{'A' * 22}.{mark}", "x" * 3000, f"{browser}.{mark}.{mark}x"):
        other: Client = app.test_client()  # type: ignore[assignment]
        other.set_cookie("consult_known", made_up)
        before = len(kinds(session))
        signed_in(app, browser=other)
        assert len(kinds(session)) == before + 1


def test_one_browser_knows_several_accounts(app: Flask, session: Session) -> None:
    here: Client = app.test_client()  # type: ignore[assignment]
    people = [build.a_person(session, email=f"p{n}@example.org", password=PASSWORD) for n in range(3)]
    for _ in range(2):
        for person in people:
            here.send("/en/sign-in", {"email": person.email, "password": PASSWORD})
            here.send("/en/sign-out")
    assert len(kinds(session)) == 3
