"""What do administrators do with an organisation? Accredit it or end that, rename, place, disable, restore: in view."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import OrganisationState, StakeholderGroup
from consult.organisations.administering import administered, end_accreditation, is_accredited_now, unseated
from consult.organisations.folding import tidy
from consult.organisations.refusals import ChangedMeanwhile, NameUnchanged
from consult.people.acts import accredit_organisation
from consult.people.models import Organisation, OrganisationWords
from consult.record.acts import note

LISTED, DISABLED = OrganisationState.LISTED, OrganisationState.DISABLED


def accredit(
    session: Session, actor: Actor, organisation_id: int, *, is_accredited: bool, reason: str
) -> Organisation:
    """Says that its positions count from now on, or no longer do."""
    organisation = administered(session, actor, organisation_id, {LISTED})
    if is_accredited_now(session, organisation_id) is is_accredited:
        raise ChangedMeanwhile(organisation.name, organisation.state, is_accredited)
    accredit_organisation(session, unseated(actor), organisation, is_accredited=is_accredited, reason=reason)
    return organisation


def rename(
    session: Session, actor: Actor, organisation_id: int, name: str, language: str, reason: str
) -> Organisation:
    """Gives it another name of its own; the old one stays in the record, and finds it in the list."""
    organisation = administered(session, actor, organisation_id, {LISTED, DISABLED})
    was, now = organisation.name, tidy(name)
    if (was, organisation.name_language) == (now, language):
        raise NameUnchanged
    organisation.name, organisation.name_language = now, language
    session.execute(
        update(OrganisationWords)
        .where(OrganisationWords.organisation_id == organisation_id, OrganisationWords.language == language)
        .values(name="")
    )
    facts = {"was": was, "organisation": now, "language": language}
    note(
        session,
        unseated(actor),
        "organisation.renamed",
        organisation,
        within=None,
        disclosed={"reason": reason},
        **facts,
    )
    return organisation


def place_organisation(
    session: Session, actor: Actor, organisation_id: int, group: StakeholderGroup, country: str, reason: str
) -> Organisation:
    """Puts it into another stakeholder group or country; its positions count there from now on."""
    organisation = administered(session, actor, organisation_id, {LISTED, DISABLED})
    was = (organisation.stakeholder_group, organisation.country)
    if was == (group, country):
        return organisation
    organisation.stakeholder_group, organisation.country = group, country
    note(
        session,
        unseated(actor),
        "organisation.placed",
        organisation,
        within=None,
        disclosed={"reason": reason},
        organisation=organisation.name,
        group=group,
        country=country,
        was_group=was[0],
        was_country=was[1],
    )
    return organisation


def disable_organisation(session: Session, actor: Actor, organisation_id: int, reason: str) -> Organisation:
    """Takes it out of the list: its seats rest and its accreditation ends. What it said stays."""
    organisation = administered(session, actor, organisation_id, {LISTED})
    end_accreditation(session, actor, organisation, reason)
    organisation.state = DISABLED
    _note_state(session, actor, "organisation.disabled", organisation, reason)
    return organisation


def restore_organisation(session: Session, actor: Actor, organisation_id: int, reason: str) -> Organisation:
    """Puts it back into the list, its seats with it. Its accreditation does not come back by itself."""
    organisation = administered(session, actor, organisation_id, {DISABLED})
    organisation.state = LISTED
    _note_state(session, actor, "organisation.restored", organisation, reason)
    return organisation


def _note_state(session: Session, actor: Actor, act: str, organisation: Organisation, reason: str) -> None:
    note(
        session,
        unseated(actor),
        act,
        organisation,
        within=None,
        disclosed={"reason": reason},
        organisation=organisation.name,
    )
