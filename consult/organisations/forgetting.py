"""When is an invited person's address emptied? Thirty days after the invitation's end, by a job a day."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from consult.jobs import put

FORGETTING = "invitations.forget"
FORGOTTEN_AFTER = timedelta(days=30)


def forget_later(session: Session, end: datetime) -> None:
    """Puts the job of the day by which an invitation that ends then is to be forgotten."""
    due = (end + FORGOTTEN_AFTER).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    put(session, FORGETTING, due.date().isoformat(), run_after=due)
