"""Which words of a redline must a margin show, when the clause is long and the margin narrow?"""

from collections.abc import Iterable, Iterator

from consult.core.diff import Run, redline
from consult.core.terms import AmendmentKind
from consult.core.text import words

GAP = Run("equal", " … ")
BEFORE, AFTER = 8, 6  # words of the clause beside a change
STRUCK = 30  # words at either end of a long struck passage


def runs_of(kind: AmendmentKind, base: str, proposed: str | None) -> tuple[Run, ...]:
    """All that an amendment asks, as kept, struck and new words."""
    if kind is AmendmentKind.DELETE:
        return (Run("delete", base),) if base else ()
    if kind is AmendmentKind.INSERT_AFTER:
        return (Run("insert", proposed or ""),)
    return redline(base, proposed or "")


def excerpt(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Every new word; of the kept ones only those next to a change, of a long struck passage its ends."""
    last = len(runs) - 1
    return tuple(
        piece
        for at, run in enumerate(runs)
        for piece in _shortened(run, head=AFTER if at else BEFORE, tail=AFTER if at < last else 0)
    )


def _shortened(run: Run, head: int, tail: int) -> Iterable[Run]:
    if run.kind == "insert":
        return (run,)
    return _elided(run, STRUCK, STRUCK) if run.kind == "delete" else _elided(run, head, tail)


def _elided(run: Run, head: int, tail: int) -> Iterator[Run]:
    found = words(run.text)
    if len(found) <= head + tail + 3:
        yield run
        return
    yield Run(run.kind, run.text[: found[head - 1].end])
    yield GAP
    if tail:
        yield Run(run.kind, run.text[found[-tail].start :])
