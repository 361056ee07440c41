"""Which of a text's paragraphs are clauses, under which headings, and what is the whole called?

Every reader hands its paragraphs here, so that a draft becomes the same outline whatever it came in. What makes a
heading or a number is in `recognising`, what stands under what in `placing`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from consult.core.terms import ClauseKind
from consult.documents.blocks import Block, Node, stands_out
from consult.documents.labels import headed
from consult.documents.markup import plain
from consult.documents.noticing import noticed
from consult.documents.outline import Item, Outline, Warning_, levelled
from consult.documents.placing import placed
from consult.documents.tongues import language_of

LINE = 5  # words: a heading such as PREAMBLE has fewer


def arranged(
    blocks: Sequence[Block], title: str = "", language: str = "", warnings: Sequence[Warning_] = ()
) -> Outline:
    title, blocks = _titled(title, blocks)
    nodes = placed(blocks)
    items = levelled([item for node in nodes for item in _items(node)])
    values = [(node.number, node.reading, node.depth) for node in nodes if node.reading]
    words = " ".join([title, *(f"{item.heading} {item.body}" for item in items)])
    return Outline(title, language or language_of(words), items, (*warnings, *noticed(values)))


def _titled(title: str, blocks: Sequence[Block]) -> tuple[str, Sequence[Block]]:
    """A title of that style; or the only heading of the first level, if the text begins with it."""
    spoken = [at for at, block in enumerate(blocks) if block.text and not block.is_table]
    if title and spoken and _same_words(title, blocks[spoken[0]].text) and not blocks[spoken[0]].notes:
        return title, [block for at, block in enumerate(blocks) if at != spoken[0]]
    if title or not spoken:
        return title, blocks
    styled = [at for at in spoken[:10] if blocks[at].is_title]
    start = spoken[0]
    if not styled and _is_sole_top(blocks, start) and not headed(plain(blocks[start].text)):
        styled = [start]
    if not styled:
        return "", blocks
    notes = tuple(note for at in styled for note in blocks[at].notes)
    rest = [block for at, block in enumerate(blocks) if at not in styled]
    if notes and rest:
        rest[0] = replace(rest[0], notes=(*notes, *rest[0].notes))
    title = " ".join(plain(blocks[at].text).replace("\n", " ") for at in styled)
    return title, [_as_words(rest[0]), *rest[1:]] if rest else rest


def _as_words(block: Block) -> Block:
    """A line below the title that stands out with it ("Proclaimed by resolution 1904 …") heads nothing."""
    is_line = not block.heading and not block.number and len(block.text.split()) >= LINE
    return replace(block, is_strong=False, is_centred=False) if is_line else block


def _same_words(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", plain(other).casefold())


def _is_sole_top(blocks: Sequence[Block], start: int) -> bool:
    levels = [block.heading for block in blocks if block.heading]
    if blocks[start].heading:
        return levels.count(min(levels)) == 1 and blocks[start].heading == min(levels)
    return not levels and stands_out(blocks[start]) and blocks[start].is_centred


def _items(node: Node) -> list[Item]:
    kind = node.kind
    if kind == ClauseKind.CLAUSE and not node.body and (node.heading or node.rank is not None):
        kind = ClauseKind.SECTION
    heading = node.heading
    item = Item(kind, node.depth, node.number, heading, "\n\n".join(node.body))
    return [
        item,
        *(Item(ClauseKind.NOTE, node.depth + 1, note.number, body=note.body) for note in node.notes),
    ]
