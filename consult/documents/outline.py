"""What came out of a file: which clauses, in which order, how deep, under which numbers; and what was left out?

A flat list in the order of the text: a clause's parent is the nearest one before it that stands less deep. Nothing
here is a sentence: what was noticed is a value, and the interface finds the words.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from consult.core.terms import ClauseKind

PAGE = 50


@dataclass(frozen=True, slots=True)
class Item:
    """One clause to be. `number` is the label as printed, `heading` plain words, `body` restricted CommonMark."""

    kind: ClauseKind
    depth: int
    number: str = ""
    heading: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class GapInNumbers:
    """The text goes from one number to another, and what should stand between is not in it."""

    after: str
    before: str


@dataclass(frozen=True, slots=True)
class DuplicateNumber:
    number: str
    count: int


@dataclass(frozen=True, slots=True)
class TrackedChangesFound:
    """They were read as accepted: insertions in, deletions out."""

    count: int


@dataclass(frozen=True, slots=True)
class CommentsFound:
    count: int


@dataclass(frozen=True, slots=True)
class EmbeddedIgnored:
    count: int


@dataclass(frozen=True, slots=True)
class PicturesIgnored:
    count: int


@dataclass(frozen=True, slots=True)
class HiddenTextIgnored:
    count: int


@dataclass(frozen=True, slots=True)
class ContentsIgnored:
    """A generated table of contents: the reader has its own."""

    count: int


@dataclass(frozen=True, slots=True)
class PageNumbersIgnored:
    """Numbers of pages in a pasted text, and the lines that repeat beside them."""

    count: int


@dataclass(frozen=True, slots=True)
class TemplateIgnored:
    """The file names a template elsewhere; it was not followed."""


@dataclass(frozen=True, slots=True)
class FilesOrdered:
    """Several files became one draft, in this order, which was not the order of their names."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrefaceIgnored:
    """Words about the file rather than of the draft (front matter, a line that names the source)."""

    words: str


@dataclass(frozen=True, slots=True)
class NoteWithoutPlace:
    """A note that nothing cites, or a citation of a note that is not there."""

    number: str


Warning_ = (
    GapInNumbers
    | DuplicateNumber
    | TrackedChangesFound
    | CommentsFound
    | EmbeddedIgnored
    | PicturesIgnored
    | HiddenTextIgnored
    | ContentsIgnored
    | PageNumbersIgnored
    | TemplateIgnored
    | FilesOrdered
    | PrefaceIgnored
    | NoteWithoutPlace
)
WARNINGS: dict[str, type[Warning_]] = {kind.__name__: kind for kind in Warning_.__args__}


@dataclass(frozen=True, slots=True)
class Outline:
    title: str
    language: str
    items: tuple[Item, ...]
    warnings: tuple[Warning_, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the items, each with the index by which the steps name it."""

    items: tuple[tuple[int, Item], ...]
    number: int
    count: int


def page(outline: Outline, number: int, size: int = PAGE) -> Page:
    """The first page is 1; a number beyond the ends gives the nearest page."""
    count = max(1, -(-len(outline.items) // size))
    number = min(max(number, 1), count)
    start = (number - 1) * size
    shown = outline.items[start : start + size]
    return Page(tuple(enumerate(shown, start)), number, count)


def levelled(items: Sequence[Item]) -> tuple[Item, ...]:
    """Depths without holes: nothing stands more than one below the item before it."""
    even: list[Item] = []
    for item in items:
        deepest = even[-1].depth + 1 if even else 0
        depth = min(max(item.depth, 0), deepest)
        even.append(item if depth == item.depth else replace(item, depth=depth))
    return tuple(even)


def subtree(outline: Outline, index: int) -> range:
    """The item and all that stands deeper right after it."""
    depth = outline.items[index].depth
    end = index + 1
    while end < len(outline.items) and outline.items[end].depth > depth:
        end += 1
    return range(index, end)


def to_json(outline: Outline) -> str:
    warnings = [{"is": type(each).__name__, **asdict(each)} for each in outline.warnings]
    return json.dumps({**asdict(outline), "warnings": warnings}, ensure_ascii=False)


def from_json(written: str) -> Outline:
    kept: dict[str, Any] = json.loads(written)
    items = tuple(Item(**{**each, "kind": ClauseKind(each["kind"])}) for each in kept["items"])
    return Outline(kept["title"], kept["language"], items, tuple(map(_warning, kept["warnings"])))


def _warning(kept: dict[str, Any]) -> Warning_:
    facts = {
        name: tuple(fact) if isinstance(fact, list) else fact for name, fact in kept.items() if name != "is"
    }
    kind: Callable[..., Warning_] = WARNINGS[kept["is"]]
    return kind(**facts)
