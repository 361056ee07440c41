"""Starting a consultation, publishing its zero draft, its record."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.core.terms import Track
from consult.db import session
from consult.drafts import acts, reads, views_access, views_mechanisms, views_roster, views_site, views_team
from consult.drafts import refusals as _refusals
from consult.drafts.forms import ConsultationForm, PublicationForm
from consult.drafts.views_people import bp as people_bp
from consult.record.reads import entries
from consult.refusals import NotThere, Refusal
from consult.web.gates import actor, anyone, staff
from consult.web.locale import spoken
from consult.web.paging import asked_number
from consult.web.record_sentences import sentence_of

bp = Blueprint("drafts", __name__, url_prefix="/<interface:language>")
blueprints = (bp, people_bp)
SENTENCES = (_refusals,)
views_access.install(bp)
views_mechanisms.install(bp)
views_roster.install(bp)
views_site.install(bp)
views_team.install(bp)


@bp.route("/consultations/new", methods=["GET", "POST"])
@staff
def new() -> ResponseReturnValue:
    """Start a consultation."""
    if not actor().moderates(None):
        raise NotThere
    form = ConsultationForm.posted(
        source_language=spoken(), languages=[spoken()], track=Track.OPEN, takes_pseudonyms=True
    )
    if form.accepted:
        try:
            started = acts.start_consultation(session(), actor(), form.answer())
            return redirect(views_access.next_step(started.slug, started.track), 303)
        except Refusal as no:
            form.refuse(no)
    return render_template("drafts/new.html", page={}, form=form), form.status


@bp.route("/consultations/<slug>/publication", methods=["GET", "POST"])
@staff
def publish(slug: str) -> ResponseReturnValue:
    """Publish the zero draft, after saying what becomes permanent. Revisions are published at the desk."""
    consulted = reads.moderated(session(), actor(), slug, spoken())
    line = reads.draft(consulted, 0)
    form = PublicationForm.posted()
    if form.accepted:
        try:
            acts.publish_draft(session(), actor(), reads.draft_row(session(), line.id))
            return redirect(url_for("rounds.overview", slug=slug), 303)
        except Refusal as no:
            form.refuse(no)
    page = {"consulted": consulted, "draft": line, "clause_count": reads.clause_count(session(), line)}
    return render_template("drafts/publish.html", page=page, form=form), form.status


@bp.get("/consultations/<slug>/record")
@anyone
def record(slug: str) -> ResponseReturnValue:
    """The consultation's public record."""
    consulted = reads.consultation(session(), actor(), slug, spoken())
    found = entries(session(), consulted.id, before=asked_number("before"))
    page = {
        "consulted": consulted,
        "entries": found,
        "sentences": [sentence_of(line) for line in found.lines],
    }
    return render_template("drafts/record.html", page=page)
