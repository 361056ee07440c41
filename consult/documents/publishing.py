"""Which rows does a document have? Two drafts' clauses, aligned in reading order."""

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from consult.drafts.reads import ClauseLine

Pair = tuple[ClauseLine | None, ClauseLine | None]


def aligned(old: Sequence[ClauseLine], new: Sequence[ClauseLine]) -> list[Pair]:
    """Pairs of (before, now) in reading order: (x, x') stays, (x, None) ended or left, (None, x') came or arrived.

    A clause that moved is two pairs, so that accepting gives the new order and rejecting the old one.
    """
    before, now = [line.clause_id for line in old], [line.clause_id for line in new]
    pairs: list[Pair] = []
    for step in Indel.opcodes(before, now):
        if step.tag == "equal":
            pairs += zip(old[step.src_start : step.src_end], new[step.dest_start : step.dest_end], strict=True)
        else:
            pairs += [(line, None) for line in old[step.src_start : step.src_end]]
            pairs += [(None, line) for line in new[step.dest_start : step.dest_end]]
    return pairs
