"""What people do with accounts, organisations, seats and roles."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import SeatKind, StakeholderGroup
from consult.people.acts_roles import give_role as give_role
from consult.people.acts_sessions import end_sign_in as end_sign_in
from consult.people.acts_sessions import start_sign_in as start_sign_in
from consult.people.acts_sessions import token_hash as token_hash
from consult.people.addresses import taking
from consult.people.conflicts import locked, refuse_seat
from consult.people.models import Accreditation, Organisation, Person, Seat, Voice
from consult.people.policy import may_accredit, may_seat
from consult.record.acts import journal, note
from consult.refusals import NotThere


@dataclass(frozen=True, slots=True)
class NewPerson:
    """An account to be made; the password comes hashed."""

    email: str
    name: str
    language: str
    time_zone: str
    password_hash: str | None = None


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """An organisation to be entered; `name` is its own name for itself, in `name_language`."""

    slug: str
    name: str
    name_language: str
    group: StakeholderGroup
    country: str
    clearance_levels: int = 2


def add_person(session: Session, actor: Actor, new: NewPerson) -> Person:
    """Makes an account, with the pseudonym that lasts."""
    email = new.email.strip().casefold()
    person = Person(
        pseudonym="p-" + secrets.token_hex(5),
        email=email,
        name=new.name,
        language=new.language,
        time_zone=new.time_zone,
        password_hash=new.password_hash,
        created_at=clock.now(),
    )
    with taking(session, email):
        session.add(person)
    session.add(Voice(person_id=person.id))
    journal(session, actor, "person.added", person=person.pseudonym)
    return person


def add_organisation(session: Session, actor: Actor, new: NewOrganisation) -> Organisation:
    """Enters an organisation and its voice; it counts once it is accredited."""
    if not may_accredit(actor):
        raise NotThere
    organisation = Organisation(
        slug=new.slug,
        name=new.name,
        name_language=new.name_language,
        stakeholder_group=new.group,
        country=new.country,
        clearance_levels=new.clearance_levels,
    )
    session.add(organisation)
    session.flush()
    session.add(Voice(organisation_id=organisation.id))
    note(
        session,
        actor,
        "organisation.added",
        organisation,
        within=None,
        organisation=new.name,
        group=new.group,
        country=new.country,
    )
    return organisation


def accredit_organisation(
    session: Session, actor: Actor, organisation: Organisation, *, is_accredited: bool, reason: str
) -> Accreditation:
    """Says that an organisation's positions count, or no longer do, and why."""
    if not may_accredit(actor):
        raise NotThere
    accreditation = Accreditation(
        organisation_id=organisation.id,
        is_accredited=is_accredited,
        reason=reason,
        by_person_id=actor.person_id,
        at=clock.now(),
    )
    session.add(accreditation)
    act = "organisation.accredited" if is_accredited else "organisation.accreditation_ended"
    note(
        session,
        actor,
        act,
        organisation,
        within=None,
        organisation=organisation.name,
        disclosed={"reason": reason},
    )
    return accreditation


def give_seat(
    session: Session, actor: Actor, person: Person, organisation: Organisation, kind: SeatKind
) -> Seat:
    """Seats a person in a delegation, ending the seat she had there."""
    if not may_seat(actor, organisation.id):
        raise NotThere
    refuse_seat(session, locked(session, person), organisation.id)
    at = clock.now()
    standing = session.scalar(
        select(Seat).where(
            Seat.person_id == person.id, Seat.organisation_id == organisation.id, Seat.until.is_(None)
        )
    )
    if standing is not None:
        standing.until = at
        session.flush()
    seat = Seat(person_id=person.id, organisation_id=organisation.id, kind=kind, since=at)
    session.add(seat)
    journal(session, actor, "seat.given", organisation_id=organisation.id, person=person.pseudonym, kind=kind)
    return seat
