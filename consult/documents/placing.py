"""What stands under what, and which paragraphs only go on with the clause before?

A numbered paragraph is a clause, deeper than those of another family of numbers above it. An unnumbered one goes on
with the numbered clause right before it, unless that is an item of a list and the words are set further out; anywhere
else it is a clause without a number. Bullets belong to the clause before them, a table stands below it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from consult.core.terms import ClauseKind
from consult.documents.blocks import LONGEST_UNSTYLED, Block, Node, begins_part, ends_in_bullet
from consult.documents.labels import BULLET, CAPTION, SENTENCE_END, Reading
from consult.documents.markup import plain
from consult.documents.recognising import ARTICLE, LONGEST_HEADING, is_heading, number_of, rank_of

HARDLY = 100  # twentieths of a point that no eye sees
RUN_IN = re.compile(r"(\*{1,3})(.{1,120}?)\1[.:]?\s+(?=\S)")
HOLLOW = re.compile(r"o\s+(?=[A-Z])")
PARAGRAPHS = {"1.", "1", "(1)", "1-"}  # right below an article: what it is made of, not a list
OPENS_LIST = (":", "：", ":—", ":-")
UNFINISHED = (*OPENS_LIST, ";", ",", "；", "，", "؛", "،")


def placed(blocks: Sequence[Block]) -> list[Node]:
    placing = _Placing()
    for at, block in enumerate(blocks):
        placing.place(block, blocks[at + 1] if at + 1 < len(blocks) else None)
    return placing.nodes


class _Placing:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.caption: tuple[Block, re.Match[str]] | None = None  # of the table that comes next
        self.open: list[Node] = []  # from the top of the text down to the clause that may go on

    @property
    def last(self) -> Node | None:
        return self.nodes[-1] if self.nodes else None

    def place(self, block: Block, following: Block | None) -> None:
        if block.is_table:
            self._table(block)
            return
        if following and following.is_table and (caption := CAPTION.match(plain(block.text))):
            self.caption = block, caption
            return
        bullet = None if block.heading or block.number else self._bullet_of(block)
        if block.is_bullet or bullet:
            self._bullet(replace(block, text=block.text[bullet.end() :]) if bullet else block)
            return
        found = number_of(block, self.open)
        if is_heading(block, found, self.open):
            self._heading(block, found)
        elif found is not None:
            self._numbered(block, found, following)
        elif self._is_title_line(block, following):
            self._head(self.nodes[-1], block, plain(block.text))
        elif block.text.strip():
            self._unnumbered(block)

    def _bullet_of(self, block: Block) -> re.Match[str] | None:
        """The letter o, as copied from Word, is a bullet below another bullet, and a word elsewhere."""
        is_below = self.last is not None and ends_in_bullet(self.last)
        return BULLET.match(block.text) or (HOLLOW.match(block.text) if is_below else None)

    # Headings

    def _heading(self, block: Block, found: Reading | None) -> None:
        words = plain(found.rest if found else block.text).replace("\n", " ").strip()
        rank = rank_of(block, found, self.open)
        if self.last and found is None and self._is_next_line(self.last, block, words, rank):
            self._head(self.last, block, words)
            return
        while self.open and (self.open[-1].rank is None or self.open[-1].rank >= rank):
            self.open.pop()
        node = Node(ClauseKind.SECTION, len(self.open), heading=words, rank=rank, is_styled=block.heading > 0)
        self._add(node, block, found)

    def _is_next_line(self, last: Node, block: Block, words: str, rank: float) -> bool:
        """`Chapter II` stands on a line of its own, and what it is about on the next; and lines in the same unstyled
        type, one right after the other, are one heading."""
        if last.kind != ClauseKind.SECTION or last.rank is None:
            return False
        if last.number:
            return not last.heading and (not block.heading or block.heading >= last.rank)
        is_short = len(last.heading) + len(words) < LONGEST_HEADING
        return is_short and not last.is_styled and not block.heading and last.rank == rank

    def _head(self, node: Node, block: Block, words: str) -> None:
        node.heading = " ".join(filter(None, (node.heading, words.replace("\n", " "))))
        node.notes += block.notes

    # Numbered clauses

    def _numbered(self, block: Block, found: Reading, following: Block | None) -> None:
        self._close_for(block, found)
        node = Node(ClauseKind.CLAUSE, self._below(), level=block.level)
        node.indent = block.indent if block.number else 0
        rest = found.rest
        if found.rank is not None:
            node.rank = float(block.heading or ARTICLE)
            node.heading, rest = _titled(block, rest, following)
        node.body += [rest] if rest else []
        self._add(node, block, found)

    def _close_for(self, block: Block, found: Reading) -> None:
        """Closes what a clause of this number cannot stand under."""
        if found.rank is not None:
            while self.open and (self.open[-1].rank or ARTICLE) >= float(block.heading or ARTICLE):
                self.open.pop()
            return
        mark = next((at for at, node in enumerate(self.open) if _is_sibling(node, block, found)), None)
        if mark is not None:
            del self.open[mark:]
        elif (before := self._interrupted(found)) is not None:
            self.open = list(before.above)
        else:
            if self.open and self.open[-1].is_loose and not self.open[-1].ends_with(OPENS_LIST):
                self.open.pop()
            if found.values and found.value != 1 and found.family != "1.1":
                self._close_clauses()

    def _interrupted(self, found: Reading) -> Node | None:
        """The clause with the number before this one, if only words without a number came between."""
        for node in reversed(self.nodes):
            if node.kind == ClauseKind.SECTION:
                return None
            if node.reading is not None:
                return node if found.follows(node.reading) and node.rank is None else None
        return None

    def _close_clauses(self) -> None:
        while self.open and self.open[-1].rank is None:
            self.open.pop()

    def _below(self) -> int:
        return self.open[-1].depth + 1 if self.open else 0

    # What bears no number

    def _is_title_line(self, block: Block, following: Block | None) -> bool:
        """`Article 3` or `Section 1` stands alone, and the words below it are short and no sentence."""
        last = self.last
        if (
            last is None
            or last.rank is None
            or not last.number
            or last.heading
            or last.body
            or following is None
        ):
            return False
        words = plain(block.text)
        if len(words) > LONGEST_UNSTYLED or words.endswith(SENTENCE_END):
            return False
        is_section = last.kind == ClauseKind.SECTION
        return is_section or block.is_strong or block.is_centred or not begins_part(following)

    def _unnumbered(self, block: Block) -> None:
        last = self.last
        if last and block.may_be_cut and block.text[0].islower() and self._mends(last, block):
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
            last.body.append(block.text.strip())
            last.notes += block.notes
            return
        while self.open and self.open[-1].rank is None and not self._holds_children(self.open[-1]):
            self.open.pop()
        self._add(Node(ClauseKind.CLAUSE, self._below(), body=[block.text.strip()]), block, None)

    def _mends(self, last: Node, block: Block) -> bool:
        """A line that begins in the middle of a sentence, after one that breaks off, was cut by the end of a page."""
        words = plain(block.text)
        is_short = len(words) <= LONGEST_UNSTYLED and not words.endswith(SENTENCE_END)
        if last.kind == ClauseKind.SECTION and last.heading[-1:].isalnum() and is_short:
            self._head(last, block, words)
            return True
        if last.kind == ClauseKind.CLAUSE and last.body and last.body[-1][-1:].isalnum():
            last.body[-1] += f" {block.text}"
            last.notes += block.notes
            return True
        return False

    def _takes(self, last: Node) -> bool:
        """Whether an unnumbered paragraph goes on with the numbered clause before it, and not with an outer one."""
        is_unfinished = not last.body or last.ends_with(UNFINISHED)
        return is_unfinished or last.indent > 0 or not self._is_listed(last)

    def _is_listed(self, node: Node) -> bool:
        """Whether the clause is an item of a list under a clause, after which the outer one may go on."""
        at = self.open.index(node)
        if at == 0 or self.open[at - 1].kind != ClauseKind.CLAUSE:
            return False
        is_paragraph = node.reading is not None and node.reading.family in PARAGRAPHS
        return not (is_paragraph and self.open[at - 1].rank is not None and not self.open[at - 1].body)

    def _holds_children(self, node: Node) -> bool:
        """A numbered clause keeps what follows its list; a clause without a number is over."""
        return node.reading is not None and node is not self.last and not self._is_listed(node)

    def _bullet(self, block: Block) -> None:
        line = "  " * min(block.level, 5) + "- " + block.text.strip().replace("\n", " ")
        last = self.last
        if last is None or last.kind != ClauseKind.CLAUSE:
            self._unnumbered(replace(block, text=line.strip()))
        elif ends_in_bullet(last):
            last.body[-1] += f"\n{line}"
            last.notes += block.notes
        else:
            last.body.append(line.strip())
            last.notes += block.notes

    def _table(self, block: Block) -> None:
        while self.open and self.open[-1].is_loose:
            self.open.pop()
        node = Node(ClauseKind.TABLE, self._below(), body=[block.text], notes=list(block.notes))
        if self.caption is not None:
            above, found = self.caption
            node.number, node.heading = found["label"], found.string[found.end() :].replace("\n", " ")
            node.notes = [*above.notes, *node.notes]
            self.caption = None
        self.nodes.append(node)

    def _add(self, node: Node, block: Block, found: Reading | None) -> None:
        node.reading = found
        node.number = found.label if found else ""
        node.notes += block.notes
        node.above = tuple(self.open)
        self.nodes.append(node)
        self.open.append(node)


def _titled(block: Block, rest: str, following: Block | None) -> tuple[str, str]:
    """`Article 3. Definitions` takes its words for a title where they stand alone and are no sentence."""
    if run_in := RUN_IN.match(rest):
        return plain(run_in[2]).strip(" .:-–—"), rest[run_in.end() :]
    words = plain(rest)
    is_short = len(words) <= LONGEST_UNSTYLED and not words.endswith(SENTENCE_END)
    return (words, "") if is_short and (block.heading or not begins_part(following)) else ("", rest)


def _is_sibling(node: Node, block: Block, found: Reading) -> bool:
    before = node.reading
    if before is None or node.kind == ClauseKind.SECTION or before.family != found.family:
        return False
    if found.family == "1.1":
        return len(found.values) <= len(before.values)
    return node.level == block.level or found.follows(before)
