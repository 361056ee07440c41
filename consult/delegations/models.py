"""What does a delegation keep among itself about a consultation: its discussion and its own deadline?"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base


class Remark(Base):
    """What somebody of the delegation says to the others, on one paper or on the draft. Nobody outside reads it."""

    __tablename__ = "remark"
    __table_args__ = (Index(None, "voice_id", "consultation_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str] = mapped_column(unique=True)
    words: Mapped[str]
    at: Mapped[datetime]


class InnerDeadline(Base):
    """Until when a delegation wants its papers in: a date of its own, before the round's."""

    __tablename__ = "inner_deadline"
    __table_args__ = (UniqueConstraint("voice_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    closes_at: Mapped[datetime]
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
