"""Where does a voice stand on a clause, and what of it goes on to the next draft?"""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session, aliased

from consult import clock
from consult.comments.clearing import locked, refuse_untimely, refuse_without_voice
from consult.comments.models import Position
from consult.comments.policy import may_take_position
from consult.comments.refusals import NotCleared
from consult.core.actors import Actor
from consult.core.terms import ClauseKind, PaperState, PositionOrigin, Stance
from consult.drafts.models import Clause, ClauseText, Consultation, Descent, Draft
from consult.people.models import Voice
from consult.record.acts import note
from consult.refusals import NotThere
from consult.rounds.models import Round


def take_position(
    session: Session, actor: Actor, round_id: int, clause_id: int, stance: Stance, reached_at: datetime
) -> Position:
    """Says where a voice stands on a clause without a comment; an objection needs one, and is refused here."""
    round_ = session.get_one(Round, round_id)
    consultation = locked(session, Consultation, round_.consultation_id)
    refuse_without_voice(session, actor, consultation)
    stands = (ClauseText.draft_id == round_.draft_id) & (ClauseText.clause_id == clause_id)
    if session.scalar(select(ClauseText.id).where(stands)) is None:
        raise NotThere
    if not may_take_position(actor) or stance is Stance.OBJECT:
        raise NotCleared(PaperState.DRAFT)
    voice = locked(session, Voice, actor.voice_id)
    refuse_untimely(round_, reached_at)
    own = (
        (Position.voice_id == voice.id)
        & (Position.draft_id == round_.draft_id)
        & (Position.clause_id == clause_id)
        & Position.is_current
    )
    session.execute(update(Position).where(own).values(is_current=False))
    position = Position(
        voice_id=voice.id,
        draft_id=round_.draft_id,
        clause_id=clause_id,
        stance=stance,
        origin=PositionOrigin.GIVEN,
        by_person_id=actor.person_id,
        at=reached_at,
        is_current=True,
    )
    session.add(position)
    session.flush()
    code = session.get_one(Clause, clause_id).code
    note(
        session,
        actor,
        "position.taken",
        position,
        within=consultation.id,
        clause=code,
        stance=stance,
        round=round_.ordinal,
    )
    return position


def carry_positions(session: Session, actor: Actor, from_draft_id: int, to_draft_id: int) -> int:
    """Carries positions over to the next draft where a clause's words are the same and it has no descent."""
    was, now_ = aliased(ClauseText), aliased(ClauseText)
    descended = select(Descent.id).where(
        Descent.draft_id == to_draft_id,
        (Descent.from_clause_id == now_.clause_id) | (Descent.to_clause_id == now_.clause_id),
    )
    rows = session.execute(
        select(Position.voice_id, Position.clause_id, Position.stance, Position.comment_id)
        .join(was, (was.draft_id == from_draft_id) & (was.clause_id == Position.clause_id))
        .join(now_, (now_.draft_id == to_draft_id) & (now_.clause_id == Position.clause_id))
        .where(
            Position.draft_id == from_draft_id,
            Position.is_current,
            was.text_id == now_.text_id,
            was.heading_text_id.is_not_distinct_from(now_.heading_text_id),
            now_.kind != ClauseKind.WHOLE,  # of the whole draft the words always changed
            ~descended.exists(),
        )
        .order_by(Position.id)
    ).all()
    if not rows:
        return 0
    at = clock.now()
    carried = {"draft_id": to_draft_id, "origin": PositionOrigin.CARRIED, "at": at, "is_current": True}
    session.execute(insert(Position), [{**row._mapping, **carried, "by_person_id": None} for row in rows])
    draft = session.get_one(Draft, to_draft_id)
    note(
        session,
        actor,
        "positions.carried",
        draft,
        within=draft.consultation_id,
        draft=draft.ordinal,
        count=len(rows),
    )
    return len(rows)
