"""A moderator mends an imported outline in small steps, which can be stored and done again."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core.terms import ClauseKind
from consult.documents import steps
from consult.documents.outline import (
    DuplicateNumber,
    FilesOrdered,
    GapInNumbers,
    Item,
    Outline,
    TemplateIgnored,
    from_json,
    levelled,
    page,
    to_json,
)
from consult.documents.steps import EDITS, Step, replayed, step_from
from consult.refusals import Refusal

SECTION, CLAUSE, NOTE, TABLE = ClauseKind.SECTION, ClauseKind.CLAUSE, ClauseKind.NOTE, ClauseKind.TABLE
DRAFT = Outline(
    "Guidelines",
    "en",
    (
        Item(SECTION, 0, "I", "Scope"),
        Item(CLAUSE, 1, "1", body="This applies to all[^1]. It binds nobody."),
        Item(NOTE, 2, "1", body="All of them."),
        Item(CLAUSE, 1, "2", body="Providers:"),
        Item(CLAUSE, 2, "(a)", body="test;"),
        Item(CLAUSE, 2, "(b)", body="report."),
        Item(TABLE, 1, body="| a | b |\n| --- | --- |\n| 1 | 2 |"),
        Item(SECTION, 0, "II", "Terms"),
    ),
)


def shape(outline: Outline) -> list[tuple[int, str]]:
    return [(item.depth, item.number or item.body or item.heading) for item in outline.items]


def test_joining_makes_a_further_paragraph_and_passes_by_the_notes_between() -> None:
    joined = steps.join(DRAFT, 3)
    assert joined.items[1].body == "This applies to all[^1]. It binds nobody.\n\n2 Providers:"
    assert [(item.kind, item.depth, item.number) for item in joined.items[1:5]] == [
        (CLAUSE, 1, "1"),
        (NOTE, 2, "1"),
        (CLAUSE, 2, "(a)"),
        (CLAUSE, 2, "(b)"),
    ]


def test_joining_a_clause_to_the_heading_before_gives_it_the_words() -> None:
    joined = steps.join(DRAFT, 1)
    assert joined.items[0] == Item(CLAUSE, 0, "I", "Scope", "1 This applies to all[^1]. It binds nobody.")


def test_splitting_gives_the_rest_its_own_item_and_its_own_notes() -> None:
    at = DRAFT.items[1].body.index("It binds")
    parts = steps.split(DRAFT, 1, at)
    assert [item.body for item in parts.items[1:4]] == [
        "This applies to all[^1].",
        "All of them.",
        "It binds nobody.",
    ]
    assert parts.items[3] == Item(CLAUSE, 1, body="It binds nobody.")
    early = steps.split(DRAFT, 1, DRAFT.items[1].body.index("applies"))
    assert [item.body for item in early.items[1:4]] == [
        "This",
        "applies to all[^1]. It binds nobody.",
        "All of them.",
    ]


def test_splitting_and_joining_again_keeps_all_words() -> None:
    parts = steps.split(DRAFT, 1, 24)
    again = steps.join(parts, 3)
    assert again.items[1].body.split() == DRAFT.items[1].body.split()
    assert len(again.items) == len(DRAFT.items)


@pytest.mark.parametrize(
    "body", ["A **very bold** word", "See <https://example.org/a b> there", "A *long one* here"]
)
def test_no_cut_goes_through_markup(body: str) -> None:
    outline = Outline("", "", (Item(CLAUSE, 0, body=body),))
    with pytest.raises(steps.NothingToSplit):
        steps.split(outline, 0, body.index(" ", 7))


def test_dropping_takes_what_stands_below() -> None:
    assert shape(steps.drop(DRAFT, 3)) == shape(replace(DRAFT, items=(*DRAFT.items[:3], *DRAFT.items[6:])))
    assert shape(steps.drop(DRAFT, 0)) == [(0, "II")]


def test_indenting_and_outdenting_move_the_whole_branch() -> None:
    deeper = steps.indent(DRAFT, 3)
    assert [item.depth for item in deeper.items] == [0, 1, 2, 2, 3, 3, 1, 0]
    assert steps.outdent(deeper, 3) == DRAFT


def test_renumbering_trims_and_limits_the_label() -> None:
    assert steps.renumber(DRAFT, 1, "  3   bis ").items[1].number == "3 bis"
    with pytest.raises(steps.NumberTooLong):
        steps.renumber(DRAFT, 1, "x" * 61)


def test_a_heading_becomes_a_clause_and_a_clause_a_heading() -> None:
    clause = steps.set_kind(DRAFT, 0, CLAUSE)
    assert clause.items[0] == Item(CLAUSE, 0, "I", body="Scope")
    assert steps.set_kind(clause, 0, SECTION) == DRAFT


@pytest.mark.parametrize(
    ("step", "refusal"),
    [
        (Step("join", 0), steps.NothingBefore),
        (Step("join", 2), steps.CannotJoin),
        (Step("join", 6), steps.CannotJoin),
        (Step("join", 99), steps.NoSuchItem),
        (Step("drop", -1), steps.NoSuchItem),
        (Step("split", 1, at=0), steps.NothingToSplit),
        (Step("split", 6, at=5), steps.NothingToSplit),
        (Step("indent", 0), steps.NothingBefore),
        (Step("indent", 1), steps.NotDeeper),
        (Step("outdent", 0), steps.NotHigher),
        (Step("set_kind", 1, kind="table"), steps.CannotBe),
        (Step("set_kind", 1, kind="whole"), steps.CannotBe),
        (Step("set_kind", 1, kind="poem"), steps.CannotBe),
        (Step("burn", 1), steps.StepNotKnown),
    ],
)
def test_a_step_that_does_not_fit_is_refused(step: Step, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        replayed(DRAFT, [step])


def test_steps_are_stored_short_and_done_again_the_same() -> None:
    done = [Step("drop", 6), Step("renumber", 1, number="15"), Step("join", 5), Step("split", 1, at=24)]
    stored = json.loads(json.dumps([step.stored() for step in done]))
    assert stored[0] == {"do": "drop", "index": 6} and stored[3] == {"do": "split", "index": 1, "at": 24}
    assert replayed(DRAFT, map(step_from, stored)) == replayed(DRAFT, done)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"do": "drop"},
        {"do": "drop", "index": "1"},
        {"do": "x", "index": 1},
        {"do": "drop", "index": 1, "z": 1},
    ],
)
def test_what_is_no_step_is_refused(sent: dict[str, object]) -> None:
    with pytest.raises(steps.StepNotKnown):
        step_from(sent)


MOVES = st.lists(
    st.builds(
        Step, st.sampled_from(sorted(EDITS)), st.integers(-1, 9), st.integers(0, 50), st.text(max_size=3)
    ),
    max_size=12,
)


@given(MOVES)
def test_no_steps_leave_a_hole_in_the_depths_or_lose_a_word_unasked(moves: list[Step]) -> None:
    outline = DRAFT
    for step in moves:
        before = outline
        try:
            outline = replayed(outline, [step])
        except Refusal:
            continue
        if step.do in ("join", "split", "indent", "outdent", "set_kind"):
            assert said(outline) == said(before)
    assert levelled(outline.items) == outline.items


def said(outline: Outline) -> list[str]:
    """Every letter, wherever it stands: a join may put a blank where there was none."""
    return sorted(
        "".join(f"{item.number}{item.heading}{item.body}" for item in outline.items)
        .replace(" ", "")
        .replace("\n", "")
    )


def test_an_outline_survives_storage_with_its_warnings() -> None:
    warnings = (
        GapInNumbers("(62)", "(70)"),
        DuplicateNumber("3", 2),
        TemplateIgnored(),
        FilesOrdered(("b", "a")),
    )
    outline = replace(DRAFT, warnings=warnings)
    assert from_json(to_json(outline)) == outline


def test_pages_hold_fifty_and_keep_the_index_that_steps_name() -> None:
    outline = replace(DRAFT, items=tuple(Item(CLAUSE, 0, str(n)) for n in range(120)))
    third = page(outline, 3)
    assert (third.number, third.count, len(third.items)) == (3, 3, 20)
    assert third.items[0] == (100, Item(CLAUSE, 0, "100"))
    assert page(outline, 99).number == 3 and page(outline, -1).number == 1
    assert page(replace(DRAFT, items=()), 1).count == 1
