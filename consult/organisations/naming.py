"""What is this organisation called for this reader, and what a consultation that lies in a room above?"""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.names import Name, called
from consult.people.models import Organisation, OrganisationWords

ConsultationNamed = Callable[[Session, int, str], Name]

consultation_named: list[ConsultationNamed] = []
"""Names a consultation by its id for a reader; create_app puts the answer of the room here that knows it."""


def organisation_named(session: Session, found: Organisation, language: str) -> Name:
    """The name of an organisation in the reader's language, else the one that it gave itself."""
    rows = session.execute(
        select(OrganisationWords.language, OrganisationWords.name).where(
            OrganisationWords.organisation_id == found.id, OrganisationWords.name != ""
        )
    )
    others = [Name(row[0], row[1]) for row in rows]
    return called(Name(found.name_language, found.name), others, language)


def title_of(session: Session, consultation_id: int | None, language: str) -> Name | None:
    """The title of a consultation, where an invitation is for one."""
    if consultation_id is None or not consultation_named:
        return None
    return consultation_named[0](session, consultation_id, language)
