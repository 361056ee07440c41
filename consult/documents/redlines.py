"""From a clause's old words and its new ones: which letters of which paragraphs stay, come and go?

Paragraphs are paired first, by likeness and in order, then compared word by word; what has no partner comes or goes
whole. Letters whose emphasis, link or cited note changed go and come again, so that rejecting brings back the old ones.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeVar

from rapidfuzz.distance import Indel

from consult.core.diff import redline
from consult.documents.bodies import Block, Style

Change = Literal["equal", "insert", "delete"]
T = TypeVar("T")

ALIKE = 0.4  # up to this, two paragraphs read better as one struck and one added than as one mended
_WORD = re.compile(r"[^\W\u2e80-\u9fff]+|[\u2e80-\u9fff]")  # only to see what is alike; core.diff compares


@dataclass(frozen=True, slots=True)
class Piece:
    change: Change
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class MarkedRow:
    change: Change
    cells: tuple["MarkedBlock", ...]


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """`change` is that of the paragraph itself, or of the table; the pieces carry their own."""

    kind: str
    level: int
    change: Change
    label: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    rows: tuple[MarkedRow, ...] = ()


def unmarked(new: Sequence[Block]) -> tuple[MarkedBlock, ...]:
    return tuple(_whole(block, "equal") for block in new)


def marked(old: Sequence[Block], new: Sequence[Block], alike: float = ALIKE) -> tuple[MarkedBlock, ...]:
    return tuple(_marked(before, after) for before, after in _pairs(old, new, _likeness, alike))


def _marked(old: Block | None, new: Block | None) -> MarkedBlock:
    if old is not None and new is not None:
        return _mended(old, new)
    if new is not None:
        return _whole(new, "insert")
    assert old is not None  # a pair has at least one side
    return _whole(old, "delete")


def _whole(block: Block, change: Change) -> MarkedBlock:
    rows = tuple(MarkedRow(change, tuple(_whole(cell, change) for cell in row)) for row in block.rows)
    pieces = tuple(_in_style(change, block.text, block.styles))
    return MarkedBlock(block.kind, block.level, change, _label(block.label, change), pieces, rows)


def _mended(old: Block, new: Block) -> MarkedBlock:
    if old.label == new.label:
        label = _label(new.label, "equal")
    else:
        label = _label(old.label, "delete") + _label(new.label, "insert")
    rows = tuple(_mended_row(*pair) for pair in _pairs(old.rows, new.rows, _row_likeness, ALIKE))
    return MarkedBlock(new.kind, new.level, "equal", label, tuple(_pieces(old, new)), rows)


def _mended_row(old: tuple[Block, ...] | None, new: tuple[Block, ...] | None) -> MarkedRow:
    if old is not None and new is not None:
        return MarkedRow("equal", tuple(_mended(*cells) for cells in zip(old, new, strict=True)))
    change: Change = "delete" if new is None else "insert"
    return MarkedRow(change, tuple(_whole(cell, change) for cell in new or old or ()))


def _label(label: str, change: Change) -> tuple[Piece, ...]:
    return (Piece(change, label, Style()),) if label else ()


def _pieces(old: Block, new: Block) -> Iterator[Piece]:
    if old.text == new.text and old.styles == new.styles:
        yield from _in_style("equal", new.text, new.styles)
        return
    before = after = 0
    for run in redline(old.text, new.text):
        size = len(run.text)
        if run.kind == "delete":
            yield from _in_style("delete", run.text, old.styles[before : before + size])
        elif run.kind == "insert":
            yield from _in_style("insert", run.text, new.styles[after : after + size])
        else:
            yield from _kept(run.text, old.styles[before : before + size], new.styles[after : after + size])
        before += size if run.kind != "insert" else 0
        after += size if run.kind != "delete" else 0


def _kept(text: str, old: Sequence[Style], new: Sequence[Style]) -> Iterator[Piece]:
    start = 0
    for is_same, stretch in groupby(zip(old, new, strict=True), key=lambda pair: pair[0] == pair[1]):
        end = start + len(list(stretch))
        if is_same:
            yield from _in_style("equal", text[start:end], new[start:end])
        else:
            yield from _in_style("delete", text[start:end], old[start:end])
            yield from _in_style("insert", text[start:end], new[start:end])
        start = end


def _in_style(change: Change, text: str, styles: Sequence[Style]) -> Iterator[Piece]:
    start = 0
    for _look, stretch in groupby(styles, key=lambda style: (style, style.bracketed)):
        letters = list(stretch)
        size = 1 if letters[0].note else len(letters)  # a note cited twice running is two citations
        for place in range(start, start + len(letters), size):
            yield Piece(change, text[place : place + size], letters[0])
        start += len(letters)


def _likeness(old: Block, new: Block) -> float:
    """0 is unlike in every word; below that, the two can never be one paragraph, mended."""
    if (old.kind, old.level) != (new.kind, new.level):
        return -1.0
    if old.kind == "table":
        return _table_likeness(old, new)
    if old.kind in ("heading", "caption"):
        return 1.0
    if old.text == new.text:
        return 1.0 if old.label == new.label else 0.95
    return _alike(old.text, new.text)


def _table_likeness(old: Block, new: Block) -> float:
    widths = {len(row) for row in (*old.rows, *new.rows)}
    return max(_row_likeness(a, b) for a in old.rows for b in new.rows) if len(widths) == 1 else -1.0


def _row_likeness(old: tuple[Block, ...], new: tuple[Block, ...]) -> float:
    return _alike(" ".join(cell.text for cell in old), " ".join(cell.text for cell in new))


def _alike(old: str, new: str) -> float:
    return float(Indel.normalized_similarity(_WORD.findall(old), _WORD.findall(new)))


def _pairs(
    old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float], alike: float
) -> list[tuple[T | None, T | None]]:
    """The pairing in order that is alike in all as much as can be; what goes stands before what comes."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    gains = [[max(gain, 0.01) if (gain := likeness(o, n)) >= alike else 0.0 for n in after] for o in before]
    same_end = zip(old[len(old) - tail :], new[len(new) - tail :], strict=True)
    return [*zip(old[:head], new[:head], strict=True), *_best(before, after, gains), *same_end]


def _best(
    old: Sequence[T], new: Sequence[T], gains: list[list[float]]
) -> Iterator[tuple[T | None, T | None]]:
    """`gains` tells what each pairing is worth; 0 forbids it."""
    ahead = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = gains[i][j] + ahead[i + 1][j + 1] if gains[i][j] else 0.0
            ahead[i][j] = max(ahead[i + 1][j], ahead[i][j + 1], paired)
    i = j = 0
    while i < len(old) and j < len(new):
        if gains[i][j] and ahead[i][j] == gains[i][j] + ahead[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif ahead[i][j] == ahead[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from ((block, None) for block in old[i:])
    yield from ((None, block) for block in new[j:])
