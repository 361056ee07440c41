"""What is negotiated: consultations, their drafts, and clauses that last through all of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.terms import (
    ClauseKind,
    DescentKind,
    DraftKind,
    PartyRole,
    Stage,
    StakeholderGroup,
    Track,
)
from consult.db import Base, one_of


class Consultation(Base):
    """One guideline under negotiation."""

    __tablename__ = "consultation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title_text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))
    summary_text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))
    source_language: Mapped[str]
    track: Mapped[Track] = mapped_column(one_of(Track))
    stage: Mapped[Stage] = mapped_column(one_of(Stage), default=Stage.PREPARING)
    is_restricted: Mapped[bool] = mapped_column(default=False)
    takes_individuals: Mapped[bool] = mapped_column(default=False)
    takes_pseudonyms: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    comment_count: Mapped[int] = mapped_column(default=0)
    individual_comment_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    clause_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class OfferedLanguage(Base):
    """A language that the consultation is offered in, beside its source."""

    __tablename__ = "offered_language"
    __table_args__ = (UniqueConstraint("consultation_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    language: Mapped[str]
    ordinal: Mapped[int]


class RequiredGroup(Base):
    """A stakeholder group without which no clause can be called agreed."""

    __tablename__ = "required_group"
    __table_args__ = (UniqueConstraint("consultation_id", "stakeholder_group"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    stakeholder_group: Mapped[StakeholderGroup] = mapped_column(one_of(StakeholderGroup))


class Party(Base):
    """An organisation on the roster: for access, for who is missing, for silence."""

    __tablename__ = "party"
    __table_args__ = (UniqueConstraint("consultation_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[PartyRole] = mapped_column(one_of(PartyRole))


class PartyReminder(Base):
    """A moderator reminded an organisation on the roster that it has not answered yet."""

    __tablename__ = "party_reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class RosterImport(Base):
    """A list of organisations that a moderator handed in, while she looks at what was understood of it.

    Each row as it was read and corrected. Rows are emptied once they are confirmed, and the whole is deleted after
    some days: what it holds of persons goes with it.
    """

    __tablename__ = "roster_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    rows: Mapped[list[Any]] = mapped_column(default=list)
    outcome: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class Convened(Base):
    """The mechanism under which a multilateral consultation is held."""

    __tablename__ = "convened"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), unique=True)
    mechanism_id: Mapped[int] = mapped_column(ForeignKey("mechanism.id"))


class Interest(Base):
    """A conflict of interest that a moderator or translator declares; everybody reads it. The newest one counts."""

    __tablename__ = "interest"
    __table_args__ = (Index(None, "consultation_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str]
    at: Mapped[datetime]


class Draft(Base):
    """One state of the whole text. Once published it never changes."""

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("consultation_id", "ordinal"),
        Index(
            "uq_draft_unpublished",
            "consultation_id",
            unique=True,
            sqlite_where=text("published_at IS NULL"),
            postgresql_where=text("published_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    ordinal: Mapped[int]
    kind: Mapped[DraftKind] = mapped_column(one_of(DraftKind))
    published_at: Mapped[datetime | None]
    sha256: Mapped[str | None]


class Clause(Base):
    """A provision with one identity across all drafts. Its code is permanent and never used again."""

    __tablename__ = "clause"
    __table_args__ = (UniqueConstraint("consultation_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    code: Mapped[str]


class ClauseText(Base):
    """A clause in one draft: where it stands, what number is printed, and its words in the source language."""

    __tablename__ = "clause_text"
    __table_args__ = (
        UniqueConstraint("draft_id", "clause_id"),
        UniqueConstraint("draft_id", "parent_clause_id", "position"),
        Index(None, "draft_id", "ordinal", unique=True),
        CheckConstraint("(kind = 'whole') = (parent_clause_id IS NULL)", name="whole_is_root"),
    )
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"), index=True)
    parent_clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    position: Mapped[int]
    ordinal: Mapped[int]
    kind: Mapped[ClauseKind] = mapped_column(one_of(ClauseKind))
    number: Mapped[str]
    cited: Mapped[str]
    section_clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    heading_text_id: Mapped[int | None] = mapped_column(ForeignKey("text.id"))
    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))


class Descent(Base):
    """Which clause came from which, where one was split or several were joined."""

    __tablename__ = "descent"
    __table_args__ = (UniqueConstraint("draft_id", "from_clause_id", "to_clause_id"),)
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    from_clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    to_clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    kind: Mapped[DescentKind] = mapped_column(one_of(DescentKind))


class Bracket(Base):
    """Words of a clause text that are not agreed yet, and why they are open."""

    __tablename__ = "bracket"
    __table_args__ = (UniqueConstraint("clause_text_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_text_id: Mapped[int] = mapped_column(ForeignKey("clause_text.id"))
    ordinal: Mapped[int]
    reason: Mapped[str]
    is_attributed: Mapped[bool] = mapped_column(default=True)


class BracketOption(Base):
    """One of the rival wordings inside a bracket, and the comment that asks for it."""

    __tablename__ = "bracket_option"
    __table_args__ = (UniqueConstraint("bracket_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bracket_id: Mapped[int] = mapped_column(ForeignKey("bracket.id"))
    ordinal: Mapped[int]
    words: Mapped[str]
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
