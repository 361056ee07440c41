"""What people do with accounts, organisations, seats and roles."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import SYSTEM, Actor
from consult.core.terms import SeatKind, StakeholderGroup
from consult.people.acts_roles import give_role as give_role
from consult.people.conflicts import locked, refuse_seat
from consult.people.models import Accreditation, Organisation, Person, Seat, SignIn, Throttle, Voice
from consult.people.policy import may_accredit, may_seat
from consult.people.refusals import EmailTaken
from consult.record.acts import journal, note
from consult.refusals import NotThere

WINDOW = timedelta(minutes=15)


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
    if session.scalar(select(Person.id).where(Person.email == email)):
        raise EmailTaken(email)
    person = Person(
        pseudonym="p-" + secrets.token_hex(5),
        email=email,
        name=new.name,
        language=new.language,
        time_zone=new.time_zone,
        password_hash=new.password_hash,
        created_at=clock.now(),
    )
    session.add(person)
    session.flush()
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


def start_sign_in(session: Session, person: Person, lasts: timedelta) -> str:
    """Signs a browser in. Answers the token that only the browser keeps."""
    token = secrets.token_urlsafe(32)
    at = clock.now()
    session.add(SignIn(person_id=person.id, token_hash=token_hash(token), started_at=at, ends_at=at + lasts))
    journal(session, Actor(person_id=person.id), "person.signed_in")
    return token


def end_sign_in(session: Session, actor: Actor, token: str) -> None:
    """Signs a browser out for good: the token opens nothing any more."""
    standing = session.scalar(select(SignIn).where(SignIn.token_hash == token_hash(token)))
    if standing is not None and standing.revoked_at is None:
        standing.revoked_at = clock.now()
        journal(session, actor, "person.signed_out")


def choose_language(session: Session, actor: Actor, language: str, time_zone: str) -> None:
    """Keeps the reader's language and time zone."""
    person = session.get_one(Person, actor.person_id)
    person.language, person.time_zone = language, time_zone
    journal(session, actor, "person.preferences_chosen", language=language, time_zone=time_zone)


def count_tries(session: Session, keys: Sequence[str]) -> None:
    """Counts one try under each key."""
    for key in sorted(keys):
        count_try(session, key)


def count_try(session: Session, key: str) -> None:
    """Counts one try under a key, in windows of a quarter of an hour. Journals only the first of a window."""
    at = clock.now()
    row = session.scalar(select(Throttle).where(Throttle.key == _hashed(key)).with_for_update())
    if row is None:
        session.add(Throttle(key=_hashed(key), window_started_at=at, count=1))
        journal(session, SYSTEM, "sign_in.refused")
    elif row.window_started_at + WINDOW <= at:
        row.window_started_at, row.count = at, 1
        journal(session, SYSTEM, "sign_in.refused")
    else:
        row.count += 1


def tries(session: Session, key: str, at: datetime) -> int:
    """How many tries the present window holds under this key."""
    row = session.scalar(select(Throttle).where(Throttle.key == _hashed(key)))
    return row.count if row is not None and row.window_started_at + WINDOW > at else 0


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
