"""When may what be said? The rounds of a consultation and what the clock makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from consult.core.rounds import may_be_settled, state_at
from consult.core.terms import RoundKind, RoundState
from consult.drafts.models import Draft
from consult.drafts.reads import Consulted
from consult.refusals import NotThere
from consult.rounds.models import Round, RoundChange


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round, and its state at the instant that was asked about."""

    id: int
    ordinal: int
    kind: RoundKind
    draft_id: int
    draft_ordinal: int
    opens_at: datetime
    closes_at: datetime
    state: RoundState
    is_settling: bool = False


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A closing time that was moved, and why."""

    round_ordinal: int
    closes_at: datetime
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Timetable:
    """All rounds; the one open now, the next one planned, the last one closed."""

    rounds: tuple[RoundLine, ...]
    current: RoundLine | None
    next: RoundLine | None
    last_closed: RoundLine | None

    def of_draft(self, draft_id: int) -> tuple[RoundLine, ...]:
        """The rounds on one draft."""
        return tuple(one for one in self.rounds if one.draft_id == draft_id)


def timetable(session: Session, consulted: Consulted, at: datetime) -> Timetable:
    """The rounds of a consultation as they stand at an instant. One query."""
    return timetables(session, [consulted.id], at)[consulted.id]


def timetables(session: Session, consultation_ids: Sequence[int], at: datetime) -> dict[int, Timetable]:
    """The same of several consultations. One query."""
    found: dict[int, list[RoundLine]] = {one: [] for one in consultation_ids}
    rows = session.execute(_rounds(), {"ids": list(consultation_ids)})
    for row, draft_ordinal in rows:
        found[row.consultation_id].append(_line(row, draft_ordinal, at))
    return {one: _timetable(tuple(lines)) for one, lines in found.items()}


@cache
def _rounds() -> Select[Round, int]:
    return (
        select(Round, Draft.ordinal)
        .join(Draft, Draft.id == Round.draft_id)
        .where(Round.consultation_id.in_(bindparam("ids", expanding=True)))
        .order_by(Round.ordinal)
    )


def closed_rounds(session: Session, consultation_id: int, at: datetime) -> tuple[RoundLine, ...]:
    """The rounds that have closed by then."""
    return tuple(
        one
        for one in timetables(session, [consultation_id], at)[consultation_id].rounds
        if one.state is RoundState.CLOSED
    )


def round_numbered(times: Timetable, ordinal: int) -> RoundLine:
    """One round by its ordinal."""
    for line in times.rounds:
        if line.ordinal == ordinal:
            return line
    raise NotThere


def round_row(session: Session, round_id: int) -> Round:
    """The row, for acts."""
    return session.get_one(Round, round_id)


def changes(session: Session, consulted: Consulted) -> tuple[ChangeLine, ...]:
    """Every closing time that was moved, newest first."""
    rows = session.execute(
        select(RoundChange, Round.ordinal)
        .join(Round, Round.id == RoundChange.round_id)
        .where(Round.consultation_id == consulted.id)
        .order_by(RoundChange.id.desc())
    )
    return tuple(ChangeLine(ordinal, row.closes_at, row.reason, row.at) for row, ordinal in rows)


def _line(row: Round, draft_ordinal: int, at: datetime) -> RoundLine:
    state = state_at(row.opens_at, row.closes_at, at)
    is_settling = state is RoundState.CLOSED and not may_be_settled(row.closes_at, at)
    return RoundLine(
        row.id,
        row.ordinal,
        row.kind,
        row.draft_id,
        draft_ordinal,
        row.opens_at,
        row.closes_at,
        state,
        is_settling,
    )


def _timetable(lines: tuple[RoundLine, ...]) -> Timetable:
    by_state = {state: [one for one in lines if one.state is state] for state in RoundState}
    planned = sorted(by_state[RoundState.PLANNED], key=lambda one: one.opens_at)
    closed = sorted(by_state[RoundState.CLOSED], key=lambda one: one.closes_at)
    opened = by_state[RoundState.OPEN]
    return Timetable(
        lines,
        opened[0] if opened else None,
        planned[0] if planned else None,
        closed[-1] if closed else None,
    )
