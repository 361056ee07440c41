"""How does the address of an account change? Both ends say yes: the present one, and the one that it is to become."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import TicketPurpose
from consult.people.acts_sessions import end_sign_ins
from consult.people.acts_tickets import end_tickets, make_blind_ticket, make_ticket, use_ticket
from consult.people.addresses import taking
from consult.people.models import Person
from consult.people.models_access import Ticket
from consult.people.posting import ask_letter
from consult.people.refusals import SameEmail, WrongPassword
from consult.record.acts import journal

ENDS = (TicketPurpose.EMAIL_OLD, TicketPurpose.EMAIL_NEW)


def ask_new_email(session: Session, actor: Actor, email: str, *, checked_hash: str | None) -> None:
    """Writes to both ends. Where the new address has an account, its owner hears so, and the page says the same."""
    person = session.get_one(Person, actor.person_id, with_for_update=True, populate_existing=True)
    if person.password_hash != checked_hash:
        raise WrongPassword
    wanted = email.strip().casefold()
    if wanted == person.email:
        raise SameEmail
    _end_earlier(session, person.id)
    facts = {"pair": secrets.token_hex(8), "new_email": wanted}
    if person.email is not None:
        _write_to_end(session, person, TicketPurpose.EMAIL_OLD, person.email, facts)
    owner = session.scalar(select(Person).where(Person.email == wanted))
    if owner is None:
        _write_to_end(session, person, TicketPurpose.EMAIL_NEW, wanted, facts)
    else:
        make_blind_ticket(session, owner, "account.exists")
    journal(session, actor, "person.email_change_asked")


def confirm_email(session: Session, actor: Actor, purpose: TicketPurpose, key: str) -> bool:
    """One end says yes. Answers whether both have, and so the address has changed.

    Whether somebody has the new address is said only once both have: whoever reads there may know it.
    """
    ticket = use_ticket(session, actor, purpose, key)
    person = session.get_one(Person, ticket.person_id)
    wanted = ticket.facts["new_email"]
    agreed = {one.purpose for one in _pair(session, ticket) if one.used_at is not None}
    needed = set(ENDS) if person.email is not None else {TicketPurpose.EMAIL_NEW}
    if not needed <= agreed:
        journal(session, Actor(person_id=person.id), "person.email_end_agreed", end=purpose)
        return False
    _take_email(session, actor, person, wanted)
    return True


def refuse_email(session: Session, actor: Actor, key: str) -> Person:
    """The present end says that it was not she: nothing changes, and every sign-in of the account ends."""
    ticket = use_ticket(session, actor, TicketPurpose.EMAIL_OLD, key)
    person = session.get_one(Person, ticket.person_id)
    hers = Actor(person_id=person.id)
    end_tickets(session, person.id, clock.now())
    end_sign_ins(session, hers, person.id)
    journal(session, hers, "person.email_change_refused")
    return person


def _write_to_end(
    session: Session, person: Person, end: TicketPurpose, email: str, facts: dict[str, str]
) -> None:
    letter = f"account.{end}"  # account.email_old, account.email_new
    make_ticket(session, end, letter, email=email, language=person.language, person_id=person.id, facts=facts)


def _take_email(session: Session, actor: Actor, person: Person, wanted: str) -> None:
    hers = Actor(person_id=person.id)
    with taking(session, wanted):
        person.email = wanted
    end_tickets(session, person.id, clock.now())
    end_sign_ins(session, hers, person.id, spare=actor.sign_in_id)
    ask_letter(session, "account.email_changed", secrets.token_hex(8), person_id=person.id)
    journal(session, hers, "person.email_changed")


def _pair(session: Session, ticket: Ticket) -> list[Ticket]:
    """Both ends of one change; the person's row is locked, so nobody else counts them now."""
    both = select(Ticket).where(Ticket.person_id == ticket.person_id, Ticket.purpose.in_(ENDS))
    return [one for one in session.scalars(both) if one.facts.get("pair") == ticket.facts["pair"]]


def _end_earlier(session: Session, person_id: int) -> None:
    """An earlier wish gives way: its links open nothing."""
    at = clock.now()
    for one in session.scalars(select(Ticket).where(Ticket.person_id == person_id, Ticket.purpose.in_(ENDS))):
        one.ends_at = min(one.ends_at, at)
