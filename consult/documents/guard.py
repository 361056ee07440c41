"""Is this upload a Word file that may be opened at all, and which of its parts are safe to read?

Every part is streamed against a budget before a byte of it reaches an XML parser: what a zip says of its own
sizes is never believed. Templates, embedded objects and pictures are counted and left alone; no link is followed.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from consult.refusals import Refusal

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 25 * MEBIBYTE
LARGEST_PART = 30 * MEBIBYTE
LARGEST_WHOLE = 80 * MEBIBYTE
LARGEST_RATIO = 200
RATIO_COUNTS_ABOVE = MEBIBYTE  # a small part of blanks packs well and harms nobody
MOST_PARTS = 4000
CHUNK = 64 * 1024

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
ENCODING = re.compile(rb"""^[^>]{0,200}?encoding\s*=\s*["']([^"']*)["']""")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"utf-16le", b"utf-16be", b"us-ascii", b"ascii", b"iso-8859-1"}
ODD_NAME = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]|^/|//|(^|/)\.{1,2}(/|$)")
MACRO_PART = re.compile(r"vba(project|data)", re.IGNORECASE)
MACRO_TYPE = re.compile(rb"macroEnabled|vnd\.ms-office\.vbaProject", re.IGNORECASE)
EMBEDDED_PART = re.compile(r"^word/(embeddings|activeX|afchunk)|/oleObject|\.(mht|html?|rtf)$", re.IGNORECASE)
PICTURE_PART = re.compile(r"^word/media/", re.IGNORECASE)
XML_PART = re.compile(r"\.(xml|rels)$", re.IGNORECASE)


@dataclass(unsafe_hash=True)
class NotAWordFile(Refusal):
    """It is something else than a .docx, whatever its name says."""


@dataclass(unsafe_hash=True)
class LegacyDoc(Refusal):
    """A .doc of the years before 2007."""


@dataclass(unsafe_hash=True)
class PasswordProtected(Refusal):
    pass


@dataclass(unsafe_hash=True)
class TooLarge(Refusal):
    size: int
    largest: int


@dataclass(unsafe_hash=True)
class ExpandsTooMuch(Refusal):
    part: str


@dataclass(unsafe_hash=True)
class HasMacros(Refusal):
    pass


@dataclass(unsafe_hash=True)
class HasEntities(Refusal):
    part: str


@dataclass(unsafe_hash=True)
class UnsafeName(Refusal):
    name: str


@dataclass(unsafe_hash=True)
class DoubledName(Refusal):
    name: str


@dataclass(unsafe_hash=True)
class Unreadable(Refusal):
    """Cut off, damaged, or nested deeper than any text is."""


@dataclass(unsafe_hash=True)
class TookTooLong(Refusal):
    pass


@dataclass(frozen=True, slots=True)
class Package:
    """The XML parts of a file that passed, and how many parts were left alone."""

    parts: dict[str, bytes] = field(repr=False)
    embedded_count: int
    picture_count: int


def checked_outside(blob: bytes) -> None:
    """What can be told from size and first bytes, without opening anything."""
    if len(blob) > LARGEST_FILE:
        raise TooLarge(size=len(blob), largest=LARGEST_FILE)
    if blob.startswith(OLE):
        raise PasswordProtected() if ENCRYPTED in blob else LegacyDoc()
    if not blob.startswith(b"PK\x03\x04"):
        raise NotAWordFile()


def guarded(blob: bytes) -> Package:
    """The parts of a Word file, each checked; or the refusal that says why not."""
    checked_outside(blob)
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            entries = archive.infolist()
            _check_names(entries)
            parts = _unpacked(archive, entries)
    except BROKEN:
        raise Unreadable() from None
    _check_kind(parts)
    names = [entry.filename for entry in entries if not entry.is_dir()]
    return Package(
        parts,
        embedded_count=sum(1 for name in names if EMBEDDED_PART.search(name)),
        picture_count=sum(1 for name in names if PICTURE_PART.search(name)),
    )


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_PARTS:
        raise ExpandsTooMuch(part="")
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        if ODD_NAME.search(name) or not name or len(name) > 255:
            raise UnsafeName(name=name[:255])
        folded = name.casefold()
        if folded in seen:
            raise DoubledName(name=name)
        seen.add(folded)
        if MACRO_PART.search(name):
            raise HasMacros()
        if entry.flag_bits & 0x1:
            raise PasswordProtected()
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable()


def _unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Every part is unpacked, so that none hides a bomb; only XML is kept."""
    parts: dict[str, bytes] = {}
    left = LARGEST_WHOLE
    for entry in entries:
        is_xml = XML_PART.search(entry.filename) is not None
        kept = io.BytesIO()
        size = 0
        for chunk in _streamed(archive, entry, left):
            size += len(chunk)
            if is_xml:
                kept.write(chunk)
        left -= size
        if is_xml:
            parts[entry.filename] = kept.getvalue()
            _check_xml(entry.filename, parts[entry.filename])
    return parts


def _streamed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> Iterator[bytes]:
    budget = min(LARGEST_PART, left)
    size = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            packed = max(entry.compress_size, 1)
            if size > budget or (size > RATIO_COUNTS_ABOVE and size > packed * LARGEST_RATIO):
                raise ExpandsTooMuch(part=entry.filename)
            yield chunk


def _check_xml(name: str, content: bytes) -> None:
    """No declarations in any encoding. Dropping NUL bytes turns UTF-16 and UTF-32 markup into its ASCII letters."""
    plain = content.replace(b"\x00", b"") if b"\x00" in content else content
    if DECLARATION.search(plain):
        raise HasEntities(part=name)
    opening = plain[:400].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if opening and not opening.startswith(b"<"):
        raise Unreadable()  # EBCDIC, or not XML at all: nothing that Word writes
    found = ENCODING.search(opening) if opening.startswith(b"<?xml") else None
    if found and found[1].lower() not in ENCODINGS:
        raise Unreadable()


def _check_kind(parts: dict[str, bytes]) -> None:
    types = parts.get("[Content_Types].xml", b"").replace(b"\x00", b"")
    if not types:
        raise NotAWordFile()
    if MACRO_TYPE.search(types):
        raise HasMacros()
    if b"wordprocessingml" not in types:
        raise NotAWordFile()
