"""Which words does a paragraph of a Word file show, once its tracked changes are accepted?

Insertions are in, deletions out; hidden words, field codes and generated contents are left out and counted; what is
drawn or calculated keeps its words. Boxes of text stand outside the line and are handed back beside it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from consult.documents.docx_in_looks import Looks, Styles, first, looks
from consult.documents.docx_in_parts import R, W, child, choice, local, value
from consult.documents.markup import LOWERED, RAISED, Run

ADDRESS = re.compile(r'HYPERLINK\s+"(https?://[^"]*)"', re.IGNORECASE)
SYMBOLS = {"A8": "☐", "6F": "☐", "FE": "☑", "FD": "☒", "FC": "✓", "FB": "✗", "E0": "→", "DF": "←", "B7": "•"}
SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": ""}
TRANSPARENT = {
    "ins",
    "moveTo",
    "smartTag",
    "customXml",
    "bdo",
    "dir",
    "sdtContent",
    "Choice",
    "Fallback",
    "rubyBase",
    "oMathPara",
}
GONE = {"del", "moveFrom", "rt", "pPr", "rPr", "sdtPr", "instrText", "delText", "delInstrText"}
DRAWN = {"drawing", "pict", "object"}


@dataclass(slots=True)
class Field:
    """A field opens, says what it is, then shows its result: paragraphs later, for a table of contents."""

    code: str = ""
    shows: bool = False


@dataclass(slots=True)
class Line:
    """What was read of one paragraph."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    cited: list[tuple[str, str, str]] = field(default_factory=list)  # number, part, id
    is_contents: bool = False


class RunReader:
    """Reads one paragraph after another; fields may stay open from one to the next."""

    def __init__(self, styles: Styles, links: dict[str, str]) -> None:
        self.styles = styles
        self.links = links
        self.fields: list[Field] = []
        self.cited: dict[tuple[str, str], str] = {}
        self.hidden_count = 0
        self.line = Line()
        self.looks: list[Looks] = []

    def read(self, paragraph: etree._Element, chain: list[Looks]) -> Line:
        self.line = line = Line()
        self.looks = chain
        self._all(paragraph, "")
        return line

    def _all(self, elements: Iterable[etree._Element], link: str) -> None:
        for element in elements:
            self._one(element, link)

    def _one(self, element: etree._Element, link: str) -> None:
        name = local(element)
        if name in GONE:
            return
        if name == "r":
            self._run(element, link)
        elif name in TRANSPARENT:
            self._all(element, link)
        elif name == "hyperlink":
            self._all(element, self.links.get(element.get(R + "id", ""), ""))
        elif name == "fldSimple":
            self.fields.append(Field(element.get(W + "instr", ""), shows=True))
            self._all(element, link)
            self.fields.pop()
        elif name == "AlternateContent":
            self._all(choice(element), link)
        elif name == "sdt":
            self._sdt(element, link)
        elif name == "oMath":
            self._add("".join(each.text or "" for each in element.iter() if local(each) == "t"), [], link)

    def _sdt(self, element: etree._Element, link: str) -> None:
        if child(element, "sdtPr", "showingPlcHdr") is None:  # "Click here to enter text" is nobody's words
            self._all(element.iterfind(W + "sdtContent"), link)

    def _run(self, run: etree._Element, link: str) -> None:
        properties = child(run, "rPr")
        chain = [
            looks(None, None, properties),
            *self.styles.run_chain(value(properties, "rStyle")),
            *self.looks,
        ]
        raised = value(properties, "vertAlign") or ""
        for element in run:
            name = local(element)
            if name == "t":
                self._add(_placed(element.text or "", raised), chain, link)
            elif name in SIGNS:
                self._add(SIGNS[name], chain, link)
            elif name == "br":
                self._add(" " if element.get(W + "type") in ("page", "column") else "\n", chain, link)
            elif name == "sym":
                self._add(_symbol(element.get(W + "char", "")), chain, link)
            elif name in ("footnoteReference", "endnoteReference"):
                self._cite(name.removesuffix("Reference") + "s", element.get(W + "id", ""))
            elif name == "fldChar":
                self._field(element.get(W + "fldCharType"))
            elif name == "instrText" and self.fields:
                self.fields[-1].code += element.text or ""
            elif name in DRAWN:
                self.line.boxes += _outermost_boxes(element)
            elif name in ("AlternateContent", "ruby"):
                self._within(element, chain, link)

    def _within(self, element: etree._Element, chain: list[Looks], link: str) -> None:
        """A choice between drawings, or words with their reading above: nothing but boxes and runs."""
        for each in choice(element) if local(element) == "AlternateContent" else element:
            self.line.boxes += _outermost_boxes(each)
            if local(each) == "rubyBase":
                self._all(each, link)
            for words in each.findall(W + "t"):
                self._add(words.text or "", chain, link)

    def _add(self, text: str, chain: list[Looks], link: str) -> None:
        if any(not each.shows for each in self.fields):
            return
        if any(each.code.split()[:1] == ["TOC"] for each in self.fields):
            self.line.is_contents = True
            return
        if first(each.is_hidden for each in chain):
            self.hidden_count += bool(text.strip())
            return
        for each in self.fields:
            found = ADDRESS.search(each.code)
            link = found[1] if found else link
        is_bold, is_italic = first(each.is_bold for each in chain), first(each.is_italic for each in chain)
        self.line.runs.append(Run(text, bool(is_bold), bool(is_italic), link=link))

    def _cite(self, part: str, key: str) -> None:
        if any(not each.shows for each in self.fields):
            return
        number = self.cited.get((part, key))
        if number is None:
            number = self.cited[part, key] = str(len(self.cited) + 1)
            self.line.cited.append((number, part, key))
        self.line.runs.append(Run("", mark=number))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].shows = True
        elif kind == "end" and self.fields:
            self.fields.pop()


def _placed(text: str, place: str) -> str:
    """10⁶ must not become 106."""
    signs = {"superscript": RAISED, "subscript": LOWERED}.get(place)
    if signs is None or not text.strip() or any(ord(sign) not in signs for sign in text.strip()):
        return text
    return text.translate(signs)


def _symbol(code: str) -> str:
    """A character of a symbol font, where it has a plain twin."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= point <= 0xF0FF:
        low = f"{point - 0xF000:02X}"
        return SYMBOLS.get(low, "")
    return chr(point) if 0x20 <= point <= 0xFFFD and not 0xD800 <= point <= 0xF8FF else ""


def _outermost_boxes(element: etree._Element) -> list[etree._Element]:
    """The boxes in a drawing; a box within a box comes with the outer one."""
    if local(element) == "txbxContent":
        return [element]
    if local(element) == "AlternateContent":
        return [box for each in choice(element) for box in _outermost_boxes(each)]
    return [box for each in element for box in _outermost_boxes(each)]
