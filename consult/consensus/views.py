"""The reader: a draft, one section a page, with the comments of a clause beside it; and where the groups stand."""

import re
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from consult import clock
from consult.comments.reads import Margin, Only, margin
from consult.consensus.labels import STATUS_LABELS
from consult.consensus.reads import Heads, heads
from consult.consensus.reads_overview import overview
from consult.consensus.reads_reader import Reader, Wanted, reader
from consult.consensus.views_roster import bp as roster_bp
from consult.db import session
from consult.drafts.reads import Consulted, DraftLine, clause_named, consultation, draft, tree
from consult.memory import Memory
from consult.refusals import NotThere
from consult.rounds.reads import RoundLine, Timetable, timetable
from consult.web.filters import span
from consult.web.gates import actor, anyone
from consult.web.kept_pages import kept
from consult.web.locale import preferred, spoken
from consult.web.paging import asked_number

bp = Blueprint(
    "consensus",
    __name__,
    url_prefix="/<interface:language>/consultations/<slug>/drafts/<int(max=999999999):ordinal>",
)
blueprints = (bp, roster_bp)

CODE = re.compile(r"c[0-9]+|whole")
TEXTS: Memory[Markup] = Memory(200, names_people=True)


@bp.get("/", endpoint="reader")
@bp.get("/sections/<code>", endpoint="section")
@bp.get("/clauses/<path:code>", endpoint="clause")
@anyone
def read(slug: str, ordinal: int, code: str | None = None) -> ResponseReturnValue:
    """One page of a draft; a printed number leads on to the clause's permanent address."""
    consulted = consultation(session(), actor(), slug, spoken())
    line = draft(consulted, ordinal)
    if code is not None and not CODE.fullmatch(code):
        named = clause_named(tree(session(), line.id), code)
        address = url_for("consensus.clause", slug=slug, ordinal=ordinal, code=named.code)
        query = request.query_string.decode("ascii", "ignore")
        return redirect(f"{address}{'?' if query else ''}{query}#{named.code}", 302)
    times = timetable(session(), consulted, clock.now())
    state = heads(consulted)
    return kept((state, _by_the_clock(times)), lambda: _page(consulted, line, code, times, state))


@bp.get("/consensus")
@anyone
def stand(slug: str, ordinal: int) -> ResponseReturnValue:
    """Where the groups stand, clause by clause."""
    consulted = consultation(session(), actor(), slug, spoken())
    line = draft(consulted, ordinal)
    state = heads(consulted)
    return kept(state, lambda: _overview(consulted, line, state))


def _overview(consulted: Consulted, line: DraftLine, state: Heads) -> str:
    found = overview(
        session(), consulted, line, state, _read_language(consulted), asked_number("part", 1) or 1
    )
    page = {
        "consulted": consulted,
        "overview": found,
        "statuses": STATUS_LABELS,
        "read": _offered(consulted, "read"),
    }
    return render_template("consensus/stand.html", page=page)


def _page(consulted: Consulted, line: DraftLine, code: str | None, times: Timetable, state: Heads) -> str:
    beside = _offered(consulted, "beside")
    wanted = Wanted(_read_language(consulted), beside, code, asked_number("part", 1) or 1)
    found = reader(session(), consulted, line, state, wanted)
    rounds = times.of_draft(line.id)
    page = {
        "consulted": consulted,
        "reader": found,
        "round": next((one for one in rounds if one == times.current), None),
        "next_round": times.next,
        "closed": _last_closed(rounds, clock.now()),
        "before": next((one for one in reversed(consulted.drafts) if one.ordinal < line.ordinal), None),
        "newer": _newer(consulted, line),
        "usual": _usual_language(consulted),
        "wanted": _offered(consulted, "read"),
        "asked": {"read": _offered(consulted, "read"), "beside": beside},
        "statuses": STATUS_LABELS,
    }
    reader_is = (spoken(), actor().time_zone, consulted.may_moderate)
    key = (reader_is, request.full_path, state, _by_the_clock(times))
    kept_text = TEXTS.of(key, lambda: _text(page, consulted, line, found)) if line.published_at else None
    page["text"] = kept_text or _text(page, consulted, line, found)
    return render_template("consensus/reader.html", page=page)


def _text(page: dict[str, object], consulted: Consulted, line: DraftLine, found: Reader) -> Markup:
    """The contents, the words and the comments, the same for all who may see them."""
    shown = {**page, "margin": _margin(consulted, line, found)}
    return Markup(render_template("consensus/text.html", page=shown))  # noqa: S704


def _margin(consulted: Consulted, line: DraftLine, found: Reader) -> Margin | None:
    if found.selected is None:
        return None
    wanted = request.args.get("only", Only.ALL.value)
    only = Only(wanted) if wanted in {one.value for one in Only} else Only.ALL
    clause_id = found.selected.line.clause_id
    return margin(session(), consulted, line.id, clause_id, found.language, only, asked_number("after"))


def _newer(consulted: Consulted, line: DraftLine) -> DraftLine | None:
    newest = consulted.newest
    return newest if newest and newest.ordinal > line.ordinal else None


def _last_closed(rounds: tuple[RoundLine, ...], at: datetime) -> RoundLine | None:
    return next((one for one in reversed(rounds) if one.closes_at <= at), None)


def _read_language(consulted: Consulted) -> str:
    """The language of the texts: the one asked for, else the interface's if offered, else the source."""
    return _offered(consulted, "read") or _usual_language(consulted)


def _usual_language(consulted: Consulted) -> str:
    return preferred([spoken()], consulted.offered)


def _offered(consulted: Consulted, name: str) -> str | None:
    wanted = request.args.get(name)
    if wanted and wanted not in consulted.offered:
        raise NotThere
    return wanted or None


def _by_the_clock(times: Timetable) -> tuple[object, ...]:
    """What the clock alone changes on the page."""
    now, later = times.current, times.next
    return (
        tuple(one.state for one in times.rounds),
        span(now.closes_at) if now else None,
        (later.opens_at, span(later.opens_at)) if later else None,
    )
