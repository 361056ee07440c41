"""The next draft's tree: clauses keep their identity through every number and place, and what came from what is known."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consolidation.refusals import NotReady, SettledOtherwise
from consult.core.terms import ClauseKind, DescentKind, SettlementKind
from consult.drafts.acts import NewClause
from consult.drafts.models import Descent, Draft
from consult.drafts.reads import tree
from tests.consolidation.world import EDITORIAL, World

NESTED = (
    NewClause(ClauseKind.SECTION, 0, "1", "Testing", ""),
    NewClause(ClauseKind.CLAUSE, 1, "1.1", "", "Tests cover:"),
    NewClause(ClauseKind.CLAUSE, 2, "(a)", "", "safety;"),
    NewClause(ClauseKind.CLAUSE, 2, "(b)", "", "fairness;"),
    NewClause(ClauseKind.CLAUSE, 1, "1.2", "", "Reports cover:"),
    NewClause(ClauseKind.CLAUSE, 2, "(a)", "", "methods;"),
    NewClause(ClauseKind.CLAUSE, 1, "1.3", "", "All is public."),
    NewClause(ClauseKind.SECTION, 0, "2", "Supervision", ""),
    NewClause(ClauseKind.CLAUSE, 1, "2.1", "", "An authority supervises."),
)


@pytest.fixture
def nested(session: Session, stopped_at: Callable[[datetime], None]) -> World:
    """A guideline with points below its clauses, at the desk."""
    world = World(session, NESTED)
    stopped_at(world.after)
    return world


def numbers(world: World, draft: Draft) -> list[tuple[str, str]]:
    """Number and words, in reading order."""
    return [(number, words) for _code, number, words in world.shape(draft)]


def descents(world: World) -> list[tuple[str, str, DescentKind]]:
    """Which code came from which."""
    codes = {
        line.clause_id: line.code
        for draft in world.consulted().drafts
        for line in tree(world.session, draft.id)
    }
    rows = world.session.scalars(select(Descent).order_by(Descent.id)).all()
    return [(codes[one.from_clause_id], codes[one.to_clause_id], one.kind) for one in rows]


def test_an_insertion_and_a_deletion_renumber_what_follows_and_nothing_else(nested: World) -> None:
    nested.inserts(nested.clause("1.1").clause_id, "Tests are repeated.", otherwise=EDITORIAL)
    nested.settles("1.1(a)", SettlementKind.DELETE, otherwise=EDITORIAL)
    draft = nested.publishes()
    assert nested.shape(draft) == [
        ("c1", "1", ""),
        ("c2", "1.1", "Tests cover:"),
        ("c4", "(a)", "fairness;"),
        ("c10", "1.2", "Tests are repeated."),
        ("c5", "1.3", "Reports cover:"),
        ("c6", "(a)", "methods;"),
        ("c7", "1.4", "All is public."),
        ("c8", "2", ""),
        ("c9", "2.1", "An authority supervises."),
    ]
    assert nested.clause("c6", draft).cited == "1.3(a)"
    assert descents(nested) == []


def test_a_split_keeps_the_first_part_and_names_where_the_others_come_from(nested: World) -> None:
    nested.settles("1.3", SettlementKind.SPLIT, "All is public.\n\nNothing is hidden.", otherwise=EDITORIAL)
    draft = nested.publishes()
    assert nested.shape(draft)[6:8] == [("c7", "1.3", "All is public."), ("c10", "1.4", "Nothing is hidden.")]
    assert descents(nested) == [("c7", "c10", DescentKind.SPLIT)]


def test_a_split_settled_again_keeps_the_clauses_that_it_made(nested: World) -> None:
    first = nested.settles("1.3", SettlementKind.SPLIT, "All.\n\nPublic.", otherwise=EDITORIAL)
    second = nested.settles(
        "1.3", SettlementKind.SPLIT, "All is.\n\nPublic.\n\nNow.", otherwise=EDITORIAL, seen=1
    )
    assert [part[0] for part in second.parts][:1] == [part[0] for part in first.parts]
    draft = nested.publishes()
    assert [code for code, _, _ in nested.shape(draft)][6:9] == ["c7", "c10", "c11"]


def test_what_stands_below_a_split_clause_stays_with_its_first_part(nested: World) -> None:
    nested.settles("1.1", SettlementKind.SPLIT, "Tests cover:\n\nThey are repeated.", otherwise=EDITORIAL)
    assert numbers(nested, nested.publishes())[1:5] == [
        ("1.1", "Tests cover:"),
        ("(a)", "safety;"),
        ("(b)", "fairness;"),
        ("1.2", "They are repeated."),
    ]


def test_a_join_ends_the_second_and_takes_what_stood_below_it(nested: World) -> None:
    joined = nested.clause("1.2").clause_id
    nested.settles(
        "1.1", SettlementKind.JOIN, "Tests and reports cover:", joined_clause_id=joined, otherwise=EDITORIAL
    )
    draft = nested.publishes()
    assert nested.shape(draft)[1:6] == [
        ("c2", "1.1", "Tests and reports cover:"),
        ("c3", "(a)", "safety;"),
        ("c4", "(b)", "fairness;"),
        ("c6", "(c)", "methods;"),
        ("c7", "1.2", "All is public."),
    ]
    assert nested.clause("c6", draft).parent_id == nested.clause("c2").clause_id
    assert descents(nested) == [("c5", "c2", DescentKind.JOINED)]


def test_a_join_with_something_new_between_leaves_nothing_astray(nested: World) -> None:
    nested.inserts(nested.clause("1.1").clause_id, "Between.", otherwise=EDITORIAL)
    joined = nested.clause("1.2").clause_id
    nested.settles("1.1", SettlementKind.JOIN, "Both cover:", joined_clause_id=joined, otherwise=EDITORIAL)
    assert numbers(nested, nested.publishes())[1:6] == [
        ("1.1", "Both cover:"),
        ("(a)", "safety;"),
        ("(b)", "fairness;"),
        ("(c)", "methods;"),
        ("1.2", "Between."),
    ]


def test_a_clause_moves_with_all_below_it_and_keeps_its_identity(nested: World) -> None:
    target = nested.clause("2.1").clause_id
    nested.settles("1.1", SettlementKind.MOVE, after_clause_id=target, otherwise=EDITORIAL)
    draft = nested.publishes()
    assert nested.shape(draft) == [
        ("c1", "1", ""),
        ("c5", "1.1", "Reports cover:"),
        ("c6", "(a)", "methods;"),
        ("c7", "1.2", "All is public."),
        ("c8", "2", ""),
        ("c9", "2.1", "An authority supervises."),
        ("c2", "2.2", "Tests cover:"),
        ("c3", "(a)", "safety;"),
        ("c4", "(b)", "fairness;"),
    ]
    assert descents(nested) == []


def test_a_clause_moved_after_a_section_is_the_first_in_it(nested: World) -> None:
    target = nested.clause("2").clause_id
    nested.settles("1.3", SettlementKind.MOVE, after_clause_id=target, otherwise=EDITORIAL)
    assert numbers(nested, nested.publishes())[-3:] == [
        ("2", ""),
        ("2.1", "All is public."),
        ("2.2", "An authority supervises."),
    ]


def test_clauses_moved_and_put_after_each_other_stand_in_that_order(nested: World) -> None:
    new = nested.inserts(nested.clause("1.3").clause_id, "First new.", otherwise=EDITORIAL)
    nested.inserts(new.clause_id, "Second new.", otherwise=EDITORIAL)
    nested.inserts(nested.clause("1.3").clause_id, "Third new.", otherwise=EDITORIAL)
    nested.settles("2.1", SettlementKind.MOVE, after_clause_id=new.clause_id, otherwise=EDITORIAL)
    assert [words for _, words in numbers(nested, nested.publishes())][6:] == [
        "All is public.",
        "First new.",
        "Second new.",
        "An authority supervises.",
        "Third new.",
        "",
    ]


def test_an_inserted_clause_can_be_reworded_and_struck_again(nested: World) -> None:
    one = nested.inserts(nested.clause("1.3").clause_id, "New.", otherwise=EDITORIAL)
    other = nested.inserts(nested.clause("1.3").clause_id, "Not needed.", otherwise=EDITORIAL)
    nested.resettles(one.clause_id, SettlementKind.REPLACE, "New and better.", otherwise=EDITORIAL)
    nested.resettles(other.clause_id, SettlementKind.DELETE)
    assert [words for _, words in numbers(nested, nested.publishes())][6:8] == [
        "All is public.",
        "New and better.",
    ]


def test_an_inserted_clause_that_another_stands_after_is_not_struck(nested: World) -> None:
    one = nested.inserts(nested.clause("1.3").clause_id, "New.", otherwise=EDITORIAL)
    nested.inserts(one.clause_id, "After it.", otherwise=EDITORIAL)
    with pytest.raises(SettledOtherwise):
        nested.resettles(one.clause_id, SettlementKind.DELETE)


def test_a_deleted_section_takes_what_is_in_it_but_not_what_moved_out(nested: World) -> None:
    nested.settles("2", SettlementKind.DELETE, otherwise=EDITORIAL)
    target = nested.clause("1.3").clause_id
    nested.settles("2.1", SettlementKind.MOVE, after_clause_id=target, otherwise=EDITORIAL)
    assert numbers(nested, nested.publishes())[-2:] == [
        ("1.3", "All is public."),
        ("1.4", "An authority supervises."),
    ]


@pytest.mark.parametrize("inside", ["2", "2.1"])
def test_words_settled_inside_what_is_deleted_are_told_and_not_lost(nested: World, inside: str) -> None:
    nested.inserts(nested.clause(inside).clause_id, "Precious words.", otherwise=EDITORIAL)
    nested.settles("2", SettlementKind.DELETE, otherwise=EDITORIAL)
    assert [(one.kind.value, one.code) for one in nested.ready().problems] == [("settled_in_vain", "c10")]
    with pytest.raises(NotReady):
        nested.publishes()
    nested.resettles(nested.clause("2").clause_id, SettlementKind.KEEP)
    assert "Precious words." in [words for _, words in numbers(nested, nested.publishes())]


def test_a_new_clause_after_a_deleted_one_stands_in_its_place(nested: World) -> None:
    nested.inserts(nested.clause("1.3").clause_id, "Instead.", otherwise=EDITORIAL)
    nested.settles("1.3", SettlementKind.DELETE, otherwise=EDITORIAL)
    assert numbers(nested, nested.publishes())[6] == ("1.3", "Instead.")
