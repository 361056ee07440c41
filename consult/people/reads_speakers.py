"""Whose voice is this? Organisations by their names, individuals under their pseudonyms, and whose positions count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from consult.core.names import Name, called
from consult.core.terms import OrganisationState, StakeholderGroup
from consult.people.models import Accreditation, Organisation, OrganisationWords, Person, Voice


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice as pages name it: an organisation, or an individual under a pseudonym (group None)."""

    voice_id: int
    name: str
    name_language: str
    group: StakeholderGroup | None
    country: str | None
    slug: str | None
    is_accredited: bool
    organisation_id: int | None = None
    names: tuple[Name, ...] = ()

    @property
    def own_name(self) -> Name:
        return Name(self.name_language, self.name)

    def called(self, language: str) -> Name:
        """What a reader of this language calls it: its name there, else the one it gave itself."""
        return called(self.own_name, self.names, language)


def speakers(session: Session, voice_ids: Iterable[int]) -> dict[int, Speaker]:
    """The voices by id, each with its names in all languages, in two queries."""
    ids = set(voice_ids)
    if not ids:
        return {}
    rows = session.execute(
        select(Voice.id, Organisation, Person.pseudonym, accredited())
        .select_from(Voice)
        .outerjoin(Organisation, Organisation.id == Voice.organisation_id)
        .outerjoin(Person, Person.id == Voice.person_id)
        .where(Voice.id.in_(ids))
    ).all()
    names = names_of(session, [row[1].id for row in rows if row[1] is not None])
    return {
        row[0]: _speaker(row[0], row[1], row[2], bool(row[3]), names.get(row[1].id, ()) if row[1] else ())
        for row in rows
    }


def names_of(session: Session, organisation_ids: Sequence[int]) -> dict[int, tuple[Name, ...]]:
    """What these organisations are called in other languages than their own."""
    if not organisation_ids:
        return {}
    rows = session.execute(
        select(OrganisationWords.organisation_id, OrganisationWords.language, OrganisationWords.name)
        .where(OrganisationWords.organisation_id.in_(organisation_ids), OrganisationWords.name != "")
        .order_by(OrganisationWords.language)
    ).all()
    found: dict[int, tuple[Name, ...]] = {}
    for organisation_id, language, name in rows:
        found[organisation_id] = (*found.get(organisation_id, ()), Name(language, name))
    return found


def accredited_voices(session: Session) -> dict[int, StakeholderGroup]:
    """The voices whose positions count, with their groups."""
    rows = session.execute(
        select(Voice.id, Organisation.stakeholder_group, accredited())
        .select_from(Voice)
        .join(Organisation, Organisation.id == Voice.organisation_id)
        .where(Organisation.state == OrganisationState.LISTED)
    ).all()
    return {row[0]: row[1] for row in rows if row[2]}


def accredited_groups(session: Session, organisation_ids: Sequence[int]) -> dict[int, StakeholderGroup]:
    """The stakeholder groups of those of these organisations that are accredited."""
    rows = session.execute(
        select(Organisation.id, Organisation.stakeholder_group, accredited()).where(
            Organisation.id.in_(organisation_ids)
        )
    ).all()
    return {row[0]: row[1] for row in rows if row[2]}


def organisations(session: Session) -> tuple[Speaker, ...]:
    """All organisations that are listed, by name."""
    rows = session.execute(
        select(Voice.id, Organisation, accredited())
        .select_from(Voice)
        .join(Organisation, Organisation.id == Voice.organisation_id)
        .where(Organisation.state == OrganisationState.LISTED)
        .order_by(Organisation.name)
    ).all()
    names = names_of(session, [row[1].id for row in rows])
    return tuple(_speaker(row[0], row[1], "", bool(row[2]), names.get(row[1].id, ())) for row in rows)


def accredited() -> ColumnElement[bool | None]:
    """Whether the newest word on an organisation's accreditation is yes: a column of a query on organisations."""
    newest = (
        select(func.max(Accreditation.id))
        .where(Accreditation.organisation_id == Organisation.id)
        .correlate(Organisation)
        .scalar_subquery()
    )
    return (
        select(Accreditation.is_accredited)
        .where(Accreditation.id == newest)
        .scalar_subquery()
        .label("accredited")
    )


def _speaker(
    voice_id: int,
    organisation: Organisation | None,
    pseudonym: str,
    is_accredited: bool,
    names: tuple[Name, ...] = (),
) -> Speaker:
    if organisation is None:
        return Speaker(voice_id, pseudonym, "und", None, None, None, False)
    return Speaker(
        voice_id,
        organisation.name,
        organisation.name_language,
        organisation.stakeholder_group,
        organisation.country,
        organisation.slug,
        is_accredited,
        organisation.id,
        names,
    )


def voices_of(session: Session, organisation_ids: Sequence[int]) -> tuple[int, ...]:
    """The voices of these organisations, in their order."""
    query = select(Voice.organisation_id, Voice.id).where(Voice.organisation_id.in_(organisation_ids))
    found = {row[0]: row[1] for row in session.execute(query)}
    return tuple(found[one] for one in organisation_ids)
