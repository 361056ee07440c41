"""Do the migrations make exactly the models' tables, go both ways with rows present, and guard what is immutable?"""

import pytest
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult import alembic, tables
from consult.db import commit, db
from tests import build


def test_the_migrated_tables_are_the_models_tables(app: Flask) -> None:
    with app.app_context():
        assert alembic.compare_metadata() == []


def test_the_migrations_go_down_and_up_again_with_rows_present(app: Flask, session: Session) -> None:
    build.an_organisation(session)
    build.a_moderator(session)
    commit(session)
    session.close()
    with app.app_context():
        alembic.downgrade("base")
        left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
        assert left == set()
        alembic.upgrade()
        assert set(inspect(db.engine).get_table_names()) >= {table.name for table in tables.ALL}


@pytest.mark.parametrize("table", tables.IMMUTABLE)
def test_every_immutable_table_has_its_triggers(app: Flask, session: Session, table: str) -> None:
    names = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if session.get_bind().dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    found = set(session.scalars(text(names)))
    assert {f"keep_{table}_update", f"keep_{table}_delete"} <= found


@pytest.mark.parametrize("statement", ["UPDATE entry SET act = 'never.happened'", "DELETE FROM entry"])
def test_what_was_recorded_cannot_be_changed(session: Session, statement: str) -> None:
    build.an_organisation(session)
    commit(session)
    with pytest.raises(DBAPIError, match="immutable"):
        session.execute(text(statement))
    session.rollback()


def test_only_redaction_empties_a_text(session: Session) -> None:
    from consult.languages.acts import write_text

    written = write_text(session, None, "en", "Words about somebody.")
    commit(session)
    with pytest.raises(DBAPIError, match="immutable"):
        session.execute(text("UPDATE text SET body = 'Other words.'"))
    session.rollback()
    redacted = text("UPDATE text SET body = '', redacted_at = :at WHERE id = :id")
    session.execute(redacted, {"at": "2026-11-02 12:00:00+00:00", "id": written.id})


@pytest.mark.parametrize("kind", ["acting_head", "emperor"])
def test_the_kinds_of_seat_are_those_of_the_program(session: Session, kind: str) -> None:
    person, organisation = build.a_person(session), build.an_organisation(session)
    session.flush()
    seated = text("INSERT INTO seat (person_id, organisation_id, kind, since) VALUES (:p, :o, :k, :at)")
    values = {"p": person.id, "o": organisation.id, "k": kind, "at": "2026-11-02 12:00:00+00:00"}
    if kind == "acting_head":
        session.execute(seated, values)
        return
    with pytest.raises(DBAPIError):
        session.execute(seated, values)
    session.rollback()
