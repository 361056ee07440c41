"""Who does the jobs? Any number of these, beside any number of web workers."""

import signal
import time
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from consult.comments import tasks as comments
from consult.db import begin_writing, commit, db
from consult.documents import tasks as documents
from consult.drafts import tasks as drafts
from consult.jobs import TASKS, run_one
from consult.notices import tasks as notices
from consult.organisations import tasks as organisations
from consult.people import tasks as people
from consult.people.acts_tidying import put_tidying
from consult.privacy import tasks as privacy
from consult.rounds import tasks as rounds

ROOMS = (people, drafts, rounds, comments, documents, organisations, notices, privacy)
PAUSE, PUT_AGAIN = 0.5, 60


@click.command()
@click.option("--once", is_flag=True, help="Run what is due now, then end.")
@with_appcontext
def worker(once: bool) -> None:
    """Run jobs as they fall due."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    put_at = time.monotonic()
    while not stopping:
        if time.monotonic() >= put_at:
            put_first(app)
            put_at = time.monotonic() + PUT_AGAIN
        if not run_due(app):
            if once:
                return
            time.sleep(PAUSE)


def put_first(app: Flask) -> None:
    """Puts the periodic jobs that nobody's act puts; each puts its successor, and if it broke, it is put again here."""
    with app.app_context():
        begin_writing(db.session)
        put_tidying(db.session)
        notices.begin(db.session)
        commit(db.session)


def run_due(app: Flask) -> bool:
    """Runs one job in an application context of its own. Answers False where none was due."""
    if not TASKS:
        raise LookupError("no room registered a task")
    with app.app_context():
        return run_one(db.session)
