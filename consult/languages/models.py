"""Every sentence people write, in its language, and its translations."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.terms import TranslationState
from consult.db import Base, one_of


class Text(Base):
    """One utterance. Editing makes a new one; only redaction empties a body, and its hash stays."""

    __tablename__ = "text"
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    # use_alter: a consultation's title is a text, and a text belongs to a consultation.
    consultation_id: Mapped[int | None] = mapped_column(
        ForeignKey("consultation.id", use_alter=True, name="fk_text_consultation_id"), index=True
    )
    language: Mapped[str]
    body: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    salt: Mapped[str]
    redacted_at: Mapped[datetime | None]
    redaction_reason: Mapped[str | None]


class Translation(Base):
    """The words of a text in another language, tied to the very text that it was made from."""

    __tablename__ = "translation"
    __table_args__ = (
        UniqueConstraint("replaces_id"),
        Index(
            "uq_translation_first",
            "source_text_id",
            "language",
            unique=True,
            sqlite_where=text("replaces_id IS NULL"),
            postgresql_where=text("replaces_id IS NULL"),
        ),
    )
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    source_text_id: Mapped[int] = mapped_column(ForeignKey("text.id"), index=True)
    language: Mapped[str]
    body_text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))
    state: Mapped[TranslationState] = mapped_column(one_of(TranslationState))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("translation.id"))
