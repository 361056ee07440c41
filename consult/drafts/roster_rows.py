"""From the cells of a list to rows that can be looked at: which column is what, and what each row says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from consult.drafts.roster_guard import MOST_ROWS, NothingInIt, TooManyRows
from consult.drafts.roster_words import (
    country_of,
    email_of,
    group_of,
    heading_of,
    language_of,
    role_of,
)

HEADS_SEARCHED = 15
LONGEST = 300
UNDECIDED, SKIP, NEW = (
    "",
    "skip",
    "new",
)  # what is to be done with a row; else the slug of an organisation after "="


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One row as it was read and corrected. What was not understood stays as it was written."""

    line: int
    organisation: str = ""
    slug: str = ""
    group: str = ""
    country: str = ""
    contact: str = ""
    email: str = ""
    language: str = ""
    role: str = ""
    choice: str = UNDECIDED
    near: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {**asdict(self), "near": list(self.near)}


def row_of(kept: Mapping[str, Any]) -> RosterRow:
    """The row as it was kept."""
    return RosterRow(**{**kept, "near": tuple(kept.get("near", ()))})


def rows_of(cells: Sequence[Sequence[str]]) -> tuple[RosterRow, ...]:
    """The rows of a list: below its headings where it has some, else by what stands in its columns."""
    cells = [[cell[:LONGEST] for cell in row] for row in cells]  # before any of them is searched
    start, columns = _columns(cells)
    found = []
    for line, row in enumerate(cells[start:], start=start + 1):
        said = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
        if said.get("organisation") or said.get("slug") or said.get("email"):
            found.append(understood(row_of({"line": line, **said})))
    if not found:
        raise NothingInIt
    if len(found) > MOST_ROWS:
        raise TooManyRows(MOST_ROWS)
    return tuple(found)


def understood(row: RosterRow) -> RosterRow:
    """The row with its terms as the program writes them, wherever they were understood."""
    group, role = group_of(row.group), role_of(row.role)
    return replace(
        row,
        group=group.value if group else row.group,
        country=country_of(row.country) or row.country,
        email=email_of(row.email) or row.email,
        language=language_of(row.language) or row.language,
        role=role.value if role else row.role,
    )


def _columns(cells: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Where the rows begin, and which column is what."""
    best: dict[str, int] = {}
    start = 0
    for index, row in enumerate(cells[:HEADS_SEARCHED]):
        named: dict[str, int] = {}
        for at, cell in enumerate(row):
            name = heading_of(cell)
            if name:
                named.setdefault(name, at)
        if len(named) > len(best) and (len(named) > 1 or len([cell for cell in row if cell]) == 1):
            best, start = named, index + 1
    if "organisation" in best or "slug" in best:
        return start, best
    return start, {**_by_content(cells[start:], set(best.values())), **best}


TESTS: Mapping[str, Callable[[str], object]] = {
    "email": email_of,
    "country": country_of,
    "group": group_of,
    "language": language_of,
    "role": role_of,
}


def _by_content(cells: Sequence[Sequence[str]], taken: set[int]) -> dict[str, int]:
    """Columns recognised by what most of their cells are; what names things differently in each row is the name."""
    sample = cells[:200]
    width = max((len(row) for row in sample), default=0)
    columns = {
        at: [row[at] for row in sample if at < len(row) and row[at]] for at in range(width) if at not in taken
    }
    found: dict[str, int] = {}
    for name, test in TESTS.items():
        shares = {
            at: sum(bool(test(cell)) for cell in column) / len(column)
            for at, column in columns.items()
            if column and at not in found.values()
        }
        if shares and max(shares.values()) >= 0.6:
            found[name] = max(shares, key=lambda at: shares[at])
    left = {at: column for at, column in columns.items() if column and at not in found.values()}
    if left:
        # The first column of words, unless another tells many more rows apart.
        varied = {at: len(set(column)) for at, column in left.items()}
        most = max(varied.values())
        found["organisation"] = next(at for at in sorted(left) if varied[at] >= most * 0.8)
        others = [at for at in sorted(left) if at != found["organisation"]]
        if others and "email" in found:
            found["contact"] = others[0]
    return found
