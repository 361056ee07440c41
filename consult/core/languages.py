"""Which way does a language run, and which translation may stand for the original?

Languages are BCP 47 tags. A translation stands for a text only while it was made from that very text.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from consult.core.terms import TranslationState

Direction = Literal["ltr", "rtl"]

_RTL_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})
_RTL_LANGUAGES = frozenset(
    {
        "ar",
        "arc",
        "arz",
        "azb",
        "bal",
        "bqi",
        "ckb",
        "dv",
        "fa",
        "glk",
        "he",
        "iw",
        "ji",
        "khw",
        "ks",
        "lrc",
        "mzn",
        "nqo",
        "pnb",
        "ps",
        "sd",
        "sdh",
        "skr",
        "syr",
        "ug",
        "ur",
        "yi",
    }
)
_HANT_REGIONS = frozenset({"tw", "hk", "mo"})
_TRUST = tuple(TranslationState)  # from machine up to reviewed


@dataclass(frozen=True, slots=True)
class Version:
    """A translation that could be shown: its language, how far it is reviewed, and what it was made from."""

    language: str
    state: TranslationState
    source_text_id: int
    text_id: int


def direction(tag: str) -> Direction:
    """How a text in this language runs; a script in the tag decides before the language does."""
    script = _script(tag)
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if _primary(tag) in _RTL_LANGUAGES else "ltr"


def fallback(wanted: str, source: str, offered: Collection[str]) -> str:
    """The offered language nearest to the wanted one; the source where none is near.

    Another region will serve (fr for fr-CA); another script will not (zh-Hans is not offered for zh-Hant).
    """
    by_tag = {tag.lower(): tag for tag in sorted({*offered, source})}
    parts = _parts(wanted)
    for length in range(len(parts), 0, -1):
        near = by_tag.get("-".join(parts[:length]))
        if near and _written(near) == _written(wanted):
            return near
    alike = [tag for tag in by_tag.values() if _written(tag) == _written(wanted)]
    return alike[0] if alike else source


def outdated(source_text_id: int, clause_text_id: int) -> bool:
    """Whether the source has moved on since: by what was translated, never by date."""
    return source_text_id != clause_text_id


def standing(language: str, clause_text_id: int, versions: Iterable[Version]) -> Version | None:
    """The translation to show in this language, or None: then the original itself is shown.

    One that is up to date goes before one that is outdated, and then the one reviewed furthest.
    """
    there = [version for version in versions if version.language == language]
    if not there:
        return None
    return max(
        there,
        key=lambda made: (
            not outdated(made.source_text_id, clause_text_id),
            _TRUST.index(made.state),
            made.text_id,
        ),
    )


def _parts(tag: str) -> list[str]:
    return tag.replace("_", "-").lower().split("-")


def _primary(tag: str) -> str:
    return _parts(tag)[0]


def _script(tag: str) -> str | None:
    return next((part for part in _parts(tag)[1:] if len(part) == 4 and part.isalpha()), None)


def _written(tag: str) -> tuple[str, str]:
    """The language and the script in which it is written, as far as the tag says or implies."""
    script = _script(tag)
    if script is None and _primary(tag) == "zh":
        script = "hant" if _HANT_REGIONS & set(_parts(tag)) else "hans"
    return _primary(tag), script or ""
