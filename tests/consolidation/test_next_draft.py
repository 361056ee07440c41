"""The next draft's tree, without a database: examples that one can draw, and what holds for all settlements."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from consult.consolidation.next_draft import Settled, next_clauses, same_words
from consult.core.terms import ClauseKind, DescentKind, SettlementKind
from consult.drafts.acts import NextClause
from consult.drafts.reads import ClauseLine

ROOT = 1
# code, id, parent, number, kind; texts are id * 10
TREE = (
    (2, ROOT, "1", ClauseKind.SECTION),
    (3, 2, "1.1", ClauseKind.CLAUSE),
    (4, 3, "(a)", ClauseKind.CLAUSE),
    (5, 3, "(b)", ClauseKind.CLAUSE),
    (6, 2, "1.2", ClauseKind.CLAUSE),
    (7, 2, "1.3", ClauseKind.CLAUSE),
    (8, ROOT, "2", ClauseKind.SECTION),
    (9, 8, "2.1", ClauseKind.CLAUSE),
    (10, 8, "2.2", ClauseKind.CLAUSE),
    (11, 10, "(a)", ClauseKind.CLAUSE),
    (12, 8, "", ClauseKind.NOTE),
)
IDS = tuple(row[0] for row in TREE)
PARENTS = {row[0]: row[1] for row in TREE}


def a_line(clause_id: int, parent: int | None, number: str, kind: ClauseKind, ordinal: int) -> ClauseLine:
    facts = {
        "clause_id": clause_id,
        "code": f"c{clause_id}",
        "clause_text_id": clause_id,
        "parent_id": parent,
        "position": ordinal,
        "ordinal": ordinal,
        "depth": 0,
        "kind": kind,
        "number": number,
        "cited": number,
        "section_id": ROOT,
        "heading_text_id": None,
        "text_id": clause_id * 10,
    }
    return ClauseLine(**facts)  # type: ignore[arg-type]


LINES = (
    a_line(ROOT, None, "", ClauseKind.WHOLE, 0),
    *(a_line(*row, ordinal) for ordinal, row in enumerate(TREE, 1)),
)


def settled(
    clause: int,
    kind: SettlementKind,
    *,
    text: int | None = None,
    after: int | None = None,
    joined: int | None = None,
    parts: tuple[tuple[int, int], ...] = (),
) -> Settled:
    return Settled(clause, kind, text, None, after, joined, parts)


def drawn(*settlements: Settled) -> list[tuple[int | None, str, int | None]]:
    """Id, number and the parent's id of every clause of the next draft."""
    clauses = next_clauses(LINES, settlements)
    return [(one.clause_id, one.number, _parent(clauses, one)) for one in clauses]


def _parent(clauses: Sequence[NextClause], one: NextClause) -> int | None:
    return ROOT if one.parent is None else clauses[one.parent].clause_id


def numbers(*settlements: Settled) -> dict[int | None, str]:
    return {clause: number for clause, number, _ in drawn(*settlements)}


def test_without_settlements_the_next_draft_is_the_last_one() -> None:
    clauses = next_clauses(LINES, ())
    assert [(one.clause_id, one.number, one.text_id, one.kind) for one in clauses] == [
        (line.clause_id, line.number, line.text_id, line.kind) for line in LINES[1:]
    ]
    assert [_parent(clauses, one) for one in clauses] == [line.parent_id for line in LINES[1:]]


def test_a_deleted_clause_takes_all_below_it_and_the_numbers_close_up() -> None:
    left = drawn(settled(3, SettlementKind.DELETE))
    assert [row[:2] for row in left[:3]] == [(2, "1"), (6, "1.1"), (7, "1.2")]
    assert not {3, 4, 5} & {row[0] for row in left}


def test_a_clause_inserted_after_another_stands_after_all_below_that_one() -> None:
    left = drawn(settled(20, SettlementKind.INSERT, text=200, after=3))
    assert [row[0] for row in left[:6]] == [2, 3, 4, 5, 20, 6]
    assert left[4] == (20, "1.2", 2)
    assert left[6] == (7, "1.4", 2)


def test_a_clause_inserted_after_a_section_is_the_first_in_it() -> None:
    left = drawn(settled(20, SettlementKind.INSERT, text=200, after=8))
    at = [row[0] for row in left].index(20)
    assert left[at - 1 : at + 2] == [(8, "2", ROOT), (20, "2.1", 8), (9, "2.2", 8)]


def test_of_two_insertions_after_one_clause_the_first_settled_stands_nearest() -> None:
    left = drawn(
        settled(20, SettlementKind.INSERT, text=200, after=6),
        settled(21, SettlementKind.INSERT, text=210, after=6),
    )
    assert [row[:2] for row in left if row[0] in (6, 20, 21, 7)] == [
        (6, "1.2"),
        (20, "1.3"),
        (21, "1.4"),
        (7, "1.5"),
    ]


def test_an_insertion_after_a_deleted_clause_takes_its_place() -> None:
    left = drawn(settled(20, SettlementKind.INSERT, text=200, after=6), settled(6, SettlementKind.DELETE))
    assert [row[:2] for row in left if row[2] == 2] == [(3, "1.1"), (20, "1.2"), (7, "1.3")]


def test_an_insertion_among_points_goes_on_with_their_letters() -> None:
    assert numbers(settled(20, SettlementKind.INSERT, text=200, after=4)) | {} == {
        **{row[0]: row[2] for row in TREE},
        20: "(b)",
        5: "(c)",
    }


def test_a_split_makes_siblings_that_descend_from_it_and_keeps_its_points() -> None:
    clauses = next_clauses(LINES, [settled(3, SettlementKind.SPLIT, text=300, parts=((20, 200), (21, 210)))])
    shape = [(one.clause_id, one.number, one.text_id) for one in clauses[1:8]]
    assert shape == [
        (3, "1.1", 300),
        (4, "(a)", 40),
        (5, "(b)", 50),
        (20, "1.2", 200),
        (21, "1.3", 210),
        (6, "1.4", 60),
        (7, "1.5", 70),
    ]
    assert [one.descends_from for one in clauses if one.clause_id in (20, 21)] == [
        ((3, DescentKind.SPLIT),)
    ] * 2


def test_a_join_ends_the_other_whose_points_come_after_its_own() -> None:
    clauses = next_clauses(LINES, [settled(9, SettlementKind.JOIN, text=900, joined=10)])
    assert [(one.clause_id, one.number) for one in clauses if one.clause_id in (9, 10, 11, 12)] == [
        (9, "2.1"),
        (11, "(a)"),
        (12, ""),
    ]
    one = next(one for one in clauses if one.clause_id == 9)
    assert (one.text_id, one.descends_from) == (900, ((10, DescentKind.JOINED),))
    assert [_parent(clauses, one) for one in clauses if one.clause_id == 11] == [9]


def test_a_clause_moves_down_up_and_into_a_section_with_all_below_it() -> None:
    down = drawn(settled(3, SettlementKind.MOVE, after=7))
    assert [row[:2] for row in down[:6]] == [
        (2, "1"),
        (6, "1.1"),
        (7, "1.2"),
        (3, "1.3"),
        (4, "(a)"),
        (5, "(b)"),
    ]
    up = drawn(settled(10, SettlementKind.MOVE, after=3))
    assert [row[0] for row in up[:7]] == [2, 3, 4, 5, 10, 11, 6]
    assert (up[4], up[5]) == ((10, "1.2", 2), (11, "(a)", 10))
    inside = drawn(settled(3, SettlementKind.MOVE, after=8))
    at = [row[0] for row in inside].index(8)
    assert inside[at : at + 5] == [(8, "2", ROOT), (3, "2.1", 8), (4, "(a)", 3), (5, "(b)", 3), (9, "2.2", 8)]


def test_a_section_moves_after_a_section_and_both_are_numbered_anew() -> None:
    left = drawn(settled(2, SettlementKind.MOVE, after=8))
    assert [row[:2] for row in left if row[2] == ROOT] == [(8, "1"), (2, "2")]
    assert numbers(settled(2, SettlementKind.MOVE, after=8))[9] == "1.1"


def test_words_are_replaced_and_nothing_else() -> None:
    clauses = next_clauses(
        LINES, [settled(6, SettlementKind.REPLACE, text=600), settled(7, SettlementKind.KEEP)]
    )
    assert {one.clause_id: one.text_id for one in clauses} == {row[0]: row[0] * 10 for row in TREE} | {6: 600}
    assert [one.number for one in clauses] == [row[2] for row in TREE]


def test_all_at_once() -> None:
    left = drawn(
        settled(6, SettlementKind.REPLACE, text=600),
        settled(4, SettlementKind.DELETE),
        settled(20, SettlementKind.INSERT, text=200, after=6),
        settled(7, SettlementKind.MOVE, after=9),
        settled(9, SettlementKind.SPLIT, text=900, parts=((21, 210),)),
    )
    assert left == [
        (2, "1", ROOT),
        (3, "1.1", 2),
        (5, "(a)", 3),
        (6, "1.2", 2),
        (20, "1.3", 2),
        (8, "2", ROOT),
        (9, "2.1", 8),
        (21, "2.2", 8),
        (7, "2.3", 8),
        (10, "2.4", 8),
        (11, "(a)", 10),
        (12, "", 8),
    ]


def test_words_that_the_clause_had_before_are_found_again() -> None:
    back = settled(6, SettlementKind.REPLACE, text=600)
    elsewhere = settled(7, SettlementKind.REPLACE, text=601)
    found = same_words([back, elsewhere], {600: "aa", 601: "aa"}, {(6, "aa"): 60})
    assert [one.text_id for one in found] == [60, 601]


@st.composite
def settlements(draw: st.DrawFn) -> list[Settled]:
    """Any settlements, one a clause; only joins are of neighbours, as the act asks."""
    found: list[Settled] = []
    kinds = st.sampled_from([one for one in SettlementKind if one is not SettlementKind.INSERT])
    for clause in draw(st.lists(st.sampled_from(IDS), unique=True, max_size=5)):
        kind = draw(kinds)
        after = draw(st.sampled_from(IDS)) if kind is SettlementKind.MOVE else None
        siblings = [one for one in IDS if PARENTS[one] == PARENTS[clause]]
        following = dict(pairwise(siblings)).get(clause)
        if kind is SettlementKind.JOIN and following is None:
            continue
        joined = following if kind is SettlementKind.JOIN else None
        parts = ((clause + 100, 1),) if kind is SettlementKind.SPLIT else ()
        found.append(settled(clause, kind, text=clause * 100, after=after, joined=joined, parts=parts))
    for number in range(draw(st.integers(0, 3))):
        found.append(settled(20 + number, SettlementKind.INSERT, text=1, after=draw(st.sampled_from(IDS))))
    return found


@given(settlements())
def test_every_next_draft_is_a_tree_in_reading_order(asked: list[Settled]) -> None:
    clauses = next_clauses(LINES, asked)
    ids = [one.clause_id for one in clauses]
    assert len(set(ids)) == len(ids)
    above: list[int] = []
    for at, one in enumerate(clauses):
        while above and above[-1] != one.parent:
            above.pop()
        assert one.parent is None or above, "a clause stands apart from its parent"
        above.append(at)


@given(settlements())
def test_only_what_was_deleted_or_joined_ends(asked: list[Settled]) -> None:
    joined = {one.joined_clause_id for one in asked}  # the act refuses to settle these otherwise
    asked = [one for one in asked if one.kind is not SettlementKind.DELETE and one.clause_id not in joined]
    clauses = next_clauses(LINES, asked)
    ended = {one.joined_clause_id for one in asked} - {None}
    made = {one.clause_id for one in asked if one.kind is SettlementKind.INSERT}
    made |= {part for one in asked for part, _ in one.parts}
    assert {one.clause_id for one in clauses} == (set(IDS) | made) - ended


@given(settlements())
def test_no_two_siblings_get_the_same_number(asked: list[Settled]) -> None:
    seen: set[tuple[int | None, str]] = set()
    for _, number, parent in drawn(*asked):
        assert not number or (parent, number) not in seen
        seen.add((parent, number))
