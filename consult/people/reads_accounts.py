"""What does an account hold, which browsers is it open in, and what would this link open?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import TicketPurpose
from consult.people.models import Person, SignIn
from consult.people.models_access import Ticket
from consult.people.policy import is_asked_by, may_open, may_refuse_alerts
from consult.refusals import LinkOver

MOST = 100  # sign-ins shown; nobody has that many browsers


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One's own account."""

    name: str
    email: str
    language: str
    time_zone: str
    has_alerts: bool
    may_refuse_alerts: bool
    has_password: bool


@dataclass(frozen=True, slots=True)
class SignInLine:
    """A browser that is signed in."""

    id: int
    device: str
    started_at: datetime
    seen_at: datetime | None
    is_this: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """What a link would open: enough to say so on the page with the button."""

    purpose: TicketPurpose
    name: str
    email: str
    new_email: str
    person_id: int | None
    is_asked_here: bool


def account(session: Session, actor: Actor) -> AccountPage:
    """What the actor's account holds."""
    person = session.get_one(Person, actor.person_id)
    return AccountPage(
        name=person.name or "",
        email=person.email or "",
        language=person.language,
        time_zone=person.time_zone,
        has_alerts=person.has_alerts or not may_refuse_alerts(actor),
        may_refuse_alerts=may_refuse_alerts(actor),
        has_password=person.password_hash is not None,
    )


def sign_ins(session: Session, actor: Actor, at: datetime) -> tuple[SignInLine, ...]:
    """The browsers in which the actor is signed in, this one first, then the newest."""
    rows = session.scalars(
        select(SignIn)
        .where(SignIn.person_id == actor.person_id, SignIn.revoked_at.is_(None), SignIn.ends_at > at)
        .order_by((SignIn.id == actor.sign_in_id).desc(), SignIn.id.desc())
        .limit(MOST)
    )
    return tuple(
        SignInLine(row.id, row.device, row.started_at, row.seen_at, row.id == actor.sign_in_id)
        for row in rows
    )


def opening(
    session: Session, actor: Actor, purpose: TicketPurpose, key: str | None, at: datetime, browser: str = ""
) -> Opening:
    """What this link would open for this reader, in the browser with this mark; refused where that is nothing."""
    row = session.execute(
        select(Ticket, Person)
        .outerjoin(Person, Person.id == Ticket.person_id)
        .where(Ticket.key == key, Ticket.purpose == purpose)
    ).first()
    if row is None or not may_open(actor, row[0], row[1], at):
        raise LinkOver
    ticket, person = row
    name = person.name if person is not None else ticket.facts.get("name")
    return Opening(
        purpose=purpose,
        name=name or "",
        email=ticket.email or "",
        new_email=str(ticket.facts.get("new_email", "")),
        person_id=ticket.person_id,
        is_asked_here=is_asked_by(ticket, browser),
    )
