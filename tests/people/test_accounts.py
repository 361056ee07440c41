"""An account begins with a letter, is opened again by one, and changes its address when both ends have said yes."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import html5lib
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core.terms import TicketPurpose
from consult.notices.asked import letters_asked
from consult.people.models import Person, Throttle
from consult.people.models_access import Ticket
from consult.people.passwords import hashed, is_evident, is_too_short, matches
from consult.record.models import Journal
from tests import build
from tests.build import NOON
from tests.conftest import Client
from tests.people.links import asked, kinds, link, newest, token_of

PASSWORD = "a long enough password"
NEW = "quite another password"
ANSWERS = {
    "name": "Wanjiru Kamau",
    "email": "Wanjiru@Example.org",
    "password": "seven green umbrellas",
    "preferred": "fr",
    "time_zone": "Africa/Nairobi",
}


def without_tokens(page: str) -> str:
    """A page without the tokens of its forms, which hold the second."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


def registering(client: Client, **others: str) -> str:
    """Asks for an account, and answers the page."""
    answer = client.send("/en/register", {**ANSWERS, **others})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_an_account_is_made_only_by_the_button_behind_the_letter(client: Client, session: Session) -> None:
    assert "We wrote to" in registering(client, next="/en/consultations/x")
    ticket = newest(session, TicketPurpose.REGISTER)
    assert kinds(session) == ["account.confirm"]
    assert session.scalar(select(func.count(Person.id))) == 0
    assert client.get(link(ticket)).status_code == client.head(link(ticket)).status_code == 200
    session.rollback()
    assert session.scalar(select(func.count(Person.id))) == 0
    answer = client.send(link(ticket))
    assert (answer.status_code, answer.location) == (303, "/en/consultations/x")
    session.rollback()
    person = session.scalars(select(Person)).one()
    assert (person.email, person.name, person.language, person.time_zone) == (
        "wanjiru@example.org",
        "Wanjiru Kamau",
        "fr",
        "Africa/Nairobi",
    )
    assert "Wanjiru Kamau" in client.get("/en/profile").text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_in_another_browser_than_the_one_that_asked_only_a_password_chosen_there_counts(
    client: Client, app: Flask, session: Session, language: str
) -> None:
    """Whoever typed somebody else's address knows the password that he typed, and not what she chooses."""
    registering(client, password="what a stranger knows")
    ticket = newest(session, TicketPurpose.REGISTER)
    hers, his = app.test_client(), app.test_client()
    assert 'type="password"' not in client.get(link(ticket, language)).text
    assert 'type="password"' in hers.get(link(ticket, language)).text
    for password in ("", "short", "wanjiru@example.org"):
        assert hers.send(link(ticket, language), {"password": password}).status_code == 422  # type: ignore[attr-defined]
    session.rollback()
    assert session.scalar(select(func.count(Person.id))) == 0
    assert hers.send(link(ticket, language), {"password": NEW}).status_code == 303  # type: ignore[attr-defined]
    assert hers.get("/en/profile").status_code == 200
    for password, status in (("what a stranger knows", 422), (NEW, 303)):
        typed = {"email": "wanjiru@example.org", "password": password}
        assert his.send("/en/sign-in", typed).status_code == status  # type: ignore[attr-defined]


def test_one_browser_that_asked_for_several_accounts_confirms_each_by_one_press(
    client: Client, session: Session
) -> None:
    registering(client)
    one = newest(session, TicketPurpose.REGISTER)
    registering(client, email="other@example.org")
    assert client.send(link(one)).status_code == 303


def test_without_a_page_to_go_on_to_she_is_told_what_she_can_do_now(client: Client, session: Session) -> None:
    registering(client, next="https://evil.example/")
    answer = client.send(link(newest(session, TicketPurpose.REGISTER)))
    assert answer.location == "/en/welcome"
    assert "Comment as an individual" in client.get("/en/welcome").text


def test_a_taken_address_gets_the_same_page_and_its_owner_a_letter(client: Client, session: Session) -> None:
    free = registering(client)
    owner = build.a_person(session, email="amina@example.org", password=PASSWORD)
    taken = registering(client, email="amina@example.org")
    assert without_tokens(free.replace("Wanjiru@Example.org", "amina@example.org")) == without_tokens(taken)
    assert [one["letter"] for one in asked(session)] == ["account.confirm", "account.exists"]
    assert asked(session)[1]["person_id"] == owner.id
    blind = newest(session, TicketPurpose.REGISTER)
    assert (blind.email, blind.facts) == (None, {})
    assert client.send(link(blind)).status_code == 410


def test_both_answers_compute_one_hash_and_send_as_many_statements(
    client: Client, session: Session, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    for email in ("amina@example.org", "atieno@example.org"):
        build.a_person(session, email=email)
    registering(client, email="first@example.org")
    free = count_queries(lambda: registering(client, email="free@example.org"))
    taken = count_queries(lambda: registering(client, email="amina@example.org"))
    assert free == taken
    known = count_queries(lambda: client.send("/en/password", {"email": "atieno@example.org"}))
    unknown = count_queries(lambda: client.send("/en/password", {"email": "nobody@example.org"}))
    assert known == unknown


@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ("email", "nobody", "as in name@example.org"),
        ("email", "a@b\r\nBcc: all@example.org", "as in name@example.org"),
        ("name", "  ", "Write your name"),
        ("name", "Win now http://evil.example", "without links"),
        ("name", "Two\nlines", "on one line"),
        ("password", "short", "at least 12"),
        ("password", "password1234", "among the first"),
        ("password", "wanjiru@example.org", "among the first"),
        ("time_zone", "Mars/Olympus", "Not a valid choice"),
        ("preferred", "tlh", "Not a valid choice"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_writes_no_letter(
    client: Client, session: Session, field: str, words: str, sentence: str
) -> None:
    answer = client.send("/en/register", {**ANSWERS, field: words})
    assert answer.status_code == 422
    assert sentence in answer.text
    if field != "name":
        assert "Wanjiru Kamau" in answer.text
    assert kinds(session) == []


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("short", True),
        ("passwordpassword", True),
        ("Password2026!!", True),
        ("aaaaaaaaaaaab", True),
        ("abcabcabcabc", True),
        ("123456789012", True),
        ("qwertyuiopas", True),
        ("zyxwvutsrqponm", True),
        ("Correct Horse Battery Staple", True),
        ("amina@example.org", True),
        ("Amina Odhiambo", True),
        ("aminaodhiambo1", True),
        ("seven green umbrellas", False),
        ("مظلات خضراء سبع", False),
        ("七把绿色的雨伞在门口等雨停", False),
        ("%!&/()=?`#+-.,", False),
    ],
)
def test_a_password_is_refused_for_being_short_or_evident_and_for_nothing_else(
    password: str, refused: bool
) -> None:
    assert (is_too_short(password) or is_evident(password, "amina@example.org", "Amina Odhiambo")) == refused


def test_a_password_is_the_same_whichever_keyboard_composed_it() -> None:
    assert matches("caf\u0065\u0301 au lait", hashed("caf\u00e9 au lait", 1, 8), 1, 8)


def test_letters_to_one_address_are_few_an_hour_and_no_address_is_kept(
    client: Client, session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(NOON)
    for _ in range(4):
        registering(client)
    refused = client.send("/en/register", ANSWERS)
    assert refused.status_code == 422
    assert "Several letters were asked for lately" in refused.text
    session.rollback()
    kept = "".join(session.scalars(select(Throttle.key)))
    assert "example" not in kept and "127.0.0.1" not in kept
    registering(client, email="other@example.org")
    stopped_at(NOON + timedelta(hours=1, seconds=1))
    registering(client)


def test_no_slow_hash_is_computed_for_a_letter_that_is_not_written(
    client: Client,
    app: Flask,
    session: Session,
    stopped_at: Callable[[datetime], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stopped_at(NOON)
    build.a_person(session, email="amina@example.org")
    for _ in range(4):
        registering(client)
        registering(client, email="amina@example.org")
    monkeypatch.setitem(app.config, "ARGON2_TIME_COST", 0)  # with which no hash can be computed at all
    for email in ("wanjiru@example.org", "amina@example.org"):
        refused = client.send("/en/register", {**ANSWERS, "email": email})
        assert refused.status_code == 422 and "Several letters were asked for lately" in refused.text


def test_a_reset_says_the_same_to_every_address(client: Client, session: Session) -> None:
    build.a_person(session, email="amina@example.org", password=PASSWORD)
    known = client.send("/en/password", {"email": "amina@example.org"})
    unknown = client.send("/en/password", {"email": "nobody@example.org"})
    assert without_tokens(known.text) == without_tokens(unknown.text.replace("nobody@", "amina@"))
    real, vain = session.scalars(select(Ticket).order_by(Ticket.id))
    assert (real.email, vain.email, vain.person_id) == ("amina@example.org", None, None)
    assert client.get(link(vain)).status_code == 410
    assert letters_asked(session, "account.reset", "x", {"ticket_id": vain.id}) == []
    assert len(letters_asked(session, "account.reset", "x", {"ticket_id": real.id})) == 1


def test_a_reset_ends_every_sign_in_and_every_other_link_and_leaves_the_second_factor(
    client: Client, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    amina = build.a_person(session, email="amina@example.org", password=PASSWORD)
    amina.totp_secret = "sealed"
    browser = signed_in_as(amina)
    for _ in range(2):
        client.send("/en/password", {"email": "amina@example.org"})
    ticket = newest(session, TicketPurpose.RESET)
    assert client.get(link(ticket)).status_code == 200
    evident = client.send(link(ticket), {"password": "amina@example.org"})
    assert (evident.status_code, "among the first" in evident.text) == (422, True)
    assert "Your new password is set" in client.send(link(ticket), {"password": NEW}).text
    assert browser.get("/en/profile").status_code == 303
    session.rollback()
    session.refresh(amina)
    assert amina.totp_secret == "sealed"
    assert kinds(session)[-1] == "account.password_changed"
    first = session.scalars(select(Ticket).order_by(Ticket.id).limit(1)).one()
    assert client.get(link(first)).status_code == 410
    old = client.send("/en/sign-in", {"email": "amina@example.org", "password": PASSWORD})
    assert old.status_code == 422
    new = client.send("/en/sign-in", {"email": "amina@example.org", "password": NEW})
    assert new.status_code == 303
    assert client.get("/en/profile").status_code == 303  # the second factor is still to be given


def test_a_password_set_by_letter_opens_the_door_that_wrong_tries_shut(
    client: Client, session: Session
) -> None:
    build.a_person(session, email="amina@example.org", password=PASSWORD)
    for _ in range(10):
        client.send("/en/sign-in", {"email": "amina@example.org", "password": "wrong"})
    right = {"email": "amina@example.org", "password": PASSWORD}
    assert "too many wrong tries" in client.send("/en/sign-in", right).text
    client.send("/en/password", {"email": "amina@example.org"})
    client.send(link(newest(session, TicketPurpose.RESET)), {"password": NEW})
    assert client.send("/en/sign-in", {**right, "password": NEW}).status_code == 303


def test_changing_the_password_asks_the_present_one_and_signs_the_others_out(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    amina = build.a_person(session, email="amina@example.org", password=PASSWORD)
    here, there = signed_in_as(amina), signed_in_as(amina)
    wrong = here.send("/en/profile/password", {"present": "not that one", "password": NEW})
    assert (wrong.status_code, "not the password of your account" in wrong.text) == (422, True)
    assert here.send("/en/profile/password", {"present": PASSWORD, "password": "short"}).status_code == 422
    assert here.send("/en/profile/password", {"present": PASSWORD, "password": NEW}).status_code == 303
    assert here.get("/en/profile").status_code == 200
    assert there.get("/en/profile").status_code == 303
    assert kinds(session) == ["account.password_changed"]


def test_whoever_stole_a_browser_cannot_guess_the_password_for_ever(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    here = signed_in_as(build.a_person(session, password=PASSWORD))
    for _ in range(10):
        here.send("/en/profile/password", {"present": "wrong", "password": NEW})
    answer = here.send("/en/profile/password", {"present": PASSWORD, "password": NEW})
    assert (answer.status_code, "too many wrong tries" in answer.text) == (422, True)


def moving(browser: Client, session: Session, to: str = "new@example.org") -> tuple[Ticket, Ticket]:
    """Asks for another address; answers the tickets of both ends."""
    answer = browser.send("/en/profile/e-mail", {"email": to, "present": PASSWORD})
    assert answer.status_code == 200, answer.text
    return newest(session, TicketPurpose.EMAIL_OLD), newest(session, TicketPurpose.EMAIL_NEW)


@pytest.mark.parametrize("first", ["old", "new"])
def test_the_address_changes_when_both_ends_have_said_yes(
    client: Client, session: Session, signed_in_as: Callable[[Person], Client], first: str
) -> None:
    amina = build.a_person(session, email="amina@example.org", password=PASSWORD)
    here, there = signed_in_as(amina), signed_in_as(amina)
    client.send("/en/password", {"email": "amina@example.org"})
    reset = newest(session, TicketPurpose.RESET)
    ends = moving(here, session)
    one, two = ends if first == "old" else ends[::-1]
    assert "once the letter to the other address" in client.send(link(one), {"answer": "agree"}).text
    session.refresh(amina)
    assert amina.email == "amina@example.org"
    assert "is now <bdi>new@example.org" in here.send(link(two), {"answer": "agree"}).text
    session.rollback()
    session.refresh(amina)
    assert amina.email == "new@example.org"
    assert here.get("/en/profile").status_code == 200
    assert there.get("/en/profile").status_code == 303
    assert client.get(link(reset)).status_code == 410
    assert kinds(session) == [
        "account.reset",
        "account.email_old",
        "account.email_new",
        "account.email_changed",
    ]


def test_it_was_not_me_stops_the_change_and_signs_everybody_out(
    client: Client, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    amina = build.a_person(session, email="amina@example.org", password=PASSWORD)
    thief = signed_in_as(amina)
    old, new = moving(thief, session, "thief@example.org")
    client.send(link(new), {"answer": "agree"})
    assert "The address stays as it was" in client.send(link(old), {"answer": "refuse"}).text
    assert thief.get("/en/profile").status_code == 303
    for one in (old, new):
        assert client.send(link(one), {"answer": "agree"}).status_code == 410
    session.refresh(amina)
    assert amina.email == "amina@example.org"


def test_the_new_end_cannot_refuse_for_the_old_one(
    client: Client, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    here = signed_in_as(build.a_person(session, password=PASSWORD))
    _, new = moving(here, session)
    assert "This end is confirmed" in client.send(link(new), {"answer": "refuse"}).text
    assert here.get("/en/profile").status_code == 200


def test_an_address_taken_meanwhile_is_refused_and_nothing_changes(
    client: Client, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    amina = build.a_person(session, email="amina@example.org", password=PASSWORD)
    old, new = moving(signed_in_as(amina), session)
    client.send(link(old), {"answer": "agree"})
    build.a_person(session, email="new@example.org")
    answer = client.send(link(new), {"answer": "agree"})
    assert (answer.status_code, "There is already an account" in answer.text) == (422, True)
    session.refresh(amina)
    assert amina.email == "amina@example.org"


def test_asking_for_a_taken_address_tells_its_owner_and_not_who_asks(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    owner = build.a_person(session, email="owner@example.org")
    here = signed_in_as(build.a_person(session, email="amina@example.org", password=PASSWORD))
    fields = {"present": PASSWORD}
    free = here.send("/en/profile/e-mail", {**fields, "email": "free@example.org"})
    taken = here.send("/en/profile/e-mail", {**fields, "email": "owner@example.org"})
    assert without_tokens(free.text) == without_tokens(taken.text.replace("owner@", "free@"))
    assert asked(session)[-1]["person_id"] == owner.id
    assert kinds(session)[-2:] == ["account.email_old", "account.exists"]


def test_nobody_uses_up_the_letters_that_open_an_account_again(client: Client, session: Session) -> None:
    build.a_person(session, email="amina@example.org")
    for _ in range(4):
        registering(client, email="amina@example.org")
    assert client.send("/en/register", {**ANSWERS, "email": "amina@example.org"}).status_code == 422
    assert client.send("/en/password", {"email": "amina@example.org"}).status_code == 200
    assert kinds(session)[-1] == "account.reset"


def test_the_present_end_learns_nothing_of_who_has_the_new_address(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    build.a_person(session, email="owner@example.org")
    here = signed_in_as(build.a_person(session, email="amina@example.org", password=PASSWORD))
    said = []
    for wanted in ("free@example.org", "owner@example.org"):
        here.send("/en/profile/e-mail", {"email": wanted, "present": PASSWORD})
        answer = here.send(link(newest(session, TicketPurpose.EMAIL_OLD)), {"answer": "agree"})
        said.append((answer.status_code, "This end is confirmed" in answer.text))
    assert said == [(200, True)] * 2


def test_a_second_wish_takes_the_place_of_the_first(
    client: Client, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    here = signed_in_as(build.a_person(session, email="amina@example.org", password=PASSWORD))
    first = moving(here, session, "one@example.org")
    second = moving(here, session, "two@example.org")
    assert [client.get(link(one)).status_code for one in (*first, *second)] == [410, 410, 200, 200]


def test_a_changed_password_stops_a_change_of_address(
    client: Client, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    here = signed_in_as(build.a_person(session, email="amina@example.org", password=PASSWORD))
    old, new = moving(here, session)
    client.send(link(old), {"answer": "agree"})
    here.send("/en/profile/password", {"present": PASSWORD, "password": NEW})
    assert client.send(link(new), {"answer": "agree"}).status_code == 410


def test_ones_own_page_keeps_name_language_zone_and_alerts(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    amina = build.a_person(session, time_zone="US/Eastern")
    here = signed_in_as(amina)
    assert '<option selected value="US/Eastern">' in here.get("/en/profile").text
    sent = {"name": "A. Odhiambo", "preferred": "ar", "time_zone": "Asia/Shanghai"}
    assert here.send("/en/profile", sent).location == "/ar/profile"
    session.refresh(amina)
    kept = (amina.name, amina.language, amina.time_zone, amina.has_alerts)
    assert kept == ("A. Odhiambo", "ar", "Asia/Shanghai", False)


def test_fields_that_the_form_does_not_have_change_nothing(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    amina = build.a_person(session, email="amina@example.org", password=PASSWORD)
    here = signed_in_as(amina)
    wanted = {"name": "Amina", "preferred": "en", "time_zone": "UTC", "has_alerts": "y"}
    more = {
        "email": "thief@example.org",
        "pseudonym": "p-1",
        "password_hash": "x",
        "id": "9",
        "totp_secret": "x",
    }
    here.send("/en/profile", {**wanted, **more})
    before = (amina.email, amina.pseudonym, amina.password_hash, amina.totp_secret)
    session.refresh(amina)
    assert (amina.email, amina.pseudonym, amina.password_hash, amina.totp_secret) == before


def test_who_moderates_is_always_told_of_a_new_browser(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    moderator = build.a_moderator(session)
    here = signed_in_as(moderator)
    assert "we always write to you" in here.get("/en/profile").text
    here.send("/en/profile", {"name": "M", "preferred": "en", "time_zone": "UTC"})
    session.refresh(moderator)
    assert moderator.has_alerts


def test_the_journal_and_the_jobs_hold_neither_names_nor_addresses(
    client: Client, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    registering(client)
    client.send(link(newest(session, TicketPurpose.REGISTER)))
    here = signed_in_as(build.a_person(session, email="amina@example.org", password=PASSWORD))
    moving(here, session)
    client.send("/en/password", {"email": "amina@example.org"})
    session.rollback()
    kept = str([one.facts for one in session.scalars(select(Journal))]) + str(asked(session))
    assert "example.org" not in kept and "Wanjiru" not in kept and "Amina" not in kept


def test_a_used_letter_of_registration_forgets_what_it_held(client: Client, session: Session) -> None:
    registering(client)
    registering(client)
    client.send(link(newest(session, TicketPurpose.REGISTER)))
    session.rollback()
    assert [(one.email, one.facts) for one in session.scalars(select(Ticket))] == [(None, {}), (None, {})]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_valid_html(
    client: Client, session: Session, signed_in_as: Callable[[Person], Client], language: str
) -> None:
    amina = build.a_person(session, email="amina@example.org", password=PASSWORD, language=language)
    here, strict = signed_in_as(amina), html5lib.HTMLParser(strict=True)
    registering(client)
    client.send("/en/password", {"email": "amina@example.org"})
    old, new = moving(here, session)
    letters = [newest(session, one) for one in (TicketPurpose.REGISTER, TicketPurpose.RESET)]
    places = [link(one, language) for one in (*letters, old, new)]
    for place in (*(f"/{language}/{one}" for one in ("register", "password", "password/x.y")), *places):
        strict.parse(client.get(place).text)
    for place in ("welcome", "profile", "profile/password", "profile/e-mail", "profile/sessions"):
        answer = here.get(f"/{language}/{place}")
        assert answer.status_code == 200
        strict.parse(answer.text)
    strict.parse(client.send(f"/{language}/register", {}).text)
    assert token_of(old) != token_of(old, TicketPurpose.EMAIL_NEW)
