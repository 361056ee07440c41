"""What happened, in an order that nobody can change: chains of entries, and the private journal beside them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base


class Chain(Base):
    """One per consultation, and one for the platform: how long it is, and the hash of its last entry."""

    __tablename__ = "chain"
    __table_args__ = (
        UniqueConstraint("consultation_id"),
        Index(
            "uq_chain_platform",
            "is_platform",
            unique=True,
            sqlite_where=text("is_platform"),
            postgresql_where=text("is_platform"),
        ),
        CheckConstraint("is_platform = (consultation_id IS NULL)", name="platform_has_no_consultation"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    is_platform: Mapped[bool] = mapped_column(default=False)
    length: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(default="")


class Entry(Base):
    """One public act."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("chain_id", "position"), Index(None, "thing", "thing_id"))
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    chain_id: Mapped[int] = mapped_column(ForeignKey("chain.id"))
    position: Mapped[int]
    at: Mapped[datetime]
    act: Mapped[str]
    thing: Mapped[str]
    thing_id: Mapped[int]
    actor_label: Mapped[str]
    facts: Mapped[dict[str, Any]]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class Disclosure(Base):
    """Words that an entry commits to and that may have to be erased. Deleting the row erases them."""

    __tablename__ = "disclosure"
    __table_args__ = (UniqueConstraint("entry_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    field: Mapped[str]
    words: Mapped[str]
    salt: Mapped[str]


class Journal(Base):
    """Acts that are nobody else's business. Kept twelve months."""

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    act: Mapped[str]
    facts: Mapped[dict[str, Any]]
