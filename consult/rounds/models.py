"""When things may be said: spans of time on a draft."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.terms import RoundKind
from consult.db import Base, one_of


class Round(Base):
    """A span of time on one draft. Whether it is open is computed from the clock, never stored."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("consultation_id", "ordinal"),
        CheckConstraint("closes_at > opens_at", name="opens_before_it_closes"),
        Index(None, "draft_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    ordinal: Mapped[int]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    kind: Mapped[RoundKind] = mapped_column(one_of(RoundKind))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]


class RoundChange(Base):
    """A new closing time, with its reason. The round's own closes_at follows it in the same transaction."""

    __tablename__ = "round_change"
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    closes_at: Mapped[datetime]
    reason: Mapped[str]
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
