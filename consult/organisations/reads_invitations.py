"""What does an invitation's link offer, which invitations lie open outside of delegations, and what waits for me?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from consult.core.actors import Actor
from consult.core.names import Name
from consult.core.terms import HEADS, OrganisationState, RoleKind, SeatKind
from consult.organisations.forgetting import FORGOTTEN_AFTER
from consult.organisations.models import Invitation, Proposal, SeatRequest
from consult.organisations.naming import organisation_named, title_of
from consult.organisations.reads_seats import inviter_of, is_open, may_invite, open_at
from consult.people import reads
from consult.people.models import Organisation, Person, Seat
from consult.people.policy import may_accredit
from consult.refusals import LinkOver, NotThere

HEADLESS = ~exists().where(
    Seat.organisation_id == Organisation.id, Seat.until.is_(None), Seat.kind.in_(HEADS)
)


@dataclass(frozen=True, slots=True)
class Offer:
    """Who invites whom into what; `own` is the address of the account that is signed in."""

    email: str
    name: str
    by: str
    organisation: Name | None
    slug: str | None
    kind: SeatKind | None
    role: RoleKind | None
    role_language: str | None
    consultation: Name | None
    words: str
    ends_at: datetime
    has_account: bool
    own: str | None

    @property
    def is_for_another(self) -> bool:
        """Whether who is signed in has another address than the one invited."""
        return self.own is not None and self.own != self.email


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation to the site or into a role, as administrators see it."""

    key: str
    email: str
    role: RoleKind | None
    role_language: str | None
    by: str
    ends_at: datetime
    reminder_count: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request, a proposal or an invitation of mine, and its organisation."""

    organisation: Name | None
    slug: str | None
    key: str
    at: datetime
    kind: SeatKind | None = None
    role: RoleKind | None = None
    state: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Mine:
    """The organisations of whoever is signed in, and what she waits for."""

    who: Actor
    requests: tuple[Waiting, ...]
    proposals: tuple[Waiting, ...]
    invitations: tuple[Waiting, ...]
    headless: tuple[Waiting, ...]


def offer(session: Session, actor: Actor, key: str, language: str, at: datetime) -> Offer:
    """What the link opens, if anything; judged as its acceptance would be."""
    found = session.scalar(select(Invitation).where(Invitation.key == key))
    if found is None or not is_open(found, at) or found.email is None:
        raise LinkOver
    inviter = inviter_of(session, found)
    organisation = session.get(Organisation, found.organisation_id) if found.organisation_id else None
    is_listed = organisation is None or organisation.state is OrganisationState.LISTED
    if not is_listed or not may_invite(session, inviter, found):
        raise LinkOver
    own = reads.person(session, actor.person_id).email if actor.is_signed_in else None
    return Offer(
        email=found.email,
        name=found.name,
        by=inviter.name or "",
        organisation=organisation_named(session, organisation, language) if organisation else None,
        slug=organisation.slug if organisation else None,
        kind=found.seat_kind,
        role=found.role_kind,
        role_language=found.role_language,
        consultation=title_of(session, found.consultation_id, language),
        words=found.words,
        ends_at=found.ends_at,
        has_account=reads.person_of_email(session, found.email) is not None,
        own=own,
    )


def open_invitations(session: Session, actor: Actor, at: datetime) -> tuple[OpenInvitation, ...]:
    """Those to the site and into roles everywhere, for administrators. Who is asked to serve in one consultation stands
    on its page, for those who may see it."""
    if not may_accredit(actor):
        raise NotThere
    by = aliased(Person)
    rows = session.execute(
        select(Invitation, by.name, by.pseudonym)
        .outerjoin(by, by.id == Invitation.by_person_id)
        .where(Invitation.organisation_id.is_(None), Invitation.consultation_id.is_(None), *open_at(at))
        .order_by(Invitation.ends_at, Invitation.id)
    ).all()
    return tuple(
        OpenInvitation(
            one.key,
            one.email or "",
            one.role_kind,
            one.role_language,
            name or pseudonym or "",
            one.ends_at,
            one.reminder_count,
        )
        for one, name, pseudonym in rows
    )


def mine(session: Session, actor: Actor, at: datetime) -> Mine:
    """One's seats, requests, proposals and invitations; for administrators, what nobody else answers."""
    return Mine(
        actor,
        _requests(session, actor, at),
        _proposals(session, actor),
        _invitations(session, actor, at),
        _headless(session) if may_accredit(actor) else (),
    )


def standing_request(session: Session, actor: Actor, organisation_id: int) -> SeatRequest | None:
    """One's own request that waits with this organisation."""
    return session.scalar(
        select(SeatRequest).where(
            SeatRequest.person_id == actor.person_id,
            SeatRequest.organisation_id == organisation_id,
            SeatRequest.decided_at.is_(None),
        )
    )


def _requests(session: Session, actor: Actor, at: datetime) -> tuple[Waiting, ...]:
    lately = SeatRequest.decided_at.is_(None) | (SeatRequest.decided_at > at - 3 * FORGOTTEN_AFTER)
    rows = session.execute(
        select(SeatRequest, Organisation)
        .join(Organisation, Organisation.id == SeatRequest.organisation_id)
        .where(SeatRequest.person_id == actor.person_id, lately)
        .order_by(SeatRequest.id.desc())
    ).all()
    return tuple(
        Waiting(_own(place), place.slug, one.key, one.at, state=_state(one), words=one.answer)
        for one, place in rows
    )


def _state(one: SeatRequest) -> str:
    if one.decided_at is None:
        return "waiting"
    return {True: "granted", False: "refused", None: "withdrawn"}[one.is_granted]


def _proposals(session: Session, actor: Actor) -> tuple[Waiting, ...]:
    rows = session.execute(
        select(Proposal, Organisation)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(Proposal.by_person_id == actor.person_id)
        .order_by(Proposal.id.desc())
    ).all()
    return tuple(
        Waiting(_own(place), place.slug, place.slug, one.at, state=place.state, words=one.answer)
        for one, place in rows
    )


def _invitations(session: Session, actor: Actor, at: datetime) -> tuple[Waiting, ...]:
    rows = session.execute(
        select(Invitation, Organisation)
        .join(Person, Person.email == Invitation.email)
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Person.id == actor.person_id, *open_at(at))
        .order_by(Invitation.ends_at, Invitation.id)
    ).all()
    return tuple(
        Waiting(
            _own(place) if place else None,
            place.slug if place else None,
            one.key,
            one.ends_at,
            kind=one.seat_kind,
            role=one.role_kind,
        )
        for one, place in rows
    )


def _headless(session: Session) -> tuple[Waiting, ...]:
    """Requests that no head can answer, the oldest first."""
    rows = session.execute(
        select(SeatRequest, Organisation)
        .join(Organisation, Organisation.id == SeatRequest.organisation_id)
        .where(SeatRequest.decided_at.is_(None), HEADLESS, Organisation.state == OrganisationState.LISTED)
        .order_by(SeatRequest.at, SeatRequest.id)
    ).all()
    return tuple(Waiting(_own(place), place.slug, one.key, one.at) for one, place in rows)


def _own(place: Organisation) -> Name:
    return Name(place.name_language, place.name)
