"""An organisation loses its accreditation, then its place in the list, and comes back: what counts changes at once."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import press

HERE = "/en/consultations/testing-and-evaluation"
OF_IT = "/en/organisations/marava"
WORDS = "We were in the middle of this sentence when the door was shut."


def test_a_revoked_organisation(
    open_page: Callable[..., Page], sign_in: Callable[..., None], sound: Callable[[Page, str], None]
) -> None:
    administrator, head, visitor = open_page(), open_page(width=360, height=740), open_page(javascript=False)
    sign_in(administrator, "administrator@consult.example")
    sign_in(head, "head@consult.example")
    stance = _it_says_something(head)
    before = _governments(visitor)
    _say(administrator, "accreditation", "Its mandate ran out.")
    assert _governments(visitor) == before - 1, "its position counts no more"
    expect(visitor.locator("aside article", has_text="Open to begin with.")).to_contain_text("not accredited")
    _open_form(head)
    head.check(f"input[name=stance][value={stance}]")
    head.fill("#reasons", WORDS)
    _say(administrator, "disabling", "It was dissolved.")
    _her_open_form_is_refused_and_keeps_her_words(head, sound)
    visitor.goto(OF_IT)
    expect(visitor.locator("main .note.warn")).to_have_count(1)
    expect(visitor.locator("main")).to_contain_text("Open to begin with.")
    _say(administrator, "restoration", "It was founded again.")
    sound(administrator, "administration-story.en.desk")
    _open_form(head)
    with head.expect_navigation():
        head.locator("main a[href*='kept=1']").click()
    expect(head.locator("#reasons")).to_have_value(WORDS)
    assert _governments(visitor) == before - 1, "back in the list, and not accredited yet"
    _say(administrator, "accreditation", "Its new mandate is here.")
    assert _governments(visitor) == before


def _open_form(page: Page) -> None:
    page.goto(f"{HERE}/drafts/1/clauses/1.4/comments/new")


def _it_says_something(page: Page) -> str:
    page.goto(f"{HERE}/drafts/1/clauses/1.3/comments/new")
    page.check("input[name=stance][value=support]")
    page.fill("#reasons", "Open to begin with.")
    press(page, "button[name=submit]")
    return "support"


def _governments(page: Page) -> int:
    """How many governments count on the clause, as the page says."""
    page.goto(f"{HERE}/drafts/1/clauses/1.3")
    counted: Locator = page.locator("aside ul.stands").first.locator(".who.gov b.n")
    return int(
        counted.first.inner_text() if counted.first.is_visible() else counted.first.text_content() or 0
    )


def _say(page: Page, act: str, reasons: str) -> None:
    page.goto(f"{OF_IT}/administration")
    form = page.locator(f"form[action$='/{act}']")
    folded = page.locator(f"details:has(form[action$='/{act}']) summary")
    if folded.count():
        folded.click()
    form.locator("textarea").fill(reasons)
    press(page, f"form[action$='/{act}'] button[type=submit]")
    expect(page.locator("main")).to_contain_text(reasons)


def _her_open_form_is_refused_and_keeps_her_words(page: Page, sound: Callable[[Page, str], None]) -> None:
    with page.expect_response(lambda answer: answer.request.method == "POST") as refused:
        press(page, "button[name=submit]")
    assert refused.value.status == 422
    expect(page.get_by_text(WORDS)).to_be_visible()
    sound(page, "disabled.en.phone")
