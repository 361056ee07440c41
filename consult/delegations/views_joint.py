"""Asking others to join a paper, and answering when others ask."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.comments import acts, reads_joint
from consult.comments.forms import PressForm, WordsForm
from consult.comments.reads import paper, paper_row
from consult.db import session
from consult.delegations.forms import AskForm
from consult.delegations.reads_asking import candidates
from consult.delegations.views_work import chosen
from consult.drafts.reads import Consulted, consultation
from consult.refusals import NotThere, Refusal
from consult.rounds.reads import timetable
from consult.web.gates import actor, signed_in
from consult.web.locale import spoken


@signed_in
def sponsors(slug: str, key: str) -> ResponseReturnValue:
    """Whom a paper's delegation asked to join it; posting asks another."""
    consulted = consultation(session(), actor(), slug, spoken())
    row, who = paper_row(session(), actor(), consulted, key)
    form = AskForm.posted()
    if form.accepted:
        try:
            name, words = form.organisation.data or "", form.words.data or ""
            acts.ask_sponsor(session(), who, row, name, words, g.reached_at)
            return redirect(url_for("delegations.sponsors", slug=slug, key=key), 303)
        except Refusal as no:
            if isinstance(no, NotThere):
                raise
            form.refuse(no)
    return _sponsors(consulted, key, form)


@signed_in
def no_sponsor(slug: str, key: str) -> ResponseReturnValue:
    """Asks one of them no more."""
    consulted = consultation(session(), actor(), slug, spoken())
    row, who = paper_row(session(), actor(), consulted, key)
    form = AskForm.posted()
    asked = reads_joint.sponsors_of(session(), [row]).get(row.id, ())
    found = next((one for one in asked if one.voice.slug == form.organisation.data), None)
    if form.accepted and found is not None:
        acts.end_sponsorship(session(), who, row, found.voice.voice_id)
    return redirect(url_for("delegations.sponsors", slug=slug, key=key), 303)


@signed_in
def sponsoring(slug: str, key: str) -> ResponseReturnValue:
    """A paper that another organisation asks this one to join."""
    return _request(consultation(session(), actor(), slug, spoken()), key, WordsForm.posted())


@signed_in
def verify(slug: str, key: str) -> ResponseReturnValue:
    """The deputy says that the words are right."""
    return _decided(slug, key, acts.verify_sponsorship)


@signed_in
def clear(slug: str, key: str) -> ResponseReturnValue:
    """The head puts the organisation's name to these words."""
    return _decided(slug, key, acts.clear_sponsorship)


@signed_in
def decline(slug: str, key: str) -> ResponseReturnValue:
    """The head says no, with words."""
    consulted = consultation(session(), actor(), slug, spoken())
    row, _ = reads_joint.request_row(session(), actor(), consulted, key)
    form = WordsForm.posted()
    if not form.accepted:
        return _request(consulted, key, form)
    acts.decline_sponsorship(session(), actor(), row, form.reason.data or "")
    return redirect(url_for("delegations.work", slug=slug, **chosen(actor()), _anchor="requests"), 303)


def _decided(slug: str, key: str, act: Any) -> ResponseReturnValue:
    consulted = consultation(session(), actor(), slug, spoken())
    row, _ = reads_joint.request_row(session(), actor(), consulted, key)
    form = PressForm.posted()
    if form.accepted:
        act(session(), actor(), row, form.edition.data or 0, g.reached_at)
    return redirect(url_for("delegations.sponsoring", slug=slug, key=key, **chosen(actor())), 303)


def _request(consulted: Consulted, key: str, form: WordsForm) -> ResponseReturnValue:
    found = reads_joint.request(session(), actor(), consulted, key, spoken())
    times = timetable(session(), consulted, g.reached_at)
    page = {
        "consulted": consulted,
        "request": found,
        "round": next(one for one in times.rounds if one.id == found.round_id),
        "voice": actor().place,
    }
    return render_template("delegations/sponsoring.html", page=page, form=form), form.status


def _sponsors(consulted: Consulted, key: str, form: AskForm) -> ResponseReturnValue:
    found = paper(session(), actor(), consulted, key, g.reached_at, spoken())
    if found.standing.place is None:
        raise NotThere
    words = request.args.get("q", "")[:100]
    own = found.standing.place.slug
    page = {
        "consulted": consulted,
        "paper": found,
        "words": words,
        "found": candidates(session(), consulted, own, words, spoken()) if found.may_ask else (),
        "asked": {one.voice.slug for one in found.sponsors if one.state in acts.LIVE},
    }
    return render_template("delegations/sponsors.html", page=page, form=form), form.status
