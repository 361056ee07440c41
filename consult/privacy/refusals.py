"""What is refused about one's own data and one's leaving, and how it is said."""

from dataclasses import dataclass

from flask_babel import gettext

from consult.refusals import Refusal, sentence


@dataclass(unsafe_hash=True)
class NotConfirmed(Refusal):
    """It must be sure that it is she who asks."""


@dataclass(unsafe_hash=True)
class PseudonymMistyped(Refusal):
    """Leaving is asked for by typing one's pseudonym."""

    pseudonym: str


@dataclass(unsafe_hash=True)
class StillNeeded(Refusal):
    """A delegation or a consultation would be left without its head."""


@sentence(NotConfirmed)
def not_confirmed(_no: NotConfirmed) -> str:
    return gettext("Prove first that it is you; then type your pseudonym again within ten minutes.")


@sentence(PseudonymMistyped)
def pseudonym_mistyped(no: PseudonymMistyped) -> str:
    return gettext("Type your pseudonym, %(pseudonym)s, to say that you mean it.", pseudonym=no.pseudonym)


@sentence(StillNeeded)
def still_needed(_no: StillNeeded) -> str:
    return gettext("Somebody must take over from you first. What is to be handed over stands on this page.")
