"""How do moderators put comments together that say the same? Under a name, for their own eyes until the answers."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.consolidation.due import due_rounds
from consult.consolidation.models import Theme, ThemeComment
from consult.consolidation.policy import may_consolidate
from consult.consolidation.refusals import ThemeNameTooLong
from consult.core.actors import Actor
from consult.core.text import canonical
from consult.drafts.models import Consultation, Draft
from consult.people.standing import refuse_unduty
from consult.record.acts import journal
from consult.refusals import NotThere


def group_comments(
    session: Session, actor: Actor, draft: Draft, clause_id: int, name: str, numbers: Sequence[int]
) -> Theme | None:
    """Puts comments into the theme with this name, which is made if there is none; without a name, into none.

    A theme that nothing is left in goes: it was never said in public. So a theme is renamed by putting all of
    its comments into another.
    """
    if not may_consolidate(actor, draft.consultation_id):
        raise NotThere
    session.execute(select(Consultation.id).where(Consultation.id == draft.consultation_id).with_for_update())
    refuse_unduty(session, actor, draft.consultation_id)
    query = select(Comment).where(
        Comment.consultation_id == draft.consultation_id, Comment.number.in_(numbers)
    )
    comments = session.scalars(query.order_by(Comment.number)).all()
    if not comments:
        raise NotThere
    words = " ".join(canonical(name).split())
    if len(words) > LONGEST:
        raise ThemeNameTooLong(LONGEST)
    ids = [one.id for one in comments]
    ours = select(Theme.id).where(Theme.draft_id == draft.id, Theme.clause_id == clause_id)
    session.execute(
        delete(ThemeComment).where(ThemeComment.comment_id.in_(ids), ThemeComment.theme_id.in_(ours))
    )
    theme = _theme(session, draft.id, clause_id, words) if words else None
    if theme is not None:
        due = due_rounds(session, draft.id, ids)
        session.add_all(
            [
                ThemeComment(theme_id=theme.id, comment_id=one, round_id=due[one][-1].id)
                for one in ids
                if due[one]
            ]
        )
        session.flush()
    empty = ours.where(Theme.id.not_in(select(ThemeComment.theme_id)))
    session.execute(delete(Theme).where(Theme.id.in_(session.scalars(empty).all())))
    journal(session, actor, "comments.grouped", theme=words, numbers=[one.number for one in comments])
    return theme


LONGEST = 120


def _theme(session: Session, draft_id: int, clause_id: int, name: str) -> Theme:
    query = select(Theme).where(Theme.draft_id == draft_id, Theme.clause_id == clause_id, Theme.name == name)
    theme = session.scalar(query)
    if theme is None:
        theme = Theme(draft_id=draft_id, clause_id=clause_id, name=name)
        session.add(theme)
        session.flush()
    return theme
