"""What does the public learn of the desk? Why each clause changed, and what became of each comment."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from consult.consolidation.reads_settled import change_lines, standing_settlements
from consult.drafts.reads import DraftLine

Changes = Mapping[int, tuple[int, ...]]


def reasons(session: Session, older: DraftLine, newer: DraftLine) -> dict[int, tuple[int, ...]]:
    """For each clause that changed between two neighbouring drafts, the numbers of the comments that led there."""
    if newer.ordinal != older.ordinal + 1:
        return {}
    settlements = standing_settlements(session, older.id)
    changes = change_lines(session, [one.id for one in settlements])
    found: dict[int, tuple[int, ...]] = {}
    for settlement in settlements:
        numbers = sorted({n for change in changes.get(settlement.id, ()) for n in change.comments})
        for clause_id in (settlement.clause_id, *(part[0] for part in settlement.parts or ())):
            found[clause_id] = tuple(numbers)
        if settlement.joined_clause_id is not None:
            found[settlement.joined_clause_id] = tuple(numbers)
    return found
