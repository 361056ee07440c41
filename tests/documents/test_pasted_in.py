"""Pasted text, from Word, a PDF or a letter, becomes the same outline as the file would."""

import re
import textwrap

from consult.core.terms import ClauseKind
from consult.documents.outline import Outline, PageNumbersIgnored
from consult.documents.pasted_in import read_pasted
from tests.documents.independent import words_in_outline, words_of
from tests.documents.making import in_corpus

ARTICLES = """Draft declaration on tests

Article 1
Scope
1. This declaration applies to all systems that are offered to the public, wherever those who offer them are established, and to those who use them.
2. It does not apply to:
(a) research;
(b) defence.

Article 2
Every system shall be tested before it is offered."""


def shape(outline: Outline) -> list[tuple[str, int]]:
    return [(item.number, item.depth) for item in outline.items]


def wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.fill(line, width) for line in text.split("\n"))


def test_paragraphs_without_blank_lines_are_parted_by_their_numbers() -> None:
    outline = read_pasted(ARTICLES)
    assert outline.title == "Draft declaration on tests"
    assert shape(outline) == [("Article 1", 0), ("1", 1), ("2", 1), ("(a)", 2), ("(b)", 2), ("Article 2", 0)]
    assert outline.items[0].heading == "Scope"


def test_text_broken_at_a_width_reads_the_same() -> None:
    assert read_pasted(wrapped(ARTICLES, 60)).items == read_pasted(ARTICLES).items


def test_words_broken_by_a_hyphen_are_whole_unless_written_so_elsewhere() -> None:
    text = (
        "1. Providers of high-risk systems shall document the imple-\nmentation of each test, and for those of a high-\n"
        "risk kind they shall keep the documents for ten years."
    )
    assert read_pasted(text).items[0].body == (
        "Providers of high-risk systems shall document the implementation of each test, and for those of a high-risk "
        "kind they shall keep the documents for ten years."
    )


def test_page_numbers_and_running_heads_go_and_sentences_run_on_over_pages() -> None:
    pages = [
        "1. Providers shall test systems before they are offered, and shall",
        "keep the results.\n\n2. Others may.",
        "3. Nobody shall hide a failed test.",
    ]
    text = "".join(f"{page}\n\nDraft of 3 May\n{number}\n\f" for number, page in enumerate(pages, 1))
    outline = read_pasted(text)
    assert [(item.number, item.body) for item in outline.items] == [
        ("1", "Providers shall test systems before they are offered, and shall keep the results."),
        ("2", "Others may."),
        ("3", "Nobody shall hide a failed test."),
    ]
    assert outline.warnings == (PageNumbersIgnored(6),)


def test_numbers_in_brackets_on_lines_of_their_own_are_no_page_numbers() -> None:
    outline = read_pasted(
        "Whereas:\n\n(1)\n\nThe purpose is one.\n\n(2)\n\nThe purpose is two.\n\n(3)\n\nIt is three."
    )
    assert [(item.number, item.body) for item in outline.items[1:]] == [
        ("(1)", "The purpose is one."),
        ("(2)", "The purpose is two."),
        ("(3)", "It is three."),
    ]


def test_a_quoted_letter_loses_its_marks_and_hard_blanks() -> None:
    outline = read_pasted("> 1.\u00a0One thing shall be done.\r\n>\r\n> 2.\u00a0Another\u00a0too.")
    assert [(item.number, item.body) for item in outline.items] == [
        ("1", "One thing shall be done."),
        ("2", "Another too."),
    ]


def test_rows_with_tabs_are_a_table_but_a_tab_after_a_number_is_not() -> None:
    outline = read_pasted("1.\tThe tests are these:\nTest\tDays\nSafety\t5\nBias\t10\n2.\tNo others.")
    assert [item.kind for item in outline.items] == [ClauseKind.CLAUSE, ClauseKind.TABLE, ClauseKind.CLAUSE]
    assert outline.items[1].body == "| Test | Days |\n| --- | --- |\n| Safety | 5 |\n| Bias | 10 |"


def test_markup_signs_in_pasted_words_stay_words() -> None:
    assert read_pasted("1. States [shall] [may] use 2*3*4 and [12].\n\n2. # no").items[0].body == (
        "States [shall] [may] use 2\\*3\\*4 and \\[12\\]."
    )


def test_the_ai_act_as_pasted_has_its_113_articles_and_loses_no_word() -> None:
    text = in_corpus("texts/eu-ai-act-en/ai_act_full.md").read_text()
    outline = read_pasted(text)
    articles = [item for item in outline.items if re.fullmatch(r"Article \d+", item.number)]
    assert [item.number for item in articles] == [f"Article {n}" for n in range(1, 114)]
    assert all(item.heading for item in articles)
    chapters = [item.heading for item in outline.items if item.number.startswith("CHAPTER")]
    assert len(chapters) == 13 and chapters[1] == "PROHIBITED AI PRACTICES"
    assert [item.number for item in outline.items if item.number.startswith("ANNEX")][-1] == "ANNEX XIII"
    assert not words_of(text) - words_in_outline(outline)


def test_chinese_articles_broken_in_the_middle_of_words_are_whole_again() -> None:
    text = re.sub(
        r"<!--.*?-->|^#+ ",
        "",
        in_corpus("texts/china-shenzhen-ai-promotion-2022.zh.md").read_text(),
        flags=re.M,
    )
    narrow = "\n".join(
        line[at : at + 36] for line in text.split("\n") for at in range(0, max(len(line), 1), 36)
    )
    whole, broken = read_pasted(text), read_pasted(narrow)
    assert sum(item.number.endswith("条") for item in broken.items) == 73
    assert [item.body for item in broken.items] == [item.body for item in whole.items]


def test_nothing_is_an_empty_outline() -> None:
    assert read_pasted(" \n\n\f\n").items == ()
