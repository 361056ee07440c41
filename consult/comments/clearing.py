"""May this paper go on, and how does it move? What several acts ask; each check raises the refusal it finds."""

from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.models import Contribution
from consult.comments.policy import may_see, may_speak
from consult.comments.refusals import (
    ChangedMeanwhile,
    Incomplete,
    NameNeeded,
    NotOpenYet,
    NoVoiceHere,
    TooLate,
    VoiceNotChosen,
)
from consult.comments.wording import Wording, lacking
from consult.core.actors import Actor
from consult.core.rounds import state_at, takes_comments
from consult.core.terms import AmendmentKind, ClauseKind, PaperState, Stance
from consult.db import Base
from consult.drafts.models import ClauseText, Consultation, Draft, Party
from consult.languages.models import Text, Translation
from consult.organisations.reads_seats import standing as seat_now
from consult.organisations.refusals_delegation import SeatOver
from consult.people.models import Voice
from consult.people.refusals import VoiceElsewhere
from consult.refusals import NotThere
from consult.rounds.models import Round

Row = TypeVar("Row", bound=Base)


class Words(Protocol):
    """What a form says of a clause, as far as it is judged here."""

    @property
    def draft_id(self) -> int: ...
    @property
    def clause_id(self) -> int: ...
    @property
    def stance(self) -> Stance: ...
    @property
    def reasons(self) -> str: ...
    @property
    def read_text_id(self) -> int: ...
    @property
    def proposed(self) -> str | None: ...
    @property
    def amendment_kind(self) -> AmendmentKind | None: ...


def locked(session: Session, table: type[Row], row_id: int | None) -> Row:
    """The row as it is now, locked to the end of the transaction. Rows may still be added that point to it."""
    query = select(table).where(table.__table__.c.id == row_id).with_for_update(key_share=True)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def refuse_unseated(session: Session, actor: Actor) -> None:
    """Refuses who sat there when her request began, and meanwhile, while it waited for others, does so no more."""
    place = actor.place
    if place is not None and seat_now(session, actor, place.organisation_id).kind is not place.kind:
        raise SeatOver


def refuse_without_voice(session: Session, actor: Actor, consultation: Consultation) -> None:
    """Refuses moderators, and whoever speaks for nobody that is heard here."""
    if actor.is_impartial_in(consultation.id):
        raise VoiceElsewhere
    if actor.places and actor.place is None:
        raise VoiceNotChosen
    refuse_unseated(session, actor)
    parties = session.scalars(
        select(Party.organisation_id).where(Party.consultation_id == consultation.id)
    ).all()
    if not may_speak(
        actor,
        is_restricted=consultation.is_restricted,
        takes_individuals=consultation.takes_individuals,
        parties=parties,
    ):
        raise NoVoiceHere


def refuse_nameless(consultation: Consultation, voice: Voice, *, names_author: bool) -> None:
    """Refuses an individual's comment without consent to her name, where no pseudonyms are taken."""
    is_individual = voice.organisation_id is None
    if is_individual and not consultation.takes_pseudonyms and not names_author:
        raise NameNeeded


def refuse_untimely(round_: Round, reached_at: datetime) -> None:
    """Refuses what reached us before the round opened or after it closed."""
    state = state_at(round_.opens_at, round_.closes_at, reached_at)
    if takes_comments(round_.kind, state):
        return
    if reached_at < round_.opens_at:
        raise NotOpenYet(round_.opens_at)
    raise TooLate(round_.closes_at, reached_at)


def refuse_incomplete(words: Wording) -> None:
    """Refuses words that cannot be sent as they are."""
    missing = lacking(words)
    if missing:
        raise Incomplete(missing)


def refuse_unseen(session: Session, actor: Actor, paper: Contribution, seen: int | None) -> None:
    """Locks the paper; refuses strangers, and who has seen an older edition."""
    session.refresh(paper, with_for_update=True)
    if not may_see(actor, paper):
        raise NotThere
    refuse_unseated(session, actor)
    if seen is not None and seen != paper.edition:
        raise ChangedMeanwhile(paper.edition)


def wording(session: Session, consultation: Consultation, round_: Round, new: Words) -> Wording:
    """The words as they are to be judged; a form that names things that do not belong together finds nothing."""
    row = session.execute(
        select(ClauseText.kind, ClauseText.text_id)
        .join(Draft, Draft.id == ClauseText.draft_id)
        .where(
            ClauseText.draft_id == new.draft_id,
            ClauseText.clause_id == new.clause_id,
            Draft.consultation_id == consultation.id,
            Draft.published_at.is_not(None),
        )
    ).first()
    if row is None or (round_.consultation_id, round_.draft_id) != (consultation.id, new.draft_id):
        raise NotThere
    translated = select(Translation.id).where(
        Translation.source_text_id == row.text_id, Translation.body_text_id == new.read_text_id
    )
    if new.read_text_id != row.text_id and session.scalar(translated) is None:
        raise NotThere
    read = session.get_one(Text, new.read_text_id)
    is_whole = row.kind is ClauseKind.WHOLE
    return Wording(new.stance, new.reasons, new.amendment_kind, new.proposed, read.body, is_whole)


def wording_of(session: Session, paper: Contribution) -> Wording:
    """The words of a paper, as they are to be judged."""
    read = session.get_one(Text, paper.read_text_id)
    kind = session.scalars(
        select(ClauseText.kind).where(
            ClauseText.draft_id == paper.draft_id, ClauseText.clause_id == paper.clause_id
        )
    ).one()
    return Wording(
        paper.stance, paper.reasons, paper.amendment_kind, paper.proposed, read.body, kind is ClauseKind.WHOLE
    )


def moved(paper: Contribution, actor: Actor, to: PaperState) -> None:
    """A step of clearance, which is a new edition."""
    paper.state = to
    paper.edition += 1
    paper.changed_at = clock.now()
    paper.changed_by_id = actor.person_id or 0
