"""Planning a round, moving its end, and the clock that closes it: each outcome once, and what the record says."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import VISITOR, Actor
from consult.core.rounds import CloseRefused
from consult.core.terms import RoundState, Track
from consult.db import commit
from consult.drafts import acts as drafts
from consult.drafts.models import Consultation, Draft
from consult.drafts.reads import consultation
from consult.jobs import run_one
from consult.record.reads import EntryLine, entries
from consult.refusals import NotThere
from consult.rounds.acts import extend_round, note_closed, plan_round
from consult.rounds.reads import changes, closed_rounds, timetable
from consult.rounds.refusals import (
    CannotChangeClose,
    ClosesBeforeItOpens,
    ClosesInThePast,
    DraftNotPublished,
    DraftSuperseded,
    RoundsOverlap,
)
from tests import build

DAY = timedelta(days=1)
OPENS, CLOSES = build.NOON, build.NOON + 20 * DAY


@pytest.fixture(autouse=True)
def _noon(stopped_at: Callable[[datetime], None]) -> None:
    stopped_at(build.NOON)


def published(session: Session, is_published: bool = True) -> tuple[Actor, Consultation, Draft]:
    """A consultation with a zero draft and no round."""
    moderator = build.acting(session, build.a_moderator(session))
    new = drafts.NewConsultation("On tests", "Of systems.", "en", ("en",), Track.OPEN)
    row = drafts.start_consultation(session, moderator, new)
    draft = drafts.add_draft(session, moderator, row, build.A_DRAFT)
    if is_published:
        drafts.publish_draft(session, moderator, draft)
    return moderator, row, draft


def recorded(session: Session, row: Consultation) -> tuple[EntryLine, ...]:
    """What the record says, newest first."""
    commit(session)
    return entries(session, row.id).lines


def test_a_round_is_planned_and_the_record_says_from_when_to_when(session: Session) -> None:
    moderator, row, draft = published(session)
    round_ = plan_round(session, moderator, row, draft, OPENS, CLOSES)
    line = recorded(session, row)[0]
    assert (line.act, round_.ordinal) == ("round.planned", 1)
    assert (line.facts["opens_at"], line.facts["closes_at"]) == (OPENS.isoformat(), CLOSES.isoformat())


def test_a_round_is_on_a_published_draft(session: Session) -> None:
    moderator, row, draft = published(session, is_published=False)
    with pytest.raises(DraftNotPublished):
        plan_round(session, moderator, row, draft, OPENS, CLOSES)


def test_a_round_is_on_the_newest_draft(session: Session) -> None:
    moderator, row, draft = published(session)
    drafts.publish_draft(
        session, moderator, drafts.add_revision(session, moderator, row, _same(session, row))
    )
    with pytest.raises(DraftSuperseded):
        plan_round(session, moderator, row, draft, OPENS, CLOSES)


def _same(session: Session, row: Consultation) -> list[drafts.NextClause]:
    text = row.title_text_id
    return [drafts.NextClause(None, None, build.A_DRAFT[1].kind, "1", None, text)]


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "refusal"),
    [
        (OPENS, OPENS, ClosesBeforeItOpens),
        (CLOSES, OPENS, ClosesBeforeItOpens),
        (OPENS - 2 * DAY, OPENS, ClosesInThePast),
    ],
)
def test_a_round_needs_time_that_is_still_to_come(
    session: Session, opens_at: datetime, closes_at: datetime, refusal: type[Exception]
) -> None:
    moderator, row, draft = published(session)
    with pytest.raises(refusal):
        plan_round(session, moderator, row, draft, opens_at, closes_at)


def test_two_rounds_never_run_at_once_but_may_follow_on_the_minute(session: Session) -> None:
    moderator, row, draft = published(session)
    plan_round(session, moderator, row, draft, OPENS, CLOSES)
    with pytest.raises(RoundsOverlap) as no:
        plan_round(session, moderator, row, draft, CLOSES - timedelta(minutes=1), CLOSES + DAY)
    assert no.value.ordinal == 1
    assert plan_round(session, moderator, row, draft, CLOSES, CLOSES + DAY).ordinal == 2


def test_a_round_is_made_longer_at_any_time_without_a_reason(session: Session) -> None:
    moderator, row, draft = published(session)
    round_ = plan_round(session, moderator, row, draft, OPENS, CLOSES)
    extend_round(session, moderator, round_, CLOSES + DAY, "")
    line = recorded(session, row)[0]
    assert (line.act, line.facts["was"]) == ("round.extended", CLOSES.isoformat())
    assert round_.closes_at == CLOSES + DAY


def test_a_round_is_made_shorter_with_reasons_and_seventy_two_hours_ahead(session: Session) -> None:
    moderator, row, draft = published(session)
    round_ = plan_round(session, moderator, row, draft, OPENS, CLOSES)
    extend_round(session, moderator, round_, build.NOON + 3 * DAY, "The conference was moved.")
    line = recorded(session, row)[0]
    assert (line.act, line.facts["reason"]) == ("round.shortened", "The conference was moved.")
    moved = changes(session, consultation(session, VISITOR, row.slug, "en"))
    assert [(one.round_ordinal, one.reason) for one in moved] == [(1, "The conference was moved.")]


@pytest.mark.parametrize(
    ("now", "closes_at", "reason", "why"),
    [
        (OPENS, CLOSES, "", CloseRefused.IS_UNCHANGED),
        (OPENS, CLOSES - DAY, " ", CloseRefused.HAS_NO_REASON),
        (OPENS, OPENS + timedelta(hours=71), "Haste.", CloseRefused.IS_TOO_SOON),
        (CLOSES, CLOSES + DAY, "Late.", CloseRefused.IS_CLOSED),
    ],
)
def test_an_end_that_may_not_be_moved_so_stays(
    session: Session,
    stopped_at: Callable[[datetime], None],
    now: datetime,
    closes_at: datetime,
    reason: str,
    why: CloseRefused,
) -> None:
    moderator, row, draft = published(session)
    round_ = plan_round(session, moderator, row, draft, OPENS, CLOSES)
    before = len(recorded(session, row))
    stopped_at(now)
    with pytest.raises(CannotChangeClose) as no:
        extend_round(session, moderator, round_, closes_at, reason)
    assert no.value.why is why
    assert round_.closes_at == CLOSES
    assert len(recorded(session, row)) == before


def test_a_round_is_not_made_longer_into_the_next(session: Session) -> None:
    moderator, row, draft = published(session)
    first = plan_round(session, moderator, row, draft, OPENS, CLOSES)
    plan_round(session, moderator, row, draft, CLOSES + DAY, CLOSES + 2 * DAY)
    with pytest.raises(RoundsOverlap):
        extend_round(session, moderator, first, CLOSES + DAY + timedelta(minutes=1), "More time.")


def test_only_its_moderators_plan_and_move(session: Session) -> None:
    moderator, row, draft = published(session)
    round_ = plan_round(session, moderator, row, draft, OPENS, CLOSES)
    for actor in (VISITOR, build.acting(session, build.a_delegate(session))):
        with pytest.raises(NotThere):
            plan_round(session, actor, row, draft, CLOSES, CLOSES + DAY)
        with pytest.raises(NotThere):
            extend_round(session, actor, round_, CLOSES + DAY, "")


@pytest.mark.parametrize(
    ("at", "state", "is_settling"),
    [
        (OPENS - timedelta(seconds=1), RoundState.PLANNED, False),
        (OPENS, RoundState.OPEN, False),
        (CLOSES - timedelta(microseconds=1), RoundState.OPEN, False),
        (CLOSES, RoundState.CLOSED, True),
        (CLOSES + timedelta(seconds=60), RoundState.CLOSED, False),
    ],
)
def test_a_round_is_what_the_clock_makes_of_it(
    session: Session, at: datetime, state: RoundState, is_settling: bool
) -> None:
    moderator, row, draft = published(session)
    plan_round(session, moderator, row, draft, OPENS, CLOSES)
    commit(session)
    times = timetable(session, consultation(session, VISITOR, row.slug, "en"), at)
    assert [(one.state, one.is_settling) for one in times.rounds] == [(state, is_settling)]
    where = {
        RoundState.PLANNED: times.next,
        RoundState.OPEN: times.current,
        RoundState.CLOSED: times.last_closed,
    }
    assert [kind for kind, line in where.items() if line] == [state]
    assert len(closed_rounds(session, row.id, at)) == (1 if state is RoundState.CLOSED else 0)


def _closed(session: Session, row: Consultation) -> list[datetime]:
    return [line.at for line in entries(session, row.id).lines if line.act == "round.closed"]


def test_the_worker_notes_the_close_once_and_not_before(session: Session) -> None:
    moderator, row, draft = published(session)
    plan_round(session, moderator, row, draft, OPENS, CLOSES)
    commit(session)
    _work(session, CLOSES - timedelta(seconds=1))
    assert _closed(session, row) == []
    _work(session, CLOSES + timedelta(seconds=2))
    _work(session, CLOSES + DAY)
    assert len(_closed(session, row)) == 1


def test_the_close_of_an_end_that_was_moved_is_not_noted(session: Session) -> None:
    moderator, row, draft = published(session)
    round_ = plan_round(session, moderator, row, draft, OPENS, CLOSES)
    extend_round(session, moderator, round_, CLOSES + DAY, "")
    commit(session)
    _work(session, CLOSES + timedelta(seconds=2))
    assert _closed(session, row) == []
    _work(session, CLOSES + DAY + timedelta(seconds=2))
    assert len(_closed(session, row)) == 1


def test_nothing_is_noted_of_a_round_that_still_runs(session: Session) -> None:
    moderator, row, draft = published(session)
    round_ = plan_round(session, moderator, row, draft, OPENS, CLOSES)
    assert note_closed(session, round_.id, CLOSES) is False
    assert note_closed(session, round_.id, OPENS) is False


def _work(session: Session, at: datetime) -> None:
    session.rollback()
    with clock.stopped(at):
        while run_one(session):
            pass
