"""Regions and income groups: whole, by sources that are named, and read as the sources say."""

from collections import Counter

import pytest
from babel import Locale

from consult.core.terms import IncomeGroup
from consult.organisations.countries import TABLE, countries, country, regions

# CLDR names these too, and ISO 3166-1 has not assigned them to a country.
NOT_OF_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
SUBREGIONS_OF = {
    "002": {"015", "202"},
    "019": {"021", "419"},
    "142": {"030", "034", "035", "143", "145"},
    "150": {"039", "151", "154", "155"},
    "009": {"053", "054", "057", "061"},
}


def test_every_code_of_iso_that_cldr_names_stands_there_and_no_other() -> None:
    named = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()}
    assert set(countries()) == named - NOT_OF_ISO
    assert len(countries()) == 249


def test_every_country_has_a_region_of_m49_but_the_two_that_it_gives_none() -> None:
    assert {one.code for one in countries().values() if not one.region} == {"AQ", "TW"}
    for one in countries().values():
        if one.region:
            assert one.subregion in SUBREGIONS_OF[one.region], one


def test_the_income_groups_are_as_many_as_the_world_bank_published() -> None:
    # FY2026: 25, 50, 54 and 87 economies. Kosovo has no ISO code; the Channel Islands are two.
    counts = Counter(one.income for one in countries().values() if one.income)
    assert counts == {
        IncomeGroup.LOW: 25,
        IncomeGroup.LOWER_MIDDLE: 50,
        IncomeGroup.UPPER_MIDDLE: 53,
        IncomeGroup.HIGH: 88,
    }


@pytest.mark.parametrize(
    ("code", "region", "subregion", "income"),
    [
        ("KE", "002", "202", IncomeGroup.LOWER_MIDDLE),
        ("MA", "002", "015", IncomeGroup.LOWER_MIDDLE),
        ("CV", "002", "202", IncomeGroup.UPPER_MIDDLE),
        ("NA", "002", "202", IncomeGroup.LOWER_MIDDLE),
        ("ET", "002", "202", None),
        ("CR", "019", "419", IncomeGroup.HIGH),
        ("VE", "019", "419", None),
        ("US", "019", "021", IncomeGroup.HIGH),
        ("CN", "142", "030", IncomeGroup.UPPER_MIDDLE),
        ("IN", "142", "034", IncomeGroup.LOWER_MIDDLE),
        ("IR", "142", "034", IncomeGroup.UPPER_MIDDLE),
        ("CY", "142", "145", IncomeGroup.HIGH),
        ("KZ", "142", "143", IncomeGroup.UPPER_MIDDLE),
        ("TW", "", "", IncomeGroup.HIGH),
        ("RU", "150", "151", IncomeGroup.HIGH),
        ("FR", "150", "155", IncomeGroup.HIGH),
        ("WS", "009", "061", IncomeGroup.UPPER_MIDDLE),
        ("AQ", "", "", None),
    ],
)
def test_a_country_is_where_the_sources_say(
    code: str, region: str, subregion: str, income: IncomeGroup | None
) -> None:
    found = country(code)
    assert (found.region, found.subregion, found.income) == (region, subregion, income)


def test_regions_have_names_in_every_language_of_the_interface() -> None:
    for language in ("en", "ar", "zh", "fr"):
        names = Locale(language).territories
        assert all(names[code] for code in (*regions(), *set().union(*SUBREGIONS_OF.values())))


def test_of_a_code_that_is_none_nothing_is_known() -> None:
    assert (country("XX").region, country("XX").income) == ("", None)


def test_the_table_names_its_sources_and_its_year() -> None:
    head = [line for line in TABLE.read_text().splitlines() if line.startswith("#")]
    assert all(word in " ".join(head) for word in ("M49", "World Bank", "2026", "July 2025", "ISO 3166-1"))
