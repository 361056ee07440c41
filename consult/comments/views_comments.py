"""A comment's own page, and what its voice and the moderators may do with it."""

from collections.abc import Callable
from typing import Any

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.comments import acts, reads
from consult.comments.forms import PressForm, WordsForm
from consult.comments.reads_naming import may_redact, names_me
from consult.comments.views_form import read_language
from consult.db import session
from consult.drafts.reads import Consulted, consultation
from consult.refusals import NotThere
from consult.rounds.reads import timetable
from consult.web.gates import actor, anyone, signed_in, staff
from consult.web.kept_pages import kept
from consult.web.locale import spoken


@anyone
def show(slug: str, number: int) -> ResponseReturnValue:
    """What was said, of which words, by whom, and what has become of it."""
    consulted = consultation(session(), actor(), slug, spoken())
    return kept((consulted.chain_head, consulted.platform_head), lambda: _page(consulted, number, None))


@signed_in
def withdrawal(slug: str, number: int) -> ResponseReturnValue:
    """Takes a comment back."""
    consulted = consultation(session(), actor(), slug, spoken())
    row = reads.comment_row(session(), consulted, number)
    who = reads.speaking_with(actor(), row.voice_id)
    if who is None:
        raise NotThere
    if PressForm.posted().accepted:
        acts.withdraw_comment(session(), who, row, g.reached_at)
    return redirect(url_for("comments.show", slug=slug, number=number), 303)


@signed_in
def step_back(slug: str, number: int) -> ResponseReturnValue:
    """Takes a co-sponsor's name off a comment."""
    consulted = consultation(session(), actor(), slug, spoken())
    joined = reads.of_joined(actor(), consulted, reads.comment(session(), consulted, number, spoken()), None)
    if joined is None:
        raise NotThere
    if PressForm.posted().accepted:
        acts.step_back(session(), joined.who, reads.comment_row(session(), consulted, number), g.reached_at)
    return redirect(url_for("comments.show", slug=slug, number=number), 303)


@staff
def hide(slug: str, number: int) -> ResponseReturnValue:
    """Shows a notice in place of the words."""
    return _moderated(slug, number, acts.hide_comment)


@staff
def restore(slug: str, number: int) -> ResponseReturnValue:
    """Shows the words again."""
    return _moderated(slug, number, acts.restore_comment)


def _moderated(slug: str, number: int, act: Callable[..., Any]) -> ResponseReturnValue:
    consulted = consultation(session(), actor(), slug, spoken())
    if not consulted.may_moderate:
        raise NotThere
    form = WordsForm.posted()
    if not form.accepted:
        return _page(consulted, number, form), form.status
    act(session(), actor(), reads.comment_row(session(), consulted, number), form.reason.data)
    return redirect(url_for("comments.show", slug=slug, number=number), 303)


def _page(consulted: Consulted, number: int, form: WordsForm | None) -> str:
    shown = reads.show(session(), consulted, number, read_language(consulted))
    times = timetable(session(), consulted, g.reached_at)
    page = {
        "consulted": consulted,
        "comment": shown,
        "round": next(one for one in times.rounds if one.id == shown.line.round_id),
        "own": reads.of_mine(actor(), consulted, shown.line, times.current),
        "joined": reads.of_joined(actor(), consulted, shown.line, times.current),
        "names_me": names_me(session(), actor(), shown.line.id),
        "may_redact": may_redact(actor(), consulted),
    }
    if form is None and consulted.may_moderate:
        form = WordsForm.posted()
    return render_template("comments/show.html", page=page, form=form)
