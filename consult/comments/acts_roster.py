"""Who leaves a roster? An organisation is taken off with reasons; not out of talks between two in which it has spoken."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.comments.reads_taking_part import spoken_by
from consult.core.actors import Actor
from consult.core.terms import Track
from consult.drafts.models import Consultation, Party, PartyReminder
from consult.drafts.policy import may_run
from consult.drafts.refusals_roster import HasSpoken, NoReason
from consult.people.models import Organisation
from consult.people.standing import refuse_unduty
from consult.record.acts import note
from consult.refusals import NotThere


def remove_party(
    session: Session, actor: Actor, consultation: Consultation, organisation_id: int, reason: str
) -> None:
    """Takes an organisation off the roster. What it said stays; a restricted consultation closes to it at once."""
    if not may_run(actor, consultation.id):
        raise NotThere
    session.flush()  # a refresh forgets what is not written yet
    session.refresh(consultation, with_for_update=True)
    refuse_unduty(session, actor, consultation.id)
    party = session.scalar(
        select(Party).where(
            Party.consultation_id == consultation.id, Party.organisation_id == organisation_id
        )
    )
    if party is None:
        raise NotThere
    if not reason.strip():
        raise NoReason
    organisation = session.get_one(Organisation, organisation_id)
    if consultation.track is Track.BILATERAL and organisation_id in spoken_by(session, [consultation.id]):
        raise HasSpoken(organisation.name)
    note(
        session,
        actor,
        "party.removed",
        organisation,
        within=consultation.id,
        disclosed={"reason": reason.strip()},
        organisation=organisation.name,
    )
    session.execute(delete(PartyReminder).where(PartyReminder.party_id == party.id))
    session.delete(party)
    session.flush()
