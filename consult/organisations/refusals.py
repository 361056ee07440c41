"""What the organisations room refuses, and how it says so."""

from dataclasses import dataclass

from flask_babel import gettext

from consult.refusals import Refusal, sentence


@dataclass
class MovedTo(Refusal):
    """This organisation was merged into another: whoever reads is led on, whoever acts is told."""

    slug: str
    name: str

    __hash__ = Refusal.__hash__


@sentence(MovedTo)
def moved_to(no: MovedTo) -> str:
    return gettext(
        "This organisation was merged into %(organisation)s. Go to the page of that one.",
        organisation=no.name,
    )
