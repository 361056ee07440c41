"""What moderators do with time: plan a round, move its end; and what the clock does: close it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import SYSTEM, Actor
from consult.core.rounds import may_change_close, overlap
from consult.core.terms import RoundKind
from consult.drafts.models import Consultation, Draft
from consult.drafts.parties import refuse_one_sided
from consult.drafts.policy import may_run
from consult.jobs import put
from consult.people.standing import refuse_unduty
from consult.record.acts import note
from consult.refusals import NotThere
from consult.rounds.models import Round, RoundChange
from consult.rounds.refusals import (
    CannotChangeClose,
    ClosesBeforeItOpens,
    ClosesInThePast,
    DraftNotPublished,
    DraftSuperseded,
    RoundsOverlap,
)

CLOSING = "rounds.closing"


def plan_round(
    session: Session,
    actor: Actor,
    consultation: Consultation,
    draft: Draft,
    opens_at: datetime,
    closes_at: datetime,
    kind: RoundKind = RoundKind.COMMENT,
) -> Round:
    """Plans a round on a published draft; it opens and closes by the clock."""
    if not may_run(actor, consultation.id):
        raise NotThere
    session.execute(select(Consultation.id).where(Consultation.id == consultation.id).with_for_update())
    refuse_unduty(session, actor, consultation.id)
    if draft.published_at is None:
        raise DraftNotPublished
    refuse_one_sided(session, consultation)
    newest = session.scalar(
        select(func.max(Draft.ordinal)).where(
            Draft.consultation_id == consultation.id, Draft.published_at.is_not(None)
        )
    )
    if draft.ordinal != newest:
        raise DraftSuperseded
    if closes_at <= opens_at:
        raise ClosesBeforeItOpens
    if closes_at <= clock.now():
        raise ClosesInThePast(clock.now())
    standing = _rounds(session, consultation.id)
    _refuse_overlap(standing, opens_at, closes_at)
    round_ = Round(
        consultation_id=consultation.id,
        ordinal=len(standing) + 1,
        draft_id=draft.id,
        kind=kind,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    session.add(round_)
    session.flush()
    _put_closing(session, round_)
    note(
        session,
        actor,
        "round.planned",
        round_,
        within=consultation.id,
        ordinal=round_.ordinal,
        kind=kind,
        draft=draft.ordinal,
        opens_at=opens_at.isoformat(),
        closes_at=closes_at.isoformat(),
    )
    return round_


def extend_round(
    session: Session, actor: Actor, round_: Round, closes_at: datetime, reason: str
) -> RoundChange:
    """Moves the end of a round: later at any time, earlier only with reasons and 72 hours ahead."""
    if not may_run(actor, round_.consultation_id):
        raise NotThere
    session.execute(
        select(Consultation.id).where(Consultation.id == round_.consultation_id).with_for_update()
    )
    refuse_unduty(session, actor, round_.consultation_id)
    session.refresh(round_)
    refused = may_change_close(round_.closes_at, closes_at, clock.now(), bool(reason.strip()))
    if refused is not None:
        raise CannotChangeClose(refused)
    if closes_at <= round_.opens_at:
        raise ClosesBeforeItOpens
    others = [one for one in _rounds(session, round_.consultation_id) if one.id != round_.id]
    _refuse_overlap(others, round_.opens_at, closes_at)
    was = round_.closes_at
    change = RoundChange(
        round_id=round_.id,
        closes_at=closes_at,
        reason=reason.strip(),
        by_person_id=actor.person_id,
        at=clock.now(),
    )
    session.add(change)
    round_.closes_at = closes_at
    session.flush()
    _put_closing(session, round_)
    note(
        session,
        actor,
        "round.extended" if closes_at > was else "round.shortened",
        round_,
        within=round_.consultation_id,
        disclosed={"reason": reason.strip()} if reason.strip() else None,
        ordinal=round_.ordinal,
        was=was.isoformat(),
        closes_at=closes_at.isoformat(),
    )
    return change


def note_closed(session: Session, round_id: int, closes_at: datetime) -> bool:
    """Notes once that a round closed. Answers False where its end was moved meanwhile."""
    round_ = session.get_one(Round, round_id)
    if round_.closes_at != closes_at or clock.now() < closes_at:
        return False
    note(session, SYSTEM, "round.closed", round_, within=round_.consultation_id, ordinal=round_.ordinal)
    return True


def _put_closing(session: Session, round_: Round) -> None:
    instant = round_.closes_at.isoformat()
    put(
        session,
        CLOSING,
        f"{round_.id}/{instant}",
        run_after=round_.closes_at,
        round_id=round_.id,
        closes_at=instant,
    )


def _rounds(session: Session, consultation_id: int) -> list[Round]:
    query = select(Round).where(Round.consultation_id == consultation_id).order_by(Round.ordinal)
    return list(session.scalars(query))


def _refuse_overlap(standing: list[Round], opens_at: datetime, closes_at: datetime) -> None:
    for other in standing:
        if overlap((opens_at, closes_at), (other.opens_at, other.closes_at)):
            raise RoundsOverlap(other.ordinal)
