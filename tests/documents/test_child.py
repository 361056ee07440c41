"""A Word file is read in a child: hostile ones end in a refusal there, with bounded memory, and never here."""

import resource
from concurrent.futures import ThreadPoolExecutor

import pytest

from consult.documents import guard
from consult.documents.child import read_paste, read_text_files, read_word_file
from consult.documents.docx_in import read_docx
from consult.documents.markdown_in import read_markdown
from consult.documents.pasted_in import read_pasted
from consult.refusals import Refusal
from tests.documents.making import TYPES, document, in_corpus, paragraph, word_file

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE: dict[str, tuple[bytes, type[Refusal]]] = {
    "billion laughs": (
        word_file(
            content=f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>'.encode()
        ),
        guard.HasEntities,
    ),
    "outside entity": (
        word_file(
            content=b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
        ),
        guard.HasEntities,
    ),
    "bomb": (
        word_file(("word/a.xml", b"<a>" + bytes(b" " * 40 * guard.MEBIBYTE) + b"</a>")),
        guard.ExpandsTooMuch,
    ),
    "deep XML": (
        word_file(content=document("<w:p>" * 10_000 + "</w:p>" * 10_000).encode()),
        guard.Unreadable,
    ),
    "deep content controls": (
        word_file(body="<w:sdt><w:sdtContent>" * 5_000 + paragraph("x") + "</w:sdtContent></w:sdt>" * 5_000),
        guard.Unreadable,
    ),
    "cut XML": (word_file(content=document(paragraph("x")).encode()[:-20]), guard.Unreadable),
    "no body": (word_file(content=b"<a/>"), guard.Unreadable),
    "cut zip": (word_file()[:-30], guard.Unreadable),
    "macros": (word_file(("word/vbaProject.bin", b"x")), guard.HasMacros),
    "path": (word_file(("../../etc/cron.d/x", b"x")), guard.UnsafeName),
    "sheet": (word_file(types=TYPES.replace("wordprocessing", "spreadsheet")), guard.NotAWordFile),
    "old Word": (guard.OLE + bytes(1000), guard.LegacyDoc),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_name(name: str) -> None:
    blob, refusal = HOSTILE[name]
    with pytest.raises(refusal):
        read_word_file(blob)


def test_the_hostile_corpus_is_refused() -> None:
    for path in sorted(in_corpus("docx/hostile").iterdir()):
        with pytest.raises(Refusal):
            read_word_file(path.read_bytes())


def test_no_child_needs_more_than_half_a_gigabyte() -> None:
    for blob, _ in HOSTILE.values():
        with pytest.raises(Refusal):
            read_word_file(blob)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 512 * 1024


def test_many_elements_within_the_budget_end_in_an_answer_or_a_refusal() -> None:
    """Empty elements are what costs a parser most: far more memory than bytes."""
    noise = "".join(f"<w:p><w:r><w:t>{n}</w:t></w:r></w:p>" for n in range(20_000))
    assert len(read_word_file(word_file(body=noise)).items) == 20_000


def test_the_child_gives_what_reading_here_would() -> None:
    blob = in_corpus("docx/UN-declaration-racial-discrimination.docx").read_bytes()
    assert read_word_file(blob) == read_docx(blob)


def test_a_child_that_takes_too_long_is_a_refusal() -> None:
    with pytest.raises(guard.TookTooLong):
        read_word_file(word_file(), patience=0.001)


def test_texts_are_read_there_too() -> None:
    assert read_paste("1. Ünë [shall].").items == read_pasted("1. Ünë [shall].").items
    files = [("b.md", "(2) Two."), ("a.md", "(1) One.")]
    assert read_text_files(files) == read_markdown(files)
    with pytest.raises(guard.TookTooLong):
        read_paste("a\n\n" * 10_000_000, patience=3)


def test_a_refusal_keeps_its_facts_across_the_child() -> None:
    with pytest.raises(guard.DoubledName) as refused, pytest.warns(UserWarning):
        read_word_file(word_file(("Word/document.xml", b"<a/>"), ("word/document.xml", b"<a/>")))
    assert refused.value.name.casefold() == "word/document.xml"


def test_several_threads_can_each_have_their_child() -> None:
    with ThreadPoolExecutor(3) as pool:
        outlines = list(
            pool.map(read_word_file, [word_file(body=paragraph(f"Clause {n}.")) for n in range(3)])
        )
    assert [outline.items[0].body or outline.items[0].number for outline in outlines] == [
        "Clause 0",
        "Clause 1",
        "Clause 2",
    ]
