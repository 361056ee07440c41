"""Who sits at the desk?"""

from consult.core.actors import Actor


def may_consolidate(actor: Actor, consultation_id: int) -> bool:
    """The moderators of the consultation."""
    return actor.moderates(consultation_id)
