"""Which letters does a roster ask for? An invitation to the heads of each organisation, once there is a draft to read."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.terms import HEADS
from consult.drafts.models import Party, PartyReminder
from consult.people.models import Seat
from consult.people.posting import ask_letter


def ask_invitation(session: Session, party: Party) -> None:
    """The letter to an organisation's heads. Ids of rows that were deleted can come again, instants not."""
    ask_letter(session, "roster.invited", f"{party.id}/{clock.now().isoformat()}", party_id=party.id)


def ask_invitations(session: Session, consultation_id: int) -> None:
    """The letters to all on the roster that have a head: when the first draft is published."""
    parties = session.scalars(
        select(Party).where(Party.consultation_id == consultation_id).order_by(Party.id)
    ).all()
    headed = with_heads(session, [one.organisation_id for one in parties])
    for party in parties:
        if party.organisation_id in headed:
            ask_invitation(session, party)


def with_heads(session: Session, organisation_ids: Collection[int]) -> set[int]:
    """Those of these organisations in which somebody would get a letter."""
    query = select(Seat.organisation_id).where(
        Seat.organisation_id.in_(organisation_ids), Seat.until.is_(None), Seat.kind.in_(HEADS)
    )
    return set(session.scalars(query))


def reminded_last(session: Session, consultation_id: int) -> dict[int, datetime]:
    """When each party was reminded last."""
    rows = session.execute(
        select(PartyReminder.party_id, func.max(PartyReminder.at))
        .join(Party, Party.id == PartyReminder.party_id)
        .where(Party.consultation_id == consultation_id)
        .group_by(PartyReminder.party_id)
    )
    return {row[0]: row[1] for row in rows}
