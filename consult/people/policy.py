"""Who may do what with organisations, seats and roles?"""

from consult.core.actors import SYSTEM, Actor
from consult.core.terms import SeatKind


def may_accredit(actor: Actor) -> bool:
    """Administrators, and the program itself when it is set up."""
    return actor.is_administrator or actor == SYSTEM


def may_give_role(actor: Actor) -> bool:
    """Administrators, and the program itself when it is set up."""
    return actor.is_administrator or actor == SYSTEM


def may_seat(actor: Actor, organisation_id: int) -> bool:
    """Administrators, and the heads of that very delegation."""
    return may_accredit(actor) or any(
        place.organisation_id == organisation_id and place.kind is SeatKind.HEAD for place in actor.places
    )
