"""How does somebody stand to an organisation's own words: does she head it, did she propose it, does she administer?"""

from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.organisations.models import Proposal
from consult.organisations.reads_seats import standing


class Hand(TypedDict):
    """What `policy.may_describe` asks of a person."""

    heads: bool
    proposed_it: bool
    administers: bool


def hand(session: Session, actor: Actor, organisation_id: int) -> Hand:
    """As it is at this moment, whatever the request began with."""
    found = standing(session, actor, organisation_id)
    hers = select(Proposal.id).where(
        Proposal.organisation_id == organisation_id, Proposal.by_person_id == actor.person_id
    )
    proposed = actor.person_id is not None and session.scalar(hers) is not None
    return Hand(heads=found.heads, proposed_it=proposed, administers=found.is_administrator)
