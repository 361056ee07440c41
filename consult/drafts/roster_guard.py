"""May this spreadsheet be opened at all? Its parts are unpacked against a budget first: no zip's own figures are believed."""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from consult.refusals import Refusal

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 5 * MEBIBYTE
LARGEST_PART = 24 * MEBIBYTE
LARGEST_WHOLE = 48 * MEBIBYTE
LARGEST_RATIO = 150
RATIO_COUNTS_ABOVE = MEBIBYTE
MOST_PARTS = 1000
MOST_ROWS = 5000
CHUNK = 64 * 1024

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS = re.compile(r"vba(project|data)|^basic/|^scripts/|macrosheets/", re.IGNORECASE)
SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$|^content\.xml$", re.IGNORECASE)
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]|\btable:formula\s*=")
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
XML = re.compile(r"\.(xml|rels)$", re.IGNORECASE)
# How a part begins whose letters are the ones that are searched for here; none of them is a zero.
PLAIN = re.compile(
    rb"(\xef\xbb\xbf)?\s*<(?!\?xml[^>]*\bencoding\s*=(?!\s*[\"'](utf-8|us-ascii|ascii)[\"']))", re.IGNORECASE
)
OLE_MACROS, OLE_LOCKED = "_VBA_PROJECT".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
FOREIGN = (
    b"%pdf",
    b"\x89png",
    b"\xff\xd8\xff",
    b"gif8",
    b"{\\rtf",
    b"<!doctype html",
    b"<html",
    b"<svg",
    b"\x1f\x8b",
)
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, OSError)


@dataclass(unsafe_hash=True)
class NotASpreadsheet(Refusal):
    """Neither .xlsx, .ods, .xls nor text."""


@dataclass(unsafe_hash=True)
class SheetTooLarge(Refusal):
    """More bytes than a list of organisations has."""

    largest: int


@dataclass(unsafe_hash=True)
class SheetExpandsTooMuch(Refusal):
    """A file that unpacks to far more than it is."""


@dataclass(unsafe_hash=True)
class SheetHasMacros(Refusal):
    """It carries a program."""


@dataclass(unsafe_hash=True)
class SheetHasFormulas(Refusal):
    """Its cells are computed, so what they say depends on who opens it."""


@dataclass(unsafe_hash=True)
class SheetLocked(Refusal):
    """It asks for a password."""


@dataclass(unsafe_hash=True)
class SheetUnreadable(Refusal):
    """Broken, or in a shape that the reader does not know."""


@dataclass(unsafe_hash=True)
class TooManyRows(Refusal):
    """More organisations than there are."""

    most: int


@dataclass(unsafe_hash=True)
class NothingInIt(Refusal):
    """No row with a name."""


def refuse_size(blob: bytes) -> None:
    """Refuses what is empty, and what is larger than any list."""
    if not blob.strip():
        raise NothingInIt
    if len(blob) > LARGEST_FILE:
        raise SheetTooLarge(LARGEST_FILE // MEBIBYTE)


def refuse_foreign(blob: bytes) -> None:
    """Refuses what is plainly something else."""
    if blob.lstrip()[:14].lower().startswith(FOREIGN):
        raise NotASpreadsheet


def is_workbook(blob: bytes) -> bool:
    """Whether this is a spreadsheet's own format, by its first bytes; else it can only be text."""
    return blob.startswith((ZIP, OLE))


def refuse_unsafe(blob: bytes) -> None:
    """Refuses programs, computed cells, passwords and bombs."""
    if blob.startswith(OLE):
        if OLE_LOCKED in blob:
            raise SheetLocked
        if OLE_MACROS in blob:
            raise SheetHasMacros
        return
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as packed:
            _refuse_parts(packed)
    except BROKEN:
        raise SheetUnreadable from None


def _refuse_parts(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS:
        raise SheetExpandsTooMuch
    if any(part.flag_bits & 1 for part in parts):
        raise SheetLocked
    if any(MACROS.search(name) for name in names):
        raise SheetHasMacros
    if not {"xl/workbook.xml", "content.xml"} & names:
        raise NotASpreadsheet
    whole = 0
    for part in parts:
        whole += _unpacked(packed, part)
        if whole > LARGEST_WHOLE:
            raise SheetExpandsTooMuch


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """How large a part really is; what it says on its way is looked at for formulas and declarations."""
    size, before = 0, b""
    is_sheet, is_xml = bool(SHEET.search(part.filename)), bool(XML.search(part.filename))
    with packed.open(part) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            ratio = size / max(part.compress_size, 1)
            if size > LARGEST_PART or (size > RATIO_COUNTS_ABOVE and ratio > LARGEST_RATIO):
                raise SheetExpandsTooMuch
            window = before + chunk
            if is_xml and (b"\0" in chunk or DECLARATION.search(window)):
                raise SheetUnreadable
            if is_xml and size == len(chunk) and not PLAIN.match(chunk):
                raise SheetUnreadable
            if is_sheet and FORMULA.search(window):
                raise SheetHasFormulas
            before = window[-64:]
    return size
