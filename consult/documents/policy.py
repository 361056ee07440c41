"""Who may bring a draft in?"""

from consult.core.actors import Actor


def may_import(actor: Actor, consultation_id: int) -> bool:
    """Whoever moderates this consultation."""
    return actor.moderates(consultation_id)
