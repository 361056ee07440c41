"""May she, is it so, and under which name? What every act of an administrator on an organisation asks first."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import OrganisationState
from consult.organisations.refusals import ChangedMeanwhile
from consult.people.acts import accredit_organisation
from consult.people.models import Accreditation, Organisation
from consult.people.policy import may_accredit
from consult.refusals import NotThere


def administered(
    session: Session, actor: Actor, organisation_id: int, states: Collection[OrganisationState]
) -> Organisation:
    """The organisation, locked, for an administrator, in one of these states; else what was asked is refused."""
    if not may_accredit(actor):
        raise NotThere
    organisation = session.get_one(
        Organisation, organisation_id, with_for_update=True, populate_existing=True
    )
    if organisation.state not in states:
        raise ChangedMeanwhile(
            organisation.name, organisation.state, is_accredited_now(session, organisation_id)
        )
    return organisation


def end_accreditation(session: Session, actor: Actor, organisation: Organisation, reason: str) -> None:
    """Ends its accreditation, where it stands: part of a larger act."""
    if is_accredited_now(session, organisation.id):
        accredit_organisation(session, unseated(actor), organisation, is_accredited=False, reason=reason)


def unseated(actor: Actor) -> Actor:
    """Who administers acts under her own pseudonym, never in the name of an organisation where she sits."""
    return replace(actor, place=None)


def is_accredited_now(session: Session, organisation_id: int) -> bool:
    """Whether the newest word on it is yes."""
    newest = (
        select(Accreditation.is_accredited)
        .where(Accreditation.organisation_id == organisation_id)
        .order_by(Accreditation.id.desc())
    )
    return bool(session.scalar(newest.limit(1)))
