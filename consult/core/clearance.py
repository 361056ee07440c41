"""Which way does a contribution go inside a delegation, and who may move it there?

Level 1: the head alone. Level 2: contributors draft, the head submits. Level 3: a deputy or the head verifies
in between. An acting head does what a head does. An individual is her own head, at level 1.
"""

from collections.abc import Mapping, Set

from consult.core.terms import HEADS, PaperState, SeatKind

DRAFT, VERIFIED, SUBMITTED, DROPPED = PaperState
CONTRIBUTOR, DEPUTY, HEAD, ACTING_HEAD = SeatKind
EVERYONE = frozenset(SeatKind)
CLEARERS = frozenset({DEPUTY, *HEADS})

FROM_VERIFIED = frozenset(
    {DRAFT, SUBMITTED, DROPPED}
)  # what was verified goes on, whatever levels are chosen since

MOVES: Mapping[int, Mapping[PaperState, Set[PaperState]]] = {
    1: {DRAFT: {SUBMITTED, DROPPED}, VERIFIED: FROM_VERIFIED},
    2: {DRAFT: {SUBMITTED, DROPPED}, VERIFIED: FROM_VERIFIED},
    3: {DRAFT: {VERIFIED, DROPPED}, VERIFIED: FROM_VERIFIED},
}

WRITERS: Mapping[int, Set[SeatKind]] = {
    1: HEADS,
    2: EVERYONE,
    3: EVERYONE,
}

MOVERS: Mapping[tuple[PaperState, PaperState], Set[SeatKind]] = {
    (DRAFT, VERIFIED): CLEARERS,
    (DRAFT, SUBMITTED): HEADS,
    (DRAFT, DROPPED): EVERYONE,
    (VERIFIED, DRAFT): CLEARERS,
    (VERIFIED, SUBMITTED): HEADS,
    (VERIFIED, DROPPED): CLEARERS,
}


def may_write(levels: int, seat: SeatKind) -> bool:
    """Whether someone in this seat may start and edit a draft."""
    return seat in WRITERS[levels]


def may_move(levels: int, seat: SeatKind, from_: PaperState, to: PaperState) -> bool:
    is_a_move = to in MOVES[levels].get(from_, frozenset())
    return is_a_move and may_write(levels, seat) and seat in MOVERS[from_, to]
