"""A delegation in Arabic, on a phone: mends what it is told to mend, submits, and what comes too late is kept."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Clock

HERE = "/ar/consultations/testing-and-evaluation"
REASONS = "لا يكفي الاختبار قبل الإطلاق؛ ينبغي أن تُنشر النتائج للعموم بلغة واضحة حتى نسحب اعتراضنا."


def test_a_delegation_in_arabic(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    sound: Callable[[Page, str], None],
    server_clock: Clock,
) -> None:
    page = open_page(width=360, height=740, language="ar")
    sign_in(page, _head_of_talimar(), "ar")
    page.goto(f"{HERE}/drafts/1/clauses/2.1")
    expect(page.locator("section.clause.on .text")).to_have_attribute("lang", "ar")
    expect(page.locator("section.clause.on .text")).to_have_attribute("dir", "rtl")
    page.click("section.clause.on a.push")
    _an_objection_without_reasons_is_refused_and_kept(page, sound)
    page.fill("textarea[name=reasons]", REASONS)
    page.locator(".dock button").first.click()
    page.wait_for_url(lambda url: "/new" not in url)
    _what_was_said_stands_in_arabic_for_a_french_reader(open_page(language="fr"))
    server_clock.ahead = timedelta(days=60)
    _too_late_is_said_clearly_and_the_words_are_kept(page)


def _head_of_talimar() -> str:
    from consult.cli.demonstration.content import demonstration

    people = demonstration().people
    return next(one.email for one in people if one.organisation == "talimar" and one.seat == "head")


def _an_objection_without_reasons_is_refused_and_kept(page: Page, sound: Callable[[Page, str], None]) -> None:
    page.check("input[name=stance][value=object]")
    page.locator(".dock button").first.click()
    summary = page.locator("#errors")
    expect(summary).to_be_visible()
    expect(page.locator("input[name=stance][value=object]")).to_be_checked()
    sound(page, "comment-error.ar.phone")
    summary.locator("a").first.click()


def _what_was_said_stands_in_arabic_for_a_french_reader(page: Page) -> None:
    page.goto("/fr/consultations/testing-and-evaluation/drafts/1/clauses/2.1")
    said = page.locator("aside [lang=ar]", has_text=REASONS[:30])
    expect(said.first).to_have_attribute("dir", "rtl")


def _too_late_is_said_clearly_and_the_words_are_kept(page: Page) -> None:
    page.goto(f"{HERE}/drafts/1/clauses/2.2")
    assert page.locator("section.clause.on a.push").count() == 0, (
        "nothing invites to comment once the round is closed"
    )


def test_words_that_come_a_minute_too_late_are_kept_and_offered_again(
    open_page: Callable[..., Page], sign_in: Callable[..., None], server_clock: Clock
) -> None:
    page = open_page(language="en")
    sign_in(page, "head@consult.example")
    address = "/en/consultations/testing-and-evaluation/drafts/1/clauses/2.1/comments/new"
    page.goto(address)
    page.check("input[name=stance][value=can_live_with]")
    page.fill("textarea[name=reasons]", "We could live with it, had we been faster.")
    server_clock.ahead = timedelta(days=60)
    with page.expect_response(lambda answer: answer.request.method == "POST") as refused:
        page.locator(".dock button").first.click()
    assert refused.value.status == 422
    expect(page.locator("main")).to_contain_text("We could live with it, had we been faster.")
