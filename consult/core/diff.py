"""What changed between two texts, word by word, in any script?

A change never cuts a word. What is compared is words; the blanks between them follow, so that taking a word
out or putting one in leaves no stray blank behind, in scripts with blanks and without.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from consult.core.stretches import Stretch, stretches, tokens


@dataclass(frozen=True, slots=True)
class Edit:
    """One changed stretch, in code points of the old and of the new text."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Run:
    kind: Literal["equal", "delete", "insert"]
    text: str


def edits(old: str, new: str) -> tuple[Edit, ...]:
    return woven(old, stretches(old, new))[1]


def applied(old: str, new: str, changes: Sequence[Edit]) -> str:
    """The new text again, from the old one and the inserted words alone."""
    parts: list[str] = []
    at = 0
    for change in changes:
        parts += [old[at : change.old_start], new[change.new_start : change.new_end]]
        at = change.old_end
    return "".join([*parts, old[at:]])


def redline(old: str, new: str) -> tuple[Run, ...]:
    """What to show: kept, struck and new words in reading order, the struck before the new."""
    runs: list[Run] = []
    at = 0
    for edit in edits(old, new):
        runs += [
            Run("equal", old[at : edit.old_start]),
            Run("delete", old[edit.old_start : edit.old_end]),
            Run("insert", new[edit.new_start : edit.new_end]),
        ]
        at = edit.old_end
    return tuple(run for run in [*runs, Run("equal", old[at:])] if run.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that follow each other in a woven text: kept ones, or the wording of a stretch."""

    gap: str
    wording: str
    old_start: int
    old_end: int
    stretch: Stretch | None
    is_last: bool = False


def pieces(body: str, changes: Sequence[Stretch], start: int, stop: int) -> Iterator[Piece]:
    """The words from `start` to `stop` with these changes made; the last piece carries only a blank.

    Each blank is what the changes on both its sides leave of it: one that says nothing of it gives way to one
    that does. So neighbours changed by different hands are neither glued together nor parted twice.
    """
    was = tokens(body)
    at, gap = start, was[start].space
    for change in (*changes, None):
        until = stop if change is None else change.old_from
        if at < until:
            yield Piece(
                gap, body[was[at].start : was[until - 1].end], was[at].start, was[until - 1].end, None
            )
            gap = was[until].space
        if change is None:
            break
        if change.before != was[until].space:
            gap = change.before
        at = change.old_to
        old = (was[until].start, was[at - 1].end) if until < at else (-1, -1)
        yield Piece(gap * bool(change.wording), change.wording, *old, change)
        gap = change.after if change.wording else gap
    yield Piece(gap, "", was[stop].start, was[stop].start, None, is_last=True)


def woven(body: str, changes: Sequence[Stretch]) -> tuple[str, tuple[Edit, ...]]:
    """The text with these changes made (in order, none overlapping), and where each stands in both texts.

    A blank that changed goes with the change before it, else with the one after it.
    """
    parts: list[str] = []
    places: list[Edit] = []
    old_at = new_at = 0
    is_after_change = False
    for piece in pieces(body, changes, 0, len(tokens(body)) - 1):
        old_start = old_at if piece.old_start < 0 else piece.old_start
        new_start = new_at + len(piece.gap)
        begin = old_start, new_start
        if piece.stretch and not (piece.wording and piece.old_start >= 0):
            begin = old_at, new_at  # only put in, or only struck: its own blank comes along
        elif body[old_at:old_start] != piece.gap and is_after_change:
            places[-1] = Edit(places[-1].old_start, old_start, places[-1].new_start, new_start)
        elif body[old_at:old_start] != piece.gap:
            begin = old_at, new_at
        old_at, new_at = max(old_at, piece.old_end), new_start + len(piece.wording)
        parts += [piece.gap, piece.wording]
        is_after_change = piece.stretch is not None
        if is_after_change:
            places.append(Edit(begin[0], old_at, begin[1], new_at))
    return "".join(parts), tuple(places)
