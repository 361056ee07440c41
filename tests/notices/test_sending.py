"""Does every letter go out once, whatever the mail server does?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.terms import LetterState, TicketPurpose
from consult.db import commit
from consult.notices.models import Letter
from consult.notices.sending import HELD, IN_DOUBT, WAITS, claim
from consult.notices.writing import NewLetter, letter_name, write_letters
from consult.people.models_access import Ticket
from tests import build
from tests.notices.conftest import Send, a_letter
from tests.notices.server import Server

MINUTE = timedelta(minutes=1)
StoppedAt = Callable[[datetime], None]


def test_a_letter_is_sent_once_with_what_mail_programs_ask_for(
    session: Session, mailing: Server, send: Send, stopped_at: StoppedAt
) -> None:
    stopped_at(build.NOON)
    person = build.a_person(
        session, name="Amina Odhiambo", email="amina@example.org", time_zone="Africa/Nairobi"
    )
    letter = a_letter(session, person)
    assert send() == [True]
    assert send() == []
    (message,) = mailing.taken
    assert mailing.envelopes[0].rcpt_tos == ["amina@example.org"]
    assert message["Message-ID"] == f"<{letter.name}@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message["To"] == "amina@example.org"
    assert message["List-Unsubscribe"] is None  # it is about the safety of the account
    assert message.get_content_type() == "text/plain"
    assert "15:00\n(12:00 UTC)" in message.get_content().replace("\r\n", "\n")
    assert (letter.state, letter.sent_at, letter.tried_at) == (LetterState.SENT, build.NOON, None)


def test_several_letters_go_through_one_conversation(session: Session, mailing: Server, send: Send) -> None:
    for number in range(5):
        a_letter(session, key=str(number))
    assert send() == [True] * 5
    assert len(set(mailing.ids)) == 5
    assert mailing.connections == 1


@pytest.mark.parametrize(
    ("step", "fault", "error"),
    [
        ("RCPT", "450 4.2.1 Greylisted", "450 at RCPT"),
        ("RCPT", "451 Try later", "451 at RCPT"),
        ("DATA", "452 Full", "452 at DATA"),
        ("words", "451 Later", "451 at the letter"),
    ],
)
def test_a_server_that_asks_to_wait_gets_the_letter_later(
    session: Session, mailing: Server, send: Send, stopped_at: StoppedAt, step: str, fault: str, error: str
) -> None:
    stopped_at(build.NOON)
    letter, other = a_letter(session, key="one"), a_letter(session, key="two")
    mailing.faults[step] = [fault]
    assert send() == [True, True]
    mailing.taken = [one for one in mailing.taken if letter.name not in str(one["Message-ID"])]
    assert (letter.state, letter.attempts, letter.error) == (LetterState.WRITTEN, 1, error)
    assert letter.next_at == build.NOON + WAITS[0]
    assert other.state is LetterState.SENT
    assert send() == []
    stopped_at(build.NOON + WAITS[0])
    assert send() == [True]
    assert sorted(mailing.ids) == sorted(f"<{one.name}@localhost>" for one in (letter, other))
    assert (letter.state, letter.error) == (LetterState.SENT, None)


def test_it_is_tried_for_fifteen_hours_and_then_fails(
    session: Session, mailing: Server, send: Send, stopped_at: StoppedAt
) -> None:
    at = build.NOON
    stopped_at(at)
    letter = a_letter(session)
    mailing.faults["RCPT"] = ["450 No"] * 9
    for wait in WAITS:
        send()
        assert (letter.state, letter.next_at) == (LetterState.WRITTEN, at + wait)
        at += wait
        stopped_at(at)
    send()
    assert (letter.state, letter.attempts) == (LetterState.FAILED, 6)
    stopped_at(at + timedelta(days=9))
    assert send() == []


@pytest.mark.parametrize(
    ("step", "fault"),
    [("RCPT", "550 5.1.1 Unknown"), ("DATA", "554 No"), ("words", "554 5.7.1 Spam")],
)
def test_a_refusal_for_good_is_final_at_once_and_holds_nobody_else_up(
    session: Session, mailing: Server, send: Send, step: str, fault: str
) -> None:
    letter, other = a_letter(session, key="one"), a_letter(session, key="two")
    mailing.faults[step] = [fault]
    assert send() == [True, True]
    assert (letter.state, letter.attempts) == (LetterState.FAILED, 1)
    assert other.state is LetterState.SENT


@pytest.mark.parametrize("step", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_hangs_up_before_the_words_gets_each_letter_once(
    session: Session, mailing: Server, send: Send, stopped_at: StoppedAt, step: str
) -> None:
    stopped_at(build.NOON)
    letters = [a_letter(session, key=str(number)) for number in range(3)]
    mailing.faults[step] = ["drop"]
    assert send() == [False]  # the way is barred: the others wait without being tried
    assert mailing.taken == []
    assert [one.attempts for one in letters] == [1, 0, 0]
    stopped_at(build.NOON + MINUTE)
    assert send() == [True, True, True]
    assert sorted(mailing.ids) == sorted(f"<{one.name}@localhost>" for one in letters)


def test_a_server_that_hangs_up_after_the_words_knows_the_letter_again(
    session: Session, mailing: Server, send: Send, stopped_at: StoppedAt
) -> None:
    """It gave no answer, so it did not take the letter on; what it kept all the same has the same Message-ID."""
    stopped_at(build.NOON)
    letter = a_letter(session)
    mailing.faults["words"] = ["drop"]
    assert send() == [False]
    assert letter.state is LetterState.WRITTEN
    stopped_at(build.NOON + MINUTE)
    assert send() == [True]
    assert set(mailing.ids) == {f"<{letter.name}@localhost>"}
    first, second = (one.as_bytes() for one in mailing.taken)
    assert first == second


def test_a_slow_server_is_waited_for(session: Session, mailing: Server, send: Send) -> None:
    letters = [a_letter(session, key=str(number)) for number in range(2)]
    mailing.faults = {"RCPT": [1.0], "words": [1.5]}
    assert send() == [True, True]
    assert sorted(mailing.ids) == sorted(f"<{one.name}@localhost>" for one in letters)


def test_without_a_server_the_letter_waits_and_the_others_are_not_tried(
    app: Flask, session: Session, send: Send
) -> None:
    app.config["MAIL_URL"] = "smtp://127.0.0.1:1"
    letters = [a_letter(session, key=str(number)) for number in range(3)]
    assert send() == [False]
    app.config["MAIL_URL"] = ""
    assert [(one.state, one.attempts, one.error) for one in letters] == [
        (LetterState.WRITTEN, 1, "ConnectionRefusedError"),
        (LetterState.WRITTEN, 0, None),
        (LetterState.WRITTEN, 0, None),
    ]


def test_an_address_that_is_none_fails_and_the_rest_goes(
    session: Session, mailing: Server, send: Send
) -> None:
    broken = build.a_person(session, email="a..b@@example.org")
    letter, other = a_letter(session, broken, key="one"), a_letter(session, key="two")
    assert send() == [True, True]
    assert (letter.state, letter.error) == (LetterState.FAILED, "the address is not one")
    assert other.state is LetterState.SENT


def test_a_claim_is_held_and_a_second_worker_finds_nothing(
    session: Session, send: Send, mailing: Server, stopped_at: StoppedAt
) -> None:
    stopped_at(build.NOON)
    letter = a_letter(session)
    session.rollback()
    assert claim(session) is not None
    assert claim(session) is None
    assert send() == []
    stopped_at(build.NOON + HELD)
    assert send() == [True]
    session.refresh(letter)
    assert (letter.attempts, len(mailing.taken)) == (2, 1)


def test_a_letter_in_doubt_is_not_sent_again_where_it_was_read_meanwhile(
    session: Session, send: Send, mailing: Server
) -> None:
    letter = a_letter(session)
    letter.tried_at = letter.read_at = letter.written_at
    assert send() == [True]
    assert (letter.state, mailing.taken) == (LetterState.SENT, [])


def test_a_letter_that_breaks_off_every_time_fails_in_the_end(
    session: Session, send: Send, mailing: Server
) -> None:
    letter = a_letter(session)
    letter.attempts, letter.tried_at = 6, letter.written_at
    assert send() == [True]
    assert (letter.state, letter.error, mailing.taken) == (LetterState.FAILED, IN_DOUBT, [])


def a_ticket(session: Session, **facts: object) -> Ticket:
    row = Ticket(
        **{
            "key": "a-ticket-key",
            "purpose": TicketPurpose.REGISTER,
            "email": "new@example.org",
            "language": "fr",
            "facts": {},
            "made_at": build.NOON,
            "ends_at": build.NOON + timedelta(days=1),
            **facts,
        }
    )
    session.add(row)
    session.flush()
    return row


def test_a_link_is_in_the_letter_and_in_no_row_and_the_address_goes_after_sending(
    session: Session, send: Send, mailing: Server, stopped_at: StoppedAt
) -> None:
    stopped_at(build.NOON)
    ticket = a_ticket(session)
    facts = {"why": "account", "ticket_id": ticket.id}
    new = NewLetter("confirm", "account.confirm", email="new@example.org", language="fr", facts=facts)
    write_letters(session, [new])
    assert send() == [True]
    letter = session.scalars(select(Letter)).one()
    (message,) = mailing.taken
    assert "/fr/register/a-ticket-key." in message.get_content()
    assert (letter.email, letter.is_in_inbox, letter.state) == (None, False, LetterState.SENT)
    assert "a-ticket-key" not in str(letter.facts)


@pytest.mark.parametrize("facts", [{"used_at": build.NOON}, {"ends_at": build.NOON}])
def test_a_link_that_opens_nothing_any_more_is_not_sent(
    session: Session, send: Send, mailing: Server, stopped_at: StoppedAt, facts: dict[str, datetime]
) -> None:
    stopped_at(build.NOON)
    ticket = a_ticket(session, **facts)
    told = {"ticket_id": ticket.id}
    write_letters(session, [NewLetter("late", "account.confirm", email="new@example.org", facts=told)])
    assert send() == [True]
    assert (mailing.taken, session.scalars(select(Letter)).all()) == ([], [])


def test_who_has_left_gets_nothing(session: Session, send: Send, mailing: Server) -> None:
    person = build.a_person(session)
    letter = a_letter(session, person)
    person.email, person.erased_at = None, letter.written_at
    commit(session)
    assert send() == [True]
    assert mailing.taken == []


def test_without_a_mail_server_letters_lie_in_a_folder_once_each(
    session: Session, send: Send, outbox_folder: Path, stopped_at: StoppedAt
) -> None:
    stopped_at(build.NOON)
    letter = a_letter(session)
    assert send() == [True]
    (place,) = outbox_folder.iterdir()
    assert place.name == f"20261102T120000-{letter_name('one')}.eml"
    assert place.stat().st_mode & 0o777 == 0o600
    first = place.read_bytes()
    letter.state, letter.next_at = (
        LetterState.WRITTEN,
        build.NOON,
    )  # as if the worker had died before it marked the letter
    assert send() == [True]
    assert [one.read_bytes() for one in outbox_folder.iterdir()] == [first]
