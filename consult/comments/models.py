"""What people say: papers inside a delegation, and the comments, amendments and positions made from them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.terms import AmendmentKind, Category, ModerationState, PaperState, PositionOrigin, Stance
from consult.db import Base, one_of

KEPT_FOR = timedelta(days=30)


class Contribution(Base):
    """The working paper from which a comment is made. Nobody outside the delegation sees it.

    `key` stands in its address, `form_key` makes a form that was sent twice one paper, `edition` is the lock.
    `is_sent`: its author has handed it on for clearance, at `sent_at`; `returned_words`: why it came back.
    """

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("voice_id", "form_key"),
        Index(None, "consultation_id", "voice_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    form_key: Mapped[str]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    edition: Mapped[int] = mapped_column(default=1)
    state: Mapped[PaperState] = mapped_column(one_of(PaperState), default=PaperState.DRAFT)
    stance: Mapped[Stance] = mapped_column(one_of(Stance))
    category: Mapped[Category] = mapped_column(one_of(Category))
    language: Mapped[str]
    reasons: Mapped[str] = mapped_column(default="")
    read_text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))
    amendment_kind: Mapped[AmendmentKind | None] = mapped_column(one_of(AmendmentKind))
    proposed: Mapped[str | None]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    private_notes: Mapped[str] = mapped_column(default="")
    is_sent: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[datetime | None]
    returned_words: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    names_author: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class Comment(Base):
    """One voice's submitted words on one clause. The stance here is what was said then."""

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        UniqueConstraint("voice_id", "form_key"),
        UniqueConstraint("supersedes_id"),
        Index(None, "draft_id", "clause_id", "number"),
        Index(None, "round_id"),
    )
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    category: Mapped[Category] = mapped_column(one_of(Category))
    stance: Mapped[Stance] = mapped_column(one_of(Stance))
    reasons_text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))
    read_text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))
    quote: Mapped[dict[str, Any] | None]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    received_at: Mapped[datetime]
    form_key: Mapped[str]
    names_author: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class Amendment(Base):
    """The words that a comment proposes, against the very text that its author read."""

    __tablename__ = "amendment"
    __table_args__ = (UniqueConstraint("comment_id"),)
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    kind: Mapped[AmendmentKind] = mapped_column(one_of(AmendmentKind))
    base_text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))
    proposed_text_id: Mapped[int | None] = mapped_column(ForeignKey("text.id"))
    target_clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))


class Withdrawal(Base):
    """A voice takes its comment back."""

    __tablename__ = "withdrawal"
    __table_args__ = (UniqueConstraint("comment_id"),)
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Moderation(Base):
    """Whether a comment's words are shown, and why not. The row that none replaces stands."""

    __tablename__ = "moderation"
    __table_args__ = (
        UniqueConstraint("replaces_id"),
        Index(
            "uq_moderation_first",
            "comment_id",
            unique=True,
            sqlite_where=text("replaces_id IS NULL"),
            postgresql_where=text("replaces_id IS NULL"),
        ),
    )
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    state: Mapped[ModerationState] = mapped_column(one_of(ModerationState))
    reason: Mapped[str]
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("moderation.id"))


class Position(Base):
    """A voice's stance on a clause of a draft; of each voice and clause one is current."""

    __tablename__ = "position"
    __table_args__ = (
        Index(
            "uq_position_current",
            "voice_id",
            "draft_id",
            "clause_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
        Index(None, "draft_id", "clause_id"),
        CheckConstraint("stance <> 'object' OR comment_id IS NOT NULL", name="objection_has_reasons"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    stance: Mapped[Stance] = mapped_column(one_of(Stance))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    origin: Mapped[PositionOrigin] = mapped_column(one_of(PositionOrigin))
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    is_current: Mapped[bool] = mapped_column(default=True)


class KeptWords(Base):
    """What a refused, late or signed-out form held: offered again, and dropped after thirty days."""

    __tablename__ = "kept_words"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (cookie_hash IS NULL)", name="one_of_two"),
        Index(None, "person_id", "path"),
        Index(None, "cookie_hash", "path"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    cookie_hash: Mapped[str | None]
    path: Mapped[str]
    fields: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(index=True)
