"""What does a delegation do among itself: say things to each other, and agree until when papers are to be in?"""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.clearing import locked, refuse_without_voice
from consult.comments.models import Contribution
from consult.comments.policy import may_see
from consult.core.actors import Actor
from consult.core.rounds import state_at
from consult.core.terms import RoundState
from consult.delegations.models import InnerDeadline, Remark
from consult.delegations.policy import may_read, may_set_deadline
from consult.delegations.refusals import (
    NotBeforeTheClose,
    NothingSaid,
    OnlyTheHead,
    PassedAlready,
    RoundIsOver,
)
from consult.drafts.models import Consultation
from consult.people.models import Voice
from consult.people.posting import ask_letter
from consult.record.acts import journal
from consult.refusals import NotThere
from consult.rounds.models import Round


def make_remark(
    session: Session,
    actor: Actor,
    consultation_id: int,
    words: str,
    form_key: str,
    paper: Contribution | None = None,
) -> Remark:
    """Says something to the delegation, on a paper or on the consultation. The same form sent twice is one remark."""
    consultation = session.get_one(Consultation, consultation_id)
    refuse_without_voice(session, actor, consultation)
    if not may_read(actor, consultation_id) or (paper is not None and not may_see(actor, paper)):
        raise NotThere
    voice = locked(session, Voice, actor.voice_id)
    if not words.strip():
        raise NothingSaid
    key = form_key or secrets.token_urlsafe(12)
    standing = session.scalar(select(Remark).where(Remark.form_key == key, Remark.voice_id == voice.id))
    if standing is not None:
        return standing
    remark = Remark(
        key=secrets.token_urlsafe(9),
        consultation_id=consultation.id,
        voice_id=voice.id,
        contribution_id=paper.id if paper else None,
        author_id=actor.person_id,
        form_key=key,
        words=words.strip(),
        at=clock.now(),
    )
    session.add(remark)
    session.flush()
    ask_letter(session, "remark.made", remark.id, remark_id=remark.id)
    journal(session, actor, "remark.made", remark=remark.key)
    return remark


def set_deadline(session: Session, actor: Actor, round_id: int, closes_at: datetime) -> InnerDeadline:
    """Says until when the delegation wants its papers in: before the round closes, and not before now."""
    round_ = session.get_one(Round, round_id)
    consultation = locked(session, Consultation, round_.consultation_id)
    refuse_without_voice(session, actor, consultation)
    if not may_set_deadline(actor):
        raise OnlyTheHead
    at = clock.now()
    if state_at(round_.opens_at, round_.closes_at, at) is RoundState.CLOSED:
        raise RoundIsOver
    if closes_at <= at:
        raise PassedAlready
    if closes_at >= round_.closes_at:
        raise NotBeforeTheClose(round_.closes_at)
    voice = locked(session, Voice, actor.voice_id)
    row = _standing(session, voice.id, round_id) or InnerDeadline(voice_id=voice.id, round_id=round_id)
    row.closes_at, row.by_person_id, row.at = closes_at, actor.person_id or 0, at
    session.add(row)
    session.flush()
    journal(session, actor, "deadline.set", round=round_.ordinal, closes_at=closes_at.isoformat())
    return row


def drop_deadline(session: Session, actor: Actor, round_id: int) -> None:
    """The delegation has no deadline of its own any more."""
    if not may_set_deadline(actor):
        raise OnlyTheHead
    row = _standing(session, locked(session, Voice, actor.voice_id).id, round_id)
    if row is not None:
        session.delete(row)
        journal(session, actor, "deadline.dropped")


def _standing(session: Session, voice_id: int, round_id: int) -> InnerDeadline | None:
    return session.scalar(
        select(InnerDeadline).where(InnerDeadline.voice_id == voice_id, InnerDeadline.round_id == round_id)
    )
