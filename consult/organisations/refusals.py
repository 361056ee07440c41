"""What the organisations room refuses, and how it says so."""

from dataclasses import dataclass

from flask_babel import gettext, ngettext

from consult.core.terms import OrganisationState
from consult.refusals import Refusal, sentence
from consult.web.labels import label


@dataclass(unsafe_hash=True)
class MovedTo(Refusal):
    """This organisation was merged into another: whoever reads is led on, whoever acts is told."""

    slug: str
    name: str


@dataclass(unsafe_hash=True)
class ProposalDecided(Refusal):
    """Another administrator was faster."""

    state: OrganisationState


@dataclass(unsafe_hash=True)
class TooManyProposals(Refusal):
    """So many of her proposals wait for an answer already."""

    most: int


@dataclass(unsafe_hash=True)
class ChangedMeanwhile(Refusal):
    """The organisation is not in the state that the act asks for: somebody else was faster, or it was done already."""

    name: str
    state: OrganisationState
    is_accredited: bool


@dataclass(unsafe_hash=True)
class NameUnchanged(Refusal):
    """The new name is the old one."""


@dataclass(unsafe_hash=True)
class MergedIntoItself(Refusal):
    """An organisation is merged into another one."""


@dataclass(unsafe_hash=True)
class NoSuchOrganisation(Refusal):
    """The other organisation is not in the list."""


@dataclass(unsafe_hash=True)
class OwnNameElsewhere(Refusal):
    """A head writes names in other languages; the organisation's own name is changed by administrators."""


@dataclass(unsafe_hash=True)
class UnreadableMandate(Refusal):
    """The file is no PDF, no picture and no Word document."""


@dataclass(unsafe_hash=True)
class MandateTooLarge(Refusal):
    """The file is larger than mandates may be."""

    most_mb: int


@dataclass(unsafe_hash=True)
class TooManyMandates(Refusal):
    """So many letters lie there already."""

    most: int


@sentence(MovedTo)
def moved_to(no: MovedTo) -> str:
    return gettext(
        "This organisation was merged into %(organisation)s. Go to the page of that one.",
        organisation=no.name,
    )


@sentence(ProposalDecided)
def proposal_decided(no: ProposalDecided) -> str:
    if no.state is OrganisationState.DECLINED:
        return gettext("Somebody else has declined this proposal meanwhile. Nothing was changed by you.")
    return gettext(
        "Somebody else has entered this organisation meanwhile. Nothing was changed by you; go to its page."
    )


@sentence(TooManyProposals)
def too_many_proposals(no: TooManyProposals) -> str:
    return ngettext(
        "One proposal of yours waits for an answer. Wait until it is decided before you make another.",
        "%(num)d proposals of yours wait for an answer. Wait until one is decided before you make another.",
        no.most,
    )


@sentence(ChangedMeanwhile)
def changed_meanwhile(no: ChangedMeanwhile) -> str:
    if no.state is not OrganisationState.LISTED:
        return gettext(
            "%(organisation)s now stands as: %(state)s. This cannot be done with it; load the page again.",
            organisation=no.name,
            state=label(no.state),
        )
    if no.is_accredited:
        return gettext(
            "%(organisation)s is listed and accredited already. Load the page again to see what was done.",
            organisation=no.name,
        )
    return gettext(
        "%(organisation)s is listed and not accredited already. Load the page again to see what was done.",
        organisation=no.name,
    )


@sentence(NameUnchanged)
def name_unchanged(_no: NameUnchanged) -> str:
    return gettext("This is its name already. Enter the new name, or leave it as it is.")


@sentence(MergedIntoItself)
def merged_into_itself(_no: MergedIntoItself) -> str:
    return gettext("An organisation cannot be merged into itself. Choose the other one.")


@sentence(NoSuchOrganisation)
def no_such_organisation(_no: NoSuchOrganisation) -> str:
    return gettext(
        "No listed organisation is called so. Choose one from the list, by the end of its address."
    )


@sentence(OwnNameElsewhere)
def own_name_elsewhere(_no: OwnNameElsewhere) -> str:
    return gettext(
        "This is the language of its own name, which administrators change, with reasons. Ask them to rename it."
    )


@sentence(UnreadableMandate)
def unreadable_mandate(_no: UnreadableMandate) -> str:
    return gettext(
        "The file is no PDF, no picture (PNG, JPEG, WebP) and no Word document without macros. Choose another file."
    )


@sentence(MandateTooLarge)
def mandate_too_large(no: MandateTooLarge) -> str:
    return gettext("The file is larger than %(most)d MB. Choose a smaller one.", most=no.most_mb)


@sentence(TooManyMandates)
def too_many_mandates(no: TooManyMandates) -> str:
    return ngettext(
        "One letter lies here already, as many as are kept. Ask the administrators if another must be seen.",
        "%(num)d letters lie here already, as many as are kept. Ask the administrators if another must be seen.",
        no.most,
    )
