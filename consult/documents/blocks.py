"""What is a paragraph before anyone knows which clause it is, and a clause while it still grows?"""

from dataclasses import dataclass, field

from consult.core.terms import ClauseKind
from consult.documents.labels import SENTENCE_END, Reading, readings
from consult.documents.markup import plain

LONGEST_UNSTYLED = 140


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
    may_be_cut: bool = False  # from pages: a sentence may break off in one paragraph and go on in the next
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
    above: tuple["Node", ...] = ()

    @property
    def is_loose(self) -> bool:
        """A clause without a number."""
        return self.rank is None and self.reading is None

    def ends_with(self, marks: tuple[str, ...]) -> bool:
        return bool(self.body) and self.body[-1].rstrip("*_ ").endswith(marks)


def stands_out(block: Block) -> bool:
    """Short, no sentence, and in bold, centred or in capitals."""
    words = plain(block.text)
    if len(words) > LONGEST_UNSTYLED or words.endswith(SENTENCE_END) or not any(map(str.isalpha, words)):
        return False
    return block.is_strong or block.is_centred or (words.isupper() and len(words) > 3)


def ends_in_bullet(node: Node) -> bool:
    return bool(node.body) and node.body[-1].rsplit("\n", 1)[-1].lstrip().startswith("- ")


def begins_part(block: Block | None) -> bool:
    if block is None or block.is_table or block.heading:
        return True
    return any(each.rank is not None for each in readings(plain(block.text)))
