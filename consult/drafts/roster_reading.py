"""From what a moderator hands in to rows: a workbook in a child of its own, text in whatever encoding it has."""

from consult.drafts.roster_child import read_workbook
from consult.drafts.roster_guard import is_workbook, refuse_foreign, refuse_size
from consult.drafts.roster_rows import RosterRow, rows_of
from consult.drafts.roster_text import cells_of_text, text_of


def read_list(blob: bytes, pasted: str, encoding: str = "") -> tuple[RosterRow, ...]:
    """The rows of the file, else of the pasted words; or a refusal. No database is needed for it."""
    sent = blob or pasted.encode()
    refuse_size(sent)
    refuse_foreign(sent)
    if is_workbook(sent):
        return rows_of(read_workbook(sent))
    return rows_of(cells_of_text(text_of(sent, encoding if blob else "utf-8")))
