"""The jobs of this room: writing down what is held of somebody, dropping it again, and leaving no trace in freed pages."""

from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import SYSTEM
from consult.jobs import Job, task
from consult.notices.outbox import drop_named
from consult.privacy import acts_leaving, acts_takeout, reads, scrubbing
from consult.privacy.readme import read_me
from consult.privacy.reads_held import everything
from consult.privacy.settings import outbox, site_name
from consult.privacy.takeout import written


@task(acts_takeout.MAKING)
def making(session: Session, job: Job) -> None:
    """Writes a takeout, if the sign-in that asked still lasts."""
    at = clock.now()
    found = reads.asked(session, job.arguments["takeout_id"], at)
    if found is None:
        return
    takeout, who = found
    words = read_me(who.language, who.pseudonym, site_name(), at)
    content = written(who.pseudonym, at, everything(session, who), words)
    acts_takeout.keep_takeout(session, who, takeout, content)


@task(acts_takeout.DROPPING)
def dropping(session: Session, _job: Job) -> None:
    """Deletes what is over; to delete it twice is to delete it once."""
    acts_takeout.drop_takeouts(session, SYSTEM, clock.now())


@task(acts_leaving.SCRUBBING)
def scrub(session: Session, job: Job) -> None:
    """Deletes the files of letters to who left, rewrites the tables that her rows were taken from, and empties the log."""
    drop_named(outbox(), set(str(job.arguments["letters"]).split()))
    scrubbing.scrub(session)
