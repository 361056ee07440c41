"""Which language is meant? A BCP 47 tag, or the language's name as its speakers or the reader call it."""

import re
from functools import cache

from babel import Locale, localedata

TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|\d{3}))?(?P<rest>(-[a-z0-9]{5,8})*)",
    re.IGNORECASE,
)


def language_tag(words: str, reader: str) -> str | None:
    """The tag, in its usual spelling; None where no language is known by these words."""
    given = words.strip().replace("_", "-")
    match = TAG.fullmatch(given)
    if match and match["language"].lower() in _named("en"):
        parts = [match["language"].lower()]
        parts += [match["script"].title()] if match["script"] else []
        parts += [match["region"].upper()] if match["region"] else []
        return "-".join(parts) + match["rest"].lower()
    return _by_name(reader).get(given.casefold()) or _by_name("en").get(given.casefold())


@cache
def languages(reader: str) -> tuple[tuple[str, str], ...]:
    """The languages that CLDR has words of, by their names for this reader; for those who choose from a list."""
    named = _named(reader)
    tags = {one.partition("_")[0] for one in localedata.locale_identifiers()} - {"root"}
    found = {tag: named[tag] for tag in tags if tag in named}
    found |= {
        tag: named[tag.replace("-", "_")] for tag in ("zh-Hans", "zh-Hant") if tag.replace("-", "_") in named
    }
    return tuple(sorted(found.items(), key=lambda one: one[1].casefold()))


def _named(reader: str) -> dict[str, str]:
    return dict(Locale.parse(reader).languages)


@cache
def _by_name(reader: str) -> dict[str, str]:
    found = {name.casefold(): tag.replace("_", "-") for tag, name in _named(reader).items()}
    for tag, _ in languages(reader):
        own = Locale.parse(tag.replace("-", "_"), resolve_likely_subtags=True).get_language_name(
            tag.replace("-", "_")
        )
        if own:
            found.setdefault(own.casefold(), tag)
    return found
