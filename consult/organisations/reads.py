"""Who is this organisation? One door to all of them, and what its public page says of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.languages import Direction, direction
from consult.core.names import Name, called
from consult.core.terms import OrganisationState, StakeholderGroup
from consult.organisations.countries import Country, country
from consult.organisations.models import Merger, Proposal
from consult.organisations.refusals import MovedTo
from consult.organisations.websites import shown_host
from consult.people.models import Accreditation, Organisation, OrganisationWords, Person, Voice
from consult.record.reads import EntryLine, story_of
from consult.refusals import NotThere

UNLISTED = frozenset({OrganisationState.PROPOSED, OrganisationState.DECLINED})


@dataclass(frozen=True, slots=True)
class Description:
    """How an organisation describes itself, in a language."""

    language: str
    direction: Direction
    words: str


@dataclass(frozen=True, slots=True)
class AccreditationLine:
    """The newest word on whether its positions count: who gave it, under the lasting pseudonym, when and why."""

    is_accredited: bool
    at: datetime
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class OrganisationProfile:
    """Who an organisation is. `shown` is its name for this reader, `own_name` the one it gave itself."""

    id: int
    voice_id: int
    slug: str
    state: OrganisationState
    own_name: Name
    names: tuple[Name, ...]
    shown: Name
    description: Description | None
    group: StakeholderGroup
    country: Country
    website: str
    website_host: str
    is_accredited: bool
    accreditation: AccreditationLine | None
    since: datetime | None
    former_names: tuple[str, ...]
    story: tuple[EntryLine, ...]


def organisation(session: Session, actor: Actor, slug: str) -> Organisation:
    """The one door: the organisation with this slug, if this reader may know of it.

    One that is proposed or declined is there for its proposer and administrators only; one that was merged into
    another raises MovedTo, which leads readers on.
    """
    found = session.scalar(select(Organisation).where(Organisation.slug == slug))
    if found is None or (found.state in UNLISTED and not _knows(session, actor, found.id)):
        raise NotThere
    if found.state is OrganisationState.MERGED:
        last = _merged_into(session, found.id)
        raise MovedTo(last.slug, last.name)
    return found


def profile(session: Session, actor: Actor, slug: str, language: str) -> OrganisationProfile:
    """Who the organisation with this slug is, for a reader of this language. Passes the door; a fixed few queries."""
    found = organisation(session, actor, slug)
    words = words_of(session, found.id)
    own = Name(found.name_language, found.name)
    names = tuple(Name(one.language, one.name) for one in words if one.name)
    newest = _accreditation(session, found.id)
    story = story_of(session, None, "organisation", found.id)
    entered = next((one for one in story if one.act == "organisation.added"), None)
    return OrganisationProfile(
        id=found.id,
        voice_id=session.scalars(select(Voice.id).where(Voice.organisation_id == found.id)).one(),
        slug=found.slug,
        state=found.state,
        own_name=own,
        names=names,
        shown=called(own, names, language),
        description=_described(words, own, language),
        group=found.stakeholder_group,
        country=country(found.country),
        website=found.website,
        website_host=shown_host(found.website),
        is_accredited=newest is not None and newest.is_accredited,
        accreditation=newest,
        since=entered.at if entered else None,
        former_names=tuple(str(one.facts["was"]) for one in story if one.act == "organisation.renamed"),
        story=story,
    )


def words_of(session: Session, organisation_id: int) -> tuple[OrganisationWords, ...]:
    """Its names and self-descriptions, by language."""
    query = select(OrganisationWords).where(OrganisationWords.organisation_id == organisation_id)
    return tuple(session.scalars(query.order_by(OrganisationWords.language)))


def _described(words: tuple[OrganisationWords, ...], own: Name, language: str) -> Description | None:
    """The description nearest to the reader's language, else the one in its own, else whichever there is."""
    given = [Name(one.language, one.description) for one in words if one.description]
    if not given:
        return None
    first = next((one for one in given if one.language == own.language), given[0])
    best = called(first, given, language)
    return Description(best.language, direction(best.language), best.words)


def _accreditation(session: Session, organisation_id: int) -> AccreditationLine | None:
    row = session.execute(
        select(Accreditation, Person.pseudonym)
        .outerjoin(Person, Person.id == Accreditation.by_person_id)
        .where(Accreditation.organisation_id == organisation_id)
        .order_by(Accreditation.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return AccreditationLine(row[0].is_accredited, row[0].at, row[0].reason, row[1] or "system")


def _knows(session: Session, actor: Actor, organisation_id: int) -> bool:
    if actor.is_administrator:
        return True
    if actor.person_id is None:
        return False
    hers = select(Proposal.id).where(
        Proposal.organisation_id == organisation_id, Proposal.by_person_id == actor.person_id
    )
    return session.scalar(hers) is not None


def _merged_into(session: Session, organisation_id: int) -> Organisation:
    """Where it leads in the end: what it was merged into may have been merged itself."""
    target = select(Organisation).join(Merger, Merger.into_id == Organisation.id)
    found = session.scalars(target.where(Merger.organisation_id == organisation_id)).one()
    while found.state is OrganisationState.MERGED:
        found = session.scalars(target.where(Merger.organisation_id == found.id)).one()
    return found
