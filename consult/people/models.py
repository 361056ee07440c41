"""Who there is: persons, the organisations they speak for, and what each may do."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.terms import OrganisationState, RoleKind, SeatKind, StakeholderGroup
from consult.db import Base, one_of


class Person(Base):
    """Someone with an account. Leaving empties e-mail, name and secrets; the row and its pseudonym stay."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    pseudonym: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="en")
    time_zone: Mapped[str] = mapped_column(default="UTC")
    password_hash: Mapped[str | None]
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    totp_secret: Mapped[str | None]  # sealed with the program's secret; set once it was confirmed by a code
    totp_step: Mapped[int | None]  # the last time step whose code was used: no code opens twice
    has_alerts: Mapped[bool] = mapped_column(default=True, server_default=text("true"))


class Organisation(Base):
    """Takes positions. `name` is its own name for itself; its names in other languages stand in their own rows."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("clearance_levels BETWEEN 1 AND 3", name="clearance_levels"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_language: Mapped[str]
    stakeholder_group: Mapped[StakeholderGroup] = mapped_column(one_of(StakeholderGroup))
    country: Mapped[str]
    clearance_levels: Mapped[int] = mapped_column(default=2)
    website: Mapped[str] = mapped_column(default="", server_default=text("''"))
    state: Mapped[OrganisationState] = mapped_column(
        one_of(OrganisationState), default=OrganisationState.LISTED, server_default="listed"
    )


class OrganisationWords(Base):
    """What an organisation is called in a language, and how it describes itself there."""

    __tablename__ = "organisation_words"
    __table_args__ = (UniqueConstraint("organisation_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    language: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")


class Accreditation(Base):
    """An administrator's word that an organisation's positions count, or no longer do. The newest one counts."""

    __tablename__ = "accreditation"
    immutable = True

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    is_accredited: Mapped[bool]
    reason: Mapped[str]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Voice(Base):
    """Whoever can take a position: an organisation or a person, exactly one of the two."""

    __tablename__ = "voice"
    __table_args__ = (CheckConstraint("(organisation_id IS NULL) <> (person_id IS NULL)", name="one_of_two"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), unique=True)


class Seat(Base):
    """A person's place in an organisation's delegation."""

    __tablename__ = "seat"
    __table_args__ = (
        Index(
            "uq_seat_standing",
            "person_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[SeatKind] = mapped_column(one_of(SeatKind))
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class Role(Base):
    """What a person may do beside speaking: moderate, translate, administer. No consultation means all of them."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[RoleKind] = mapped_column(one_of(RoleKind))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    language: Mapped[str | None]
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class SignIn(Base):
    """A signed-in browser: only the hash of its token is kept, and signing out ends it here."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(
        default="", server_default=text("''")
    )  # browser and system by name, no address
    seen_at: Mapped[datetime | None]
    is_strong: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    confirmed_at: Mapped[datetime | None]  # when she last proved in this session that it is she


class Throttle(Base):
    """How often something was tried lately, shared by all workers. The key is a hash, never an address."""

    __tablename__ = "throttle"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    window_started_at: Mapped[datetime]
    count: Mapped[int] = mapped_column(default=0)


class Mechanism(Base):
    """A named circle of organisations, as an ASEAN or BRICS group: its members take part in its talks."""

    __tablename__ = "mechanism"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_language: Mapped[str]


class MechanismMember(Base):
    """An organisation that belongs to a mechanism."""

    __tablename__ = "mechanism_member"
    __table_args__ = (UniqueConstraint("mechanism_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mechanism_id: Mapped[int] = mapped_column(ForeignKey("mechanism.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
