"""Files that came in or will go out, kept in rows so that a backup and several machines need nothing else."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.terms import UploadPurpose
from consult.db import Base, one_of


class Upload(Base):
    """A file: what it is and what it is for; its bytes stand in parts of one mebibyte."""

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    media_type: Mapped[str]
    file_name: Mapped[str]
    size: Mapped[int]
    purpose: Mapped[UploadPurpose] = mapped_column(one_of(UploadPurpose))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("voice.id"))
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class UploadPart(Base):
    """One mebibyte of an upload at the most."""

    __tablename__ = "upload_part"
    __table_args__ = (UniqueConstraint("upload_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id"))
    ordinal: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Outline(Base):
    """An import being confirmed: what was read, and the moderator's steps on it so far."""

    __tablename__ = "outline"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("upload.id"))
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    read: Mapped[dict[str, Any]]
    steps: Mapped[list[Any]] = mapped_column(default=list)
    edition: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
