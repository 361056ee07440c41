"""Who has an account, and what may she do? For administrators only."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import RoleKind, SeatKind
from consult.drafts.reads import consultations
from consult.languages.reads import Said
from consult.people.models import Organisation, Person, Role, Seat, SignIn
from consult.people.models_access import Passkey
from consult.refusals import NotThere

PAGE = 50


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role: everywhere, or in a consultation that this reader may see."""

    kind: RoleKind
    language: str | None
    slug: str | None
    title: Said | None
    since: datetime


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat in a delegation."""

    kind: SeatKind
    slug: str
    name: str
    name_language: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody with an account."""

    id: int
    pseudonym: str
    name: str | None
    email: str | None
    has_left: bool
    has_second_factor: bool
    sign_in_count: int
    roles: tuple[RoleLine, ...]
    seats: tuple[SeatLine, ...]


@dataclass(frozen=True, slots=True)
class People:
    """One page of those who were found."""

    lines: tuple[PersonLine, ...]
    found_count: int
    after: str | None


@dataclass(frozen=True, slots=True)
class Open:
    """A consultation for which a role can be given."""

    id: int
    slug: str
    title: Said


def people(
    session: Session, actor: Actor, words: str, at: datetime, language: str, after: str = ""
) -> People:
    """Those whose e-mail, name or pseudonym holds these words; without words, those who have a role. Fixed queries."""
    where = _wanted(words)
    count = session.scalar(select(func.count()).select_from(Person).where(where)) or 0
    query = select(Person).where(where).order_by(Person.id)
    if after:
        last = select(Person.id).where(Person.pseudonym == after).scalar_subquery()
        query = query.where(func.coalesce(Person.id > last, true()))
    rows = session.scalars(query.limit(PAGE + 1)).all()
    lines = _lines(session, actor, rows[:PAGE], at, language)
    return People(lines, count, lines[-1].pseudonym if len(rows) > PAGE else None)


def person_called(session: Session, actor: Actor, pseudonym: str, at: datetime, language: str) -> PersonLine:
    """One of them."""
    return _lines(session, actor, [person_row(session, pseudonym)], at, language)[0]


def person_row(session: Session, pseudonym: str) -> Person:
    """The row, for acts."""
    found = session.scalar(select(Person).where(Person.pseudonym == pseudonym))
    if found is None:
        raise NotThere
    return found


def open_to(session: Session, actor: Actor, language: str) -> tuple[Open, ...]:
    """The consultations that this reader may see."""
    return tuple(Open(one.id, one.slug, one.title) for one in consultations(session, actor, language))


def standing_role(
    session: Session, person: Person, kind: RoleKind, consultation_id: int | None, language: str | None
) -> Role:
    """The role that somebody has now."""
    found = session.scalar(
        select(Role).where(
            Role.person_id == person.id,
            Role.kind == kind,
            Role.consultation_id.is_not_distinct_from(consultation_id),
            Role.language.is_not_distinct_from(language),
            Role.until.is_(None),
        )
    )
    if found is None:
        raise NotThere
    return found


def _wanted(words: str) -> ColumnElement[bool]:
    sought = words.strip()
    if not sought:
        return Person.id.in_(select(Role.person_id).where(Role.until.is_(None)))
    return or_(
        Person.email.icontains(sought, autoescape=True),
        Person.name.icontains(sought, autoescape=True),
        Person.pseudonym == sought,
    )


def _lines(
    session: Session, actor: Actor, rows: Sequence[Person], at: datetime, language: str
) -> tuple[PersonLine, ...]:
    ids = [row.id for row in rows]
    roles, seats = _roles(session, actor, ids, language), _seats(session, ids)
    with_passkey = set(session.scalars(select(Passkey.person_id).where(Passkey.person_id.in_(ids))))
    open_ = select(SignIn.person_id, func.count()).where(
        SignIn.person_id.in_(ids), SignIn.revoked_at.is_(None), SignIn.ends_at > at
    )
    signed_in = {row[0]: row[1] for row in session.execute(open_.group_by(SignIn.person_id))}
    return tuple(
        PersonLine(
            id=row.id,
            pseudonym=row.pseudonym,
            name=row.name,
            email=row.email,
            has_left=row.erased_at is not None,
            has_second_factor=row.totp_secret is not None or row.id in with_passkey,
            sign_in_count=signed_in.get(row.id, 0),
            roles=tuple(roles.get(row.id, ())),
            seats=tuple(seats.get(row.id, ())),
        )
        for row in rows
    )


def _roles(
    session: Session, actor: Actor, ids: Collection[int], language: str
) -> Mapping[int, Sequence[RoleLine]]:
    """The roles of these people; one in a consultation that this reader may not see is not there."""
    seen = {one.id: one for one in open_to(session, actor, language)}
    found: dict[int, list[RoleLine]] = defaultdict(list)
    standing = select(Role).where(Role.person_id.in_(ids), Role.until.is_(None)).order_by(Role.id)
    for role in session.scalars(standing):
        one = seen.get(role.consultation_id or 0)
        if role.consultation_id is None or one is not None:
            slug, title = (one.slug, one.title) if one else (None, None)
            found[role.person_id].append(RoleLine(role.kind, role.language, slug, title, role.since))
    return found


def _seats(session: Session, ids: Collection[int]) -> Mapping[int, Sequence[SeatLine]]:
    found: dict[int, list[SeatLine]] = defaultdict(list)
    rows = session.execute(
        select(Seat.person_id, Seat.kind, Organisation.slug, Organisation.name, Organisation.name_language)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .where(Seat.person_id.in_(ids), Seat.until.is_(None))
        .order_by(Seat.id)
    )
    for person_id, kind, slug, name, name_language in rows:
        found[person_id].append(SeatLine(kind, slug, name, name_language))
    return found
