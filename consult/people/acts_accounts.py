"""How does an account begin, and how is it opened again when its password is forgotten? By a letter to its address."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import SYSTEM, VISITOR, Actor
from consult.core.terms import TicketPurpose
from consult.people.acts import NewPerson, add_person
from consult.people.acts_sessions import end_sign_ins
from consult.people.acts_tickets import (
    end_tickets,
    make_blind_ticket,
    make_ticket,
    make_vain_ticket,
    use_ticket,
)
from consult.people.models import Person
from consult.people.models_access import Ticket
from consult.people.policy import is_asked_by, may_refuse_alerts
from consult.people.posting import ask_letter
from consult.people.refusals import AlertsStay, WrongPassword
from consult.people.shown_names import is_shown
from consult.record.acts import journal, note
from consult.refusals import LinkOver


@dataclass(frozen=True, slots=True)
class NewProfile:
    """What an account calls its person, and how it speaks to her."""

    name: str
    language: str
    time_zone: str
    has_alerts: bool


def ask_account(session: Session, new: NewPerson, after: str, browser: str) -> None:
    """Writes one letter: to confirm, or where the address has an account, that it has. The page says the same.

    `browser` is the hash of the mark of the browser that asks: only there does the password typed now count.
    """
    email = new.email.strip().casefold()
    owner = session.scalar(select(Person).where(Person.email == email))
    if owner is not None:
        make_blind_ticket(session, owner, "account.exists")
        return
    facts = {
        "name": new.name,
        "time_zone": new.time_zone,
        "password_hash": new.password_hash,
        "next": after,
        "browser": browser,
    }
    make_ticket(
        session,
        TicketPurpose.REGISTER,
        "account.confirm",
        email=email,
        language=new.language,
        facts=facts,
    )


def confirm_account(
    session: Session, actor: Actor, key: str, *, browser: str, chosen: str | None = None
) -> tuple[Person, str]:
    """Makes the account that a letter offered; answers where she wanted to go. Other letters to her are over.

    `chosen` is the hash of a password that she chose behind the link: it is needed in any browser but the one that
    asked, for whoever asked may not be who reads the letter.
    """
    found = session.scalar(select(Ticket).where(Ticket.key == key, Ticket.purpose == TicketPurpose.REGISTER))
    if found is None:
        raise LinkOver
    # All letters to this address, in one order: of two pressed at once, one makes the account.
    siblings = session.scalars(
        select(Ticket)
        .where(Ticket.purpose == TicketPurpose.REGISTER, Ticket.email == found.email)
        .order_by(Ticket.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    ticket = use_ticket(session, actor, TicketPurpose.REGISTER, key)
    facts = ticket.facts
    if chosen is None and not is_asked_by(ticket, browser):
        raise LinkOver
    person = add_person(
        session,
        VISITOR,
        NewPerson(
            email=ticket.email or "",
            name=facts["name"],
            language=ticket.language,
            time_zone=facts["time_zone"],
            password_hash=chosen or facts["password_hash"],
        ),
    )
    for one in siblings:
        one.used_at, one.facts, one.email = one.used_at or clock.now(), {}, None
    return person, str(facts.get("next", ""))


def ask_reset(session: Session, email: str) -> None:
    """Writes a letter with a link for a new password, where the address has an account; takes as long where not."""
    owner = session.scalar(select(Person).where(Person.email == email.strip().casefold()))
    if owner is None:
        make_vain_ticket(session, TicketPurpose.RESET, "account.reset")
        return
    make_ticket(
        session,
        TicketPurpose.RESET,
        "account.reset",
        email=owner.email,
        language=owner.language,
        person_id=owner.id,
    )


def reset_password(session: Session, actor: Actor, key: str, password_hash: str) -> Person:
    """Sets the password from a letter: every sign-in and every other link of the account ends. Second factors stay."""
    ticket = use_ticket(session, actor, TicketPurpose.RESET, key)
    person = session.get_one(Person, ticket.person_id)
    _take_password(session, person, password_hash, spare=None)
    return person


def change_password(session: Session, actor: Actor, password_hash: str, *, instead_of: str | None) -> Person:
    """Sets another password: every other sign-in of the account ends. `instead_of` is the hash that was checked."""
    person = session.get_one(Person, actor.person_id, with_for_update=True, populate_existing=True)
    if person.password_hash != instead_of:
        raise WrongPassword
    _take_password(session, person, password_hash, spare=actor.sign_in_id)
    return person


def keep_profile(session: Session, actor: Actor, new: NewProfile) -> None:
    """Keeps name, language, time zone and alerts. Where the name is public, the record turns kept pages over;
    it says neither whose name nor which."""
    if not new.has_alerts and not may_refuse_alerts(actor):
        raise AlertsStay
    person = session.get_one(Person, actor.person_id)
    if person.name != new.name and is_shown(session, person.id):
        _note_name(session, person)
    person.name, person.has_alerts = new.name, new.has_alerts
    person.language, person.time_zone = new.language, new.time_zone
    journal(session, actor, "person.preferences_chosen", language=new.language, time_zone=new.time_zone)


def _note_name(session: Session, person: Person) -> None:
    note(session, SYSTEM, "name.changed", person, within=None)


def _take_password(session: Session, person: Person, password_hash: str, *, spare: int | None) -> None:
    person.password_hash = password_hash
    hers = Actor(person_id=person.id)
    end_tickets(session, person.id, clock.now())
    end_sign_ins(session, hers, person.id, spare=spare)
    ask_letter(session, "account.password_changed", secrets.token_hex(8), person_id=person.id)
    journal(session, hers, "person.password_changed")
