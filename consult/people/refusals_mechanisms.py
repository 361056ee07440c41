"""What is refused where circles of organisations are named, and how it is said."""

from dataclasses import dataclass

from flask_babel import gettext

from consult.refusals import Refusal, sentence


@dataclass
class MechanismStands(Refusal):
    """There is one with this name."""

    name: str


@dataclass
class NoSuchOrganisation(Refusal):
    """No organisation, or several, are called so."""

    words: str


@sentence(MechanismStands)
def mechanism_stands(no: MechanismStands) -> str:
    return gettext(
        "There is a mechanism called %(name)s already. Choose it, or give another name.", name=no.name
    )


@sentence(NoSuchOrganisation)
def no_such_organisation(no: NoSuchOrganisation) -> str:
    return gettext(
        "No organisation in the list is called “%(words)s”, or several are. Write its name as the list does, or the end of its address.",
        words=no.words,
    )
