"""A person says something in her name, takes her data along and her name off, and leaves; a last head may not yet."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from consult.cli.demonstration.walk import PASSWORD
from tests.journeys.conftest import Letters, press

HERE = "/en/consultations/testing-and-evaluation"
WHO, NAME = "reader@consult.example", "Jonas Eilevik"
REASONS = "I was judged by such a system once, and never learned how it had been tested."


def test_a_person_leaves(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    sound: Callable[[Page, str], None],
    letters: Letters,
) -> None:
    page, visitor = open_page(width=360, height=740), open_page()
    sign_in(page, WHO)
    number = _he_comments_in_his_name(page, visitor)
    _he_takes_his_data_along(page, open_page(), sign_in, letters, sound)
    page.goto(f"{HERE}/comments/{number}")
    press(page, "form[action$='/name/withdrawal'] button")
    visitor.goto(f"{HERE}/comments/{number}")
    expect(visitor.locator("body")).not_to_contain_text(NAME)
    pseudonym = _he_leaves(page, sound)
    _his_pseudonym_stays_and_his_name_is_nowhere(visitor, number, pseudonym, sound)
    visitor.goto("/en/sign-in")
    visitor.fill("#email", WHO)
    visitor.fill("#password", PASSWORD)
    press(visitor)
    expect(visitor.locator("#errors")).to_be_visible()


def _he_comments_in_his_name(page: Page, visitor: Page) -> int:
    page.goto(f"{HERE}/drafts/1/clauses/1.3/comments/new")
    page.check("input[name=stance][value=can_live_with]")
    page.fill("#reasons", REASONS)
    page.check("#names_author")
    press(page, "button[name=submit]")
    number = int(page.url.partition("?")[0].rpartition("/")[2])
    visitor.goto(f"{HERE}/comments/{number}")
    expect(visitor.locator("article.comment")).to_contain_text(NAME)
    return number


def _he_takes_his_data_along(
    page: Page,
    other: Page,
    sign_in: Callable[..., None],
    letters: Letters,
    sound: Callable[[Page, str], None],
) -> None:
    page.goto("/en/profile")
    with page.expect_navigation():
        page.locator("main a[href='/en/privacy']").click()
    press(page, "form[action='/en/privacy/takeouts'] button")
    if "/confirmation" in page.url:
        page.fill("#password", PASSWORD)
        press(page)
        press(page, "form[action='/en/privacy/takeouts'] button")
    page.goto(letters.link(WHO, "/privacy"))
    page.reload()
    sound(page, "privacy.en.phone")
    link = page.locator("main a[download]")
    with page.expect_download() as download:
        link.click()
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as file:
        told = "\n".join(file.read(name).decode() for name in file.namelist() if name.endswith(".json"))
        assert all(json.loads(file.read(name)) for name in file.namelist() if name.endswith(".json"))
    assert REASONS in told and WHO in told and "Wanjiru" not in told
    address = link.get_attribute("href")
    sign_in(other, WHO)
    answer = other.goto(str(address))
    assert answer is not None and answer.status == 404, "only the sign-in that asked fetches it"


def _he_leaves(page: Page, sound: Callable[[Page, str], None]) -> str:
    page.goto("/en/privacy/leaving")
    page.fill("#password", PASSWORD)
    page.fill("#pseudonym", "somebody else")
    press(page, "main form:has(#pseudonym) button")
    expect(page.locator("#errors")).to_be_visible()
    sound(page, "leaving-error.en.phone")
    hint = page.locator("#pseudonym-h").inner_text()
    pseudonym = hint.removeprefix("Type ").partition(". ")[0]
    page.fill("#password", PASSWORD)
    page.fill("#pseudonym", pseudonym)
    press(page, "main form:has(#pseudonym) button")
    assert page.url.endswith("/en/left")
    sound(page, "left.en.phone")
    page.goto("/en/profile")
    assert "/sign-in" in page.url
    return pseudonym


def _his_pseudonym_stays_and_his_name_is_nowhere(
    page: Page, number: int, pseudonym: str, sound: Callable[[Page, str], None]
) -> None:
    for path in (f"{HERE}/comments/{number}", f"{HERE}/drafts/1/clauses/1.3", f"{HERE}/record", "/en/record"):
        page.goto(path)
        expect(page.locator("body")).not_to_contain_text("Eilevik")
        expect(page.locator("body")).to_contain_text(pseudonym)
    expect(page.locator("main")).not_to_contain_text(WHO)
    sound(page, "record-left.en.desk")


def test_the_last_head_hands_over_before_she_leaves(
    open_page: Callable[..., Page], sign_in: Callable[..., None], sound: Callable[[Page, str], None]
) -> None:
    page = open_page(language="ar", width=360, height=740)
    sign_in(page, "head@consult.example", "ar")
    page.goto("/ar/privacy/leaving")
    expect(page.locator("form:has(#pseudonym)")).to_have_count(0)
    sound(page, "leaving-head.ar.phone")
    with page.expect_navigation():
        page.locator("main a[href='/ar/organisations/marava/delegation']").click()
    sound(page, "delegation.ar.phone")
    page.goto("/ar/organisations/marava/delegation/hand-over")
    page.select_option("#successor", label="Kiptoo Barasa")
    press(page)
    page.goto("/ar/privacy/leaving")
    expect(page.locator("form:has(#pseudonym)")).to_have_count(1)
