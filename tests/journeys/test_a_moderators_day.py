"""A moderator starts a consultation without any script, imports a draft, mends it, publishes it and opens a round."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Clock

PASTED = """Guidelines on labelling

1. Purpose

1.1 These guidelines say how outputs of AI systems should be labelled.

1.2 They bind nobody. They may be adopted in whole or in part.

2. Labels

2.1 A label should be seen before the output is used.

2.2 A label should say:

(a) that a machine made it;

(b) who answers for it.
"""


def test_a_moderators_day_without_script(
    open_page: Callable[..., Page], sign_in: Callable[..., None], server_clock: Clock
) -> None:
    page = open_page(javascript=False)
    sign_in(page, "moderator@consult.example")
    page.goto("/en/consultations/new")
    page.fill("[name=title]", "Guidelines on labelling")
    page.fill("[name=summary]", "How outputs of AI systems should be labelled.")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/consultations/guidelines-on-labelling/")
    page.goto("/en/consultations/guidelines-on-labelling/import")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("#errors")).to_contain_text("Choose a file, or paste the text")
    page.fill("[name=pasted]", PASTED)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/import/*")
    _the_outline_is_mended_and_confirmed(page)
    _it_is_published_and_a_round_planned(page, server_clock)
    visitor = open_page()
    visitor.goto("/en/consultations/guidelines-on-labelling/")
    expect(visitor.locator("main")).not_to_contain_text("Comments close in")
    server_clock.ahead = timedelta(days=2)
    visitor.goto("/en/consultations/guidelines-on-labelling/drafts/0/")
    expect(visitor.locator("main")).to_contain_text("Comments close in")


def _the_outline_is_mended_and_confirmed(page: Page) -> None:
    item = page.locator("li.card", has_text="They bind nobody")
    item.locator("summary").click()
    item.locator("textarea").fill("They bind nobody. ||They may be adopted in whole or in part.")
    item.locator("button[value=split]").click()
    expect(page.locator("li.card", has_text="They may be adopted")).not_to_contain_text("They bind nobody")
    page.locator("button[value=undo]").click()
    expect(page.locator("li.card", has_text="They may be adopted")).to_contain_text("They bind nobody")
    page.locator("button[value=confirm]").click()
    page.wait_for_url(lambda url: "/import/" not in url)


def _it_is_published_and_a_round_planned(page: Page, server_clock: Clock) -> None:
    page.goto("/en/consultations/guidelines-on-labelling/publication")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "publication" not in url)
    page.goto("/en/consultations/guidelines-on-labelling/rounds/new")
    opens = server_clock.now() + timedelta(days=1)
    page.fill("[name=opens_at]", opens.strftime("%Y-%m-%dT%H:%M"))
    page.fill("[name=closes_at]", (opens - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"))
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("#errors")).to_be_visible()
    assert page.input_value("[name=opens_at]") == opens.strftime("%Y-%m-%dT%H:%M")
    page.fill("[name=closes_at]", (opens + timedelta(days=20)).strftime("%Y-%m-%dT%H:%M"))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "rounds/new" not in url)
