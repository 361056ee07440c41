"""How long are letters kept? Twelve months from the day they were written, read or not."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.notices.models import Letter
from consult.notices.outbox import drop_before, folder_of

KEPT = timedelta(days=365)
MOST = 2000  # rows dropped in one transaction


def drop_old(session: Session, at: datetime) -> bool:
    """Drops what is older, from the table and from the folder. Answers whether there may be more."""
    old = select(Letter.id).where(Letter.written_at < at - KEPT).order_by(Letter.id).limit(MOST)
    ids = session.scalars(old).all()
    session.execute(delete(Letter).where(Letter.id.in_(ids)))
    drop_before(folder_of(str(current_app.config["OUTBOX_FOLDER"])), at - KEPT)
    return len(ids) == MOST
