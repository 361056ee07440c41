"""What changed between two drafts, clause by clause? A clause keeps its identity through every number and place."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from consult.drafts.reads_tree import ClauseLine, tree
from consult.languages.reads import Said, originals, texts_in

if TYPE_CHECKING:
    from consult.drafts.reads import DraftLine


class ChangeKind(StrEnum):
    """What became of a clause, the weightiest word first that fits."""

    NEW = "new"
    ENDED = "ended"
    CHANGED = "changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Compared:
    """A clause as it stood and as it stands; one of the two is absent where it is new or ended."""

    kind: ChangeKind
    old: ClauseLine | None
    new: ClauseLine | None


@dataclass(frozen=True, slots=True)
class Change:
    """The same with its words. Old and new are always in one language, so that they can be compared."""

    kind: ChangeKind
    old: ClauseLine | None
    new: ClauseLine | None
    old_text: Said | None
    new_text: Said | None
    old_heading: Said | None
    new_heading: Said | None


def changes(session: Session, older: "DraftLine", newer: "DraftLine", language: str) -> tuple[Change, ...]:
    """Every clause of either draft in reading order, in the reader's language where both have it. Few queries."""
    pairs = compared(tree(session, older.id), tree(session, newer.id))
    lines = [line for pair in pairs for line in (pair.old, pair.new) if line is not None]
    ids = {one for line in lines for one in (line.text_id, line.heading_text_id)}
    said, written = texts_in(session, ids, language), originals(session, ids)
    found = []
    for pair in pairs:
        old, new = pair.old, pair.new
        texts = _together(old and old.text_id, new and new.text_id, said, written)
        headings = _together(old and old.heading_text_id, new and new.heading_text_id, said, written)
        found.append(Change(pair.kind, old, new, *texts, *headings))
    return tuple(found)


def compared(old: Sequence[ClauseLine], new: Sequence[ClauseLine]) -> tuple[Compared, ...]:
    """The clauses of the new draft in reading order; each that ended stands after the clause that it followed."""
    before = {line.clause_id: line for line in old[1:]}
    after = {line.clause_id for line in new}
    moved = _moved(before, new)
    ended: dict[int, list[Compared]] = {}
    place = old[0].clause_id if old else 0
    for line in old[1:]:
        if line.clause_id in after:
            place = line.clause_id
        else:
            ended.setdefault(place, []).append(Compared(ChangeKind.ENDED, line, None))
    found = list(ended.get(new[0].clause_id, ())) if new else []
    for line in new[1:]:
        found.append(_compared(before.get(line.clause_id), line, line.clause_id in moved))
        found += ended.get(line.clause_id, ())
    return tuple(found)


def _compared(old: ClauseLine | None, new: ClauseLine, is_moved: bool) -> Compared:
    if old is None:
        kind = ChangeKind.NEW
    elif (old.text_id, old.heading_text_id, old.kind) != (new.text_id, new.heading_text_id, new.kind):
        kind = ChangeKind.CHANGED
    elif is_moved:
        kind = ChangeKind.MOVED
    else:
        kind = ChangeKind.KEPT if old.number == new.number else ChangeKind.RENUMBERED
    return Compared(kind, old, new)


def _moved(before: dict[int, ClauseLine], new: Sequence[ClauseLine]) -> set[int]:
    """The clauses with another parent, and as few of the others as explain a new order among siblings."""
    moved: set[int] = set()
    siblings: dict[int | None, list[ClauseLine]] = {}
    for line in new[1:]:
        old = before.get(line.clause_id)
        if old is not None and old.parent_id != line.parent_id:
            moved.add(line.clause_id)
        elif old is not None:
            siblings.setdefault(line.parent_id, []).append(old)
    for lines in siblings.values():
        stayed = _longest_rise([line.position for line in lines])
        moved |= {line.clause_id for index, line in enumerate(lines) if index not in stayed}
    return moved


def _longest_rise(positions: Sequence[int]) -> set[int]:
    """The indices of a longest rising run of positions: those that kept their order."""
    tails: list[int] = []
    last: list[int] = []
    link: list[int] = []
    for index, position in enumerate(positions):
        at = bisect_left(tails, position)
        tails[at:] = [position, *tails[at + 1 :]]
        last[at:] = [index, *last[at + 1 :]]
        link.append(last[at - 1] if at else -1)
    kept, index = set(), last[-1] if last else -1
    while index >= 0:
        kept.add(index)
        index = link[index]
    return kept


def _together(
    old: int | None, new: int | None, said: dict[int, Said], written: dict[int, Said]
) -> tuple[Said | None, Said | None]:
    """Both texts in the reader's language if both are there in it; else both as they were written."""
    ids = [one for one in (old, new) if one is not None]
    source = said if len({said[one].language for one in ids}) == 1 else written
    return source[old] if old is not None else None, source[new] if new is not None else None
