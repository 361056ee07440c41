"""How does a letter go out once? Claimed, handed over and marked in three transactions, each of them its own.

1. Claimed: `attempts` counts one more, and `next_at` is moved so far ahead that nobody else takes it up meanwhile.
2. Handing over: when the mail server waits for the words, `tried_at` is set; then the words go.
3. Marked: `sent`, or the error and when to try again.

A worker that dies before 2 has sent nothing: the letter is taken up again and goes out once. One that dies after 3
has sent it: it never goes again. In between nobody can know, for only the server's lost answer would say: the letter is
then sent once more, under the same Message-ID and with the same bytes, so that mail servers and programs know it
for the same; but not where it is needed no more, because it was read on the site or its link was used meanwhile. In a
folder the second writing overwrites the first, so there it is once in every case.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.terms import LetterState
from consult.db import begin_writing, commit
from consult.notices.mail import NotSent, Post, Sender
from consult.notices.models import Letter
from consult.notices.outbox import put_letter
from consult.people.models import Person

HELD = timedelta(minutes=15)  # longer than any conversation with a mail server
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WAITS = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR)
IN_DOUBT = "broken off while it was handed over"

log = logging.getLogger(__name__)


class Way(Protocol):
    """How letters leave."""

    def send(self, post: Post, before_handing: Callable[[], None], /) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Folder:
    """Into a folder, where there is no mail server."""

    place: Path
    sender: Sender

    def send(self, post: Post, _before_handing: Callable[[], None], /) -> None:
        """Writes it down; the same letter overwrites itself, so nothing is in doubt."""
        try:
            put_letter(self.place, post, self.sender)
        except OSError as error:
            raise NotSent(f"{type(error).__name__} in the folder", is_ours=True) from error

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that is ours to send now."""

    id: int
    is_in_doubt: bool


Compose = Callable[[Session, Letter, str], Post | None]
"""The letter as it goes to an address; None where it is about nothing any more."""


def send_next(session: Session, way: Way, compose: Compose) -> bool | None:
    """Sends one letter that is due. None where none was; False where the way is barred and others should wait."""
    claimed = claim(session)
    if claimed is None:
        return None
    try:
        post = _post(session, claimed, compose)
        if post is None:
            return True
        way.send(post, lambda: _mark_tried(session, claimed.id))
    except NotSent as no:
        _mark_not_sent(session, claimed.id, no)
        return not no.is_ours
    except Exception as error:  # one letter that cannot be written must not hold up the others
        log.exception("letter %s could not be written", claimed.id)
        _mark_not_sent(session, claimed.id, NotSent(type(error).__name__))
        return True
    _mark_sent(session, claimed.id)
    return True


def claim(session: Session) -> Claimed | None:
    """The letter that has waited longest, held for us; the claim is committed."""
    begin_writing(session)
    at = clock.now()
    letter = session.scalar(
        select(Letter)
        .where(Letter.state == LetterState.WRITTEN, Letter.next_at <= at)
        .order_by(Letter.next_at, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if letter is None:
        session.rollback()
        return None
    claimed = Claimed(letter.id, letter.tried_at is not None)
    letter.attempts += 1
    letter.next_at = at + HELD
    commit(session)
    return claimed


def _post(session: Session, claimed: Claimed, compose: Compose) -> Post | None:
    """The letter's words, as they are now; what nobody needs any more is thrown away, or counted as sent."""
    letter = session.get_one(Letter, claimed.id)
    to = letter.email or _address(session, letter.person_id)
    if letter.attempts > len(WAITS) + 1:
        raise NotSent(IN_DOUBT if claimed.is_in_doubt else "broken off", is_final=True)
    if claimed.is_in_doubt and letter.read_at is not None:
        session.rollback()
        _mark_sent(session, claimed.id)
        return None
    post = compose(session, letter, to) if to else None
    session.rollback()
    if post is None:
        begin_writing(session)
        session.delete(session.get_one(Letter, claimed.id))
        commit(session)
    return post


def _address(session: Session, person_id: int | None) -> str | None:
    query = select(Person.email).where(Person.id == person_id, Person.erased_at.is_(None))
    return session.scalar(query)


def _mark_tried(session: Session, letter_id: int) -> None:
    begin_writing(session)
    session.get_one(Letter, letter_id).tried_at = clock.now()
    commit(session)


def _mark_sent(session: Session, letter_id: int) -> None:
    begin_writing(session)
    _sent(session.get_one(Letter, letter_id))
    commit(session)


def _sent(letter: Letter) -> None:
    """What was kept for sending only goes: another address than the account's, and what went wrong before."""
    letter.state, letter.sent_at = LetterState.SENT, clock.now()
    letter.email = letter.error = letter.tried_at = None


def _mark_not_sent(session: Session, letter_id: int, no: NotSent) -> None:
    session.rollback()
    begin_writing(session)
    letter = session.get_one(Letter, letter_id)
    letter.error, letter.tried_at = no.error[:200], None
    if no.is_final or letter.attempts > len(WAITS):
        letter.state = LetterState.FAILED
        letter.email = None
    else:
        letter.next_at = clock.now() + WAITS[letter.attempts - 1]
    commit(session)
    log.warning("letter %s was not sent: %s", letter_id, no.error)
