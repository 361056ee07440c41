"""Under which mechanism are talks held, and which mechanisms are there?"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core.names import called
from consult.drafts.models import Convened, RequiredGroup
from consult.drafts.reads import Consulted
from consult.organisations.reads_directory import listing_of, listings
from consult.people.models import Mechanism, MechanismMember, Organisation
from consult.people.reads import Speaker, speakers, voices_of
from consult.people.refusals_mechanisms import NoSuchOrganisation
from consult.record.reads import chain_head
from consult.refusals import NotThere


@dataclass(frozen=True, slots=True)
class Circle:
    """A mechanism and how many belong to it."""

    slug: str
    name: str
    name_language: str
    member_count: int


def circles(session: Session) -> tuple[Circle, ...]:
    """All mechanisms, by name. One query."""
    rows = session.execute(
        select(Mechanism, func.count(MechanismMember.id))
        .outerjoin(MechanismMember, MechanismMember.mechanism_id == Mechanism.id)
        .group_by(Mechanism.id)
        .order_by(Mechanism.name)
    )
    return tuple(Circle(row.slug, row.name, row.name_language, count) for row, count in rows)


def mechanism_row(session: Session, slug: str) -> Mechanism:
    """The mechanism with this slug, for acts."""
    found = session.scalar(select(Mechanism).where(Mechanism.slug == slug))
    if found is None:
        raise NotThere
    return found


def members(session: Session, mechanism: Mechanism) -> tuple[Speaker, ...]:
    """The organisations that belong to it, in the order of their coming."""
    ids = session.scalars(
        select(MechanismMember.organisation_id)
        .where(MechanismMember.mechanism_id == mechanism.id)
        .order_by(MechanismMember.id)
    ).all()
    voices = voices_of(session, ids)
    named = speakers(session, voices)
    return tuple(named[one] for one in voices)


def convened_by(session: Session, consulted: Consulted) -> Mechanism | None:
    """The mechanism under which these talks are held."""
    return session.scalar(
        select(Mechanism)
        .join(Convened, Convened.mechanism_id == Mechanism.id)
        .where(Convened.consultation_id == consulted.id)
    )


def organisations_called(session: Session, several: Sequence[str]) -> list[Organisation]:
    """The organisations that these words name, each by a name that no other has or by the end of its address."""
    found = []
    for words in several:
        listing = listing_of(session, words)
        if listing is None:
            raise NoSuchOrganisation(words)
        found.append(session.get_one(Organisation, listing.id))
    return found


def listed_names(session: Session, language: str) -> tuple[str, ...]:
    """What all organisations are called by readers of this language, to be offered while one types."""
    listed = listings(session, chain_head(session, None)[1])
    return tuple(sorted(called(one.own_name, one.names, language).words for one in listed))


def named_groups(session: Session, consulted: Consulted) -> list[str]:
    """The groups that were named as required; none where the roster decides."""
    query = select(RequiredGroup.stakeholder_group).where(RequiredGroup.consultation_id == consulted.id)
    return [group.value for group in session.scalars(query)]
