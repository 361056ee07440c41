"""Who may take words out?"""

from consult.core.actors import Actor


def may_redact(actor: Actor, consultation_id: int | None) -> bool:
    """The moderators of the consultation that the words belong to, and the administrators."""
    return actor.is_administrator or (consultation_id is not None and actor.moderates(consultation_id))
