"""Who is asked to serve in a consultation? Whoever has an account is appointed at once; others are invited by letter."""

from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import RoleKind
from consult.drafts.models import Consultation
from consult.drafts.refusals_access import LanguageNeeded
from consult.organisations.acts_invitations import NewInvitation, invite
from consult.organisations.models import Invitation
from consult.people.acts_roles import end_role, give_role, hand_over_role
from consult.people.models import Role
from consult.people.policy import may_give_role
from consult.people.reads import person_of_email
from consult.people.refusals_roles import NobodyWithThisAddress
from consult.refusals import NotThere

__all__ = ["appoint", "end_role", "hand_over_chair"]


def appoint(
    session: Session,
    actor: Actor,
    consultation: Consultation,
    email: str,
    kind: RoleKind,
    language: str | None,
    name: str,
    spoken: str,
) -> Role | Invitation:
    """Gives a role for this consultation to who has this address, or invites her into it."""
    if kind is RoleKind.TRANSLATOR and language is None:
        raise LanguageNeeded
    person = person_of_email(session, email)
    if person is not None:
        return give_role(session, actor, person, kind, consultation_id=consultation.id, language=language)
    return invite(
        session,
        actor,
        NewInvitation(
            email=email,
            name=name,
            language=spoken,
            role_kind=kind,
            role_language=language,
            consultation_id=consultation.id,
        ),
    )


def hand_over_chair(session: Session, actor: Actor, role: Role, email: str) -> Role:
    """Gives a role on to who has this address; she must have an account, so that no moment is without a chair."""
    if not may_give_role(actor, role.kind, role.consultation_id):
        raise NotThere  # before anything is looked up: who may not give it learns of nobody's account
    heir = person_of_email(session, email)
    if heir is None:
        raise NobodyWithThisAddress(email)
    return hand_over_role(session, actor, role, heir)
