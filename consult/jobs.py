"""What is to be made later? Our own table of jobs: put in the act's transaction, claimed by lease, run at least once.

A worker that is killed leaves a lease that runs out, and another takes the job up again; so a job's effect is
guarded by its key. Arguments are ids only. Periodic work is a job that puts its successor.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import clock
from consult.core.terms import JobState
from consult.db import Base, begin_writing, commit, inserting, one_of
from consult.refusals import Refusal

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 5
BETWEEN_ATTEMPTS = timedelta(seconds=20)

log = logging.getLogger(__name__)


class Job(Base):
    """One piece of work. Its key makes putting it twice one job."""

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index(None, "state", "run_after"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(one_of(JobState), default=JobState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    progress: Mapped[int] = mapped_column(default=0)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("upload.id"))
    error: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Task:
    """What runs a kind of job."""

    kind: str
    run: Callable[[Session, Job], None]


TASKS: dict[str, Task] = {}


def task(kind: str) -> Callable[[Callable[[Session, Job], None]], Callable[[Session, Job], None]]:
    """Registers the function that runs this kind of job."""

    def registered(run: Callable[[Session, Job], None]) -> Callable[[Session, Job], None]:
        TASKS[kind] = Task(kind, run)
        return run

    return registered


def put(
    session: Session,
    kind: str,
    key: str,
    *,
    run_after: datetime | None = None,
    asked_by_id: int | None = None,
    **arguments: int | str,
) -> Job:
    """Puts a job in this transaction; the one that stands already where the key is taken."""
    wanted = select(Job).where(Job.kind == kind, Job.key == key)
    standing = session.scalar(wanted)
    if standing is not None:
        return standing
    new = {
        "kind": kind,
        "key": key,
        "arguments": dict(arguments),
        "run_after": run_after or clock.now(),
        "asked_by_id": asked_by_id,
    }
    # Two that put the same key at once both find none: the second waits for the first, and takes its job.
    session.execute(inserting(session, Job).values(new).on_conflict_do_nothing())
    return session.scalars(wanted).one()


def claim(session: Session) -> int | None:
    """The id of the next job that is due, leased to this worker; commits the lease.

    The row itself would be read again after the commit, and so begin a transaction that only reads.
    """
    begin_writing(session)
    at = clock.now()
    due = (Job.state == JobState.QUEUED) & (Job.run_after <= at)
    abandoned = (Job.state == JobState.RUNNING) & (Job.lease_until < at)
    job = session.scalar(
        select(Job)
        .where(due | abandoned)
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job is None:
        session.rollback()
        return None
    job.state = JobState.RUNNING
    job.attempts += 1
    job.lease_until = at + LEASE
    job_id = job.id
    commit(session)
    return job_id


def run_one(session: Session) -> bool:
    """Claims and runs one job. Answers False where none was due."""
    job_id = claim(session)
    if job_id is None:
        return False
    begin_writing(session)
    try:
        job = session.get_one(Job, job_id)
        TASKS[job.kind].run(session, job)
        finished = session.get_one(Job, job_id)
        finished.state, finished.progress, finished.lease_until = JobState.DONE, 100, None
        commit(session)
    except Refusal as no:
        session.rollback()
        _failed(
            session, job_id, json.dumps({"refused": type(no).__name__, "facts": vars(no)}), is_refused=True
        )
    except Exception as error:
        log.exception("job %s failed", job_id)
        session.rollback()
        _failed(session, job_id, repr(error))
    return True


def try_again(job: Job) -> None:
    """Puts a job that failed back, with all its attempts."""
    if job.state is JobState.FAILED:
        job.state, job.attempts, job.run_after, job.error = JobState.QUEUED, 0, clock.now(), None


def _failed(session: Session, job_id: int, error: str, *, is_refused: bool = False) -> None:
    """A refusal is final at once: trying again would be refused again."""
    begin_writing(session)
    job = session.get_one(Job, job_id)
    job.error, job.lease_until = error[:1000], None
    is_last = is_refused or job.attempts >= MOST_ATTEMPTS
    job.state = JobState.FAILED if is_last else JobState.QUEUED
    job.run_after = clock.now() + BETWEEN_ATTEMPTS * job.attempts
    commit(session)
