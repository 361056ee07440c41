"""Which step of signing in is under way? A row that only the browser which began it can name, for minutes, once."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.terms import TicketPurpose
from consult.people.models_access import Ticket
from consult.people.refusals_factors import StepOver

LASTS = {TicketPurpose.CEREMONY: timedelta(minutes=5), TicketPurpose.SECOND_FACTOR: timedelta(minutes=10)}
KEPT_AFTER = timedelta(days=1)


def begin(session: Session, purpose: TicketPurpose, person_id: int | None, **facts: Any) -> str:
    """Begins a step. Answers the key that the browser keeps in its cookie session."""
    at = clock.now()
    session.execute(
        delete(Ticket)
        .where(Ticket.purpose.in_(LASTS), Ticket.ends_at < at - KEPT_AFTER)
        .execution_options(synchronize_session=False)
    )
    ticket = Ticket(
        key=secrets.token_urlsafe(24),
        purpose=purpose,
        person_id=person_id,
        facts=facts,
        made_at=at,
        ends_at=at + LASTS[purpose],
    )
    session.add(ticket)
    session.flush()
    return ticket.key


def standing(session: Session, purpose: TicketPurpose, key: str | None, at: datetime) -> Ticket | None:
    """The step under this key, if it can still be taken."""
    if not key:
        return None
    return session.scalar(
        select(Ticket).where(
            Ticket.key == key, Ticket.purpose == purpose, Ticket.used_at.is_(None), Ticket.ends_at > at
        )
    )


def spend(session: Session, purpose: TicketPurpose, key: str | None) -> Ticket:
    """Takes the step under this key, once: of two at the same time, one finds it taken."""
    at = clock.now()
    ticket = standing(session, purpose, key, at)
    if ticket is not None:
        session.refresh(ticket, with_for_update=True)
    if ticket is None or ticket.used_at is not None or ticket.ends_at <= at:
        raise StepOver
    ticket.used_at = at
    session.flush()
    return ticket
