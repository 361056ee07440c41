"""What do a paragraph and its styles say of it: a heading of which level, which list, how far in, how it stands out?

A style says nothing, or says it for all styles based on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from consult.documents.docx_in_parts import W, child, children, is_on, number, value

T = TypeVar("T")
BODY = 9  # the outline level by which Word says "no heading"
DEEPEST = 50  # styles based on each other in a ring end here


@dataclass(frozen=True, slots=True)
class Looks:
    """What a paragraph, a run or a style says of itself; None where it is silent."""

    based_on: str | None = None
    name: str = ""
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    indent: int | None = None
    alignment: str | None = None
    is_bold: bool | None = None
    is_italic: bool | None = None
    is_hidden: bool | None = None
    is_capital: bool | None = None


def looks(
    element: etree._Element | None, properties: etree._Element | None, runs: etree._Element | None
) -> Looks:
    """Read from a `style`, or from a paragraph's own properties, or those of a run."""
    indent = child(properties, "ind")
    return Looks(
        based_on=value(element, "basedOn"),
        name=(value(element, "name") or "").lower(),
        outline=number(value(properties, "outlineLvl")),
        list_id=value(properties, "numPr", "numId"),
        list_level=number(value(properties, "numPr", "ilvl")),
        indent=None if indent is None else number(indent.get(W + "left") or indent.get(W + "start")),
        alignment=value(properties, "jc"),
        is_bold=is_on(runs, "b"),
        is_italic=is_on(runs, "i"),
        is_hidden=is_on(runs, "vanish"),
        is_capital=is_on(runs, "caps"),
    )


class Styles:
    def __init__(self, tree: etree._Element | None) -> None:
        self.named: dict[str, Looks] = {}
        self.default: str | None = None
        for style in children(tree, "style"):
            name = style.get(W + "styleId", "")
            self.named[name] = looks(style, child(style, "pPr"), child(style, "rPr"))
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self.default = name

    def chain(self, name: str | None) -> list[Looks]:
        """The paragraph style, or the default one, and those it is based on, nearest first."""
        return self.run_chain(name if name in self.named else self.default)

    def run_chain(self, name: str | None) -> list[Looks]:
        found: list[Looks] = []
        while name in self.named and len(found) < DEEPEST:
            found.append(self.named[name])
            name = self.named[name].based_on
        return found


def first(values: Iterable[T | None]) -> T | None:
    return next((each for each in values if each is not None), None)


def heading_level(own: Looks, chain: list[Looks]) -> int | None:
    """1 to 9, by the outline level said nearest, or by the style's name."""
    for each in (own, *chain):
        if each.outline is not None:
            return each.outline + 1 if 0 <= each.outline < BODY else None
        if each.name.startswith("heading ") and (level := number(each.name[8:9])):
            return level
    return None
