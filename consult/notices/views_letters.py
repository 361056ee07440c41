"""Letters: the inbox, what is wanted by mail, and how the sending goes."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from consult.db import session
from consult.drafts.reads import consultation
from consult.notices import acts, reads
from consult.notices.composing import unsubscribed
from consult.notices.labels import LABELS, SUBJECTS
from consult.notices.policy import may_see_health
from consult.notices.shown import shown, subjects
from consult.refusals import NotThere
from consult.web.gates import actor, anyone, signed_in, staff
from consult.web.locale import spoken
from consult.web.paging import asked_key
from consult.web.transaction import afterwards

bp = Blueprint("notices", __name__, url_prefix="/<interface:language>")


@bp.get("/letters")
@signed_in
def inbox() -> ResponseReturnValue:
    """One's letters, newest first."""
    found = reads.inbox(session(), actor(), spoken(), asked_key("before"))
    page = {"inbox": found, "subjects": subjects(found.lines), "labels": LABELS}
    return render_template("notices/inbox.html", page=page)


@bp.post("/letters/reading")
@signed_in
def read_all() -> ResponseReturnValue:
    """Mark all as read."""
    acts.read_all(session(), actor())
    return redirect(url_for("notices.inbox"), 303)


@bp.get("/letters/<name>")
@signed_in
def letter(name: str) -> ResponseReturnValue:
    """One letter; from now on it is read."""
    who = actor()
    found = reads.letter(session(), who, name, spoken())
    if not found.is_read:
        afterwards(lambda within: acts.read_letter(within, who, name))
    return render_template("notices/letter.html", page={"line": found, "words": shown(found)})


@bp.route("/letters/preferences", methods=["GET", "POST"])
@signed_in
def preferences() -> ResponseReturnValue:
    """Which kinds of letter come by mail."""
    found = reads.choices(session(), actor())
    if request.method == "POST":
        wanted = request.form.getlist("mailed")
        kinds = [one.kind.name for several in found.values() for one in several]
        acts.choose_mail(session(), actor(), {kind: kind in wanted for kind in kinds})
        return redirect(url_for("notices.preferences", saved="yes"), 303)
    page = {"choices": found, "labels": LABELS, "subjects": SUBJECTS, "is_saved": "saved" in request.args}
    return render_template("notices/preferences.html", page=page)


@bp.route("/letters/unsubscribe/<token>", methods=["GET", "POST"])
@anyone
def unsubscribe(token: str) -> ResponseReturnValue:
    """Ends the mailing of one kind; mail programs post here by themselves, so a press is all it takes."""
    found = unsubscribed(token)
    if found is None:
        raise NotThere
    pseudonym, kind = found
    if request.method == "POST":
        acts.unsubscribe(session(), pseudonym, kind.name)
    page = {"label": LABELS[kind.name], "is_done": request.method == "POST"}
    return render_template("notices/unsubscribe.html", page=page)


@bp.post("/consultations/<slug>/following")
@signed_in
def following(slug: str) -> ResponseReturnValue:
    """Follow a consultation, or end it."""
    consulted = consultation(session(), actor(), slug, spoken())
    change = acts.end_following if request.form.get("end") else acts.follow_consultation
    change(session(), actor(), consulted.id)
    return redirect(url_for("rounds.overview", slug=slug), 303)


@bp.get("/letters/health")
@staff
def health() -> ResponseReturnValue:
    """How the sending of letters goes."""
    if not may_see_health(actor()):
        raise NotThere
    page = {"health": reads.health(session()), "labels": LABELS}
    return render_template("notices/health.html", page=page)


@bp.post("/letters/<name>/sending")
@staff
def send_again(name: str) -> ResponseReturnValue:
    """Send a letter that failed once more."""
    acts.send_again(session(), actor(), name)
    return redirect(url_for("notices.health"), 303)


@bp.record_once
def _set_up(state: BlueprintSetupState) -> None:
    """Mail programs that end a subscription carry no token of ours: the seal in the address stands for it."""
    state.app.extensions["csrf"].exempt(unsubscribe)
    state.app.jinja_env.globals.update(
        unread_letters=lambda: reads.unread_count(session(), actor()),
        follows=lambda consultation_id: reads.follows(session(), actor(), consultation_id),
    )
