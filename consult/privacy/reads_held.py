"""Everything that is held of one person, row by row, and nothing of anybody else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Table, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.db import Base
from consult.people.models import Person
from consult.privacy.holdings import HELD, Held, Kind

Row = dict[str, Any]
ME, SOMEBODY = "me", "somebody else"
NAMED_BY = {
    "organisation": "slug",
    "consultation": "slug",
    "comment": "number",
    "contribution": "key",
    "round": "ordinal",
    "draft": "ordinal",
    "clause": "code",
    "text": "body",
}
INVITED = "invitation"
WORDS: tuple[str, ...] = ("reasons", "proposed", "private_notes")


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a table hold something of her."""

    kind: Kind
    table: str
    count: int


def keys_by_table() -> dict[str, dict[str, Held]]:
    """The columns that name a person, by table."""
    found: dict[str, dict[str, Held]] = defaultdict(dict)
    for (table, column), held in HELD.items():
        found[table][column] = held
    return found


def counts(session: Session, actor: Actor) -> tuple[Count, ...]:
    """How many rows of each table name her, in one query."""
    email = _email(session, actor)
    queries = [
        select(literal(name).label("name"), func.count().label("rows"))
        .select_from(_table(name))
        .where(_hers(_table(name), columns, actor, email))
        for name, columns in keys_by_table().items()
    ]
    rows = {row.name: row.rows for row in session.execute(union_all(*queries))}
    kinds = {name: next(iter(columns.values())).kind for name, columns in keys_by_table().items()}
    return tuple(Count(kinds[name], name, rows[name]) for name in kinds)


def everything(session: Session, actor: Actor) -> dict[str, list[Row]]:
    """All that names her, by table, ready to be written down. What a row refers to stands by its public name."""
    found: dict[str, list[tuple[Row, Table]]] = {}
    email = _email(session, actor)
    for name, columns in keys_by_table().items():
        table = _table(name)
        query = select(table).where(_hers(table, columns, actor, email)).order_by(table.c.id)
        rows = [_given(row, table, columns, actor) for row in session.execute(query).mappings()]
        found[name] = [(row, table) for row in rows]
    names = _names(session, [one for rows in found.values() for one in rows])
    return {
        name: [
            {column: _said(value, table, column, names, actor) for column, value in row.items()}
            for row, table in rows
        ]
        for name, rows in found.items()
    }


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _email(session: Session, actor: Actor) -> str | None:
    return session.scalar(select(Person.email).where(Person.id == actor.person_id))


def _hers(table: Table, columns: Iterable[str], actor: Actor, email: str | None) -> ColumnElement[bool]:
    keys = [table.c[column] == _key(column, actor) for column in columns]
    if table.name == INVITED and email:
        keys.append(table.c.email == email)  # a letter to her that she has not answered yet
    return or_(*keys)


def _key(column: str, actor: Actor) -> int | None:
    return actor.own_voice_id if column == "voice_id" else actor.person_id


def _given(row: RowMapping, table: Table, columns: Mapping[str, Held], actor: Actor) -> Row:
    """The columns that are hers in this row; of secrets, whether there is one."""
    ours = [column for column in columns if row[column] == _key(column, actor)] or ["accepted_by_id"]
    given = dict.fromkeys(name for column in ours for name in columns[column].given.split())
    hidden = dict.fromkeys(name for column in ours for name in columns[column].hidden.split())
    found = {"as": [column.removesuffix("_id") for column in ours], **{name: row[name] for name in given}}
    for name in hidden:
        found[name] = None if row[name] in (None, "", b"") else "(held, not given: it is a secret)"
    return _without_words_of_others(found, row, table.name, actor)


def _without_words_of_others(found: Row, row: RowMapping, table: str, actor: Actor) -> Row:
    """What a delegation shares is given where she wrote it last; a verified edition is somebody's yes, not her words."""
    if table == "journal":
        return {**found, "facts": _facts(row["facts"], actor)}
    left_out = WORDS
    if table == "comment":
        is_hers, left_out = row["voice_id"] == actor.own_voice_id, ("reasons_text_id",)
    elif table == "contribution":
        is_hers = row["changed_by_id"] == actor.person_id and row["state"] != "submitted"
    else:
        is_hers = table != "contribution_edition" or not row["is_verified"]
    return found if is_hers else {name: value for name, value in found.items() if name not in left_out}


def _facts(facts: Mapping[str, Any], actor: Actor) -> Row:
    told = {name: value for name, value in facts.items() if isinstance(value, bool | int | str | None)}
    if "person" in told:
        told["person"] = ME if told["person"] == actor.pseudonym else SOMEBODY
    return told


def _names(session: Session, rows: Sequence[tuple[Row, Table]]) -> dict[tuple[str, int], Any]:
    """What the rows refer to, by its public name: one query for each kind of thing."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row, table in rows:
        for column, value in row.items():
            target = _target(table, column)
            if target in NAMED_BY and value is not None:
                wanted[target].add(value)
    found: dict[tuple[str, int], Any] = {}
    for target, ids in wanted.items():
        other = _table(target)
        query = select(other.c.id, other.c[NAMED_BY[target]]).where(other.c.id.in_(ids))
        found.update({(target, row[0]): row[1] for row in session.execute(query)})
    return found


def _target(table: Table, column: str) -> str:
    if column not in table.c:
        return ""
    return next((key.column.table.name for key in table.c[column].foreign_keys), "")


def _said(value: Any, table: Table, column: str, names: Mapping[tuple[str, int], Any], actor: Actor) -> Any:
    """A value as it is written down: machine-readable, and never a row's number."""
    target = _target(table, column)
    if target == "person":
        return None if value is None else ME if value == actor.person_id else SOMEBODY
    if target in NAMED_BY:
        return names.get((target, value))
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
