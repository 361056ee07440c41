"""What does a link in a letter open? One thing, once, for a while, for one person; afterwards nothing, by any way."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import TicketPurpose
from consult.people.models import Person
from consult.people.models_access import Ticket
from consult.people.policy import may_open
from consult.people.posting import ask_letter
from consult.record.acts import journal
from consult.refusals import LinkOver

LASTS = {
    TicketPurpose.REGISTER: timedelta(days=1),
    TicketPurpose.RESET: timedelta(hours=1),
    TicketPurpose.EMAIL_OLD: timedelta(days=1),
    TicketPurpose.EMAIL_NEW: timedelta(days=1),
    TicketPurpose.SIGN_IN: timedelta(minutes=15),
}


def make_ticket(
    session: Session,
    purpose: TicketPurpose,
    letter: str,
    *,
    email: str | None,
    language: str,
    person_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Ticket:
    """Makes what a link will open, and asks for the letter that carries it."""
    ticket = _written(session, purpose, email, language, person_id, facts or {})
    ask_letter(session, letter, ticket.id, ticket_id=ticket.id)
    return ticket


def make_blind_ticket(session: Session, owner: Person, letter: str) -> None:
    """Asks for a letter without a link, by the very statements of one with a link: how long it took says nothing."""
    blind = _written(session, TicketPurpose.REGISTER, None, owner.language, owner.id, {})
    ask_letter(session, letter, blind.id, person_id=owner.id)


def make_vain_ticket(session: Session, purpose: TicketPurpose, letter: str) -> None:
    """Does all that a letter takes, for an address that nobody has: the ticket is over, so none is written."""
    vain = _written(session, purpose, None, "en", None, {}, lasts=timedelta())
    ask_letter(session, letter, vain.id, ticket_id=vain.id)


def _written(
    session: Session,
    purpose: TicketPurpose,
    email: str | None,
    language: str,
    person_id: int | None,
    facts: Mapping[str, Any],
    *,
    lasts: timedelta | None = None,
) -> Ticket:
    at = clock.now()
    ticket = Ticket(
        key=secrets.token_urlsafe(24),
        purpose=purpose,
        person_id=person_id,
        email=email,
        language=language,
        facts=dict(facts),
        made_at=at,
        ends_at=at + (LASTS[purpose] if lasts is None else lasts),
    )
    session.add(ticket)
    session.flush()
    journal(session, Actor(person_id=person_id), "ticket.made", purpose=purpose)
    return ticket


def ask_sign_in_link(session: Session, person: Person, after: str) -> Ticket:
    """The password was right, but too much was tried from where she sits: a letter lets her in."""
    return make_ticket(
        session,
        TicketPurpose.SIGN_IN,
        "account.sign_in_link",
        email=person.email,
        language=person.language,
        person_id=person.id,
        facts={"next": after},
    )


def use_ticket(session: Session, actor: Actor, purpose: TicketPurpose, key: str | None) -> Ticket:
    """Uses up what a link opens, with its person and its row locked: of two presses one is refused."""
    ticket = locked_ticket(session, actor, purpose, key)
    ticket.used_at = clock.now()
    journal(session, Actor(person_id=ticket.person_id), "ticket.used", purpose=purpose)
    return ticket


def locked_ticket(session: Session, actor: Actor, purpose: TicketPurpose, key: str | None) -> Ticket:
    """The ticket, if it still opens something for this reader; the person first, then the row."""
    ticket = session.scalar(select(Ticket).where(Ticket.key == key, Ticket.purpose == purpose))
    if ticket is None:
        raise LinkOver
    person = None
    if ticket.person_id is not None:
        person = session.get_one(Person, ticket.person_id, with_for_update=True, populate_existing=True)
    session.refresh(ticket, with_for_update=True)
    if not may_open(actor, ticket, person, clock.now()):
        raise LinkOver
    return ticket


def end_tickets(session: Session, person_id: int, at: datetime) -> None:
    """Ends whatever links of this person are still open: what was asked for under other secrets opens nothing."""
    session.execute(
        update(Ticket)
        .where(Ticket.person_id == person_id, Ticket.used_at.is_(None), Ticket.ends_at > at)
        .values(ends_at=at)
    )


def person_of(ticket: Ticket) -> int:
    """The id of the person whose link this is."""
    if ticket.person_id is None:
        raise LinkOver
    return ticket.person_id
