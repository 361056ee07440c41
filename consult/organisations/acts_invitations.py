"""Who is invited into what, and by whom? One row an invitation, fourteen days long; the link in its letter opens it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import OrganisationState, RoleKind, SeatKind
from consult.organisations.forgetting import forget_later
from consult.organisations.models import Invitation
from consult.organisations.reads_seats import (
    Wanted,
    is_open,
    locked_organisation,
    may_invite,
    open_at,
    seat_of,
    standing,
)
from consult.organisations.refusals_delegation import (
    AccountAlready,
    InvitationOver,
    InvitedTooOften,
    NotYours,
    OrganisationNotListed,
    OthersSitThere,
    RemindedEnough,
    RemindedLately,
    RoleAlready,
    SeatedAlready,
    SeatOver,
    TooManyInvitations,
)
from consult.people import reads
from consult.people.models import Person, Role
from consult.people.policy import may_accredit
from consult.people.posting import ask_letter
from consult.record.acts import journal
from consult.refusals import NotThere, Refusal

LASTS = timedelta(days=14)
BETWEEN_LETTERS, A_DAY = timedelta(days=3), timedelta(days=1)
MOST_REMINDERS, MOST_OPEN, MOST_TO_ONE = 3, 100, 3
OF_ALL = (NotThere, NotYours, SeatOver, OrganisationNotListed)


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """Whom to invite into what: a seat of an organisation, a role, or just the site.

    With `consultation_id` and the seat of a head, a moderator invites the first person of an organisation on a roster.
    """

    email: str
    name: str = ""
    language: str = "en"
    organisation_id: int | None = None
    seat_kind: SeatKind | None = None
    role_kind: RoleKind | None = None
    role_language: str | None = None
    consultation_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of one line: the invitation, made or renewed, with a letter or without; or why not."""

    email: str
    name: str = ""
    invitation: Invitation | None = None
    is_renewed: bool = False
    has_letter: bool = False
    refusal: Refusal | None = None


def invite(session: Session, actor: Actor, new: NewInvitation) -> Invitation:
    """Invites somebody by letter; the same address into the same place again renews what stands."""
    told = _invited(session, actor, new)
    assert told.invitation is not None
    return told.invitation


def invite_several(session: Session, actor: Actor, several: Sequence[NewInvitation]) -> tuple[Invited, ...]:
    """Invites each, and says of each what came of it; who may not invite here at all is refused as a whole."""
    for organisation_id in sorted(
        {one.organisation_id for one in several if one.organisation_id is not None}
    ):
        locked_organisation(session, organisation_id)
    told: list[Invited] = []
    for new in several:
        try:
            told.append(_invited(session, actor, new))
        except Refusal as no:
            if isinstance(no, OF_ALL) and new.consultation_id is None:
                raise
            told.append(Invited(new.email, new.name, refusal=no))
    return tuple(told)


def remind_invited(session: Session, actor: Actor, key: str) -> Invitation:
    """Writes once more: at most once in three days, and three times."""
    invitation = _managed(session, actor, key)
    again_at = (invitation.reminded_at or invitation.made_at) + BETWEEN_LETTERS
    if invitation.reminder_count >= MOST_REMINDERS:
        raise RemindedEnough
    if clock.now() < again_at:
        raise RemindedLately(again_at)
    invitation.reminded_at = clock.now()
    invitation.reminder_count += 1
    _post(session, "seat.reminded", invitation)
    journal(session, actor, "invitation.reminded", organisation_id=invitation.organisation_id)
    return invitation


def revoke_invitation(session: Session, actor: Actor, key: str) -> Invitation:
    """Takes an invitation back: its link opens nothing any more."""
    invitation = _managed(session, actor, key)
    _revoke(session, actor, invitation)
    return invitation


def revoke_invitations_of(session: Session, actor: Actor, person: Person, organisation_id: int) -> None:
    """Takes back what somebody whose seat was ended or changed may no longer offer."""
    found = session.scalars(
        select(Invitation)
        .where(
            Invitation.by_person_id == person.id,
            Invitation.organisation_id == organisation_id,
            *open_at(clock.now()),
        )
        .order_by(Invitation.id)
        .with_for_update()
    ).all()
    inviter = reads.actor(session, person) if found else actor
    for invitation in found:
        if not may_invite(session, inviter, invitation):
            _revoke(session, actor, invitation)


def _invited(session: Session, actor: Actor, new: NewInvitation) -> Invited:
    email = new.email.strip().casefold()
    found = locked_organisation(session, new.organisation_id) if new.organisation_id is not None else None
    _refuse_uninvited(session, actor, new)
    if found is not None and found.state is not OrganisationState.LISTED:
        raise OrganisationNotListed
    _refuse_who_is_there(session, new, email)
    at = clock.now()
    invitation = _standing(session, new, email, at)
    if invitation is not None:
        return _renewed(session, actor, invitation, new, at)
    _refuse_too_many(session, actor, new, email, at)
    invitation = Invitation(
        key=secrets.token_urlsafe(16),
        email=email,
        name=new.name,
        language=new.language,
        organisation_id=new.organisation_id,
        seat_kind=new.seat_kind,
        role_kind=new.role_kind,
        role_language=new.role_language,
        consultation_id=new.consultation_id,
        words=new.words,
        by_person_id=actor.person_id,
        made_at=at,
        ends_at=at + LASTS,
        reminder_count=0,
    )
    session.add(invitation)
    session.flush()
    _post(session, "seat.invited", invitation)
    forget_later(session, invitation.ends_at)
    journal(session, actor, "invitation.made", organisation_id=new.organisation_id, **_what(new))
    return Invited(new.email, new.name, invitation, has_letter=True)


def _refuse_uninvited(session: Session, actor: Actor, wanted: Wanted) -> None:
    if may_invite(session, actor, wanted):
        return
    if wanted.organisation_id is None or wanted.role_kind is not None:
        raise NotThere
    who = standing(session, actor, wanted.organisation_id)
    of_roster = wanted.consultation_id if wanted.seat_kind is SeatKind.HEAD else None
    if who.kind is None and of_roster is not None and actor.moderates(of_roster):
        raise OthersSitThere
    raise NotYours if who.heads else SeatOver if who.kind else NotThere


def _refuse_who_is_there(session: Session, new: NewInvitation, email: str) -> None:
    person = reads.person_of_email(session, email)
    if person is None:
        return
    if new.role_kind is not None:
        has = select(Role.id).where(
            Role.person_id == person.id,
            Role.kind == new.role_kind,
            Role.consultation_id.is_not_distinct_from(new.consultation_id),
            Role.language.is_not_distinct_from(new.role_language),
            Role.until.is_(None),
        )
        if session.scalar(has.limit(1)) is not None:
            raise RoleAlready(email)
    elif new.organisation_id is None:
        raise AccountAlready(email)
    elif seat_of(session, person.id, new.organisation_id) is not None:
        raise SeatedAlready(email)


def _standing(session: Session, new: NewInvitation, email: str, at: datetime) -> Invitation | None:
    alike = [
        Invitation.email == email,
        Invitation.organisation_id.is_not_distinct_from(new.organisation_id),
        Invitation.role_kind.is_not_distinct_from(new.role_kind),
        Invitation.role_language.is_not_distinct_from(new.role_language),
    ]
    if new.role_kind is not None:
        alike.append(Invitation.consultation_id.is_not_distinct_from(new.consultation_id))
    query = select(Invitation).where(*alike, *open_at(at)).order_by(Invitation.id).limit(1)
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def _renewed(
    session: Session, actor: Actor, invitation: Invitation, new: NewInvitation, at: datetime
) -> Invited:
    """The same row, fourteen days from now; a letter goes only if the last one is three days old."""
    if new.consultation_id is not None and not may_invite(session, actor, invitation):
        return Invited(new.email, new.name, invitation, is_renewed=True)
    _refuse_uninvited(session, actor, invitation)
    invitation.seat_kind, invitation.words = new.seat_kind, new.words or invitation.words
    invitation.name, invitation.language = new.name or invitation.name, new.language
    invitation.consultation_id, invitation.by_person_id = new.consultation_id, actor.person_id
    invitation.ends_at = at + LASTS
    writes = at >= (invitation.reminded_at or invitation.made_at) + BETWEEN_LETTERS
    if writes:
        invitation.reminded_at = at
        _post(session, "seat.invited", invitation)
    forget_later(session, invitation.ends_at)
    journal(session, actor, "invitation.renewed", organisation_id=new.organisation_id, **_what(new))
    return Invited(new.email, new.name, invitation, is_renewed=True, has_letter=writes)


def _refuse_too_many(session: Session, actor: Actor, new: NewInvitation, email: str, at: datetime) -> None:
    to_one = select(func.count()).where(
        Invitation.email == email,
        Invitation.organisation_id.is_not_distinct_from(new.organisation_id),
        Invitation.made_at > at - BETWEEN_LETTERS,
    )
    if (session.scalar(to_one) or 0) >= MOST_TO_ONE:
        raise InvitedTooOften(email)
    if may_accredit(actor) or new.consultation_id is not None:
        return
    counts = or_(Invitation.made_at > at - A_DAY, and_(*open_at(at)))
    mine = select(func.count()).where(Invitation.by_person_id == actor.person_id, counts)
    if (session.scalar(mine) or 0) >= MOST_OPEN:
        raise TooManyInvitations(MOST_OPEN)


def _managed(session: Session, actor: Actor, key: str) -> Invitation:
    invitation = session.scalar(select(Invitation).where(Invitation.key == key))
    if invitation is None:
        raise NotThere
    if invitation.organisation_id is not None:
        locked_organisation(session, invitation.organisation_id)
    session.refresh(invitation, with_for_update=True)
    of_roster = invitation.consultation_id
    if of_roster is None or not actor.moderates(of_roster):
        _refuse_uninvited(session, actor, invitation)
    if not is_open(invitation, clock.now()):
        raise InvitationOver
    return invitation


def _revoke(session: Session, actor: Actor, invitation: Invitation) -> None:
    invitation.revoked_at = clock.now()
    forget_later(session, invitation.revoked_at)
    journal(session, actor, "invitation.revoked", organisation_id=invitation.organisation_id)


def _post(session: Session, kind: str, invitation: Invitation) -> None:
    """One letter for each time that it is asked for."""
    key = f"{invitation.id}-{(invitation.reminded_at or invitation.made_at).timestamp():.0f}"
    ask_letter(session, kind, key, invitation_id=invitation.id)


def _what(new: NewInvitation) -> dict[str, str | None]:
    return {"kind": new.seat_kind, "role": new.role_kind, "language": new.role_language}
