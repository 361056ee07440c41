"""Who may see, start and publish?"""

from collections.abc import Collection

from consult.core.actors import Actor
from consult.core.terms import RoleKind, Stage, Track
from consult.drafts.models import Consultation

SERVING = frozenset({RoleKind.MODERATOR, RoleKind.TRANSLATOR})


def may_see(actor: Actor, consultation: Consultation, party_ids: Collection[int]) -> bool:
    """Everybody sees what is open; what is prepared, its moderators; what is restricted, staff and parties."""
    if actor.moderates(consultation.id):
        return True
    if consultation.stage is Stage.PREPARING:
        return False
    if not consultation.is_restricted:
        return True
    has_duty = any(duty.consultation_id == consultation.id for duty in actor.duties)
    return has_duty or any(place.organisation_id in party_ids for place in actor.places)


def may_start(actor: Actor) -> bool:
    """Whoever moderates everywhere."""
    return actor.moderates(None)


def may_be_restricted(track: Track) -> bool:
    """Only talks between named parties may be closed to others."""
    return track in (Track.BILATERAL, Track.MULTILATERAL)


def may_run(actor: Actor, consultation_id: int) -> bool:
    """Its moderators: import, publish, invite, plan rounds."""
    return actor.moderates(consultation_id)


def serves(actor: Actor, consultation_id: int) -> bool:
    """Whether she moderates or translates here, and so declares her interests."""
    return any(
        duty.kind in SERVING and duty.consultation_id in (None, consultation_id) for duty in actor.duties
    )
