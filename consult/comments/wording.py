"""Which amendment do these words make, and what is still missing before they can be sent?"""

from dataclasses import dataclass
from enum import StrEnum

from consult.core.terms import AmendmentKind, Stance
from consult.core.text import canonical

OFFERED = (AmendmentKind.REPLACE, AmendmentKind.DELETE, AmendmentKind.INSERT_AFTER)


class Lacking(StrEnum):
    """What must be mended; each is said at one field of the form."""

    LIFTING = "lifting"  # an objection without what would lift it
    CHANGES = "changes"  # support with changes, but with no change
    SAME_WORDS = "same_words"  # an amendment that amends nothing
    NO_WORDS = "no_words"  # an amendment without words
    WHOLE = "whole"  # an amendment of the whole draft


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody says of a clause; `read` is the very words of the clause that she read."""

    stance: Stance
    reasons: str
    chosen: AmendmentKind | None
    proposed: str | None
    read: str
    is_whole: bool = False


def amends(words: Wording) -> AmendmentKind | None:
    """The amendment that is chosen; without a choice, other words than the clause's ask to replace them."""
    if words.chosen is not None or words.is_whole:
        return words.chosen
    proposed = canonical(words.proposed or "").strip()
    return AmendmentKind.REPLACE if proposed and proposed != words.read.strip() else None


def lacking(words: Wording) -> tuple[Lacking, ...]:
    """Everything to mend, in the order of the form."""
    kind = amends(words)
    missing = []
    if words.is_whole and kind is not None:
        missing.append(Lacking.WHOLE)
    elif kind in (AmendmentKind.REPLACE, AmendmentKind.INSERT_AFTER):
        proposed = canonical(words.proposed or "").strip()
        if not proposed:
            missing.append(Lacking.NO_WORDS)
        elif proposed == words.read.strip():
            missing.append(Lacking.SAME_WORDS)
    if not words.reasons.strip():
        if words.stance is Stance.OBJECT:
            missing.append(Lacking.LIFTING)
        elif words.stance is Stance.SUPPORT_WITH_CHANGES and kind is None:
            missing.append(Lacking.CHANGES)
    return tuple(missing)
