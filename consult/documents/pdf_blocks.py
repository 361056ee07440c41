"""From a clause's paragraphs, lists and tables to the values that the PDF's template reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any
from unicodedata import east_asian_width

from consult.documents.bodies import BULLET, Style
from consult.documents.footnotes import Note
from consult.documents.redlines import MarkedBlock, Piece

Json = dict[str, Any]

COLUMN, LONG_COLUMN = 5, 8  # how many letters of a number still hang before the text


@dataclass(slots=True)
class Notes:
    """The notes of the publication, each written where it is cited first; later citations lead back to it."""

    known: Mapping[str, Note]
    languages: dict[str, str] = field(default_factory=dict)  # of those written so far

    def cited(self, piece: Piece) -> Json:
        note = self.known[piece.style.note]
        # What goes has words of its own: the old ones.
        key = f"note-{piece.style.note.replace(':', '-')}-{'old' if piece.change == 'delete' else 'new'}"
        number = note.old_number if piece.change == "delete" else note.number
        value: Json = {"key": key, "mark": number, "lines": None}
        if key not in self.languages:
            self.languages[key] = note.clause.language
            value["lines"] = [
                run_values((*line.label, *line.pieces), self)
                for block in note.cited(piece.change)
                for line in (block, *(cell for row in block.rows for cell in row.cells))
            ]
        return value


def run_values(pieces: Sequence[Piece], notes: Notes) -> list[Json]:
    """Neighbours that come or go together are one change, so that its signs stand once."""
    found: list[Json] = []
    for is_kept, stretch in groupby(pieces, key=lambda piece: piece.change == "equal"):
        together = list(stretch)
        for part in [together] if is_kept else _signed(together):
            found.append({"change": part[0].change, "runs": [_run(piece, notes) for piece in part]})
    return found


def _signed(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """What goes, then what comes; the blanks around stand once, outside the signs."""
    goes = [piece for piece in pieces if piece.change == "delete"]
    comes = [piece for piece in pieces if piece.change == "insert"]
    told = [
        text for text in ("".join(p.text for p in goes), "".join(p.text for p in comes)) if text.strip(" ")
    ]
    blank = [Piece("equal", " ", Style())]
    if any(text.startswith(" ") for text in told):
        yield blank
    yield from (part for part in (_stripped(goes), _stripped(comes)) if part)
    if any(text.endswith(" ") for text in told) or (not told and comes):
        yield blank


def _stripped(pieces: Sequence[Piece]) -> list[Piece]:
    ends = list(pieces)
    while ends and not ends[0].text.strip(" "):
        ends.pop(0)
    while ends and not ends[-1].text.strip(" "):
        ends.pop()
    if ends:
        ends[0] = replace(ends[0], text=ends[0].text.lstrip(" "))
        ends[-1] = replace(ends[-1], text=ends[-1].text.rstrip(" "))
    return ends


def _run(piece: Piece, notes: Notes) -> Json:
    style = piece.style
    if style.note:
        return {"note": notes.cited(piece)}
    looks = {"bold": style.bold, "italic": style.italic, "bracketed": style.bracketed, "link": style.link}
    return {"text": piece.text, **{key: value for key, value in looks.items() if value}}


def block_values(blocks: Sequence[MarkedBlock], notes: Notes, level: int = 0) -> Iterator[Json]:
    """Items that follow one another are a list; what stands deeper belongs to the item before it."""
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if (block.kind != "item" and block.level <= level) or block.kind in ("heading", "caption"):
            yield _block(block, notes)
            place += 1
            continue
        end = place
        while end < len(blocks) and _is_within(blocks[end], level):
            end += 1
        yield from _lists(blocks[place:end], notes, level + 1)
        place = end


def _is_within(block: MarkedBlock, level: int) -> bool:
    return block.level > level and block.kind not in ("heading", "caption")


def _lists(blocks: Sequence[MarkedBlock], notes: Notes, level: int) -> Iterator[Json]:
    """Struck numbers stand beside new ones, so an item's marker is words, never counted."""
    items: list[list[MarkedBlock]] = []
    for block in blocks:
        if not items or (block.kind == "item" and block.level == level):
            items.append([])
        items[-1].append(block)
    for is_bulleted, stretch in groupby(items, key=lambda item: _is_bulleted(item[0])):
        yield {
            "kind": "list",
            "is_bulleted": is_bulleted,
            "items": [_item(item, notes, level) for item in stretch],
        }


def _is_bulleted(block: MarkedBlock) -> bool:
    return all(piece.text == BULLET for piece in block.label)


def _item(item: Sequence[MarkedBlock], notes: Notes, level: int) -> Json:
    first, rest = (item[0], item[1:]) if item[0].kind == "item" and item[0].level == level else (None, item)
    return {
        "label": run_values(first.label, notes) if first else [],
        "runs": run_values(first.pieces, notes) if first else [],
        "blocks": list(block_values(rest, notes, level)),
    }


def _block(block: MarkedBlock, notes: Notes) -> Json:
    if block.kind == "table":
        rows = [[run_values(cell.pieces, notes) for cell in row.cells] for row in block.rows]
        return {"kind": "table", "rows": rows}
    return {
        "kind": block.kind,
        "level": block.level,
        "column": _column(block),
        "goes": block.change == "delete",
        "label": run_values(block.label, notes),
        "runs": run_values(block.pieces, notes),
    }


def _column(block: MarkedBlock) -> float:
    """0: a number too long to hang before the text, or one in Chinese, runs into it."""
    texts = [piece.text for piece in block.label]
    if not texts or any(east_asian_width(char) in "WF" for text in texts for char in text):
        return 0
    need = max(len(text) for text in texts)
    if block.kind in ("heading", "caption"):
        return need + 1.4 if need <= LONG_COLUMN else 0
    return COLUMN if need <= COLUMN else LONG_COLUMN if need <= LONG_COLUMN else 0
