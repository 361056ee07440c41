"""How do moderators hide words, and show them again?"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.clearing import locked
from consult.comments.models import Comment, Moderation
from consult.comments.policy import may_hide
from consult.comments.refusals import HiddenAlready, ReasonMissing
from consult.core.actors import Actor
from consult.core.terms import ModerationState
from consult.drafts.models import Consultation
from consult.people.standing import refuse_unduty
from consult.record.acts import note
from consult.refusals import NotThere


def hide_comment(session: Session, actor: Actor, comment: Comment, reason: str) -> Moderation:
    """Shows a notice in place of a comment's words. Its position still counts."""
    return _moderate(session, actor, comment, ModerationState.HIDDEN, reason)


def restore_comment(session: Session, actor: Actor, comment: Comment, reason: str) -> Moderation:
    """Shows a hidden comment's words again."""
    return _moderate(session, actor, comment, ModerationState.RESTORED, reason)


def _moderate(
    session: Session, actor: Actor, comment: Comment, state: ModerationState, reason: str
) -> Moderation:
    if not may_hide(actor, comment.consultation_id):
        raise NotThere
    if not reason.strip():
        raise ReasonMissing
    locked(session, Consultation, comment.consultation_id)
    refuse_unduty(session, actor, comment.consultation_id)
    standing = session.scalar(
        select(Moderation).where(Moderation.comment_id == comment.id).order_by(Moderation.id.desc()).limit(1)
    )
    is_hidden = standing is not None and standing.state is ModerationState.HIDDEN
    if is_hidden is (state is ModerationState.HIDDEN):
        raise HiddenAlready
    moderation = Moderation(
        comment_id=comment.id,
        state=state,
        reason=reason.strip(),
        by_person_id=actor.person_id,
        at=clock.now(),
        replaces_id=standing.id if standing else None,
    )
    session.add(moderation)
    session.flush()
    act = "comment.hidden" if state is ModerationState.HIDDEN else "comment.restored"
    disclosed = {"reason": reason.strip()}
    within = comment.consultation_id
    note(session, actor, act, comment, within=within, disclosed=disclosed, number=comment.number)
    return moderation
