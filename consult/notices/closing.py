"""Who hears, 72 hours before, that a round closes? Whoever may still speak; and nobody if its end was moved meanwhile."""

from collections import Counter
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.models import Contribution
from consult.core.hearing import closing
from consult.core.terms import PaperState
from consult.notices.following import reason
from consult.notices.reads_circle import picture_of
from consult.notices.writing import MOST, NewLetter, write_letters
from consult.people.models import Voice
from consult.rounds.models import Round

UNSENT = (PaperState.DRAFT, PaperState.VERIFIED)


def write_closing(session: Session, round_id: int, closes_at: datetime, most: int = MOST) -> int:
    """Writes at most so many of a round's letters. Answers how many are still to be written."""
    round_ = session.get(Round, round_id)
    if round_ is None or round_.closes_at != closes_at or clock.now() >= closes_at:
        return 0
    return write_letters(session, _letters(session, round_), most)


def _letters(session: Session, round_: Round) -> list[NewLetter]:
    papers = session.execute(
        select(Voice.organisation_id, Voice.person_id, Contribution.id)
        .join(Contribution, Contribution.voice_id == Voice.id)
        .where(Contribution.round_id == round_.id, Contribution.state.in_(UNSENT))
    ).all()
    waiting = {organisation_id for organisation_id, _, _ in papers if organisation_id is not None}
    writing = {person_id for _, person_id, _ in papers if person_id is not None}
    picture = picture_of(session, round_.consultation_id, waiting, writing)
    of_organisation = Counter(organisation_id for organisation_id, _, _ in papers)
    of_person = Counter(person_id for _, person_id, _ in papers)
    to = round_.closes_at.isoformat()
    return [
        NewLetter(
            key=f"round:{round_.id}:closing:{to}:person:{one.person_id}",
            kind="round.closing",
            person_id=one.person_id,
            consultation_id=round_.consultation_id,
            facts={
                "round_id": round_.id,
                "closes_at": to,
                "paper_count": of_organisation[one.organisation_id]
                if one.organisation_id
                else of_person[one.person_id],
                **reason(one),
            },
        )
        for one in closing(picture, waiting, writing)
    ]
