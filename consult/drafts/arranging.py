"""On which page does each clause stand, and how is it cited? For a draft that is being written down."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.core.numbering import cited
from consult.core.terms import ClauseKind

MOST_ON_A_PAGE = 60
SHORT = 200


@dataclass(frozen=True, slots=True)
class Placed:
    """A clause to be: its parent by index (None: the whole), what it is, and its printed number."""

    parent: int | None
    kind: ClauseKind
    number: str


@dataclass(frozen=True, slots=True)
class Arranged:
    """Where it stands: position among its siblings, the index of its page's section (None: the whole), citation."""

    position: int
    section: int | None
    cited: str


def arranged(clauses: Sequence[Placed]) -> tuple[Arranged, ...]:
    """Of clauses in reading order, each after its parent.

    A section is a page of its own; one with more than sixty clauses below it leaves its own sections to be pages.
    Pages follow each other as the text does: where clauses and sections take turns at the top, a short draft has no
    pages of sections, and in a long one a clause stands on the page of the section before it.
    """
    sizes = _sizes(clauses)
    has_pages = len(clauses) > SHORT or not _takes_turns(clauses)
    positions: dict[int | None, int] = {}
    pages: list[int | None] = []
    paths: list[tuple[str, ...]] = []
    found = []
    for index, clause in enumerate(clauses):
        position = positions.get(clause.parent, 0)
        positions[clause.parent] = position + 1
        pages.append(_page(clauses, sizes, pages, index) if has_pages else None)
        above = paths[clause.parent] if clause.parent is not None else ()
        paths.append((*above, clause.number))
        name = "" if clause.kind in (ClauseKind.NOTE, ClauseKind.TABLE) else cited(paths[-1])
        found.append(Arranged(position, pages[-1], name))
    return tuple(found)


def _takes_turns(clauses: Sequence[Placed]) -> bool:
    """Whether a clause stands at the top after a section does."""
    kinds = [clause.kind for clause in clauses if clause.parent is None]
    first = kinds.index(ClauseKind.SECTION) if ClauseKind.SECTION in kinds else len(kinds)
    return any(kind is ClauseKind.CLAUSE for kind in kinds[first:])


def _sizes(clauses: Sequence[Placed]) -> list[int]:
    """How many clauses stand below each, at any depth."""
    sizes = [0] * len(clauses)
    for index in range(len(clauses) - 1, -1, -1):
        parent = clauses[index].parent
        if parent is not None:
            sizes[parent] += sizes[index] + 1
    return sizes


def _page(
    clauses: Sequence[Placed], sizes: Sequence[int], pages: Sequence[int | None], index: int
) -> int | None:
    clause = clauses[index]
    above = pages[clause.parent] if clause.parent is not None else None
    if clause.kind is not ClauseKind.SECTION:
        return pages[-1] if clause.parent is None and pages else above
    if clause.parent is None:
        return index
    is_full = above is None or sizes[above] > MOST_ON_A_PAGE
    return index if is_full else above
