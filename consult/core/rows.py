"""Which rows of two lists go together, in one reading order?"""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from rapidfuzz.distance import Indel

T = TypeVar("T")


def aligned(
    old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable]
) -> list[tuple[T | None, T | None]]:
    """Pairs of (before, now): (x, y) stays, (x, None) ended or left, (None, y) came or arrived.

    What moved is two pairs, so that accepting every change gives the new order and rejecting every change the old.
    """
    before, now = [key(one) for one in old], [key(one) for one in new]
    pairs: list[tuple[T | None, T | None]] = []
    for step in Indel.opcodes(before, now):
        if step.tag == "equal":
            pairs += zip(
                old[step.src_start : step.src_end], new[step.dest_start : step.dest_end], strict=True
            )
        else:
            pairs += [(one, None) for one in old[step.src_start : step.src_end]]
            pairs += [(None, one) for one in new[step.dest_start : step.dest_end]]
    return pairs
