"""What a moderator decides of each comment: a disposition with an answer; and when all of them become public."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.models import Amendment, Comment
from consult.consolidation.due import due_rounds
from consult.consolidation.models import Disposition, DispositionsPublished
from consult.consolidation.policy import may_consolidate
from consult.consolidation.refusals import (
    AnsweredInACircle,
    AnswerMissing,
    DeferredToNoRound,
    DisposedMeanwhile,
    OtherCommentMissing,
    ProposalRedacted,
    RoundStillOpen,
    WordsMissing,
)
from consult.core.actors import Actor
from consult.core.dispositions import OUTCOMES
from consult.core.rounds import may_be_settled
from consult.core.terms import Outcome
from consult.drafts.models import Consultation
from consult.languages.acts import write_text
from consult.languages.models import Text
from consult.people.standing import refuse_unduty
from consult.record.acts import note
from consult.refusals import NotThere
from consult.rounds.models import Round


@dataclass(frozen=True, slots=True)
class NewDisposition:
    """What became of a comment, and the answer to its author. `words` are in the language of the source.

    `answered_with` is a comment's number, `deferred_to` a later round's id; without one it waits for the next round.
    """

    outcome: Outcome
    answer: str
    language: str = "en"
    words: str = ""
    answered_with: int | None = None
    deferred_to: int | None = None


def dispose_comments(
    session: Session,
    actor: Actor,
    consultation: Consultation,
    round_: Round,
    numbers: Sequence[int],
    new: NewDisposition,
    seen: dict[int, int | None] | None = None,
) -> list[Disposition]:
    """Disposes of several comments alike: those that ask for the same words.

    `round_` is any round on the draft; each comment is disposed in the one in which it is due now.
    """
    rows = {
        row.number: row
        for row in session.scalars(
            select(Comment).where(Comment.consultation_id == consultation.id, Comment.number.in_(numbers))
        )
    }
    if set(rows) != set(numbers) or not numbers:
        raise NotThere
    seen = seen if seen is not None else {}
    due = due_rounds(session, round_.draft_id, [row.id for row in rows.values()])
    return [
        dispose_comment(session, actor, row, _now_due(due[row.id]), new, seen.get(row.number, 0))
        for row in sorted(rows.values(), key=lambda one: one.number)
    ]


def dispose_comment(
    session: Session, actor: Actor, comment: Comment, round_: Round, new: NewDisposition, seen: int | None = 0
) -> Disposition:
    """Decides what became of a comment. `seen` is the standing disposition's id that the moderator saw (None:
    none stood; 0: not asked)."""
    if (
        not may_consolidate(actor, comment.consultation_id)
        or round_.consultation_id != comment.consultation_id
    ):
        raise NotThere
    session.execute(
        select(Consultation.id).where(Consultation.id == comment.consultation_id).with_for_update()
    )
    refuse_unduty(session, actor, comment.consultation_id)
    if round_ not in due_rounds(session, round_.draft_id, [comment.id])[comment.id]:
        raise NotThere
    if not may_be_settled(round_.closes_at, clock.now()):
        raise RoundStillOpen
    other = _complete(session, comment, round_, new)
    standing = _standing(session, comment.id, round_.id)
    standing_id = standing.id if standing else None
    if seen != 0 and seen != standing_id:
        raise DisposedMeanwhile(comment.number)
    words = new.words.strip()
    source = session.get_one(Consultation, comment.consultation_id).source_language
    disposition = Disposition(
        comment_id=comment.id,
        round_id=round_.id,
        outcome=new.outcome,
        answer_text_id=write_text(session, comment.consultation_id, new.language, new.answer.strip()).id,
        words_text_id=write_text(session, comment.consultation_id, source, words).id if words else None,
        answered_with_comment_id=other,
        deferred_to_round_id=new.deferred_to if OUTCOMES[new.outcome].needs_round else None,
        by_person_id=actor.person_id,
        at=clock.now(),
        replaces_id=standing_id,
    )
    session.add(disposition)
    session.flush()
    _note_if_public(session, actor, comment, round_, disposition)
    return disposition


def publish_dispositions(session: Session, actor: Actor, round_: Round) -> None:
    """Makes a round's dispositions public, each with one entry of the record. Once."""
    if not may_consolidate(actor, round_.consultation_id):
        raise NotThere
    session.execute(
        select(Consultation.id).where(Consultation.id == round_.consultation_id).with_for_update()
    )
    refuse_unduty(session, actor, round_.consultation_id)
    if session.scalar(select(DispositionsPublished.id).where(DispositionsPublished.round_id == round_.id)):
        return
    published = DispositionsPublished(round_id=round_.id, by_person_id=actor.person_id, at=clock.now())
    session.add(published)
    session.flush()
    note(
        session,
        actor,
        "dispositions.published",
        published,
        within=round_.consultation_id,
        round=round_.ordinal,
        count=len(_standing_in(session, round_.id)),
    )
    for disposition, comment in _standing_in(session, round_.id):
        _note(session, actor, comment, round_, disposition)


def _standing(session: Session, comment_id: int, round_id: int) -> Disposition | None:
    """The disposition that none replaces."""
    return session.scalar(
        select(Disposition)
        .where(Disposition.comment_id == comment_id, Disposition.round_id == round_id)
        .order_by(Disposition.id.desc())
        .limit(1)
    )


def _now_due(rounds: Sequence[Round]) -> Round:
    """The last of the rounds that is over; before any is, the first, which will refuse."""
    if not rounds:
        raise NotThere
    over = [one for one in rounds if may_be_settled(one.closes_at, clock.now())]
    return over[-1] if over else rounds[0]


def _complete(session: Session, comment: Comment, round_: Round, new: NewDisposition) -> int | None:
    """Refuses what the outcome lacks; answers the other comment's id where one is named."""
    asks = OUTCOMES[new.outcome]
    if asks.needs_answer and not new.answer.strip():
        raise AnswerMissing
    if asks.needs_words and not new.words.strip():
        raise WordsMissing
    if new.outcome in (Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PART) and _is_redacted(session, comment.id):
        raise ProposalRedacted(comment.number)
    if asks.needs_round and new.deferred_to is not None:
        later = session.get(Round, new.deferred_to)
        if later is None or (later.consultation_id, later.ordinal > round_.ordinal) != (
            round_.consultation_id,
            True,
        ):
            raise DeferredToNoRound
    if not asks.needs_other:
        return None
    other = session.scalar(
        select(Comment.id).where(
            Comment.consultation_id == comment.consultation_id, Comment.number == new.answered_with
        )
    )
    if other is None or other == comment.id:
        raise OtherCommentMissing
    if comment.id in _led_to(session, other):
        raise AnsweredInACircle(new.answered_with or 0)
    return other


def _is_redacted(session: Session, comment_id: int) -> bool:
    gone = (
        select(Text.id)
        .join(Amendment, Amendment.proposed_text_id == Text.id)
        .where(Amendment.comment_id == comment_id, Text.redacted_at.is_not(None))
    )
    return session.scalar(gone) is not None


def _led_to(session: Session, comment_id: int) -> set[int]:
    """The comments with whose answers this one is answered, one after the other."""
    later = select(Disposition.replaces_id).where(Disposition.replaces_id.is_not(None))
    found: set[int] = set()
    waiting = {comment_id}
    while waiting:
        found |= waiting
        query = select(Disposition.answered_with_comment_id).where(
            Disposition.comment_id.in_(waiting),
            Disposition.answered_with_comment_id.is_not(None),
            Disposition.id.not_in(later),
        )
        waiting = {one for one in session.scalars(query) if one is not None} - found
    return found


def _standing_in(session: Session, round_id: int) -> list[tuple[Disposition, Comment]]:
    later = select(Disposition.replaces_id).where(Disposition.replaces_id.is_not(None))
    rows = session.execute(
        select(Disposition, Comment)
        .join(Comment, Comment.id == Disposition.comment_id)
        .where(Disposition.round_id == round_id, Disposition.id.not_in(later))
        .order_by(Comment.number)
    )
    return [(row[0], row[1]) for row in rows]


def _note_if_public(
    session: Session, actor: Actor, comment: Comment, round_: Round, disposition: Disposition
) -> None:
    """Before they are published, dispositions are drafts: noted only by number, so that the record never tells
    an outcome before its author can read the answer."""
    public = session.scalar(
        select(DispositionsPublished.id).where(DispositionsPublished.round_id == round_.id)
    )
    if public:
        _note(session, actor, comment, round_, disposition)
    else:
        note(
            session,
            actor,
            "comment.considered",
            disposition,
            within=comment.consultation_id,
            number=comment.number,
            round=round_.ordinal,
        )


def _note(session: Session, actor: Actor, comment: Comment, round_: Round, disposition: Disposition) -> None:
    note(
        session,
        actor,
        "comment.disposed",
        disposition,
        within=comment.consultation_id,
        number=comment.number,
        round=round_.ordinal,
        outcome=disposition.outcome,
    )
