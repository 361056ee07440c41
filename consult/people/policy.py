"""Who may do what with organisations, seats and roles?"""

from consult.core.actors import SYSTEM, Actor
from consult.core.terms import RoleKind
from consult.people.models import Role


def may_accredit(actor: Actor) -> bool:
    """Administrators, and the program itself when it is set up."""
    return actor.is_administrator or actor == SYSTEM


def may_give_role(actor: Actor, kind: RoleKind, consultation_id: int | None) -> bool:
    """Administrators give every role; who moderates a consultation chooses whom she shares it with."""
    if may_accredit(actor):
        return True
    return (
        consultation_id is not None
        and kind is not RoleKind.ADMINISTRATOR
        and actor.moderates(consultation_id)
    )


def may_end_role(actor: Actor, role: Role) -> bool:
    """Who could give it, and whoever has it."""
    return may_give_role(actor, role.kind, role.consultation_id) or (
        actor.is_signed_in and actor.person_id == role.person_id
    )


def may_seat(actor: Actor, organisation_id: int) -> bool:
    """Administrators, and the heads of that very delegation."""
    return may_accredit(actor) or any(
        place.organisation_id == organisation_id and place.heads for place in actor.places
    )
