"""Whose account is being changed? Its row is locked: two codes sent at once are looked at one after the other.

One order everywhere, or two requests wait for each other for ever: the organisation, the person, and only then what
is hers or was sent to her (tickets, sign-ins, invitations).
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.people.models import Person
from consult.refusals import NotThere


def locked_person(session: Session, person_id: int | None) -> Person:
    """The account as it is now, locked to the end of the transaction; who left has none."""
    query = select(Person).where(Person.id == person_id, Person.erased_at.is_(None))
    person = session.scalar(query.with_for_update(key_share=True).execution_options(populate_existing=True))
    if person is None:
        raise NotThere
    return person
