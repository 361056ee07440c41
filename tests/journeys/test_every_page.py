"""Every page, at a desk, on a phone, in Arabic and enlarged: sound, valid, and nothing leaves the site."""

from collections.abc import Callable

import html5lib
import pytest
from playwright.sync_api import Page

HERE = "consultations/testing-and-evaluation"
PUBLIC = {
    "home": "",
    "overview": f"{HERE}/",
    "reader": f"{HERE}/drafts/1/",
    "clause": f"{HERE}/drafts/1/clauses/1.3",
    "zero": f"{HERE}/drafts/0/clauses/3.2",
    "changes": f"{HERE}/drafts/1/changes",
    "stand": f"{HERE}/drafts/1/consensus",
    "responses": f"{HERE}/rounds/1/responses",
    "comment": f"{HERE}/comments/12",
    "documents": f"{HERE}/drafts/1/documents",
    "timetable": f"{HERE}/rounds/",
    "record": f"{HERE}/record",
    "platform": "record",
    "counting": "how-consensus-is-counted",
    "accessibility": "accessibility",
    "sign-in": "sign-in",
    "nothing": "consultations/nowhere/",
}
PLAIN = {  # forms and texts, laid out as those above: at a desk and on a phone
    "organisations": "organisations/",
    "organisation": "organisations/marava",
    "interests": f"{HERE}/interests/",
    "register": "register",
    "password": "password",
    "terms": "terms",
    "privacy-notice": "privacy-notice",
    "contact": "contact",
}
INSIDE = {
    "head": {
        "profile": "profile",
        "new-comment": f"{HERE}/drafts/1/clauses/1.3/comments/new",
        "mine": f"{HERE}/contributions/",
        "work": f"{HERE}/delegation",
        "submission": f"{HERE}/delegation/submission",
        "own-deadline": f"{HERE}/delegation/deadline",
        "my-organisations": "organisations/mine",
        "delegation": "organisations/marava/delegation",
        "invite": "organisations/marava/delegation/invitations",
        "hand-over": "organisations/marava/delegation/hand-over",
        "clearance": "organisations/marava/delegation/clearance",
        "description": "organisations/marava/description",
        "letters": "letters",
        "preferences": "letters/preferences",
        "sessions": "profile/sessions",
        "factors": "profile/factors",
        "privacy": "privacy",
        "leaving": "privacy/leaving",
    },
    "moderator": {
        "start": "consultations/new",
        "desks": f"{HERE}/desk/",
        "desk": f"{HERE}/desk/c4",
        "publication": f"{HERE}/desk/publication",
        "extension": f"{HERE}/rounds/2/extension",
        "roster": f"{HERE}/roster/",
        "additions": f"{HERE}/roster/additions",
        "new-list": f"{HERE}/roster/lists/new",
        "team": f"{HERE}/team/",
        "access": f"{HERE}/access",
        "interest": f"{HERE}/interests/mine",
    },
    "administrator": {
        "proposals": "organisations/proposals",
        "new-organisation": "organisations/new",
        "administration": "organisations/marava/administration",
        "merger": "organisations/marava/merger",
        "invitations": "invitations/",
        "people": "people/",
        "mechanisms": "mechanisms/",
        "health": "letters/health",
        "outbox": "outbox",
    },
}
SIZES = {"desk": (1280, 900), "phone": (360, 740), "enlarged": (640, 450)}


@pytest.mark.parametrize(
    ("language", "size"),
    [("en", "desk"), ("en", "enlarged"), ("ar", "phone"), ("ar", "desk"), ("zh", "phone"), ("fr", "desk")],
)
def test_the_public_pages_are_sound(
    open_page: Callable[..., Page], sound: Callable[[Page, str], None], language: str, size: str
) -> None:
    width, height = SIZES[size]
    page = open_page(width=width, height=height, language=language)
    is_outermost = (language, size) in (("en", "desk"), ("ar", "phone"))
    for name, path in {**PUBLIC, **(PLAIN if is_outermost else {})}.items():
        answer = page.goto(f"/{language}/{path}")
        assert answer is not None
        assert answer.status == (404 if name == "nothing" else 200), name
        html5lib.HTMLParser(strict=True).parse(answer.text())
        sound(page, f"{name}.{language}.{size}")


@pytest.mark.parametrize(
    ("who", "language", "size"),
    [
        ("head", "ar", "phone"),
        ("head", "en", "desk"),
        ("moderator", "en", "desk"),
        ("moderator", "ar", "phone"),
        ("administrator", "en", "desk"),
        ("administrator", "ar", "phone"),
    ],
)
def test_the_pages_behind_the_door_are_sound(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    sound: Callable[[Page, str], None],
    who: str,
    language: str,
    size: str,
) -> None:
    width, height = SIZES[size]
    page = open_page(width=width, height=height, language=language)
    sign_in(page, f"{who}@consult.example", language)
    for name, path in INSIDE[who].items():
        answer = page.goto(f"/{language}/{path}")
        assert answer is not None
        assert answer.status == 200, name
        html5lib.HTMLParser(strict=True).parse(answer.text())
        sound(page, f"{name}.{language}.{size}")


def test_the_first_view_of_the_reader_is_light(open_page: Callable[..., Page]) -> None:
    page = open_page()
    weights: dict[str, int] = {}
    page.on(
        "requestfinished",
        lambda one: weights.__setitem__(
            one.url, sum(one.sizes()[k] for k in ("responseBodySize", "responseHeadersSize"))
        ),
    )
    page.goto(f"/en/{HERE}/drafts/1/", wait_until="networkidle")
    style_and_words = [w for url, w in weights.items() if url.endswith((".css", "/drafts/1/"))]
    print({url.rpartition("/")[2] or "reader": weight for url, weight in weights.items()})
    assert sum(weights.values()) <= 35_000
    assert sum(style_and_words) <= 15_000 + 1_000, "the second thousand is what the headers weigh"


def test_the_keyboard_alone_reads_and_signs_in(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"/en/{HERE}/drafts/1/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")
        if "1.2" in page.evaluate("document.activeElement.innerText"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/clauses/c*")
    page.goto("/en/sign-in")
    page.focus("#email")
    page.keyboard.type("reader@consult.example")
    page.keyboard.press("Tab")
    page.keyboard.type("consult-demonstration")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
