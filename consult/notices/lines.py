"""How do words stand in a letter of plain text? In short lines, in every script, and nobody's words forge the form."""

import re
import unicodedata
from collections.abc import Iterator

from icu4py.breakers import LineBreaker

WIDTH = 72
SUBJECT = 90
RIGHT_TO_LEFT, ISOLATE, END_OF_ISOLATE = "\u200f", "\u2068", "\u2069"
QUOTE, BULLET = "> ", "- "
# What could turn the words around it, or hide: controls of direction, joiners of lines, and other controls.
UNSAFE = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
LINK_SIGN = re.compile(r"(?i)(?<=[a-z0-9+.-])://")
ADDRESS = re.compile(r"https?://\S+")


def one_line(words: str, most: int = 2000) -> str:
    """Somebody's words as one line: no line breaks, no controls, and no link that a mail program would open."""
    line = " ".join(UNSAFE.sub(" ", words).split())
    line = LINK_SIGN.sub(": //", line)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def isolated(words: str) -> str:
    """Words whose direction does not disturb the sentence they stand in."""
    return f"{ISOLATE}{words}{END_OF_ISOLATE}"


def subject_line(text: str) -> str:
    """The subject: one line, and not longer than a list of letters shows."""
    line = " ".join(text.split())
    return line if len(line) <= SUBJECT else line[: SUBJECT - 1].rstrip() + "…"


def laid_out(text: str, language: str, *, is_right_to_left: bool) -> str:
    """The body in lines of at most 72 columns; a link keeps its line, however long. Paragraphs stay apart."""
    lines: list[str] = []
    for line in text.strip().split("\n"):
        if not line.strip():
            if lines and lines[-1]:
                lines.append("")
            continue
        broken = list(_broken(line.strip(), language))
        is_link = ADDRESS.fullmatch(line.strip()) is not None
        lines += [RIGHT_TO_LEFT + one if is_right_to_left and not is_link else one for one in broken]
    return "\n".join(lines) + "\n"


def columns(text: str) -> int:
    """How wide a text is where every letter has one column, and those of Chinese two."""
    return sum(_column(sign) for sign in text)


def _column(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def _broken(line: str, language: str) -> Iterator[str]:
    if ADDRESS.fullmatch(line):
        yield line
        return
    start = next((sign for sign in (QUOTE, BULLET) if line.startswith(sign)), "")
    indent = start if start == QUOTE else " " * len(start)
    now, width = start, len(start)
    for piece in LineBreaker(line[len(start) :], language):
        if now.strip() != start.strip() and width + columns(piece.rstrip()) > WIDTH:
            yield now.rstrip()
            now, width = indent, len(indent)
        now, width = now + piece, width + columns(piece)
    yield now.rstrip()
