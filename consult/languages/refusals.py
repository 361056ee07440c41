"""What is refused about words, and how it is said."""

from dataclasses import dataclass

from flask_babel import gettext

from consult.refusals import Refusal, sentence


@dataclass(unsafe_hash=True)
class RedactedAlready(Refusal):
    """The words are gone since before."""


@dataclass(unsafe_hash=True)
class RedactionReasonMissing(Refusal):
    """Words are taken out for a reason that everybody may read."""


@sentence(RedactedAlready)
def redacted_already(_no: RedactedAlready) -> str:
    return gettext("These words were taken out before. Load the page again to see it.")


@sentence(RedactionReasonMissing)
def redaction_reason_missing(_no: RedactionReasonMissing) -> str:
    return gettext(
        "Say in a sentence why the words are taken out, without repeating them; readers will see it."
    )
