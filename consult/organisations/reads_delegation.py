"""Who sits in a delegation, who is invited, who asks to join, and who does what there? For its members alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult.core.actors import Actor
from consult.core.clearance import may_move, may_write
from consult.core.names import Name
from consult.core.terms import PaperState, SeatKind, StakeholderGroup
from consult.organisations.acts_invitations import BETWEEN_LETTERS, MOST_REMINDERS
from consult.organisations.forgetting import FORGOTTEN_AFTER
from consult.organisations.models import Invitation, SeatRequest
from consult.organisations.naming import organisation_named
from consult.organisations.policy_seats import (
    Standing,
    is_left_headless,
    may_appoint,
    may_change,
    may_end,
    may_manage,
    may_read_delegation,
)
from consult.organisations.reads import organisation
from consult.organisations.reads_seats import is_open, standing
from consult.people.models import Person, Seat
from consult.refusals import NotThere

DRAFT, VERIFIED, SUBMITTED = PaperState.DRAFT, PaperState.VERIFIED, PaperState.SUBMITTED


@dataclass(frozen=True, slots=True)
class Entered:
    """A delegation whose door was passed: its organisation, and how the reader stands to it."""

    id: int
    slug: str
    name: Name
    group: StakeholderGroup
    levels: int
    who: Standing

    @property
    def manages(self) -> bool:
        """Whether the reader acts here, or only reads."""
        return may_manage(self.who)

    @property
    def gives(self) -> tuple[SeatKind, ...]:
        """The seats that the reader may give."""
        return tuple(kind for kind in SeatKind if may_appoint(self.who, kind))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a seat; `to` are the seats that the reader may give her instead."""

    pseudonym: str
    name: str
    kind: SeatKind
    since: datetime
    is_self: bool
    may_end: bool
    to: tuple[SeatKind, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody invited who did not accept yet; `may_remind` says whether the next letter may go out now."""

    key: str
    email: str
    name: str
    kind: SeatKind | None
    by: str
    made_at: datetime
    ends_at: datetime
    reminded_at: datetime | None
    reminder_count: int
    is_open: bool
    was_declined: bool
    may_manage: bool
    may_remind: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who asks to represent the organisation. Her address is shown to whoever answers."""

    key: str
    name: str
    email: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One step on a paper's way through the delegation, and who of its members takes it."""

    to: PaperState
    kinds: tuple[SeatKind, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delegation:
    """The delegation's page."""

    entered: Entered
    members: tuple[Member, ...]
    invited: tuple[Invited, ...]
    asking: tuple[Asking, ...]
    steps: tuple[Step, ...]

    @property
    def has_head(self) -> bool:
        """Whether a head sits here, acting ones apart."""
        return any(one.kind is SeatKind.HEAD for one in self.members)

    @property
    def has_acting_head(self) -> bool:
        """Whether an acting head sits here."""
        return any(one.kind is SeatKind.ACTING_HEAD for one in self.members)

    @property
    def own(self) -> Member | None:
        """The reader's seat."""
        return next((one for one in self.members if one.is_self), None)

    @property
    def heirs(self) -> tuple[Member, ...]:
        """Who could follow the reader."""
        return tuple(one for one in self.members if not one.is_self)

    @property
    def needs_heir(self) -> bool:
        """Whether the others would be left without a head if the reader went."""
        return is_left_headless([one.kind for one in self.members], [one.kind for one in self.heirs])


def entered(session: Session, actor: Actor, slug: str, language: str) -> Entered:
    """The door of a delegation: its members and administrators; for anybody else there is nothing here."""
    found = organisation(session, actor, slug)
    who = standing(session, actor, found.id)
    if not actor.is_signed_in or not may_read_delegation(who):
        raise NotThere
    name = organisation_named(session, found, language)
    return Entered(found.id, found.slug, name, found.stakeholder_group, found.clearance_levels, who)


def delegation(session: Session, actor: Actor, slug: str, language: str, at: datetime) -> Delegation:
    """The page; a fixed number of queries, however many sit there, are invited or ask."""
    door = entered(session, actor, slug, language)
    members = _members(session, actor, door)
    return Delegation(
        door, members, _invited(session, door, at), _asking(session, door), _steps(door, members)
    )


def member(page: Delegation, pseudonym: str) -> Member:
    """One of its members, by the lasting pseudonym."""
    for one in page.members:
        if one.pseudonym == pseudonym:
            return one
    raise NotThere


def asking(page: Delegation, key: str) -> Asking:
    """One of the requests that wait, for who may answer it."""
    for one in page.asking:
        if one.key == key and page.entered.manages:
            return one
    raise NotThere


def _members(session: Session, actor: Actor, door: Entered) -> tuple[Member, ...]:
    rows = session.execute(
        select(Person.id, Person.pseudonym, Person.name, Seat.kind, Seat.since)
        .join(Seat, Seat.person_id == Person.id)
        .where(Seat.organisation_id == door.id, Seat.until.is_(None))
    ).all()
    order = {SeatKind.HEAD: 0, SeatKind.ACTING_HEAD: 1, SeatKind.DEPUTY: 2, SeatKind.CONTRIBUTOR: 3}
    told = sorted(rows, key=lambda row: (order[row[3]], row[4]))
    return tuple(
        _member(door.who, row[1], row[2] or row[1], row[3], row[4], is_self=row[0] == actor.person_id)
        for row in told
    )


def _member(
    who: Standing, pseudonym: str, name: str, kind: SeatKind, since: datetime, *, is_self: bool
) -> Member:
    to = tuple(
        other for other in SeatKind if other is not kind and may_change(who, kind, other, is_own=is_self)
    )
    return Member(pseudonym, name, kind, since, is_self, may_end(who, kind, is_own=is_self), to)


def _invited(session: Session, door: Entered, at: datetime) -> tuple[Invited, ...]:
    by = aliased(Person)
    rows = session.execute(
        select(Invitation, by.name, by.pseudonym)
        .outerjoin(by, by.id == Invitation.by_person_id)
        .where(
            Invitation.organisation_id == door.id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.email.is_not(None),
            Invitation.ends_at > at - FORGOTTEN_AFTER,
        )
        .order_by(Invitation.ends_at, Invitation.id)
    ).all()
    return tuple(told(one, name or pseudonym or "", door.gives, at) for one, name, pseudonym in rows)


def told(one: Invitation, by: str, gives: tuple[SeatKind, ...], at: datetime) -> Invited:
    """An invitation as a page lists it."""
    stands = is_open(one, at)
    may = stands and (one.seat_kind in gives)
    again_at = (one.reminded_at or one.made_at) + BETWEEN_LETTERS
    return Invited(
        one.key,
        one.email or "",
        one.name,
        one.seat_kind,
        by,
        one.made_at,
        one.ends_at,
        one.reminded_at,
        one.reminder_count,
        stands,
        one.declined_at is not None,
        may,
        may and one.reminder_count < MOST_REMINDERS and again_at <= at,
    )


def _asking(session: Session, door: Entered) -> tuple[Asking, ...]:
    rows = session.execute(
        select(SeatRequest, Person.name, Person.pseudonym, Person.email)
        .join(Person, Person.id == SeatRequest.person_id)
        .where(SeatRequest.organisation_id == door.id, SeatRequest.decided_at.is_(None))
        .order_by(SeatRequest.at, SeatRequest.id)
    ).all()
    return tuple(
        Asking(one.key, name or pseudonym, (email or "") if door.manages else "", one.words, one.at)
        for one, name, pseudonym, email in rows
    )


def steps(levels: int) -> tuple[tuple[PaperState, tuple[SeatKind, ...]], ...]:
    """Each step of a paper at this level, and the seats that take it."""
    taken = [(DRAFT, tuple(kind for kind in SeatKind if may_write(levels, kind)))]
    if levels == 3:
        taken.append((VERIFIED, tuple(one for one in SeatKind if may_move(levels, one, DRAFT, VERIFIED))))
    before = VERIFIED if levels == 3 else DRAFT
    taken.append((SUBMITTED, tuple(one for one in SeatKind if may_move(levels, one, before, SUBMITTED))))
    return tuple(taken)


def _steps(door: Entered, members: tuple[Member, ...]) -> tuple[Step, ...]:
    return tuple(
        Step(to, kinds, tuple(one.name for one in members if one.kind in kinds))
        for to, kinds in steps(door.levels)
    )
