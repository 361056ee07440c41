"""What did a form hold that could not be taken, for its writer to use again?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.models import KEPT_FOR, KeptWords
from consult.core.actors import Actor


@dataclass(frozen=True, slots=True)
class KeptLine:
    """What a form held that could not be taken."""

    fields: Mapping[str, str]
    at: datetime
    until: datetime


def kept_words(session: Session, actor: Actor, path: str, at: datetime) -> KeptLine | None:
    """What was kept of this form for this person."""
    query = select(KeptWords).where(
        KeptWords.path == path, KeptWords.person_id == actor.person_id, KeptWords.at > at - KEPT_FOR
    )
    row = session.scalars(query.order_by(KeptWords.id.desc()).limit(1)).first()
    return KeptLine(row.fields, row.at, row.at + KEPT_FOR) if row is not None else None
