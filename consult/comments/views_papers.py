"""A delegation's own table: its papers, what may be done with each, and what it has said."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.comments import acts, keeping, reads
from consult.comments.forms import ContributionForm, PressForm, WordsForm, in_language
from consult.comments.inside import inside
from consult.comments.refusals import NotOpenYet, TooLate, VoiceNotChosen
from consult.comments.views_form import Writing, cleared, read_language, refuse, shown, untimely
from consult.db import session
from consult.drafts.reads import consultation
from consult.refusals import Refusal
from consult.rounds.reads import timetable
from consult.web.gates import actor, signed_in
from consult.web.locale import spoken


@signed_in
def mine(slug: str) -> ResponseReturnValue:
    """The papers on this voice's table, and its comments."""
    consulted = consultation(session(), actor(), slug, spoken())
    standing = reads.standing(actor(), consulted)
    is_chosen = standing.hurdle not in (reads.Hurdle.CHOOSE, reads.Hurdle.MODERATES)
    page = {
        "consulted": consulted,
        "standing": standing,
        "times": timetable(session(), consulted, g.reached_at),
        "mine": reads.mine(session(), actor(), consulted, read_language(consulted)) if is_chosen else None,
        "inside": inside(actor(), consulted),
    }
    return render_template("comments/mine.html", page=page)


@signed_in
def paper(slug: str, key: str) -> ResponseReturnValue:
    """One paper: to read, or to edit."""
    page = _paper(slug, key)
    if request.method == "GET" and "edit" not in request.args:
        return _shown(page, WordsForm.posted())
    writing = Writing(page.commenting, page.standing, _kept(), page.line)
    form = ContributionForm.about(page.commenting, writing.voice, _start(writing))
    if form.press != "preview" and form.accepted:
        try:
            return redirect(_changed(writing, form), 303)
        except (TooLate, NotOpenYet) as no:
            return untimely(writing, no)
        except Refusal as no:
            refuse(writing, form, no)
    return shown(writing, form)


@signed_in
def verification(slug: str, key: str) -> ResponseReturnValue:
    """Verifies a paper as it was seen."""
    row, who = reads.paper_row(session(), actor(), consultation(session(), actor(), slug, spoken()), key)
    form = PressForm.posted()
    if form.accepted:
        acts.verify_contribution(session(), who, row, form.edition.data)
    return redirect(url_for("comments.paper", slug=slug, key=key), 303)


@signed_in
def sending(slug: str, key: str) -> ResponseReturnValue:
    """Hands a draft on for clearance, as it was seen."""
    row, who = reads.paper_row(session(), actor(), consultation(session(), actor(), slug, spoken()), key)
    form = PressForm.posted()
    if form.accepted:
        acts.send_contribution(session(), who, row, form.edition.data, g.reached_at)
    return redirect(url_for("comments.paper", slug=slug, key=key), 303)


@signed_in
def submission(slug: str, key: str) -> ResponseReturnValue:
    """Submits a paper as it was seen."""
    row, who = reads.paper_row(session(), actor(), consultation(session(), actor(), slug, spoken()), key)
    form = PressForm.posted()
    if not form.accepted:
        return redirect(url_for("comments.paper", slug=slug, key=key), 303)
    comment = acts.submit_comment(session(), who, row, g.reached_at, form.edition.data)
    return redirect(url_for("comments.show", slug=slug, number=comment.number), 303)


@signed_in
def send_back(slug: str, key: str) -> ResponseReturnValue:
    """Gives a paper back to be worked on, with words."""
    page = _paper(slug, key)
    form = WordsForm.posted()
    if form.accepted:
        row, who = reads.paper_row(session(), actor(), page.commenting.consulted, key)
        acts.return_contribution(session(), who, row, form.reason.data or "")
        return redirect(url_for("comments.paper", slug=slug, key=key), 303)
    return _shown(page, form)


@signed_in
def drop(slug: str, key: str) -> ResponseReturnValue:
    """Lays a paper aside."""
    row, who = reads.paper_row(session(), actor(), consultation(session(), actor(), slug, spoken()), key)
    if PressForm.posted().accepted:
        acts.drop_contribution(session(), who, row)
    voice = who.place.slug if who.place and len(who.places) > 1 else None
    return redirect(url_for("comments.mine", slug=slug, voice=voice), 303)


@signed_in
def discard(slug: str, key: str) -> ResponseReturnValue:
    """Lets go of what was kept of this paper's form."""
    _paper(slug, key)
    if PressForm.posted().accepted:
        acts.discard_words(session(), actor(), keeping.place())
    return redirect(url_for("comments.paper", slug=slug, key=key, edit=1), 303)


def _paper(slug: str, key: str) -> reads.PaperPage:
    consulted = consultation(session(), actor(), slug, spoken())
    return reads.paper(session(), actor(), consulted, key, g.reached_at, spoken())


def _kept() -> reads.KeptLine | None:
    if request.method != "GET":
        return None
    return reads.kept_words(session(), actor(), keeping.place(), g.reached_at)


def _shown(page: reads.PaperPage, form: WordsForm) -> ResponseReturnValue:
    beside = inside(actor(), page.commenting.consulted, page.line.key)
    return render_template("comments/paper.html", page=page, form=form, inside=beside), form.status


def _start(writing: Writing) -> dict[str, Any]:
    """The form as the paper stands, or as it was kept."""
    line = writing.paper
    if line is None:
        return {}
    if writing.kept and request.args.get("kept"):
        return {**writing.kept.fields, "edition": line.edition}
    return {
        **in_language(line.language, writing.consulted.offered),
        "edition": line.edition,
        "supersedes": line.supersedes,
        "stance": line.stance,
        "category": line.category,
        "amendment": line.amendment_kind or "",
        "proposed": line.proposed or writing.about.words.body,
        "reasons": line.reasons,
        "private_notes": line.private_notes,
        "names_author": line.names_author,
    }


def _changed(writing: Writing, form: ContributionForm) -> str:
    line = writing.paper
    if (form.voice.data or "") != writing.voice or line is None:
        raise VoiceNotChosen
    row, who = reads.paper_row(session(), actor(), writing.consulted, line.key)
    edition = form.edition.data or ""
    seen = int(edition) if edition.isascii() and edition.isdigit() and len(edition) < 10 else 0
    acts.change_contribution(session(), who, row, form.answer(writing.about), seen, g.reached_at)
    acts.discard_words(session(), who, keeping.place())
    return cleared(writing.consulted.slug, form, who, row)
