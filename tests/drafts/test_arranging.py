"""On which page does each clause stand, how is it cited, and can it be found again by any of its names?"""

import pytest
from sqlalchemy.orm import Session

from consult.core.terms import ClauseKind
from consult.drafts.arranging import MOST_ON_A_PAGE, Placed, arranged
from consult.drafts.reads import clause_named, sections, tree
from consult.drafts.writing import NewClause
from consult.refusals import NotThere
from tests import build

SECTION, CLAUSE = ClauseKind.SECTION, ClauseKind.CLAUSE


def a_chapter(articles: int, clauses: int) -> list[Placed]:
    """A chapter with so many articles, each with so many clauses."""
    found = [Placed(None, SECTION, "1")]
    for article in range(1, articles + 1):
        at = len(found)
        found.append(Placed(0, SECTION, f"1.{article}"))
        found += [Placed(at, CLAUSE, f"({number})") for number in range(1, clauses + 1)]
    return found


def test_a_section_is_a_page_with_all_that_stands_below_it() -> None:
    found = arranged(a_chapter(articles=3, clauses=4))
    assert {one.section for one in found} == {0}


def test_a_section_with_more_than_sixty_clauses_leaves_its_own_sections_to_be_pages() -> None:
    found = arranged(a_chapter(articles=10, clauses=MOST_ON_A_PAGE // 10 + 1))
    pages = [one.section for one in found]
    assert pages[0] == 0
    assert pages[1:9] == [1] * 8
    assert len(set(pages)) == 11


def test_sixty_clauses_still_fit_on_one_page() -> None:
    one_page = [
        Placed(None, SECTION, "1"),
        *(Placed(0, CLAUSE, f"1.{n}") for n in range(1, MOST_ON_A_PAGE + 1)),
    ]
    assert {one.section for one in arranged(one_page)} == {0}


def test_clauses_outside_of_any_section_stand_on_the_page_of_the_whole() -> None:
    found = arranged([Placed(None, CLAUSE, "1"), Placed(None, CLAUSE, "2"), Placed(1, CLAUSE, "(a)")])
    assert [one.section for one in found] == [None, None, None]
    assert [one.position for one in found] == [0, 1, 0]
    assert [one.cited for one in found] == ["1", "2", "2(a)"]


def test_notes_and_tables_are_not_cited_by_a_number() -> None:
    found = arranged(
        [Placed(None, CLAUSE, "1"), Placed(0, ClauseKind.NOTE, "*"), Placed(0, ClauseKind.TABLE, "1")]
    )
    assert [one.cited for one in found] == ["1", "", ""]


NESTED = (
    NewClause(SECTION, 0, "3", "Testing", ""),
    NewClause(CLAUSE, 1, "3.1", "", "Developers should test:"),
    NewClause(CLAUSE, 2, "(a)", "", "before release;"),
    NewClause(CLAUSE, 2, "(b)", "", "after each change."),
    NewClause(SECTION, 0, "4", "Sharing", ""),
    NewClause(CLAUSE, 1, "4.1", "", "Results should be shared."),
)


def test_the_tree_is_in_reading_order_with_depths_and_permanent_codes(session: Session) -> None:
    opened = build.an_open_round(session, clauses=NESTED)
    lines = tree(session, opened.draft.id)
    assert [line.code for line in lines] == ["whole", "c1", "c2", "c3", "c4", "c5", "c6"]
    assert [line.depth for line in lines] == [0, 1, 2, 3, 3, 1, 2]
    assert [line.cited for line in lines] == ["", "3", "3.1", "3.1(a)", "3.1(b)", "4", "4.1"]
    assert [line.code for line in sections(lines)] == ["c1", "c5"]


@pytest.mark.parametrize(
    ("name", "code"), [("c4", "c4"), ("3.1(b)", "c4"), ("4.1", "c6"), ("whole", "whole"), ("(a)", "c3")]
)
def test_a_clause_is_found_by_its_code_its_citation_or_its_number(
    session: Session, name: str, code: str
) -> None:
    opened = build.an_open_round(session, clauses=NESTED)
    assert clause_named(tree(session, opened.draft.id), name).code == code


@pytest.mark.parametrize("name", ["", "9.9", "C4", "c40"])
def test_a_name_that_no_clause_bears_finds_nothing(session: Session, name: str) -> None:
    opened = build.an_open_round(session, clauses=NESTED)
    with pytest.raises(NotThere):
        clause_named(tree(session, opened.draft.id), name)


def test_where_clauses_and_sections_take_turns_a_short_draft_is_read_in_its_own_order() -> None:
    turns = [
        Placed(None, ClauseKind.CLAUSE, "Article 1"),
        Placed(None, ClauseKind.SECTION, "Article 2"),
        Placed(1, ClauseKind.CLAUSE, "1"),
        Placed(None, ClauseKind.CLAUSE, "Article 3"),
    ]
    assert [one.section for one in arranged(turns)] == [None, None, None, None]


def test_in_a_long_one_a_clause_stands_on_the_page_of_the_section_before_it() -> None:
    many = [Placed(0, ClauseKind.CLAUSE, str(number)) for number in range(1, 300)]
    turns = [
        Placed(None, ClauseKind.SECTION, "Article 1"),
        *many,
        Placed(None, ClauseKind.CLAUSE, "Article 2"),
    ]
    assert arranged(turns)[-1].section == 0
