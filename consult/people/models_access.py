"""What opens an account beside its password: links by letter, passkeys, codes, another site's word."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.terms import TicketPurpose
from consult.db import Base, one_of


class Ticket(Base):
    """What a link in a letter, or a step of signing in, opens: once, for one purpose, for a while.

    The link carries `key` under a seal that only the program can make (`people.tickets`), so rows alone open nothing.
    Rows are deleted some days after their end: what they hold of a person goes with them.
    """

    __tablename__ = "ticket"
    __table_args__ = (Index(None, "person_id", "purpose"), Index(None, "ends_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[TicketPurpose] = mapped_column(one_of(TicketPurpose))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    email: Mapped[str | None]  # where the letter goes, if there is one
    language: Mapped[str] = mapped_column(default="en")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Passkey(Base):
    """A WebAuthn credential of a person."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    transports: Mapped[list[Any]] = mapped_column(default=list)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code that stands in once for a lost second factor; only its hash is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("person_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    code_hash: Mapped[str]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Identity(Base):
    """An account at another site (OpenID Connect) that signs this person in."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
