"""Which words changed, and on whose word? A redline whose every change carries the number of its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from consult.core.diff import Edit, edits


class Stretch(Protocol):
    """A recorded change: its ends in code points, the comments that led to it, or an editorial hand."""

    @property
    def old_start(self) -> int: ...
    @property
    def old_end(self) -> int: ...
    @property
    def new_start(self) -> int: ...
    @property
    def new_end(self) -> int: ...
    @property
    def comments(self) -> tuple[int, ...]: ...
    @property
    def is_editorial(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Run:
    """Words kept, struck or put in; the last run of a change carries the mark of its source."""

    kind: Literal["equal", "delete", "insert"]
    text: str
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Why words changed: comments, an editorial hand, or, where neither is named, nothing yet."""

    mark: int
    comments: tuple[int, ...]
    is_editorial: bool


@dataclass(frozen=True, slots=True)
class Sourced:
    """A redline with its sources, numbered in the order in which they first come."""

    runs: tuple[Run, ...]
    sources: tuple[Source, ...]


def sourced(old: str, new: str, stretches: Sequence[Stretch]) -> Sourced:
    """The redline from old to new, each change with the reasons of the recorded stretches that it meets."""
    runs: list[Run] = []
    found: dict[tuple[tuple[int, ...], bool], Source] = {}
    at = 0
    for edit, comments, is_editorial in _explained(old, new, stretches):
        source = found.setdefault((comments, is_editorial), Source(len(found) + 1, comments, is_editorial))
        struck, put_in = old[edit.old_start : edit.old_end], new[edit.new_start : edit.new_end]
        runs += [
            Run("equal", old[at : edit.old_start]),
            Run("delete", struck, None if put_in else source.mark),
            Run("insert", put_in, source.mark),
        ]
        at = edit.old_end
    runs.append(Run("equal", old[at:]))
    return Sourced(tuple(run for run in runs if run.text), tuple(found.values()))


def _explained(old: str, new: str, stretches: Sequence[Stretch]) -> list[tuple[Edit, tuple[int, ...], bool]]:
    worded = [one for one in stretches if one.old_end > one.old_start or one.new_end > one.new_start]
    if _leads(old, new, worded):
        return [
            (Edit(one.old_start, one.old_end, one.new_start, one.new_end), one.comments, one.is_editorial)
            for one in worded
        ]
    found = []
    for edit in edits(old, new):  # the words were divided among several clauses since
        met = [one for one in worded if one.old_start <= edit.old_end and edit.old_start <= one.old_end]
        comments = tuple(sorted({number for one in met for number in one.comments}))
        found.append((edit, comments, not comments and any(one.is_editorial for one in met)))
    return found


def _leads(old: str, new: str, stretches: Sequence[Stretch]) -> bool:
    """Whether the recorded stretches are all that differs."""
    parts, at = [], 0
    for one in stretches:
        parts += [old[at : one.old_start], new[one.new_start : one.new_end]]
        at = one.old_end
    return "".join([*parts, old[at:]]) == new
