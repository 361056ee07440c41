"""Hostile and broken files are refused by name, before an XML parser sees them."""

import io
import warnings
import zipfile

import pytest

from consult.documents import guard
from consult.refusals import Refusal
from tests.documents.making import TYPES, W, document, in_corpus, paragraph, word_file

DOCTYPE = '<!DOCTYPE a [<!ENTITY b "c">]>'


def test_an_ordinary_file_passes_with_its_parts() -> None:
    package = guard.guarded(word_file())
    assert b"A clause." in package.parts["word/document.xml"]


def with_declaration(encoding: str) -> bytes:
    xml = document(paragraph("&b;")).split("?>", 1)[1]
    return f'<?xml version="1.0" encoding="{encoding}"?>{DOCTYPE}{xml}'.encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_doctype_is_refused_in_every_encoding(encoding: str) -> None:
    with pytest.raises(guard.HasEntities):
        guard.guarded(word_file(content=with_declaration(encoding)))


@pytest.mark.parametrize(
    "content", [with_declaration("utf-7").replace(b"<!", b"+ADwAIQ-"), with_declaration("cp037")]
)
def test_an_encoding_that_word_never_writes_is_refused(content: bytes) -> None:
    with pytest.raises(guard.Unreadable):
        guard.guarded(word_file(content=content))


def test_a_doctype_in_a_part_beside_the_text_is_refused_too() -> None:
    with pytest.raises(guard.HasEntities) as refused:
        guard.guarded(word_file(("customXml/item1.xml", DOCTYPE + "<a/>")))
    assert refused.value.part == "customXml/item1.xml"


def test_a_part_that_unpacks_far_beyond_its_size_is_refused() -> None:
    with pytest.raises(guard.ExpandsTooMuch):
        guard.guarded(word_file(("word/media/image1.bmp", bytes(20 * guard.MEBIBYTE))))


def test_many_parts_within_the_budget_of_one_are_refused_together(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = bytes(range(256)) * 40
    monkeypatch.setattr(guard, "LARGEST_WHOLE", 100_000)
    with pytest.raises(guard.ExpandsTooMuch):
        guard.guarded(word_file(*((f"word/media/{n}.png", noise) for n in range(12))))


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/vbaData.xml"])
def test_a_macro_part_is_refused(name: str) -> None:
    with pytest.raises(guard.HasMacros):
        guard.guarded(word_file((name, b"<a/>")))


def test_a_macro_enabled_type_is_refused_without_a_macro_part() -> None:
    types = TYPES.replace(
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        "vnd.ms-word.document.macroEnabled.main",
    )
    with pytest.raises(guard.HasMacros):
        guard.guarded(word_file(types=types))


@pytest.mark.parametrize(
    "name",
    ["../evil.xml", "word/../../evil.xml", "/etc/passwd", "word\\evil.xml", "C:evil.xml", "a\x07b.xml"],
)
def test_a_path_out_of_the_package_is_refused(name: str) -> None:
    with pytest.raises(guard.UnsafeName):
        guard.guarded(word_file((name, b"<a/>")))


@pytest.mark.parametrize("name", ["word/document.xml", "WORD/Document.XML"])
def test_a_doubled_name_is_refused_whatever_its_letters(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        blob = word_file((name, b"<a/>"))
    with pytest.raises(guard.DoubledName):
        guard.guarded(blob)


@pytest.mark.parametrize(
    ("blob", "refusal"),
    [
        (b"", guard.NotAWordFile),
        (b"just words", guard.NotAWordFile),
        (b"junk" + word_file(), guard.NotAWordFile),
        (guard.OLE + bytes(600), guard.LegacyDoc),
        (guard.OLE + bytes(600) + guard.ENCRYPTED, guard.PasswordProtected),
        (word_file()[:-40], guard.Unreadable),
        (word_file()[:300], guard.Unreadable),
        (word_file(types=TYPES.replace("wordprocessingml", "spreadsheetml")), guard.NotAWordFile),
    ],
)
def test_what_is_not_a_word_file_is_told_apart(blob: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        guard.guarded(blob)


def test_a_damaged_part_is_unreadable() -> None:
    blob = bytearray(word_file())
    at = blob.index(b"word/document.xml") + 30
    blob[at : at + 20] = bytes(20)
    with pytest.raises(guard.Unreadable):
        guard.guarded(bytes(blob))


def test_a_file_over_the_limit_is_refused_unopened() -> None:
    with pytest.raises(guard.TooLarge) as refused:
        guard.guarded(b"PK\x03\x04" + bytes(guard.LARGEST_FILE))
    assert refused.value.largest == 25 * 1024 * 1024


def test_a_protected_entry_is_told() -> None:
    blob = bytearray(word_file())
    central = blob.index(b"PK\x01\x02")
    blob[central + 8] |= 1
    with pytest.raises(guard.PasswordProtected):
        guard.guarded(bytes(blob))


def test_embedded_objects_and_pictures_are_counted_not_read() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.xml", DOCTYPE)
    package = guard.guarded(
        word_file(("word/embeddings/sheet.xlsx", inner.getvalue()), ("word/media/image1.png", b"\x89PNG"))
    )
    assert (package.embedded_count, package.picture_count) == (1, 1)
    assert W in package.parts["word/document.xml"].decode()


def test_the_hostile_corpus_is_refused() -> None:
    for path in sorted(in_corpus("docx/hostile").iterdir()):
        with pytest.raises(Refusal):
            guard.guarded(path.read_bytes())


def test_the_real_corpus_passes() -> None:
    for path in sorted(in_corpus("docx").glob("*.docx")):
        assert "word/document.xml" in guard.guarded(path.read_bytes()).parts, path.name


def test_a_spreadsheet_is_not_a_word_file() -> None:
    with pytest.raises(guard.NotAWordFile):
        guard.guarded(in_corpus("docx/xlsx-56644-comments.xlsx").read_bytes())
