"""What still keeps the next draft from being published? A list, each line with the place to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consolidation.decided import Decided, decided_comments, is_done, next_texts
from consult.consolidation.models import Settlement
from consult.consolidation.reads_settled import standing_settlements
from consult.core.rounds import may_be_settled
from consult.core.terms import ClauseKind, Outcome, RoundState, SettlementKind
from consult.drafts.models import Clause
from consult.drafts.reads import ClauseLine, tree
from consult.rounds.reads import RoundLine, timetables


class ProblemKind(StrEnum):
    """Why the next draft cannot be published; the last one only warns."""

    ROUND_OPEN = "round_open"
    NO_ROUND = "no_round"
    NOT_DISPOSED = "not_disposed"
    NOT_CARRIED_OUT = "not_carried_out"
    SETTLED_IN_VAIN = "settled_in_vain"
    PERHAPS_NOT_CARRIED_OUT = "perhaps_not_carried_out"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is left, and the clause whose desk mends it."""

    kind: ProblemKind
    code: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """Whether the next draft can be published, and how much was decided. Warnings keep nothing back."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    comment_count: int
    disposed_count: int
    settled_count: int


def ready(session: Session, consultation_id: int, draft_id: int) -> Ready:
    """What is left before the draft after this one can be published."""
    times = timetables(session, [consultation_id], clock.now())[consultation_id]
    rounds = times.of_draft(draft_id)
    decided = decided_comments(session, draft_id, [one.id for one in rounds])
    settlements = standing_settlements(session, draft_id)
    texts = next_texts(session, draft_id, settlements)
    undone = [one for one in decided if is_done(one, texts) is False]
    problems = [
        *_of_rounds(rounds),
        *(_problem(ProblemKind.NOT_DISPOSED, one) for one in decided if one.outcome is None),
        *(_problem(ProblemKind.NOT_CARRIED_OUT, one) for one in undone if one.outcome in BINDING),
        *_in_vain(session, tree(session, draft_id), settlements),
    ]
    warnings = [
        _problem(ProblemKind.PERHAPS_NOT_CARRIED_OUT, one) for one in undone if one.outcome not in BINDING
    ]
    disposed = sum(one.outcome is not None for one in decided)
    return Ready(tuple(problems), tuple(warnings), len(decided), disposed, len(settlements))


BINDING = (Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PRINCIPLE)  # what these say, the text must do


def _problem(kind: ProblemKind, one: Decided) -> Problem:
    return Problem(kind, one.code, one.number)


def _of_rounds(rounds: Sequence[RoundLine]) -> list[Problem]:
    if not rounds:
        return [Problem(ProblemKind.NO_ROUND)]
    now = clock.now()
    is_over = all(one.state is RoundState.CLOSED and may_be_settled(one.closes_at, now) for one in rounds)
    return [] if is_over else [Problem(ProblemKind.ROUND_OPEN)]


def _in_vain(
    session: Session, lines: Sequence[ClauseLine], settlements: Sequence[Settlement]
) -> list[Problem]:
    """Words that were settled inside what another settlement deletes: nobody would ever read them."""
    deleted = {one.clause_id for one in settlements if one.kind is SettlementKind.DELETE}
    moved = {one.clause_id for one in settlements if one.kind is SettlementKind.MOVE}
    ended, inside = set(deleted), set()
    for line in lines:
        if line.parent_id in ended and line.clause_id not in moved:
            ended.add(line.clause_id)
            inside.add(line.clause_id)
        if line.clause_id in deleted and line.kind is ClauseKind.SECTION:
            inside.add(line.clause_id)  # what is put after a section stands in it
    lost = [
        one.clause_id
        for one in settlements
        if one.after_clause_id in inside
        or (one.clause_id in inside - deleted and one.kind is not SettlementKind.KEEP)
    ]
    codes = (
        session.scalars(select(Clause.code).where(Clause.id.in_(lost)).order_by(Clause.id)) if lost else ()
    )
    return [Problem(ProblemKind.SETTLED_IN_VAIN, code) for code in codes]
