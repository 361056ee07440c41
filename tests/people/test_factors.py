"""A second factor: nobody is in before it is shown, each code opens once, and no way leads around it."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import html5lib
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.models import KeptWords
from consult.config import WrongSetting, needs_strong_sign_in, read_settings
from consult.core.terms import TicketPurpose
from consult.db import commit
from consult.jobs import Job
from consult.people import acts_tickets, codes
from consult.people.models import Person, SignIn
from consult.people.models_access import RecoveryCode, Ticket
from consult.people.sealing import opened_words, sealed_words
from tests import build
from tests.conftest import Client
from tests.people.links import link, newest
from tests.people.strong import (
    code,
    codes_on,
    first_step,
    is_in,
    prove,
    second_step,
    somebody,
    with_app,
    with_codes,
)

StoppedAt = Callable[[datetime], None]
LATER = build.NOON + timedelta(minutes=1)


def told(session: Session) -> list[str]:
    """What the owner is told of by letter."""
    session.rollback()
    jobs = session.scalars(select(Job).where(Job.kind == "letters.write").order_by(Job.id))
    return [one.arguments["what"] for one in jobs if one.arguments["letter"] == "account.factor_changed"]


def sign_ins(session: Session) -> list[SignIn]:
    """Every sign-in there was."""
    session.rollback()
    session.expire_all()
    return list(session.scalars(select(SignIn).order_by(SignIn.id)))


@pytest.fixture
def secret(session: Session, stopped_at: StoppedAt) -> str:
    """Amina has an app; a minute later nobody has used a code of it."""
    stopped_at(build.NOON)
    found = with_app(session, somebody(session))
    stopped_at(LATER)
    return found


def test_an_app_counts_once_it_has_shown_a_right_code(
    client: Client, session: Session, stopped_at: StoppedAt
) -> None:
    stopped_at(build.NOON)
    person = somebody(session)
    assert first_step(client).location == "/en/profile"
    asked = client.get("/en/profile/factors/app")
    assert asked.location == "/en/profile/confirmation?next=/en/profile/factors/app"
    assert prove(client).status_code == 303
    page = client.get("/en/profile/factors/app").text
    assert "<svg" in page and "data:" not in page and "style=" not in page
    sealed = re.search(r'name="sealed"[^>]*value="([^"]+)"', page)
    shown = re.search(r'<bdi dir="ltr">([A-Z2-7 ]+)</bdi>', page)
    assert sealed and shown
    app_secret = shown[1].replace(" ", "")
    assert app_secret not in sealed[1]
    wrong = client.send("/en/profile/factors/app", {"sealed": sealed[1], "code": "000000"})
    assert wrong.status_code == 422 and shown[1] in wrong.text
    session.refresh(person)
    assert person.totp_secret is None
    right = client.send("/en/profile/factors/app", {"sealed": sealed[1], "code": code(app_secret)})
    assert len(codes_on(right.text)) == 10
    session.refresh(person)
    assert person.totp_secret is not None and app_secret not in person.totp_secret
    assert [one.is_strong for one in sign_ins(session)] == [True]
    assert told(session) == ["app_added", "codes_made"]


def test_a_secret_under_seal_opens_for_its_person_only(client: Client, session: Session) -> None:
    sealed = sealed_words("a program's secret", "app", "p-1", "JBSWY3DP")
    assert opened_words("a program's secret", "app", "p-1", sealed) == "JBSWY3DP"
    for wrong in (
        ("another", "app", "p-1"),
        ("a program's secret", "x", "p-1"),
        ("a program's secret", "app", "p-2"),
    ):
        assert opened_words(*wrong, sealed) is None
    for broken in ("", "x", "====", sealed[:-4], "é"):
        assert opened_words("a program's secret", "app", "p-1", broken) is None


def test_after_the_password_nobody_is_in_before_the_code(
    client: Client, session: Session, secret: str
) -> None:
    asked = first_step(client)
    assert asked.location == "/en/sign-in/second?next=/en/profile"
    assert not is_in(client) and sign_ins(session) == []
    assert "recovery codes" in client.get(asked.location).text
    assert second_step(client, code(secret)).location == "/en/profile"
    assert is_in(client) and [one.is_strong for one in sign_ins(session)] == [True]


def test_a_wrong_password_says_the_same_whether_there_is_a_factor(
    client: Client, session: Session, secret: str
) -> None:
    somebody(session, "bela@example.org")
    pages = [
        client.send("/en/sign-in", {"email": email, "password": "wrong", "next": "/en/profile"})
        for email in ("amina@example.org", "bela@example.org")
    ]
    plain = [re.sub(r"amina|bela|value=\"[^\"]{20,}\"", "", page.text) for page in pages]
    assert [page.status_code for page in pages] == [422, 422] and plain[0] == plain[1]


@pytest.mark.parametrize(("away", "opens"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_opens_half_a_minute_early_or_late_and_no_more(
    client: Client, session: Session, secret: str, away: int, opens: bool
) -> None:
    first_step(client)
    typed = code(secret, LATER + timedelta(seconds=30 * away))
    assert second_step(client, typed).status_code == (303 if opens else 422)


@pytest.mark.parametrize("written", ["{} {}", " {}{} ", "{}-{}"])
def test_a_code_is_read_as_people_write_it(
    client: Client, session: Session, secret: str, written: str
) -> None:
    first_step(client)
    shown = code(secret).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert second_step(client, written.format(shown[:3], shown[3:])).status_code == 303


def test_a_code_opens_once_and_none_before_it_opens_after(
    app: Flask, session: Session, secret: str, stopped_at: StoppedAt
) -> None:
    thief, owner = app.test_client(), app.test_client()
    first_step(owner), first_step(thief)
    assert second_step(owner, code(secret)).status_code == 303
    for at in (LATER, LATER - timedelta(seconds=30)):
        assert second_step(thief, code(secret, at)).status_code == 422
    stopped_at(LATER + timedelta(seconds=30))
    assert second_step(thief, code(secret)).status_code == 303


def test_the_code_that_set_the_app_up_opens_nothing(
    client: Client, session: Session, stopped_at: StoppedAt
) -> None:
    stopped_at(build.NOON)
    secret = with_app(session, somebody(session))
    first_step(client)
    assert second_step(client, code(secret)).status_code == 422


def test_of_two_who_send_one_code_at_once_one_is_in(app: Flask, session: Session) -> None:
    with clock.stopped(clock.now() - timedelta(minutes=5)):
        secret = with_app(session, somebody(session))
    browsers = [app.test_client() for _ in range(4)]
    for one in browsers:
        first_step(one)
    sent = [{"csrf_token": one.token(), "code": code(secret)} for one in browsers]
    commit(session)
    app.extensions.pop("consult.test_session")
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda i: browsers[i].post("/en/sign-in/second", data=sent[i]).status_code, range(4))
        )
    app.extensions["consult.test_session"] = session
    assert sorted(answers) == [303, 422, 422, 422]
    assert len(sign_ins(session)) == 1


def test_five_wrong_codes_make_everybody_wait_and_nobody_else(
    client: Client, app: Flask, session: Session, secret: str, stopped_at: StoppedAt
) -> None:
    other = somebody(session, "bela@example.org")
    stopped_at(build.NOON)
    others = with_app(session, other)
    stopped_at(LATER)
    first_step(client)
    for _ in range(5):
        assert second_step(client, "000000").status_code == 422
    shut = second_step(client, code(secret))
    assert shut.status_code == 422 and "too many wrong tries" in shut.text and sign_ins(session) == []
    neighbour = app.test_client()
    first_step(neighbour, "bela@example.org")
    assert second_step(neighbour, code(others)).status_code == 303
    stopped_at(LATER + timedelta(minutes=16))
    assert first_step(client).status_code == 303
    assert second_step(client, code(secret)).status_code == 303


def test_the_second_step_waits_ten_minutes_for_its_own_browser_and_is_taken_once(
    client: Client, app: Flask, session: Session, secret: str, stopped_at: StoppedAt
) -> None:
    first_step(client)
    stranger = app.test_client()
    assert stranger.get("/en/sign-in/second").location == "/en/sign-in"
    assert second_step(stranger, code(secret)).location.startswith("/en/sign-in")
    cookie = client.get_cookie("consult")
    assert cookie is not None and second_step(client, code(secret)).status_code == 303
    stranger.set_cookie("consult", cookie.value)
    stopped_at(LATER + timedelta(seconds=60))
    assert second_step(stranger, code(secret)).location.startswith("/en/sign-in?")
    first_step(stranger)
    stopped_at(LATER + timedelta(minutes=12))
    assert second_step(stranger, code(secret)).location.startswith("/en/sign-in?")
    assert len(sign_ins(session)) == 1


def test_steps_that_are_long_over_are_forgotten(
    client: Client, session: Session, secret: str, stopped_at: StoppedAt
) -> None:
    first_step(client)
    stopped_at(LATER + timedelta(days=2))
    first_step(client)
    session.rollback()
    assert len(session.scalars(select(Ticket)).all()) == 1


def test_a_recovery_code_opens_once_however_it_is_typed(
    client: Client, app: Flask, session: Session, secret: str
) -> None:
    person = session.scalars(select(Person)).one()
    made = with_codes(session, person)
    assert len(set(made)) == 10
    typed = made[0].replace("-", " ").upper().replace("0", "O").replace("1", "l")
    first_step(client)
    assert second_step(client, typed).location == "/en/profile"
    again = app.test_client()
    first_step(again)
    assert second_step(again, made[0]).status_code == 422
    assert made[1] not in str([one.code_hash for one in session.scalars(select(RecoveryCode))])
    assert told(session)[-1] == "code_used"


def test_with_three_codes_left_she_is_told_and_new_ones_void_the_old(
    client: Client, app: Flask, session: Session, secret: str
) -> None:
    made = with_codes(session, session.scalars(select(Person)).one())
    for one in made[:6]:
        browser = app.test_client()
        first_step(browser)
        assert second_step(browser, one).location == "/en/profile"
    first_step(client)
    led = second_step(client, made[6])
    assert led.location == "/en/profile/factors?next=/en/profile"
    assert "3 recovery codes are left" in client.get(led.location).text
    page = client.send("/en/profile/factors/codes")
    new = codes_on(page.text)
    assert len(new) == 10 and not set(new) & set(made)
    late = app.test_client()
    first_step(late)
    assert second_step(late, made[7]).status_code == 422
    assert second_step(late, new[0]).status_code == 303


def test_codes_just_made_are_had_as_a_file_and_nobody_elses_are(
    client: Client, app: Flask, session: Session, secret: str
) -> None:
    made = with_codes(session, session.scalars(select(Person)).one())
    first_step(client), second_step(client, code(secret))
    file = client.send("/en/profile/factors/codes/text", {"codes": " ".join(made)})
    assert file.mimetype == "text/plain" and all(one in file.text for one in made)
    assert "attachment" in file.headers["Content-Disposition"] and "no-store" in file.headers["Cache-Control"]
    assert client.send("/en/profile/factors/codes/text", {"codes": "<script> x"}).status_code == 404
    assert client.send("/en/profile/factors/codes/text", {"codes": ""}).status_code == 404


def test_nothing_is_changed_by_who_has_not_just_proved_to_be_she(
    app: Flask, session: Session, secret: str, stopped_at: StoppedAt
) -> None:
    browser = app.test_client()
    first_step(browser), second_step(browser, code(secret))
    stopped_at(LATER + timedelta(minutes=11))
    for path in (
        *("app/removal", "codes", "passkeys/removal", "passkeys/question"),
        *("provider", "provider/removal"),
    ):
        asked = browser.send(f"/en/profile/factors/{path}", {"mark": "x"})
        assert asked.location == "/en/profile/confirmation?next=/en/profile/factors", path
    for path in ("app", "passkeys/new"):
        assert "/en/profile/confirmation" in browser.get(f"/en/profile/factors/{path}").location, path
    assert browser.send("/en/profile/confirmation", {"password": "wrong"}).status_code == 422
    assert told(session) == ["app_added"]


def test_without_the_last_factor_no_sign_in_is_strong_and_no_code_opens(
    client: Client, app: Flask, session: Session, secret: str
) -> None:
    made = with_codes(session, session.scalars(select(Person)).one())
    first_step(client), second_step(client, code(secret))
    assert client.send("/en/profile/factors/app/removal").status_code == 303
    assert [one.is_strong for one in sign_ins(session)] == [False]
    assert session.scalars(select(RecoveryCode)).all() == []
    assert told(session)[-1] == "app_removed" and made
    assert first_step(app.test_client()).location == "/en/profile"
    assert client.send("/en/profile/factors/app/removal").status_code in (303, 422)


def test_an_old_weak_sign_in_changes_nothing_without_the_factor(
    app: Flask, session: Session, signed_in_as: Callable[[Person], Client], secret: str
) -> None:
    """A stolen browser from before the factor, and a stolen password, do not take the factor away."""
    weak = signed_in_as(session.scalars(select(Person)).one())
    led = prove(weak)
    assert led.location.startswith("/en/sign-in/second")
    assert weak.send("/en/profile/factors/app/removal").location.startswith("/en/profile/confirmation")
    assert second_step(weak, code(secret), "/en/profile/factors").location == "/en/profile/factors"
    assert [(one.is_strong, one.revoked_at is None) for one in sign_ins(session)] == [
        (False, False),
        (True, True),
    ]
    assert weak.send("/en/profile/factors/app/removal").location == "/en/profile/factors"


def test_a_new_password_does_not_lead_around_the_factor(
    client: Client, session: Session, secret: str
) -> None:
    client.send("/en/password", {"email": "amina@example.org"})
    new = "quite another long password"
    assert client.send(link(newest(session, TicketPurpose.RESET)), {"password": new}).status_code == 200
    assert not is_in(client)
    asked = client.send("/en/sign-in", {"email": "amina@example.org", "password": new})
    assert asked.location.startswith("/en/sign-in/second") and not is_in(client)


def test_a_letter_that_lets_in_does_not_lead_around_the_factor(
    client: Client, session: Session, secret: str
) -> None:
    acts_tickets.ask_sign_in_link(session, session.scalars(select(Person)).one(), "/en/profile")
    commit(session)
    asked = client.send(link(newest(session, TicketPurpose.SIGN_IN)))
    assert asked.location == "/en/sign-in/second?next=/en/profile" and not is_in(client)


def test_the_page_of_factors_asks_the_same_few_questions(
    client: Client, session: Session, secret: str, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    first_step(client), second_step(client, code(secret))
    few = count_queries(lambda: client.get("/en/profile/factors"))
    with_codes(session, session.scalars(select(Person)).one())
    assert count_queries(lambda: client.get("/en/profile/factors")) == few


@pytest.mark.parametrize(
    ("wanted", "mode", "needs"),
    [
        ("", "production", True),
        ("", "development", False),
        ("", "test", False),
        ("yes", "development", True),
        ("no", "production", False),
    ],
)
def test_strength_is_needed_in_production_unless_said_otherwise(wanted: str, mode: str, needs: bool) -> None:
    assert needs_strong_sign_in({"STRONG_SIGN_IN": wanted, "CONSULT_MODE": mode}) is needs


def test_a_slip_of_the_pen_in_the_setting_is_refused() -> None:
    with pytest.raises(WrongSetting, match="STRONG_SIGN_IN"):
        read_settings({"STRONG_SIGN_IN": "true"})


def test_codes_on_paper_have_eighty_bits_and_no_letter_that_looks_like_another() -> None:
    assert len(codes.LETTERS) == 32 and not set("ilou") & set(codes.LETTERS)
    assert all(len(one.replace("-", "")) == 16 for one in codes.new_codes())


def test_words_kept_before_signing_in_are_taken_over_once_the_second_step_is_done(
    client: Client, session: Session, secret: str
) -> None:
    opened = build.an_open_round(session, takes_individuals=True)
    code_of = opened.clauses["3.2"].code
    form = f"/en/consultations/{opened.slug}/drafts/0/clauses/{code_of}/comments/new"
    client.send(form, {"reasons": "I wrote all night."})
    owners = select(KeptWords.person_id)
    first_step(client)
    session.rollback()
    assert session.scalars(owners).all() == [None]
    assert second_step(client, code(secret)).status_code == 303
    session.rollback()
    assert (
        session.scalars(owners).all()
        == session.scalars(select(Person.id).where(Person.email == "amina@example.org")).all()
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_valid_html(client: Client, session: Session, secret: str, language: str) -> None:
    strict, start = html5lib.HTMLParser(strict=True), f"/{language}"
    strict.parse(client.get(f"{start}/sign-in").text)
    first_step(client)
    strict.parse(client.get(f"{start}/sign-in/second").text)
    strict.parse(client.send(f"{start}/sign-in/second", {"code": "0"}).text)
    assert second_step(client, code(secret)).status_code == 303
    for page in (
        "profile/factors",
        "profile/factors/app",
        "profile/factors/passkeys/new",
        "profile/confirmation",
    ):
        answer = client.get(f"{start}/{page}")
        assert answer.status_code == 200
        strict.parse(answer.text)
    strict.parse(client.send(f"{start}/profile/factors/codes").text)
