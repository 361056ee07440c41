"""The jobs of this room: a list that was handed in is forgotten."""

from sqlalchemy.orm import Session

from consult.drafts import acts_roster_import as acts
from consult.jobs import Job, task


@task(acts.FORGETTING)
def forgetting(session: Session, job: Job) -> None:
    """Deletes what is left of a list; deleting it twice deletes it once."""
    acts.forget_list(session, job.arguments["roster_import_id"])
