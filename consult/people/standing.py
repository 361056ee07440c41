"""Does she still hold the office that her request began with? Asked again once it has waited for its locks."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import RoleKind
from consult.people.models import Role
from consult.people.refusals_roles import DutyOver


def refuse_unduty(session: Session, actor: Actor, consultation_id: int) -> None:
    """Refuses who moderated here when her request began, and meanwhile, while it waited for others, does so no more.

    Called after the consultation's row is locked, by every act of its moderators.
    """
    stands = select(Role.id).where(
        Role.person_id == actor.person_id,
        Role.kind == RoleKind.MODERATOR,
        Role.until.is_(None),
        or_(Role.consultation_id.is_(None), Role.consultation_id == consultation_id),
    )
    if session.scalar(stands.limit(1)) is None:
        raise DutyOver
