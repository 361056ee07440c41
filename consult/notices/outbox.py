"""Where do letters lie while there is no mail server? In a folder, one file each, that any mail program opens.

A file is named by its letter, so the same letter written twice is one file; only this program's user can read it.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from consult.config import ROOT
from consult.notices.mail import Post, Sender, composed

ENDING = ".eml"
NAME = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Lying:
    """A letter in the folder."""

    name: str
    to: str
    subject: str
    language: str
    at: datetime
    body: str = ""


@dataclass(frozen=True, slots=True)
class LyingPage:
    """Some of the letters, newest first; `before` leads on."""

    letters: tuple[Lying, ...]
    before: str | None


def folder_of(setting: str) -> Path:
    """OUTBOX_FOLDER; a relative one stands beside the program."""
    return ROOT / setting


def put_letter(folder: Path, post: Post, sender: Sender) -> Path:
    """Writes a letter, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / f"{post.at:%Y%m%dT%H%M%S}-{post.name}{ENDING}"
    unfinished = folder / f".{place.name}.{os.getpid()}"
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(composed(post, sender).as_bytes())
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(place)
    return place


def lying(folder: Path, before: str = "", size: int = 50) -> LyingPage:
    """The letters that lie there, newest first."""
    names = sorted((name for name in _names(folder) if not before or name < before), reverse=True)
    shown = names[:size]
    found = tuple(_read(folder, name, with_body=False) for name in shown)
    return LyingPage(found, shown[-1] if len(names) > size else None)


def lying_one(folder: Path, name: str) -> Lying | None:
    """One letter; None where there is none of this name."""
    if NAME.fullmatch(name) is None or not (folder / (name + ENDING)).is_file():
        return None
    return _read(folder, name, with_body=True)


def drop_before(folder: Path, at: datetime) -> int:
    """Throws away what was written before an instant. Answers how many letters that were."""
    start = f"{at:%Y%m%dT%H%M%S}"
    return _drop(folder, (name for name in _names(folder) if name < start))


def drop_named(folder: Path, names: set[str]) -> int:
    """Throws away the letters with these names, as the table calls them."""
    return _drop(folder, (name for name in _names(folder) if name.partition("-")[2] in names))


def _drop(folder: Path, names: Iterator[str]) -> int:
    count = 0
    for name in list(names):
        with suppress(FileNotFoundError):
            (folder / (name + ENDING)).unlink()
            count += 1
    return count


def _names(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        for place in folder.iterdir():
            if place.suffix == ENDING and NAME.fullmatch(place.stem):
                yield place.stem


def _read(folder: Path, name: str, *, with_body: bool) -> Lying:
    message = message_from_bytes((folder / (name + ENDING)).read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    at = message["Date"].datetime
    language = str(message["Content-Language"] or "en")
    body = str(message.get_content()).replace("\r\n", "\n") if with_body else ""
    return Lying(name, str(message["To"]), str(message["Subject"]), language, at, body)
