"""Who may take part in what a delegation does among itself?"""

from consult.core.actors import Actor


def may_read(actor: Actor, consultation_id: int) -> bool:
    """Those who sit in the delegation and speak from that seat; never who moderates the talks."""
    return actor.place is not None and not actor.is_impartial_in(consultation_id)


def may_set_deadline(actor: Actor) -> bool:
    """The head of delegation."""
    return actor.place is not None and actor.place.heads
