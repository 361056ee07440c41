"""Who hears of what: worked examples that a secretary could check by hand.

Kenya (organisation 1) is on the roster: its head is 11, its deputy 12, a contributor 13. Brazil (2) is on the roster
too: its head is 21. A non-governmental organisation (3) is not, but has spoken: its head is 31. Person 41 follows,
42 has commented in her own name, 51 moderates.
"""

import pytest

from consult.core.hearing import HEARD, About, Circle, Heard, Picture, Why, closing, hearers
from consult.core.terms import SeatKind

HEAD, DEPUTY, CONTRIBUTOR, ACTING = (
    SeatKind.HEAD,
    SeatKind.DEPUTY,
    SeatKind.CONTRIBUTOR,
    SeatKind.ACTING_HEAD,
)
SEATS = {1: {11: HEAD, 12: DEPUTY, 13: CONTRIBUTOR}, 2: {21: ACTING}, 3: {31: HEAD}}
PICTURE = Picture(
    seats=SEATS,
    roster={1, 2},
    spoken={1, 3},
    individuals={42},
    followers={41, 11},
    moderators={51},
)


@pytest.mark.parametrize(
    ("act", "about", "who"),
    [
        ("draft.published", About(), [11, 12, 13, 21, 31, 41, 42, 51]),
        ("draft.published", About(by={51}), [11, 12, 13, 21, 31, 41, 42]),
        ("round.planned", About(), [11, 12, 13, 21, 31, 41, 42, 51]),
        ("round.extended", About(by={51}), [11, 12, 13, 21, 31, 41, 42]),
        ("round.shortened", About(by={51}), [11, 12, 13, 21, 31, 41, 42]),
        ("round.closed", About(), [11, 12, 13, 21, 31, 41, 42, 51]),
        ("dispositions.published", About(organisations=(1, 3), persons=(42,)), [11, 12, 13, 31, 42]),
        ("comment.submitted", About(organisations=(1,), by={11}), [12, 13]),
        ("comment.submitted", About(persons=(42,), by={42}), []),
        ("comment.submitted", About(organisations=(1, 2), by={11}), [12, 13, 21]),
        ("comment.withdrawn", About(organisations=(1,), by={11}), [12, 13]),
        ("comment.hidden", About(persons=(42,), by={51}), [42]),
        ("comment.restored", About(organisations=(3,), by={51}), [31]),
        ("organisation.accredited", About(organisations=(1,)), [11, 12, 13]),
        ("organisation.merged", About(organisations=(2, 1)), [11, 12, 13, 21]),
        ("organisation.disabled", About(organisations=(9,)), []),
        ("role.given", About(persons=(41,), by={99}), [41]),
        ("role.ended", About(persons=(41,), by={41}), []),
        ("position.taken", About(organisations=(1,)), []),
        ("clause.settled", About(), []),
        ("never.heard_of", About(organisations=(1,)), []),
    ],
)
def test_each_act_is_heard_by_those_whom_it_concerns(act: str, about: About, who: list[int]) -> None:
    assert [one.person_id for one in hearers(act, about, PICTURE)] == who


def test_everybody_hears_once_and_is_told_the_first_reason() -> None:
    why = {one.person_id: one for one in hearers("round.planned", About(), PICTURE)}
    assert why[11] == Heard(11, Why.ROSTER, 1)  # she follows, too, and her organisation has spoken
    assert why[31] == Heard(31, Why.SPOKEN, 3)
    assert why[42] == Heard(42, Why.SPOKEN)
    assert why[41] == Heard(41, Why.FOLLOWS)
    assert why[51] == Heard(51, Why.MODERATES)


@pytest.mark.parametrize("act", sorted(HEARD))
def test_nobody_hears_of_what_she_may_not_see_nor_of_her_own_act(act: str) -> None:
    about = About(organisations=(1, 2, 3), persons=(41, 42), by={11})
    restricted = Picture(
        seats=SEATS, roster={1, 2}, spoken={1}, followers={41}, moderators={51}, seers={11, 12, 21}
    )
    heard = {one.person_id for one in hearers(act, about, restricted)}
    assert heard <= ({12, 21} if HEARD[act] is not Circle.HERSELF else {41, 42})
    assert 11 not in {one.person_id for one in hearers(act, about, PICTURE)}


def test_before_a_round_closes_those_who_may_clear_hear_of_it() -> None:
    heard = closing(PICTURE, waiting=frozenset({3}), writing=frozenset({42}))
    assert heard == (
        Heard(11, Why.ROSTER, 1),
        Heard(12, Why.ROSTER, 1),
        Heard(21, Why.ROSTER, 2),
        Heard(31, Why.DELEGATION, 3),
        Heard(42, Why.HERSELF),
    )


def test_a_closing_is_kept_from_those_who_may_not_see() -> None:
    restricted = Picture(seats=SEATS, roster={1}, seers={11})
    assert closing(restricted, frozenset({2}), frozenset({42})) == (Heard(11, Why.ROSTER, 1),)


def test_where_nobody_sits_nobody_hears() -> None:
    assert hearers("draft.published", About(), Picture(roster={1})) == ()
