"""How does somebody get everything that is held of her? Asked in one sign-in, made by a job, fetched in that sign-in."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.jobs import put
from consult.people.models import SignIn
from consult.people.posting import ask_letter
from consult.privacy.models import Takeout
from consult.record.acts import journal
from consult.refusals import NotThere

MAKING, DROPPING = "privacy.takeout", "privacy.drop_takeouts"
LASTS = timedelta(hours=24)
BETWEEN_SWEEPS = timedelta(minutes=10)


def ask_takeout(session: Session, actor: Actor) -> Takeout:
    """Asks for everything that is held of her. What this sign-in asked for before is dropped."""
    if actor.person_id is None or actor.sign_in_id is None:
        raise NotThere
    session.execute(delete(Takeout).where(Takeout.sign_in_id == actor.sign_in_id))
    at = clock.now()
    takeout = Takeout(
        key=secrets.token_urlsafe(18), person_id=actor.person_id, sign_in_id=actor.sign_in_id, asked_at=at
    )
    session.add(takeout)
    session.flush()
    put(session, MAKING, takeout.key, asked_by_id=actor.person_id, takeout_id=takeout.id)
    _sweep_later(session, at)
    journal(session, actor, "takeout.asked")
    return takeout


def keep_takeout(session: Session, actor: Actor, takeout: Takeout, content: bytes) -> None:
    """Keeps what was written down, for the sign-in that asked; tells her by letter. Made twice, it is kept once."""
    if takeout.made_at is not None:
        return
    takeout.content, takeout.made_at = content, clock.now()
    ask_letter(session, "account.takeout_ready", takeout.id, takeout_id=takeout.id)
    journal(session, actor, "takeout.made", size=len(content))


def drop_takeouts(session: Session, actor: Actor, at: datetime) -> int:
    """Deletes what is a day old, or whose sign-in has ended; comes again while any is left."""
    ended = select(SignIn.id).where(or_(SignIn.revoked_at.is_not(None), SignIn.ends_at <= at))
    over = or_(Takeout.sign_in_id.in_(ended), Takeout.asked_at <= at - LASTS)
    dropped = session.scalars(delete(Takeout).where(over).returning(Takeout.id)).all()
    if dropped:
        journal(session, actor, "takeouts.dropped", count=len(dropped))
    if session.scalar(select(Takeout.id).limit(1)) is not None:
        _sweep_later(session, at)
    return len(dropped)


def _sweep_later(session: Session, at: datetime) -> None:
    """Puts the next sweep, once for each stretch of ten minutes."""
    stretch = int(at.timestamp() // BETWEEN_SWEEPS.total_seconds()) + 1
    due = datetime.fromtimestamp(stretch * BETWEEN_SWEEPS.total_seconds(), at.tzinfo)
    put(session, DROPPING, due.isoformat(timespec="minutes"), run_after=due)
