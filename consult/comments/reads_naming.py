"""Is the reader the one who is named with this comment? And may she take words out of it?"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.comments.reads_lines import is_named
from consult.core.actors import Actor
from consult.drafts.reads import Consulted
from consult.languages import policy


def names_me(session: Session, actor: Actor, comment_id: int) -> bool:
    """Whether it is her own name that stands there."""
    if not actor.is_signed_in:
        return False
    mine = select(Comment.id).where(
        Comment.id == comment_id, Comment.author_id == actor.person_id, is_named()
    )
    return session.scalar(mine) is not None


def shows_name(session: Session, person_id: int) -> bool:
    """Whether some comment names this person."""
    named = select(Comment.id).where(Comment.author_id == person_id, is_named()).limit(1)
    return session.scalar(named) is not None


def may_redact(actor: Actor, consulted: Consulted) -> bool:
    """Whether she may take words out here: the consultation's moderators and the administrators."""
    return policy.may_redact(actor, consulted.id)
