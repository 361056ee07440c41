"""A moderator starts talks of two parties that nobody else can see, invites by a spreadsheet, and hands her chair on."""

import io
from collections.abc import Callable
from datetime import timedelta

import openpyxl
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Clock, Letters, press

TALKS = "/en/consultations/mutual-recognition-of-tests"
OPEN = "/en/consultations/testing-and-evaluation"
MODERATOR = "moderator@consult.example"
PASTED = """Mutual recognition

1. Recognition

1.1 Each side recognises the tests that the other side has carried out.
"""
CHAIR, NEXT = "reader@consult.example", "translator.fr@consult.example"
NEW_HEAD = "office@lagune.example.org"


def test_bilateral_talks_exist_for_their_parties_alone(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    sound: Callable[[Page, str], None],
    letters: Letters,
) -> None:
    moderator, party, stranger = open_page(), open_page(width=360, height=740), open_page()
    sign_in(moderator, MODERATOR)
    sign_in(party, "head@consult.example")
    sign_in(stranger, "head@lindar.example.org")
    _talks_are_started_and_published(moderator, sound)
    for page in (stranger, open_page(javascript=False)):
        _they_do_not_exist_for(page)
    assert letters.to("head@consult.example", "Mutual recognition of tests"), "its head is written to"
    assert not letters.to("head@lindar.example.org", "Mutual recognition of tests")
    party.goto(f"{TALKS}/")
    expect(party.locator("h1")).to_contain_text("Mutual recognition of tests")
    sound(party, "talks.en.phone")
    _the_chair_is_handed_over(moderator, open_page(), sign_in, letters, sound)


def _talks_are_started_and_published(page: Page, sound: Callable[[Page, str], None]) -> None:
    page.goto("/en/consultations/new")
    page.fill("#title", "Mutual recognition of tests")
    page.fill("#summary", "Whether two sides rely on each other's tests.")
    page.check("input[name=track][value=bilateral]")
    page.check("#is_restricted")
    press(page)
    if not page.url.endswith("/parties"):
        page.goto(f"{TALKS}/parties")
    page.fill("#one", "Ministry for Digital Affairs, Marava (fictional)")
    page.fill("#other", "Nobody that is listed")
    press(page)
    expect(page.locator("#errors")).to_be_visible()
    assert page.input_value("#one").startswith("Ministry for Digital Affairs")
    sound(page, "parties-error.en.desk")
    page.fill("#other", "Digital Trust Agency of Valdorée (fictional)")
    press(page)
    page.goto(f"{TALKS}/import")
    page.fill("[name=pasted]", PASTED)
    press(page)
    press(page, "button[value=confirm]")
    page.goto(f"{TALKS}/publication")
    press(page)
    page.goto(f"{TALKS}/roster/")
    expect(page.locator("table.fold tbody tr")).to_have_count(2)


def _they_do_not_exist_for(page: Page) -> None:
    for path in ("/", "/drafts/0/", "/record", "/drafts/0/consensus", "/roster/"):
        answer = page.goto(f"{TALKS}{path}")
        is_shut = answer is not None and answer.status == 404
        assert is_shut or "/sign-in" in page.url, path
    for path in ("/en/", "/en/record", "/en/organisations/marava", "/en/organisations/valdoree"):
        page.goto(path)
        expect(page.locator("body")).not_to_contain_text("Mutual recognition")


def _the_chair_is_handed_over(
    moderator: Page,
    chair: Page,
    sign_in: Callable[..., None],
    letters: Letters,
    sound: Callable[[Page, str], None],
) -> None:
    moderator.goto(f"{TALKS}/team/")
    moderator.fill("#email", "no address")
    press(moderator, "main form:has(#email) button[type=submit]")
    expect(moderator.locator("#errors")).to_be_visible()
    sound(moderator, "team-error.en.desk")
    for whom in (CHAIR, NEXT):
        moderator.goto(f"{TALKS}/team/")
        moderator.fill("#email", whom)
        if whom == NEXT:
            moderator.check("input[name=kind][value=translator]")
            moderator.select_option("#language", "fr")
        press(moderator, "main form:has(#email) button[type=submit]")
        expect(moderator.locator("#errors")).to_have_count(0)
        chair.context.clear_cookies()
        sign_in(chair, whom)
        chair.goto(letters.link(whom, "/invitations/"))
        press(chair, "main form:not([action]) button[type=submit]")
    chair.context.clear_cookies()
    sign_in(chair, CHAIR)
    chair.goto(f"{TALKS}/team/")
    expect(chair.locator("main")).to_contain_text("Jonas Eilevik")
    with chair.expect_navigation():
        chair.locator("main a[href*='/hand-over']").first.click()
    chair.fill("#email", NEXT)
    press(chair)
    answer = chair.goto(f"{TALKS}/")
    assert answer is not None and answer.status == 404, "who handed over is a stranger again"
    moderator.goto(f"{TALKS}/team/")
    expect(moderator.locator("main")).to_contain_text("Maëlle Ravoisin")
    expect(moderator.locator("main")).not_to_contain_text("Jonas Eilevik")


def test_a_roster_comes_from_a_spreadsheet_and_is_reminded(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    sound: Callable[[Page, str], None],
    server_clock: Clock,
    letters: Letters,
) -> None:
    page = open_page(width=360, height=740)
    sign_in(page, MODERATOR)
    page.goto(f"{OPEN}/roster/lists/new")
    press(page)
    expect(page.locator("#errors")).to_be_visible()
    sheet = {"name": "roster.xlsx", "mimeType": "application/octet-stream", "buffer": _spreadsheet()}
    page.set_input_files("#file", sheet)
    press(page)
    _what_is_misspelt_or_unknown_is_mended(page, sound)
    page.goto(f"{OPEN}/roster/")
    expect(page.locator("main")).to_contain_text("Laguna Council of Users")
    assert letters.to(NEW_HEAD, "/invitations/"), "who shall head it is invited"
    server_clock.ahead = timedelta(days=4)
    page.goto(f"{OPEN}/roster/")
    press(page, "form[action$='/roster/reminders'] button")
    assert letters.to("@", "A reminder: "), "heads that have not answered are reminded"
    expect(page.locator("form[action$='/roster/reminders']")).to_have_count(0)
    sound(page, "roster.en.phone")


def _spreadsheet() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Organisation", "Group", "Country", "Contact", "E-mail"])
    sheet.append(["Digital Rights Center, Lindar (fictional)", "", "", "", ""])
    sheet.append(["Laguna Council of Users", "civil society", "Nowhereland", "Ana Lago", NEW_HEAD])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _what_is_misspelt_or_unknown_is_mended(page: Page, sound: Callable[[Page, str], None]) -> None:
    sound(page, "list.en.phone")
    misspelt = page.locator("div.card", has_text="Digital Rights Center")
    chosen = misspelt.locator("select[name$='-choice']")
    values = chosen.locator("option").evaluate_all("all => all.map(one => one.value)")
    assert "=lindar" in values, "what comes near is offered"
    chosen.select_option("=lindar")
    unknown = page.locator("div.card", has_text="Laguna Council of Users")
    unknown.locator("select[name$='-choice']").select_option(label="Enter it as a new organisation")
    unknown.locator("input[name$='-country']").fill("Cabo Verde")
    press(page, "button[name=step][value=correct]")
    press(page, "button[name=step][value=confirm]")
    expect(page.locator("main .note.good")).to_have_count(1)
