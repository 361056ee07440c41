"""The list of consultations, a consultation's own page, and its timetable."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.db import session
from consult.drafts.reads import consultation, consultation_row, draft_row, moderated
from consult.drafts.reads_team import team
from consult.record.reads import chain_head
from consult.refusals import Refusal
from consult.rounds import acts, reads
from consult.rounds.forms import ExtensionForm, RoundForm, local
from consult.rounds.reads_overview import clock_state, home, overview
from consult.rounds.refusals import CannotChangeClose, ClosesBeforeItOpens, ClosesInThePast, DraftNotPublished
from consult.web.filters import reader_zone
from consult.web.gates import actor, anyone, staff
from consult.web.kept_pages import kept
from consult.web.locale import language_name, spoken

bp = Blueprint("rounds", __name__, url_prefix="/<interface:language>")
blueprints = (bp,)
OF_THE_END = (CannotChangeClose, ClosesBeforeItOpens, ClosesInThePast)


@bp.get("/consultations/", endpoint="consultations")
@bp.get("/", endpoint="home")
@anyone
def list_of_consultations() -> ResponseReturnValue:
    """All consultations that this reader may see."""
    found = home(session(), actor(), spoken(), clock.now())
    entries = [one for _, section in found.sections for one in section]
    state = [
        (one.consulted.id, one.consulted.chain_head, clock_state(one.times, clock.now())) for one in entries
    ]
    platform = chain_head(session(), None)[1]
    return kept((platform, *state), lambda: render_template("rounds/home.html", page=found))


@bp.get("/consultations/<slug>/", endpoint="overview")
@anyone
def show(slug: str) -> ResponseReturnValue:
    """A consultation at a glance."""
    consulted = consultation(session(), actor(), slug, spoken())
    at = clock.now()
    times = reads.timetable(session(), consulted, at)
    serving = team(session(), consulted)

    def make() -> str:
        names = {tag: language_name(tag) for tag in consulted.offered}
        seen = overview(session(), consulted, at)
        page = {"consulted": consulted, "overview": seen, "names": names, "team": serving}
        return render_template("rounds/overview.html", page=page)

    return kept((consulted.chain_head, consulted.platform_head, clock_state(times, at), serving), make)


@bp.get("/consultations/<slug>/rounds/")
@anyone
def timetable(slug: str) -> ResponseReturnValue:
    """All rounds, and every end that was moved."""
    consulted = consultation(session(), actor(), slug, spoken())
    times = reads.timetable(session(), consulted, clock.now())
    moved = reads.changes(session(), consulted)
    kinds = {one.ordinal: one.kind for one in consulted.drafts}
    page = {"consulted": consulted, "times": times, "changes": moved, "kinds": kinds}
    return render_template("rounds/timetable.html", page=page)


@bp.route("/consultations/<slug>/rounds/new", methods=["GET", "POST"])
@staff
def new(slug: str) -> ResponseReturnValue:
    """Plan a round on the newest draft."""
    consulted = moderated(session(), actor(), slug, spoken())
    if consulted.newest is None:
        raise DraftNotPublished
    form = RoundForm.posted()
    if form.accepted:
        opens_at, closes_at = form.answer(clock.now())
        row, draft = consultation_row(session(), consulted.id), draft_row(session(), consulted.newest.id)
        try:
            acts.plan_round(session(), actor(), row, draft, opens_at, closes_at)
            return redirect(url_for("rounds.timetable", slug=slug), 303)
        except Refusal as no:
            form.refuse(no, "closes_at" if isinstance(no, OF_THE_END) else None)
    page = {"consulted": consulted, "draft": consulted.newest, "zone": reader_zone().key}
    return render_template("rounds/new.html", page=page, form=form), form.status


@bp.route("/consultations/<slug>/rounds/<int(max=999999999):ordinal>/extension", methods=["GET", "POST"])
@staff
def extension(slug: str, ordinal: int) -> ResponseReturnValue:
    """Move the end of a round; one that has closed says so."""
    consulted = moderated(session(), actor(), slug, spoken())
    line = reads.round_numbered(reads.timetable(session(), consulted, clock.now()), ordinal)
    form = ExtensionForm.posted(closes_at=local(line.closes_at))
    if form.accepted:
        closes_at, reason = form.answer()
        try:
            acts.extend_round(session(), actor(), reads.round_row(session(), line.id), closes_at, reason)
            return redirect(url_for("rounds.timetable", slug=slug), 303)
        except Refusal as no:
            form.refuse(no, "closes_at" if isinstance(no, OF_THE_END) else None)
    page = {"consulted": consulted, "round": line, "zone": reader_zone().key}
    return render_template("rounds/extension.html", page=page, form=form), form.status
