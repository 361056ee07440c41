"""Two entries in the list turn out to be one organisation: how does the one go on in the other?"""

from collections.abc import Callable, Sequence
from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import HEADS, OrganisationState, SeatKind
from consult.organisations.administering import administered, end_accreditation, unseated
from consult.organisations.models import Invitation, Merger, SeatRequest
from consult.organisations.reads_seats import kinds
from consult.organisations.refusals import MergedIntoItself
from consult.people.acts import give_seat
from consult.people.models import MechanismMember, Organisation, Person, Seat
from consult.people.refusals import VoiceElsewhere
from consult.people.refusals_roles import ModeratesEverywhere
from consult.record.acts import journal, note

at_merging: list[Callable[[Session, Actor, Organisation, Organisation], None]] = []
"""What else goes over, in rooms above that know it; create_app puts those who move it here."""

LISTED, DISABLED, MERGED = OrganisationState.LISTED, OrganisationState.DISABLED, OrganisationState.MERGED


def merge_organisation(
    session: Session, actor: Actor, organisation_id: int, into_id: int, reason: str
) -> Organisation:
    """Ends one organisation in another, which is answered: people, requests, invitations and memberships go over.

    What it said stays under its name. Its accreditation ends, so that nothing counts twice; the other's stays as it is.
    """
    if organisation_id == into_id:
        raise MergedIntoItself
    found = {
        one: administered(session, actor, one, {LISTED} if one == into_id else {LISTED, DISABLED})
        for one in sorted((organisation_id, into_id))
    }
    organisation, into = found[organisation_id], found[into_id]
    end_accreditation(session, actor, organisation, reason)
    by = unseated(actor)
    _move_seats(session, by, organisation, into)
    _move_requests(session, by, organisation, into)
    _move_invitations(session, organisation, into)
    _move_memberships(session, organisation, into)
    for move in at_merging:
        move(session, by, organisation, into)
    organisation.state = MERGED
    merger = Merger(
        organisation_id=organisation.id,
        into_id=into.id,
        reason=reason,
        by_person_id=actor.person_id,
        at=clock.now(),
    )
    session.add(merger)
    facts = {"organisation": organisation.name, "into": into.name, "into_slug": into.slug}
    note(session, by, "organisation.merged", organisation, within=None, disclosed={"reason": reason}, **facts)
    return into


def _move_seats(session: Session, by: Actor, organisation: Organisation, into: Organisation) -> None:
    """Who has no seat there gets the same there; but a head comes as a deputy where the other has heads of its own."""
    there = kinds(session, into.id)
    is_headed = any(kind in HEADS for kind in there.values())
    at = clock.now()
    for seat in _standing(session, organisation.id):
        seat.until = at
        person = session.get_one(Person, seat.person_id)
        journal(session, by, "seat.ended", organisation_id=organisation.id, person=person.pseudonym)
        if seat.person_id not in there:
            kind = SeatKind.DEPUTY if is_headed and seat.kind in HEADS else seat.kind
            # Who moderates where the other takes part keeps the chair and loses the seat.
            with suppress(VoiceElsewhere, ModeratesEverywhere):
                give_seat(session, by, person, into, kind)


def _standing(session: Session, organisation_id: int) -> Sequence[Seat]:
    query = select(Seat).where(Seat.organisation_id == organisation_id, Seat.until.is_(None))
    return session.scalars(query.order_by(Seat.person_id)).all()


def _move_requests(session: Session, by: Actor, organisation: Organisation, into: Organisation) -> None:
    """Who asked for a seat now asks there; who has one there, or asked there too, needs no second answer."""
    asked = set(
        session.scalars(
            select(SeatRequest.person_id).where(
                SeatRequest.organisation_id == into.id, SeatRequest.decided_at.is_(None)
            )
        )
    )
    seated = set(kinds(session, into.id))
    waiting = select(SeatRequest).where(
        SeatRequest.organisation_id == organisation.id, SeatRequest.decided_at.is_(None)
    )
    for request in session.scalars(waiting).all():
        if request.person_id in seated | asked:
            request.decided_at, request.decided_by_id = clock.now(), by.person_id
            request.is_granted = request.person_id in seated
        else:
            request.organisation_id = into.id


def _move_invitations(session: Session, organisation: Organisation, into: Organisation) -> None:
    waiting = select(Invitation).where(
        Invitation.organisation_id == organisation.id,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.declined_at.is_(None),
    )
    for invitation in session.scalars(waiting).all():
        invitation.organisation_id = into.id


def _move_memberships(session: Session, organisation: Organisation, into: Organisation) -> None:
    there = set(
        session.scalars(
            select(MechanismMember.mechanism_id).where(MechanismMember.organisation_id == into.id)
        )
    )
    ours = select(MechanismMember).where(MechanismMember.organisation_id == organisation.id)
    for member in session.scalars(ours).all():
        if member.mechanism_id in there:
            session.delete(member)
        else:
            member.organisation_id = into.id
