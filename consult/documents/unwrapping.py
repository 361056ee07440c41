"""Which lines of a pasted or typed text are one paragraph?

Text from a PDF or a letter is broken at a width, text from Word has one line for each paragraph. The lines tell
which: where most that are followed by another are about as long as the longest, they are broken.
"""

import re
from collections.abc import Sequence
from statistics import median

from consult.core.text import has_unspaced
from consult.documents.labels import BULLET, readings
from consult.documents.markup import plain

NARROWEST, WIDEST = 24, 130
BROKEN_WORD = re.compile(r"(\w+)-$")
MARKS = "，。；：、（）《》「」“”！？"
ENDS = (".", "!", "?", ":", ";", "。", "！", "？", "：", "；", "؟", "।", "”.", "”")


def width_of(lines: Sequence[str]) -> int:
    """The width at which the text is broken; 0 where it is not."""
    pairs = zip(lines, [*lines[1:], ""], strict=True)
    lengths = [len(line.strip()) for line, following in pairs if line.strip() and following.strip()]
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


def joined(before: str, following: str, text: str) -> str:
    """Two lines as one: no blank in scripts that have none; a word broken by a hyphen is whole again, unless the text
    has it with the hyphen elsewhere."""
    before, following = before.rstrip(), following.lstrip()
    if before.endswith("\u00ad"):
        return before[:-1] + following
    if (broken := BROKEN_WORD.search(before)) and following[:1].islower():
        rest = re.match(r"\w+", following)
        hyphened = f"{broken[1]}-{rest[0]}" if rest else ""
        return (before if hyphened and hyphened in text else before[:-1]) + following
    is_unspaced = all(has_unspaced(sign) or sign in MARKS for sign in (before[-1:], following[:1]))
    return before + ("" if is_unspaced else " ") + following
