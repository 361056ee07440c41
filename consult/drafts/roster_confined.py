"""What happens in the child that reads one spreadsheet: it limits itself, reads the cells as words, and answers.

It loads nothing of the program but the guard, so that a file which breaks the reader breaks the child alone.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from consult.drafts.roster_guard import (
    MEBIBYTE,
    MOST_ROWS,
    NothingInIt,
    SheetExpandsTooMuch,
    SheetUnreadable,
    TooManyRows,
)
from consult.refusals import Refusal

MEMORY = 768 * MEBIBYTE
SECONDS = 20
MOST_COLUMNS = 200
SPARE = 100  # rows of titles and notes around the list

Cells = list[list[str]]


def answer() -> None:
    """Reads the file that comes in, and writes its cells or a refusal, as JSON."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        said: dict[str, object] = {"cells": cells_of(sys.stdin.buffer.read())}
    except Refusal as refused:
        said = {"refused": type(refused).__name__, "facts": vars(refused)}
    except MemoryError:
        said = {"refused": SheetExpandsTooMuch.__name__, "facts": {}}
    sys.stdout.write(json.dumps(said))
    sys.stdout.flush()


def cells_of(blob: bytes) -> Cells:
    """The cells of the first sheet that has any, as words, without rows that are empty."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(blob))
        for name in book.sheet_names:
            found = list(_rows(book, name))
            if found:
                return found
    except (CalamineError, ValueError, TypeError):
        raise SheetUnreadable from None
    raise NothingInIt


def _rows(book: CalamineWorkbook, name: str) -> Iterator[list[str]]:
    sheet = book.get_sheet_by_name(name)
    count = 0
    for row in sheet.iter_rows():
        words = [_words(cell) for cell in row[:MOST_COLUMNS]]
        if not any(words):
            continue
        count += 1
        if count > MOST_ROWS + SPARE:
            raise TooManyRows(MOST_ROWS)
        yield words


def _words(cell: Any) -> str:
    """A cell as a person reads it: whole numbers without a fraction, days without a clock."""
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time | timedelta):
        return str(cell)
    return " ".join(str(cell).split())
