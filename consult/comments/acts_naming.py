"""Is the person who wrote a comment named with it? Only she says so, for each comment, and she can take it back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.models import Comment, Contribution
from consult.comments.models_joint import NameWithdrawal
from consult.comments.policy import may_see, may_take_off_name
from consult.comments.refusals import NotCleared
from consult.core.actors import Actor
from consult.core.terms import PaperState
from consult.people.reads import speakers
from consult.record.acts import journal, note
from consult.refusals import NotThere


def name_author(session: Session, actor: Actor, paper: Contribution, names_author: bool) -> Contribution:
    """Her consent to be named with what will be made of this paper, or the end of it. No new edition: no word changes."""
    session.refresh(paper, with_for_update=True)
    if not may_see(actor, paper) or actor.person_id != paper.author_id:
        raise NotThere
    if paper.state in (PaperState.SUBMITTED, PaperState.DROPPED):
        raise NotCleared(paper.state)
    if paper.names_author is not names_author:
        paper.names_author = names_author
        journal(session, actor, "contribution.naming_chosen", paper=paper.key, names_author=names_author)
    return paper


def withdraw_name(session: Session, actor: Actor, comment: Comment) -> None:
    """Takes her name off a comment for good. The record says it of the number alone, in the voice's name:
    her pseudonym beside an organisation's comment would tell who she is."""
    if not may_take_off_name(actor, comment):
        raise NotThere
    session.refresh(comment, with_for_update={"key_share": True})
    if session.scalar(select(NameWithdrawal.id).where(NameWithdrawal.comment_id == comment.id)):
        return
    session.add(NameWithdrawal(comment_id=comment.id, at=clock.now()))
    session.flush()
    voice = speakers(session, [comment.voice_id])[comment.voice_id]
    in_its_name = Actor(person_id=actor.person_id, pseudonym=voice.name)
    note(
        session,
        in_its_name,
        "comment.name_withdrawn",
        comment,
        within=comment.consultation_id,
        number=comment.number,
    )
