"""What becomes of the positions that rest on a comment: given when it is submitted, ended when it is taken back."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.comments.models import Comment, Position
from consult.core.actors import Actor
from consult.core.terms import PositionOrigin


def give_position(session: Session, comment: Comment, voice_id: int, person_id: int | None) -> None:
    """This voice stands where the comment says, whatever it said of the clause before."""
    standing = session.scalar(
        select(Position.id).where(
            Position.voice_id == voice_id,
            Position.draft_id == comment.draft_id,
            Position.clause_id == comment.clause_id,
            Position.is_current,
        )
    )
    if standing is not None:
        _end(session, standing)
    session.add(
        Position(
            voice_id=voice_id,
            draft_id=comment.draft_id,
            clause_id=comment.clause_id,
            stance=comment.stance,
            comment_id=comment.id,
            origin=PositionOrigin.GIVEN,
            by_person_id=person_id,
            at=comment.received_at,
            is_current=True,
        )
    )
    session.flush()


def withdraw_positions(
    session: Session, actor: Actor, comment: Comment, at: datetime, voice_id: int | None = None
) -> None:
    """Ends the positions that rest on a comment: everybody's, or those of one voice."""
    standing = select(Position).where(Position.comment_id == comment.id, Position.is_current)
    if voice_id is not None:
        standing = standing.where(Position.voice_id == voice_id)
    for position in session.scalars(standing).all():
        _end(session, position.id)
        session.add(
            Position(
                voice_id=position.voice_id,
                draft_id=position.draft_id,
                clause_id=position.clause_id,
                stance=position.stance,
                comment_id=comment.id,
                origin=PositionOrigin.WITHDRAWN,
                by_person_id=actor.person_id,
                at=at,
                is_current=False,
            )
        )


def _end(session: Session, position_id: int) -> None:
    session.execute(update(Position).where(Position.id == position_id).values(is_current=False))
