"""Accepting and rejecting tracked changes as Word does it, written apart from the writer, to check it by."""

import copy
import io
import zipfile
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOT_THE_DRAFT = ("Title", "Subtitle", "Remark", "TOC", "Header", "Footer", "ContentsHeading")


def accepted(file: bytes) -> list[str]:
    return _settled(file, stays="ins", goes="del")


def rejected(file: bytes) -> list[str]:
    return _settled(file, stays="del", goes="ins")


def as_it_stands(file: bytes) -> list[str]:
    return list(_lines(*_parts(file)))


def _parts(file: bytes) -> tuple[etree._Element, dict[str, etree._Element]]:
    archive = zipfile.ZipFile(io.BytesIO(file))
    has_notes = "word/footnotes.xml" in archive.namelist()
    notes = etree.fromstring(archive.read("word/footnotes.xml")) if has_notes else ()
    return etree.fromstring(archive.read("word/document.xml")), {
        note.get(f"{W}id", ""): note for note in notes
    }


def _settled(file: bytes, *, stays: str, goes: str) -> list[str]:
    document, notes = _parts(file)
    for root in (document, *notes.values()):
        _settle(root, stays, goes)
    return list(_lines(document, notes))


def _settle(root: etree._Element, stays: str, goes: str) -> None:
    for row in list(root.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}{goes}") is not None:
            row.getparent().remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    gone = [mark for mark in root.iter(f"{W}{goes}") if mark.getparent().tag in (f"{W}p", f"{W}hyperlink")]
    for mark in gone:
        mark.getparent().remove(mark)
    for line in list(root.iter(f"{W}p")):
        if line.find(f"{W}pPr/{W}rPr/{W}{goes}") is not None:
            _join_to_next(line)
    for mark in list(root.iter(f"{W}{stays}")):
        parent = mark.getparent()
        at = parent.index(mark)
        parent[at : at + 1] = list(mark)


def _join_to_next(line: etree._Element) -> None:
    """A paragraph whose mark goes flows into the one after it, whose shape wins."""
    inside = [child for child in line if child.tag != f"{W}pPr"]
    after = line.getnext()
    has_words = any(line.iter(f"{W}t", f"{W}delText"))
    if after is not None and after.tag == f"{W}p":
        at = 1 if after.find(f"{W}pPr") is not None else 0
        after[at:at] = inside
    elif has_words:
        raise AssertionError("these words would stay although their paragraph goes")
    line.getparent().remove(line)


def _lines(document: etree._Element, notes: dict[str, etree._Element]) -> Iterator[str]:
    for line in document.iter(f"{W}p"):
        style = line.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val", "").startswith(NOT_THE_DRAFT):
            continue
        bullet = "• " if line.find(f"{W}pPr/{W}numPr") is not None else ""
        words = " ".join(_words(line, notes).split())
        if words:
            yield bullet + words


def _words(element: etree._Element, notes: dict[str, etree._Element]) -> str:
    found = []
    for run in element.iter(f"{W}r"):
        cited = run.find(f"{W}footnoteReference")
        if cited is not None:
            note = " ".join(_words(copy.deepcopy(notes[cited.get(f"{W}id", "")]), notes).split())
            found.append(f"⟦{note}⟧")
            continue
        look = run.find(f"{W}rPr/{W}rStyle")
        if look is not None and look.get(f"{W}val") == "FootnoteReference":
            continue  # the note's printed number
        for part in run:
            if part.tag in (f"{W}t", f"{W}delText"):
                found.append(part.text or "")
            elif part.tag in (f"{W}tab", f"{W}br"):
                found.append(" ")
    return "".join(found)
