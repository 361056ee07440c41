"""From the bytes of a Word file to an outline: our own reader, for every library loses clause numbers.

Reads the main text in order, tracked changes accepted. Headers, footers and comments stay out; notes follow the
clause that cites them; a table of one column is taken for a frame around its paragraphs.
"""

import re
from collections.abc import Iterator

from lxml import etree

from consult.documents.arranging import arranged
from consult.documents.blocks import Block, Note
from consult.documents.docx_in_looks import Looks, Styles, first, heading_level, looks
from consult.documents.docx_in_numbering import Label, Numbering
from consult.documents.docx_in_parts import Parts, W, child, choice, local, number, value
from consult.documents.docx_in_runs import Line, RunReader
from consult.documents.guard import Unreadable, guarded
from consult.documents.markup import Run, body, settled, table
from consult.documents.outline import (
    CommentsFound,
    ContentsIgnored,
    EmbeddedIgnored,
    HiddenTextIgnored,
    NoteWithoutPlace,
    Outline,
    PicturesIgnored,
    TemplateIgnored,
    TrackedChangesFound,
    Warning_,
)

TRACKED = ("ins", "del", "moveFrom", "moveTo")
WRAPPERS = {"customXml", "smartTag", "ins", "moveTo", "sdtContent"}
EMPTY_MARK = re.compile(r"^\(\s*\)\s*")  # brackets around the note's own number, which is not in its words
LONGEST_LABEL = 60
CONTENTS = "Table of Contents"


def read_docx(blob: bytes) -> Outline:
    """The outline, or a refusal from the guard."""
    try:
        return _Reading(Parts(guarded(blob))).outline()
    except RecursionError:
        raise Unreadable() from None


class _Reading:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        tree = parts.tree(parts.main)
        text = child(tree, "body")
        if tree is None or text is None:
            raise Unreadable()
        self.tree, self.text = tree, text
        self.styles = Styles(parts.of_kind("styles"))
        self.numbering = Numbering(parts.of_kind("numbering"), self.styles)
        self.reader = RunReader(self.styles, {name: parts.link(name) for name in parts.related})
        self.note_parts = {kind: _by_id(parts.of_kind(kind)) for kind in ("footnotes", "endnotes")}
        self.carried: list[Run] = []  # words whose paragraph's end was deleted: they go on into the next
        self.contents_count = 0
        self.missing: list[Warning_] = []

    def outline(self) -> Outline:
        blocks = list(self.blocks(self.text))
        if self.carried:
            blocks.append(Block(body(self.carried)))
        return arranged(blocks, warnings=self.warnings())

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        for element in container:
            name = local(element)
            if name == "p":
                yield from self.paragraph(element)
            elif name == "tbl":
                yield from self.table(element)
            elif name == "sdt":
                if value(element, "sdtPr", "docPartObj", "docPartGallery") == CONTENTS:
                    self.contents_count += 1
                else:
                    yield from (
                        block for each in element.iterfind(W + "sdtContent") for block in self.blocks(each)
                    )
            elif name in WRAPPERS:
                yield from self.blocks(element)
            elif name == "AlternateContent":
                yield from (block for each in choice(element) for block in self.blocks(each))

    def paragraph(self, element: etree._Element) -> Iterator[Block]:
        properties = child(element, "pPr")
        style = value(properties, "pStyle")
        own, chain = looks(None, properties, None), self.styles.chain(style)
        line = self.reader.read(element, chain)
        marks = child(properties, "rPr")
        if child(marks, "del") is not None or child(marks, "moveFrom") is not None:
            self.carried += line.runs
        elif line.is_contents or (chain and chain[0].name.startswith("toc ")):
            self.contents_count += 1
        else:
            label = self.numbering.label(own, style)
            runs, self.carried = [*self.carried, *line.runs], []
            yield from self._block(runs, label, own, chain, self.notes(line))
        for box in line.boxes:
            yield from self.blocks(box)

    def _block(
        self, runs: list[Run], label: Label | None, own: Looks, chain: list[Looks], notes: tuple[Note, ...]
    ) -> Iterator[Block]:
        if (
            label and len(label.text) > LONGEST_LABEL
        ):  # words that a list prints before each of its paragraphs
            runs, label = [Run(f"{label.text} "), *runs], None
        text, is_strong = settled(runs)
        if not text and not (label and label.text):
            return
        indents = [own.indent, label.indent if label else None, *(each.indent for each in chain)]
        yield Block(
            text=text,
            number=label.text if label else "",
            level=label.level if label else 0,
            heading=heading_level(own, chain) or 0,
            is_title=bool(chain) and chain[0].name == "title",
            is_bullet=bool(label and label.is_bullet),
            is_strong=is_strong,
            is_centred=first([own.alignment, *(each.alignment for each in chain)]) == "center",
            indent=first(indents) or 0,
            notes=notes,
        )

    def notes(self, line: Line) -> tuple[Note, ...]:
        found = []
        for mark, part, key in line.cited:
            note = self.note_parts[part].get(key)
            if note is None:
                self.missing.append(NoteWithoutPlace(mark))
                continue
            outer, self.reader.fields = self.reader.fields, []
            blocks = list(self.blocks(note))
            self.reader.fields = outer
            words = "\n\n".join(_spoken(block) for block in blocks)
            found.append(Note(mark, EMPTY_MARK.sub("", words)))
            found += [deeper for block in blocks for deeper in block.notes]
        return tuple(found)

    def table(self, element: etree._Element) -> Iterator[Block]:
        rows = [[list(self.blocks(cell)) for cell in _cells(row)] for row in _rows(element)]
        if all(len(row) <= 1 for row in rows):
            yield from (block for row in rows for cell in row for block in cell)
            return
        spread = [_spread(row, _cells(element_)) for row, element_ in zip(rows, _rows(element), strict=True)]
        text = table([row for row in spread if any(row)])
        notes = tuple(note for row in rows for cell in row for block in cell for note in block.notes)
        if any(any(row) for row in spread):
            yield Block(text, is_table=True, notes=notes)

    def warnings(self) -> tuple[Warning_, ...]:
        package = self.parts.package
        tracked = sum(1 for name in TRACKED for _ in self.tree.iter(W + name))
        comments = self.parts.of_kind("comments")
        counts: list[tuple[int, Warning_]] = [
            (tracked, TrackedChangesFound(tracked)),
            (
                0 if comments is None else len(comments),
                CommentsFound(0 if comments is None else len(comments)),
            ),
            (package.embedded_count, EmbeddedIgnored(package.embedded_count)),
            (package.picture_count, PicturesIgnored(package.picture_count)),
            (self.reader.hidden_count, HiddenTextIgnored(self.reader.hidden_count)),
            (self.contents_count, ContentsIgnored(self.contents_count)),
            (int(self.parts.has_template), TemplateIgnored()),
        ]
        return (*(warning for count, warning in counts if count), *self.missing)


def _by_id(tree: etree._Element | None) -> dict[str, etree._Element]:
    """The notes of a part, without the lines that part them from the text."""
    if tree is None:
        return {}
    return {each.get(W + "id", ""): each for each in tree if each.get(W + "type") in (None, "normal")}


def _spoken(block: Block) -> str:
    """A block within a cell or a note, where nothing else is numbered."""
    if block.is_table:
        return "; ".join(line.strip("| ") for line in block.text.split("\n") if set(line) - set("| -"))
    return " ".join(filter(None, ("•" if block.is_bullet else block.number, block.text)))


def _rows(element: etree._Element) -> list[etree._Element]:
    """The rows that stay when the changes are accepted."""
    found: list[etree._Element] = []
    for each in element:
        if local(each) == "tr" and child(each, "trPr", "del") is None:
            found.append(each)
        elif local(each) in ("sdt", *WRAPPERS):
            found += _rows(each)
    return found


def _cells(row: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for each in row:
        if local(each) == "tc":
            found.append(each)
        elif local(each) in ("sdt", *WRAPPERS):
            found += _cells(each)
    return found


def _spread(cells: list[list[Block]], elements: list[etree._Element]) -> list[str]:
    """The words of each cell; one that spans several columns is followed by empty ones."""
    spread: list[str] = []
    for cell, element in zip(cells, elements, strict=True):
        spread.append(" ".join(" ".join(_spoken(block).split()) for block in cell))
        span = number(value(element, "tcPr", "gridSpan")) or 1
        spread += [""] * (min(span, 64) - 1)
    return spread
