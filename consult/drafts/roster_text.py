"""Which cells does a list have that came as text, in whatever encoding and with whatever marks between its columns?"""

import codecs
import csv
import io
import re
from collections import Counter

from consult.drafts.roster_guard import MOST_ROWS, NothingInIt, SheetUnreadable, TooManyRows

MARKS = ("\t", ";", ",", "|", "،", "，")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODINGS = ("utf-8", "windows-1252", "windows-1256", "gb18030", "windows-1251", "utf-16")
HIGH_RUN = re.compile(rb"[\x80-\xff]+")
SPARE = 100
STRANGE = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffe\uffff]")  # no letter of any list


def text_of(blob: bytes, encoding: str = "") -> str:
    """The words in these bytes: in the encoding that was named, else in the one that fits."""
    try:
        return blob.decode(encoding or encoding_of(blob))
    except (UnicodeError, LookupError):
        raise SheetUnreadable from None


def encoding_of(blob: bytes) -> str:
    """UTF-8 and its kin where they fit; else by how the high bytes stand: alone, in pairs, or in words."""
    for mark, name in BOMS:
        if blob.startswith(mark):
            return name
    head = blob[:4000]
    if b"\0" in head:  # which no text has but in wide letters
        return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
    try:
        blob.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(blob)
    return "utf-8"


def cells_of_text(text: str) -> list[list[str]]:
    """The cells of CSV, of a paste from a spreadsheet, or of one name a line; without rows that are empty."""
    if STRANGE.search(text):
        raise SheetUnreadable
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = [
            [" ".join(cell.split()) for cell in row]
            for row in csv.reader(io.StringIO(lines, newline=""), delimiter=_mark(lines))
        ]
    except csv.Error:
        raise SheetUnreadable from None
    found = [row for row in rows if any(row)]
    if not found:
        raise NothingInIt
    if len(found) > MOST_ROWS + SPARE:
        raise TooManyRows(MOST_ROWS)
    return found


def _mark(text: str) -> str:
    """What stands between the columns: the mark that parts most lines into the same number, more than one."""
    head = [line for line in text.split("\n")[:60] if line.strip()]
    best, best_score = ",", 0.0
    for mark in MARKS:
        try:
            widths = Counter(len(row) for row in csv.reader(head, delimiter=mark))
        except csv.Error:
            continue
        width, count = max(widths.items(), key=lambda one: (one[0] > 1, one[1], one[0]))
        score = count * (width - 1) / max(len(head), 1) + (0.5 if mark == "\t" and width > 1 else 0)
        if width > 1 and score > best_score:
            best, best_score = mark, score
    if best_score < 0.5 and best in (",", "،", "，"):
        return "\t"  # names with a comma in them, one a line
    return best


def _legacy(blob: bytes) -> str:
    runs = HIGH_RUN.findall(blob[:200_000])
    bytes_high = sum(map(len, runs))
    alone = sum(len(run) for run in runs if len(run) == 1)
    if alone > bytes_high * 0.5:
        return "windows-1252" if _decodes(blob, "windows-1252") else "iso-8859-1"
    paired = sum(len(run) for run in runs if len(run) % 2 == 0)
    if paired > bytes_high * 0.9 and _decodes(blob, "gb18030"):
        return "gb18030"
    letters = Counter(blob)
    # Alef and lam are the letters that every Arabic text is full of; in Cyrillic those bytes are capitals.
    arabic = letters[0xC7] + letters[0xE1]
    if arabic > bytes_high * 0.12 and _decodes(blob, "windows-1256"):
        return "windows-1256"
    return "windows-1251" if _decodes(blob, "windows-1251") else "iso-8859-1"


def _decodes(blob: bytes, encoding: str) -> bool:
    try:
        blob.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
