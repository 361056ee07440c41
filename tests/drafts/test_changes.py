"""What became of each clause from one draft to another, on trees that one can check by hand."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from consult.core.terms import ClauseKind
from consult.drafts.reads import ChangeKind, ClauseLine, compared

WHOLE = ClauseLine(1, "whole", 1, None, 0, 0, 0, ClauseKind.WHOLE, "", "", 1, None, 1)


def a_line(clause_id: int, number: str, text_id: int = 0, parent_id: int = 1) -> ClauseLine:
    """A clause; its text is its own unless another is named."""
    return replace(
        WHOLE,
        clause_id=clause_id,
        code=f"c{clause_id}",
        kind=ClauseKind.CLAUSE,
        number=number,
        parent_id=parent_id,
        text_id=text_id or clause_id * 100,
    )


def fates(old: list[ClauseLine], new: list[ClauseLine]) -> list[tuple[str, ChangeKind]]:
    """Each clause's code and what became of it, in the order shown."""
    pairs = compared([WHOLE, *old], [WHOLE, *new])
    return [((pair.new or pair.old or WHOLE).code, pair.kind) for pair in pairs]


def test_the_same_draft_keeps_every_clause() -> None:
    lines = [a_line(2, "1"), a_line(3, "2")]
    assert fates(lines, lines) == [("c2", ChangeKind.KEPT), ("c3", ChangeKind.KEPT)]


def test_a_new_clause_renumbers_those_after_it() -> None:
    old = [a_line(2, "1"), a_line(3, "2")]
    new = [a_line(2, "1"), a_line(4, "2"), a_line(3, "3")]
    assert fates(old, new) == [("c2", ChangeKind.KEPT), ("c4", ChangeKind.NEW), ("c3", ChangeKind.RENUMBERED)]


def test_other_words_weigh_more_than_another_number() -> None:
    assert fates([a_line(2, "1")], [a_line(2, "2", text_id=7)]) == [("c2", ChangeKind.CHANGED)]


def test_another_heading_is_a_change() -> None:
    assert fates([a_line(2, "1")], [replace(a_line(2, "1"), heading_text_id=9)]) == [
        ("c2", ChangeKind.CHANGED)
    ]


def test_what_ended_is_shown_where_it_stood() -> None:
    old = [a_line(2, "1"), a_line(3, "2"), a_line(4, "3")]
    assert fates(old, [a_line(2, "1"), a_line(4, "3")]) == [
        ("c2", ChangeKind.KEPT),
        ("c3", ChangeKind.ENDED),
        ("c4", ChangeKind.KEPT),
    ]


def test_one_clause_moved_is_one_clause_moved() -> None:
    old = [a_line(2, "1"), a_line(3, "2"), a_line(4, "3")]
    new = [a_line(4, "3"), a_line(2, "1"), a_line(3, "2")]
    assert sorted(kind for _, kind in fates(old, new)) == [ChangeKind.KEPT, ChangeKind.KEPT, ChangeKind.MOVED]


def test_another_parent_is_a_move_even_where_the_order_is_the_same() -> None:
    assert fates([a_line(2, "1"), a_line(3, "2")], [a_line(2, "1"), a_line(3, "2", parent_id=2)])[1] == (
        "c3",
        ChangeKind.MOVED,
    )


@given(st.lists(st.integers(2, 30), unique=True), st.lists(st.integers(2, 30), unique=True))
def test_every_clause_of_either_draft_stands_in_it_once(before: list[int], after: list[int]) -> None:
    found = fates([a_line(one, "") for one in before], [a_line(one, "") for one in after])
    assert sorted(code for code, _ in found) == sorted({f"c{one}" for one in (*before, *after)})
    assert {code for code, kind in found if kind is ChangeKind.NEW} == {
        f"c{one}" for one in set(after) - set(before)
    }
    assert {code for code, kind in found if kind is ChangeKind.ENDED} == {
        f"c{one}" for one in set(before) - set(after)
    }
