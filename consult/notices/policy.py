"""Who may look after the sending of letters?"""

from consult.core.actors import Actor


def may_see_health(actor: Actor) -> bool:
    """Administrators."""
    return actor.is_administrator


def may_send_again(actor: Actor) -> bool:
    """Administrators."""
    return actor.is_administrator
