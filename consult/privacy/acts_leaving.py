"""How does somebody leave? Seats and roles end, everything that names her is erased, and her pseudonym stays.

What an organisation submitted stays; her own comments stay under the pseudonym; what she did in office stays the
consultation's. The record still verifies: it never held her name, and what it disclosed of her is dropped.
"""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import OrganisationState
from consult.jobs import put
from consult.organisations.acts_seats import leave_delegation
from consult.organisations.reads_seats import lock_delegations_of
from consult.people.acts_roles import end_role
from consult.people.conflicts import locked
from consult.people.models import Organisation, Person, Role, Seat
from consult.privacy import erasing
from consult.privacy.reads import parting
from consult.privacy.refusals import PseudonymMistyped, StillNeeded
from consult.record.acts import journal, note
from consult.refusals import NotThere

SCRUBBING = "privacy.scrub"


def leave(session: Session, actor: Actor, typed: str) -> Person:
    """Erases her, in one transaction; a job then rewrites the tables and deletes the files of letters to her.

    Refused while others depend on her: the last head of a delegation, the last in a chair.
    """
    if actor.person_id is None:
        raise NotThere
    me = replace(actor, place=None)
    lock_delegations_of(session, actor.person_id)
    person = locked(session, session.get_one(Person, actor.person_id))
    if person.erased_at is not None:
        raise NotThere
    if typed.strip().casefold() != person.pseudonym.casefold():
        raise PseudonymMistyped(person.pseudonym)
    if parting(session, me, person.language, clock.now()).is_needed:
        raise StillNeeded
    _end_seats(session, me)
    _end_roles(session, me)
    session.flush()
    letters = erasing.erase(session, person, actor.own_voice_id)
    _empty(person)
    session.flush()
    note(session, me, "person.left", person, within=None, person=person.pseudonym)
    put(session, SCRUBBING, f"{person.id}", letters=" ".join(letters))
    return person


def _end_seats(session: Session, me: Actor) -> None:
    rows = session.execute(
        select(Seat, Organisation.state)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .where(Seat.person_id == me.person_id, Seat.until.is_(None))
        .order_by(Seat.organisation_id)
    ).all()
    for seat, state in rows:
        if state is OrganisationState.LISTED:
            leave_delegation(session, me, seat.organisation_id, is_confirmed=True)
        else:  # no delegation works there any more
            seat.until = clock.now()
            journal(session, me, "seat.ended", organisation_id=seat.organisation_id, kind=seat.kind)


def _end_roles(session: Session, me: Actor) -> None:
    """Those for one consultation first: the one for all stands in for them meanwhile."""
    roles = session.scalars(select(Role).where(Role.person_id == me.person_id, Role.until.is_(None))).all()
    for role in sorted(roles, key=lambda one: (one.consultation_id is None, one.id)):
        end_role(session, me, role)


def _empty(person: Person) -> None:
    person.email = person.name = person.password_hash = person.totp_secret = person.totp_step = None
    person.language, person.time_zone, person.has_alerts = "en", "UTC", False
    person.erased_at = clock.now()
