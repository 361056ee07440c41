"""The PDF: words that can be read back in every language, tags and archive marks, and no box for a missing letter."""

import io
import re
import shutil
import subprocess
import unicodedata

import pypdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consult.core.terms import ClauseKind
from consult.documents import pdf_out
from consult.documents.publication import OldWords
from tests.documents.publications import (
    LABELS,
    NOTE,
    SECTION,
    WORDS,
    a_clause,
    a_publication,
    ended,
    kept,
    mended,
    the_sample,
)
from tests.documents.test_docx_any_two_drafts import drafts, markdown


def read(pdf: bytes) -> str:
    """All words, with single blanks between them."""
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def bare(text: str) -> str:
    """Without blanks and the signs that only guide the direction of letters: readers set these as they like."""
    return re.sub("[\\s\u200c-\u200f\u2066-\u2069]", "", text)


def a_pdf(*clauses: object, marked: bool = False, **told: object) -> str:
    return read(pdf_out.write(a_publication(*clauses, **told), marked=marked))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "fr", "zh-Hans"])
def test_the_words_of_every_language_can_be_read_back_in_order(language: str) -> None:
    text, said = bare(read(pdf_out.write(the_sample(language)))), WORDS[language]
    for key in ("title", "new", "a", "moved", "note1"):
        plain = bare(re.sub(r"\*|\[\^\d\]", "", said[key]))
        assert plain in text, key
    assert bare("Each authority shall publish its methods at https://example.org/methods") in text


def test_arabic_words_stand_from_right_to_left_and_are_read_back_in_order() -> None:
    pdf, said = pdf_out.write(the_sample("ar")), WORDS["ar"]
    # pypdf gives the words of a line as they stand, from left to right, each with its letters in reading order.
    assert " ".join(reversed(said["title"].split())) in read(pdf)
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("poppler (pdftotext) is not installed: the order of Arabic words was not read by it")
    printed = subprocess.run(
        [program, "-", "-"], input=pdf, check=True, capture_output=True, timeout=60
    ).stdout
    for words in (said["title"], said["a"], said["moved"], "منظمة التعاون والتنمية في الميدان الاقتصادي"):
        assert without_marks(words) in without_marks(printed.decode()), words


def without_marks(text: str) -> str:
    """Readers put Arabic vowel signs a letter before or after, and numbers at a line's other end."""
    return "".join(char for char in text if unicodedata.category(char)[0] == "L")


def test_a_clean_pdf_shows_the_new_words_alone() -> None:
    text = read(pdf_out.write(the_sample("en")))
    assert "1.2 Testing shall be proportionate to the risk and to the means of the developer." in text
    assert "five years" not in text and "{+" not in text and "Answers" not in text


def test_a_marked_pdf_shows_what_comes_and_goes_and_why() -> None:
    text = read(pdf_out.write(the_sample("en"), marked=True))
    assert "within {−thirty}{+fifteen} days" in text
    assert "risk {+and to the means of the developer}." in text  # the blank stands outside the signs
    assert "1.3 {−Evaluation reports shall be kept for five years.}" in text
    assert "Answers #412, #398" in text
    assert LABELS["en"].compared in text


def test_without_a_draft_before_nothing_is_marked() -> None:
    assert "{+" not in a_pdf(a_clause("a", "Words."), marked=True, previous_label=None)


def test_the_state_of_a_translation_is_told_and_a_machines_each_time() -> None:
    text = read(pdf_out.write(the_sample("fr")))
    assert text.count("Traduction : projet, non relu") == 1
    assert text.count("Traduction : automatique") == 1
    assert "Pas encore traduit ; affiché en anglais." in text
    assert "L’original a changé depuis cette traduction." in text


def test_brackets_are_told_of_only_where_there_are_any() -> None:
    told = LABELS["en"].brackets
    assert told in a_pdf(a_clause("a", "They [shall] test."))
    assert told not in a_pdf(a_clause("a", "They \\[sic\\] test."))


def test_words_are_never_read_as_the_templates_markup() -> None:
    words = '#panic(1) $x$ @ref `raw` = x // y ~ -- <b> "q" #{1+1} [#include "a"]'
    assert words in a_pdf(a_clause("a", words.replace("*", "\\*")), title="#set text(red)")


def test_a_note_is_printed_once_under_its_own_number_however_often_it_is_cited() -> None:
    text = a_pdf(
        a_clause("a", "First[^7] and again[^7]."), a_clause("n", "The only note.", number="7", kind=NOTE)
    )
    assert text.count("The only note.") == 1
    assert re.search(r"First ?7 and again ?7", text), text


def test_a_note_that_nothing_cites_stands_at_its_own_place() -> None:
    assert "Note 7 Alone." in a_pdf(a_clause("n", "Alone.", number="7", kind=NOTE)).replace("\u2002", " ")


def test_a_citation_struck_from_the_text_keeps_the_old_notes_words() -> None:
    clauses = [
        mended("a", "Words.[^1] More.", "Words. More."),
        ended("n", "An old note.", number="1", kind=NOTE),
    ]
    text = a_pdf(*clauses, marked=True)
    assert "{−An old note.}" in text


@pytest.mark.parametrize(
    ("language", "body", "letters"),
    [
        ("he", "שלום", "שלום"),
        ("bn", "বাংলা", "বাংল"),
        ("ta", "தமிழ்", "தமிழ"),
        ("en", "Yes \U0001f600", "\U0001f600"),
    ],
)
def test_letters_that_no_font_has_are_refused_by_their_language(
    language: str, body: str, letters: str
) -> None:
    publication = a_publication(a_clause("a", "Plain words."), a_clause("b", body, language=language))
    with pytest.raises(pdf_out.NoFontFor) as refused:
        pdf_out.write(publication)
    assert refused.value.language == language
    assert set(letters) & set(refused.value.letters)


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("es", "El niño pidió «más» pruebas."), ("pt", "Avaliação não é opcional."), ("sw", "Haki za binadamu."),
        ("vi", "Hướng dẫn thử nghiệm hệ thống."), ("el", "Κατευθυντήριες γραμμές."), ("ru", "Руководящие принципы."),
        ("kk", "Жасанды интеллект жүйелері."), ("hi", "प्रणाली का परीक्षण"), ("ur", "نظام کی جانچ"),
        ("fa", "آزمون سامانه"), ("th", "การทดสอบระบบ"), ("zh-Hant", "測試與評估指南"), ("ja", "試験と評価の指針"),
        ("ko", "시험과 평가 지침"),
    ],
)  # fmt: skip
def test_the_languages_that_we_have_fonts_for_are_set(language: str, body: str) -> None:
    assert "not agreed" not in a_pdf(a_clause("a", f"{body} *{body}* **{body}**", language=language))


def test_it_is_tagged_titled_dated_and_marked_for_access_and_archive() -> None:
    pdf = pdf_out.write(the_sample("ar"))
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert root["/Lang"].startswith("ar")  # type: ignore[index]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in root  # type: ignore[operator]
    assert reader.metadata is not None and reader.metadata.title == the_sample("ar").title
    assert reader.metadata.author is None
    told = root["/Metadata"].get_data().decode()  # type: ignore[index]
    assert "<pdfuaid:part>1<" in told and "<pdfaid:part>2<" in told and "<pdfaid:conformance>A<" in told
    assert "2026-05-03" in told


def test_the_headings_lead_through_the_file() -> None:
    outline = pypdf.PdfReader(io.BytesIO(pdf_out.write(the_sample("en"), marked=True))).outline
    titles = [" ".join(str(entry.title).split()) for entry in outline if not isinstance(entry, list)]
    assert [title for title in titles if "Contents" not in title] == [
        "1 Purpose and scope", "2 Testing before use", "3 Supervision",
    ]  # fmt: skip


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert pdf_out.write(the_sample("zh-Hans"), marked=True) == pdf_out.write(
        the_sample("zh-Hans"), marked=True
    )


def test_a_draft_without_clauses_is_a_title_page() -> None:
    assert "First revision" in a_pdf()


def test_numbered_items_deeper_lists_and_tables_within_keep_their_numbers() -> None:
    body = "Lead:\n\n3. third\n4. fourth\n   - inner\n\n     more of it\n     1. deepest\n\n| a | b |\n| - | - |\n| c |"
    text = a_pdf(a_clause("a", body, number="1"))
    assert re.search(r"3\. third 4\. fourth • inner more of it 1\. deepest a b c", text), text


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.none() | drafts, st.none() | drafts), max_size=4))
@example(  # a heading that went leaves the next one two levels below the one before
    pairs=[(None, None), (("", "Scope", []), ("", "", [])), (None, ("", "Scope", []))]
)
def test_any_two_drafts_are_printed_with_all_words_of_the_new_one(pairs: list) -> None:
    clauses = [kept("s", "", heading="Text", kind=SECTION)]
    for place, (old, new) in enumerate(pairs):
        if old is None and new is None:
            continue
        old_words = OldWords(old[0], old[1], markdown(old[2])) if old else None
        number, heading, body = (new[0], new[1], markdown(new[2])) if new else ("", "", "")
        facts = {
            "number": number,
            "heading": heading,
            "old": old_words,
            "is_ended": new is None,
            "depth": 1 + place % 3,
        }
        clauses.append(a_clause(f"c{place}", body, because="#1", **facts))
    clauses.append(mended("n", "A note.", "A new note.", number="1", kind=NOTE))
    publication = a_publication(*clauses)
    text = bare(read(pdf_out.write(publication)))
    for row in clauses:
        if row.kind is ClauseKind.CLAUSE and not row.is_ended:
            assert bare(row.number) in text and bare(row.heading) in text
    assert bare("A new note.") in text
    assert pdf_out.write(publication, marked=True)
