"""From one composed clause to Word's paragraphs and tables, with its bookmark and the reason for its change."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from unicodedata import east_asian_width

from lxml import etree

from consult.documents.bodies import BULLET, Style
from consult.documents.composition import ComposedClause
from consult.documents.docx_redline import Hand, Parts, mark, plain_runs, runs
from consult.documents.docx_styles import Tongue, tongue
from consult.documents.docx_xml import el, instant, named
from consult.documents.publication import Publication, PublishedClause
from consult.documents.redlines import Change, MarkedBlock, MarkedRow, Piece

STEP, LONG_STEP, LIST_STEP = 680, 1020, 360  # twentieths of a point
PAGE_WIDTH = 9070
FIRST_COMMENT = 100_000  # LibreOffice loses a footnote whose number a comment has too
_STYLES = {"caption": "Caption", "para": "Clause"}


def hand_of(clause: PublishedClause, publication: Publication) -> Hand:
    return Hand(clause.changed_by or publication.author, clause.changed_at, tongue(clause.language))


def bookmark(clause: PublishedClause) -> str:
    """Word allows letters, digits and underscores, forty of them."""
    name = "clause_" + re.sub(r"\W", "_", clause.code)
    return (name + "_old" if clause.is_ended else name)[:40]


def clause_elements(
    composed: ComposedClause, publication: Publication, parts: Parts
) -> Iterator["etree._Element"]:
    hand = hand_of(composed.clause, publication)
    written = list(_blocks(composed, hand, parts))
    _anchor(written, composed, publication, parts)
    yield from written
    # Of a clause that is rejected whole there is nothing to remark.
    change: Change = "insert" if all(block.change == "insert" for block in composed.blocks) else "equal"
    said = replace(hand, tongue=tongue(publication.language))
    for remark in composed.remarks:
        pieces = (Piece(change, remark, Style()),)
        yield paragraph("Remark", said.tongue, runs(pieces, said, parts), mark(change, said, parts))


def paragraph(
    style: str, spoken: Tongue, inside: Iterable["etree._Element"], *shape: "etree._Element | None"
) -> "etree._Element":
    """`shape` is what stands after `w:bidi`; Word minds the order."""
    bidi = el("w:bidi") if spoken.is_rtl else None
    bullets = [part for part in shape if part is not None and part.tag == named("w:numPr")]
    rest = [part for part in shape if part is not None and part.tag != named("w:numPr")]
    return el("w:p", el("w:pPr", el("w:pStyle", w_val=style), *bullets, bidi, *rest), *inside)


def note_paragraphs(blocks: Iterable[MarkedBlock], hand: Hand, parts: Parts) -> Iterator["etree._Element"]:
    """A footnote has no paragraph of its own to accept or reject: only its letters are tracked, and no table stands."""
    for block in blocks:
        for line in (block, *(cell for row in block.rows for cell in row.cells)):
            pieces = (*_led(line.label, " "), *line.pieces)
            yield paragraph("FootnoteText", hand.tongue, runs(pieces, hand, parts, has_links=False))


def _blocks(composed: ComposedClause, hand: Hand, parts: Parts) -> Iterator["etree._Element"]:
    base = STEP * composed.indent
    for block in composed.blocks:
        if block.kind == "table":
            yield _table(block, base + LIST_STEP * block.level, hand, parts)
            # Else Word takes two tables that touch for one.
            yield paragraph("TableText", hand.tongue, (), mark(block.change, hand, parts))
        elif block.kind == "item":
            yield _item(block, base, hand, parts)
        else:
            hanging = _hanging(block)
            base = max(base, STEP * composed.indent + hanging) if block.kind == "para" else base
            yield _line(block, base, hanging, hand, parts)


def _item(block: MarkedBlock, base: int, hand: Hand, parts: Parts) -> "etree._Element":
    numbers, label = None, _led(block.label, "\t")
    if all(piece.text == BULLET for piece in block.label):
        numbers, label = (
            el("w:numPr", el("w:ilvl", w_val=min(block.level, 9) - 1), el("w:numId", w_val=1)),
            (),
        )
    indent = el("w:ind", w_left=base + LIST_STEP * block.level, w_hanging=LIST_STEP)
    inside = (*runs(label, hand, parts), *runs(block.pieces, hand, parts))
    return paragraph("ListParagraph", hand.tongue, inside, numbers, indent, mark(block.change, hand, parts))


def _line(block: MarkedBlock, base: int, hanging: int, hand: Hand, parts: Parts) -> "etree._Element":
    left = base + LIST_STEP * block.level if block.kind == "para" else hanging
    indent = el("w:ind", w_left=left, w_hanging=hanging or None) if left else None
    style = f"Heading{block.level}" if block.kind == "heading" else _STYLES[block.kind]
    look = "ClauseNumber" if block.kind == "para" else ""
    label = _led(block.label, "\t" if hanging else _gap(block.label))
    inside = (*runs(label, hand, parts, look), *runs(block.pieces, hand, parts))
    return paragraph(style, hand.tongue, inside, indent, mark(block.change, hand, parts))


def _led(label: tuple[Piece, ...], gap: str) -> tuple[Piece, ...]:
    """The gap after a number comes and goes with it, and stays where only the number changed."""
    if len(label) == 2:
        return (*label, Piece("equal", gap, Style()))
    return tuple(Piece(piece.change, piece.text + gap, piece.style) for piece in label)


def _hanging(block: MarkedBlock) -> int:
    """How far the words stand from the margin so that a short number hangs before them; 0: it runs into them."""
    size = (15, 13, 12, 11, 11, 11)[block.level - 1] if block.kind == "heading" else 11
    texts = [piece.text for piece in block.label]
    if not texts or any(_is_wide(text) for text in texts):
        return 0
    need = max(len(text) for text in texts) * size * 11 + 120
    return STEP if need <= STEP else LONG_STEP if need <= LONG_STEP else 0


def _is_wide(text: str) -> bool:
    return any(east_asian_width(char) in "WF" for char in text)


def _gap(label: tuple[Piece, ...]) -> str:
    return "\N{IDEOGRAPHIC SPACE}" if any(_is_wide(piece.text) for piece in label) else "\N{EN SPACE}"


def _table(block: MarkedBlock, left: int, hand: Hand, parts: Parts) -> "etree._Element":
    columns = max(len(row.cells) for row in block.rows)
    width = (PAGE_WIDTH - left) // columns
    shape = el(
        "w:tblPr",
        el("w:tblStyle", w_val="DraftTable"),
        el("w:bidiVisual") if hand.tongue.is_rtl else None,
        el("w:tblW", w_w=width * columns, w_type="dxa"),
        el("w:tblInd", w_w=left, w_type="dxa"),
        el(
            "w:tblLook",
            w_val="0020",
            w_firstRow=1,
            w_lastRow=0,
            w_firstColumn=0,
            w_lastColumn=0,
            w_noHBand=1,
            w_noVBand=1,
        ),
    )
    grid = el("w:tblGrid", *(el("w:gridCol", w_w=width) for _ in range(columns)))
    rows = (_row(row, place == 0, width, hand, parts) for place, row in enumerate(block.rows))
    return el("w:tbl", shape, grid, *rows)


def _row(row: MarkedRow, is_head: bool, width: int, hand: Hand, parts: Parts) -> "etree._Element":
    shape = el("w:trPr", el("w:cantSplit"), el("w:tblHeader") if is_head else None)
    if row.change != "equal":
        shape.append(parts.change(row.change, hand))
    cells = (
        el("w:tc", el("w:tcPr", el("w:tcW", w_w=width, w_type="dxa")), _cell(cell, row.change, hand, parts))
        for cell in row.cells
    )
    return el("w:tr", shape, *cells)


def _cell(cell: MarkedBlock, change: Change, hand: Hand, parts: Parts) -> "etree._Element":
    return paragraph("TableText", hand.tongue, runs(cell.pieces, hand, parts), mark(change, hand, parts))


def _anchor(
    written: "list[etree._Element]", composed: ComposedClause, publication: Publication, parts: Parts
) -> None:
    """The bookmark, and the reason where there is one, hang on the clause's first paragraph that will stay."""
    found = [line for element in written for line in element.iter(named("w:p"))]
    if not found:
        return
    goes = f"{named('w:pPr')}/{named('w:rPr')}/{named('w:del')}"
    line = next((one for one in found if one.find(goes) is None), found[0])
    parts.bookmarks += 1
    line.insert(1, el("w:bookmarkStart", w_id=parts.bookmarks, w_name=bookmark(composed.clause)))
    line.append(el("w:bookmarkEnd", w_id=parts.bookmarks))
    if composed.reason:
        number = FIRST_COMMENT + len(parts.comments)
        line.insert(1, el("w:commentRangeStart", w_id=number))
        line.append(el("w:commentRangeEnd", w_id=number))
        look = el("w:rPr", el("w:rStyle", w_val="CommentReference"))
        line.append(el("w:r", look, el("w:commentReference", w_id=number)))
        parts.comments.append(_reason(number, composed, publication))


def _reason(number: int, composed: ComposedClause, publication: Publication) -> "etree._Element":
    hand = hand_of(composed.clause, publication)
    spoken = tongue(publication.language)
    said = paragraph("CommentText", spoken, plain_runs(composed.reason, spoken))
    return el("w:comment", said, w_id=number, w_author=hand.author, w_date=instant(hand.at), w_initials="")
