"""Sign-on through another site, in a real browser, at npm's oidc-provider: a new account, an old one, a linked one."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from consult.cli.demonstration.walk import PASSWORD
from tests.journeys.conftest import Letters, press
from tests.provider import CLIENT_ID, CLIENT_SECRET, prepare, running

ITS_FONT = "https://fonts.googleapis.com/"
BY_PROVIDER = "main a[href*='/sign-in/provider']"
LINKING = "main form[action$='/profile/factors/provider'] button"
GOING_ON = "main a.button[href^='http']"
OLD = "reader@consult.example"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """npm's oidc-provider, running."""
    node = prepare()
    if node is None:
        pytest.skip("npm's oidc-provider could not be had: NOBODY SIGNED ON through a real provider")
    with running(node) as address:
        yield address


@pytest.fixture
def known(served: tuple[Flask, str], provider: str, elsewhere: list[str]) -> None:
    """Tells the program of the provider, and the browser that it may go there."""
    told = {"OIDC_ISSUER": provider, "OIDC_CLIENT_ID": CLIENT_ID, "OIDC_CLIENT_SECRET": CLIENT_SECRET}
    served[0].config.update({**told, "OIDC_NAME": "House of Keys"})
    elsewhere += [provider, ITS_FONT]


def test_sign_on_through_the_provider(
    known: None, open_page: Callable[..., Page], sound: Callable[[Page, str], None], letters: Letters
) -> None:
    new = _opened(open_page(width=360, height=740, language="ar"))
    new.goto("/ar/sign-in?next=/ar/profile")
    sound(new, "sign-in-provider.ar.phone")
    _through(new, "nour@elsewhere.example.org")
    assert new.url.endswith("/ar/profile")
    expect(new.locator("main")).to_contain_text("nour@elsewhere.example.org")
    _an_address_that_has_an_account_is_refused(_opened(open_page()), sound)
    _it_is_linked_after_the_password(_opened(open_page()), letters, sound)
    again = _opened(open_page(javascript=False))
    again.goto("/en/sign-in?next=/en/profile")
    _through(again, OLD)
    assert again.url.endswith("/en/profile")
    expect(again.locator("main")).to_contain_text(OLD)


def _opened(page: Page) -> Page:
    """The provider's own pages ask for a font from afar: they get none."""

    def nothing(route: Route) -> None:
        route.fulfill(status=200, content_type="text/css", body="")

    page.route(f"{ITS_FONT}**", nothing)
    return page


def _through(page: Page, login: str, link: str = BY_PROVIDER) -> None:
    """Follows the link to the provider, says there who one is and agrees."""
    with page.expect_navigation():
        page.locator(link).first.click()
    _at_the_provider(page, login)


def _at_the_provider(page: Page, login: str) -> None:
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", "any")
    press(page, "button[type=submit]")
    press(page, "button[type=submit]")
    page.wait_for_url(lambda url: "/interaction/" not in url)


def _an_address_that_has_an_account_is_refused(page: Page, sound: Callable[[Page, str], None]) -> None:
    page.goto("/en/sign-in")
    _through(page, OLD)
    expect(page.locator("main")).to_contain_text("Sign in with your password once")
    sound(page, "provider-refused.en.desk")
    page.goto("/en/profile")
    assert "/sign-in" in page.url


def _it_is_linked_after_the_password(
    page: Page, letters: Letters, sound: Callable[[Page, str], None]
) -> None:
    page.goto("/en/sign-in?next=/en/profile/factors")
    page.fill("#email", OLD)
    page.fill("#password", PASSWORD)
    press(page)
    with page.expect_navigation():
        page.locator(LINKING).click()
    if "/confirmation" in page.url:
        page.fill("#password", PASSWORD)
        press(page)
        with page.expect_navigation():
            page.locator(LINKING).click()
    sound(page, "provider-linking.en.desk")
    _through(page, OLD, GOING_ON)
    page.wait_for_url(lambda url: url.endswith("/profile/factors"))
    sound(page, "factors-linked.en.desk")
    assert letters.to(OLD, "House of Keys") or letters.to(OLD), "she is told"
