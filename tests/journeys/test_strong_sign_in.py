"""A moderator makes her sign-in strong: with a passkey that a real browser asks, with an app, and without script."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser, CDPSession, Page

from consult.cli.demonstration.walk import PASSWORD
from tests.journeys.conftest import Clock

pytestmark = pytest.mark.journey

Sound = Callable[[Page, str], None]


@dataclass
class Desk:
    """A browser with a passkey of its own, as a computer with a fingerprint reader has it."""

    page: Page
    devtools: CDPSession
    authenticator: str

    def keys(self) -> list[dict[str, object]]:
        """What lies in the passkey."""
        return self.devtools.send("WebAuthn.getCredentials", {"authenticatorId": self.authenticator})[
            "credentials"
        ]

    def count_is(self, count: int) -> None:
        """Puts the passkey back to an earlier count, as a copy of it would be."""
        kept = self.keys()[0]
        told = {"authenticatorId": self.authenticator}
        self.devtools.send("WebAuthn.removeCredential", {**told, "credentialId": kept["credentialId"]})
        self.devtools.send("WebAuthn.addCredential", {**told, "credential": {**kept, "signCount": count}})


@pytest.fixture
def moderator(served: tuple[Flask, str]) -> str:
    """The moderator of the demonstration, where strength is needed as in production."""
    served[0].config["STRONG_SIGN_IN"] = "yes"
    return "moderator@consult.example"


@pytest.fixture
def open_desk(browser: Browser, served: tuple[Flask, str]) -> Iterator[Callable[..., Desk]]:
    """Opens a browser on http://localhost, where passkeys work without a certificate."""
    address = served[1].replace("127.0.0.1", "localhost")
    wrong: list[str] = []
    contexts = []

    def opened(*, javascript: bool = True, width: int = 1280, language: str = "en") -> Desk:
        context = browser.new_context(
            base_url=address,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            locale=language,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.on("console", lambda line: wrong.append(line.text) if _is_wrong(line.type, line.text) else None)
        devtools = context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        made = devtools.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        return Desk(page, devtools, made["authenticatorId"])

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def _is_wrong(kind: str, text: str) -> bool:
    return kind == "error" and not any(f"status of {code}" in text for code in (404, 422))


def give_password(page: Page, email: str, language: str = "en") -> None:
    """The first step."""
    page.goto(f"/{language}/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: not url.endswith("/sign-in"))


def prove(page: Page) -> None:
    """Gives the password once more."""
    page.fill("#password", PASSWORD)
    page.click("main form button[type=submit]")


def test_a_passkey_is_registered_and_signs_in_alone(
    moderator: str, open_desk: Callable[..., Desk], sound: Sound
) -> None:
    desk = open_desk()
    page = desk.page
    give_password(page, moderator)
    rests = page.get_by_text("Your duties as moderator or administrator rest")
    rests.wait_for()
    page.get_by_role("link", name="Set one up, or show it").click()
    sound(page, "how-i-sign-in")
    page.get_by_role("link", name="Register a passkey").click()
    sound(page, "is-it-you")
    prove(page)
    sound(page, "register-a-passkey")
    page.fill("#name", "The office computer")
    page.get_by_role("button", name="Register a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert page.locator("main kbd").count() == 10
    sound(page, "recovery-codes")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download them as text").click()
    assert download.value.suggested_filename == "recovery-codes.txt"
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_text("The office computer").wait_for()
    assert rests.count() == 0 and len(desk.keys()) == 1
    page.goto("/en/sign-in")
    page.context.clear_cookies()
    page.goto("/en/sign-in?next=/en/profile/factors")
    sound(page, "sign-in-with-passkey")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("The office computer").wait_for()
    assert rests.count() == 0


def test_a_passkey_is_the_second_step_and_a_copy_of_it_is_refused(
    moderator: str, open_desk: Callable[..., Desk], sound: Sound
) -> None:
    desk = open_desk()
    page = desk.page
    give_password(page, moderator)
    page.goto("/en/profile/factors/passkeys/new")
    prove(page)
    page.fill("#name", "Key")
    page.get_by_role("button", name="Register a passkey").click()
    page.get_by_role("link", name="I have kept them").click()
    page.context.clear_cookies()
    give_password(page, moderator)
    page.get_by_role("heading", name="The second step").wait_for()
    sound(page, "second-step")
    page.get_by_role("button", name="Go on with a passkey").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.context.clear_cookies()
    desk.count_is(0)
    give_password(page, moderator)
    page.get_by_role("button", name="Go on with a passkey").click()
    page.get_by_text("its count went back").wait_for()
    page.goto("/en/profile")
    page.get_by_role("heading", name="Sign in").wait_for()


def test_without_script_an_app_and_paper_do_as_well(
    moderator: str, open_desk: Callable[..., Desk], sound: Sound, server_clock: Clock
) -> None:
    desk = open_desk(javascript=False, width=360, language="en")
    page = desk.page
    page.goto("/en/sign-in")
    assert page.get_by_role("button", name="Sign in with a passkey").count() == 0
    assert "Passkeys need script" in page.content()
    give_password(page, moderator)
    page.goto("/en/profile/factors/app")
    prove(page)
    shown = page.locator("bdi[dir=ltr]").inner_text()
    code = pyotp.TOTP(re.sub(r"\s", "", shown))
    page.fill("#code", code.at(server_clock.now()))
    page.get_by_role("button", name="Use this app from now on").click()
    paper = page.locator("main kbd").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_text("Set up another app in its place").wait_for()
    page.context.clear_cookies()
    server_clock.ahead += timedelta(minutes=1)
    give_password(page, moderator)
    page.fill("#code", code.at(server_clock.now()))
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.context.clear_cookies()
    give_password(page, moderator)
    page.fill("#code", "000000")
    page.click("main form button[type=submit]")
    page.get_by_text("This code does not open the account").wait_for()
    page.fill("#code", paper)
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: "sign-in" not in url)


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "en"), (360, "ar")])
def test_the_pages_hold_at_every_width_and_from_right_to_left(
    moderator: str,
    open_desk: Callable[..., Desk],
    sound: Sound,
    width: int,
    language: str,
    server_clock: Clock,
) -> None:
    page = open_desk(width=width, language=language).page
    name = f"{language}-{width}"
    page.goto(f"/{language}/sign-in")
    sound(page, f"strong-sign-in-{name}")
    give_password(page, moderator, language)
    page.goto(f"/{language}/profile/factors")
    sound(page, f"strong-factors-none-{name}")
    page.goto(f"/{language}/profile/factors/app")
    sound(page, f"strong-confirm-{name}")
    prove(page)
    sound(page, f"strong-app-{name}")
    secret = re.sub(r"\s", "", page.locator("bdi[dir=ltr]").inner_text())
    page.fill("#code", "12345")
    page.click("main form button[type=submit]")
    sound(page, f"strong-app-wrong-{name}")
    page.fill("#code", pyotp.TOTP(secret).at(server_clock.now()))
    page.click("main form button[type=submit]")
    sound(page, f"strong-codes-{name}")
    page.goto(f"/{language}/profile/factors/passkeys/new")
    page.fill("#name", "مفتاح المكتب")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: url.endswith("/profile/factors"))
    sound(page, f"strong-factors-{name}")
    page.context.clear_cookies()
    give_password(page, moderator, language)
    sound(page, f"strong-second-{name}")
