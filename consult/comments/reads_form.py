"""What does the form show: the clause in the words that are read, the round, and for whom the reader speaks?"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from consult.comments import policy
from consult.comments.excerpts import runs_of
from consult.comments.reads_lines import CommentLine, CommentState
from consult.comments.wording import Wording, amends
from consult.core.actors import Actor, Place
from consult.core.diff import Run
from consult.core.terms import HEADS, AmendmentKind, ClauseKind, RoundKind, SeatKind, Stance
from consult.core.text import canonical
from consult.drafts.reads import ClauseLine, Consulted, DraftLine, clause_named, draft, tree
from consult.languages.reads import Said, languages_of, originals, texts_in
from consult.rounds.reads import RoundLine, timetable


class Hurdle(StrEnum):
    """What keeps somebody from commenting."""

    MODERATES = "moderates"
    CHOOSE = "choose"
    NOBODY = "nobody"
    SEAT = "seat"


@dataclass(frozen=True, slots=True)
class Standing:
    """For whom the reader speaks here, from which seat, and what is in her way, if anything."""

    hurdle: Hurdle | None
    place: Place | None
    places: tuple[Place, ...]
    seat: SeatKind
    levels: int

    @property
    def press(self) -> str:
        """What the main button of the form does from this seat: submit, verify, or hand on."""
        if self.seat in HEADS:
            return "submit"
        return "verify" if self.seat is SeatKind.DEPUTY and self.levels > 2 else "send"


@dataclass(frozen=True, slots=True)
class Own:
    """What a reader may do with a comment of her own voice."""

    voice: str
    may_withdraw: bool
    may_replace: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """Who may take her organisation's name off a comment that it joined."""

    who: Actor
    voice: str
    may_step_back: bool


@dataclass(frozen=True, slots=True)
class Commenting:
    """The clause that is commented on, in the words that are read, and the round that takes the comment."""

    consulted: Consulted
    draft: DraftLine
    clause: ClauseLine
    heading: Said | None
    words: Said
    round: RoundLine | None
    languages: tuple[str, ...]
    elsewhere: DraftLine | None

    @property
    def is_whole(self) -> bool:
        """Whether the whole draft is commented on, which has no words to amend."""
        return self.clause.kind is ClauseKind.WHOLE


def commenting(
    session: Session,
    consulted: Consulted,
    ordinal: int,
    name: str,
    language: str,
    at: datetime,
    *,
    round_ordinal: int | None = None,
    read_text_id: int | None = None,
) -> Commenting:
    """The form's page: the clause of a draft, and the round on it: the one that a sent form names, else the open one."""
    line = draft(consulted, ordinal)
    times = timetable(session, consulted, at)
    ours = [one for one in times.of_draft(line.id) if one.kind is RoundKind.COMMENT]
    named = [one for one in ours if one.ordinal == round_ordinal]
    open_now = [one for one in ours if times.current and one.id == times.current.id]
    clause = clause_named(tree(session, line.id), name)
    said = texts_in(session, [clause.text_id, clause.heading_text_id], language)
    words = said[clause.text_id]
    if read_text_id is not None and read_text_id != words.text_id:
        words = _very_text(session, clause, read_text_id, words)
    return Commenting(
        consulted=consulted,
        draft=line,
        clause=clause,
        heading=said.get(clause.heading_text_id or 0),
        words=words,
        round=next(iter(named or open_now), None),
        languages=tuple(languages_of(session, [clause.text_id])),
        elsewhere=next(
            (one for one in consulted.drafts if times.current and one.id == times.current.draft_id), None
        ),
    )


def of_mine(actor: Actor, consulted: Consulted, line: CommentLine, at_round: RoundLine | None) -> Own | None:
    """What the reader may do with a comment, where it is her own voice's."""
    speaking = speaking_with(actor, line.voice.voice_id)
    if speaking is None or actor.is_impartial_in(consulted.id):
        return None
    is_standing = (
        line.state not in (CommentState.WITHDRAWN, CommentState.SUPERSEDED) and line.superseded_by is None
    )
    return Own(
        voice=speaking.place.slug if speaking.place else "",
        may_withdraw=is_standing and policy.may_withdraw(speaking, line.voice.voice_id),
        may_replace=is_standing
        and policy.may_write(speaking)
        and at_round is not None
        and at_round.id == line.round_id,
    )


def of_joined(
    actor: Actor, consulted: Consulted, line: CommentLine, at_round: RoundLine | None
) -> Joined | None:
    """What the reader may do with a comment that her delegation submitted together with another."""
    for one in line.joined:
        who = speaking_with(actor, one.voice_id)
        if who is not None and who.place is not None and not actor.is_impartial_in(consulted.id):
            is_open = at_round is not None and at_round.id == line.round_id
            stands = line.state is not CommentState.WITHDRAWN
            may = is_open and stands and policy.may_withdraw(who, one.voice_id)
            return Joined(who, who.place.slug, may)
    return None


def standing(actor: Actor, consulted: Consulted) -> Standing:
    """What this reader may do with a new paper, or what is in her way."""
    hurdle = None
    if actor.is_impartial_in(consulted.id):
        hurdle = Hurdle.MODERATES
    elif actor.places and actor.place is None:
        hurdle = Hurdle.CHOOSE
    elif not policy.may_speak(
        actor,
        is_restricted=consulted.is_restricted,
        takes_individuals=consulted.takes_individuals,
        parties=consulted.party_ids,
    ):
        hurdle = Hurdle.NOBODY
    elif not policy.may_write(actor):
        hurdle = Hurdle.SEAT
    return Standing(hurdle, actor.place, actor.places, policy.seat(actor), policy.levels(actor))


def redline(page: Commenting, chosen: AmendmentKind | None, proposed: str) -> tuple[Run, ...]:
    """What these words would change in the clause; nothing where they change nothing."""
    words = Wording(Stance.ABSTAIN, "", chosen, proposed, page.words.body, page.is_whole)
    kind = amends(words)
    if kind is None or page.is_whole:
        return ()
    runs = runs_of(kind, page.words.body, canonical(proposed).strip())
    return runs if any(run.kind != "equal" for run in runs) else ()


def speaking_with(actor: Actor, voice_id: int) -> Actor | None:
    """The actor speaking with this voice, if it is one of hers."""
    seats: tuple[Place | None, ...] = (*actor.places, None)
    found = (replace(actor, place=place) for place in seats)
    return next((one for one in found if one.is_signed_in and one.voice_id == voice_id), None)


def _very_text(session: Session, clause: ClauseLine, read_text_id: int, words: Said) -> Said:
    """The very text that a form was opened with, which a newer translation may have replaced since."""
    read = originals(session, [read_text_id]).get(read_text_id)
    return words if read is None else as_read(session, clause, read)


def as_read(session: Session, clause: ClauseLine, read: Said) -> Said:
    """The text read, with what kind of translation it is where it is one."""
    if read.text_id == clause.text_id:
        return read
    said = texts_in(session, [clause.text_id], read.language)[clause.text_id]
    return said if said.text_id == read.text_id else read
