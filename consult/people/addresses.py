"""Whose is this e-mail address? One account's: whoever comes second, be it in the same instant, is refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult.people.models import Person
from consult.people.refusals import EmailTaken


def refuse_taken(session: Session, email: str) -> None:
    """Refuses an address that an account has."""
    if session.scalar(select(Person.id).where(Person.email == email)) is not None:
        raise EmailTaken(email)


@contextmanager
def taking(session: Session, email: str) -> Iterator[None]:
    """Within the block an account takes this address."""
    refuse_taken(session, email)
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise EmailTaken(email) from error
