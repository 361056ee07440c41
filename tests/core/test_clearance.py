"""Which way does a contribution go inside a delegation, and who may move it?"""

import pytest

from consult.core.clearance import MOVERS, MOVES, may_move, may_write
from consult.core.terms import PaperState, SeatKind

DRAFT, VERIFIED, SUBMITTED, DROPPED = PaperState
CONTRIBUTOR, DEPUTY, HEAD, ACTING_HEAD = SeatKind


@pytest.mark.parametrize(
    ("levels", "seat", "from_", "to", "may"),
    [
        (1, HEAD, DRAFT, SUBMITTED, True),
        (1, CONTRIBUTOR, DRAFT, DROPPED, False),
        (1, HEAD, DRAFT, VERIFIED, False),
        (2, CONTRIBUTOR, DRAFT, SUBMITTED, False),
        (2, DEPUTY, DRAFT, SUBMITTED, False),
        (2, HEAD, DRAFT, SUBMITTED, True),
        (3, HEAD, DRAFT, SUBMITTED, False),  # someone verifies in between, be it the head
        (3, CONTRIBUTOR, DRAFT, VERIFIED, False),
        (3, DEPUTY, DRAFT, VERIFIED, True),
        (3, DEPUTY, VERIFIED, SUBMITTED, False),
        (3, HEAD, VERIFIED, SUBMITTED, True),
        (3, ACTING_HEAD, VERIFIED, SUBMITTED, True),
        (1, ACTING_HEAD, DRAFT, SUBMITTED, True),
        (3, DEPUTY, VERIFIED, DRAFT, True),
        (3, CONTRIBUTOR, VERIFIED, DROPPED, False),
        (2, HEAD, VERIFIED, SUBMITTED, True),  # verified before the delegation chose fewer levels
        (1, HEAD, VERIFIED, SUBMITTED, True),
        (1, DEPUTY, VERIFIED, DRAFT, False),
        (2, DEPUTY, DRAFT, VERIFIED, False),
    ],
)
def test_only_the_right_seat_moves_a_paper(levels, seat, from_, to, may):
    assert may_move(levels, seat, from_, to) is may


@pytest.mark.parametrize("levels", [1, 2, 3])
@pytest.mark.parametrize("seat", SeatKind)
@pytest.mark.parametrize("to", PaperState)
def test_nothing_leaves_an_end(levels, seat, to):
    assert not may_move(levels, seat, SUBMITTED, to)
    assert not may_move(levels, seat, DROPPED, to)


def test_every_move_has_someone_who_may_make_it():
    for levels, moves in MOVES.items():
        for from_, reached in moves.items():
            assert all(any(may_move(levels, seat, from_, to) for seat in SeatKind) for to in reached)
    assert {pair for pair in MOVERS if pair[1] is SUBMITTED} == {(DRAFT, SUBMITTED), (VERIFIED, SUBMITTED)}


def test_at_the_first_level_the_heads_write_alone():
    assert [seat for seat in SeatKind if may_write(1, seat)] == [HEAD, ACTING_HEAD]
    assert all(may_write(levels, seat) for levels in (2, 3) for seat in SeatKind)
