"""The reader: a draft, one section a page, with the comments of a clause beside it; and where the groups stand."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.comments.reads import Margin, Only, margin
from consult.consensus.labels import STATUS_LABELS
from consult.consensus.reads import stand_on
from consult.consensus.reads_overview import overview
from consult.consensus.reads_reader import Reader, reader
from consult.db import session
from consult.drafts.reads import Consulted, DraftLine, clause_named, consultation, draft, tree
from consult.record.reads import chain_head
from consult.refusals import NotThere
from consult.rounds.reads import Timetable, timetable
from consult.web.filters import span
from consult.web.gates import actor, anyone
from consult.web.kept_pages import kept
from consult.web.locale import preferred, spoken
from consult.web.paging import asked_number

bp = Blueprint("consensus", __name__, url_prefix="/<interface:language>/consultations/<slug>/drafts/<int:ordinal>")
blueprints = (bp,)


@bp.get("/", endpoint="reader", defaults={"code": None})
@bp.get("/sections/<code>", endpoint="section")
@bp.get("/clauses/<path:code>", endpoint="clause")
@anyone
def read(slug: str, ordinal: int, code: str | None) -> ResponseReturnValue:
    """One page of a draft; a printed number leads on to the clause's permanent address."""
    consulted = consultation(session(), actor(), slug, spoken())
    line = draft(consulted, ordinal)
    if code is not None:
        named = clause_named(tree(session(), line.id), code)
        if named.code != code:
            return redirect(url_for("consensus.clause", slug=slug, ordinal=ordinal, code=named.code), 302)
    times = timetable(session(), consulted, clock.now())
    state = (consulted.chain_head, chain_head(session(), None)[1], _countdown(times))
    return kept(state, lambda: _page(consulted, line, code, times))


@bp.get("/consensus")
@anyone
def stand(slug: str, ordinal: int) -> ResponseReturnValue:
    """Where the groups stand, clause by clause."""
    consulted = consultation(session(), actor(), slug, spoken())
    line = draft(consulted, ordinal)
    language = _read_language(consulted)
    state = (consulted.chain_head, chain_head(session(), None)[1])

    def make() -> str:
        page = {"consulted": consulted, "overview": overview(session(), consulted, line, language)}
        return render_template("consensus/stand.html", page=page, statuses=STATUS_LABELS)

    return kept(state, make)


def _page(consulted: Consulted, line: DraftLine, code: str | None, times: Timetable) -> str:
    language = _read_language(consulted)
    shown = reader(session(), consulted, line, language, code, asked_number("part", 1) or 1)
    open_now = [one for one in times.of_draft(line.id) if times.current and one.id == times.current.id]
    page = {
        "consulted": consulted,
        "reader": shown,
        "margin": _margin(consulted, line, shown, language),
        "stand": stand_on(session(), consulted, line, shown.selected.line.clause_id) if shown.selected else None,
        "round": open_now[0] if open_now else None,
        "next_round": times.next,
        "before": next((one for one in reversed(consulted.drafts) if one.ordinal < line.ordinal), None),
        "wanted": request.args.get("read"),
        "statuses": STATUS_LABELS,
    }
    return render_template("consensus/reader.html", page=page)


def _margin(consulted: Consulted, line: DraftLine, shown: Reader, language: str) -> Margin | None:
    if shown.selected is None:
        return None
    wanted = request.args.get("only", Only.ALL.value)
    only = Only(wanted) if wanted in {one.value for one in Only} else Only.ALL
    clause_id = shown.selected.line.clause_id
    return margin(session(), consulted, line.id, clause_id, language, only, asked_number("after"))


def _read_language(consulted: Consulted) -> str:
    """The language of the texts: the one asked for, else the interface's if offered, else the source."""
    wanted = request.args.get("read", "")
    if wanted and wanted not in consulted.offered:
        raise NotThere
    offered = (consulted.source_language, *consulted.offered)
    return wanted or preferred([spoken()], offered)


def _countdown(times: Timetable) -> tuple[object, ...]:
    """What the clock alone changes on the page."""
    now, later = times.current, times.next
    return (
        (now.ordinal, now.closes_at, span(now.closes_at)) if now else None,
        (later.ordinal, later.opens_at) if later else None,
    )
