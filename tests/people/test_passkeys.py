"""Passkeys, as the server judges them: by a key in software that answers rightly, and wrongly in every way we know."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.people.models import Person, SignIn
from consult.people.models_access import Passkey, Ticket
from tests import build
from tests.conftest import Client
from tests.people.strong import (
    SecurityKey,
    codes_on,
    first_step,
    is_in,
    prove,
    second_step,
    somebody,
    with_codes,
)
from tests.people.test_factors import sign_ins, told

StoppedAt = Callable[[datetime], None]
QUESTION, NEW = "/en/profile/factors/passkeys/question", "/en/profile/factors/passkeys/new"
ALONE, SECOND = "/en/sign-in/passkey", "/en/sign-in/second"


def question(client: Client, path: str) -> dict[str, Any]:
    """What the page's script asks the browser's passkeys."""
    answer = client.send(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return json.loads(answer.text)


def register(client: Client, key: SecurityKey, name: str = "My phone") -> Any:
    """Registers a key, from a browser that has just proved whose it is."""
    return client.send(NEW, {"answer": key.makes(question(client, QUESTION)), "name": name})


def alone(client: Client, key: SecurityKey, **bent: Any) -> Any:
    """Signs in by the key alone."""
    return client.send(ALONE, {"answer": key.signs(question(client, f"{ALONE}/question"), **bent)})


@pytest.fixture
def amina(session: Session) -> Person:
    """Somebody with a password."""
    return somebody(session)


@pytest.fixture
def key(client: Client, amina: Person) -> SecurityKey:
    """Her key, registered; then she signs out."""
    first_step(client), prove(client)
    made = SecurityKey()
    assert register(client, made).status_code == 200
    client.send("/en/sign-out")
    made.count += 1
    return made


def test_the_first_passkey_makes_the_sign_in_strong_and_brings_codes(
    client: Client, session: Session, amina: Person
) -> None:
    first_step(client)
    assert client.send(QUESTION).status_code == 303
    prove(client)
    asked = question(client, QUESTION)
    assert asked["rp"]["id"] == "localhost" and "amina" not in str(asked["user"]["id"])
    page = client.send(NEW, {"answer": SecurityKey().makes(asked), "name": "  المفتاح  "})
    assert len(codes_on(page.text)) == 10
    assert [one.is_strong for one in sign_ins(session)] == [True]
    assert session.scalars(select(Passkey.name)).all() == ["المفتاح"]
    assert told(session) == ["passkey_added", "codes_made"]
    second = register(client, SecurityKey(), "Drawer")
    assert second.location == "/en/profile/factors"
    page = client.get("/en/profile/factors").text
    assert "المفتاح" in page and "Drawer" in page


def test_what_is_registered_is_not_registered_twice(client: Client, session: Session, amina: Person) -> None:
    first_step(client), prove(client)
    made = SecurityKey()
    register(client, made)
    asked = question(client, QUESTION)
    assert len(asked["excludeCredentials"]) == 1
    again = client.send(NEW, {"answer": made.makes(asked), "name": "Again"})
    assert again.status_code == 422 and "Again" in again.text
    assert len(session.scalars(select(Passkey.id)).all()) == 1


def test_a_passkey_signs_in_alone_and_strongly(client: Client, session: Session, key: SecurityKey) -> None:
    asked = question(client, f"{ALONE}/question")
    assert asked["userVerification"] == "required" and not asked.get("allowCredentials")
    answer = client.send(ALONE, {"answer": key.signs(asked), "next": "/en/profile"})
    assert answer.location == "/en/profile" and is_in(client)
    assert sign_ins(session)[-1].is_strong


def test_a_passkey_that_did_not_ask_who_it_is_needs_the_password_first(
    client: Client, session: Session, key: SecurityKey
) -> None:
    key.knows_person = False
    assert alone(client, key).status_code == 422 and not is_in(client)
    assert first_step(client).location == "/en/sign-in/second?next=/en/profile"
    asked = question(client, f"{SECOND}/question")
    assert [one["id"] for one in asked["allowCredentials"]] and not is_in(client)
    led = client.send(f"{SECOND}/passkey", {"answer": key.signs(asked), "next": "/en/profile"})
    assert led.location == "/en/profile" and is_in(client)


def test_a_recovery_code_stands_in_for_a_lost_passkey(
    client: Client, session: Session, amina: Person, key: SecurityKey
) -> None:
    made = with_codes(session, amina)
    first_step(client)
    assert second_step(client, made[0]).status_code == 303 and is_in(client)


@pytest.mark.parametrize(
    "bent",
    [
        {"challenge": "AAAA"},
        {"origin": "https://evil.example"},
        {"origin": "http://localhost.evil.example"},
        {"type": "webauthn.create"},
        {"handle": "cC1zb21lYm9keQ"},
    ],
)
def test_an_answer_to_another_question_or_from_another_site_opens_nothing(
    client: Client, key: SecurityKey, bent: dict[str, str]
) -> None:
    refused = alone(client, key, **bent)
    assert refused.status_code == 422 and not is_in(client)
    assert "does not open an account here" in refused.text


@pytest.mark.parametrize("what", ["host", "secret", "credential_id", "knows_person"])
def test_a_key_for_another_site_or_of_nobody_opens_nothing(
    client: Client, key: SecurityKey, what: str
) -> None:
    other = SecurityKey(host="evil.example", knows_person=False)
    setattr(key, what, getattr(other, what))
    assert alone(client, key).status_code == 422 and not is_in(client)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{",
        "[]",
        "null",
        '{"id": 1}',
        '{"rawId": "!!!!"}',
        '{"rawId": "AAAA", "response": []}',
        "[" * 9000,
    ],
)
def test_what_no_browser_sends_is_refused_in_a_sentence(
    client: Client, key: SecurityKey, answer: str
) -> None:
    question(client, f"{ALONE}/question")
    refused = client.send(ALONE, {"answer": answer})
    assert refused.status_code == 422 and not is_in(client)


@pytest.mark.parametrize("broken", ["clientDataJSON", "authenticatorData", "signature"])
def test_an_answer_cut_short_is_refused_in_a_sentence(client: Client, key: SecurityKey, broken: str) -> None:
    answer = json.loads(key.signs(question(client, f"{ALONE}/question")))
    for cut in (answer["response"][broken][:-8], "", "%%%", 7, None):
        answer["response"][broken] = cut
        question(client, f"{ALONE}/question")
        assert client.send(ALONE, {"answer": json.dumps(answer)}).status_code == 422
    assert not is_in(client)


def test_a_challenge_is_answered_once_in_its_own_browser_within_five_minutes(
    client: Client, app: Flask, session: Session, key: SecurityKey, stopped_at: StoppedAt
) -> None:
    stopped_at(build.NOON)
    asked = question(client, f"{ALONE}/question")
    thief = app.test_client()
    assert thief.send(ALONE, {"answer": key.signs(asked)}).status_code == 422
    cookie = client.get_cookie("consult")
    assert client.send(ALONE, {"answer": key.signs(asked)}).status_code == 303
    assert cookie is not None
    thief.set_cookie("consult", cookie.value)
    key.count += 1
    assert thief.send(ALONE, {"answer": key.signs(asked)}).status_code == 422
    late = question(thief, f"{ALONE}/question")
    stopped_at(build.NOON + timedelta(minutes=6))
    key.count += 1
    assert thief.send(ALONE, {"answer": key.signs(late)}).status_code == 422 and not is_in(thief)
    session.rollback()
    assert len(session.scalars(select(SignIn).where(SignIn.is_strong)).all()) == 2
    assert session.scalars(select(Ticket.purpose)).all()


def test_a_question_for_one_purpose_is_not_answered_for_another(
    client: Client, session: Session, key: SecurityKey
) -> None:
    asked = question(client, f"{ALONE}/question")
    first_step(client)
    assert client.send(f"{SECOND}/passkey", {"answer": key.signs(asked)}).status_code == 422
    asked = question(client, f"{SECOND}/question")
    assert client.send(ALONE, {"answer": key.signs(asked)}).status_code == 422 and not is_in(client)


def test_another_persons_passkey_is_no_second_factor_of_mine(
    client: Client, app: Flask, session: Session, key: SecurityKey
) -> None:
    somebody(session, "bela@example.org")
    hers, other = SecurityKey(), app.test_client()
    first_step(other, "bela@example.org"), prove(other), register(other, hers)
    hers.count += 1
    first_step(client)
    asked = question(client, f"{SECOND}/question")
    assert client.send(f"{SECOND}/passkey", {"answer": hers.signs(asked)}).status_code == 422 and not is_in(
        client
    )


def test_a_count_that_goes_back_is_refused_and_told_of(
    client: Client, session: Session, key: SecurityKey
) -> None:
    key.count = 9
    assert alone(client, key).status_code == 303
    client.send("/en/sign-out")
    for count in (9, 3, 0):
        key.count = count
        refused = alone(client, key)
        assert refused.status_code == 422 and "count went back" in refused.text and not is_in(client)
    assert told(session)[-3:] == ["passkey_copied"] * 3
    session.expire_all()
    assert session.scalars(select(Passkey.sign_count)).one() == 9
    key.count = 10
    assert alone(client, key).status_code == 303


def test_a_key_that_never_counts_is_no_copy(client: Client, session: Session, amina: Person) -> None:
    first_step(client), prove(client)
    synced = SecurityKey(count=0)
    register(client, synced)
    for _ in range(2):
        client.send("/en/sign-out")
        assert alone(client, synced).status_code == 303


def test_a_removed_passkey_opens_nothing_and_strangers_remove_none(
    client: Client, app: Flask, session: Session, amina: Person, key: SecurityKey
) -> None:
    alone(client, key)
    page = client.get("/en/profile/factors").text
    mark = page.split('name="mark" value="')[1][:16]
    stranger, other = app.test_client(), somebody(session, "bela@example.org")
    first_step(stranger, other.email or ""), prove(stranger)
    removal = "/en/profile/factors/passkeys/removal"
    assert stranger.send(removal, {"mark": mark}).status_code == 422
    assert client.send(removal, {"mark": mark}).status_code == 303
    client.send("/en/sign-out")
    key.count += 1
    assert alone(client, key).status_code == 422
    assert first_step(client).location == "/en/profile"
    assert told(session)[-1] == "passkey_removed"


def test_in_production_the_site_is_named_by_its_setting_or_passkeys_are_not_offered(
    client: Client, app: Flask, session: Session, amina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_step(client), prove(client)
    monkeypatch.setitem(app.config, "CONSULT_MODE", "production")
    assert "data-passkey" not in client.get("/en/sign-in").text
    assert client.send(f"{ALONE}/question").status_code == 404
    assert client.send(QUESTION).status_code == 404 and client.get(NEW).status_code == 404
    assert "have not set this site" in client.get("/en/profile/factors").text
    monkeypatch.setitem(app.config, "SITE_ADDRESS", "https://consult.example.org")
    asked = question(client, QUESTION)
    assert asked["rp"]["id"] == "consult.example.org"
    made = SecurityKey(host="consult.example.org")
    assert client.send(NEW, {"answer": made.makes(asked), "name": "x"}).status_code == 422
    made.origin = "https://consult.example.org"
    asked = question(client, QUESTION)
    assert client.send(NEW, {"answer": made.makes(asked), "name": "x"}).status_code == 200


def test_the_header_lets_this_site_ask_passkeys(client: Client) -> None:
    allowed = client.get("/en/sign-in").headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in allowed and "publickey-credentials-create=(self)" in allowed
