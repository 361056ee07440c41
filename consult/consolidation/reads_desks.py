"""How far is each clause of the draft? The list of desks."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult import clock
from consult.consolidation.accepted import TAKEN
from consult.consolidation.decided import Decided, decided_comments
from consult.consolidation.reads_settled import standing_settlements
from consult.core.terms import AmendmentKind, ClauseKind, SettlementKind
from consult.drafts.reads import Consulted, DraftLine, tree
from consult.languages.reads import Said, texts_in
from consult.rounds.reads import timetable


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One clause in the list of desks."""

    code: str
    label: str
    kind: ClauseKind
    words: Said | None
    comment_count: int
    disposed_count: int
    settlement: SettlementKind | None
    is_left: bool


def desks(session: Session, consulted: Consulted, draft: DraftLine, language: str) -> tuple[DeskLine, ...]:
    """Every clause with how much of it is decided, in a fixed number of queries."""
    lines = tree(session, draft.id)
    rounds = timetable(session, consulted, clock.now()).of_draft(draft.id)
    decided = decided_comments(session, draft.id, [one.id for one in rounds])
    settlements = {one.clause_id: one for one in standing_settlements(session, draft.id)}
    said = texts_in(
        session, [one for line in lines for one in (line.text_id, line.heading_text_id)], language
    )
    by_clause: dict[int, list[Decided]] = defaultdict(list)
    for one in decided:
        by_clause[one.clause_id].append(one)
    found = []
    for line in lines:
        own = by_clause[line.clause_id]
        done = sum(one.outcome is not None for one in own)
        settled = settlements.get(line.clause_id)
        words = said[line.text_id] if said[line.text_id].body else said.get(line.heading_text_id or 0)
        wants_text = any(
            one.outcome in TAKEN and one.amendment not in (None, AmendmentKind.INSERT_AFTER) for one in own
        )
        found.append(
            DeskLine(
                line.code,
                line.label,
                line.kind,
                words,
                len(own),
                done,
                settled.kind if settled else None,
                done < len(own) or (wants_text and settled is None),
            )
        )
    return tuple(found)
