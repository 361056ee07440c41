"""Are both sides of bilateral talks named? Nothing is published and no round is planned before."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core.terms import Track
from consult.drafts.models import Consultation, Party
from consult.drafts.refusals_roster import TwoPartiesNeeded

BOTH = 2


def refuse_one_sided(session: Session, consultation: Consultation) -> None:
    """Refuses bilateral talks that have not two parties; all others may go on."""
    if consultation.track is not Track.BILATERAL:
        return
    count = session.scalar(
        select(func.count()).select_from(Party).where(Party.consultation_id == consultation.id)
    )
    if count != BOTH:
        raise TwoPartiesNeeded(count or 0)
