"""What does a settlement change, why, and can it be carried out in the tree as it stands?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.consolidation.accepted import attributed
from consult.consolidation.models import Settlement
from consult.consolidation.reads_settled import standing_settlements
from consult.consolidation.refusals import (
    ChangeWithoutReason,
    JoinsNoNeighbour,
    MovesIntoItself,
    NotOfTheWhole,
    SettledOtherwise,
    SettlementIncomplete,
    UnknownComment,
)
from consult.core import sources as core
from consult.core.merge import Choice
from consult.core.terms import SettlementKind
from consult.core.text import canonical
from consult.drafts.models import Clause, Draft
from consult.drafts.reads import ClauseLine, tree
from consult.refusals import NotThere

Key = tuple[int, int, int, int]
BESIDE_THE_WORDS: Key = (0, 0, 0, 0)  # a new heading, another place: a change of no stretch of the words


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a change is made: comments by number, or a moderator's editorial hand."""

    comments: tuple[int, ...] = ()
    is_editorial: bool = False


@dataclass(frozen=True, slots=True)
class NewSettlement:
    """The next text of a clause. `choices` by collision's key: {"choice": index or "brackets", "reason": words}.

    `reasons` adds to what the accepted amendments ask for, by the change's four ends; `otherwise` stands for
    every change that has no other reason. A split's parts stand with an empty line between in `text`. An empty
    `heading` leaves it as it is.
    """

    kind: SettlementKind
    text: str = ""
    heading: str = ""
    after_clause_id: int | None = None
    joined_clause_id: int | None = None
    parts: tuple[str, ...] = ()
    choices: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    reasons: Mapping[Key, Reason] = field(default_factory=dict)
    otherwise: Reason = field(default_factory=Reason)


@dataclass(frozen=True, slots=True)
class Words:
    """A clause as it stands in the draft: where, and what its words and its heading are. A new one has none."""

    line: ClauseLine | None
    body: str = ""
    heading: str = ""


def texts_of(new: NewSettlement, base: str) -> list[str]:
    """The words of the clause, and of each clause that a split makes."""
    match new.kind:
        case SettlementKind.KEEP:
            return [base]
        case SettlementKind.DELETE:
            return [""]
        case SettlementKind.SPLIT:
            parts = [
                canonical(part) for part in new.parts or canonical(new.text).split("\n\n") if part.strip()
            ]
            if len(parts) < 2:
                raise SettlementIncomplete
            return parts
        case SettlementKind.MOVE:
            return [canonical(new.text) or base]
        case _:
            if not new.text.strip() and (base.strip() or new.kind is SettlementKind.INSERT):
                raise SettlementIncomplete
            return [canonical(new.text)]


def refuse_misplaced(session: Session, draft: Draft, clause_id: int, new: NewSettlement) -> None:
    """Refuses what could not be carried out, or would take another settlement's words away unseen."""
    lines = tree(session, draft.id)
    here = {line.clause_id: line for line in lines}
    line = here.get(clause_id)
    standing = standing_settlements(session, draft.id)
    if line is lines[0] and new.kind is not SettlementKind.KEEP:
        raise NotOfTheWhole
    if new.kind is not SettlementKind.KEEP:
        for one in standing:
            if one.kind is SettlementKind.JOIN and one.joined_clause_id == clause_id:
                raise SettledOtherwise(here[one.clause_id].label)
    if new.kind is SettlementKind.DELETE and line is None:
        for one in standing:
            if one.after_clause_id == clause_id:
                raise SettledOtherwise(session.get_one(Clause, one.clause_id).code)
    if new.kind in (SettlementKind.MOVE, SettlementKind.INSERT):
        _refuse_place(lines, standing, clause_id, new.after_clause_id)
    if new.kind is SettlementKind.JOIN:
        _refuse_join(standing, line, here.get(new.joined_clause_id or 0))


def _refuse_place(
    lines: Sequence[ClauseLine], standing: Sequence[Settlement], clause_id: int, after_clause_id: int | None
) -> None:
    if after_clause_id is None:
        raise SettlementIncomplete
    if after_clause_id == lines[0].clause_id:
        raise NotOfTheWhole
    anchors = {one.clause_id: one.after_clause_id for one in standing if one.after_clause_id is not None}
    if after_clause_id not in {*anchors, *(line.clause_id for line in lines)}:
        raise NotThere
    if after_clause_id in _below(lines, clause_id):
        raise MovesIntoItself
    at: int | None = after_clause_id
    while at is not None:  # clauses that are placed after each other in a circle would stand nowhere
        if at == clause_id:
            raise MovesIntoItself
        at = anchors.get(at)


def _refuse_join(standing: Sequence[Settlement], line: ClauseLine | None, other: ClauseLine | None) -> None:
    if other is None:
        raise SettlementIncomplete
    if line is None or (other.parent_id, other.position, other.kind) != (
        line.parent_id,
        line.position + 1,
        line.kind,
    ):
        raise JoinsNoNeighbour
    harmless = (SettlementKind.KEEP, SettlementKind.REPLACE)
    if any(one.clause_id == other.clause_id and one.kind not in harmless for one in standing):
        raise SettledOtherwise(other.label)


def _below(lines: Sequence[ClauseLine], clause_id: int) -> set[int]:
    found = {clause_id}
    for line in lines:
        if line.parent_id in found:
            found.add(line.clause_id)
    return found


def reasons_of(
    session: Session, draft: Draft, clause_id: int, words: Words, final: str, new: NewSettlement
) -> list[tuple[core.Change, Reason]]:
    """Every change with its reason; refuses one that has none."""
    stretches = attributed(session, draft.id, clause_id, words.body, final, chosen(new.choices))
    found, bare = [], []
    for change in _changes(words, stretches, new):
        key = (change.old_start, change.old_end, change.new_start, change.new_end)
        given = new.reasons.get(key, new.otherwise)
        comments = change.comments or given.comments
        _refuse_unknown(session, draft.consultation_id, comments)
        if not comments and not given.is_editorial:
            bare.append(_shown(words, final, change, new))
        found.append((change, Reason(comments, given.is_editorial and not comments)))
    if bare:
        raise ChangeWithoutReason(tuple(bare))
    return found


def chosen(choices: Mapping[str, Mapping[str, Any]]) -> dict[str, Choice]:
    """How each collision was resolved, without why."""
    return {key: one["choice"] for key, one in choices.items() if "choice" in one}


def _changes(words: Words, changes: list[core.Change], new: NewSettlement) -> list[core.Change]:
    if words.line is None and new.kind is SettlementKind.DELETE:
        return []  # it was never in a draft
    has_heading = (
        bool(new.heading.strip()) and canonical(new.heading) != words.heading and words.line is not None
    )
    is_elsewhere = new.kind is SettlementKind.MOVE
    others = (SettlementKind.DELETE, SettlementKind.SPLIT)
    if has_heading or is_elsewhere or (not changes and new.kind in others):
        return [core.Change(*BESIDE_THE_WORDS, ()), *changes]
    return changes


def _shown(words: Words, final: str, change: core.Change, new: NewSettlement) -> str:
    said = words.body[change.old_start : change.old_end] or final[change.new_start : change.new_end]
    return said.strip() or new.heading.strip() or (words.line.label if words.line else "…")


def _refuse_unknown(session: Session, consultation_id: int, numbers: Sequence[int]) -> None:
    query = select(Comment.number).where(
        Comment.consultation_id == consultation_id, Comment.number.in_(numbers)
    )
    for number in set(numbers) - set(session.scalars(query)):
        raise UnknownComment(number)


def as_inserted(new: NewSettlement, last: Settlement) -> NewSettlement:
    """A clause that an insertion made stays one, and keeps its place, unless it is struck or moved."""
    if new.kind is SettlementKind.DELETE:
        return new
    after = new.after_clause_id if new.kind is SettlementKind.MOVE else last.after_clause_id
    return replace(new, kind=SettlementKind.INSERT, after_clause_id=after)
