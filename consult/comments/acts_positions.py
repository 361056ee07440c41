"""Where does a voice stand on a clause, and what of it goes on to the next draft?"""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, aliased

from consult import clock
from consult.comments.models import Position
from consult.core.actors import Actor
from consult.core.terms import ClauseKind, PositionOrigin
from consult.drafts.models import ClauseText, Descent, Draft
from consult.record.acts import note


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
    note(session, actor, "positions.carried", draft, within=draft.consultation_id, draft=draft.ordinal, count=len(rows))
    return len(rows)
