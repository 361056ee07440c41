"""Who is she, and which organisations are there?"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import VISITOR, Actor, Duty, Place
from consult.core.terms import OrganisationState, RoleKind, SeatKind
from consult.people.models import Organisation, Person, Role, Seat, SignIn, Voice
from consult.people.reads_demonstration import Account as Account
from consult.people.reads_demonstration import demonstration_accounts as demonstration_accounts
from consult.people.reads_speakers import Speaker as Speaker
from consult.people.reads_speakers import accredited
from consult.people.reads_speakers import accredited_groups as accredited_groups
from consult.people.reads_speakers import accredited_voices as accredited_voices
from consult.people.reads_speakers import organisations as organisations
from consult.people.reads_speakers import speakers as speakers
from consult.people.reads_speakers import voices_of as voices_of


def person_of_email(session: Session, email: str) -> Person | None:
    """The account with this address."""
    return session.scalar(select(Person).where(Person.email == email.strip().casefold()))


def credential(session: Session, email: str) -> tuple[int | None, str | None]:
    """The account's id and password hash; neither for an address that nobody has."""
    found = person_of_email(session, email)
    return (found.id, found.password_hash) if found else (None, None)


def person(session: Session, person_id: int | None) -> Person:
    """The account with this id, which is known to exist."""
    return session.get_one(Person, person_id)


def actor_of_token(session: Session, token_hash: str, at: datetime, *, needs_strength: bool = False) -> Actor:
    """The actor behind a browser's token; the visitor where it opens nothing.

    Where strength is needed, a weak session's duties to moderate and to administer rest.
    """
    row = session.execute(
        select(Person, Voice.id, SignIn.id, SignIn.is_strong, SignIn.seen_at)
        .select_from(Person)
        .join(SignIn, SignIn.person_id == Person.id)
        .outerjoin(Voice, Voice.person_id == Person.id)
        .where(
            SignIn.token_hash == token_hash,
            SignIn.revoked_at.is_(None),
            SignIn.ends_at > at,
            Person.erased_at.is_(None),
        )
    ).first()
    if row is None:
        return VISITOR
    found = replace(actor_of(session, row[0], row[1]), sign_in_id=row[2], seen_at=row[4])
    return resting(found) if needs_strength and not row[3] else found


def resting(who: Actor) -> Actor:
    """The same actor with the duties at rest that ask for a second factor; translators keep theirs."""
    keeps = tuple(duty for duty in who.duties if duty.kind is RoleKind.TRANSLATOR)
    rests = tuple(duty for duty in who.duties if duty.kind is not RoleKind.TRANSLATOR)
    return replace(who, duties=keeps, resting=rests)


def roused(who: Actor) -> Actor:
    """The same actor with all her duties: she has just shown a second factor."""
    return replace(who, duties=(*who.duties, *who.resting), resting=())


def actor(session: Session, person: Person, place: str | None = None) -> Actor:
    """The actor that a person is, speaking from the seat of the organisation with this slug, if given."""
    voice_id = session.scalar(select(Voice.id).where(Voice.person_id == person.id))
    found = actor_of(session, person, voice_id)
    return speaking_for(found, place) if place else found


def actor_of(session: Session, person: Person, voice_id: int | None) -> Actor:
    """The actor with seats and roles; who has one seat speaks from it."""
    places = _places(session, person.id)
    duties = tuple(
        Duty(role.kind, role.consultation_id, role.language)
        for role in session.scalars(
            select(Role).where(Role.person_id == person.id, Role.until.is_(None)).order_by(Role.id)
        )
    )
    return Actor(
        person_id=person.id,
        pseudonym=person.pseudonym,
        name=person.name,
        language=person.language,
        time_zone=person.time_zone,
        own_voice_id=voice_id,
        places=places,
        duties=duties,
        place=places[0] if len(places) == 1 else None,
    )


def speaking_for(who: Actor, slug: str) -> Actor:
    """The same actor, speaking from her seat in this organisation; without one there, from none."""
    return replace(who, place=next((place for place in who.places if place.slug == slug), None))


def _places(session: Session, person_id: int) -> tuple[Place, ...]:
    rows = session.execute(
        select(Seat.kind, Organisation, Voice.id, accredited())
        .select_from(Seat)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .join(Voice, Voice.organisation_id == Organisation.id)
        .where(
            Seat.person_id == person_id,
            Seat.until.is_(None),
            Organisation.state == OrganisationState.LISTED,
        )
        .order_by(Seat.since, Seat.id)
    ).all()
    return tuple(
        Place(
            organisation_id=organisation.id,
            slug=organisation.slug,
            name=organisation.name,
            name_language=organisation.name_language,
            group=organisation.stakeholder_group,
            clearance_levels=organisation.clearance_levels,
            is_accredited=bool(is_accredited),
            voice_id=voice_id,
            kind=SeatKind(kind),
        )
        for kind, organisation, voice_id, is_accredited in rows
    )
