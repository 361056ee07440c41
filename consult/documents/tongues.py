"""In which language is a text written? A guess for the moderator to confirm."""

import py3langid

ENOUGH = 4000


def language_of(words: str) -> str:
    """Empty where there is nothing to go by."""
    sample = words[:ENOUGH]
    return str(py3langid.classify(sample)[0]) if any(map(str.isalpha, sample)) else ""
