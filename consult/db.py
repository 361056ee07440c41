"""Where rows live: SQLite or PostgreSQL behind one URL, one Base, one session a request, instants in UTC."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Engine, Enum, MetaData, TypeDecorator, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware instant in UTC, on databases that keep zones and on those that do not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant carries its zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")


def one_of(terms: type[StrEnum]) -> Enum:
    """A column type for one of the domain's terms: text, with a CHECK."""
    return Enum(
        terms,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=terms.__name__.lower(),
        values_callable=lambda kinds: [kind.value for kind in kinds],
    )


class Base(DeclarativeBase):
    """All tables. A class with `immutable = True` is guarded by triggers: no UPDATE, no DELETE."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant, dict[str, Any]: Json, list[Any]: Json}
    immutable: ClassVar[bool] = False


db = SQLAlchemy(session_options={"autoflush": True})

WRITES = {"consult_writes": True}

before_commit: list[Callable[[Session], None]] = []
"""What must happen last in every transaction; create_app puts the sealing of the record here."""


def session() -> Session:
    """The session of this request, job or command."""
    return db.session


def begin_writing(within: Session) -> None:
    """Takes SQLite's write lock at once: two writers then wait for each other instead of losing a change."""
    within.connection(execution_options=WRITES)


def commit(within: Session) -> None:
    """The one way a transaction ends well: the last acts first, then the commit."""
    for last_act in before_commit:
        last_act(within)
    within.commit()


def inserting(within: Session, table: type[Base]) -> "postgresql.Insert | sqlite.Insert":
    """An INSERT that may say what to do ON CONFLICT, in the words of this database."""
    is_sqlite = within.get_bind().dialect.name == "sqlite"
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        "busy_timeout=15000",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("consult_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
