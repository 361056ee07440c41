"""Who sits in a delegation now, and how does somebody stand to it? Read anew each time: a seat ends at once."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from consult.core.actors import SYSTEM, Actor
from consult.core.terms import OrganisationState, RoleKind, SeatKind
from consult.organisations.models import Invitation
from consult.organisations.policy_seats import Standing, is_left_headless, may_appoint
from consult.people import reads as people
from consult.people.models import Organisation, Seat
from consult.people.policy import may_accredit, may_give_role


def standing(session: Session, actor: Actor, organisation_id: int) -> Standing:
    """How this actor stands to the delegation at this moment, whatever her request began with."""
    kind = session.scalar(
        select(Seat.kind)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .where(
            Seat.organisation_id == organisation_id,
            Seat.person_id == actor.person_id,
            Seat.until.is_(None),
            Organisation.state == OrganisationState.LISTED,
        )
    )
    return Standing(kind, may_accredit(actor))


def kinds(session: Session, organisation_id: int) -> dict[int, SeatKind]:
    """The kind of seat of each person who sits there, in the order of their coming."""
    rows = session.execute(
        select(Seat.person_id, Seat.kind)
        .where(Seat.organisation_id == organisation_id, Seat.until.is_(None))
        .order_by(Seat.since, Seat.id)
    )
    return {row[0]: row[1] for row in rows}


def to_hand_over(session: Session, person_id: int) -> tuple[Organisation, ...]:
    """The organisations whose other members would be left without a head if this person went."""
    seats = session.scalars(
        select(Organisation)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.person_id == person_id, Seat.until.is_(None))
        .order_by(Organisation.id)
    ).all()
    return tuple(one for one in seats if leaves_headless(kinds(session, one.id), person_id))


def leaves_headless(seated: dict[int, SeatKind], person_id: int) -> bool:
    """Whether this person's going would leave the others without a head."""
    after = [kind for other, kind in seated.items() if other != person_id]
    return is_left_headless(list(seated.values()), after)


class Wanted(Protocol):
    """What an invitation opens, as far as it is judged whether somebody may invite into it."""

    @property
    def organisation_id(self) -> int | None: ...
    @property
    def seat_kind(self) -> SeatKind | None: ...
    @property
    def role_kind(self) -> RoleKind | None: ...
    @property
    def consultation_id(self) -> int | None: ...


def may_invite(session: Session, actor: Actor, wanted: Wanted) -> bool:
    """Administrators anywhere, heads into their own delegation, and moderators an organisation's first person."""
    if wanted.role_kind is not None:
        is_bare = wanted.organisation_id is None and wanted.role_kind is not RoleKind.ADMINISTRATOR
        return is_bare and may_give_role(actor, wanted.role_kind, wanted.consultation_id)
    if wanted.organisation_id is None or wanted.seat_kind is None:
        return wanted.organisation_id is None and may_accredit(actor)
    if may_appoint(standing(session, actor, wanted.organisation_id), wanted.seat_kind):
        return True
    return (
        wanted.consultation_id is not None
        and wanted.seat_kind is SeatKind.HEAD
        and actor.moderates(wanted.consultation_id)
        and not kinds(session, wanted.organisation_id)
    )


def locked_organisation(session: Session, organisation_id: int) -> Organisation:
    """The organisation's row as it is now, locked: whoever changes its delegation waits here for the other."""
    query = select(Organisation).where(Organisation.id == organisation_id).with_for_update(key_share=True)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def lock_delegations_of(session: Session, person_id: int) -> None:
    """Locks the organisations that she sits in, in one order and before her own row: as everybody does who seats her."""
    sits = select(Seat.organisation_id).where(Seat.person_id == person_id, Seat.until.is_(None))
    for organisation_id in sorted(set(session.scalars(sits))):
        locked_organisation(session, organisation_id)


def open_at(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Which invitations can still be accepted, as far as their own row says."""
    return (
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.declined_at.is_(None),
        Invitation.ends_at > at,
    )


def is_open(invitation: Invitation, at: datetime) -> bool:
    """The same of a row in hand."""
    is_answered = invitation.accepted_at or invitation.revoked_at or invitation.declined_at
    return not is_answered and invitation.ends_at > at


def seat_of(session: Session, person_id: int, organisation_id: int) -> Seat | None:
    """The seat that this person has there now."""
    return session.scalar(
        select(Seat).where(
            Seat.person_id == person_id, Seat.organisation_id == organisation_id, Seat.until.is_(None)
        )
    )


def inviter_of(session: Session, invitation: Invitation) -> Actor:
    """Who invited, with the seats and roles that she has now; the program itself where nobody did."""
    if invitation.by_person_id is None:
        return SYSTEM
    return people.actor(session, people.person(session, invitation.by_person_id))
