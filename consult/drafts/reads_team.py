"""Who moderates and translates here, and what conflicts of interest have they declared?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from consult.core.terms import RoleKind
from consult.drafts.models import Interest
from consult.drafts.policy import SERVING
from consult.drafts.reads import Consulted
from consult.organisations.models import Invitation
from consult.organisations.reads_seats import open_at
from consult.people.models import Person, Role
from consult.refusals import NotThere


@dataclass(frozen=True, slots=True)
class Declared:
    """What somebody declared on a day; no words: that there is nothing to declare."""

    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Served:
    """Somebody who serves in a role, named as long as she has an account; `declared` is the newest first."""

    role_id: int
    person_id: int
    name: str
    pseudonym: str
    kind: RoleKind
    language: str | None
    is_everywhere: bool
    since: datetime
    declared: tuple[Declared, ...]

    @property
    def newest(self) -> Declared | None:
        """What stands now; nothing where she has not declared yet."""
        return self.declared[0] if self.declared else None


@dataclass(frozen=True, slots=True)
class Past:
    """What somebody declared who no longer serves here; only the pseudonym is left of her."""

    pseudonym: str
    declared: tuple[Declared, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """Those who serve now: who moderates, then who translates; and what was declared by those who did."""

    moderators: tuple[Served, ...]
    translators: tuple[Served, ...]
    past: tuple[Past, ...]

    def of(self, person_id: int | None) -> tuple[Served, ...]:
        """The roles of one of them."""
        return tuple(one for one in (*self.moderators, *self.translators) if one.person_id == person_id)


def team(session: Session, consulted: Consulted) -> Team:
    """The team of a consultation. Two queries."""
    rows = session.execute(
        select(Role, Person)
        .join(Person, Person.id == Role.person_id)
        .where(*_serving(consulted.id))
        .order_by(Role.consultation_id.is_(None), Role.since, Role.id)
    ).all()
    declared = _declared(session, consulted.id)
    seen: dict[tuple[int, RoleKind, str | None], Served] = {}
    for role, person in rows:
        one = _served(role, person, tuple(said for said, _ in declared.get(person.id, ())))
        seen.setdefault((person.id, role.kind, role.language), one)
    serving = {one.person_id for one in seen.values()}
    return Team(
        tuple(one for one in seen.values() if one.kind is RoleKind.MODERATOR),
        tuple(one for one in seen.values() if one.kind is RoleKind.TRANSLATOR),
        _past(declared, serving),
    )


def member_of_email(session: Session, consultation_id: int | None, email: str) -> Person | None:
    """Whoever of a consultation's team has this address."""
    wanted = select(Person).join(Role, Role.person_id == Person.id)
    return session.scalars(
        wanted.where(Person.email == email.strip().casefold(), *_serving(consultation_id)).limit(1)
    ).first()


def _serving(consultation_id: int | None) -> tuple[ColumnElement[bool], ...]:
    is_here = (Role.consultation_id == consultation_id) & Role.kind.in_(SERVING)
    is_everywhere = Role.consultation_id.is_(None) & (Role.kind == RoleKind.MODERATOR)
    return Role.until.is_(None), Person.erased_at.is_(None), is_here | is_everywhere


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody invited by letter to serve here, who has not answered yet."""

    key: str
    email: str
    kind: RoleKind
    language: str | None
    at: datetime


def asked(session: Session, consulted: Consulted, at: datetime) -> tuple[Asked, ...]:
    """The open invitations to serve here, for who runs it."""
    rows = session.scalars(
        select(Invitation)
        .where(Invitation.consultation_id == consulted.id, Invitation.role_kind.is_not(None), *open_at(at))
        .order_by(Invitation.id)
    )
    return tuple(
        Asked(row.key, row.email or "", row.role_kind, row.role_language, row.made_at)
        for row in rows
        if row.role_kind is not None
    )


def role_row(session: Session, consulted: Consulted, pseudonym: str, kind: str, language: str) -> Role:
    """The standing role that somebody has for this very consultation."""
    found = session.scalar(
        select(Role)
        .join(Person, Person.id == Role.person_id)
        .where(
            Person.pseudonym == pseudonym,
            Role.kind == kind,
            Role.consultation_id == consulted.id,
            Role.language == language if language else Role.language.is_(None),
            Role.until.is_(None),
        )
    )
    if found is None:
        raise NotThere
    return found


def _declared(session: Session, consultation_id: int) -> Mapping[int, Sequence[tuple[Declared, Person]]]:
    rows = session.execute(
        select(Interest, Person)
        .join(Person, Person.id == Interest.person_id)
        .where(Interest.consultation_id == consultation_id)
        .order_by(Interest.id.desc())
    )
    found: dict[int, list[tuple[Declared, Person]]] = {}
    for interest, person in rows:
        found.setdefault(person.id, []).append((Declared(interest.words, interest.at), person))
    return found


def _past(declared: Mapping[int, Sequence[tuple[Declared, Person]]], serving: set[int]) -> tuple[Past, ...]:
    return tuple(
        Past(said[0][1].pseudonym, tuple(one for one, _ in said))
        for person_id, said in declared.items()
        if person_id not in serving
    )


def _served(role: Role, person: Person, declared: tuple[Declared, ...]) -> Served:
    return Served(
        role_id=role.id,
        person_id=person.id,
        name=person.name or person.pseudonym,
        pseudonym=person.pseudonym,
        kind=role.kind,
        language=role.language,
        is_everywhere=role.consultation_id is None,
        since=role.since,
        declared=declared,
    )
