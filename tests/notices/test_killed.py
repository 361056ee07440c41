"""Is a letter lost or doubled when the worker is killed? Killed for real, at each step, on a real mail server.

A worker of its own process sends two letters and dies at one step; a quarter of an hour later another goes on. What
the mail server took is counted by Message-ID: one of each. Only what was broken off between the words and the mark
comes twice, and then the two are the same to the byte.
"""

import os
import signal
import sys
from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.terms import LetterState
from consult.db import before_commit, commit, db
from consult.notices.composing import compose, way_out
from consult.notices.models import Letter
from consult.notices.sending import HELD, send_next
from tests import build
from tests.notices.conftest import Send, a_letter
from tests.notices.server import Server


def work(app: Flask, server: Server, die_at: str = "never", at_step: str | None = None) -> int:
    """Lets a worker of its own process send; answers the signal that ended it, 0 for none."""
    waits, goes = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.read(waits, 1)  # until the server knows whom to end
        _send_and_die(app, die_at)
    if at_step:
        server.kills[at_step] = pid
    os.write(goes, b".")
    os.close(waits)
    os.close(goes)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _send_and_die(app: Flask, die_at: str) -> None:
    """Sends, and dies right before or right after one of its commits: claimed, handing over, marked, and again."""
    count = [0]

    def die(step: str) -> None:
        if f"{step} {count[0]}" == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(_session: Session) -> None:
        count[0] += 1
        die("before")

    try:
        before_commit.append(counted)
        event.listen(Session, "after_commit", lambda _session: die("after"))
        with app.app_context():
            db.engine.dispose(close=False)
            way = way_out()
            while send_next(db.session, way, compose):
                pass
            way.close()
    finally:
        os._exit(0 if sys.exc_info()[0] is None else 1)


STEPS = [
    # at which commit, or at which step of the conversation; how often the first letter is taken in all
    ("before 1", None, 1),  # about to claim
    ("after 1", None, 1),  # claimed
    ("never", "RCPT", 1),  # the conversation has begun
    ("never", "DATA", 1),  # about to be asked for the words
    ("before 2", None, 1),  # asked for the words, nothing handed over
    ("after 2", None, 1),  # about to hand the words over
    ("never", "words", 2),  # handed over, no answer yet: nobody can know
    ("before 3", None, 2),  # taken by the server, not marked here: nobody can know
    ("after 3", None, 1),  # marked as sent
]


@pytest.mark.parametrize(("die_at", "at_step", "times"), STEPS, ids=[f"{a}-{b}" for a, b, _ in STEPS])
def test_a_worker_that_is_killed_loses_no_letter_and_doubles_none(
    app: Flask, session: Session, mailing: Server, die_at: str, at_step: str | None, times: int
) -> None:
    person = build.a_person(session, name="Amina Odhiambo")
    letters = [a_letter(session, person, key=key) for key in ("one", "two")]
    names = [one.name for one in letters]
    _hand_over(app, session)
    assert work(app, mailing, die_at, at_step) == -9
    _make_due(app, session)
    assert work(app, mailing) == 0
    assert {one.state for one in session.scalars(select(Letter))} == {LetterState.SENT}
    taken = Counter(mailing.ids)
    assert set(taken) == {f"<{name}@localhost>" for name in names}  # each of them, and no other
    assert [taken[f"<{name}@localhost>"] for name in names] == [times, 1]
    assert len({one.as_bytes() for one in mailing.taken}) == 2  # whatever came twice is the same to the byte


def _hand_over(app: Flask, session: Session) -> None:
    """Nothing of this process's stays open in the worker's."""
    session.close()
    with app.app_context():
        db.engine.dispose()


def _make_due(app: Flask, session: Session) -> None:
    """As if the time were over for which a claim is held."""
    for letter in session.scalars(select(Letter).where(Letter.state == LetterState.WRITTEN)):
        letter.next_at = clock.now() - timedelta(seconds=1)
    commit(session)
    _hand_over(app, session)


def test_what_was_read_on_the_site_is_not_mailed_twice(app: Flask, session: Session, mailing: Server) -> None:
    name = a_letter(session).name
    _hand_over(app, session)
    assert work(app, mailing, "before 3") == -9
    session.scalars(select(Letter).where(Letter.name == name)).one().read_at = clock.now()
    _make_due(app, session)
    assert work(app, mailing) == 0
    assert len(mailing.taken) == 1


def test_a_claim_is_held_longer_than_any_conversation_lasts() -> None:
    from consult.notices.mail import ANSWER_TIMEOUT, TIMEOUT

    steps = 8  # connecting, greeting, TLS, greeting again, signing in, sender, reader, words
    assert timedelta(seconds=steps * TIMEOUT + ANSWER_TIMEOUT) < HELD


def test_a_killed_folder_writes_each_letter_once(
    app: Flask, session: Session, send: Send, outbox_folder: "os.PathLike[str]"
) -> None:
    from pathlib import Path

    letter = a_letter(session)
    send()
    letter.state, letter.next_at, letter.sent_at = LetterState.WRITTEN, clock.now(), None
    assert send() == [True]
    assert len(list(Path(outbox_folder).iterdir())) == 1
