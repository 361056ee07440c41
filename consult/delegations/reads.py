"""What waits for whom in a delegation, until when, and what do its people say to each other?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session, aliased

from consult.comments.models import Comment, Contribution, Withdrawal
from consult.comments.reads import PaperLine, Standing, standing
from consult.comments.reads_editions import Editions, editions_of
from consult.comments.reads_joint import (
    JoinedLine,
    RequestLine,
    SponsorLine,
    joined_by,
    requests_to,
    sponsors_of,
)
from consult.comments.reads_papers import papers_of
from consult.core.actors import Actor
from consult.core.terms import PaperState
from consult.delegations.models import InnerDeadline, Remark
from consult.delegations.policy import may_read as may_read
from consult.delegations.policy import may_set_deadline as may_set_deadline
from consult.drafts.reads import Consulted
from consult.people.models import Person
from consult.rounds.reads import RoundLine, Timetable

MOST_REMARKS = 100


class Stage(StrEnum):
    """How far a paper is inside the delegation."""

    DRAFT = "draft"
    HANDED_ON = "handed_on"
    VERIFIED = "verified"
    SUBMITTED = "submitted"


class WaitsFor(StrEnum):
    """Who takes the next step."""

    AUTHOR = "author"
    VERIFIER = "verifier"
    HEAD = "head"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when the delegation wants its papers in. Overtaken: the round now closes no later than that."""

    closes_at: datetime
    by: str
    is_past: bool
    is_overtaken: bool


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """What somebody of the delegation said to the others."""

    key: str
    author: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Discussion:
    """What was said, the oldest of these first; `before` leads to what was said earlier."""

    remarks: tuple[RemarkLine, ...]
    before: str | None


@dataclass(frozen=True, slots=True)
class Made:
    """The comment that a paper became, and whether it still stands."""

    number: int
    is_withdrawn: bool
    superseded_by: int | None

    @property
    def stands(self) -> bool:
        """Whether it was neither withdrawn nor replaced."""
        return not self.is_withdrawn and self.superseded_by is None


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One paper on the work page."""

    paper: PaperLine
    stage: Stage
    waits_for: WaitsFor
    is_late: bool
    editions: Editions
    sponsors: tuple[SponsorLine, ...]
    made: Made | None

    @property
    def seen(self) -> str:
        """The paper and its edition, as a form says which was shown."""
        return f"{self.paper.key}:{self.paper.edition}"


@dataclass(frozen=True, slots=True)
class Work:
    """Everything on the delegation's table for one round."""

    standing: Standing
    round: RoundLine | None
    deadline: Deadline | None
    may_set_deadline: bool
    rows: tuple[WorkRow, ...]
    requests: tuple[RequestLine, ...]
    joined: tuple[JoinedLine, ...]
    discussion: Discussion

    @property
    def verifiable(self) -> tuple[WorkRow, ...]:
        """What was handed on and waits to be verified by this reader."""
        return tuple(one for one in self.rows if one.stage is Stage.HANDED_ON and one.paper.acts.verify)

    @property
    def ready(self) -> tuple[WorkRow, ...]:
        """What the head can submit: all steps of the delegation's own clearance are taken."""
        return tuple(one for one in self.rows if one.waits_for is WaitsFor.HEAD)

    @property
    def standing_rows(self) -> tuple[WorkRow, ...]:
        """What was submitted and still stands."""
        return tuple(one for one in self.rows if one.made and one.made.stands)

    @property
    def counts(self) -> Mapping[Stage, int]:
        """How many papers are how far."""
        return {stage: sum(one.stage is stage for one in self.rows) for stage in Stage}


def work(
    session: Session, actor: Actor, consulted: Consulted, times: Timetable, at: datetime, before: str = ""
) -> Work:
    """The delegation's table for the round at hand: the open one, else the next, else the last. Fixed queries."""
    round_ = times.current or times.next or times.last_closed
    deadline = inner_deadline(session, actor, consulted, round_, at) if round_ else None
    return Work(
        standing=standing(actor, consulted),
        round=round_,
        deadline=deadline,
        may_set_deadline=may_set_deadline(actor),
        rows=_rows(session, actor, consulted, round_, deadline),
        requests=requests_to(session, actor, consulted),
        joined=joined_by(session, consulted, actor.voice_id or 0),
        discussion=discussion(session, actor, consulted, before=before),
    )


def inner_deadline(
    session: Session, actor: Actor, consulted: Consulted, round_: RoundLine, at: datetime
) -> Deadline | None:
    """The delegation's own deadline for a round."""
    if not may_read(actor, consulted.id):
        return None
    found = session.execute(
        select(InnerDeadline.closes_at, Person.name, Person.pseudonym)
        .join(Person, Person.id == InnerDeadline.by_person_id)
        .where(InnerDeadline.voice_id == actor.voice_id, InnerDeadline.round_id == round_.id)
    ).first()
    if found is None:
        return None
    is_overtaken = found.closes_at >= round_.closes_at
    return Deadline(found.closes_at, found.name or found.pseudonym, found.closes_at <= at, is_overtaken)


def discussion(
    session: Session, actor: Actor, consulted: Consulted, paper_id: int | None = None, before: str = ""
) -> Discussion:
    """What the delegation said of a paper, or of the consultation; nothing for anybody else."""
    if not may_read(actor, consulted.id):
        return Discussion((), None)
    query = (
        select(Remark, Person.name, Person.pseudonym)
        .join(Person, Person.id == Remark.author_id)
        .where(Remark.consultation_id == consulted.id, Remark.voice_id == actor.voice_id)
        .where(Remark.contribution_id.is_(None) if paper_id is None else Remark.contribution_id == paper_id)
    )
    if before:
        earlier = aliased(Remark)
        ours = earlier.consultation_id == consulted.id, earlier.voice_id == actor.voice_id
        last = select(earlier.id).where(earlier.key == before, *ours).scalar_subquery()
        query = query.where(func.coalesce(Remark.id < last, true()))
    rows = session.execute(query.order_by(Remark.id.desc()).limit(MOST_REMARKS + 1)).all()
    shown = [RemarkLine(row.key, name or pseudonym, row.at, row.words) for row, name, pseudonym in rows]
    more = shown[MOST_REMARKS - 1].key if len(shown) > MOST_REMARKS else None
    return Discussion(tuple(reversed(shown[:MOST_REMARKS])), more)


def _rows(
    session: Session,
    actor: Actor,
    consulted: Consulted,
    round_: RoundLine | None,
    deadline: Deadline | None,
) -> tuple[WorkRow, ...]:
    if round_ is None:
        return ()
    pairs = papers_of(session, actor, consulted, round_.id)
    papers = [row for row, _ in pairs]
    editions, sponsors = editions_of(session, papers), sponsors_of(session, papers)
    made = _made(session, actor, round_)
    levels = standing(actor, consulted).levels
    return tuple(
        WorkRow(
            paper=line,
            stage=stage_of(row),
            waits_for=waits_for(row, levels),
            is_late=bool(deadline and row.sent_at and row.sent_at > deadline.closes_at),
            editions=editions[row.id],
            sponsors=sponsors.get(row.id, ()),
            made=made.get(row.form_key),
        )
        for row, line in pairs
    )


def stage_of(paper: Contribution) -> Stage:
    """How far a paper is."""
    if paper.state is PaperState.DRAFT:
        return Stage.HANDED_ON if paper.is_sent else Stage.DRAFT
    return Stage.VERIFIED if paper.state is PaperState.VERIFIED else Stage.SUBMITTED


def waits_for(paper: Contribution, levels: int) -> WaitsFor:
    """Who takes the next step with a paper, by the delegation's own levels."""
    stage = stage_of(paper)
    if stage is Stage.SUBMITTED:
        return WaitsFor.NOBODY
    if stage is Stage.DRAFT:
        return WaitsFor.AUTHOR
    return WaitsFor.VERIFIER if stage is Stage.HANDED_ON and levels > 2 else WaitsFor.HEAD


def _made(session: Session, actor: Actor, round_: RoundLine) -> dict[str, Made]:
    later = aliased(Comment)
    rows = session.execute(
        select(Comment.form_key, Comment.number, Withdrawal.id, later.number)
        .outerjoin(Withdrawal, Withdrawal.comment_id == Comment.id)
        .outerjoin(later, later.supersedes_id == Comment.id)
        .where(Comment.voice_id == actor.voice_id, Comment.round_id == round_.id)
    )
    return {row[0]: Made(row[1], row[2] is not None, row[3]) for row in rows}
