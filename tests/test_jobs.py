"""Jobs: put once a key, claimed once, run again after a crash, and failed for good after five tries."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock, jobs
from consult.cli.worker import run_due
from consult.core.terms import JobState
from consult.db import commit
from consult.refusals import NotThere
from tests.build import NOON


@pytest.fixture
def ran() -> Iterator[list[str]]:
    """What the jobs of this test did."""
    effects: list[str] = []

    @jobs.task("test.counted")
    def counted(_session: Session, job: jobs.Job) -> None:
        effects.append(job.key)
        if job.key == "fails":
            raise ValueError("it failed")
        if job.key == "refused":
            raise NotThere

    yield effects
    del jobs.TASKS["test.counted"]


def test_a_key_put_twice_is_one_job(session: Session) -> None:
    first = jobs.put(session, "test.counted", "one")
    assert jobs.put(session, "test.counted", "one").id == first.id


def test_a_job_runs_once_and_not_before_it_is_due(
    session: Session, ran: list[str], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(NOON)
    jobs.put(session, "test.counted", "later", run_after=NOON + timedelta(hours=1))
    commit(session)
    assert not jobs.run_one(session)
    stopped_at(NOON + timedelta(hours=1))
    assert jobs.run_one(session)
    assert not jobs.run_one(session)
    assert ran == ["later"]


def test_a_job_whose_worker_died_is_taken_up_again_when_its_lease_ran_out(
    session: Session, ran: list[str], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(NOON)
    jobs.put(session, "test.counted", "left")
    commit(session)
    assert jobs.claim(session) is not None
    assert jobs.claim(session) is None
    stopped_at(NOON + jobs.LEASE + timedelta(seconds=1))
    assert jobs.run_one(session)
    assert ran == ["left"]


def test_a_failing_job_is_tried_five_times_then_failed_with_its_error(
    session: Session, ran: list[str], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(NOON)
    jobs.put(session, "test.counted", "fails")
    commit(session)
    at = NOON
    for _ in range(10):
        jobs.run_one(session)
        at += timedelta(minutes=10)
        stopped_at(at)
    job = session.scalars(select(jobs.Job)).one()
    assert (len(ran), job.state, job.error) == (5, JobState.FAILED, "ValueError('it failed')")
    assert clock.now() == at


def test_what_is_refused_is_not_tried_again_until_somebody_asks(session: Session, ran: list[str]) -> None:
    jobs.put(session, "test.counted", "refused")
    commit(session)
    assert jobs.run_one(session)
    job = session.scalars(select(jobs.Job)).one()
    assert (job.state, job.error) == (JobState.FAILED, '{"refused": "NotThere", "facts": {}}')
    jobs.try_again(job)
    assert (job.state, job.attempts, job.error) == (JobState.QUEUED, 0, None)


def test_a_job_begins_with_the_write_lock_in_a_session_that_forgets_at_commit(
    app: Flask, session: Session, ran: list[str]
) -> None:
    jobs.put(session, "test.counted", "one")
    commit(session)
    assert run_due(app)
    assert ran == ["one"]
