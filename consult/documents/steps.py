"""What does the moderator mend in an imported outline, and how is that kept and done again?

Each step is a small value that can be stored; the outline as read from the file never changes, and the one on the
page is the steps done again in order. A step that does not fit is refused and changes nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from consult.core.terms import ClauseKind
from consult.documents.outline import Item, Outline, subtree
from consult.refusals import Refusal

LONGEST_NUMBER = 60
KINDS = {ClauseKind.SECTION, ClauseKind.CLAUSE, ClauseKind.NOTE, ClauseKind.TABLE}


@dataclass(unsafe_hash=True)
class NoSuchItem(Refusal):
    index: int


@dataclass(unsafe_hash=True)
class NothingBefore(Refusal):
    """The first item has none before it to join with or to stand under."""

    index: int


@dataclass(unsafe_hash=True)
class CannotJoin(Refusal):
    """A table is joined with nothing, a note only with a note."""

    index: int


@dataclass(unsafe_hash=True)
class NothingToSplit(Refusal):
    """One side of the cut would be empty, or it would cut a word's markup, a table or a list line in two."""

    index: int
    at: int


@dataclass(unsafe_hash=True)
class NumberTooLong(Refusal):
    longest: int


@dataclass(unsafe_hash=True)
class NotDeeper(Refusal):
    """It stands already right below the item before it."""

    index: int


@dataclass(unsafe_hash=True)
class NotHigher(Refusal):
    """It stands already at the top."""

    index: int


@dataclass(unsafe_hash=True)
class CannotBe(Refusal):
    """Not a kind that an item of a draft can have, or one that its words do not allow."""

    index: int
    kind: str


@dataclass(unsafe_hash=True)
class StepNotKnown(Refusal):
    pass


def join(outline: Outline, index: int) -> Outline:
    """The item becomes a further paragraph of the one before it; what stood below it stands below that one."""
    item = _item(outline, index)
    at = index - 1
    while at >= 0 and outline.items[at].kind == ClauseKind.NOTE != item.kind:
        at -= 1  # the notes of the clause before stay between the two
    if at < 0:
        raise NothingBefore(index)
    before = outline.items[at]
    if ClauseKind.TABLE in (item.kind, before.kind) or ClauseKind.NOTE in {item.kind} ^ {before.kind}:
        raise CannotJoin(index)
    below = subtree(outline, index)
    shift = before.depth - item.depth
    raised = tuple(replace(outline.items[own], depth=outline.items[own].depth + shift) for own in below[1:])
    between = outline.items[at + 1 : index]
    return _with(
        outline, (*outline.items[:at], _joined(before, item), *between, *raised, *outline.items[below.stop :])
    )


def _joined(before: Item, item: Item) -> Item:
    if before.kind == item.kind == ClauseKind.SECTION:
        return replace(before, heading=_line(before.heading, item.number, item.heading))
    kind = ClauseKind.CLAUSE if before.kind == ClauseKind.SECTION else before.kind
    return replace(before, kind=kind, body="\n\n".join(filter(None, (before.body, _words(item)))))


def _words(item: Item) -> str:
    return _line(item.number, item.heading, item.body)


def split(outline: Outline, index: int, at: int) -> Outline:
    """The words from `at` on (a code point of the body) become an item of their own right after, without a number."""
    item = _item(outline, index)
    first, second = item.body[:at].rstrip(), item.body[at:].lstrip()
    if (
        item.kind == ClauseKind.TABLE
        or not 0 < at < len(item.body)
        or not first
        or not second
        or _is_torn(first)
    ):
        raise NothingToSplit(index, at)
    parts = (replace(item, body=first), Item(item.kind, item.depth, body=second))
    own = index + 1
    while own < len(outline.items) and outline.items[own].kind == ClauseKind.NOTE:
        own += 1
    cited = [note for note in outline.items[index + 1 : own] if f"[^{note.number}]" in second]
    stays = [note for note in outline.items[index + 1 : own] if note not in cited]
    rest = outline.items[own:]
    return _with(outline, (*outline.items[:index], parts[0], *stays, parts[1], *cited, *rest))


def renumber(outline: Outline, index: int, number: str) -> Outline:
    number = " ".join(number.split())
    if len(number) > LONGEST_NUMBER:
        raise NumberTooLong(LONGEST_NUMBER)
    return _changed(outline, index, replace(_item(outline, index), number=number))


def drop(outline: Outline, index: int) -> Outline:
    """The item goes, with all that stands below it."""
    _item(outline, index)
    gone = subtree(outline, index)
    return _with(outline, (*outline.items[: gone.start], *outline.items[gone.stop :]))


def indent(outline: Outline, index: int) -> Outline:
    """One deeper, with all that stands below it."""
    item = _item(outline, index)
    if index == 0:
        raise NothingBefore(index)
    if item.depth > outline.items[index - 1].depth:
        raise NotDeeper(index)
    return _moved(outline, index, 1)


def outdent(outline: Outline, index: int) -> Outline:
    """One higher, with all that stands below it."""
    if _item(outline, index).depth == 0:
        raise NotHigher(index)
    return _moved(outline, index, -1)


def set_kind(outline: Outline, index: int, kind: ClauseKind) -> Outline:
    """A clause that becomes a section takes its words as its heading, and back."""
    item = _item(outline, index)
    if kind not in KINDS or (kind == ClauseKind.TABLE) != (item.kind == ClauseKind.TABLE):
        raise CannotBe(index, str(kind))
    if kind == ClauseKind.SECTION and item.body and not item.heading:
        if "\n" in item.body:
            raise CannotBe(index, str(kind))
        return _changed(outline, index, replace(item, kind=kind, heading=item.body, body=""))
    if item.kind == ClauseKind.SECTION and kind != ClauseKind.SECTION and not item.body:
        return _changed(outline, index, replace(item, kind=kind, heading="", body=item.heading))
    return _changed(outline, index, replace(item, kind=kind))


def _item(outline: Outline, index: int) -> Item:
    if not 0 <= index < len(outline.items):
        raise NoSuchItem(index)
    return outline.items[index]


def _is_torn(first: str) -> bool:
    """Whether the cut stands inside an emphasis, a link or a note mark: its opening would lose its end."""
    line = re.sub(r"\\.", "", first.rsplit("\n", 1)[-1], flags=re.DOTALL)
    strong = line.count("**")
    open_emphasis = strong % 2 == 1 or (line.count("*") - 2 * strong) % 2 == 1
    open_mark = line.rfind("<http") > line.rfind(">") or line.rfind("[^") > line.rfind("]")
    return open_emphasis or open_mark or line.endswith("\\") or line.lstrip().startswith("|")


def _line(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _changed(outline: Outline, index: int, item: Item) -> Outline:
    return _with(outline, (*outline.items[:index], item, *outline.items[index + 1 :]))


def _moved(outline: Outline, index: int, by: int) -> Outline:
    below = subtree(outline, index)
    moved = tuple(replace(outline.items[at], depth=outline.items[at].depth + by) for at in below)
    return _with(outline, (*outline.items[:index], *moved, *outline.items[below.stop :]))


def _with(outline: Outline, items: tuple[Item, ...]) -> Outline:
    return replace(outline, items=items)


@dataclass(frozen=True, slots=True)
class Step:
    """One edit as it is stored: what to do, where, and the one fact that it needs."""

    do: str
    index: int
    at: int = 0
    number: str = ""
    kind: str = ""

    def stored(self) -> dict[str, Any]:
        facts = asdict(self)
        return {name: facts[name] for name in ("do", "index", *NEEDS.get(self.do, ()))}


EDITS: dict[str, Callable[[Outline, Step], Outline]] = {
    "join": lambda outline, step: join(outline, step.index),
    "split": lambda outline, step: split(outline, step.index, step.at),
    "renumber": lambda outline, step: renumber(outline, step.index, step.number),
    "drop": lambda outline, step: drop(outline, step.index),
    "indent": lambda outline, step: indent(outline, step.index),
    "outdent": lambda outline, step: outdent(outline, step.index),
    "set_kind": lambda outline, step: set_kind(outline, step.index, _kind(step)),
}
NEEDS = {"split": ("at",), "renumber": ("number",), "set_kind": ("kind",)}


def step_from(stored: Mapping[str, Any]) -> Step:
    """From what was stored, or sent; anything else is refused."""
    try:
        step = Step(**stored)
    except TypeError:
        raise StepNotKnown() from None
    shapes = (step.index, int), (step.at, int), (step.number, str), (step.kind, str)
    if step.do not in EDITS or not all(isinstance(fact, shape) for fact, shape in shapes):
        raise StepNotKnown()
    return step


def replayed(outline: Outline, steps: Iterable[Step]) -> Outline:
    """The outline after all the steps, in their order."""
    for step in steps:
        if step.do not in EDITS:
            raise StepNotKnown()
        outline = EDITS[step.do](outline, step)
    return outline


def _kind(step: Step) -> ClauseKind:
    if step.kind not in {str(kind) for kind in KINDS}:
        raise CannotBe(step.index, step.kind)
    return ClauseKind(step.kind)
