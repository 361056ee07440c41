"""How are instants, spans, numbers, texts and differences shown? For templates only."""

import math
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import nh3
from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_decimal, format_percent
from flask import Flask, current_app
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from consult import clock
from consult.core.diff import redline
from consult.core.text import brackets
from consult.web.gates import actor
from consult.web.locale import day_pattern, spoken

MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable(["image", "link"])
)
TAGS = {
    "p",
    "em",
    "strong",
    "ol",
    "ul",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
    "code",
    "br",
    "blockquote",
    "span",
    "b",
    "sup",
    "pre",
    "hr",
}


def reader_zone() -> ZoneInfo:
    """The reader's time zone, UTC where she has told none."""
    try:
        return ZoneInfo(actor().time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def instant(at: datetime, length: str = "long") -> Markup:
    """An instant in the reader's zone, and in UTC beside it where that differs."""
    zone = reader_zone()
    pattern = f"{day_pattern(spoken())}{'، ' if spoken() == 'ar' else ' ' if spoken() == 'zh' else ', '}HH:mm"
    pattern = pattern if length == "long" else "y-MM-dd HH:mm"
    local = format_datetime(at.astimezone(zone), pattern, locale=spoken())
    stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    if zone.key == "UTC":
        # The script of the page adds the browser's own zone where the server knows none.
        mark = Markup(" data-local") if actor().time_zone is None else ""
        return Markup('<time datetime="{}"{}>{}</time> UTC').format(stamp, mark, local)
    shown = Markup('<time datetime="{}">{}</time>').format(stamp, local)
    utc = at.astimezone(UTC)
    clock_words = f"{utc:%H:%M}" if utc.date() == at.astimezone(zone).date() else f"{utc:%Y-%m-%d %H:%M}"
    return Markup('{} <span class="muted">(<bdi>{} UTC</bdi>)</span>').format(shown, clock_words)


def day(at: datetime) -> str:
    """The day of an instant, in words."""
    return format_datetime(at.astimezone(reader_zone()), day_pattern(spoken()), locale=spoken())


def span(to: datetime) -> str:
    """How long from now to then, or since then, in the largest unit that says it honestly."""
    return spanned(abs(to - clock.now()))


def spanned(length: timedelta) -> str:
    """A length of time in words, rounded down."""
    unit: Literal["day", "hour", "minute"] = (
        "day" if length >= timedelta(days=2) else "hour" if length >= timedelta(hours=2) else "minute"
    )
    seconds = {"day": 86400, "hour": 3600, "minute": 60}[unit]
    whole = timedelta(seconds=int(length.total_seconds() // seconds) * seconds)
    return str(format_timedelta(whole, granularity=unit, threshold=10**9, locale=spoken()))


def bdi(words: str) -> Markup:
    """Words inside a sentence that may run the other way: an address, a pseudonym, a name."""
    return Markup("<bdi>{}</bdi>").format(words)


def number(value: float) -> str:
    """A number as the language writes it."""
    return str(format_decimal(value, locale=spoken()))


def share(value: float) -> str:
    """A share with two decimals."""
    return str(format_decimal(value, format="0.00", locale=spoken()))


def percent(value: float) -> str:
    """A share in whole percent. Rounded down, so that nothing looks as if it passed a bar that it missed."""
    return str(format_percent(math.floor(value * 100 + 1e-9) / 100, locale=spoken()))


def body(text: str) -> Markup:
    """A clause body as HTML: restricted CommonMark, brackets marked; raw HTML stays text."""
    key = ("body", text)
    kept: dict[tuple[str, str], Markup] = current_app.extensions["consult.bodies"]
    if key not in kept:
        if len(kept) > 20_000:
            kept.clear()
        html = nh3.clean(
            MARKDOWN.render(bracketed(text)),
            tags=TAGS,
            attributes={"a": {"href"}},
            link_rel="nofollow noopener",
        )
        opened = html.replace(OPEN, '<span class="bracket"><b>[</b>').replace(CLOSE, "<b>]</b></span>")
        kept[key] = Markup(_noted(opened, text).strip())  # noqa: S704
    return kept[key]


OPEN, CLOSE, NOTE_OPEN, NOTE_CLOSE, NOTE_HERE = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
NOTE_MARK = re.compile(r"\[\^([\w.*-]{1,12})\]")
NOTE_LINK = re.compile(f"{NOTE_OPEN}([^{NOTE_CLOSE}]*){NOTE_CLOSE}")
NOTE_BELOW = re.compile(r"^ {0,3}\[\^([\w.*-]{1,12})\]:[ \t]*", re.MULTILINE)
NOTE_WORDS = re.compile(f"<p>{NOTE_HERE}([^{NOTE_CLOSE}]*){NOTE_CLOSE}")


def bracketed(text: str) -> str:
    """The body with its brackets and note marks as signs that Markdown leaves alone."""
    out, at = [], 0
    for place, mark in sorted(_bracket_points(text)):
        out += [_unsigned(text[at:place]), mark]
        at = place + 1
    marked = NOTE_BELOW.sub(f"\n{NOTE_HERE}\\1{NOTE_CLOSE} ", "".join([*out, _unsigned(text[at:])]))
    return NOTE_MARK.sub(lambda found: f"{NOTE_OPEN}{found[1]}{NOTE_CLOSE}", marked)


def _noted(html: str, text: str) -> str:
    """Notes' marks as links: to the clause that the note is, or to its words below in this body, and back."""
    name = sha256(text.encode()).hexdigest()[:8]  # two bodies on a page may both have a note 1
    below, cited = set(NOTE_WORDS.findall(html)), set(NOTE_LINK.findall(html))

    def words(found: re.Match[str]) -> str:
        mark = found[1]
        back = f'<a href="#to-{name}-{mark}" role="doc-backlink">{mark}</a>' if mark in cited else mark
        return f'<p class="small muted" id="note-{name}-{mark}"><sup>{back}</sup>'

    def link(found: re.Match[str]) -> str:
        mark = found[1]
        if mark not in below:
            return f'<sup><a href="#note-{mark}" role="doc-noteref">{mark}</a></sup>'
        place = f' id="to-{name}-{mark}"' if mark in cited else ""
        cited.discard(mark)  # the way back leads to the first place
        return f'<sup{place}><a href="#note-{name}-{mark}" role="doc-noteref">{mark}</a></sup>'

    linked = NOTE_LINK.sub(link, NOTE_WORDS.sub(words, html))
    return linked.replace(NOTE_HERE, "<sup>").replace(NOTE_CLOSE, "</sup>")


def _unsigned(text: str) -> str:
    return re.sub("[\ue000-\ue004]", "", text)


def _bracket_points(text: str) -> list[tuple[int, str]]:
    points = []
    for one in brackets(text):
        if "\n\n" in text[one.start : one.end]:
            continue
        at = one.start
        for option in one.options:
            start = text.index(f"[{option}]", at)
            at = start + len(option) + 2
            points += [(start, OPEN), (at - 1, CLOSE)]
    return points


def changed(old: str, new: str) -> Markup:
    """The redline from old to new: del before ins, a space between."""
    tags = {"delete": "del", "insert": "ins"}
    parts = []
    for run in redline(old, new):
        words = escape(run.text).replace("\n", Markup("<br>"))
        if run.kind in tags:
            words = Markup("<{0}>{1}</{0}>").format(Markup(tags[run.kind]), words)  # noqa: S704
        parts.append(words)
    return Markup().join(parts)


def install(app: Flask) -> None:
    """Gives the templates these filters."""
    app.extensions["consult.bodies"] = {}
    app.jinja_env.filters.update(
        bdi=bdi,
        instant=instant,
        day=day,
        span=span,
        number=number,
        share=share,
        percent=percent,
        body=body,
        spanned=spanned,
    )
    app.jinja_env.globals.update(changed=changed, now=clock.now, actor=actor)
