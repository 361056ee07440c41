"""The jobs of this room: emptying the addresses of invited persons thirty days after the end."""

from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import SYSTEM
from consult.jobs import Job, task
from consult.organisations import acts_accepting
from consult.organisations.forgetting import FORGETTING


@task(FORGETTING)
def forgetting(session: Session, _job: Job) -> None:
    """Empties what is due; to empty it twice is to empty it once."""
    acts_accepting.forget_invited(session, SYSTEM, clock.now())
