"""Which lines of a pasted or typed text are one paragraph?

Text from a PDF or a letter is broken at a width, text from Word has one line for each paragraph. The lines tell
which: where most that are followed by another are about as long as the longest, they are broken.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from consult.core.text import has_unspaced
from consult.documents.labels import BULLET, readings
from consult.documents.markup import plain

NARROWEST, WIDEST = 24, 130
LONGEST_WORD = 60
HYPHENED = re.compile(r"\b\w{1,40}-\w{1,40}\b")
BROKEN_WORD = re.compile(r"(\w+)-$")
MARKS = "，。；：、（）《》「」“”！？"
ENDS = (".", "!", "?", ":", ";", "。", "！", "？", "：", "；", "؟", "।", "”.", "”")


def width_of(lines: Sequence[str]) -> int:
    """The width at which the text is broken; 0 where it is not."""
    lengths = [len(line.strip()) for line, following in pairwise(lines) if line.strip() and following.strip()]
    if len(lengths) < 2:
        return WIDEST if lengths and lengths[0] <= WIDEST else 0
    longest = max(lengths)
    return longest if NARROWEST <= longest <= WIDEST and median(lengths) >= longest * 0.6 else 0


def goes_on(line: str, following: str, width: int) -> bool:
    """Whether the paragraph of a line goes on in the one below it."""
    line, following = line.strip(), following.strip()
    if not line or not following or opens_paragraph(following):
        return False
    if following[0].islower() and not line.endswith(ENDS):
        return True
    if not width:
        return False
    first = following.split()[0]
    return (
        len(line) + 1 + min(len(first), 12) > width * 0.85
        if line.endswith(ENDS)
        else len(line) > width * 0.55
    )


def opens_paragraph(line: str) -> bool:
    """A number or a bullet begins a paragraph of its own."""
    line = line.strip()
    return bool(BULLET.match(line)) or bool(readings(plain(line)))


def hyphened(text: str) -> set[str]:
    """The words that a text writes with a hyphen within a line."""
    return set(HYPHENED.findall(text))


def joined(lines: Sequence[str], known: set[str]) -> str:
    """Lines as one paragraph: no blank in scripts that have none; a word broken by a hyphen is whole again, unless it
    is among those `known` to have one."""
    parts: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        parts += _before(line.strip(), following.strip(), known)
    return "".join(parts)


def _before(line: str, following: str, known: set[str]) -> tuple[str, str]:
    """The line as it stands before the next, and what parts them."""
    if not following:
        return line, ""
    if line.endswith("\u00ad"):
        return line[:-1], ""
    if (broken := BROKEN_WORD.search(line[-LONGEST_WORD:])) and following[0].islower():
        rest = re.match(r"\w*", following[:LONGEST_WORD])
        is_known = rest is not None and f"{broken[1]}-{rest[0]}" in known
        return line if is_known else line[:-1], ""
    is_unspaced = all(has_unspaced(sign) or sign in MARKS for sign in (line[-1:], following[0]))
    return line, "" if is_unspaced else " "
