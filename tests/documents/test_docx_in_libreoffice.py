"""What LibreOffice makes of our Word files: it accepts, rejects and prints them as we say."""

import io
from itertools import product

import pypdf
import pytest

from consult.documents import docx_out
from tests.documents.libreoffice import LibreOffice
from tests.documents.publications import WORDS, a_publication, mended, the_sample
from tests.documents.test_docx_out import the_old_draft
from tests.documents.word_settling import as_it_stands


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    return LibreOffice(tmp_path_factory.mktemp("office"))


def the_draft(file: bytes) -> list[str]:
    """Where it takes away a last paragraph, LibreOffice gives the address that follows another style."""
    return [line for line in as_it_stands(file) if "consult.example" not in line]


@pytest.mark.parametrize("language", list(WORDS))
def test_it_accepts_all_to_the_new_draft_and_rejects_all_to_the_old(
    office: LibreOffice, language: str
) -> None:
    sample = the_sample(language)
    file = docx_out.write(sample, tracked=True)
    # Read and written again by it as well, for it renames the styles of the contents.
    new = the_draft(office.settled(docx_out.write(sample, tracked=False), "SelectAll"))
    old = the_draft(office.settled(docx_out.write(the_old_draft(sample), tracked=False), "SelectAll"))
    assert the_draft(office.settled(file, "AcceptAllTrackedChanges")) == new
    assert the_draft(office.settled(file, "RejectAllTrackedChanges")) == old


LINES = [
    "one two three",
    "one two three four",
    "one two five",
    "some thing new",
    "quite another line",
    "last one",
    "",
]


def test_however_paragraphs_end_and_follow_it_keeps_them_apart(office: LibreOffice) -> None:
    """Every pair of two-paragraph bodies out of seven, side by side in one file."""
    bodies = ["\n\n".join(filter(None, pair)) for pair in product(LINES, repeat=2)]
    pairs = [(old, new) for old, new in product(bodies, repeat=2) if old and new][::7]
    clauses = [mended(f"c{place}", old, new) for place, (old, new) in enumerate(pairs)]
    file = docx_out.write(a_publication(*clauses), tracked=True)
    new = [line for _, body in pairs for line in body.split("\n\n")]
    old = [line for body, _ in pairs for line in body.split("\n\n")]
    assert the_draft(office.settled(file, "AcceptAllTrackedChanges")) == new
    assert the_draft(office.settled(file, "RejectAllTrackedChanges")) == old


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Testing shall be proportionate"),
        ("zh-Hans", "测试应与风险"),
        ("fr", "Les essais sont proportionnés"),
    ],
)
def test_it_prints_the_words_and_the_footnotes(office: LibreOffice, language: str, words: str) -> None:
    pages = pypdf.PdfReader(
        io.BytesIO(office.printed(docx_out.write(the_sample(language), tracked=False)))
    ).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    assert words.replace(" ", "") in text
    assert WORDS[language]["note1"].replace(" ", "") in text
