"""What could sway whoever moderates or translates here? She declares it, everybody reads it, and the record keeps it."""

from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.drafts.models import Consultation, Interest
from consult.drafts.policy import serves
from consult.record.acts import note
from consult.refusals import NotThere


def declare_interest(session: Session, actor: Actor, consultation: Consultation, words: str) -> Interest:
    """Declares a conflict of interest, or with no words that there is none. What was declared before stays readable."""
    if not serves(actor, consultation.id) or actor.person_id is None:
        raise NotThere
    said = words.strip()
    interest = Interest(
        consultation_id=consultation.id, person_id=actor.person_id, words=said, at=clock.now()
    )
    session.add(interest)
    session.flush()
    note(
        session,
        actor,
        "interest.declared",
        interest,
        within=consultation.id,
        disclosed={"words": said} if said else None,
        person=actor.pseudonym,
    )
    return interest
