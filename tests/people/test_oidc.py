"""Sign-on through another site: proved against npm's oidc-provider, and against one of ours that lies in every way."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult.db import begin_writing, commit, db
from consult.people.models import Person, SignIn
from consult.people.models_access import Identity
from tests import build
from tests.conftest import Client
from tests.people.lying_provider import CLIENT_SECRET, Liar, lying
from tests.people.strong import code, first_step, is_in, prove, second_step, somebody, with_app
from tests.people.test_factors import told
from tests.provider import CLIENT_ID, prepare, running
from tests.provider import CLIENT_SECRET as REAL_SECRET

ANSWER, LINKING = "/sign-in/answer", "/en/profile/factors/provider"


@pytest.fixture(scope="module")
def real() -> Iterator[str]:
    """npm's oidc-provider, running."""
    node = prepare()
    if node is None:
        pytest.skip("npm's oidc-provider could not be had: sign-on was NOT proved against a real provider")
    with running(node) as address:
        yield address


@pytest.fixture
def known(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Tells the program of a provider."""

    def told_of(address: str, secret: str) -> None:
        for name, value in (
            ("OIDC_ISSUER", address),
            ("OIDC_CLIENT_ID", CLIENT_ID),
            ("OIDC_CLIENT_SECRET", secret),
            ("OIDC_NAME", "House of Keys"),
        ):
            monkeypatch.setitem(app.config, name, value)

    return told_of


@pytest.fixture
def provider(real: str, known: Callable[[str, str], None]) -> Iterator[str]:
    """The real one, known to the program; without faults again afterwards."""
    known(real, REAL_SECRET)
    yield real
    requests.get(f"{real}/fault", timeout=5)


@pytest.fixture
def liar(known: Callable[[str, str], None]) -> Iterator[Liar]:
    """The lying one, known to the program."""
    with lying() as found:
        known(found.address, CLIENT_SECRET)
        yield found


def walked(address: str, login: str) -> str:
    """Signs in at the real provider and consents, as a person would; answers where it sends the browser back to."""
    browser = requests.Session()
    answer = browser.get(address, allow_redirects=False, timeout=10)
    for _ in range(12):
        led = answer.headers.get("Location", "")
        if led and urlsplit(led).path == ANSWER:
            return f"{ANSWER}?{urlsplit(led).query}"
        if led:
            answer = browser.get(requests.compat.urljoin(answer.url, led), allow_redirects=False, timeout=10)
            continue
        form = re.search(r'action="([^"]+)"', answer.text)
        prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
        assert form and prompt, answer.text[:500]
        fields = {"prompt": prompt[1], "login": login, "password": "any"}
        answer = browser.post(form[1], data=fields, allow_redirects=False, timeout=10)
    raise AssertionError("the provider never came to an end")


def sent(client: Client, path: str = "/en/sign-in/provider?next=/en/profile") -> str:
    """Where the program sends the browser."""
    answer = client.get(path)
    assert answer.status_code == 303, answer.text
    return answer.location


def through(client: Client, login: str, path: str = "/en/sign-in/provider?next=/en/profile") -> TestResponse:
    """All the way to the real provider and back."""
    return client.get(walked(sent(client, path), login))


def linking(client: Client, login: str) -> TestResponse:
    """The same from the inside: a press leads to a page of ours, whose link leads away."""
    page = client.send(LINKING)
    led = re.search(r'<a class="button" href="(http[^"]+)"', page.text)
    assert page.status_code == 200 and led, page.text
    return client.get(walked(unescape(led[1]), login))


def lied(
    client: Client, liar: Liar, path: str = "/en/sign-in/provider?next=/en/profile", **bent: str
) -> TestResponse:
    """To the lying provider and back."""
    asked = parse_qs(urlsplit(sent(client, path)).query)
    liar.nonce = asked["nonce"][0]
    query = {"code": "abc", "state": asked["state"][0], **bent}
    return client.get(ANSWER, query_string=query)


def rows(session: Session) -> tuple[int, int, int]:
    """How many persons, identities and sign-ins there are."""
    session.rollback()
    counted = (len(session.scalars(select(one)).all()) for one in (Person.id, Identity.id, SignIn.id))
    return tuple(counted)  # type: ignore[return-value]


def test_without_a_provider_there_is_no_button_and_no_address(client: Client) -> None:
    assert "/sign-in/provider" not in client.get("/en/sign-in").text
    assert client.get("/en/sign-in/provider").status_code == client.get(ANSWER).status_code == 404


def test_a_verified_address_that_nobody_has_makes_an_account(
    client: Client, app: Flask, session: Session, provider: str
) -> None:
    assert "House of Keys" in client.get("/en/sign-in").text
    led = through(client, "New@Example.org", "/fr/sign-in/provider?next=/fr/profile")
    assert led.location == "/fr/profile" and client.get(led.location).status_code == 200
    session.rollback()
    person = session.scalars(select(Person)).one()
    assert (person.email, person.name, person.language) == ("new@example.org", "New of the provider", "fr")
    assert person.password_hash is None
    assert session.scalars(select(Identity.subject)).all() == ["New@Example.org"]
    assert session.scalars(select(SignIn.is_strong)).all() == [False]
    again = app.test_client()
    assert through(again, "New@Example.org").location == "/en/profile"
    assert rows(session) == (1, 1, 2)


def test_the_question_is_sealed_by_pkce_state_and_nonce(client: Client, provider: str) -> None:
    asked = parse_qs(urlsplit(sent(client)).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["response_type"] == ["code"]
    assert asked["redirect_uri"] == ["http://localhost/sign-in/answer"]
    other = parse_qs(urlsplit(sent(client)).query)
    assert all(asked[one] != other[one] for one in ("state", "nonce", "code_challenge"))


def test_an_address_that_somebody_has_is_not_opened_by_the_providers_word(
    client: Client, session: Session, provider: str
) -> None:
    somebody(session)
    refused = through(client, "amina@example.org")
    assert refused.status_code == 422 and "Sign in with your password once" in refused.text
    assert not is_in(client) and rows(session) == (1, 0, 0)


@pytest.mark.parametrize("login", ["unverified:new@example.org", "anonymous:nobody", "not-an-address"])
def test_an_address_that_is_not_verified_makes_no_account(
    client: Client, session: Session, provider: str, login: str
) -> None:
    refused = through(client, login)
    assert refused.status_code == 422 and "has not verified your e-mail address" in refused.text
    assert rows(session) == (0, 0, 0)


def test_whoever_is_signed_in_links_and_is_told_by_letter(
    client: Client, app: Flask, session: Session, provider: str
) -> None:
    person = somebody(session)
    first_step(client)
    assert client.send(LINKING).location == "/en/profile/confirmation?next=/en/profile/factors"
    prove(client)
    led = linking(client, "unverified:other@example.org")
    assert led.location == "/en/profile/factors"
    assert told(session) == ["identity_added"]
    elsewhere = app.test_client()
    assert through(elsewhere, "unverified:other@example.org").location == "/en/profile"
    assert elsewhere.get("/en/profile").text.count(person.pseudonym)
    page = client.get("/en/profile/factors").text
    mark = page.split('name="mark" value="')[1][:16]
    assert client.send("/en/profile/factors/provider/removal", {"mark": mark}).status_code == 303
    assert told(session) == ["identity_added", "identity_removed"]
    assert through(app.test_client(), "unverified:other@example.org").status_code == 422


def test_linking_begins_by_a_press_on_our_own_page_alone(
    client: Client, session: Session, liar: Liar
) -> None:
    """Whoever could begin it from elsewhere would link his account to hers, where the provider asks nothing."""
    somebody(session)
    first_step(client), prove(client)
    assert client.get(LINKING).status_code == 405
    assert client.post(LINKING).status_code == 400, "without the token against forgery"
    assert client.get(ANSWER, query_string={"code": "abc", "state": "guessed"}).status_code == 422
    page = client.send(LINKING)
    led = re.search(r'<a class="button" href="(http[^"]+)"', page.text)
    assert page.status_code == 200 and led and "House of Keys" in page.text
    assert client.get(ANSWER, query_string={"code": "abc", "state": "guessed"}).status_code == 422
    asked = parse_qs(urlsplit(unescape(led[1])).query)
    assert client.get(ANSWER, query_string={"code": "abc", "state": asked["state"][0]}).status_code == 422, (
        "once"
    )
    assert rows(session)[1] == 0


def test_an_identity_that_opens_one_account_is_not_linked_to_another(
    client: Client, session: Session, app: Flask, provider: str
) -> None:
    through(app.test_client(), "new@example.org")
    somebody(session)
    first_step(client), prove(client)
    refused = linking(client, "new@example.org")
    assert refused.status_code == 422 and "opens another account" in refused.text
    assert rows(session)[1] == 1


def test_the_only_way_in_is_not_taken_away(client: Client, session: Session, provider: str) -> None:
    through(client, "new@example.org")
    page = client.get("/en/profile/factors").text
    mark = page.split('name="mark" value="')[1][:16]
    refused = client.send("/en/profile/factors/provider/removal", {"mark": mark})
    assert refused.status_code == 422 and "only way into your account" in refused.text
    assert rows(session)[1] == 1


def test_the_providers_word_is_a_first_step_only_where_there_is_a_second(
    client: Client, app: Flask, session: Session, provider: str
) -> None:
    through(client, "new@example.org")
    session.rollback()
    secret = with_app(session, session.scalars(select(Person)).one())
    session.scalars(select(Person)).one().totp_step = None
    other = app.test_client()
    assert through(other, "new@example.org").location == "/en/sign-in/second?next=/en/profile"
    assert not is_in(other)
    assert second_step(other, code(secret)).status_code == 303 and is_in(other)


def test_who_has_no_password_proves_herself_through_the_provider(
    client: Client, session: Session, provider: str, stopped_at: Callable[..., None]
) -> None:
    through(client, "new@example.org")
    assert client.get("/en/profile/factors/app").status_code == 200
    session.rollback()
    for one in session.scalars(select(SignIn)):
        one.confirmed_at = None
    assert client.get("/en/profile/factors/app").location.startswith("/en/profile/confirmation")
    page = client.get("/en/profile/confirmation?next=/en/profile/factors/app").text
    assert "House of Keys" in page and 'type="password"' not in page
    led = through(client, "new@example.org", "/en/sign-in/provider?next=/en/profile/factors/app")
    assert led.location == "/en/profile/factors/app" and client.get(led.location).status_code == 200


def test_an_answer_is_taken_once_by_its_own_browser(
    client: Client, app: Flask, session: Session, provider: str
) -> None:
    back = walked(sent(client), "new@example.org")
    cookie = client.get_cookie("consult")
    thief = app.test_client()
    assert thief.get(back).status_code == 422 and not is_in(thief)
    sent(thief)
    assert thief.get(back).status_code == 422 and not is_in(thief)
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 422
    assert cookie is not None
    thief.set_cookie("consult", cookie.value)
    assert thief.get(back).status_code == 422 and not is_in(thief)
    assert rows(session) == (1, 1, 1)


def test_whoever_says_no_at_the_provider_is_told_so(client: Client, session: Session, provider: str) -> None:
    asked = parse_qs(urlsplit(sent(client)).query)
    refused = client.get(ANSWER, query_string={"error": "access_denied", "state": asked["state"][0]})
    assert refused.status_code == 422 and "You were not signed in at" in refused.text


@pytest.mark.parametrize(
    ("fault", "sentence"), [("slow", "does not answer"), ("forged", "could not be trusted")]
)
def test_a_slow_or_forging_provider_changes_nothing(
    client: Client, session: Session, provider: str, fault: str, sentence: str
) -> None:
    back = walked(sent(client), "new@example.org")
    requests.get(f"{provider}/fault?is={fault}", timeout=5)
    refused = client.get(back)
    assert refused.status_code == 422 and sentence in refused.text
    assert rows(session) == (0, 0, 0)


def test_a_provider_that_is_down_is_named_and_nothing_changes(
    client: Client, session: Session, provider: str
) -> None:
    requests.get(f"{provider}/fault?is=down", timeout=5)
    refused = client.get("/en/sign-in/provider")
    assert refused.status_code == 422 and "does not answer" in refused.text


def test_a_provider_that_is_not_there_is_named(
    client: Client, known: Callable[[str, str], None], session: Session
) -> None:
    known("http://127.0.0.1:9", "x")
    refused = client.get("/ar/sign-in/provider")
    assert refused.status_code == 422 and "House of Keys" in refused.text


TRUE = {"email": "new@example.org", "email_verified": True, "name": "Noor"}


def test_the_lying_provider_is_believed_while_it_says_the_truth(
    client: Client, session: Session, liar: Liar
) -> None:
    liar.claims = dict(TRUE)
    assert lied(client, liar).location == "/en/profile"
    token = next(asked for path, asked in liar.asked if path == "/token")
    assert token["code"] == ["abc"] and len(token["code_verifier"][0]) >= 43
    assert rows(session) == (1, 1, 1)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": ["consult", "another"]},
        {"azp": "another"},
        {"iss": "https://another.example"},
        {"iss": None},
        {"exp": 1_600_000_000},
        {"exp": None},
        {"exp": "soon"},
        {"iat": None},
        {"nbf": 4_000_000_000},
        {"sub": None},
        {"sub": ""},
        {"sub": 42},
        {"sub": "x" * 300},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
)
def test_a_word_that_is_stale_or_for_another_is_not_believed(
    client: Client, session: Session, liar: Liar, claims: dict[str, Any]
) -> None:
    liar.claims = {**TRUE, **claims}
    refused = lied(client, liar)
    assert refused.status_code == 422 and "could not be trusted" in refused.text
    assert rows(session) == (0, 0, 0) and not is_in(client)


@pytest.mark.parametrize("seal", ["none", "shared", "other"])
def test_a_word_without_the_providers_own_seal_is_not_believed(
    client: Client, session: Session, liar: Liar, seal: str
) -> None:
    liar.claims, liar.seal = dict(TRUE), seal
    assert lied(client, liar).status_code == 422 and rows(session) == (0, 0, 0)


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://another.example"},
        {"issuer": None},
        {"token_endpoint": None},
        {"token_endpoint": 7},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": "file:///etc/passwd"},
    ],
)
def test_a_provider_that_says_odd_things_of_itself_is_not_asked(
    client: Client, session: Session, liar: Liar, about: dict[str, Any]
) -> None:
    liar.about = about
    assert client.get("/en/sign-in/provider").status_code == 422


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks", "/token", "/me"])
@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b"null", b'{"keys": 7}', b"\xff"])
def test_what_is_no_answer_is_refused_in_a_sentence(
    client: Client, session: Session, liar: Liar, path: str, raw: bytes
) -> None:
    asked = parse_qs(urlsplit(sent(client)).query)
    liar.nonce = asked["nonce"][0]
    liar.raw[path] = raw
    refused = client.get(ANSWER, query_string={"code": "abc", "state": asked["state"][0]})
    assert refused.status_code == 422 and rows(session) == (0, 0, 0)


@pytest.mark.parametrize(
    ("person", "makes"),
    [
        ({"email": "new@example.org", "email_verified": True}, True),
        ({"email": "new@example.org", "email_verified": False}, False),
        ({"email": "new@example.org"}, False),
        ({"email": ["new@example.org"], "email_verified": True}, False),
        ({"sub": "43", "email": "new@example.org", "email_verified": True}, False),
    ],
)
def test_what_is_told_beside_the_word_must_be_of_the_same_person(
    client: Client, session: Session, liar: Liar, person: dict[str, Any], makes: bool
) -> None:
    liar.person = person
    assert lied(client, liar).status_code == (303 if makes else 422)
    assert rows(session)[0] == int(makes)


def test_a_verification_of_one_address_does_not_vouch_for_another(
    client: Client, session: Session, liar: Liar
) -> None:
    liar.claims, liar.person = (
        {"email": "boss@example.org"},
        {"email": "me@example.org", "email_verified": True},
    )
    lied(client, liar)
    session.rollback()
    assert session.scalars(select(Person.email)).all() == ["me@example.org"]


@pytest.mark.parametrize("bent", [{"state": "another"}, {"state": ""}, {"iss": "https://another.example"}])
def test_an_answer_to_another_question_or_of_another_provider_is_not_believed(
    client: Client, session: Session, liar: Liar, bent: dict[str, str]
) -> None:
    liar.claims = dict(TRUE)
    assert lied(client, liar, **bent).status_code == 422 and rows(session) == (0, 0, 0)
    assert not [path for path, _ in liar.asked if path == "/token"]


def test_nothing_is_asked_of_the_provider_while_rows_are_locked(
    client: Client, app: Flask, session: Session, liar: Liar
) -> None:
    """While the provider thinks, others write: were the transaction of the answer open for writing, they would wait."""
    with app.app_context():
        engine = db.engine
    written: list[int] = []

    def somebody_else_writes() -> None:
        with Session(engine) as other:
            begin_writing(other)
            written.append(build.a_person(other).id)
            commit(other)

    liar.claims, liar.meanwhile = dict(TRUE), somebody_else_writes
    assert lied(client, liar).location == "/en/profile"
    assert len(written) == 4 and rows(session)[0] == 5


def test_one_view_only_writes_though_a_get_reaches_it(app: Flask) -> None:
    views = app.view_functions.items()
    assert [name for name, view in views if getattr(view, "writes_by_get", False)] == ["provider.answer"]
