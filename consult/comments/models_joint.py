"""Who stands behind a comment beside the voice that wrote it, and how did its words come about?"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.terms import AmendmentKind, Category, SponsorState, Stance
from consult.db import Base, one_of


class ContributionEdition(Base):
    """The words of a paper as they were in one edition: what changed since it was verified is read from here."""

    __tablename__ = "contribution_edition"
    __table_args__ = (UniqueConstraint("contribution_id", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    edition: Mapped[int]
    stance: Mapped[Stance] = mapped_column(one_of(Stance))
    category: Mapped[Category] = mapped_column(one_of(Category))
    language: Mapped[str]
    reasons: Mapped[str]
    amendment_kind: Mapped[AmendmentKind | None] = mapped_column(one_of(AmendmentKind))
    proposed: Mapped[str | None]
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    is_verified: Mapped[bool] = mapped_column(default=False)


class Sponsorship(Base):
    """Another organisation is asked to put its name to a paper, and clears it at its own levels.

    It sees that paper's words, never the private notes or the discussion. What it cleared is one edition:
    other words ask for a new clearance.
    """

    __tablename__ = "sponsorship"
    __table_args__ = (UniqueConstraint("contribution_id", "voice_id"), Index(None, "voice_id", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    state: Mapped[SponsorState] = mapped_column(one_of(SponsorState), default=SponsorState.ASKED)
    edition: Mapped[int | None]  # of the paper, as it was verified or cleared
    words: Mapped[str] = mapped_column(default="")
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class NameWithdrawal(Base):
    """The author no longer wants to be named with a comment. The comment itself never changes, so it is said here."""

    __tablename__ = "name_withdrawal"
    __table_args__ = (UniqueConstraint("comment_id"),)
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    at: Mapped[datetime]


class CoSponsor(Base):
    """An organisation that submitted a comment together with its author. It can step back while the round is open."""

    __tablename__ = "co_sponsor"
    __table_args__ = (
        Index(
            "uq_co_sponsor_standing",
            "comment_id",
            "voice_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        Index(None, "voice_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
