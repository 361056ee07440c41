"""A forgotten password: a letter, a link that opens once, and every other browser signed out. Without script."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Letters, press

WHO = "reader@consult.example"
NEW = "a kettle sings at dawn"


def test_a_forgotten_password(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    sound: Callable[[Page, str], None],
    letters: Letters,
) -> None:
    office, phone = open_page(), open_page(javascript=False, width=360, height=740)
    sign_in(office, WHO)
    phone.goto("/en/password")
    phone.fill("#email", WHO)
    press(phone)
    link = letters.link(WHO, "/password/")
    phone.goto(link)
    phone.fill("#password", "short")
    press(phone)
    expect(phone.locator("#errors")).to_be_visible()
    phone.fill("#password", NEW)
    press(phone)
    office.goto("/en/profile/sessions")
    assert "/sign-in" in office.url, "the other browser is signed out"
    answer = phone.goto(link)
    assert answer is not None and answer.status == 410, "the link opens once"
    sign_in(phone, WHO, "en", NEW)
    sign_in(office, WHO, "en", NEW)
    office.goto("/en/profile/sessions")
    expect(office.locator("main li.card")).to_have_count(2)
    sound(office, "sessions.en.desk")
    press(office, "form[action$='/sessions/others/end'] button")
    phone.goto("/en/profile")
    assert "/sign-in" in phone.url
