"""What are the words of a text, when are two texts the same, and what in them is still in brackets?

Offsets are code points of the body as given. Bodies are stored in their canonical form, so give that.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from icu4py.breakers import WordBreaker

ENDS_OF_SENTENCES = frozenset(".!?。！？．؟۔।॥։።")

# The zero-width space parts words in Thai, Lao, Khmer and Burmese typing: a blank, not a word.
_BLANK = re.compile(r"[\s\u200b]*")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark, with the blanks that stand before it."""

    text: str
    start: int
    end: int
    space: str


@dataclass(frozen=True, slots=True)
class BracketSpan:
    """`[words]` not yet agreed, or `[A] [B]` side by side: one bracket with rival options."""

    start: int
    end: int
    options: tuple[str, ...]


def canonical(body: str) -> str:
    """The form that is stored and hashed: case, brackets, punctuation and digits stay."""
    lines = unicodedata.normalize("NFC", body).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip()


def sha256_of(body: str) -> str:
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def comparison(body: str) -> str:
    """The form in which near-duplicates are sought (METHODS c); never an identity."""
    folded = unicodedata.normalize("NFKC", body).casefold()
    kept = (
        sign if unicodedata.category(sign)[0] in "LMN" else " "
        for sign in folded
        if unicodedata.category(sign) != "Cf"
    )
    return " ".join("".join(kept).split())


@lru_cache(maxsize=512)
def words(body: str) -> tuple[Word, ...]:
    """The words of a text in any script; blanks at its very end belong to no word."""
    found: list[Word] = []
    for piece, start in _pieces(body):
        space = body[found[-1].end if found else 0 : start]
        if found and not space and found[-1].text == "\\" and piece in "[]":
            before = found.pop()  # a literal bracket is one sign
            found.append(Word("\\" + piece, before.start, start + 1, before.space))
        else:
            found.append(Word(piece, start, start + len(piece), space))
    return tuple(found)


def _pieces(body: str) -> Iterator[tuple[str, int]]:
    # The breaker's own offsets count UTF-16 units, so we count the code points of its pieces.
    start = 0
    for piece in WordBreaker(body, "en"):
        if not is_blank(piece):
            yield piece, start
        start += len(piece)


def is_blank(part: str) -> bool:
    return _BLANK.fullmatch(part) is not None


def has_unspaced(part: str) -> bool:
    """Whether some of it is in a script that writes its words without blanks between."""
    return _UNSPACED.search(part) is not None


def is_mark(word: str) -> bool:
    """Whether a token is punctuation or a symbol rather than a word."""
    return not any(unicodedata.category(sign)[0] in "LMN" for sign in word)


def brackets(body: str) -> tuple[BracketSpan, ...]:
    """The outermost brackets, rival ones side by side taken together; footnote marks are none."""
    spans = list(_outermost(body))
    found: list[BracketSpan] = []
    for start, end in spans:
        option = body[start + 1 : end - 1]
        if found and not body[found[-1].end : start].strip(" \u00a0"):
            found[-1] = BracketSpan(found[-1].start, end, (*found[-1].options, option))
        else:
            found.append(BracketSpan(start, end, (option,)))
    return tuple(found)


def bracket_count(body: str) -> int:
    """How far from done a text is: its brackets, those inside others counted too."""
    return sum(1 + sum(bracket_count(option) for option in bracket.options) for bracket in brackets(body))


def _outermost(body: str) -> Iterator[tuple[int, int]]:
    # A bracket that is never closed is left alone, so one slip does not swallow the rest of the text.
    open_at: list[int] = []
    closed: list[tuple[int, int]] = []
    for sign in re.finditer(r"\\[\[\]]|\[\^[^\[\]\s]+\]|[\[\]]", body):
        if sign.group() == "[":
            open_at.append(sign.start())
        elif sign.group() == "]" and open_at:
            closed.append((open_at.pop(), sign.end()))
    closed.sort()
    end = 0
    for span in closed:
        if span[0] >= end:
            yield span
            end = span[1]
