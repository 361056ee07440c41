"""Who is invited to a consultation? Organisations come onto its roster, get a part there, and are reminded to answer."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import OrganisationState, PartyRole, RoleKind, Stage, Track
from consult.drafts.models import Consultation, Party, PartyReminder
from consult.drafts.parties import BOTH
from consult.drafts.policy import may_run
from consult.drafts.refusals_roster import (
    ModeratorSitsThere,
    NobodyToRemind,
    NotListed,
    NotOpenToThem,
    RemindedLately,
    TwoPartiesOnly,
)
from consult.drafts.roster_letters import ask_invitation, reminded_last, with_heads
from consult.people.models import Organisation, Role, Seat
from consult.people.posting import ask_letter
from consult.people.standing import refuse_unduty
from consult.record.acts import journal, note
from consult.refusals import NotThere

BETWEEN_REMINDERS = timedelta(days=3)


def invite_party(
    session: Session, actor: Actor, consultation: Consultation, organisation_id: int, role: PartyRole
) -> Party:
    """Puts an organisation on the roster, or gives it another part there."""
    return invite_parties(session, actor, consultation, {organisation_id: role})[0]


def invite_parties(
    session: Session, actor: Actor, consultation: Consultation, parts: dict[int, PartyRole]
) -> tuple[Party, ...]:
    """Puts organisations on the roster, each with its part. Their heads get a letter, once there is a draft to read."""
    if not may_run(actor, consultation.id):
        raise NotThere
    session.flush()  # a refresh forgets what is not written yet
    session.refresh(consultation, with_for_update=True)
    refuse_unduty(session, actor, consultation.id)
    standing = {
        one.organisation_id: one
        for one in session.scalars(select(Party).where(Party.consultation_id == consultation.id))
    }
    organisations = {
        one.id: one for one in session.scalars(select(Organisation).where(Organisation.id.in_(parts)))
    }
    _refuse_third(consultation, {*standing, *parts})
    _refuse_unfit(session, consultation, [organisations[one] for one in parts if one not in standing])
    headed = with_heads(session, list(parts))
    found = []
    for organisation_id, wanted in parts.items():
        role = PartyRole.PARTY if consultation.track is Track.BILATERAL else wanted
        organisation, party = organisations[organisation_id], standing.get(organisation_id)
        if party is None:
            party = Party(consultation_id=consultation.id, organisation_id=organisation_id, role=role)
            session.add(party)
            session.flush()
            _note(session, actor, "party.invited", party, organisation)
            if organisation_id in headed and consultation.stage is not Stage.PREPARING:
                ask_invitation(session, party)
        elif party.role is not role:
            party.role = role
            _note(session, actor, "party.changed", party, organisation)
        found.append(party)
    return tuple(found)


def remind_parties(
    session: Session, actor: Actor, consultation: Consultation, organisation_ids: Sequence[int]
) -> int:
    """Reminds these organisations that they have not answered, each at most once in three days. Answers how many."""
    if not may_run(actor, consultation.id):
        raise NotThere
    session.flush()  # a refresh forgets what is not written yet
    session.refresh(consultation, with_for_update=True)
    refuse_unduty(session, actor, consultation.id)
    if consultation.stage is Stage.PREPARING:
        raise NotOpenToThem
    at, last = clock.now(), reminded_last(session, consultation.id)
    headed = with_heads(session, organisation_ids)
    parties = session.scalars(
        select(Party)
        .where(Party.consultation_id == consultation.id, Party.organisation_id.in_(headed))
        .order_by(Party.id)
    ).all()
    due = [one for one in parties if one.id not in last or last[one.id] + BETWEEN_REMINDERS <= at]
    if parties and not due:
        raise RemindedLately(min(last[one.id] for one in parties) + BETWEEN_REMINDERS)
    if not due:
        raise NobodyToRemind
    for party in due:
        reminder = PartyReminder(party_id=party.id, by_person_id=actor.person_id, at=at)
        session.add(reminder)
        session.flush()
        key = f"{reminder.id}/{at.isoformat()}"
        ask_letter(session, "roster.reminded", key, party_reminder_id=reminder.id)
    journal(session, actor, "parties.reminded", consultation=consultation.id, count=len(due))
    return len(due)


def _refuse_third(consultation: Consultation, organisation_ids: set[int]) -> None:
    if consultation.track is Track.BILATERAL and len(organisation_ids) > BOTH:
        raise TwoPartiesOnly


def _refuse_unfit(
    session: Session, consultation: Consultation, organisations: Sequence[Organisation]
) -> None:
    """Refuses organisations that are not there any more, and those in which a moderator of this consultation sits."""
    for organisation in organisations:
        if organisation.state is not OrganisationState.LISTED:
            raise NotListed(organisation.name)
    sitting = session.scalars(
        select(Seat.organisation_id)
        .join(Role, Role.person_id == Seat.person_id)
        .where(
            Seat.organisation_id.in_([one.id for one in organisations]),
            Seat.until.is_(None),
            Role.kind == RoleKind.MODERATOR,
            Role.consultation_id == consultation.id,
            Role.until.is_(None),
        )
    ).first()
    if sitting is not None:
        raise ModeratorSitsThere(next(one.name for one in organisations if one.id == sitting))


def _note(session: Session, actor: Actor, act: str, party: Party, organisation: Organisation) -> None:
    note(
        session,
        actor,
        act,
        party,
        within=party.consultation_id,
        organisation=organisation.name,
        role=party.role,
    )
