"""The jobs of this room: dropping kept words when their thirty days are over."""

from sqlalchemy.orm import Session

from consult import clock
from consult.comments import acts
from consult.core.actors import SYSTEM
from consult.jobs import Job, task


@task(acts.DROPPING)
def dropping(session: Session, _job: Job) -> None:
    """Drops what is due; to drop it twice is to drop it once."""
    acts.drop_words(session, SYSTEM, clock.now())
