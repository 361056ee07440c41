"""What everybody sees of the desk: what changed and why, and what became of each comment."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consolidation.reads_changes import changes
from consult.consolidation.reads_responses import Wanted, responses
from consult.core.terms import Outcome
from consult.db import session
from consult.drafts.reads import Consulted, consultation, draft
from consult.record.reads import chain_head
from consult.refusals import NotThere
from consult.rounds.reads import round_numbered, timetable
from consult.web.gates import actor, anyone
from consult.web.kept_pages import kept
from consult.web.locale import preferred, spoken
from consult.web.paging import asked_number

bp = Blueprint("outcome", __name__, url_prefix="/<interface:language>/consultations/<slug>")


@bp.get("/drafts/<int(max=999999999):ordinal>/changes", endpoint="changes")
@anyone
def what_changed(slug: str, ordinal: int) -> ResponseReturnValue:
    """The redline between two drafts, with the comments that led to each change."""
    consulted = consultation(session(), actor(), slug, spoken())
    newer = draft(consulted, ordinal)
    older = draft(consulted, asked_number("from", max(ordinal - 1, 0)) or 0)
    if older.ordinal >= newer.ordinal:
        raise NotThere

    def make() -> str:
        found = changes(session(), consulted, older, newer, _language(consulted))
        page = {"consulted": consulted, "changes": found, "wanted": request.args.get("read")}
        return render_template("consolidation/changes.html", page=page)

    return kept((consulted.chain_head,), make)


@bp.get("/rounds/<int(max=999999999):ordinal>/responses", endpoint="responses")
@anyone
def what_became(slug: str, ordinal: int) -> ResponseReturnValue:
    """Every comment of a round, and what became of it."""
    consulted = consultation(session(), actor(), slug, spoken())
    round_ = round_numbered(timetable(session(), consulted, clock.now()), ordinal)
    outcome = request.args.get("outcome", "")
    chosen = Outcome(outcome) if outcome in set(Outcome) else None
    wanted = Wanted(request.args.get("voice", ""), chosen, asked_number("number", 0) or 0)

    def make() -> str:
        found = responses(session(), consulted, round_, _language(consulted), wanted)
        page = {
            "consulted": consulted,
            "responses": found,
            "outcomes": tuple(Outcome),
            "read": request.args.get("read"),
        }
        return render_template("consolidation/responses.html", page=page)

    return kept((consulted.chain_head, chain_head(session(), None)[1]), make)


def _language(consulted: Consulted) -> str:
    wanted = request.args.get("read", "")
    return (
        wanted
        if wanted in consulted.offered
        else preferred([spoken()], (consulted.source_language, *consulted.offered))
    )
