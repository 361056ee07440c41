"""Which of a text's paragraphs are clauses, under which headings, and which only go on with the clause before?

Every reader hands its paragraphs here, so that a draft becomes the same outline whatever it came in. The rules:
a heading is one by its style, by its name (`Chapter II`), or because it is short and stands out; a numbered paragraph
is a clause, deeper than those of another family of numbers above it; an unnumbered one goes on with the numbered
clause right before it, and is a clause without a number elsewhere; bullets belong to the clause before them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from consult.core.terms import ClauseKind
from consult.documents.labels import BULLET, SENTENCE_END, Reading, readings
from consult.documents.markup import plain
from consult.documents.noticing import noticed
from consult.documents.outline import Item, Outline, Warning_, levelled
from consult.documents.tongues import language_of

LONGEST_HEADING = 200
LONGEST_UNSTYLED = 120
HARDLY = 100  # twentieths of a point that no eye sees
STYLED, CENTRED, NUMBERED, STANDING_OUT, ARTICLE = 0.0, 4.5, 6.0, 9.5, 20.0
LEADING = re.compile(r"(\*{1,3})(.{1,120}?)\1[.:]?\s+(?=\S)")
UNESCAPED = re.compile(r"(?<=\d)\\([.)])|^\\(?=\[)")
OPENS_LIST = (":", "：", ":—", ":-")


@dataclass(frozen=True, slots=True)
class Note:
    number: str
    body: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, bullet or table, as a reader found it; `text` is a body in restricted CommonMark."""

    text: str
    number: str = ""  # counted by the program that wrote it; a typed one still stands in the text
    level: int = 0
    heading: int = 0
    is_title: bool = False
    is_bullet: bool = False
    is_table: bool = False
    is_strong: bool = False
    is_centred: bool = False
    indent: int = 0
    notes: tuple[Note, ...] = ()


@dataclass(slots=True, eq=False)
class Node:
    """An item in the making."""

    kind: ClauseKind
    depth: int
    number: str = ""
    heading: str = ""
    body: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    rank: float | None = None
    reading: Reading | None = None
    level: int = 0
    indent: int = 0
    is_styled: bool = False


def arranged(
    blocks: Sequence[Block], title: str = "", language: str = "", warnings: Sequence[Warning_] = ()
) -> Outline:
    title, blocks = _titled(title, blocks)
    arranging = _Arranging(blocks)
    items = levelled([item for node in arranging.nodes for item in _items(node)])
    values = [(node.number, node.reading, node.depth) for node in arranging.nodes if node.reading]
    words = " ".join([title, *(f"{item.heading} {item.body}" for item in items)])
    return Outline(title, language or language_of(words), items, (*warnings, *noticed(values)))


def _titled(title: str, blocks: Sequence[Block]) -> tuple[str, Sequence[Block]]:
    """A title of that style; or the only heading of the first level, if the text begins with it."""
    spoken = [at for at, block in enumerate(blocks) if block.text and not block.is_table]
    if title or not spoken:
        return title, blocks
    styled = [at for at in spoken[:10] if blocks[at].is_title]
    start = spoken[0]
    if not styled and _is_sole_top(blocks, start) and not readings(plain(blocks[start].text)):
        styled = [start]
    if not styled:
        return "", blocks
    notes = tuple(note for at in styled for note in blocks[at].notes)
    rest = [block for at, block in enumerate(blocks) if at not in styled]
    if notes and rest:
        rest[0] = replace(rest[0], notes=(*notes, *rest[0].notes))
    return " ".join(plain(blocks[at].text).replace("\n", " ") for at in styled), rest


def _is_sole_top(blocks: Sequence[Block], start: int) -> bool:
    levels = [block.heading for block in blocks if block.heading]
    if blocks[start].heading:
        return levels.count(min(levels)) == 1 and blocks[start].heading == min(levels)
    return not levels and _stands_out(blocks[start]) and blocks[start].is_centred


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


def _stands_out(block: Block) -> bool:
    """Short, no sentence, and in bold, centred or in capitals."""
    words = plain(block.text)
    if len(words) > LONGEST_UNSTYLED or words.endswith(SENTENCE_END) or not any(map(str.isalpha, words)):
        return False
    return block.is_strong or block.is_centred or (words.isupper() and len(words) > 3)


class _Arranging:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.nodes: list[Node] = []
        self.open: list[Node] = []  # from the top of the text down to the clause that may go on
        for at, block in enumerate(blocks):
            self._one(block, blocks[at + 1] if at + 1 < len(blocks) else None)

    @property
    def last(self) -> Node | None:
        return self.nodes[-1] if self.nodes else None

    def _one(self, block: Block, following: Block | None) -> None:
        if block.is_table:
            self._table(block)
            return
        bullet = None if block.heading or block.number else BULLET.match(block.text)
        if block.is_bullet or bullet:
            self._bullet(replace(block, text=block.text[bullet.end() :]) if bullet else block)
            return
        lead, found, block = self._read(block)
        if self._is_heading(block, found):
            self._heading(block, found)
        elif found is not None:
            self._numbered(block, found, lead, following)
        elif block.number:
            self._numbered(block, Reading(block.number, f"list {block.level}", (), block.text), "", following)
        elif self._titles_article(block, following):
            self.nodes[-1].heading = plain(block.text).replace("\n", " ")
            self.nodes[-1].notes += block.notes
        else:
            self._unnumbered(block)

    def _read(self, block: Block) -> tuple[str, Reading | None, Block]:
        """The number of a block, counted or typed; the emphasis that it stands in; and the words without it."""
        if block.number:
            found = self._chosen(readings(block.number))
            if found and not found.rest:
                return "", replace(found, rest=block.text, label=block.number.rstrip(". ")), block
            return "", None, block
        marks = re.match(r"\*{1,3}", block.text)
        lead = marks[0] if marks else ""
        line = UNESCAPED.sub(r"\1", block.text[len(lead) :], count=2)
        found = self._chosen(readings(line))
        if not lead:
            return "", found, block
        if found is None:  # the emphasis may end with the number: `**(84)** Article 6`
            found = self._chosen(readings(line.replace(lead, "", 1)))
            return lead, found, block
        after = re.match(rf"[.:\s]*{re.escape(lead)}[.:\s]*(.*)", found.rest, re.DOTALL)
        return lead, replace(found, rest=after[1] if after else lead + found.rest), block

    def _chosen(self, candidates: Sequence[Reading]) -> Reading | None:
        """Of several ways to read `(i)`, the one that goes on counting; else the one that starts to."""
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        for node in reversed(self.open):
            for each in candidates:
                if (
                    node.reading
                    and node.reading.family == each.family
                    and each.value == node.reading.value + 1
                ):
                    return each
        starting = [each for each in candidates if each.value == 1]
        return (starting or list(candidates))[0]

    def _is_heading(self, block: Block, found: Reading | None) -> bool:
        words = plain(found.rest if found else block.text)
        if found and found.rank is not None:
            return found.rank < ARTICLE and len(words) <= LONGEST_HEADING
        if block.heading:
            return len(words) <= LONGEST_HEADING and not (len(words) > 80 and words.endswith(SENTENCE_END))
        if found and found.family not in ("1.1", "1.", "I.", "A.", "1", "一、"):
            return False
        return _stands_out(replace(block, text=words)) and (found is None or block.is_strong)

    def _rank(self, block: Block, found: Reading | None) -> float:
        if block.heading:
            return STYLED + block.heading
        if found and found.rank is not None:
            return found.rank
        if found:
            return NUMBERED + {"I.": -1.0, "A.": -0.5, "一、": -1.0}.get(found.family, len(found.values) - 1)
        return CENTRED if block.is_centred or plain(block.text).isupper() else STANDING_OUT

    def _heading(self, block: Block, found: Reading | None) -> None:
        words = plain(found.rest if found else block.text).replace("\n", " ").strip()
        last = self.last
        if last and found is None and self._waits_for_heading(last, block):
            last.heading = words
            last.notes += block.notes
            return
        rank = self._rank(block, found)
        if (
            last
            and self._goes_on(last, block, found, rank)
            and len(last.heading) + len(words) < LONGEST_HEADING
        ):
            last.heading += f" {words}"
            last.notes += block.notes
            return
        while self.open and (self.open[-1].rank is None or self.open[-1].rank >= rank):
            self.open.pop()
        self._add(
            Node(ClauseKind.SECTION, len(self.open), heading=words, rank=rank, reading=found), block, found
        )

    def _waits_for_heading(self, last: Node, block: Block) -> bool:
        """`Chapter II` stands on a line of its own, and what it is about on the next."""
        is_named = (
            last.kind == ClauseKind.SECTION and last.rank is not None and last.number and not last.heading
        )
        return bool(is_named) and (not block.heading or block.heading >= (last.rank or 0))

    def _goes_on(self, last: Node, block: Block, found: Reading | None, rank: float) -> bool:
        """Lines in the same unstyled type, one right after the other, are one heading over several lines."""
        is_bare = last.kind == ClauseKind.SECTION and last.reading is None and not last.is_styled
        return is_bare and found is None and not block.heading and last.rank == rank

    def _numbered(self, block: Block, found: Reading, lead: str, following: Block | None) -> None:
        is_article = found.rank is not None
        self._close_for(block, found)
        node = Node(ClauseKind.CLAUSE, self._below(), reading=found, level=block.level)
        node.indent = block.indent if block.number else 0
        rest = found.rest
        if is_article:
            node.rank = float(block.heading) if block.heading else ARTICLE
            rest = self._article_heading(node, block, rest, lead, following)
        if rest:
            node.body.append(rest)
        self._add(node, block, found)

    def _article_heading(
        self, node: Node, block: Block, rest: str, lead: str, following: Block | None
    ) -> str:
        """`Article 3. Definitions` takes the words for its title where they stand alone and are no sentence."""
        words = plain(rest)
        run_in = LEADING.match(rest)
        if run_in:
            node.heading = plain(run_in[2]).strip(" .:-–—")
            return rest[run_in.end() :]
        goes_on = following is not None and not following.is_table and not following.heading
        titled = readings(plain(following.text)) if following else ()
        goes_on = goes_on and not any(each.rank is not None for each in titled)
        is_short = len(words) <= LONGEST_UNSTYLED and not words.endswith(SENTENCE_END)
        if (
            words
            and is_short
            and (goes_on or block.heading)
            and (block.is_strong or block.heading or lead or goes_on)
        ):
            node.heading = words
            return ""
        return rest

    def _close_for(self, block: Block, found: Reading) -> None:
        """Closes what a clause of this number cannot stand under."""
        if found.rank is not None:
            rank = float(block.heading) if block.heading else ARTICLE
            while self.open and (self.open[-1].rank is None or self.open[-1].rank >= rank):
                self.open.pop()
            return
        mark = next((at for at, node in enumerate(self.open) if self._is_sibling(node, block, found)), None)
        if mark is not None:
            del self.open[mark:]
            return
        if self.open and self.open[-1].rank is None and self.open[-1].reading is None:
            opens = self.open[-1].body and self.open[-1].body[-1].rstrip("*_ ").endswith(OPENS_LIST)
            if not opens:
                self.open.pop()
        if found.values and found.value != 1 and found.family != "1.1":
            while self.open and self.open[-1].rank is None:
                self.open.pop()

    def _is_sibling(self, node: Node, block: Block, found: Reading) -> bool:
        before = node.reading
        if before is None or node.kind == ClauseKind.SECTION or before.family != found.family:
            return False
        if found.family == "1.1":
            return len(found.values) <= len(before.values)
        return node.level == block.level or found.value == before.value + 1

    def _below(self) -> int:
        return self.open[-1].depth + 1 if self.open else 0

    def _unnumbered(self, block: Block) -> None:
        last, text = self.last, block.text.strip()
        if not text:
            return
        while self.open and self.open[-1].rank is None and self.open[-1].indent > block.indent + HARDLY:
            self.open.pop()  # set further out than the list: the list is over
        if (
            last
            and last.kind == ClauseKind.CLAUSE
            and last.reading
            and last in self.open
            and self._takes(last)
        ):
            last.body.append(text)
            last.notes += block.notes
            return
        while self.open and self.open[-1].rank is None and not self._holds_children(self.open[-1]):
            self.open.pop()
        self._add(Node(ClauseKind.CLAUSE, self._below(), body=[text]), block, None)

    def _takes(self, last: Node) -> bool:
        """Whether an unnumbered paragraph goes on with the numbered clause before it, and not with an outer one."""
        is_unfinished = not last.body or last.body[-1].rstrip("*_ ").endswith(
            (*OPENS_LIST, ";", ",", "；", "，")
        )
        return is_unfinished or last.indent > 0 or not self._is_below_another(last)

    def _is_below_another(self, node: Node) -> bool:
        """Whether the clause is an item of a list under a clause, after which the outer one may go on."""
        at = self.open.index(node) if node in self.open else 0
        return at > 0 and self.open[at - 1].kind == ClauseKind.CLAUSE and self.open[at - 1] is not node

    def _holds_children(self, node: Node) -> bool:
        """A numbered clause keeps what follows its list; the clause without a number before it is over."""
        return node.reading is not None and node is not self.last and not self._is_below_another(node)

    def _titles_article(self, block: Block, following: Block | None) -> bool:
        last = self.last
        if last is None or last.rank is None or last.kind != ClauseKind.CLAUSE or last.heading or last.body:
            return False
        words = plain(block.text)
        short = len(words) <= 80 and not words.endswith(SENTENCE_END) and following is not None
        return short and (block.is_strong or block.is_centred or not _begins_part(following))

    def _bullet(self, block: Block) -> None:
        line = "  " * min(block.level, 5) + "- " + block.text.strip().replace("\n", " ")
        last = self.last
        if last is None or last.kind != ClauseKind.CLAUSE:
            self._unnumbered(replace(block, text=line.strip(), is_bullet=False))
            return
        if last.body and last.body[-1].rsplit("\n", 1)[-1].lstrip().startswith("- "):
            last.body[-1] += "\n" + line
        else:
            last.body.append(line.strip())
        last.notes += block.notes

    def _table(self, block: Block) -> None:
        while self.open and self.open[-1].rank is None and self.open[-1].reading is None:
            self.open.pop()
        node = Node(ClauseKind.TABLE, self._below(), body=[block.text], notes=list(block.notes))
        self.nodes.append(node)

    def _add(self, node: Node, block: Block, found: Reading | None) -> None:
        node.number = found.label if found else ""
        node.notes += block.notes
        self.nodes.append(node)
        self.open.append(node)


def _begins_part(block: Block | None) -> bool:
    if block is None or block.is_table or block.heading:
        return True
    return any(each.rank is not None for each in readings(plain(block.text)))
