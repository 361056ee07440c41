"""When are two names spelled alike? Case, accents, Arabic alef and ya, and punctuation are folded away; letters are not."""

import unicodedata
from functools import lru_cache

MARKS = frozenset({1, 202, 214, 216, 218, 220, 222, 224, 226, 228, 230, 232, 233, 234, 240, *range(10, 37)})
LETTERS = str.maketrans(
    {
        **{"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"},
        **{"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None},
    }
)
ARTICLE, SHORTEST = "ال", 3
JOINERS = "\u200c\u200d"  # Persian and Indic spelling needs them


def tidy(name: str) -> str:
    """A name as it is kept: one line, without what is unseen and could turn the words around it."""
    kept = (
        sign if unicodedata.category(sign)[0] != "C" or sign in JOINERS else " "
        for sign in unicodedata.normalize("NFC", name)
    )
    return " ".join("".join(kept).split())


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """The form in which names are sought. Vowel signs that are letters of their script (Indic, Thai) stay."""
    parted = unicodedata.normalize("NFKD", name).casefold()
    unmarked = "".join(sign for sign in parted if unicodedata.combining(sign) not in MARKS)
    lettered = unicodedata.normalize("NFC", unmarked.translate(LETTERS))
    kept = (
        sign if unicodedata.category(sign)[0] in "LMN" else " "
        for sign in lettered
        if unicodedata.category(sign) != "Cf"
    )
    return " ".join("".join(kept).split())


def sought(words: str) -> tuple[str, ...]:
    """The folded words of a search, each without the Arabic article, which some write and some leave."""
    return tuple(_bare(word) for word in folded(words).split())


def _bare(word: str) -> str:
    return word[len(ARTICLE) :] if word.startswith(ARTICLE) and len(word) >= len(ARTICLE) + SHORTEST else word
