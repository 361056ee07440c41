"""From text that someone pasted to an outline: out of Word, a PDF, or a letter.

Paragraphs are parted by blank lines and by numbers; lines broken at a width are joined; the page numbers that a PDF
leaves between them, and the line that repeats beside them, are left out and counted.
"""

import re
from collections import Counter
from collections.abc import Sequence

from consult.documents.arranging import arranged
from consult.documents.blocks import Block
from consult.documents.labels import SENTENCE_END, readings
from consult.documents.markup import Run, body, table
from consult.documents.outline import Outline, PageNumbersIgnored, Warning_
from consult.documents.unwrapping import goes_on, hyphened, joined, width_of

PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:page|seite|página|стр\.?|صفحة|第)?\s*(\d{1,4})\s*(?:页|頁)?\s*(?:[-–—]|(?:of|/|sur|de|von|из|من)\s*\d{1,4})?\s*\Z",
    re.IGNORECASE,
)
QUOTED = re.compile(r"^(?:>[ ]?)+")
LONGEST_TITLE = 160
LONGEST_PAGE_NUMBER = 80
MOST_PAGES = 3000


def read_pasted(text: str) -> Outline:
    lines = [QUOTED.sub("", line) for line in re.split(r"\r\n|\r|\n|\u2028|\u2029", text)]
    lines, ignored = _without_pages(
        [piece for line in lines for piece in re.split(r"(\f)", line) if piece or not line]
    )
    blocks = _blocks(lines)
    title = ""
    if blocks and _is_title(blocks):
        title = blocks[0].text.replace("\\", "")
        blocks = blocks[1:]
    warnings: list[Warning_] = [PageNumbersIgnored(ignored)] if ignored else []
    return arranged(blocks, title=title, warnings=warnings)


def _is_title(blocks: Sequence[Block]) -> bool:
    words = blocks[0].text
    is_short = 0 < sum(map(str.isalpha, words)) <= LONGEST_TITLE and not words.endswith(SENTENCE_END)
    return len(blocks) > 2 and is_short and not readings(words) and not blocks[0].is_table


def _without_pages(lines: Sequence[str]) -> tuple[list[str], int]:
    """Without the numbers of pages, if there are two or more that count upwards, and the lines that go with them."""
    short = {at: line.strip() for at, line in enumerate(lines) if line and len(line) <= LONGEST_PAGE_NUMBER}
    found = {at: int(match[1]) for at, line in short.items() if (match := PAGE_NUMBER.match(line))}
    values = {value for value in found.values() if value <= MOST_PAGES}
    rising = [at for at, value in found.items() if value in values and {value - 1, value + 1} & values]
    if len(rising) < 2:
        rising = []
    beside = [
        near for at in rising for near in (_near(lines, at, -1), _near(lines, at, 1)) if near is not None
    ]
    repeated = Counter(lines[near].strip() for near in beside)
    gone = {
        *rising,
        *(near for near in beside if repeated[lines[near].strip()] > 2 and len(lines[near]) < 120),
    }
    kept: list[str] = []
    for at, line in enumerate(lines):
        if at in gone:  # a paragraph may run on over the page
            while kept and not kept[-1].strip():
                kept.pop()
            kept.append("\f")
        elif line.strip("\f") or "\f" not in line:
            kept.append(line)
        else:
            kept.append("\f")
    return _over_pages(kept), len(gone)


def _near(lines: Sequence[str], at: int, step: int) -> int | None:
    near = at + step
    while 0 <= near < len(lines) and not lines[near].strip():
        near += step
    return near if 0 <= near < len(lines) else None


def _over_pages(lines: Sequence[str]) -> list[str]:
    """A page break ends no sentence: the blank lines around one go where the sentence runs on."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if lines[at] != "\f":
            kept.append(lines[at])
            at += 1
            continue
        while at < len(lines) and not lines[at].strip():
            at += 1
        while kept and not kept[-1].strip():
            kept.pop()
        runs_on = kept and at < len(lines) and not kept[-1].rstrip().endswith(SENTENCE_END)
        if not (runs_on and lines[at].lstrip()[:1].islower()):
            kept.append("")
    return kept


def _blocks(lines: Sequence[str]) -> list[Block]:
    width, known = width_of(lines), hyphened("\n".join(lines))
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        rows = _rows(lines, at)
        if len(rows) > 1:
            blocks.append(Block(table([[body([Run(cell)]) for cell in row] for row in rows]), is_table=True))
            at += len(rows)
            continue
        start = at
        while at + 1 < len(lines) and goes_on(lines[at], lines[at + 1], width):
            at += 1
        at += 1
        if words := body([Run(joined(lines[start:at], known))]):
            blocks.append(Block(words, may_be_cut=True))
    return blocks


def _rows(lines: Sequence[str], at: int) -> list[list[str]]:
    """Lines of as many tabs each, one after the other, that begin with no number: a table."""
    rows: list[list[str]] = []
    while at < len(lines) and lines[at].strip().count("\t") and not readings(lines[at].strip()):
        cells = lines[at].strip(" ").split("\t")
        if rows and len(cells) != len(rows[0]):
            break
        rows.append(cells)
        at += 1
    return rows
