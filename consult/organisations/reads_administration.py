"""What do administrators see of organisations: what waits for their word, each one's page, what a merger would do?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.names import Name
from consult.core.terms import HEADS, OrganisationState, SeatKind
from consult.organisations.models import Invitation, Mandate, Proposal, SeatRequest
from consult.organisations.reads import OrganisationProfile, organisation, profile, words_of
from consult.organisations.reads_directory import Line, Listing, listing_of, lookalikes
from consult.organisations.reads_seats import kinds
from consult.organisations.refusals import MergedIntoItself, NoSuchOrganisation
from consult.people.models import MechanismMember, Organisation, OrganisationWords, Person
from consult.people.policy import may_accredit
from consult.refusals import NotThere


@dataclass(frozen=True, slots=True)
class Letter:
    """A mandate as it is listed: never its bytes."""

    key: str
    file_name: str
    media_type: str
    size: int
    at: datetime

    @property
    def kilobytes(self) -> int:
        return -(-self.size // 1000)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One proposal in a list."""

    slug: str
    name: Name
    state: OrganisationState
    at: datetime
    proposer: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposal with all that is said in it, and the answer once there is one. `by` is for administrators only."""

    profile: OrganisationProfile
    words: tuple[OrganisationWords, ...]
    to_administrators: str
    at: datetime
    by: Person
    decided_at: datetime | None
    answer: str
    letters: tuple[Letter, ...]
    alike: tuple[Line, ...]
    is_hers: bool


@dataclass(frozen=True, slots=True)
class Administration:
    """One organisation as administrators see it."""

    profile: OrganisationProfile
    head_count: int
    seat_count: int
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Merging:
    """What would happen if the one were merged into the other."""

    ends: Name
    into: Name
    into_slug: str
    into_id: int
    moving_count: int
    deputising_count: int
    seated_already_count: int
    request_count: int
    invitation_count: int
    membership_count: int
    ends_accreditation: bool
    is_counted: bool


def proposals(session: Session, actor: Actor) -> tuple[Waiting, ...]:
    """What waits for an administrator's word, the oldest first."""
    if not may_accredit(actor):
        raise NotThere
    return _waiting(session, Proposal.decided_at.is_(None))


def own_proposals(session: Session, actor: Actor) -> tuple[Waiting, ...]:
    """What this person has proposed, the oldest first."""
    return _waiting(session, Proposal.by_person_id == actor.person_id)


def proposal(session: Session, actor: Actor, slug: str, language: str) -> Proposed:
    """One proposal, for its proposer and administrators, whatever became of it."""
    found = organisation(session, actor, slug)
    row = session.execute(
        select(Proposal, Person)
        .join(Person, Person.id == Proposal.by_person_id)
        .where(Proposal.organisation_id == found.id)
    ).first()
    if row is None or not (may_accredit(actor) or row[1].id == actor.person_id):
        raise NotThere
    words = words_of(session, found.id)
    names = (found.name, *(one.name for one in words))
    return Proposed(
        profile=profile(session, actor, slug, language),
        words=words,
        to_administrators=row[0].words,
        at=row[0].at,
        by=row[1],
        decided_at=row[0].decided_at,
        answer=row[0].answer,
        letters=letters(session, found.id),
        alike=lookalikes(session, names, found.website, language, but=found.id),
        is_hers=row[1].id == actor.person_id,
    )


def administration(session: Session, actor: Actor, slug: str, language: str) -> Administration:
    """One organisation that was entered, with its story in the record."""
    if not may_accredit(actor):
        raise NotThere
    found = profile(session, actor, slug, language)
    if found.state not in (OrganisationState.LISTED, OrganisationState.DISABLED):
        raise NotThere
    seated = kinds(session, found.id)
    heads = sum(kind in HEADS for kind in seated.values())
    return Administration(found, heads, len(seated), letters(session, found.id))


def other_one(session: Session, ends: Organisation, words: str) -> Listing | None:
    """The listed organisation that these words name, other than the one that is to end; None for no words."""
    if not words:
        return None
    found = listing_of(session, words)
    if found is None:
        raise NoSuchOrganisation
    if found.id == ends.id:
        raise MergedIntoItself
    return found


def merging(session: Session, actor: Actor, ends: Organisation, into: Listing) -> Merging:
    """What the merger would move, and what it would end."""
    if not may_accredit(actor):
        raise NotThere
    ours, theirs = kinds(session, ends.id), kinds(session, into.id)
    moving = {person_id: kind for person_id, kind in ours.items() if person_id not in theirs}
    is_headed = any(kind in HEADS for kind in theirs.values())
    ending = profile(session, actor, ends.slug, ends.name_language)
    return Merging(
        ends=ending.own_name,
        into=into.own_name,
        into_slug=into.slug,
        into_id=into.id,
        moving_count=len(moving),
        deputising_count=sum(_heads(kind) for kind in moving.values()) if is_headed else 0,
        seated_already_count=len(ours) - len(moving),
        request_count=_count(session, SeatRequest, ends.id, SeatRequest.decided_at.is_(None)),
        invitation_count=_count(
            session, Invitation, ends.id, Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None)
        ),
        membership_count=_count(session, MechanismMember, ends.id),
        ends_accreditation=ending.is_accredited,
        is_counted=into.is_accredited,
    )


def letters(session: Session, organisation_id: int) -> tuple[Letter, ...]:
    """The mandates that were handed in for it, the newest first; the bytes stay where they are."""
    rows = session.execute(
        select(Mandate.key, Mandate.file_name, Mandate.media_type, Mandate.size, Mandate.at)
        .where(Mandate.organisation_id == organisation_id)
        .order_by(Mandate.id.desc())
    )
    return tuple(Letter(*row) for row in rows)


def mandate(session: Session, actor: Actor, slug: str, key: str) -> Mandate:
    """One mandate with its bytes, for administrators; to everybody else it is not there."""
    if not may_accredit(actor):
        raise NotThere
    found = organisation(session, actor, slug)
    row = session.scalar(select(Mandate).where(Mandate.key == key, Mandate.organisation_id == found.id))
    if row is None:
        raise NotThere
    return row


def _heads(kind: SeatKind) -> bool:
    return kind in HEADS


def _count(session: Session, table: type, organisation_id: int, *where: object) -> int:
    query = select(func.count(table.id)).where(table.organisation_id == organisation_id, *where)  # type: ignore[attr-defined,arg-type]
    return session.scalars(query).one()


def _waiting(session: Session, which: object) -> tuple[Waiting, ...]:
    rows = session.execute(
        select(Organisation, Proposal.at, Person.pseudonym)
        .join(Proposal, Proposal.organisation_id == Organisation.id)
        .join(Person, Person.id == Proposal.by_person_id)
        .where(which)  # type: ignore[arg-type]
        .order_by(Proposal.id)
    )
    return tuple(
        Waiting(row[0].slug, Name(row[0].name_language, row[0].name), row[0].state, row[1], row[2])
        for row in rows
    )
