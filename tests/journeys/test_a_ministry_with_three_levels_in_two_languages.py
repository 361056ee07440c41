"""A ministry of three levels writes in two languages, clears, is joined by another, and submits all at once."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Clock, Letters, press

CONSULTATION = "consultations/testing-and-evaluation"
HERE = f"/en/{CONSULTATION}"
MINISTRY, OTHER = "head@consult.example", "head@talimar.example.org"
ARABIC = "ينبغي أن تُنشر نتائج الاختبار باللغات الرسمية الست قبل الإطلاق بثلاثين يوما."
CHANGED = "ينبغي أن تُنشر نتائج الاختبار باللغات الرسمية الست قبل الإطلاق بستين يوما."
ENGLISH = "Tests that nobody can repeat are promises, so we ask for the data as well."
SAID = "The minister wants both papers before Friday."


def test_a_ministry_with_three_levels_in_two_languages(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    sound: Callable[[Page, str], None],
    server_clock: Clock,
    letters: Letters,
) -> None:
    writer, deputy = open_page(width=360, height=740, language="ar"), open_page()
    head, other, stranger = open_page(), open_page(language="ar"), open_page()
    for page, who in ((writer, "contributor"), (deputy, "deputy"), (head, "head")):
        sign_in(page, f"{who}@consult.example")
    sign_in(other, OTHER, "ar")
    sign_in(stranger, "head@lindar.example.org")
    _she_writes_in_arabic_and_in_english(writer, sound)
    _the_deputy_verifies_all(deputy, letters, sound)
    paper = _what_is_changed_afterwards_is_shown(deputy, head, sound)
    _the_head_sets_a_deadline_and_they_talk(head, writer, server_clock, sound)
    _another_is_asked_and_its_head_clears(head, other, paper, letters, sound)
    _nobody_outside_has_seen_anything(stranger, open_page(), paper)
    deputy.goto(f"{HERE}{paper}")
    press(deputy, "form[action$='/verification'] button")
    numbers = _the_head_looks_at_all_and_submits(head, sound)
    joint = _readers_see_both_names(open_page(language="ar", width=360, height=740), numbers, sound)
    _the_other_steps_back(other, open_page(), joint)


def _write(page: Page, clause: str, language: str, reasons: str) -> None:
    page.goto(f"/{language}/{CONSULTATION}/drafts/1/clauses/{clause}/comments/new")
    page.check("input[name=stance][value=support_with_changes]")
    page.fill("#reasons", reasons)
    page.select_option("#written_in", language)
    press(page, "button[name=send]")


def _she_writes_in_arabic_and_in_english(page: Page, sound: Callable[[Page, str], None]) -> None:
    _write(page, "1.2", "ar", ARABIC)
    expect(page.locator("main p.lines[lang=ar]")).to_have_text(ARABIC)
    sound(page, "paper.ar.phone")
    _write(page, "1.3", "en", ENGLISH)


def _the_deputy_verifies_all(page: Page, letters: Letters, sound: Callable[[Page, str], None]) -> None:
    assert letters.to("deputy@consult.example", "/contributions/"), "what waits for her is written to her"
    page.goto(f"{HERE}/delegation")
    sound(page, "work.en.desk")
    press(page, "form[action$='/delegation/verification'] button")
    expect(page.locator("h1")).to_contain_text("verified")
    page.goto(f"{HERE}/delegation")
    expect(page.locator("form[action$='/delegation/verification']")).to_have_count(0)


def _what_is_changed_afterwards_is_shown(deputy: Page, head: Page, sound: Callable[[Page, str], None]) -> str:
    deputy.goto(f"{HERE}/delegation")
    with deputy.expect_navigation():
        deputy.locator("table th a", has_text="1.2").click()
    paper = "/contributions/" + deputy.url.partition("?")[0].rpartition("/")[2]
    with deputy.expect_navigation():
        deputy.locator("a[href$='?edit=1']").click()
    deputy.fill("#reasons", CHANGED)
    press(deputy, "button[name=keep]")
    deputy.goto(f"{HERE}{paper}")
    press(deputy, "form[action$='/handing-on'] button")
    head.goto(f"{HERE}{paper}")
    note = head.locator("section.note.warn")
    expect(note.locator("del").first).to_contain_text("بثلاثين")
    expect(note.locator("ins").first).to_contain_text("بستين")
    sound(head, "changed-since.en.desk")
    return paper


def _the_head_sets_a_deadline_and_they_talk(
    head: Page, writer: Page, server_clock: Clock, sound: Callable[[Page, str], None]
) -> None:
    head.goto(f"{HERE}/delegation/deadline")
    head.fill("#closes_at", (server_clock.now() + timedelta(days=900)).strftime("%Y-%m-%dT%H:%M"))
    press(head)
    expect(head.locator("#errors")).to_be_visible()
    head.fill("#closes_at", (server_clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"))
    sound(head, "deadline.en.desk")
    press(head)
    head.fill("#discussion textarea", SAID)
    press(head, "#discussion form button")
    writer.goto(f"/ar/{CONSULTATION}/delegation")
    expect(writer.locator("#discussion")).to_contain_text(SAID)
    sound(writer, "talk.ar.phone")


def _another_is_asked_and_its_head_clears(
    head: Page, other: Page, paper: str, letters: Letters, sound: Callable[[Page, str], None]
) -> None:
    head.goto(f"{HERE}{paper}/co-sponsors?q=talimar")
    head.fill("form:has(input[value=talimar]) textarea", "You said the same in round one.")
    sound(head, "co-sponsors.en.desk")
    press(head, "form:has(input[name=organisation][value=talimar]) button[type=submit]")
    asked = letters.link(OTHER, "/delegation/requests/")
    other.goto(asked.replace("/en/", "/ar/"))
    expect(other.locator("main")).to_contain_text("You said the same in round one.")
    expect(other.locator("main")).to_contain_text(CHANGED)
    expect(other.locator("main")).not_to_contain_text(SAID)
    sound(other, "asked.ar.desk")
    press(other, "form[action*='/clearance'] button")


def _nobody_outside_has_seen_anything(stranger: Page, visitor: Page, paper: str) -> None:
    for page in (stranger, visitor):
        for path in ("/drafts/1/clauses/1.2", "/record", "/drafts/1/consensus"):
            page.goto(f"{HERE}{path}")
            for words in (ARABIC, CHANGED, SAID):
                expect(page.locator("body")).not_to_contain_text(words)
    answer = stranger.goto(f"{HERE}{paper}")
    assert answer is not None and answer.status == 404


def _the_head_looks_at_all_and_submits(page: Page, sound: Callable[[Page, str], None]) -> list[int]:
    page.goto(f"{HERE}/delegation/submission")
    expect(page.locator("main")).to_contain_text(CHANGED)
    expect(page.locator("main")).to_contain_text(ENGLISH)
    sound(page, "submission.en.desk")
    press(page, "form.dock button")
    links = page.locator("main p.links a").all_inner_texts()
    assert len(links) >= 2, "both are submitted together"
    return [int(one.strip("#")) for one in links]


def _readers_see_both_names(page: Page, numbers: list[int], sound: Callable[[Page, str], None]) -> int:
    page.goto(f"/ar/{CONSULTATION}/drafts/1/clauses/1.2")
    card = page.locator("aside article", has_text=CHANGED)
    expect(card).to_have_count(1)
    joint = next(number for number in numbers if card.get_attribute("id") == f"comment-{number}")
    expect(card.locator(".whos .who")).to_have_count(1)
    page.goto(f"/ar/{CONSULTATION}/comments/{joint}")
    expect(page.locator("article.comment header a[href='/ar/organisations/marava']")).to_have_count(1)
    expect(page.locator("article.comment .whos .who")).to_have_count(1)
    sound(page, "joint.ar.phone")
    return joint


def _the_other_steps_back(other: Page, visitor: Page, joint: int) -> None:
    other.goto(f"/ar/{CONSULTATION}/comments/{joint}")
    other.locator("details:has(form[action$='/co-sponsors/withdrawal']) summary").click()
    press(other, "form[action$='/co-sponsors/withdrawal'] button")
    visitor.goto(f"{HERE}/comments/{joint}")
    expect(visitor.locator("article.comment")).to_contain_text(CHANGED)
    expect(visitor.locator("article.comment .whos")).to_have_count(0)
