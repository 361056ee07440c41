"""What is an organisation called in other languages, how does it describe itself, and where is its website?"""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import OrganisationState
from consult.organisations.acts import NewWords
from consult.organisations.folding import tidy
from consult.organisations.policy import may_describe
from consult.organisations.reads_standing import hand
from consult.organisations.refusals import OwnNameElsewhere
from consult.people.models import Organisation, OrganisationWords
from consult.record.acts import journal, note
from consult.refusals import NotThere


def describe_organisation(session: Session, actor: Actor, organisation_id: int, new: NewWords) -> None:
    """Keeps its name and description in one language; blank words take that language away."""
    organisation = _described(session, actor, organisation_id)
    name = tidy(new.name)
    if new.language == organisation.name_language and name:
        raise OwnNameElsewhere
    words = session.scalar(
        select(OrganisationWords).where(
            OrganisationWords.organisation_id == organisation_id, OrganisationWords.language == new.language
        )
    )
    was = (words.name, words.description) if words else ("", "")
    if was == (name, new.description):
        return
    if not name and not new.description:
        session.delete(words)
    elif words is None:
        facts = {"language": new.language, "name": name, "description": new.description}
        session.add(OrganisationWords(organisation_id=organisation_id, **facts))
    else:
        words.name, words.description = name, new.description
    by = _speaking(actor, organisation_id)
    if organisation.state is OrganisationState.PROPOSED:
        journal(session, by, "organisation.described", organisation_id=organisation_id)
        return
    note(
        session,
        by,
        "organisation.described",
        organisation,
        within=None,
        disclosed={"description": new.description} if new.description else None,
        organisation=organisation.name,
        language=new.language,
        name=name,
    )


def choose_website(session: Session, actor: Actor, organisation_id: int, address: str) -> None:
    """Keeps the address of its website; blank for none."""
    organisation = _described(session, actor, organisation_id)
    if organisation.website == address:
        return
    organisation.website = address
    by = _speaking(actor, organisation_id)
    if organisation.state is OrganisationState.PROPOSED:
        journal(session, by, "organisation.website_chosen", organisation_id=organisation_id)
        return
    note(
        session,
        by,
        "organisation.website_chosen",
        organisation,
        within=None,
        organisation=organisation.name,
        website=address,
    )


def _described(session: Session, actor: Actor, organisation_id: int) -> Organisation:
    organisation = session.get_one(
        Organisation, organisation_id, with_for_update=True, populate_existing=True
    )
    if not may_describe(organisation.state, **hand(session, actor, organisation_id)):
        raise NotThere
    return organisation


def _speaking(actor: Actor, organisation_id: int) -> Actor:
    """The record names the organisation where its head acts, else the administrator's pseudonym; never another seat's."""
    place = next((one for one in actor.places if one.organisation_id == organisation_id), None)
    return replace(actor, place=place)
