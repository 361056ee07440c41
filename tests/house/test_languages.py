"""Is every sentence of the interface said in every shipped language, with the same placeholders?"""

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_from_dir

from consult.config import LANGUAGES

ROOT = Path(__file__).parent.parent.parent
METHODS = [("consult/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
PLURALS = {"ar": 6, "zh": 1, "fr": 2}


def said_in_the_code() -> Iterator[str]:
    """Every msgid that the code and the templates ask for."""
    found = extract_from_dir(
        ROOT, METHODS, keywords=KEYWORDS, options_map={"templates/**.html": {"trimmed": "true"}}
    )
    for _file, _line, message, _comments, _context in found:
        yield message if isinstance(message, str) else message[0]


@pytest.fixture(scope="module")
def messages() -> set[str]:
    """All of them, once."""
    return {message for message in said_in_the_code() if message}


def catalogue(language: str) -> polib.POFile:
    """One language's catalogue."""
    return polib.pofile(str(ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"))


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag != "en"])
def test_every_sentence_is_translated(language: str, messages: set[str]) -> None:
    translated = {entry.msgid for entry in catalogue(language).translated_entries() if not entry.fuzzy}
    assert sorted(messages - translated) == []


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag != "en"])
def test_nothing_stale_is_kept(language: str, messages: set[str]) -> None:
    assert sorted({entry.msgid for entry in catalogue(language) if not entry.obsolete} - messages) == []


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag != "en"])
def test_the_placeholders_are_those_of_the_original(language: str) -> None:
    wrong = []
    for entry in catalogue(language):
        wanted = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
        said = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
        unknown = set(PLACEHOLDER.findall(" ".join(said))) - wanted
        lost = wanted - set(PLACEHOLDER.findall(said[-1])) - {"num"}
        wrong += [entry.msgid] if unknown or lost else []
    assert wrong == []


@pytest.mark.parametrize(("language", "forms"), PLURALS.items())
def test_every_plural_form_is_filled(language: str, forms: int) -> None:
    entries = [entry for entry in catalogue(language) if entry.msgid_plural]
    assert [e.msgid for e in entries if len([one for one in e.msgstr_plural.values() if one]) != forms] == []
