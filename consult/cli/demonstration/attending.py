"""Which organisations and people are there? Reads their content files."""

from collections.abc import Mapping
from typing import Any

from consult.cli.demonstration.shapes import Organisation, Person
from consult.core.terms import RoleKind, SeatKind, StakeholderGroup


def organisations_of(
    rows: Mapping[str, dict[str, Any]], described: Mapping[str, dict[str, Any]]
) -> tuple[Organisation, ...]:
    """In the order of their file; how they describe themselves may stand in a file of its own."""
    return tuple(_organisation(key, {**row, **described.get(key, {})}) for key, row in rows.items())


def people_of(rows: Mapping[str, dict[str, Any]]) -> tuple[Person, ...]:
    """In the order of their file."""
    return tuple(_person(key, row) for key, row in rows.items())


def _organisation(key: str, row: dict[str, Any]) -> Organisation:
    return Organisation(
        key=key,
        name=row["name"],
        own_name={**row.get("own_name", {}), **row.get("names", {})},
        group=StakeholderGroup(row["group"]),
        country=row["country"],
        clearance=row["clearance"],
        languages=tuple(row["languages"]),
        about=row.get("about", {}),
        website=row.get("website", ""),
        earlier_name=row.get("earlier_name", ""),
    )


def _person(key: str, row: dict[str, Any]) -> Person:
    return Person(
        key=key,
        name=row["name"],
        email=row["email"],
        language=row["language"],
        time_zone=row["time_zone"],
        organisation=row.get("organisation"),
        seat=SeatKind(row["seat"]) if "seat" in row else None,
        role=RoleKind(row["role"]) if "role" in row else None,
        role_language=row.get("role_language"),
        is_invited=row.get("is_invited", False),
    )
