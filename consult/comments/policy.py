"""Who may write, clear, submit, take back and hide?"""

from collections.abc import Collection

from consult.comments.models import Comment, Contribution
from consult.comments.models_joint import Sponsorship
from consult.core import clearance
from consult.core.actors import Actor
from consult.core.terms import HEADS, PaperState, SeatKind, SponsorState

LIVE = frozenset({SponsorState.ASKED, SponsorState.VERIFIED, SponsorState.CLEARED})


def seat(actor: Actor) -> SeatKind:
    """The seat that she speaks from; an individual heads a delegation of one."""
    return actor.place.kind if actor.place else SeatKind.HEAD


def levels(actor: Actor) -> int:
    """How many people must look at a paper of this voice."""
    return actor.place.clearance_levels if actor.place else 1


def may_speak(
    actor: Actor, *, is_restricted: bool, takes_individuals: bool, parties: Collection[int]
) -> bool:
    """An organisation, where it is invited if that is asked; a person who has no seat, where individuals are heard."""
    if actor.place is not None:
        return not is_restricted or actor.place.organisation_id in parties
    return takes_individuals and not is_restricted and not actor.places and actor.own_voice_id is not None


def may_write(actor: Actor) -> bool:
    """Where one level clears, only the head writes."""
    return clearance.may_write(levels(actor), seat(actor))


def may_see(actor: Actor, paper: Contribution) -> bool:
    """Papers are seen by those who speak with their voice, and by nobody else; never by who moderates the talks."""
    is_ours = actor.is_signed_in and actor.voice_id == paper.voice_id
    return is_ours and not actor.is_impartial_in(paper.consultation_id)


def may_change(actor: Actor, paper: Contribution) -> bool:
    """A draft by anyone in the delegation; a verified paper by who could send it back."""
    if not may_see(actor, paper) or not may_write(actor):
        return False
    return paper.state is PaperState.DRAFT or (
        paper.state is PaperState.VERIFIED and _may_move(actor, paper.state, PaperState.DRAFT)
    )


def may_verify(actor: Actor, paper: Contribution) -> bool:
    """A deputy or the head, where the organisation verifies."""
    return may_see(actor, paper) and _may_move(actor, paper.state, PaperState.VERIFIED)


def may_submit(actor: Actor, paper: Contribution) -> bool:
    """The head; in one press with verifying, where she may do both."""
    if not may_see(actor, paper):
        return False
    return _may_move(actor, paper.state, PaperState.SUBMITTED) or (
        may_verify(actor, paper) and _may_move(actor, PaperState.VERIFIED, PaperState.SUBMITTED)
    )


def may_return(actor: Actor, paper: Contribution) -> bool:
    """A deputy or the head sends back what was handed on."""
    is_waiting = paper.state is PaperState.VERIFIED or (paper.state is PaperState.DRAFT and paper.is_sent)
    return may_see(actor, paper) and is_waiting and seat(actor) is not SeatKind.CONTRIBUTOR


def may_drop(actor: Actor, paper: Contribution) -> bool:
    """Who may change it may drop it."""
    return may_change(actor, paper) and _may_move(actor, paper.state, PaperState.DROPPED)


def may_withdraw(actor: Actor, voice_id: int) -> bool:
    """Only the head takes back what was said in the organisation's name."""
    return actor.is_signed_in and actor.voice_id == voice_id and seat(actor) in HEADS


def may_be_named(actor: Actor, paper: Contribution, wanted: bool, *, is_changed: bool) -> bool:
    """Only the author says so. Words that somebody else put otherwise are no longer those she lent her name to:
    her consent lapses, and she can give it again."""
    if actor.person_id == paper.author_id:
        return wanted
    return paper.names_author and not is_changed


def may_take_off_name(actor: Actor, comment: Comment) -> bool:
    """Its author, whatever seat she has by now."""
    return actor.is_signed_in and comment.names_author and actor.person_id == comment.author_id


def may_ask_sponsors(actor: Actor, paper: Contribution) -> bool:
    """The head or a deputy, once a paper was handed on: what is still being written is nobody else's business."""
    is_waiting = paper.state is PaperState.VERIFIED or (paper.state is PaperState.DRAFT and paper.is_sent)
    speaks = actor.place is not None and seat(actor) is not SeatKind.CONTRIBUTOR
    return speaks and is_waiting and may_see(actor, paper)


def may_see_request(actor: Actor, request: Sponsorship, paper: Contribution) -> bool:
    """Those who speak for the organisation that is asked, as long as it is; never who moderates the talks."""
    is_ours = actor.place is not None and actor.voice_id == request.voice_id
    return is_ours and request.state in LIVE and not actor.is_impartial_in(paper.consultation_id)


def may_verify_joint(actor: Actor) -> bool:
    """A deputy or the head of the organisation that is asked, where it verifies."""
    return actor.place is not None and _may_move(actor, PaperState.DRAFT, PaperState.VERIFIED)


def may_clear_joint(actor: Actor) -> bool:
    """The head of the organisation that is asked."""
    return actor.place is not None and actor.place.heads


def may_hide(actor: Actor, consultation_id: int) -> bool:
    """The consultation's moderators."""
    return actor.moderates(consultation_id)


def _may_move(actor: Actor, state: PaperState, to: PaperState) -> bool:
    return clearance.may_move(levels(actor), seat(actor), state, to)


def may_take_position(actor: Actor) -> bool:
    """A head of delegation speaks for the organisation; an individual for herself."""
    return actor.place is None or actor.place.heads
