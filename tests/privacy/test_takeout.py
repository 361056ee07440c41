"""Everything that is held of somebody, for her alone: made once, fetched in the sign-in that asked, and gone with it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import tables
from consult.cli.worker import run_due
from consult.comments import acts as comments
from consult.core.terms import SeatKind
from consult.db import commit
from consult.jobs import Job
from consult.organisations.models import Invitation, SeatRequest
from consult.people.acts_sessions import revoke_other_sign_ins
from consult.people.models import Person, SignIn
from consult.privacy.acts_takeout import DROPPING, drop_takeouts
from consult.privacy.models import Takeout
from consult.privacy.reads_held import counts, everything
from consult.record.models import Journal
from tests import build
from tests.conftest import Client

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SignIn_ = Callable[[Person], Client]
Stop = Callable[[datetime], None]


@pytest.fixture
def opened(session: Session, stopped_at: Stop) -> build.Opened:
    stopped_at(NOON)
    return build.an_open_round(session, takes_individuals=True)


@pytest.fixture
def jobs_done(app: Flask, session: Session) -> Callable[[], None]:
    """Does every job that is due."""

    def done() -> None:
        commit(session)
        while run_due(app):
            pass
        session.expire_all()

    return done


def asked(browser: Client, session: Session) -> str:
    """Asks for the file; answers where it will be."""
    answer = browser.send("/en/privacy/takeouts")
    assert answer.status_code == 303 and answer.location.endswith("/en/privacy#takeout"), answer.location
    session.expire_all()
    return f"/en/privacy/takeouts/{session.scalars(select(Takeout.key).order_by(Takeout.id.desc())).first()}"


def told(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ZipFile(BytesIO(content)).read("data.json"))
    return found


def test_she_asks_a_job_makes_it_and_she_fetches_it(
    session: Session, opened: build.Opened, signed_in_as: SignIn_, jobs_done: Callable[[], None]
) -> None:
    person = build.a_person(session, name="Amina Odhiambo", email="amina@example.org", language="fr")
    browser = signed_in_as(person)
    assert "Ask for my data" in browser.get("/en/privacy").text
    file = asked(browser, session)
    assert browser.get(file).status_code == 404, "not made yet"
    assert "is being made" in browser.get("/en/privacy").text
    jobs_done()
    assert file in browser.get("/en/privacy").text
    answer = browser.get(file)
    assert answer.status_code == 200 and answer.mimetype == "application/zip"
    assert (
        "attachment" in answer.headers["Content-Disposition"]
        and "no-store" in answer.headers["Cache-Control"]
    )
    archive = ZipFile(BytesIO(answer.data))
    assert archive.namelist() == ["README.txt", "data.json"]
    assert person.pseudonym in archive.read("README.txt").decode()
    data = told(answer.data)
    assert data["schema"] == "consult-takeout-1" and data["pseudonym"] == person.pseudonym
    assert data["tables"]["person"][0]["email"] == "amina@example.org"
    assert set(data["tables"]) <= {table.name for table in tables.ALL}


def test_a_letter_says_that_it_is_ready(
    session: Session, opened: build.Opened, signed_in_as: SignIn_, jobs_done: Callable[[], None]
) -> None:
    asked(signed_in_as(build.a_person(session)), session)
    jobs_done()
    asked_for = session.scalars(select(Job.arguments).where(Job.kind == "letters.write")).all()
    assert "account.takeout_ready" in [one["letter"] for one in asked_for]


def test_nobody_else_fetches_it_and_no_other_sign_in(
    session: Session,
    opened: build.Opened,
    signed_in_as: SignIn_,
    client: Client,
    jobs_done: Callable[[], None],
) -> None:
    person = build.a_person(session)
    browser, her_other = signed_in_as(person), signed_in_as(person)
    stranger, administrator = (
        signed_in_as(build.a_person(session)),
        signed_in_as(build.an_administrator(session)),
    )
    file = asked(browser, session)
    jobs_done()
    assert browser.get(file).status_code == 200
    assert [one.get(file).status_code for one in (her_other, stranger, administrator)] == [404] * 3
    assert client.get(file).status_code == 303
    assert "is ready" not in her_other.get("/en/privacy").text


@pytest.mark.parametrize("end", ["sign out", "revoke", "a day"])
def test_it_ends_with_the_sign_in_that_asked(
    session: Session,
    opened: build.Opened,
    signed_in_as: SignIn_,
    jobs_done: Callable[[], None],
    stopped_at: Stop,
    end: str,
) -> None:
    person = build.a_person(session)
    browser, other = signed_in_as(person), signed_in_as(person)
    file = asked(browser, session)
    jobs_done()
    cookie = browser.get_cookie("consult")
    if end == "sign out":
        browser.send("/en/sign-out")
    elif end == "revoke":
        with other.session_transaction() as kept:
            token = kept["_user_id"]
        assert token
        who = build.acting(session, person)
        revoke_other_sign_ins(session, who)
        commit(session)
    else:
        session.scalars(select(SignIn)).first()
        for row in session.scalars(select(SignIn)):
            row.ends_at = NOON + timedelta(days=9)
        stopped_at(NOON + timedelta(hours=24, minutes=1))
    assert cookie is not None
    browser.set_cookie("consult", cookie.value)
    assert browser.get(file).status_code in (303, 404)
    stopped_at(NOON + timedelta(hours=24, minutes=11) if end == "a day" else NOON + timedelta(minutes=11))
    jobs_done()
    assert session.scalar(select(func.count()).select_from(Takeout)) == 0


def test_an_older_proof_is_asked_for_again(
    session: Session, opened: build.Opened, signed_in_as: SignIn_, stopped_at: Stop
) -> None:
    browser = signed_in_as(build.a_person(session, password="a long enough password"))
    stopped_at(NOON + timedelta(minutes=11))
    answer = browser.send("/en/privacy/takeouts")
    assert answer.status_code == 303 and "/en/profile/confirmation?next=/en/privacy" in answer.location
    assert session.scalar(select(func.count()).select_from(Takeout)) == 0
    assert "asked first to prove" in browser.get("/en/privacy").text
    there = answer.location
    assert browser.send(there, {"password": "a long enough password"}).status_code == 303
    asked(browser, session)


def test_asked_twice_there_is_one_file(
    session: Session, opened: build.Opened, signed_in_as: SignIn_, jobs_done: Callable[[], None]
) -> None:
    browser = signed_in_as(build.a_person(session))
    first, second = asked(browser, session), asked(browser, session)
    jobs_done()
    assert first != second
    assert [browser.get(one).status_code for one in (first, second)] == [404, 200]


def test_a_file_asked_for_in_a_sign_in_that_ended_is_not_made(
    session: Session, opened: build.Opened, signed_in_as: SignIn_, jobs_done: Callable[[], None]
) -> None:
    browser = signed_in_as(build.a_person(session))
    asked(browser, session)
    browser.send("/en/sign-out")
    jobs_done()
    assert session.scalars(select(Takeout.content)).all() == [None]
    assert session.scalar(select(func.count()).select_from(Job).where(Job.kind == DROPPING)) == 1


def test_the_sweep_comes_again_while_anything_is_left(session: Session, opened: build.Opened) -> None:
    person = build.a_person(session)
    session.flush()
    sign_in = SignIn(person_id=person.id, token_hash="x", started_at=NOON, ends_at=NOON + timedelta(days=1))
    session.add(sign_in)
    session.flush()
    session.add(Takeout(key="k", person_id=person.id, sign_in_id=sign_in.id, asked_at=NOON))
    session.flush()
    who = build.acting(session, person)
    assert drop_takeouts(session, who, NOON) == 0
    assert drop_takeouts(session, who, NOON + timedelta(hours=25)) == 1
    due = session.scalars(select(Job.run_after).where(Job.kind == DROPPING)).all()
    assert due == [NOON + timedelta(minutes=10)]


def test_nothing_of_others_is_in_it(session: Session, opened: build.Opened) -> None:
    kenya = build.an_organisation(session, name="Ministry of Kenya")
    writer = build.a_delegate(session, kenya, seat=SeatKind.CONTRIBUTOR)
    head = build.a_delegate(session, kenya)
    writer.name, head.name, head.email = "Amina Odhiambo", "Planted Otherperson", "planted@example.org"
    her_own = build.saying(opened, reasons="My own first words.")
    paper = comments.write_contribution(
        session, build.acting(session, writer), opened.consultation.id, her_own, NOON
    )
    changed = build.saying(opened, reasons="Planted words of the head.", private_notes="Planted notes.")
    comments.change_contribution(session, build.acting(session, head), paper, changed, paper.edition)
    comments.return_contribution(session, build.acting(session, head), paper, "Planted return.")
    session.add(
        SeatRequest(
            **{
                "key": "k1",
                "person_id": writer.id,
                "organisation_id": kenya.id,
                "words": "Let me in.",
                "at": NOON,
            },
            **{"decided_at": NOON, "decided_by_id": head.id, "is_granted": True, "answer": "Planted answer."},
        )
    )
    session.add(
        Invitation(
            **{
                "key": "k2",
                "email": writer.email,
                "name": "Amina",
                "language": "en",
                "by_person_id": head.id,
            },
            **{"made_at": NOON, "ends_at": NOON, "words": "Planted invitation."},
        )
    )
    session.flush()
    found = everything(session, build.acting(session, writer))
    words = json.dumps(found, default=str)
    assert "planted" not in words.casefold() and head.pseudonym not in words
    assert "My own first words." in words and "Let me in." in words
    assert found["seat"][0]["organisation_id"] == kenya.slug
    assert found["invitation"][0]["email"] == writer.email
    assert found["contribution"][0]["as"] == ["author"] and "reasons" not in found["contribution"][0]


def test_secrets_are_told_and_not_given(session: Session, opened: build.Opened) -> None:
    person = build.a_person(session, password="a long enough password")
    person.totp_secret = "sealed-planted"
    session.flush()
    row = everything(session, build.acting(session, person))["person"][0]
    assert row["password_hash"] == row["totp_secret"] == "(held, not given: it is a secret)"
    assert "planted" not in json.dumps(row) and "argon2" not in json.dumps(row)


def test_an_individual_gets_the_words_of_her_comments(session: Session, opened: build.Opened) -> None:
    person = build.a_person(session)
    build.a_comment(session, opened, person, reasons="Words of my own.")
    found = everything(session, build.acting(session, person))
    assert found["comment"][0]["reasons_text_id"] == "Words of my own."
    assert found["comment"][0]["consultation_id"] == opened.slug and found["comment"][0]["number"] == 1
    assert len(found["position"]) == 1


def test_her_page_counts_what_the_file_holds(
    session: Session, opened: build.Opened, signed_in_as: SignIn_, count_queries: Callable[..., int]
) -> None:
    head = build.a_delegate(session)
    build.a_comment(session, opened, head, names_author=True)
    commit(session)
    who = build.acting(session, head)
    found = everything(session, who)
    assert {one.table: one.count for one in counts(session, who)} == {
        name: len(rows) for name, rows in found.items()
    }
    browser = signed_in_as(head)
    page = browser.get("/en/privacy")
    assert page.status_code == 200 and f"{opened.slug}</bdi> #1" in page.text
    few = count_queries(lambda: browser.get("/en/privacy"))
    for _ in range(8):
        build.a_comment(session, opened, head, names_author=True)
    commit(session)
    assert count_queries(lambda: browser.get("/en/privacy")) == few


def test_facts_of_the_journal_speak_of_her_alone(session: Session, opened: build.Opened) -> None:
    person, other = build.a_person(session), build.a_person(session)
    session.flush()
    session.add(
        Journal(at=NOON, person_id=person.id, act="x.done", facts={"person": other.pseudonym, "n": 1})
    )
    session.add(Journal(at=NOON, person_id=person.id, act="y.done", facts={"person": person.pseudonym}))
    session.flush()
    rows = everything(session, build.acting(session, person))["journal"]
    assert [row["facts"] for row in rows] == [{"person": "somebody else", "n": 1}, {"person": "me"}]


def test_the_pages_are_for_whoever_is_signed_in(client: Client) -> None:
    for path in ("/en/privacy", "/en/privacy/leaving", "/en/privacy/takeouts/x"):
        assert "/sign-in" in client.get(path).location
    assert "/sign-in" in client.send("/en/privacy/takeouts").location
