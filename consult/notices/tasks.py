"""The jobs of this room: reading the record, writing what acts asked for, sending, and dropping what is old.

Reading is done every five seconds, by a job that puts its successor; sending is put whenever something is due.
"""

import logging
import time
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.terms import JobState
from consult.db import begin_writing
from consult.jobs import Job, put, task
from consult.notices.asked import letters_asked
from consult.notices.closing import write_closing
from consult.notices.composing import compose, way_out
from consult.notices.dropping import drop_old
from consult.notices.following import CLOSING, follow, start
from consult.notices.mail import NotSent
from consult.notices.reads import has_due
from consult.notices.sending import send_next
from consult.notices.writing import write_letters
from consult.people.posting import WRITING

STARTING, FOLLOWING, SENDING, DROPPING = "letters.start", "letters.follow", "letters.send", "letters.drop"
PAUSE, BARRED = timedelta(seconds=5), timedelta(minutes=1)
A_DAY, A_MONTH = timedelta(days=1), timedelta(days=30)
SENDS_FOR = 15  # seconds: other jobs have their turn in between

log = logging.getLogger(__name__)


def begin(session: Session) -> None:
    """What a worker puts when it starts; put twice it is there once."""
    put(session, STARTING, "once")
    _next(session, FOLLOWING, clock.now(), PAUSE)
    _next(session, DROPPING, clock.now(), A_DAY)


@task(STARTING)
def starting(session: Session, _job: Job) -> None:
    """Marks where the record stands when letters begin, once in the life of a database."""
    start(session)


@task(FOLLOWING)
def following(session: Session, job: Job) -> None:
    """Reads what is new; twice it writes the same letters, which are there already.

    Never before the start was marked: two workers may begin together.
    """
    has_more = _is_started(session) and follow(session)
    if has_due(session, clock.now()):
        _wake(session)
    if has_more:
        put(session, FOLLOWING, clock.now().isoformat())
    else:
        _next(session, FOLLOWING, clock.now(), PAUSE)
    _forget_done(session, job)


@task(WRITING)
def writing(session: Session, job: Job) -> None:
    """Writes the letters that an act asked for."""
    ids = dict(job.arguments)
    write_letters(session, letters_asked(session, ids.pop("letter"), job.key, ids))
    _wake(session)


@task(CLOSING)
def closing(session: Session, job: Job) -> None:
    """Says that a round closes soon; if there are many to tell, goes on in another job."""
    arguments = dict(job.arguments)
    round_id, closes_at = int(arguments["round_id"]), str(arguments["closes_at"])
    if write_closing(session, round_id, datetime.fromisoformat(closes_at)):
        part = int(arguments.get("part", 0)) + 1
        key = f"{round_id}/{closes_at}/{part}"
        put(session, CLOSING, key, round_id=round_id, closes_at=closes_at, part=part)
    _wake(session)


@task(SENDING)
def sending(session: Session, job: Job) -> None:
    """Sends what is due, each letter in transactions of its own; leaves the rest to a successor."""
    job_id = job.id
    session.rollback()
    went = _sent_for_a_while(session)
    begin_writing(session)
    standing = session.get_one(Job, job_id)
    if not went:
        put(session, SENDING, clock.now().isoformat(), run_after=clock.now() + BARRED)
    elif has_due(session, clock.now()):
        put(session, SENDING, clock.now().isoformat())
    _forget_done(session, standing)


@task(DROPPING)
def dropping(session: Session, job: Job) -> None:
    """Drops letters that are twelve months old; to drop them twice is to drop them once."""
    at = clock.now()
    if drop_old(session, at):
        put(session, DROPPING, at.isoformat())
    else:
        _next(session, DROPPING, at, A_DAY)
    done_long_ago = (Job.state == JobState.DONE) & (Job.run_after < at - A_MONTH)
    session.execute(delete(Job).where(Job.kind.in_((WRITING, CLOSING)), done_long_ago))
    _forget_done(session, job)


def _sent_for_a_while(session: Session) -> bool:
    """Sends until nothing is due or the time is up. Answers False where the way is barred."""
    try:
        way = way_out()
    except NotSent as no:
        log.error("letters cannot be sent: %s", no.error)
        return False
    ends_at = time.monotonic() + SENDS_FOR
    try:
        while time.monotonic() < ends_at:
            went = send_next(session, way, compose)
            if not went:
                return went is None
    finally:
        way.close()
    return True


def _is_started(session: Session) -> bool:
    done = select(Job.id).where(Job.kind == STARTING, Job.state == JobState.DONE)
    return session.scalar(done.limit(1)) is not None


def _wake(session: Session) -> None:
    """Puts the sending of what is due, unless it is put already or waits for the way to be open again."""
    standing = select(Job.id).where(Job.kind == SENDING, Job.state.in_((JobState.QUEUED, JobState.RUNNING)))
    if session.scalar(standing.limit(1)) is None:
        put(session, SENDING, clock.now().isoformat())


def _next(session: Session, kind: str, at: datetime, every: timedelta) -> None:
    """Puts the next of a periodic job. All that are put for the same stretch of time are one."""
    stretch = int(at.timestamp() // every.total_seconds()) + 1
    begins = datetime.fromtimestamp(stretch * every.total_seconds(), tz=at.tzinfo)
    put(session, kind, f"{every.total_seconds():.0f}s/{stretch}", run_after=begins)


def _forget_done(session: Session, job: Job) -> None:
    """Periodic jobs leave no trail: what ran before is forgotten."""
    session.execute(delete(Job).where(Job.kind == job.kind, Job.state == JobState.DONE, Job.id != job.id))
