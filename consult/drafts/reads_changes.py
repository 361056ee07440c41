"""What became of each clause from one draft to another? A clause keeps its identity through every number and place."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from consult.core.rows import aligned
from consult.drafts.reads_tree import ClauseLine


class ChangeKind(StrEnum):
    """What became of a clause: the weightiest word that fits."""

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


def compared(old: Sequence[ClauseLine], new: Sequence[ClauseLine]) -> tuple[Compared, ...]:
    """Every clause of either draft, once, in reading order; what ended stands where it stood."""
    before = {line.clause_id: line for line in old[1:]}
    after = {line.clause_id for line in new[1:]}
    found = []
    for was, now in aligned(old[1:], new[1:], lambda line: line.clause_id):
        if now is not None:
            earlier = was or before.get(now.clause_id)
            found.append(Compared(_kind(earlier, now, is_moved=was is None), earlier, now))
        elif was is not None and was.clause_id not in after:
            found.append(Compared(ChangeKind.ENDED, was, None))
    return tuple(found)


def _kind(was: ClauseLine | None, now: ClauseLine, is_moved: bool) -> ChangeKind:
    if was is None:
        return ChangeKind.NEW
    if (was.text_id, was.heading_text_id, was.kind) != (now.text_id, now.heading_text_id, now.kind):
        return ChangeKind.CHANGED
    if is_moved or was.parent_id != now.parent_id:
        return ChangeKind.MOVED
    return ChangeKind.KEPT if was.number == now.number else ChangeKind.RENUMBERED
