"""What do the inbox, the preferences, the button of a consultation and the page of health show?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, true
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import LetterState
from consult.notices.kinds import KINDS, Kind, Subject
from consult.notices.models import Follower, Following, Letter
from consult.notices.reads_letters import told
from consult.notices.reads_shelf import Told
from consult.people.models import Person
from consult.refusals import NotThere

PAGE, MOST_COUNTED = 25, 99


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A letter in the list; `told` is None where its reader may not read it any more."""

    name: str
    kind: str
    written_at: datetime
    is_read: bool
    told: Told | None


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of letters, newest first; `before` leads to those before."""

    lines: tuple[InboxLine, ...]
    before: str | None
    unread_count: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of letter, and whether it is mailed."""

    kind: Kind
    is_mailed: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    """A letter that did not go, or not yet; its reader by pseudonym only."""

    name: str
    kind: str
    reader: str | None
    state: LetterState
    attempts: int
    error: str | None
    is_in_doubt: bool
    written_at: datetime
    next_at: datetime
    can_go_again: bool


@dataclass(frozen=True, slots=True)
class Health:
    """How the sending of letters goes: how many stand where, since when the oldest waits, and what went wrong."""

    waiting: int
    sent: int
    failed: int
    oldest_at: datetime | None
    troubles: tuple[Trouble, ...]


def has_due(session: Session, at: datetime) -> bool:
    """Whether a letter waits to be sent now."""
    query = select(Letter.id).where(Letter.state == LetterState.WRITTEN, Letter.next_at <= at)
    return session.scalar(query.limit(1)) is not None


def unread_count(session: Session, actor: Actor) -> int:
    """How many letters she has not read; of very many, that they are many. One query on an index of its own.

    The menu stands on the page of our own mistakes too, where the database may refuse to answer.
    """
    unread = select(Letter.id).where(
        Letter.person_id == actor.person_id, Letter.read_at.is_(None), Letter.is_in_inbox
    )
    some = unread.limit(MOST_COUNTED + 1).subquery()
    try:
        return session.scalar(select(func.count()).select_from(some)) or 0
    except SQLAlchemyError:
        return 0


def inbox(session: Session, actor: Actor, language: str, before: str = "") -> Inbox:
    """Her letters, newest first. However many they are, the queries are as many."""
    query = select(Letter).where(Letter.person_id == actor.person_id, Letter.is_in_inbox)
    if before:
        hers = select(Letter.id).where(Letter.name == before, Letter.person_id == actor.person_id)
        query = query.where(func.coalesce(Letter.id < hers.scalar_subquery(), true()))
    rows = session.scalars(query.order_by(Letter.id.desc()).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    lines = _lines(session, actor, shown, language)
    more = shown[-1].name if len(rows) > PAGE else None
    return Inbox(lines, more, unread_count(session, actor))


def letter(session: Session, actor: Actor, name: str, language: str) -> InboxLine:
    """One of her letters by its name."""
    row = session.scalar(
        select(Letter).where(Letter.name == name, Letter.person_id == actor.person_id, Letter.is_in_inbox)
    )
    if row is None or actor.person_id is None:
        raise NotThere
    return _lines(session, actor, [row], language)[0]


def choices(session: Session, actor: Actor) -> dict[Subject, tuple[Choice, ...]]:
    """What she can choose, with what she chose, by subject."""
    query = select(Following.kind, Following.is_mailed).where(Following.person_id == actor.person_id)
    chosen = {row.kind: row.is_mailed for row in session.execute(query)}
    found = [Choice(one, chosen.get(one.name, one.is_mailed)) for one in KINDS.values() if one.is_chosen]
    return {
        subject: several
        for subject in Subject
        if (several := tuple(one for one in found if one.kind.subject is subject))
    }


def follows(session: Session, actor: Actor, consultation_id: int) -> bool:
    """Whether she follows this consultation."""
    query = select(Follower.id).where(
        Follower.person_id == actor.person_id, Follower.consultation_id == consultation_id
    )
    return session.scalar(query) is not None


def health(session: Session) -> Health:
    """How the sending goes, with the fifty letters last in trouble."""
    counted = select(Letter.state, func.count().label("many")).where(Letter.is_mailed).group_by(Letter.state)
    counts = {row.state: row.many for row in session.execute(counted)}
    oldest = session.scalar(select(func.min(Letter.written_at)).where(Letter.state == LetterState.WRITTEN))
    in_trouble = (Letter.state == LetterState.FAILED) | (
        (Letter.state == LetterState.WRITTEN) & (Letter.attempts > 0)
    )
    rows = session.execute(
        select(Letter, Person.pseudonym)
        .outerjoin(Person, Person.id == Letter.person_id)
        .where(in_trouble)
        .order_by(Letter.id.desc())
        .limit(50)
    )
    return Health(
        waiting=counts.get(LetterState.WRITTEN, 0),
        sent=counts.get(LetterState.SENT, 0),
        failed=counts.get(LetterState.FAILED, 0),
        oldest_at=oldest,
        troubles=tuple(_trouble(row, pseudonym) for row, pseudonym in rows),
    )


def _trouble(row: Letter, pseudonym: str | None) -> Trouble:
    is_in_doubt = row.state is LetterState.WRITTEN and row.tried_at is not None
    can_go_again = row.state is LetterState.FAILED and (row.person_id or row.email) is not None
    return Trouble(
        row.name,
        row.kind,
        pseudonym,
        row.state,
        row.attempts,
        row.error,
        is_in_doubt,
        row.written_at,
        row.next_at,
        can_go_again,
    )


def _lines(session: Session, actor: Actor, rows: Sequence[Letter], language: str) -> tuple[InboxLine, ...]:
    pages = told(session, rows, language, {actor.person_id or 0: actor})
    return tuple(
        InboxLine(row.name, row.kind, row.written_at, row.read_at is not None, pages[row.id]) for row in rows
    )
