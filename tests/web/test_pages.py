"""The door: languages of the interface, headers, and what is said when there is nothing."""

import pytest
from flask import Flask

from consult.web.locale import preferred
from tests.conftest import Client


@pytest.mark.parametrize(
    ("wanted", "offered", "chosen"),
    [
        (["fr-CA"], ("en", "fr"), "fr"),
        (["zh-TW", "en"], ("en", "zh-Hant", "zh"), "zh-Hant"),
        (["zh-CN"], ("en", "zh"), "zh"),
        (["xx-not-a-tag!", "../../etc", "ar"], ("en", "ar"), "ar"),
        (["sw"], ("en", "ar"), "en"),
        ([], ("en", "ar"), "en"),
    ],
)
def test_the_first_language_wanted_that_is_offered_is_spoken(
    wanted: list[str], offered: tuple[str, ...], chosen: str
) -> None:
    assert preferred(wanted, offered) == chosen


def test_an_address_without_a_language_leads_to_the_browsers(client: Client) -> None:
    answer = client.get("/sign-in?next=/en/profile", headers={"Accept-Language": "ar-JO,ar;q=0.9"})
    assert (answer.status_code, answer.location) == (302, "/ar/sign-in?next=/en/profile")


def test_the_page_carries_its_language_and_direction(client: Client) -> None:
    assert '<html lang="ar" dir="rtl">' in client.get("/ar/sign-in").text
    assert '<html lang="zh" dir="ltr">' in client.get("/zh/sign-in").text


def test_a_strange_preference_is_no_error(client: Client) -> None:
    assert client.get("/", headers={"Accept-Language": "*;q=x, \x01, -,_"}).status_code == 302


def test_every_page_forbids_what_it_does_not_need(client: Client) -> None:
    headers = client.get("/en/sign-in").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_at_an_address_is_a_404_page_in_the_readers_language(client: Client) -> None:
    answer = client.get("/fr/consultations/nowhere/")
    assert answer.status_code == 404
    assert '<html lang="fr"' in answer.text


def test_reading_sets_no_cookie(client: Client) -> None:
    assert "Set-Cookie" not in client.get("/en/accessibility").headers


def test_style_and_script_are_served_from_here_for_a_year(client: Client, app: Flask) -> None:
    page = client.get("/en/sign-in").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = client.get(address, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert len(answer.data) < 15_000
    assert client.get("/static/x/../../config.py").status_code == 404
