"""What is an organisation called in addresses? By the Latin words of a name, else by a token; never a page's own word."""

import re
import secrets
from collections.abc import Callable, Sequence

from consult.organisations.folding import folded

LONGEST, SHORTEST = 60, 4
RESERVED = frozenset({"new", "proposals", "invitations", "requests", "mine", "list", "search"})


def a_token() -> str:
    """A name that nothing can be read from, for as long as nobody may know of the organisation."""
    return "o-" + secrets.token_hex(6)


def a_slug(names: Sequence[str], is_taken: Callable[[str], bool]) -> str:
    """The first name that has Latin words, numbered where another has it; a token where none has."""
    for name in names:
        words = re.findall("[a-z0-9]+", folded(name)) if _is_latin(name) else []
        slug = "-".join(words)[:LONGEST].strip("-")
        if len(slug) >= SHORTEST:
            return _untaken(slug, is_taken)
    return a_token()


def _untaken(slug: str, is_taken: Callable[[str], bool]) -> str:
    number, tried = 1, slug
    while tried in RESERVED or is_taken(tried):
        number += 1
        tried = f"{slug}-{number}"
    return tried


def _is_latin(name: str) -> bool:
    letters = [sign for sign in folded(name) if sign.isalpha()]
    return bool(letters) and sum(sign.isascii() for sign in letters) > len(letters) / 2
