"""How does a paper become a comment that everybody reads, and how is it taken back?"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.acts_joint import join_comment
from consult.comments.clearing import (
    locked,
    moved,
    refuse_incomplete,
    refuse_nameless,
    refuse_unseated,
    refuse_unseen,
    refuse_untimely,
    refuse_without_voice,
    wording_of,
)
from consult.comments.models import Amendment, Comment, Contribution, Withdrawal
from consult.comments.policy import may_see, may_submit, may_withdraw
from consult.comments.positions import give_position, withdraw_positions
from consult.comments.refusals import AlreadyWithdrawn, CannotSupersede, NotCleared
from consult.comments.wording import Wording, amends
from consult.core.actors import Actor
from consult.core.terms import AmendmentKind, PaperState
from consult.drafts.models import Clause, Consultation
from consult.languages.acts import write_text
from consult.languages.models import Text
from consult.people.models import Voice
from consult.record.acts import note
from consult.refusals import NotThere
from consult.rounds.models import Round


def submit_comment(
    session: Session, actor: Actor, paper: Contribution, reached_at: datetime, seen: int | None = None
) -> Comment:
    """Makes the comment from the paper, with the next number; the second press finds the first one's comment."""
    consultation = locked(session, Consultation, paper.consultation_id)
    voice = locked(session, Voice, paper.voice_id)
    session.refresh(paper, with_for_update=True)
    if may_see(actor, paper) and paper.state is PaperState.SUBMITTED:
        return session.scalars(
            select(Comment).where(Comment.voice_id == voice.id, Comment.form_key == paper.form_key)
        ).one()
    refuse_unseen(session, actor, paper, seen)
    refuse_without_voice(session, actor, consultation)
    if not may_submit(actor, paper):
        raise NotCleared(paper.state)
    round_ = session.get_one(Round, paper.round_id)
    refuse_untimely(round_, reached_at)
    words = wording_of(session, paper)
    refuse_incomplete(words)
    refuse_nameless(consultation, voice, names_author=paper.names_author)
    comment = _comment_of(session, consultation, paper, reached_at)
    consultation.individual_comment_count += voice.organisation_id is None
    amendment = _amendment_of(session, comment, paper, words)
    give_position(session, comment, comment.voice_id, actor.person_id)
    moved(paper, actor, PaperState.SUBMITTED)
    _note_submitted(session, actor, comment, amendment, round_)
    join_comment(session, actor, paper, comment)
    return comment


def withdraw_comment(session: Session, actor: Actor, comment: Comment, reached_at: datetime) -> Withdrawal:
    """Takes a comment back, and the positions that rest on it, its co-sponsors' too. What was said stays readable."""
    if not may_withdraw(actor, comment.voice_id) or actor.is_impartial_in(comment.consultation_id):
        raise NotThere
    locked(session, Consultation, comment.consultation_id)
    locked(session, Voice, comment.voice_id)
    refuse_unseated(session, actor)
    if session.scalar(select(Withdrawal.id).where(Withdrawal.comment_id == comment.id)):
        raise AlreadyWithdrawn
    withdrawal = Withdrawal(comment_id=comment.id, by_person_id=actor.person_id, at=reached_at)
    session.add(withdrawal)
    withdraw_positions(session, actor, comment, reached_at)
    session.flush()
    note(session, actor, "comment.withdrawn", comment, within=comment.consultation_id, number=comment.number)
    return withdrawal


def _comment_of(
    session: Session, consultation: Consultation, paper: Contribution, reached_at: datetime
) -> Comment:
    if paper.supersedes_id is not None:
        _refuse_superseded(session, paper.supersedes_id)
    consultation.comment_count += 1
    comment = Comment(
        consultation_id=consultation.id,
        number=consultation.comment_count,
        round_id=paper.round_id,
        draft_id=paper.draft_id,
        clause_id=paper.clause_id,
        voice_id=paper.voice_id,
        author_id=paper.author_id,
        category=paper.category,
        stance=paper.stance,
        reasons_text_id=write_text(session, consultation.id, paper.language, paper.reasons).id,
        read_text_id=paper.read_text_id,
        supersedes_id=paper.supersedes_id,
        received_at=reached_at,
        form_key=paper.form_key,
        names_author=paper.names_author,
    )
    session.add(comment)
    session.flush()
    return comment


def _refuse_superseded(session: Session, comment_id: int) -> None:
    later = session.scalar(select(Comment.id).where(Comment.supersedes_id == comment_id))
    withdrawn = session.scalar(select(Withdrawal.id).where(Withdrawal.comment_id == comment_id))
    if later or withdrawn:
        raise CannotSupersede(session.get_one(Comment, comment_id).number)


def _amendment_of(
    session: Session, comment: Comment, paper: Contribution, words: Wording
) -> Amendment | None:
    kind = amends(words)
    if kind is None:
        return None
    read = session.get_one(Text, paper.read_text_id)
    proposed = None
    if kind is not AmendmentKind.DELETE:
        proposed = write_text(session, comment.consultation_id, read.language, paper.proposed or "").id
    amendment = Amendment(comment_id=comment.id, kind=kind, base_text_id=read.id, proposed_text_id=proposed)
    session.add(amendment)
    session.flush()
    return amendment


def _note_submitted(
    session: Session, actor: Actor, comment: Comment, amendment: Amendment | None, round_: Round
) -> None:
    reasons = session.get_one(Text, comment.reasons_text_id)
    proposed = (
        session.get(Text, amendment.proposed_text_id) if amendment and amendment.proposed_text_id else None
    )
    replaced = session.get_one(Comment, comment.supersedes_id).number if comment.supersedes_id else None
    note(
        session,
        actor,
        "comment.submitted",
        comment,
        within=comment.consultation_id,
        number=comment.number,
        round=round_.ordinal,
        clause=session.get_one(Clause, comment.clause_id).code,
        stance=comment.stance,
        category=comment.category,
        language=reasons.language,
        sha256=reasons.sha256,
        amendment=amendment.kind if amendment else None,
        proposed=proposed.sha256 if proposed else None,
        supersedes=replaced,
        names_author=comment.names_author,
    )
