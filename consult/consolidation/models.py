"""From a closed round to the next draft: what became of each comment, and the next text of each clause."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.terms import Outcome, SettlementKind
from consult.db import Base, one_of


class Theme(Base):
    """Comments on a clause that say the same thing, under a name that a moderator gave."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("draft_id", "clause_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    name: Mapped[str]


class ThemeComment(Base):
    """A comment stands in one theme a round."""

    __tablename__ = "theme_comment"
    __table_args__ = (UniqueConstraint("comment_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))


class Disposition(Base):
    """What became of a comment, with the answer to its author. The row that none replaces stands."""

    __tablename__ = "disposition"
    __table_args__ = (
        UniqueConstraint("replaces_id"),
        Index(
            "uq_disposition_first",
            "comment_id",
            "round_id",
            unique=True,
            sqlite_where=text("replaces_id IS NULL"),
            postgresql_where=text("replaces_id IS NULL"),
        ),
        Index(None, "comment_id"),
    )
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(one_of(Outcome))
    answer_text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    words_text_id: Mapped[int | None] = mapped_column(ForeignKey("text.id"))
    answered_with_comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    deferred_to_round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("disposition.id"))


class DispositionsPublished(Base):
    """From this instant on, a round's dispositions are public."""

    __tablename__ = "dispositions_published"
    __table_args__ = (UniqueConstraint("round_id"),)
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Settlement(Base):
    """The next text of one clause. The highest edition stands.

    `after_clause_id` is where an inserted or moved clause goes; `new_clause_id` the clause that an
    insertion or a split makes; `choices` how each collision was resolved.
    """

    __tablename__ = "settlement"
    __table_args__ = (UniqueConstraint("draft_id", "clause_id", "edition"),)
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    edition: Mapped[int]
    kind: Mapped[SettlementKind] = mapped_column(one_of(SettlementKind))
    text_id: Mapped[int | None] = mapped_column(ForeignKey("text.id"))
    heading_text_id: Mapped[int | None] = mapped_column(ForeignKey("text.id"))
    after_clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    joined_clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    parts: Mapped[list[Any] | None]
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Change(Base):
    """One changed stretch of a settled clause, in code points of the canonical bodies."""

    __tablename__ = "change"
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    settlement_id: Mapped[int] = mapped_column(ForeignKey("settlement.id"), index=True)
    old_start: Mapped[int]
    old_end: Mapped[int]
    new_start: Mapped[int]
    new_end: Mapped[int]


class ChangeSource(Base):
    """Why a change was made: a comment, or a moderator's editorial hand. At least one a change."""

    __tablename__ = "change_source"
    __table_args__ = (
        CheckConstraint("(comment_id IS NULL) <> (editorial_by_id IS NULL)", name="one_of_two"),
        Index(None, "change_id"),
    )
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    editorial_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
