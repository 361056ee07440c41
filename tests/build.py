"""Real rows with sane defaults: say what matters, and the rest is hidden here.

Everything is made through the program's own acts, so a builder can never make what the program could not.
"""

from datetime import UTC, datetime
from functools import lru_cache
from itertools import count

from sqlalchemy.orm import Session

from consult.core.actors import SYSTEM, Actor
from consult.core.terms import RoleKind, SeatKind, StakeholderGroup
from consult.people import acts as people
from consult.people import reads
from consult.people.models import Organisation, Person
from consult.people.passwords import hashed

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)

_numbers = count(1)


@lru_cache
def _hash(password: str) -> str:
    return hashed(password, time_cost=1, memory_kib=8)


def a_person(
    session: Session,
    *,
    name: str = "Amina Odhiambo",
    email: str | None = None,
    password: str | None = None,
    language: str = "en",
    time_zone: str = "UTC",
) -> Person:
    """Someone with an account."""
    new = people.NewPerson(
        email=email or f"person{next(_numbers)}@example.org",
        name=name,
        language=language,
        time_zone=time_zone,
        password_hash=_hash(password) if password else None,
    )
    return people.add_person(session, SYSTEM, new)


def an_organisation(
    session: Session,
    *,
    name: str | None = None,
    group: StakeholderGroup = StakeholderGroup.GOVERNMENT,
    country: str = "KE",
    levels: int = 2,
    accredited: bool = True,
) -> Organisation:
    """An organisation, accredited unless said otherwise."""
    number = next(_numbers)
    new = people.NewOrganisation(
        slug=f"organisation-{number}",
        name=name or f"Organisation {number}",
        name_language="en",
        group=group,
        country=country,
        clearance_levels=levels,
    )
    organisation = people.add_organisation(session, SYSTEM, new)
    if accredited:
        people.accredit_organisation(session, SYSTEM, organisation, is_accredited=True, reason="known to us")
    return organisation


def a_delegate(
    session: Session,
    organisation: Organisation | None = None,
    *,
    seat: SeatKind = SeatKind.HEAD,
    language: str = "en",
) -> Person:
    """A person in a seat of a delegation."""
    person = a_person(session, name=f"Delegate {next(_numbers)}", language=language)
    people.give_seat(session, SYSTEM, person, organisation or an_organisation(session), seat)
    session.flush()
    return person


def a_moderator(session: Session) -> Person:
    """Somebody who moderates everywhere."""
    return _with_role(session, RoleKind.MODERATOR)


def an_administrator(session: Session) -> Person:
    """Somebody who administers."""
    return _with_role(session, RoleKind.ADMINISTRATOR)


def acting(session: Session, person: Person) -> Actor:
    """The actor that this person is, from her seat if she has one."""
    session.flush()
    return reads.actor(session, person)


def _with_role(session: Session, kind: RoleKind) -> Person:
    person = a_person(session, name=f"{kind} {next(_numbers)}")
    people.give_role(session, SYSTEM, person, kind)
    session.flush()
    return person
