"""What does a letter say? Its template, in the reader's language, with instants in her time zone and in UTC."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask import Flask, current_app, g, render_template, url_for
from flask_babel import gettext

from consult.core.actors import Actor
from consult.core.languages import direction
from consult.notices.kinds import KINDS
from consult.notices.labels import because, factor_changed, numbered
from consult.notices.lines import isolated, laid_out, one_line, subject_line
from consult.notices.reads_shelf import Told
from consult.people.labels import device_name
from consult.web.filters import instant
from consult.web.locale import interface_language, spoken

SHORT = 50
# Where the links of letters that open something lead; the rooms below serve these addresses.
OPENS = {
    "account.confirm": "register",
    "account.reset": "password",
    "account.email_old": "e-mail",
    "account.email_new": "e-mail",
    "account.sign_in_link": "sign-in",
    "seat.invited": "invitations",
    "seat.reminded": "invitations",
}
NAMES = frozenset(
    {"title", "organisation", "other", "by", "named", "into", "device", "reader", "was", "clause"}
)


@dataclass(frozen=True, slots=True)
class Words:
    """A letter as it is read."""

    subject: str
    body: str


@contextmanager
def read_by(app: Flask, language: str, time_zone: str) -> Iterator[None]:
    """Within the block, pages are in this language and for this time zone, as if their reader had asked for them."""
    with app.app_context(), app.test_request_context(f"/{interface_language(language)}/"):
        g.language = interface_language(language)
        g.actor = Actor(time_zone=time_zone)
        yield


def worded(told: Told) -> Words:
    """The letter in the language of the page. What people wrote is one line wherever it stands, so it forges nothing."""
    kind = KINDS[told["kind"]]
    letter = {name: _safe(name, value) for name, value in told.items()}
    opening = f"{site()}/{spoken()}/{OPENS[kind.name]}/{told['token']}" if kind.opens else None
    text = render_template(kind.template, letter=letter, kind=kind, opening=opening, site=site(), **SPOKEN)
    subject, _, body = text.lstrip("\n").partition("\n")
    is_right_to_left = direction(spoken()) == "rtl"
    return Words(subject_line(subject), laid_out(body, spoken(), is_right_to_left=is_right_to_left))


def closed() -> Words:
    """What stands in the inbox where a letter may not be read any more."""
    subject = gettext("This letter is closed to you now")
    sentence = gettext(
        "It spoke of something that you no longer take part in, or that is not there any more; so its words are not shown."
    )
    return Words(subject, sentence + "\n")


def site() -> str:
    """How readers reach this site; in development, on this machine."""
    config = current_app.config
    return str(config["SITE_ADDRESS"]).rstrip("/") or f"http://127.0.0.1:{config['PORT']}"


def _link(endpoint: str, **values: Any) -> str:
    return site() + url_for(endpoint, **{name: value for name, value in values.items() if value is not None})


def _when(at: datetime) -> str:
    return str(instant(at).striptags())


def _short(words: str | None) -> str:
    """A name as a subject has room for it."""
    plain = words or ""
    marks = plain[:1], plain[-1:]
    if len(plain) <= SHORT:
        return plain
    cut = plain[: SHORT - 1].rstrip() + "…"
    return cut + marks[1] if marks[0] == "\u2068" else cut


SPOKEN: dict[str, Any] = {
    "link": _link,
    "when": _when,
    "short": _short,
    "numbered": numbered,
    "because": because,
    "factor_changed": factor_changed,
    "device_name": device_name,
}


def _safe(name: str, value: Any) -> Any:
    if not isinstance(value, str) or isinstance(value, StrEnum):
        return value
    line = one_line(value)
    return isolated(line) if name in NAMES and line and direction(spoken()) == "rtl" else line
