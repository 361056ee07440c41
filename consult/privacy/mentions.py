"""Do these words name somebody? By her whole name or her address; not by a syllable that others share."""

import re
from pathlib import PurePath

SHORTEST = 4  # letters of a name without a space; shorter ones stand in many words
UNSPACED = "\u2e80"  # from here on scripts are written without spaces, and a name of two signs is a name


def mentions(words: str, name: str | None, email: str | None) -> bool:
    """Whether the words hold the address, or the whole name as words of their own."""
    folded = words.casefold()
    if email and email.casefold() in folded:
        return True
    wanted = " ".join((name or "").casefold().split())
    if not wanted:
        return False
    if any(sign >= UNSPACED for sign in wanted):
        return len(wanted) > 1 and wanted in folded
    if " " not in wanted and len(wanted) < SHORTEST:
        return False
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", " ".join(folded.split())) is not None


def without_name(file_name: str, name: str | None, email: str | None) -> str:
    """The file's name, or a bare one where any longer part of her name stands in it."""
    parts = [
        part for part in (name or "").split() if len(part) >= SHORTEST or any(s >= UNSPACED for s in part)
    ]
    spaced = re.sub(r"[\W_]+", " ", file_name)
    named = mentions(file_name, name, email) or any(part.casefold() in spaced.casefold() for part in parts)
    return f"file{PurePath(file_name).suffix}" if named else file_name
