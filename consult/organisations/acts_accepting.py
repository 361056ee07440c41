"""What does the reader of an invitation answer? Yes with her account, yes with a new one, or no; and only once.

Whatever the link's row promised is judged anew: who invited must still be one who may, or the link opens nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import SYSTEM, Actor
from consult.core.terms import OrganisationState
from consult.organisations.forgetting import FORGOTTEN_AFTER, forget_later
from consult.organisations.models import Invitation
from consult.organisations.reads_seats import inviter_of, is_open, locked_organisation, may_invite, seat_of
from consult.organisations.refusals_delegation import AddressHasAccount, AnotherAddress, SeatedAlready
from consult.people import reads
from consult.people.acts import NewPerson, add_person, give_seat
from consult.people.acts_roles import give_role
from consult.people.locking import locked_person
from consult.people.models import Organisation, Person
from consult.people.posting import ask_letter
from consult.record.acts import journal
from consult.refusals import LinkOver


@dataclass(frozen=True, slots=True)
class NewAccount:
    """The account that an invited person makes; its address is the one that the link reached."""

    name: str
    password_hash: str
    language: str
    time_zone: str


def accept_invitation(session: Session, actor: Actor, key: str, *, is_confirmed: bool) -> Invitation:
    """Takes what is offered with the account that is signed in."""
    invitation, inviter = _opened(session, key, actor.person_id)
    person = reads.person(session, actor.person_id)
    if person.email != invitation.email and not is_confirmed:
        raise AnotherAddress(invitation.email or "", person.email or "")
    _take(session, actor, invitation, inviter, person)
    return invitation


def accept_as_new(session: Session, actor: Actor, key: str, new: NewAccount) -> Person:
    """Makes the account and takes what is offered; that the link arrived proves the address."""
    invitation, inviter = _opened(session, key)
    email = invitation.email or ""
    if reads.person_of_email(session, email) is not None:
        raise AddressHasAccount(email)
    account = NewPerson(email, new.name, new.language, new.time_zone, new.password_hash)
    person = add_person(session, actor, account)
    session.flush()
    _take(session, reads.actor(session, person), invitation, inviter, person)
    return person


def decline_invitation(session: Session, actor: Actor, key: str) -> Invitation:
    """Says no; who holds the link may, signed in or not."""
    invitation, _inviter = _opened(session, key)
    invitation.declined_at = clock.now()
    forget_later(session, invitation.declined_at)
    journal(session, actor, "invitation.declined", organisation_id=invitation.organisation_id)
    return invitation


def forget_invited(session: Session, actor: Actor, at: datetime) -> int:
    """Empties names and addresses of invitations that ended thirty days ago."""
    end = at - FORGOTTEN_AFTER
    ended = or_(
        Invitation.accepted_at <= end,
        Invitation.revoked_at <= end,
        Invitation.declined_at <= end,
        Invitation.ends_at <= end,
    )
    found = session.scalars(
        select(Invitation).where(Invitation.email.is_not(None), ended).with_for_update()
    ).all()
    for invitation in found:
        invitation.email, invitation.name, invitation.words = None, "", ""
    if found:
        journal(session, actor, "invitations.forgotten", count=len(found))
    return len(found)


def _opened(session: Session, key: str, reader_id: int | None = None) -> tuple[Invitation, Actor]:
    """The invitation, locked and still open, and who invited, as she stands now; whose account takes it, locked before."""
    invitation = session.scalar(select(Invitation).where(Invitation.key == key))
    if invitation is None:
        raise LinkOver
    if invitation.organisation_id is not None:
        organisation = locked_organisation(session, invitation.organisation_id)
        if organisation.state is not OrganisationState.LISTED:
            raise LinkOver
    if reader_id is not None:
        locked_person(session, reader_id)
    session.refresh(invitation, with_for_update=True)
    if not is_open(invitation, clock.now()) or invitation.email is None:
        raise LinkOver
    inviter = inviter_of(session, invitation)
    if not may_invite(session, inviter, invitation):
        raise LinkOver
    return invitation, inviter


def _take(session: Session, actor: Actor, invitation: Invitation, inviter: Actor, person: Person) -> None:
    if invitation.organisation_id is not None and invitation.seat_kind is not None:
        if seat_of(session, person.id, invitation.organisation_id) is not None:
            raise SeatedAlready(person.email or "")
        organisation = session.get_one(Organisation, invitation.organisation_id)
        seat = give_seat(session, SYSTEM, person, organisation, invitation.seat_kind)
        session.flush()
        ask_letter(session, "seat.taken", seat.id, seat_id=seat.id)
    if invitation.role_kind is not None:
        give_role(
            session,
            inviter,
            person,
            invitation.role_kind,
            consultation_id=invitation.consultation_id,
            language=invitation.role_language,
        )
    invitation.accepted_at, invitation.accepted_by_id = clock.now(), person.id
    forget_later(session, invitation.accepted_at)
    journal(
        session,
        actor,
        "invitation.accepted",
        organisation_id=invitation.organisation_id,
        by=inviter.pseudonym,
        kind=invitation.seat_kind,
        role=invitation.role_kind,
    )
