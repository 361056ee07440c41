"""Which letters are there, who wants which, and how far has the record been read?"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.terms import LetterState
from consult.db import Base, one_of


class Reading(Base):
    """The last entry of a chain from which letters were written."""

    __tablename__ = "reading"

    id: Mapped[int] = mapped_column(primary_key=True)
    chain_id: Mapped[int] = mapped_column(ForeignKey("chain.id"), unique=True)
    position: Mapped[int] = mapped_column(default=0)


class Letter(Base):
    """One letter to one reader. `key` makes it one however often it is written, and `name` is made from it.

    `facts` hold ids and numbers, no words and no secret: names are looked up when the letter is read or sent,
    and the link of a ticket or an invitation is sealed only then. `tried_at` with state `written` and no error:
    its words were handed to the mail server, and what became of them was not written down.
    """

    __tablename__ = "letter"
    __table_args__ = (
        Index(None, "person_id", "id"),
        Index(None, "state", "next_at"),
        Index(
            "ix_letter_unread",
            "person_id",
            sqlite_where=text("read_at IS NULL AND is_in_inbox"),
            postgresql_where=text("read_at IS NULL AND is_in_inbox"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)  # in addresses, file names and the Message-ID
    kind: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    email: Mapped[str | None]  # of somebody without an account; emptied once it is sent
    language: Mapped[str]
    time_zone: Mapped[str]
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    facts: Mapped[dict[str, Any]]
    is_in_inbox: Mapped[bool] = mapped_column(default=True)
    is_mailed: Mapped[bool] = mapped_column(default=True)
    state: Mapped[LetterState] = mapped_column(one_of(LetterState), default=LetterState.WRITTEN)
    written_at: Mapped[datetime]
    next_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    error: Mapped[str | None]


class Following(Base):
    """Which kinds of letter somebody wants by mail; without a row the default of the kind holds."""

    __tablename__ = "following"
    __table_args__ = (UniqueConstraint("person_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    is_mailed: Mapped[bool]
    at: Mapped[datetime]


class Follower(Base):
    """Somebody who wants to hear of a consultation without sitting in it."""

    __tablename__ = "follower"
    __table_args__ = (UniqueConstraint("person_id", "consultation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    at: Mapped[datetime]
