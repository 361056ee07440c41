"""An organisation that nobody knew joins, is accredited, invites a colleague, submits; and is shown apart at a word."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Letters, press

HERE = "consultations/testing-and-evaluation"
HEAD, COLLEAGUE = "mariam@saotelmo.example.org", "ines@saotelmo.example.org"
PASSWORD = "several words in a row"
OWN, ARABIC = "Associação São Telmo", "جمعية ساو تيلمو"
REASONS = "Whoever is judged by a system should be able to read how it was tested."
MANDATE = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def test_an_ngo_joins_and_submits(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    sound: Callable[[Page, str], None],
    letters: Letters,
) -> None:
    head, administrator, visitor = open_page(width=360, height=740), open_page(), open_page()
    sign_in(administrator, "administrator@consult.example")
    _she_registers_by_letter(head, letters, sound)
    _she_finds_others_by_any_spelling_and_not_her_own(head)
    answer = visitor.goto(_she_proposes_it(head, sound))
    assert answer is not None and answer.status == 404, "nobody else sees what was only proposed"
    _the_administrator_enters_and_accredits_it(administrator, letters, sound)
    assert letters.to(HEAD, OWN), "she is told"
    page_of_it = _she_finds_it_among_her_own(head)
    _she_invites_a_colleague_who_accepts(head, page_of_it, open_page, letters, sound)
    number = _the_colleague_drafts_and_she_submits(head, open_page, sign_in)
    _everybody_reads_it_in_their_language(open_page, page_of_it, number, sound)
    _the_administrator_ends_the_accreditation(administrator, visitor, page_of_it, number, sound)


def _she_registers_by_letter(page: Page, letters: Letters, sound: Callable[[Page, str], None]) -> None:
    page.goto("/en/register")
    page.fill("#name", "Mariam Teles")
    page.fill("#email", HEAD)
    page.fill("#password", "short")
    press(page)
    expect(page.locator("#errors")).to_be_visible()
    assert page.input_value("#email") == HEAD
    page.fill("#password", PASSWORD)
    press(page)
    link = letters.link(HEAD, "/register/")
    page.goto(link)
    sound(page, "confirm.en.phone")
    press(page)
    assert page.url.endswith("/en/welcome")
    sound(page, "welcome.en.phone")
    page.goto(link)
    expect(page.locator("main form[method=post]")).to_have_count(0)


def _she_finds_others_by_any_spelling_and_not_her_own(page: Page) -> None:
    page.goto("/en/organisations/")
    page.fill("#q", "valdoree")
    press(page, "form[role=search] button")
    expect(page.locator("main a[href='/en/organisations/valdoree']")).to_have_count(1)
    page.fill("#q", "Sao Telmo")
    press(page, "form[role=search] button")
    expect(page.locator("section.blank")).to_be_visible()
    with page.expect_navigation():
        page.locator("section.blank a[href='/en/organisations/new']").click()


def _she_proposes_it(page: Page, sound: Callable[[Page, str], None]) -> str:
    page.fill("#name", OWN)
    page.fill("#language", "pt")
    page.select_option("#group", "civil_society")
    page.select_option("#country", "CV")
    page.fill("#description", "Juntamos quem é julgado por máquinas.")
    page.locator("main form details summary").click()
    page.fill("#name_2", ARABIC)
    page.fill("#language_2", "ar")
    press(page, "main form[enctype] button[type=submit]")
    expect(page.locator("#errors")).to_be_visible()
    assert page.input_value("#name_2") == ARABIC, "what was typed stays"
    sound(page, "propose-error.en.phone")
    page.fill("#words", "I am its secretary; our board asked me on 3 March.")
    page.set_input_files(
        "#mandate", {"name": "mandate.pdf", "mimeType": "application/pdf", "buffer": MANDATE}
    )
    press(page, "main form[enctype] button[type=submit]")
    expect(page.locator("h1")).to_contain_text(OWN)
    sound(page, "proposed.en.phone")
    return page.url.removesuffix("/proposal")


def _the_administrator_enters_and_accredits_it(
    page: Page, letters: Letters, sound: Callable[[Page, str], None]
) -> None:
    page.goto(letters.link("administrator@consult.example", "/proposal"))
    expect(page.locator("main")).to_contain_text("I am its secretary")
    page.check("input[name=decision][value=enter_and_accredit]")
    page.fill("#answer", "Its board confirmed it to us.")
    sound(page, "proposal.en.desk")
    press(page, "main form:has(#answer) button[type=submit]")
    assert page.url.endswith("/proposals")
    expect(page.locator("main")).not_to_contain_text(OWN)


def _she_finds_it_among_her_own(page: Page) -> str:
    page.goto("/en/organisations/mine")
    with page.expect_navigation():
        page.locator("main li a.push[href$='/delegation']").click()
    return page.url.removesuffix("/delegation")


def _she_invites_a_colleague_who_accepts(
    head: Page,
    page_of_it: str,
    open_page: Callable[..., Page],
    letters: Letters,
    sound: Callable[[Page, str], None],
) -> None:
    sound(head, "delegation.en.phone")
    head.goto(f"{page_of_it}/delegation/invitations")
    head.fill("#addresses", f"Inês Moura <{COLLEAGUE}>")
    head.select_option("#kind", "contributor")
    head.select_option("#language", "ar")
    head.fill("#words", "Write the first draft, please.")
    press(head)
    link = letters.link(COLLEAGUE, "/invitations/")
    assert link.startswith("/ar/"), "in the language of the letter"
    looked = open_page(width=360, height=740, language="ar")
    looked.goto(link)
    sound(looked, "invitation.ar.phone")
    page = open_page(javascript=False, language="ar")
    page.goto(link)
    expect(page.locator("main")).to_contain_text("Write the first draft, please.")
    page.fill("#name", "Inês Moura")
    page.fill("#password", PASSWORD)
    press(page)
    page.goto("/ar/organisations/mine")
    expect(page.locator("main")).to_contain_text(OWN)


def _the_colleague_drafts_and_she_submits(
    head: Page, open_page: Callable[..., Page], sign_in: Callable[..., None]
) -> int:
    page = open_page()
    sign_in(page, COLLEAGUE, "en", PASSWORD)
    page.goto(f"/en/{HERE}/drafts/1/clauses/1.3/comments/new")
    page.check("input[name=stance][value=support]")
    page.fill("#reasons", REASONS)
    assert page.locator("button[name=submit]").count() == 0, "a contributor does not submit"
    press(page, "button[name=send]")
    head.goto(f"/en/{HERE}/delegation")
    with head.expect_navigation():
        head.locator("table th a").first.click()
    expect(head.locator("main")).to_contain_text(REASONS)
    press(head, "form[action$='/submission'] button")
    return int(head.url.partition("?")[0].rpartition("/")[2])


def _everybody_reads_it_in_their_language(
    open_page: Callable[..., Page], page_of_it: str, number: int, sound: Callable[[Page, str], None]
) -> None:
    reader = open_page(width=360, height=740, language="ar")
    reader.goto("/ar/organisations/")
    reader.fill("#q", "جمعيه ساو تيلمو")
    press(reader, "form[role=search] button")
    sound(reader, "organisations.ar.phone")
    with reader.expect_navigation():
        reader.locator("main ul a", has_text=ARABIC).click()
    assert reader.url.endswith(page_of_it.rpartition("/")[2])
    expect(reader.locator("h1 bdi[lang=ar]")).to_have_text(ARABIC)
    expect(reader.locator("h1 bdi[lang=pt]")).to_have_text(OWN)
    expect(reader.locator("main")).to_contain_text(REASONS)
    expect(reader.locator(f"main a[href$='/comments/{number}']")).to_have_count(1)
    expect(reader.locator("main")).not_to_contain_text("Mariam")
    sound(reader, "organisation.ar.phone")


def _the_administrator_ends_the_accreditation(
    administrator: Page, visitor: Page, page_of_it: str, number: int, sound: Callable[[Page, str], None]
) -> None:
    visitor.goto(f"/en/{HERE}/comments/{number}")
    expect(visitor.locator("article.comment")).not_to_contain_text("not accredited")
    administrator.goto(f"{page_of_it}/administration")
    sound(administrator, "administration.en.desk")
    administrator.fill("form[action$='/accreditation'] textarea", "Its board took its word back.")
    press(administrator, "form[action$='/accreditation'] button")
    visitor.reload()
    expect(visitor.locator("article.comment")).to_contain_text("not accredited: shown beside the count")
    visitor.goto(page_of_it)
    expect(visitor.locator("main")).to_contain_text("Its board took its word back.")
    expect(visitor.locator("main")).to_contain_text(REASONS)
