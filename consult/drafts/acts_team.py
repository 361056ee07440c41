"""Who is asked to serve in a consultation? Everybody by letter: nobody is named beside her pseudonym before she agrees.

Who asks learns from neither page nor time whether an address has an account.
"""

from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import RoleKind
from consult.drafts.models import Consultation
from consult.drafts.reads_team import member_of_email
from consult.drafts.refusals_access import LanguageNeeded, NotOfTheTeam
from consult.organisations.acts_invitations import NewInvitation, invite
from consult.organisations.models import Invitation
from consult.people.acts_roles import end_role, hand_over_role
from consult.people.models import Role
from consult.people.policy import may_give_role
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
) -> Invitation:
    """Invites who has this address into a role for this consultation; it is given when she accepts."""
    if kind is RoleKind.TRANSLATOR and language is None:
        raise LanguageNeeded
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
    """Gives a role on to somebody of the team with this address: she agreed to serve, and no moment is without a chair."""
    if not may_give_role(actor, role.kind, role.consultation_id):
        raise NotThere  # before anything is looked up: who may not give it learns of nobody's account
    heir = member_of_email(session, role.consultation_id, email)
    if heir is None:
        raise NotOfTheTeam(email)
    return hand_over_role(session, actor, role, heir)
