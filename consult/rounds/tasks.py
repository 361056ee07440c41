"""The jobs of this room: noting that a round closed."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.jobs import Job, task
from consult.rounds import acts


@task(acts.CLOSING)
def closing(session: Session, job: Job) -> None:
    """Notes the close once; the key of the job holds the instant, so a moved end is another job."""
    acts.note_closed(session, job.arguments["round_id"], datetime.fromisoformat(job.arguments["closes_at"]))
