"""The inbox, what is wanted by mail, the outbox of the demonstration, and how the sending goes, in a browser."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.terms import LetterState, SeatKind, Track
from consult.db import commit
from consult.notices import acts, reads
from consult.notices.following import follow
from consult.notices.models import Follower, Following, Letter
from consult.notices.writing import NewLetter, write_letters
from consult.people.models import Person, Role, Seat
from consult.rounds.acts import extend_round
from tests import build
from tests.conftest import Client
from tests.notices.conftest import Send, a_letter
from tests.notices.server import Server

SignIn = Callable[[Person], Client]


def letters_to(session: Session, person: Person, many: int) -> list[str]:
    """So many letters in her inbox."""
    session.flush()
    new = [
        NewLetter(f"{person.id}-{n}", "account.exists", person.id, facts={"why": "account"})
        for n in range(many)
    ]
    write_letters(session, new)
    commit(session)
    return [one.name for one in session.scalars(select(Letter).where(Letter.person_id == person.id))]


def test_a_letter_is_unread_until_it_is_opened(session: Session, signed_in_as: SignIn) -> None:
    person = build.a_person(session)
    (name,) = letters_to(session, person, 1)
    browser = signed_in_as(person)
    assert "one unread letter" in browser.get("/en/").text
    inbox = browser.get("/en/letters").text
    assert "unread" in inbox and f"/en/letters/{name}" in inbox
    opened = browser.get(f"/en/letters/{name}")
    assert opened.status_code == 200 and "You have an account on Consult already" in opened.text
    assert 'href="/en/sign-in"' in opened.text  # links into the site stay on it
    assert "one unread letter" not in browser.get("/en/").text
    assert session.scalars(select(Letter)).one().read_at is not None


def test_all_can_be_marked_as_read_at_once(session: Session, signed_in_as: SignIn) -> None:
    person, other = build.a_person(session), build.a_person(session)
    letters_to(session, person, 3)
    letters_to(session, other, 1)
    browser = signed_in_as(person)
    assert "3 letters are unread" in browser.get("/en/letters").text
    assert browser.send("/en/letters/reading").status_code == 303
    assert "unread" not in browser.get("/en/letters").text
    assert reads.unread_count(session, build.acting(session, other)) == 1


def test_the_inbox_goes_on_page_by_page_at_a_fixed_price(
    session: Session, signed_in_as: SignIn, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    person = build.a_person(session)
    letters_to(session, person, 2)
    browser = signed_in_as(person)
    few = count_queries(lambda: browser.get("/en/letters"))
    names = letters_to(session, person, 60)
    assert count_queries(lambda: browser.get("/en/letters")) == few
    page, seen = "/en/letters", []
    while page:
        text = browser.get(page).text
        seen += re.findall(r"/en/letters/([0-9a-f]{32})", text)
        onward = re.search(r'href="(/en/letters\?before=[0-9a-f]{32})" rel="next"', text)
        page = onward[1] if onward else ""
    assert len(seen) == len(set(seen)) == len(names) == 60
    (foreign,) = letters_to(session, build.a_person(session), 1)
    for wrong in (foreign, "0" * 32, "1", "%00", "%D8%A7"):
        assert seen[0] in browser.get(f"/en/letters?before={wrong}").text


def test_anothers_letter_is_not_there(session: Session, signed_in_as: SignIn, client: Client) -> None:
    person, other = build.a_person(session), build.a_person(session)
    (name,) = letters_to(session, person, 1)
    assert signed_in_as(other).get(f"/en/letters/{name}").status_code == 404
    assert client.get(f"/en/letters/{name}").status_code == 303
    assert signed_in_as(person).get("/en/letters/" + "0" * 32).status_code == 404


def test_a_letter_is_shown_in_the_language_of_the_page(session: Session, signed_in_as: SignIn) -> None:
    person = build.a_person(session, language="fr")
    (name,) = letters_to(session, person, 1)
    assert 'dir="rtl"' in signed_in_as(person).get(f"/ar/letters/{name}").text


def test_who_lost_her_seat_reads_no_more_of_the_delegation(
    session: Session, signed_in_as: SignIn, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    inside, other = build.an_organisation(session), build.an_organisation(session)
    delegate = build.a_delegate(session, inside, seat=SeatKind.CONTRIBUTOR)
    opened = build.an_open_round(
        session,
        parties=[inside, other],
        is_restricted=True,
        track=Track.BILATERAL,
        title="Secret talks",
    )
    extend_round(
        session,
        build.acting(session, opened.moderator),
        opened.round,
        datetime(2026, 12, 24, tzinfo=clock.now().tzinfo),
        "",
    )
    commit(session)
    while follow(session):
        commit(session)
    commit(session)
    browser = signed_in_as(delegate)
    assert "Secret talks" in browser.get("/en/letters").text
    session.scalars(select(Seat).where(Seat.person_id == delegate.id)).one().until = clock.now()
    text = browser.get("/en/letters").text
    assert "Secret talks" not in text and "closed to you now" in text
    names = session.scalars(select(Letter.name).where(Letter.person_id == delegate.id)).all()
    assert all("Secret" not in browser.get(f"/en/letters/{name}").text for name in names)


def test_what_is_mailed_is_chosen_and_safety_cannot_be_switched_off(
    session: Session, signed_in_as: SignIn
) -> None:
    person = build.a_person(session)
    browser = signed_in_as(person)
    page = browser.get("/en/letters/preferences").text
    assert 'value="round.extended" checked' in page
    assert "account.password_changed" not in page and "account.reset" not in page
    answer = browser.send(
        "/en/letters/preferences",
        {"mailed": ["draft.published", "comment.submitted", "account.reset", "nonsense"]},
    )
    assert answer.status_code == 303
    page = browser.get("/en/letters/preferences?saved=yes").text
    assert 'value="draft.published" checked' in page and 'value="comment.submitted" checked' in page
    assert 'value="round.extended" checked' not in page
    kept = set(session.scalars(select(Following.kind)))
    assert not kept & {"account.reset", "account.password_changed", "nonsense"}
    write_letters(session, [NewLetter("key", "account.password_changed", person.id)])
    assert session.scalars(select(Letter)).one().is_mailed


def test_a_consultation_is_followed_by_a_button_and_left_again(
    session: Session, signed_in_as: SignIn, client: Client
) -> None:
    opened, person = build.an_open_round(session), build.a_person(session)
    here = f"/en/consultations/{opened.slug}/"
    assert "Follow this consultation" not in client.get(here).text
    browser = signed_in_as(person)
    assert "Follow this consultation" in browser.get(here).text
    for _ in range(2):
        assert browser.send(here + "following").status_code == 303
    assert "You follow this consultation" in browser.get(here).text
    assert session.scalars(select(Follower.person_id)).all() == [person.id]
    browser.send(here + "following", {"end": "yes"})
    assert "Follow this consultation" in browser.get(here).text


def test_a_restricted_consultation_cannot_be_followed_by_others(
    session: Session, signed_in_as: SignIn
) -> None:
    parties = [build.an_organisation(session), build.an_organisation(session)]
    opened = build.an_open_round(session, parties=parties, is_restricted=True, track=Track.BILATERAL)
    browser = signed_in_as(build.a_person(session))
    assert browser.send(f"/en/consultations/{opened.slug}/following").status_code == 404
    assert session.scalars(select(Follower)).all() == []


def test_one_press_in_a_mail_program_ends_the_mailing_of_one_kind(
    session: Session, client: Client, mailing: Server, send: Send, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    organisation = build.an_organisation(session)
    delegate = build.a_delegate(session, organisation)
    facts = {"why": "delegation", "organisation_id": organisation.id}
    write_letters(session, [NewLetter("key", "organisation.entered", delegate.id, facts=facts)])
    assert send() == [True]
    (message,) = mailing.taken
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert client.get(link).status_code == 200
    assert session.scalars(select(Following)).all() == []  # looking changes nothing
    answer = client.post(link, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    session.rollback()
    row = session.scalars(select(Following)).one()
    assert (row.person_id, row.kind, row.is_mailed) == (delegate.id, "organisation.entered", False)
    assert client.post(link[:-1] + ("0" if link[-1] != "0" else "1")).status_code == 404
    assert client.get("/en/letters/unsubscribe/nonsense").status_code == 404


@pytest.fixture
def demonstration(app: Flask) -> Iterator[None]:
    app.config["DEMONSTRATION"] = "yes"
    yield
    app.config["DEMONSTRATION"] = ""


def test_the_outbox_is_there_in_the_demonstration_only(
    app: Flask, session: Session, client: Client, send: Send, outbox_folder: Path, demonstration: None
) -> None:
    assert "No letters yet" in client.get("/en/outbox").text
    letter = a_letter(session, build.a_person(session, email="amina@example.org"))
    send()
    page = client.get("/en/outbox").text
    assert "amina@example.org" in page and "demonstration" in page
    (path,) = re.findall(r'href="(/en/outbox/[^"]+)"', page)
    text = client.get(path).text
    assert "was changed" in text and 'href="/en/profile/sessions"' in text
    assert "<p>Dear Amina Odhiambo,</p>" in text  # a paragraph of its own
    for wrong in ("/en/outbox/../../etc/passwd", "/en/outbox/20261102T120000-" + "0" * 32, "/en/outbox/x"):
        assert client.get(wrong).status_code == 404
    app.config["MAIL_URL"] = "smtp://127.0.0.1:1"
    assert (client.get("/en/outbox").status_code, client.get(path).status_code) == (404, 404)
    app.config["MAIL_URL"], app.config["DEMONSTRATION"] = "", ""
    assert (client.get("/en/outbox").status_code, client.get(path).status_code) == (404, 404)
    assert letter.state is LetterState.SENT


def test_administrators_see_what_failed_and_send_it_again(
    session: Session, signed_in_as: SignIn, client: Client, mailing: Server, send: Send
) -> None:
    administrator, moderator = build.an_administrator(session), build.a_moderator(session)
    letter = a_letter(session, build.a_person(session, email="nobody@example.org"))
    send()
    assert letter.state is LetterState.FAILED
    browser = signed_in_as(administrator)
    page = browser.get("/en/letters/health").text
    assert "550 at RCPT" in page and "Send it again" in page
    assert "nobody@example.org" not in page
    for other in (client, signed_in_as(moderator), signed_in_as(build.a_person(session))):
        assert other.get("/en/letters/health").status_code in (303, 404)
        assert other.send(f"/en/letters/{letter.name}/sending").status_code in (303, 404)
    session.rollback()
    assert session.get_one(Letter, letter.id).state is LetterState.FAILED
    assert browser.send(f"/en/letters/{letter.name}/sending").status_code == 303
    session.expire_all()
    again = session.get_one(Letter, letter.id)
    assert (again.state, again.attempts) == (LetterState.WRITTEN, 0)


def test_who_is_signed_out_is_led_to_the_sign_in_page(client: Client) -> None:
    for path in ("/en/letters", "/en/letters/preferences"):
        assert "/sign-in" in client.get(path).location


def test_choosing_keeps_nothing_for_nobody(session: Session) -> None:
    from consult.core.actors import VISITOR
    from consult.refusals import NotThere

    with pytest.raises(NotThere):
        acts.choose_mail(session, VISITOR, {"round.extended": False})
    with pytest.raises(NotThere):
        acts.follow_consultation(session, VISITOR, 1)


@pytest.mark.parametrize(
    "kind", ["seat.requested", "organisation.proposed", "organisation.headless", "seat.taken"]
)
def test_who_heads_or_administers_no_more_reads_no_more_what_came_to_her_as_such(
    session: Session, signed_in_as: SignIn, kind: str
) -> None:
    togo = build.an_organisation(session, name="Port of Lomé")
    is_head = kind.startswith("seat.")
    person = build.a_delegate(session, togo) if is_head else build.an_administrator(session)
    other = build.a_delegate(session, togo, seat=SeatKind.CONTRIBUTOR)
    facts: dict[str, int | str] = {
        "why": "head" if is_head else "administrator",
        "organisation_id": togo.id,
        "by_id": other.id,
    }
    if kind == "seat.taken":
        facts["seat_id"] = session.scalars(select(Seat.id).where(Seat.person_id == other.id)).one()
    write_letters(session, [NewLetter("key", kind, person.id, facts=facts)])
    commit(session)
    address = f"/en/letters/{session.scalars(select(Letter.name)).one()}"
    browser = signed_in_as(person)
    assert "Port of Lomé" in browser.get(address).text
    if is_head:
        session.scalars(select(Seat).where(Seat.person_id == person.id)).one().kind = SeatKind.DEPUTY
    else:
        session.scalars(select(Role).where(Role.person_id == person.id)).one().until = clock.now()
    commit(session)
    assert "Port of Lomé" not in browser.get(address).text + browser.get("/en/letters").text
