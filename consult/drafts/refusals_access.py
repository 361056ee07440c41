"""What is refused where it is chosen who may read and speak, and how it is said."""

from dataclasses import dataclass

from flask_babel import gettext

from consult.refusals import Refusal, sentence


@dataclass(unsafe_hash=True)
class AccessIsSettled(Refusal):
    """A draft is published: who was promised to be heard, or to be among themselves, can rely on it."""


@dataclass(unsafe_hash=True)
class NotRestricted(Refusal):
    """Everybody can read it already."""


@dataclass(unsafe_hash=True)
class NoMechanism(Refusal):
    """Neither chosen nor named."""


@sentence(AccessIsSettled)
def access_is_settled(_no: AccessIsSettled) -> str:
    return gettext(
        "A draft is published, so this can no longer be changed. A restricted consultation can still be opened to all readers."
    )


@sentence(NotRestricted)
def not_restricted(_no: NotRestricted) -> str:
    return gettext("Everybody can read this consultation already.")


@sentence(NoMechanism)
def no_mechanism(_no: NoMechanism) -> str:
    return gettext("Choose a mechanism, or name a new one.")


@dataclass(unsafe_hash=True)
class LanguageNeeded(Refusal):
    """A translator translates into a language."""


@sentence(LanguageNeeded)
def language_needed(_no: LanguageNeeded) -> str:
    return gettext("Choose the language into which this person translates.")


@dataclass(unsafe_hash=True)
class NotOfTheTeam(Refusal):
    """A role is handed to who agreed to serve here already; of others it is not even said whether they have accounts."""

    email: str


@sentence(NotOfTheTeam)
def not_of_the_team(no: NotOfTheTeam) -> str:
    return gettext(
        "Nobody who serves here has the address %(email)s. Invite this person first; once she has accepted, hand the role over.",
        email=no.email,
    )
