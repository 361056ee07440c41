"""How does a paragraph end before one that comes whole, so that LibreOffice keeps the two apart?

LibreOffice 7 takes words that come at a paragraph's very end and a paragraph that comes after it for one insertion;
rejecting it takes away the end of the paragraph that stays, too. So there the words that come stand before those that
go, and where none go, the last word that stays goes and comes again. Word gives the same drafts either way.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from consult.core.text import words
from consult.documents.composition import ComposedClause
from consult.documents.redlines import MarkedBlock, Piece


def kept_apart(clauses: Sequence[ComposedClause]) -> tuple[ComposedClause, ...]:
    found: list[ComposedClause] = []
    for place, composed in enumerate(clauses):
        after = () if composed.remarks or place + 1 == len(clauses) else clauses[place + 1].blocks[:1]
        following = [*composed.blocks[1:], *after]
        blocks = [
            _with_tail(block) if place < len(following) and following[place].change == "insert" else block
            for place, block in enumerate(composed.blocks)
        ]
        found.append(replace(composed, blocks=tuple(blocks)))
    return tuple(found)


def _with_tail(block: MarkedBlock) -> MarkedBlock:
    """The pieces stand as they are unless the last of a paragraph that stays is one that comes."""
    if block.change != "equal" or not block.pieces or block.pieces[-1].change != "insert":
        return block
    tail = list(takewhile(lambda piece: piece.change != "equal", reversed(block.pieces)))[::-1]
    kept = list(block.pieces[: len(block.pieces) - len(tail)])
    comes = [piece for piece in tail if piece.change == "insert"]
    goes = [piece for piece in tail if piece.change == "delete"]
    if not goes and kept:
        last = kept.pop()
        start = 0 if last.style.note else words(last.text)[-1].start if words(last.text) else 0
        kept += [replace(last, text=last.text[:start])] if start else []
        comes.insert(0, Piece("insert", last.text[start:], last.style))
        goes = [Piece("delete", last.text[start:], last.style)]
    return replace(block, pieces=(*kept, *comes, *goes))
