"""What people do with passkeys: register them under a name, sign in with them, remove them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import FactorChange, TicketPurpose
from consult.people import passkeys
from consult.people.acts_factors import strengthen, tell, weaken_without_factor
from consult.people.asking import MAKING, SIGNING
from consult.people.ceremonies import spend, standing
from consult.people.locking import locked_person
from consult.people.marks import mark_of
from consult.people.models import Person
from consult.people.models_access import Passkey
from consult.people.passkeys import NotThatPasskey, Site
from consult.people.refusals_factors import (
    NoSuchFactor,
    PasskeyCopied,
    PasskeyNotMade,
    PasskeyRefused,
    StepOver,
)
from consult.record.acts import journal


def add_passkey(session: Session, actor: Actor, site: Site, key: str | None, answer: str, name: str) -> None:
    """Keeps the passkey that the browser made; whoever made it has it at hand, so the sign-in is a strong one."""
    person = locked_person(session, actor.person_id)
    ticket = spend(session, TicketPurpose.CEREMONY, key)
    if ticket.person_id != person.id or ticket.facts.get("about") != MAKING:
        raise PasskeyNotMade
    try:
        new = passkeys.made(answer, passkeys.challenge_of(ticket.facts["challenge"]), site)
    except NotThatPasskey as error:
        raise PasskeyNotMade from error
    if session.scalar(select(Passkey.id).where(Passkey.credential_id == new.credential_id)):
        raise PasskeyNotMade
    session.add(
        Passkey(
            person_id=person.id,
            credential_id=new.credential_id,
            public_key=new.public_key,
            sign_count=new.sign_count,
            name=name,
            transports=list(new.transports),
            made_at=clock.now(),
        )
    )
    session.flush()
    strengthen(session, actor)
    tell(session, person, FactorChange.PASSKEY_ADDED)


def use_passkey(session: Session, person_id: int | None, site: Site, key: str | None, answer: str) -> int:
    """Takes a passkey's signature: of this person's, or of anyone's that knew its person. Answers whose it is."""
    ticket = standing(session, TicketPurpose.CEREMONY, key, clock.now())
    if ticket is None:
        raise StepOver
    if ticket.person_id != person_id or ticket.facts.get("about") != SIGNING:
        raise PasskeyRefused
    try:
        person = locked_person(session, _owner(session, answer))
        ticket = spend(session, TicketPurpose.CEREMONY, key)
        passkey = _locked_passkey(session, answer)
        said_handle = passkeys.handle(answer)
        if person_id not in (None, person.id) or said_handle not in (None, person.pseudonym):
            raise PasskeyRefused
        said = passkeys.signed(
            answer,
            passkeys.challenge_of(ticket.facts["challenge"]),
            site,
            passkey.public_key,
            needs_verification=person_id is None,
        )
    except NotThatPasskey as error:
        raise PasskeyRefused from error
    if passkeys.was_copied(passkey.sign_count, said.sign_count):
        raise PasskeyCopied(person.id)
    passkey.sign_count, passkey.used_at = said.sign_count, clock.now()
    journal(session, Actor(person_id=person.id), "passkey.used")
    return person.id


def tell_of_copy(session: Session, person_id: int) -> None:
    """Tells the owner that a passkey of hers was refused because somebody may hold a copy."""
    tell(session, session.get_one(Person, person_id), FactorChange.PASSKEY_COPIED)


def remove_passkey(session: Session, actor: Actor, mark: str) -> None:
    """Removes the passkey with this mark."""
    person = locked_person(session, actor.person_id)
    mine = session.scalars(select(Passkey).where(Passkey.person_id == person.id)).all()
    found = next((one for one in mine if mark_of(one.credential_id) == mark), None)
    if found is None:
        raise NoSuchFactor
    session.delete(found)
    session.flush()
    weaken_without_factor(session, person)
    tell(session, person, FactorChange.PASSKEY_REMOVED)


def _owner(session: Session, answer: str) -> int:
    """Whose passkey an answer says it is from."""
    named = passkeys.credential_id(answer)
    person_id = session.scalar(select(Passkey.person_id).where(Passkey.credential_id == named))
    if person_id is None:
        raise PasskeyRefused
    return person_id


def _locked_passkey(session: Session, answer: str) -> Passkey:
    """That passkey as it is now, its owner being locked."""
    query = select(Passkey).where(Passkey.credential_id == passkeys.credential_id(answer))
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise PasskeyRefused
    return found
