"""Which language does the interface speak? The address says it; without one, the browser's preference decides."""

from collections.abc import Iterable, Sequence

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from flask import Flask, current_app, g, has_request_context, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import BaseConverter, RequestRedirect

from consult.config import LANGUAGES
from consult.core.languages import direction

NAMES = {"en": "English", "ar": "العربية", "zh": "中文", "fr": "Français"}


class InterfaceLanguage(BaseConverter):
    """The first part of an address: a language that the interface speaks."""

    regex = "|".join(LANGUAGES)


def spoken() -> str:
    """The language of this page."""
    if not has_request_context():
        return "en"
    if "language" not in g:
        first = request.path.lstrip("/").partition("/")[0]
        g.language = first if first in LANGUAGES else preferred(request.accept_languages.values(), LANGUAGES)
    return str(g.language)


def preferred(wanted: Iterable[str], offered: Sequence[str]) -> str:
    """The first wanted language that is offered, by language and script; else the first offered.

    Never hands raw input to a locale parser: what does not parse is passed over.
    """
    for tag in list(wanted)[:10]:
        match = _match(tag, offered)
        if match:
            return match
    return offered[0]


def language_name(tag: str, inside: str | None = None) -> str:
    """The name of a language, in itself or in another; its tag where CLDR has no name for it there."""
    try:
        locale = Locale.parse(tag.replace("-", "_"), resolve_likely_subtags=True)
    except (ValueError, UnknownLocaleError):
        return str(Locale.parse(spoken()).languages.get(tag.partition("-")[0], tag))
    return str(locale.get_language_name(inside or tag) or tag)


def country_name(code: str, inside: str | None = None) -> str:
    """The name of a country, or of a region by its M49 code, in the reader's language."""
    return str(Locale.parse(inside or spoken()).territories.get(code, code))


def install(app: Flask) -> None:
    """Hangs the language around every request."""
    app.url_map.converters["interface"] = InterfaceLanguage
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.register_error_handler(404, _lead_to_language)
    Babel(app, locale_selector=spoken, timezone_selector=lambda: "UTC")
    app.jinja_env.globals.update(
        interface_languages=NAMES,
        direction=direction,
        spoken=spoken,
        language_name=language_name,
        country_name=country_name,
        elsewhere=_elsewhere,
    )


def _elsewhere(language: str) -> str:
    """This page's address in another language of the interface."""
    start, _, rest = request.path.lstrip("/").partition("/")
    path = f"/{language}/{rest}" if start in LANGUAGES else f"/{language}/"
    return f"{path}?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else path


def _match(tag: str, offered: Sequence[str]) -> str | None:
    if tag in offered:
        return tag
    try:
        locale = Locale.parse(tag.replace("-", "_"), resolve_likely_subtags=True)
    except (ValueError, UnknownLocaleError):
        return None
    for candidate in offered:
        if candidate.split("-")[0] == locale.language and _script(candidate) in (_script(tag), None):
            return candidate
    return next((one for one in offered if one.split("-")[0] == locale.language), None)


def _script(tag: str) -> str | None:
    full = get_global("likely_subtags").get(tag.replace("-", "_"), "")
    return full.split("_")[1] if full.count("_") >= 1 else None


def _take_language(_endpoint: str | None, values: dict[str, str] | None) -> None:
    if values and "language" in values:
        g.language = values.pop("language")


def _give_language(endpoint: str, values: dict[str, str]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = spoken()


def _lead_to_language(error: HTTPException) -> ResponseReturnValue:
    first = request.path.lstrip("/").partition("/")[0]
    if first in LANGUAGES or request.method != "GET":
        return current_app.extensions["consult.not_found"](error)
    path = f"/{spoken()}{request.path}"
    try:
        current_app.url_map.bind("").match(path)
    except RequestRedirect:
        pass
    except HTTPException:
        return current_app.extensions["consult.not_found"](NotFound())
    session.modified = False
    query = request.query_string.decode("ascii", "ignore")
    return redirect(f"{path}?{query}" if query else path, 302)


def interface_language(tag: str) -> str:
    """The language of the interface that goes with a language of texts: itself if it is spoken, else English."""
    return preferred([tag], LANGUAGES)


def day_pattern(language: str) -> str:
    """How this language writes a day, month in words where it has them."""
    return "y年M月d日" if language == "zh" else "d MMMM y"
