"""Whose is each change of a text that was edited by hand after the merge?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.core.merge import Amended, merge, sources
from tests.core.test_merge import BASE, amend, rounds


def attributed(final: str, *amendments: Amended) -> list[tuple[str, str, tuple[int, ...]]]:
    return [
        (BASE[c.old_start : c.old_end].strip(), final[c.new_start : c.new_end].strip(), c.comments)
        for c in sources(BASE, final, amendments)
    ]


FIFTEEN, SIXTY = amend(1, "thirty", "fifteen"), amend(2, "thirty", "sixty")


def test_a_change_cites_everyone_who_asks_for_it():
    final = BASE.replace("thirty", "fifteen")
    assert attributed(final, FIFTEEN, SIXTY, amend(3, "thirty", "fifteen")) == [("thirty", "fifteen", (1, 3))]


def test_a_change_that_nobody_asked_for_cites_nobody():
    assert attributed(BASE.replace("thirty", "ten"), FIFTEEN, SIXTY) == [("thirty", "ten", ())]
    assert attributed(BASE.replace("shall", "may"), FIFTEEN) == [("shall", "may", ())]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("thirty", "fifteen working", [("thirty", "fifteen", (1,)), ("", "working", ())]),
        ("within thirty", "fifteen", [("within", "", ()), ("thirty", "fifteen", (1,))]),
        ("thirty days", "fifteen", [("thirty", "fifteen", (1,)), ("days", "", ())]),
    ],
)
def test_words_slipped_in_beside_an_asked_change_stand_alone(old, new, expected):
    assert attributed(BASE.replace(old, new), FIFTEEN) == expected


def test_brackets_belong_to_those_who_ask_for_what_is_inside():
    final = BASE.replace("within thirty days", "[within fifteen days] [without delay]")
    rival = amend(2, "within thirty days", "without delay")
    assert {comments for *_, comments in attributed(final, FIFTEEN, rival)} == {(1, 2), (1,), (2,)}


def test_a_comment_half_followed_is_cited():
    longer = amend(1, "days.", "days of first release.")
    assert attributed(BASE.replace("days.", "days of release."), longer) == [("", "of release", (1,))]
    assert attributed(BASE.replace("days.", "days of quiet notice."), longer)[0][2] == ()


@settings(max_examples=150, deadline=None)
@given(rounds(), st.data())
def test_what_is_attributed_rebuilds_the_final_text(round_, data):
    base, amendments = round_
    final = data.draw(st.sampled_from([amended.text for amended in amendments]))
    rebuilt, at = "", 0
    for change in sources(base, final, amendments[1:]):
        rebuilt += base[at : change.old_start] + final[change.new_start : change.new_end]
        at = change.old_end
    assert rebuilt + base[at:] == final


@settings(max_examples=150, deadline=None)
@given(rounds())
def test_what_merging_landed_is_found_again(round_):
    base, amendments = round_
    merged = merge(base, amendments)
    assert all(change.comments for change in sources(base, merged.text, amendments))
