"""Who may do what with organisations, seats and roles?"""

from consult.core.actors import SYSTEM, Actor


def may_accredit(actor: Actor) -> bool:
    """Administrators, and the program itself when it is set up."""
    return actor.is_administrator or actor == SYSTEM


def may_give_role(actor: Actor) -> bool:
    """Administrators, and the program itself when it is set up."""
    return actor.is_administrator or actor == SYSTEM


def may_seat(actor: Actor, organisation_id: int) -> bool:
    """Administrators, and the heads of that very delegation."""
    return may_accredit(actor) or any(
        place.organisation_id == organisation_id and place.heads for place in actor.places
    )
