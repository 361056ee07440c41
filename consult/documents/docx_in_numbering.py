"""Which number does Word print before a paragraph?

Nowhere in the file does it stand: it is counted from numbering.xml, the styles, and every numbered paragraph before.
Lists that share a definition go on counting from each other; an override restarts a list the first time it is used.
"""

import re
from dataclasses import dataclass, replace

from lxml import etree

from consult.documents.docx_in_counting import counted
from consult.documents.docx_in_looks import Looks, Styles, first
from consult.documents.docx_in_parts import W, child, children, is_on, number, value

LEVELS = 9
PLACEHOLDER = re.compile(r"%([1-9])")
UNCOUNTED = {"bullet", "none"}


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    is_legal: bool = False
    restart: int | None = None
    style: str | None = None
    indent: int | None = None


@dataclass(frozen=True, slots=True)
class List:
    definition: str
    restarts: dict[int, int]
    levels: dict[int, Level]


@dataclass(frozen=True, slots=True)
class Label:
    """The printed label (empty before a bullet), the level of the list, and how far in the words stand."""

    text: str
    level: int
    is_bullet: bool
    indent: int | None


class Numbering:
    """Asked once for each paragraph, in the order of the text."""

    def __init__(self, tree: etree._Element | None, styles: Styles) -> None:
        self.styles = styles
        self.definitions: dict[str, dict[int, Level]] = {}
        self.linked: dict[str, str] = {}
        for each in children(tree, "abstractNum"):
            name = each.get(W + "abstractNumId", "")
            self.definitions[name] = {int(at): level for at, level in map(_level, children(each, "lvl"))}
            if link := value(each, "numStyleLink"):
                self.linked[name] = link
        self.lists = {each.get(W + "numId", ""): _list(each) for each in children(tree, "num")}
        self.counts: dict[str, dict[int, int]] = {}
        self.used: set[tuple[str, int]] = set()

    def label(self, own: Looks, style: str | None) -> Label | None:
        placed = self._placed(own, style)
        if placed is None:
            return None
        list_id, at = placed
        listed = self.lists[list_id]
        definition, levels = self._levels(listed)
        level = levels.get(at, Level(format="none"))
        self._count(list_id, definition, at, levels)
        is_bullet = level.format == "bullet"
        return Label("" if is_bullet else self._text(definition, at, levels), at, is_bullet, level.indent)

    def _placed(self, own: Looks, style: str | None) -> tuple[str, int] | None:
        chain = self.styles.chain(style)
        list_id = first([own.list_id, *(each.list_id for each in chain)])
        if list_id is None or list_id == "0" or list_id not in self.lists:
            return None
        at = own.list_level
        if at is None and own.list_id is None:
            _, levels = self._levels(self.lists[list_id])
            at = next((at for at, level in levels.items() if level.style and level.style == style), None)
            at = first([at, *(each.list_level for each in chain)])
        return list_id, min(max(at or 0, 0), LEVELS - 1)

    def _levels(self, listed: List) -> tuple[str, dict[int, Level]]:
        definition = listed.definition
        if definition in self.linked:  # the list lives in a style, which names the list that holds its levels
            behind = first([each.list_id for each in self.styles.chain(self.linked[definition])])
            if behind in self.lists and self.lists[behind].definition not in self.linked:
                definition = self.lists[behind].definition
        levels = {**self.definitions.get(definition, {}), **listed.levels}
        for at, start in listed.restarts.items():
            levels[at] = replace(levels.get(at, Level()), start=start)
        return definition, levels

    def _count(self, list_id: str, definition: str, at: int, levels: dict[int, Level]) -> None:
        counts = self.counts.setdefault(definition, {})
        for level in range(at + 1):
            if level in self.lists[list_id].restarts and (list_id, level) not in self.used:
                self.used.add((list_id, level))
                counts.pop(level, None)
        for level in range(at):
            counts.setdefault(level, levels.get(level, Level()).start)
        counts[at] = counts[at] + 1 if at in counts else levels.get(at, Level()).start
        for deeper in range(at + 1, LEVELS):
            restart = levels.get(deeper, Level()).restart
            if restart is None or at < restart:
                counts.pop(deeper, None)

    def _text(self, definition: str, at: int, levels: dict[int, Level]) -> str:
        level = levels.get(at, Level(format="none"))
        counts = self.counts[definition]

        def written(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            other = levels.get(place, Level())
            style = "decimal" if level.is_legal and other.format != "none" else other.format
            return "" if style in UNCOUNTED else counted(counts.get(place, other.start), style)

        return PLACEHOLDER.sub(written, level.text).strip()


def _level(element: etree._Element) -> tuple[int, Level]:
    style = value(element, "numFmt") or _alternative_format(element) or "decimal"
    indent = child(element, "pPr", "ind")
    return number(element.get(W + "ilvl")) or 0, Level(
        start=number(value(element, "start")) or 0,
        format=style,
        text=value(element, "lvlText") or "",
        is_legal=bool(is_on(element, "isLgl")),
        restart=number(value(element, "lvlRestart")),
        style=value(element, "pStyle"),
        indent=None if indent is None else number(indent.get(W + "left") or indent.get(W + "start")),
    )


def _alternative_format(element: etree._Element) -> str | None:
    """Newer formats stand in an AlternateContent, the last of which any reader can follow."""
    found = [each.get(W + "val") for each in element.iter(W + "numFmt")]
    return found[-1] if found else None


def _list(element: etree._Element) -> List:
    restarts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in children(element, "lvlOverride"):
        at = number(override.get(W + "ilvl")) or 0
        if (level := child(override, "lvl")) is not None:
            levels[at] = _level(level)[1]
        if (start := number(value(override, "startOverride"))) is not None:
            restarts[at] = start
    return List(value(element, "abstractNumId") or "", restarts, levels)
