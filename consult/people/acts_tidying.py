"""What is let go of when its time is over? Used links, ended sign-ins, counts of tries, and the journal of last year."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, column, delete, exists, or_, table
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import SYSTEM, Actor
from consult.db import Base
from consult.jobs import put
from consult.people.models import SignIn, Throttle
from consult.people.models_access import Ticket
from consult.people.throttling import LETTER_WINDOW
from consult.record.acts import journal
from consult.record.models import Journal

TIDYING = "people.tidying"
HOUR = 2  # of the night, in UTC
TICKETS_FOR = timedelta(days=7)
SIGN_INS_FOR = timedelta(days=90)
JOURNAL_FOR = timedelta(days=366)

# What somebody took along hangs on the sign-in that asked; `privacy` lets go of it first.
TAKEOUT = table("takeout", column("sign_in_id"))


def put_tidying(session: Session) -> None:
    """Puts the next night's tidying; to put it twice is to put it once. Journals nothing: it only asks for a job."""
    at = clock.now()
    night = at.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    night = night if night > at else night + timedelta(days=1)
    put(session, TIDYING, night.date().isoformat(), run_after=night)


def tidy(session: Session, actor: Actor, at: datetime) -> int:
    """Deletes what is kept no longer; says how much it was."""
    left = (SignIn.ends_at < at - SIGN_INS_FOR, SignIn.revoked_at < at - SIGN_INS_FOR)
    count = sum(
        (
            _dropped(session, Ticket, Ticket.ends_at < at - TICKETS_FOR),
            _dropped(session, SignIn, or_(*left), ~exists().where(TAKEOUT.c.sign_in_id == SignIn.id)),
            _dropped(session, Throttle, Throttle.window_started_at < at - LETTER_WINDOW),
            _dropped(session, Journal, Journal.at < at - JOURNAL_FOR),
        )
    )
    if count:
        journal(session, actor, "people.tidied", count=count)
    return count


def tidy_tonight(session: Session, at: datetime) -> None:
    """One night's work, and the next one's put."""
    tidy(session, SYSTEM, at)
    put_tidying(session)


def _dropped(session: Session, kind: type[Base], *over: ColumnElement[bool]) -> int:
    done = session.execute(delete(kind).where(*over).execution_options(synchronize_session=False))
    return int(getattr(done, "rowcount", 0))
