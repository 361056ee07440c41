"""Markdown drafts: many files become one, in the order of their numbers, and clutter does no harm."""

import re
from collections import Counter
from html import unescape

import pytest

from consult.core.terms import ClauseKind
from consult.documents.markdown_in import read_markdown
from consult.documents.outline import (
    DuplicateNumber,
    FilesOrdered,
    GapInNumbers,
    Item,
    NoteWithoutPlace,
    Outline,
    PrefaceIgnored,
)
from tests.documents.independent import words_in_outline, words_of
from tests.documents.making import in_corpus

SECTION, CLAUSE, NOTE, TABLE = ClauseKind.SECTION, ClauseKind.CLAUSE, ClauseKind.NOTE, ClauseKind.TABLE


def files(folder: str) -> list[tuple[str, str]]:
    paths = sorted(in_corpus(folder).rglob("*.md")) if in_corpus(folder).is_dir() else [in_corpus(folder)]
    return [(path.name, path.read_text()) for path in paths]


def read(text: str) -> tuple[Item, ...]:
    return read_markdown([("draft.md", text)]).items


@pytest.fixture(scope="module")
def guidelines() -> Outline:
    return read_markdown(files("texts/eu-draft-guidelines-high-risk"))


def test_sixteen_files_become_one_draft_of_426_paragraphs_in_number_order(guidelines: Outline) -> None:
    numbers = [int(item.number[1:-1]) for item in guidelines.items if re.fullmatch(r"\(\d+\)", item.number)]
    assert numbers == [*range(15, 63), *range(70, 448)]
    assert len(numbers) == 426
    assert guidelines.language == "en"
    assert guidelines.title.startswith(
        "Draft Commission guidelines on the classification of high-risk AI systems"
    )


def test_the_gap_between_62_and_70_is_told(guidelines: Outline) -> None:
    assert GapInNumbers(after="(62)", before="(70)") in guidelines.warnings
    gaps = [
        found
        for found in guidelines.warnings
        if isinstance(found, GapInNumbers) and found.after.startswith("(")
    ]
    assert len(gaps) == 1


def test_the_order_of_the_files_is_told(guidelines: Outline) -> None:
    ordered = next(found for found in guidelines.warnings if isinstance(found, FilesOrdered))
    assert len(ordered.names) == 16
    assert (
        ordered.names[0].startswith("2.8")
        and ordered.names[1].startswith("2.1")
        and ordered.names[-1].startswith("3.8")
    )


def test_the_guidelines_lose_no_word(guidelines: Outline) -> None:
    source: Counter[str] = Counter()
    for _, text in files("texts/eu-draft-guidelines-high-risk"):
        lines = [line for line in text.split("\n") if not line.startswith(("# ", "_Source:"))]
        source += words_of("\n".join(lines))
    lost = source - words_in_outline(guidelines)
    assert set(lost) <= {"o"}  # the hollow bullets of Word


def test_paragraphs_stand_under_their_sections_and_points_under_their_paragraphs(guidelines: Outline) -> None:
    at = next(n for n, item in enumerate(guidelines.items) if item.number == "(86)")
    above = [item.number for item in guidelines.items[:at] if item.kind == SECTION][-1]
    point = guidelines.items[at + 1]
    assert above == "2.7.1"
    assert (point.number, point.depth) == ("(a)", guidelines.items[at].depth + 1)


def test_the_shenzhen_regulation_has_seven_chapters_and_73_articles() -> None:
    outline = read_markdown(files("texts/china-shenzhen-ai-promotion-2022.zh.md"))
    chapters = [item for item in outline.items if item.number.endswith("章")]
    articles = [item for item in outline.items if item.number.endswith("条")]
    assert [item.kind for item in chapters] == [SECTION] * 7
    assert chapters[0].heading == "总则" and chapters[6].number == "第七章"
    assert len(articles) == 73 and articles[72].number == "第七十三条"
    assert {item.kind for item in articles} == {CLAUSE} and all(item.body for item in articles)
    assert outline.title == "深圳经济特区人工智能产业促进条例" and outline.language == "zh"
    assert outline.warnings == ()


@pytest.mark.parametrize("name", ["peru-ley-31814-ia-2023.es.md", "peru-ds-115-2025-pcm-reglamento-ia.es.md"])
def test_a_bad_paste_still_gives_its_articles(name: str) -> None:
    outline = read_markdown(files(f"texts/{name}"))
    articles = [item.number for item in outline.items if item.number.startswith("Artículo")]
    assert [each for each in articles if each[-1].isdigit()][:4] == [f"Artículo {n}" for n in range(1, 5)]
    assert outline.language == "es" and "inteligencia artificial" in outline.title.casefold()


def test_every_markdown_text_of_the_corpus_keeps_its_words() -> None:
    for path in sorted(in_corpus("texts").rglob("*.md")):
        text = path.read_text()
        if path.parent.name in ("common-rules", "high-risk"):
            continue
        outline = read_markdown([(path.name, text)])
        body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
        body = re.sub(r"</?(?:sup|a|span|i|b|u|em|strong)\b[^<>]*>", "", body)
        body = re.sub(
            r"<!--.*?-->|<[^<>]*>|\]\([^)]*\)|^\[[^\]]+\]:[^\n]*$|\{[.:#/][^}]*\}",
            " ",
            body,
            flags=re.DOTALL | re.M,
        )
        lost = words_of(unescape(body)) - words_in_outline(outline)
        assert sum(lost.values()) <= max(2, len(body.split()) // 500), (path.name, lost)


def test_points_typed_on_lines_of_their_own_are_clauses_below() -> None:
    items = read(
        "## 1. Duties\n\n1. Providers shall:\n(a) test;\n(b) report, namely\n(i) faults;\n(ii) harm.\n\n2. Others may."
    )
    assert [(item.number, item.depth) for item in items] == [
        ("1", 0),
        ("1", 1),
        ("(a)", 2),
        ("(b)", 2),
        ("(i)", 3),
        ("(ii)", 3),
        ("2", 1),
    ]


def test_i_is_a_letter_after_h_and_roman_after_a_colon() -> None:
    letters = "\n\n".join(f"({letter}) {letter}." for letter in "abcdefghij")
    assert {item.depth for item in read(f"1. List:\n\n{letters}")[1:]} == {1}


def test_bullets_and_further_paragraphs_belong_to_their_clause() -> None:
    items = read("(15) First.\n\nIt goes on.\n\n- one\n  - deeper\n- two\n\nAnd ends.\n\n(16) Second.")
    assert [item.number for item in items] == ["(15)", "(16)"]
    assert items[0].body == "First.\n\nIt goes on.\n\n- one\n  - deeper\n- two\n\nAnd ends."


def test_footnotes_follow_the_clause_and_strays_are_told() -> None:
    outline = read_markdown(
        [("a.md", "1. Cited[^a] and lost[^b].\n\n2. Next.\n\n[^a]: The *note*\n  goes on.\n[^c]: Uncited.\n")]
    )
    assert outline.items[1] == Item(NOTE, 1, "a", "", "The *note* goes on.")
    assert {NoteWithoutPlace("b"), NoteWithoutPlace("c")} <= set(outline.warnings)
    assert outline.items[-1].body.endswith("Uncited.")


def test_notes_of_several_files_do_not_mix() -> None:
    outline = read_markdown(
        [("a.md", "(1) One[^1].\n\n[^1]: First."), ("b.md", "(2) Two[^1].\n\n[^1]: Second.")]
    )
    assert [(item.number, item.body) for item in outline.items if item.kind == NOTE] == [
        ("1-1", "First."),
        ("2-1", "Second."),
    ]
    assert "[^2-1]" in outline.items[2].body


def test_tables_become_items_and_escapes_survive() -> None:
    items = read("1. See:\n\n| a | b |\n|:--|---|\n| x\\|y | **z** |\n\n2. So.")
    assert (items[1].kind, items[1].depth) == (TABLE, 1)
    assert items[1].body == "| a | b |\n| --- | --- |\n| x\\|y | **z** |"


def test_the_line_above_a_table_that_names_it_is_its_heading() -> None:
    items = read(
        "1. See below.\n\n**Table 1: Tests by risk**\n\n| a | b |\n|---|---|\n| c | d |\n\nTable 2 is gone."
    )
    assert [(item.kind, item.number, item.heading) for item in items[1:]] == [
        (TABLE, "Table 1", "Tests by risk"),
        (CLAUSE, "", ""),
    ]


def test_arabic_numbers_joined_by_hyphens_are_read_and_ranges_are_not() -> None:
    assert [item.number for item in read("## 1 الغرض\n\n1-1 تنطبق المبادئ.\n\n1-2 يكون الاختبار.")] == [
        "1",
        "1-1",
        "1-2",
    ]
    assert [item.number for item in read("2-3 days are enough.")] == [""]


def test_front_matter_comments_and_layout_are_no_words_of_the_draft() -> None:
    outline = read_markdown(
        [
            (
                "a.md",
                "---\ntitle: 'The draft'\n---\n<!-- no -->\n<div class='x'>\n\n# The draft\n\nOne<br>two<sup>3</sup>.\n\n</div>",
            )
        ]
    )
    assert outline.title == "The draft"
    assert [item.body for item in outline.items] == ["Onetwo³."] or [item.body for item in outline.items] == [
        "One two³."
    ]
    assert outline.warnings == (PrefaceIgnored("title: 'The draft'"),)


def test_links_become_words_and_address_and_anchors_words_alone() -> None:
    body = read(
        "See [the Act](https://example.org/act), [above](#x) and [ref][r]; <https://a.org>.\n\n[r]: https://b.org"
    )[0].body
    assert body == "See the Act <https://example.org/act>, above and ref <https://b.org>; <https://a.org>."


def test_bracketed_text_stays_and_references_are_escaped() -> None:
    assert read("States [shall] [should] act [12].")[0].body == "States [shall] [should] act \\[12\\]."


def test_an_article_takes_the_short_line_below_for_its_title() -> None:
    items = read(
        "Article 1\n\nScope\n\nThis applies.\n\nArticle 2. Terms\n\n(a) One;\n\n(b) Two.\n\nArticle 2 bis\n\nIt ends."
    )
    assert [(item.kind, item.number, item.heading, item.body) for item in items] == [
        (CLAUSE, "Article 1", "Scope", "This applies."),
        (SECTION, "Article 2", "Terms", ""),
        (CLAUSE, "(a)", "", "One;"),
        (CLAUSE, "(b)", "", "Two."),
        (CLAUSE, "Article 2 bis", "", "It ends."),
    ]


def test_a_mention_of_an_article_is_no_article() -> None:
    items = read(
        "Article 3 of the Convention requires tests.\n\nArticle 6(3) AI Act allows providers to ask.\n\n第三条规定的事项。"
    )
    assert [item.number for item in items] == ["", "", ""]


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    text = "1. Providers of systems that are put on the market shall\ntest them before they do so, and shall keep the results\nfor ten years.\n2. Others may."
    assert [item.body for item in read(text)] == [
        "Providers of systems that are put on the market shall test them before they do so, and shall keep the results "
        "for ten years.",
        "Others may.",
    ]


def test_a_doubled_number_is_told() -> None:
    outline = read_markdown([("a.md", "(1) One.\n\n(2) Two.\n\n(2) Two again.")])
    assert outline.warnings == (DuplicateNumber("(2)", 2),)


def test_nothing_gives_an_empty_outline() -> None:
    assert read_markdown([("empty.md", "\n\n")]).items == ()
    assert read_markdown([]).items == ()


def test_files_without_numbers_stand_in_the_order_of_their_names() -> None:
    outline = read_markdown([("sec10.md", "Ten words."), ("sec2.md", "Two words."), ("Sec1.md", "One word.")])
    assert [item.body for item in outline.items] == ["One word.", "Two words.", "Ten words."]
