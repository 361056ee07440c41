"""Signing in, signing out, and what a stranger learns from trying."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.people.models import Person, SignIn
from tests import build
from tests.conftest import Client


def test_the_right_password_signs_in_and_leads_back(client: Client, session: Session) -> None:
    build.a_person(session, email="amina@example.org", password="a long enough password")
    answer = client.send(
        "/en/sign-in",
        {"email": "Amina@Example.org", "password": "a long enough password", "next": "/en/profile"},
    )
    assert (answer.status_code, answer.location) == (303, "/en/profile")
    assert "My page" in client.get("/en/profile").text


def test_a_known_and_an_unknown_address_get_the_same_answer(client: Client, session: Session) -> None:
    build.a_person(session, email="amina@example.org", password="a long enough password")
    known = client.send("/en/sign-in", {"email": "amina@example.org", "password": "wrong"})
    unknown = client.send("/en/sign-in", {"email": "nobody@example.org", "password": "wrong"})
    assert known.status_code == unknown.status_code == 422
    assert "do not belong together" in known.text
    assert known.text.replace("amina@", "nobody@").count("do not belong") == unknown.text.count(
        "do not belong"
    )


def test_signing_out_revokes_the_cookie_for_good(
    client: Client, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    browser = signed_in_as(build.a_person(session))
    cookie = browser.get_cookie("consult")
    assert browser.send("/en/sign-out").status_code == 303
    thief = client
    assert cookie is not None
    thief.set_cookie("consult", cookie.value)
    assert thief.get("/en/profile").status_code == 303
    session.rollback()
    assert session.scalar(select(SignIn.revoked_at)) is not None


def test_too_many_wrong_passwords_close_the_door_even_to_the_right_one(
    client: Client, session: Session
) -> None:
    build.a_person(session, email="amina@example.org", password="a long enough password")
    for _ in range(10):
        client.send("/en/sign-in", {"email": "amina@example.org", "password": "wrong"})
    answer = client.send("/en/sign-in", {"email": "amina@example.org", "password": "a long enough password"})
    assert answer.status_code == 422
    assert "too many wrong tries" in answer.text


def test_signing_in_never_leads_off_the_site(client: Client, session: Session) -> None:
    build.a_person(session, email="amina@example.org", password="a long enough password")
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = client.send(
            "/en/sign-in",
            {"email": "amina@example.org", "password": "a long enough password", "next": elsewhere},
        )
        assert answer.location.startswith("/en/")


def test_a_form_without_its_token_changes_nothing(client: Client, session: Session) -> None:
    build.a_person(session, email="amina@example.org", password="a long enough password")
    answer = client.post(
        "/en/sign-in", data={"email": "amina@example.org", "password": "a long enough password"}
    )
    assert answer.status_code == 400
    assert "nothing was changed" in answer.text
