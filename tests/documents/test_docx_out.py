"""The Word file: accepting every change gives the new draft, rejecting every change the old one, word for word."""

import dataclasses
import io
import zipfile

import docx
import pytest
from lxml import etree

from consult.core.terms import ClauseKind
from consult.documents import docx_out
from consult.documents.publication import Publication, PublishedClause
from tests.documents.publications import (
    NOTE,
    WORDS,
    a_clause,
    a_publication,
    ended,
    kept,
    mended,
    the_sample,
)
from tests.documents.word_settling import W, accepted, as_it_stands, rejected

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def part(file: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(file)).read(name))


def tracked(*clauses: PublishedClause, **told: object) -> bytes:
    return docx_out.write(a_publication(*clauses, **told), tracked=True)


def the_old_draft(publication: Publication) -> Publication:
    """The draft before, as a publication of its own: notes and clauses where they stood."""
    clauses = [
        dataclasses.replace(
            row, number=row.old.number, heading=row.old.heading, body=row.old.body, old=None, is_ended=False
        )
        for row in publication.clauses
        if row.old is not None
    ]
    return dataclasses.replace(publication, clauses=tuple(clauses), previous_label=None)


@pytest.mark.parametrize("language", list(WORDS))
def test_accepting_all_gives_the_new_draft_and_rejecting_all_the_old_one(language: str) -> None:
    sample = the_sample(language)
    file = docx_out.write(sample, tracked=True)
    assert accepted(file) == as_it_stands(docx_out.write(sample, tracked=False))
    assert rejected(file) == as_it_stands(docx_out.write(the_old_draft(sample), tracked=False))
    assert accepted(file) != rejected(file)


def test_a_clean_file_holds_the_new_words_and_no_change() -> None:
    file = docx_out.write(the_sample("en"), tracked=False)
    lines = as_it_stands(file)
    assert (
        "1.2 Testing shall be proportionate to the risk and to the means of the developer. " in lines[2] + " "
    )
    assert (
        "1.1 These guidelines apply to every AI system that is placed on the market or put into service, "
        in lines[1]
    )
    assert lines[1].endswith("established.⟦An AI system as defined by the OECD in 2023.⟧")
    assert not any("five years" in line for line in lines)
    assert not list(part(file, "word/document.xml").iter(f"{W}ins", f"{W}del"))


def test_each_change_names_its_author_and_its_time_and_none_stands_in_another() -> None:
    file = docx_out.write(the_sample("ar"), tracked=True)
    numbers = []
    for name in ("word/document.xml", "word/footnotes.xml"):
        for change in part(file, name).iter(f"{W}ins", f"{W}del"):
            assert change.get(f"{W}author") == "Secretariat"
            assert change.get(f"{W}date") == "2026-05-03T09:30:00Z"
            assert not list(change.iterancestors(f"{W}ins", f"{W}del"))
            numbers.append(change.get(f"{W}id"))
    assert len(numbers) == len(set(numbers)) > 20


def test_a_change_where_nobody_is_named_is_the_publications() -> None:
    change = next(
        part(tracked(mended("a", "old", "new", changed_by="")), "word/document.xml").iter(f"{W}ins")
    )
    assert change.get(f"{W}author") == "Consult"


def test_a_new_number_is_a_change_of_its_own() -> None:
    file = tracked(mended("a", "The same words.", "The same words.", number="2.2", was="2.1"))
    assert (accepted(file), rejected(file)) == (["2.2 The same words."], ["2.1 The same words."])


def test_a_clause_that_moved_stands_once_in_each_draft_at_its_place() -> None:
    file = tracked(
        ended("m", "It moves.", number="1"),
        kept("a", "It stays.", number="2"),
        a_clause("m", "It moves.", number="3"),
    )
    assert rejected(file) == ["1 It moves.", "2 It stays."]
    assert accepted(file) == ["2 It stays.", "3 It moves."]


def test_a_citation_that_goes_takes_its_footnote_along_and_one_that_comes_brings_it() -> None:
    file = tracked(
        mended("a", "Words.[^1] More.", "Words. More[^2]."),
        kept("n1", "First.", number="1", kind=NOTE),
        a_clause("n2", "Second.", number="2", kind=NOTE),
    )
    assert rejected(file) == ["Words.⟦First.⟧ More."]
    # The note that nothing cites any more has not left the draft: it stands at its own place.
    assert accepted(file) == ["Words. More⟦Second.⟧.", "Note 1 First."]


def test_a_citation_of_no_note_stays_as_it_was_typed() -> None:
    assert accepted(tracked(a_clause("a", "Words.[^9] And \\[^1]."))) == ["Words.[^9] And [^1]."]


def test_numbers_that_start_again_in_an_annex_find_their_own_notes() -> None:
    clauses = [
        kept("a", "Main.[^1]"), kept("n", "Of the text.", number="1", kind=NOTE),
        kept("b", "Annex.[^1]"), kept("m", "Of the annex.", number="1", kind=NOTE),
    ]  # fmt: skip
    file = tracked(*clauses)
    assert accepted(file) == ["Main.⟦Of the text.⟧", "Annex.⟦Of the annex.⟧"]
    own = part(file, "word/document.xml").findall(f".//{W}footnoteReference[@{W}customMarkFollows]")
    assert len(own) == 2  # Word would count 1, 2 where the draft prints 1, 1


def test_a_note_in_the_body_that_cites_it_is_a_footnote_too() -> None:
    old = "Words.[^2]\n\n[^2]: An old note\non two lines.\n\nMore words."
    new = "Words.[^2]\n\n[^2]: A new note.\n[^3]: Cited nowhere.\n\nMore words."
    file = tracked(mended("a", old, new))
    assert rejected(file) == ["Words.⟦An old note on two lines.⟧", "More words."]
    assert accepted(file) == ["Words.⟦A new note.⟧", "[^3]: Cited nowhere.", "More words."]


def test_html_and_headings_in_a_body_are_the_text_that_they_look_like() -> None:
    file = tracked(a_clause("a", "<b>x</b> &amp; [a](b) `c`\n\n# d\n\n> e"))
    assert accepted(file) == ["<b>x</b> &amp; [a](b) `c`", "# d", "> e"]


def test_letters_that_xml_cannot_carry_are_left_out() -> None:
    assert accepted(tracked(a_clause("a", "be\x00fore\x0b and\ufffe after"))) == ["before and after"]


def test_emphasis_that_changed_comes_back_when_rejected() -> None:
    root = part(tracked(mended("a", "the same words", "the *same* words")), "word/document.xml")
    assert [t.text for t in root.iter(f"{W}delText")] == ["same"]
    run = next(root.iter(f"{W}ins")).find(f"{W}r/{W}rPr/{W}i")
    assert run is not None


def test_agreeing_on_bracketed_words_strikes_the_brackets_alone() -> None:
    root = part(tracked(mended("a", "They [shall] test.", "They shall test.")), "word/document.xml")
    assert "".join(t.text or "" for t in root.iter(f"{W}delText")).replace("shall", "").strip() == "[]"


def test_a_clause_is_found_by_a_bookmark_of_its_code_and_told_its_reason() -> None:
    file = docx_out.write(the_sample("en"), tracked=True)
    names = [mark.get(f"{W}name") for mark in part(file, "word/document.xml").iter(f"{W}bookmarkStart")]
    assert {"clause_c1", "clause_t1", "clause_c7", "clause_c7_old"} <= set(names)
    assert len(names) == len(set(names))
    said = ["".join(comment.itertext()) for comment in part(file, "word/comments.xml")]
    assert "Answers #412, #398" in said


def test_right_to_left_is_told_to_every_paragraph_and_every_arabic_run() -> None:
    root = part(docx_out.write(the_sample("ar"), tracked=True), "word/document.xml")
    for run in root.iter(f"{W}r"):
        words = "".join(t.text or "" for t in run.iter(f"{W}t", f"{W}delText"))
        if any("\u0621" <= char <= "\u064a" for char in words):
            look = run.find(f"{W}rPr")
            assert look is not None, words
            assert look.find(f"{W}rtl") is not None, words
            assert look.find(f"{W}lang").get(f"{W}bidi") == "ar-SA", words  # type: ignore[union-attr]
            line = next(run.iterancestors(f"{W}p"))
            assert line.find(f"{W}pPr/{W}bidi") is not None, words


def test_an_english_clause_in_an_arabic_draft_runs_its_own_way_and_says_why() -> None:
    root = part(docx_out.write(the_sample("ar"), tracked=True), "word/document.xml")
    lines = {"".join(t.text or "" for t in line.iter(f"{W}t")): line for line in root.iter(f"{W}p")}
    english = next(line for words, line in lines.items() if "Each authority" in words)
    assert english.find(f"{W}pPr/{W}bidi") is None
    assert any("معروض بـالإنكليزية" in words for words in lines)
    assert "ترجمة: آلية" in lines  # machine translation is always told


def test_chinese_words_carry_their_font_and_language() -> None:
    root = part(docx_out.write(the_sample("zh-Hans"), tracked=False), "word/document.xml")
    run = next(run for run in root.iter(f"{W}r") if "测试应与风险" in "".join(run.itertext()))
    look = run.find(f"{W}rPr")
    assert look is not None
    assert look.find(f"{W}rFonts").get(f"{W}eastAsia") == "SimSun"  # type: ignore[union-attr]
    assert look.find(f"{W}lang").get(f"{W}eastAsia") == "zh-CN"  # type: ignore[union-attr]


def test_links_lead_out_and_nothing_else_does() -> None:
    file = docx_out.write(the_sample("en"), tracked=True)
    relations = part(file, "word/_rels/document.xml.rels")
    outside = {r.get("Id"): r.get("Target") for r in relations if r.get("TargetMode") == "External"}
    used = [
        link.get(f"{R}id")
        for link in part(file, "word/document.xml").iter(f"{W}hyperlink")
        if link.get(f"{R}id")
    ]
    assert outside == {used[0]: "https://example.org/methods"}


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert docx_out.write(the_sample("fr"), tracked=True) == docx_out.write(the_sample("fr"), tracked=True)


def test_python_docx_opens_it_and_reads_title_language_and_day_but_no_person() -> None:
    read = docx.Document(io.BytesIO(docx_out.write(the_sample("fr"), tracked=True)))
    told = read.core_properties
    assert (told.title, told.language) == (the_sample("fr").title, "fr")
    assert told.created is not None and told.created.date() == the_sample("fr").dated
    assert (told.author, told.last_modified_by) == ("", "")
    assert [p.style.name for p in read.paragraphs if p.style and p.style.name.startswith("Heading")] == [
        "Heading 1"
    ] * 3


ORDERS = {
    "pPr": "pStyle keepNext keepLines numPr pBdr bidi spacing ind outlineLvl rPr",
    "rPr": "ins del rStyle rFonts b bCs i iCs color sz szCs u shd vertAlign rtl em lang",
    "tblPr": "tblStyle bidiVisual tblW tblInd tblBorders tblCellMar tblLook",
    "sectPr": "headerReference footerReference pgSz pgMar titlePg bidi",
}


@pytest.mark.parametrize("language", list(WORDS))
def test_properties_stand_in_the_order_that_word_asks_for(language: str) -> None:
    file = docx_out.write(the_sample(language), tracked=True)
    for name in ("document", "footnotes", "comments", "header", "footer", "styles", "numbering"):
        for element in part(file, f"word/{name}.xml").iter():
            order = ORDERS.get(str(element.tag).removeprefix(W), "").split()
            places = [order.index(str(child.tag).removeprefix(W)) for child in element] if order else []
            assert places == sorted(places), etree.tostring(element)


def test_without_a_draft_before_a_tracked_file_is_a_clean_one() -> None:
    alone = dataclasses.replace(the_sample("en"), previous_label=None)
    assert not list(part(docx_out.write(alone, tracked=True), "word/document.xml").iter(f"{W}ins", f"{W}del"))


def test_the_kind_of_a_clause_decides_what_its_heading_is() -> None:
    file = tracked(
        a_clause("t", "| a |\n| - |\n| b |", number="Table 1", heading="Levels", kind=ClauseKind.TABLE)
    )
    styles = [style.get(f"{W}val") for style in part(file, "word/document.xml").iter(f"{W}pStyle")]
    assert "Caption" in styles and "Heading1" not in styles
