"""Which settlement of each clause stands, and why was each change made?"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.consolidation.models import Change, ChangeSource, Settlement


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One changed stretch, in code points, with the comments that led to it."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    comments: tuple[int, ...]
    is_editorial: bool


def standing_settlements(session: Session, draft_id: int) -> list[Settlement]:
    """Of each clause of a draft, the settlement with the highest edition."""
    newest = (
        select(Settlement.clause_id, func.max(Settlement.edition).label("edition"))
        .where(Settlement.draft_id == draft_id)
        .group_by(Settlement.clause_id)
        .subquery()
    )
    query = (
        select(Settlement)
        .join(
            newest,
            (newest.c.clause_id == Settlement.clause_id) & (newest.c.edition == Settlement.edition),
        )
        .where(Settlement.draft_id == draft_id)
        .order_by(Settlement.id)
    )
    return list(session.scalars(query))


def change_lines(session: Session, settlement_ids: list[int]) -> Mapping[int, tuple[ChangeLine, ...]]:
    """The changes of these settlements with their sources, in two queries."""
    if not settlement_ids:
        return {}
    rows = session.execute(
        select(Change, Comment.number, ChangeSource.editorial_by_id)
        .join(ChangeSource, ChangeSource.change_id == Change.id)
        .outerjoin(Comment, Comment.id == ChangeSource.comment_id)
        .where(Change.settlement_id.in_(settlement_ids))
        .order_by(Change.settlement_id, Change.new_start, Change.old_start, Comment.number)
    )
    grouped: dict[int, dict[int, tuple[Change, list[int], bool]]] = defaultdict(dict)
    for change, number, editorial in rows:
        kept = grouped[change.settlement_id].setdefault(change.id, (change, [], editorial is not None))
        if number is not None:
            kept[1].append(number)
    return {
        settlement_id: tuple(
            ChangeLine(one.old_start, one.old_end, one.new_start, one.new_end, tuple(numbers), is_editorial)
            for one, numbers, is_editorial in changes.values()
        )
        for settlement_id, changes in grouped.items()
    }
