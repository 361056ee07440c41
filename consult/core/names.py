"""Which of its names is an organisation called by, for a reader of this language?"""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.core.languages import fallback


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called in a language."""

    language: str
    words: str


def called(own: Name, others: Sequence[Name], wanted: str) -> Name:
    """The name in the wanted language or one very near to it; where there is none, the one it gave itself."""
    tag = fallback(wanted, own.language, [one.language for one in others])
    return next((one for one in (own, *others) if one.language == tag), own)
