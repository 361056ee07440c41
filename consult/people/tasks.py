"""The jobs of this room: letting go, every night, of what is kept no longer."""

from sqlalchemy.orm import Session

from consult import clock
from consult.jobs import Job, task
from consult.people import acts_tidying


@task(acts_tidying.TIDYING)
def tidying(session: Session, _job: Job) -> None:
    """Tidies; to do it twice is to do it once."""
    acts_tidying.tidy_tonight(session, clock.now())
