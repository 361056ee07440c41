"""Where in the world is a country, and how rich is it? By M49 and the World Bank; names are CLDR's, in every language."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from consult.core.terms import IncomeGroup

TABLE = Path(__file__).with_name("countries.csv")


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO code, with its M49 region and sub-region (blank: none) and its income group, if it has one."""

    code: str
    region: str
    subregion: str
    income: IncomeGroup | None


@cache
def countries() -> dict[str, Country]:
    """All of them by code."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["code"]: _country(row) for row in rows}


def country(code: str) -> Country:
    """The country with this code; of a code that is none, nothing is known."""
    return countries().get(code, Country(code, "", "", None))


def regions() -> tuple[str, ...]:
    """The M49 codes of the regions that countries are in."""
    return tuple(sorted({one.region for one in countries().values() if one.region}))


def _country(row: dict[str, str]) -> Country:
    income = IncomeGroup(row["income"]) if row["income"] else None
    return Country(row["code"], row["region"], row["subregion"], income)
