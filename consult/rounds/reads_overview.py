"""What do the list of consultations and a consultation's own page show?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import ClauseKind, DraftKind, RoundState, Stage, StakeholderGroup
from consult.drafts.reads import (
    ChangeKind,
    ClauseLine,
    Consulted,
    DraftLine,
    clause_count,
    compared,
    consultations,
    roster,
    tree,
)
from consult.people.reads import Speaker
from consult.record.models import Chain, Entry
from consult.rounds.reads import RoundLine, Timetable, timetable, timetables

ANSWERS = "dispositions.published"


class Standing(StrEnum):
    """Where a consultation stands, as the list sorts them."""

    OPEN = "open"
    ANNOUNCED = "announced"
    BETWEEN = "between"
    PREPARING = "preparing"
    CONCLUDED = "concluded"


@dataclass(frozen=True, slots=True)
class HomeEntry:
    """A consultation in the list."""

    consulted: Consulted
    times: Timetable
    standing: Standing


@dataclass(frozen=True, slots=True)
class Home:
    """All consultations that this reader may see, by where they stand."""

    sections: tuple[tuple[Standing, tuple[HomeEntry, ...]], ...]
    may_start: bool


class StepKind(StrEnum):
    """A step on the way of a text."""

    PREPARING = "preparing"
    DRAFT = "draft"
    ROUND = "round"
    ANSWERS = "answers"
    DESK = "desk"
    ADOPTED = "adopted"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: behind us, where we are, or still to come."""

    kind: StepKind
    css: str
    draft: DraftLine | None = None
    round: RoundLine | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """A published draft in the table of drafts, with the rounds on it that have closed."""

    line: DraftLine
    clause_count: int
    answered: tuple[RoundLine, ...]


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """What changed from one draft to the next, counted."""

    older: DraftLine
    newer: DraftLine
    reworded: int
    new: tuple[ClauseLine, ...]
    ended: int
    moved: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A consultation at a glance."""

    times: Timetable
    steps: tuple[Step, ...]
    drafts: tuple[DraftEntry, ...]
    waiting: DraftLine | None
    changes: ChangeCounts | None
    roster: tuple[Speaker, ...]
    groups: tuple[tuple[StakeholderGroup, int], ...]


def home(session: Session, actor: Actor, language: str, at: datetime) -> Home:
    """The list of consultations, at a fixed number of queries."""
    found = consultations(session, actor, language)
    times = timetables(session, [one.id for one in found], at)
    entries = [HomeEntry(one, times[one.id], _standing(one, times[one.id])) for one in found]
    sections = (
        (standing, tuple(one for one in entries if one.standing is standing)) for standing in Standing
    )
    return Home(tuple(section for section in sections if section[1]), actor.moderates(None))


def overview(session: Session, consulted: Consulted, at: datetime) -> Overview:
    """A consultation's page."""
    times = timetable(session, consulted, at)
    published = [one for one in consulted.drafts if one.published_at]
    waiting = [one for one in consulted.drafts if one.published_at is None and one.kind is DraftKind.ZERO]
    answered = answers_published(session, consulted)
    invited = roster(session, consulted)
    counts = Counter(one.group for one in invited)
    return Overview(
        times=times,
        steps=_steps(consulted, published, times, answered),
        drafts=tuple(
            DraftEntry(
                line,
                clause_count(session, line),
                tuple(one for one in times.of_draft(line.id) if one.ordinal in answered),
            )
            for line in reversed(published)
        ),
        waiting=waiting[0] if waiting else None,
        changes=_changes(session, published[-2], published[-1]) if len(published) > 1 else None,
        roster=invited,
        groups=tuple((group, counts[group]) for group in StakeholderGroup if counts[group]),
    )


def answers_published(session: Session, consulted: Consulted) -> dict[int, datetime]:
    """When the answers of which round were published. The record tells, since rounds know nothing of answers."""
    rows = session.execute(
        select(Entry.facts, Entry.at)
        .join(Chain, Chain.id == Entry.chain_id)
        .where(Chain.consultation_id == consulted.id, Entry.act == ANSWERS)
        .order_by(Entry.position)
    )
    return {int(row.facts["round"]): row.at for row in rows}


def clock_state(times: Timetable, at: datetime) -> tuple[object, ...]:
    """What the clock alone changes on a page: the states of the rounds, and how long until the next of them changes.

    A countdown is shown in minutes at the finest.
    """
    moments = [one for line in times.rounds for one in (line.opens_at, line.closes_at) if one > at]
    minutes = int((min(moments) - at).total_seconds() // 60) if moments else None
    return (minutes, *((one.ordinal, one.state, one.closes_at, one.is_settling) for one in times.rounds))


def _standing(consulted: Consulted, times: Timetable) -> Standing:
    if consulted.stage is Stage.PREPARING:
        return Standing.PREPARING
    if consulted.stage is not Stage.OPEN:
        return Standing.CONCLUDED
    if times.current:
        return Standing.OPEN
    return Standing.ANNOUNCED if times.next else Standing.BETWEEN


def _steps(
    consulted: Consulted, published: Sequence[DraftLine], times: Timetable, answered: dict[int, datetime]
) -> tuple[Step, ...]:
    if not published:
        return (Step(StepKind.PREPARING, "now"),)
    steps = []
    for line in published:
        steps.append(Step(StepKind.DRAFT, "done", line, at=line.published_at))
        for one in times.of_draft(line.id):
            css = {RoundState.CLOSED: "done", RoundState.OPEN: "now", RoundState.PLANNED: ""}[one.state]
            steps.append(Step(StepKind.ROUND, css, line, one))
            if one.ordinal in answered:
                steps.append(Step(StepKind.ANSWERS, "done", line, one, answered[one.ordinal]))
    if consulted.stage is Stage.ADOPTED:
        steps.append(Step(StepKind.ADOPTED, "done"))
    elif _is_at_the_desk(consulted, published[-1], times):
        steps.append(Step(StepKind.DESK, "now", published[-1]))
    return tuple(steps)


def _is_at_the_desk(consulted: Consulted, newest: DraftLine, times: Timetable) -> bool:
    """Whether all rounds on the newest draft have closed, and the next text is being made."""
    states = {one.state for one in times.of_draft(newest.id)}
    return consulted.stage is Stage.OPEN and states == {RoundState.CLOSED}


def _changes(session: Session, older: DraftLine, newer: DraftLine) -> ChangeCounts:
    pairs = compared(tree(session, older.id), tree(session, newer.id))
    counts = Counter(pair.kind for pair in pairs)
    return ChangeCounts(
        older,
        newer,
        reworded=counts[ChangeKind.CHANGED],
        new=tuple(
            pair.new
            for pair in pairs
            if pair.kind is ChangeKind.NEW
            and pair.new is not None
            and pair.new.kind is not ClauseKind.SECTION
        ),
        ended=counts[ChangeKind.ENDED],
        moved=counts[ChangeKind.MOVED],
    )
