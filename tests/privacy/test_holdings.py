"""Is everything spoken of that names a person? Read off the tables themselves, so that a new one cannot be forgotten."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

from consult import tables
from consult.privacy.holdings import EXCEPTIONS, HELD, Kind, Leaving
from consult.privacy.labels import AT_LEAVING, LABELS
from consult.privacy.scrubbing import TABLES

HERS = {"person", "voice", "session", "ticket", "letter", "takeout", "passkey", "identity"}


def keys(metadata_tables: Any) -> Iterator[tuple[str, str]]:
    """Every column that leads to a person, or to something that is one person's alone."""
    for table in metadata_tables:
        for column in table.columns:
            if any(key.column.table.name in HERS for key in column.foreign_keys):
                yield table.name, column.name


def unspoken(metadata_tables: Any) -> list[tuple[str, str]]:
    """Which of them stand neither among what is held nor among the exceptions."""
    return [one for one in keys(metadata_tables) if one not in HELD and one not in EXCEPTIONS]


def test_every_column_that_names_a_person_is_spoken_of() -> None:
    assert unspoken(tables.ALL) == []


def test_a_new_table_that_names_a_person_is_seen() -> None:
    metadata = MetaData()
    Table("person", metadata, Column("id", Integer, primary_key=True))
    diary = Table("diary", metadata, Column("person_id", ForeignKey("person.id")), Column("words", String))
    assert unspoken([diary]) == [("diary", "person_id")]


def test_nothing_is_spoken_of_that_is_not_there() -> None:
    there = set(keys(tables.ALL)) | {("person", "id")}
    assert set(HELD) <= there and set(EXCEPTIONS) <= there
    assert not set(HELD) & set(EXCEPTIONS)


@pytest.mark.parametrize("key", sorted(HELD), ids=".".join)
def test_every_column_of_her_rows_is_given_hidden_or_left_out(key: tuple[str, str]) -> None:
    table, held = next(one for one in tables.ALL if one.name == key[0]), HELD[key]
    columns = {one.name for one in table.columns}
    said = [*held.given.split(), *held.hidden.split(), *(held.left.split() if held.left != "*" else ())]
    assert set(said) <= columns and len(said) == len(set(said))
    if held.left == "*":
        assert held.why
    else:
        assert columns - set(said) - {"id", key[1]} == set()


@pytest.mark.parametrize("key", sorted(HELD), ids=".".join)
def test_a_published_table_is_never_to_be_emptied(key: tuple[str, str]) -> None:
    if key[0] in tables.IMMUTABLE or key[0] == "position":
        assert HELD[key].leaving is Leaving.STAYS


def test_every_kind_is_named_and_says_what_becomes_of_it() -> None:
    assert set(LABELS) == set(AT_LEAVING) == set(Kind)


def test_what_is_rewritten_after_leaving_is_what_rows_are_taken_from() -> None:
    emptied = {table for (table, _), held in HELD.items() if held.leaving is not Leaving.STAYS}
    assert emptied <= set(TABLES) <= {table.name for table in tables.ALL}
