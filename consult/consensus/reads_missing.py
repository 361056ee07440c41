"""Who was invited, and who has not answered yet? The roster as its moderators see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.comments.reads_taking_part import spoken_by
from consult.core.terms import OrganisationState, PartyRole, StakeholderGroup
from consult.drafts.acts_roster import BETWEEN_REMINDERS
from consult.drafts.models import Party
from consult.drafts.reads import Consulted
from consult.drafts.roster_letters import reminded_last, with_heads
from consult.organisations.models import Invitation
from consult.organisations.reads_seats import open_at
from consult.people.models import Organisation, Seat
from consult.people.reads import Speaker, speakers, voices_of
from consult.record.models import Chain, Entry
from consult.refusals import NotThere


@dataclass(frozen=True, slots=True)
class RosterLine:
    """An organisation on the roster, and how far it has come."""

    voice: Speaker
    part: PartyRole
    is_listed: bool
    invited_at: datetime | None
    has_head: bool
    has_members: bool
    asked_at: datetime | None
    has_answered: bool
    reminded_at: datetime | None
    may_be_reminded: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """All that are invited, by group; how many of them have answered, and how many can be reminded now."""

    groups: tuple[tuple[StakeholderGroup, tuple[RosterLine, ...]], ...]
    count: int
    answered_count: int
    headless_count: int
    remindable: tuple[int, ...]


def roster_of(session: Session, consulted: Consulted, at: datetime) -> Roster:
    """The roster with who is missing. A fixed number of queries."""
    rows = session.execute(
        select(Party.id, Party.organisation_id, Party.role, Organisation.state)
        .join(Organisation, Organisation.id == Party.organisation_id)
        .where(Party.consultation_id == consulted.id)
        .order_by(Party.id)
    ).all()
    ids = [row.organisation_id for row in rows]
    voices = dict(zip(ids, voices_of(session, ids), strict=True))
    named = speakers(session, voices.values())
    invited, asked = _invited_at(session, consulted.id), _asked_at(session, ids, at)
    spoken, headed = spoken_by(session, [consulted.id]), with_heads(session, ids)
    seated = _with_members(session, ids)
    reminded = reminded_last(session, consulted.id)

    def line(party_id: int, organisation_id: int, part: PartyRole, state: OrganisationState) -> RosterLine:
        last = reminded.get(party_id)
        has_answered = organisation_id in spoken
        is_due = last is None or last + BETWEEN_REMINDERS <= at
        return RosterLine(
            voice=named[voices[organisation_id]],
            part=part,
            is_listed=state is OrganisationState.LISTED,
            invited_at=invited.get(party_id),
            has_head=organisation_id in headed,
            has_members=organisation_id in seated,
            asked_at=asked.get(organisation_id),
            has_answered=has_answered,
            reminded_at=last,
            may_be_reminded=not has_answered and is_due and organisation_id in headed,
        )

    lines = [line(*row) for row in rows]
    return _grouped(lines)


def party_named(session: Session, consulted: Consulted, slug: str) -> Speaker:
    """The organisation on the roster with this slug."""
    found = session.scalar(
        select(Organisation.id)
        .join(Party, Party.organisation_id == Organisation.id)
        .where(Party.consultation_id == consulted.id, Organisation.slug == slug)
    )
    if found is None:
        raise NotThere
    voice = voices_of(session, [found])[0]
    return speakers(session, [voice])[voice]


def is_taken(session: Session, voice: Speaker) -> bool:
    """Whether somebody sits in this delegation already."""
    return bool(_with_members(session, [voice.organisation_id or 0]))


def _with_members(session: Session, organisation_ids: Sequence[int]) -> set[int]:
    query = select(Seat.organisation_id).where(
        Seat.organisation_id.in_(organisation_ids), Seat.until.is_(None)
    )
    return set(session.scalars(query.distinct()))


def _grouped(lines: Sequence[RosterLine]) -> Roster:
    by_group = {group: tuple(one for one in lines if one.voice.group is group) for group in StakeholderGroup}
    return Roster(
        groups=tuple((group, found) for group, found in by_group.items() if found),
        count=len(lines),
        answered_count=sum(one.has_answered for one in lines),
        headless_count=sum(not one.has_head for one in lines),
        remindable=tuple(one.voice.organisation_id or 0 for one in lines if one.may_be_reminded),
    )


def _invited_at(session: Session, consultation_id: int) -> dict[int, datetime]:
    """When each party was invited, by the record; last, where one was removed and came again."""
    rows = session.execute(
        select(Entry.thing_id, func.max(Entry.at))
        .join(Chain, Chain.id == Entry.chain_id)
        .where(Chain.consultation_id == consultation_id, Entry.act == "party.invited")
        .group_by(Entry.thing_id)
    )
    return {row[0]: row[1] for row in rows}


def _asked_at(session: Session, organisation_ids: Sequence[int], at: datetime) -> dict[int, datetime]:
    """When somebody was last invited to head each delegation, where that invitation is still open."""
    rows = session.execute(
        select(Invitation.organisation_id, func.max(Invitation.made_at))
        .where(
            Invitation.organisation_id.in_(organisation_ids),
            Invitation.seat_kind.is_not(None),
            *open_at(at),
        )
        .group_by(Invitation.organisation_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}
