"""Which reader takes these files? One Word file, or Markdown and text files together, or pasted words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consult.documents.child import read_paste, read_text_files, read_word_file
from consult.documents.guard import LARGEST_FILE, TooLarge, Unreadable
from consult.documents.outline import Outline
from consult.refusals import Refusal

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT_TYPE = "text/markdown"
TEXTS = (".md", ".markdown", ".txt", ".text")
HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
MOST_FILES = 60
MOST_ITEMS = 5000


@dataclass(unsafe_hash=True)
class NothingSent(Refusal):
    """Neither a file nor words."""


@dataclass(unsafe_hash=True)
class UnknownFormat(Refusal):
    """A file that no reader takes."""

    name: str


@dataclass(unsafe_hash=True)
class SeveralWordFiles(Refusal):
    """Word files cannot be joined into one draft."""


@dataclass(unsafe_hash=True)
class NoClauses(Refusal):
    """Nothing in it could be a clause."""


@dataclass(unsafe_hash=True)
class TooManyClauses(Refusal):
    """More than a draft can hold."""

    count: int
    most: int


@dataclass(unsafe_hash=True)
class NotText(Refusal):
    """A text file in an encoding that is not UTF-8."""

    name: str


Sent = tuple[str, bytes]


def read(files: Sequence[Sent], pasted: str) -> Outline:
    """The outline of what was sent; refuses what cannot become a draft."""
    outline = _read(files, pasted)
    if not outline.items:
        raise NoClauses
    if len(outline.items) > MOST_ITEMS:
        raise TooManyClauses(len(outline.items), MOST_ITEMS)
    return outline


def _read(files: Sequence[Sent], pasted: str) -> Outline:
    if not files:
        pasted = pasted.replace("\x00", "")  # no database keeps it, and no text needs it
        if not pasted.strip():
            raise NothingSent
        is_marked = HEADING.search(pasted) is not None  # a Markdown file's text, pasted as it is
        return read_text_files([("pasted.md", pasted)]) if is_marked else read_paste(pasted)
    size = sum(len(blob) for _, blob in files)
    if size > LARGEST_FILE or len(files) > MOST_FILES:
        raise TooLarge(size=size, largest=LARGEST_FILE)
    if all(name.lower().endswith(TEXTS) for name, _ in files):
        return read_text_files([(name, _text(name, blob)) for name, blob in files])
    if len(files) > 1:
        raise SeveralWordFiles
    name, blob = files[0]
    if not name.lower().endswith((".docx", ".docm", ".dotx", ".doc")):
        raise UnknownFormat(name)
    return read_word_file(blob)


def _text(name: str, blob: bytes) -> str:
    try:
        text = blob.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText(name) from None
    if "\x00" in text:
        raise Unreadable
    return text
