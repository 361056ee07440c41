"""Does her name stand in public? Rooms above know where they show it; they answer here."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.people.models import Role

shows_name: list[Callable[[Session, int], bool]] = []
"""Whether a room shows this person's name to everybody; create_app puts the answers of the rooms here that do."""


def is_shown(session: Session, person_id: int) -> bool:
    """With a role, which is public, or where a room above says so."""
    serves = select(Role.id).where(Role.person_id == person_id, Role.until.is_(None)).limit(1)
    return session.scalar(serves) is not None or any(shows(session, person_id) for shows in shows_name)
