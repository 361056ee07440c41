"""Who may read and speak: chosen while a consultation is prepared, its parties named; later it can only be opened."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.core.terms import Stage, Track
from consult.db import session
from consult.drafts import acts_access as acts
from consult.drafts import reads, reads_access
from consult.drafts.forms_access import AccessForm, ConveningForm, OpeningForm, PartiesForm
from consult.drafts.reads import Consulted
from consult.drafts.refusals_access import NoMechanism
from consult.people.acts_mechanisms import name_mechanism
from consult.refusals import NotThere, Refusal
from consult.web.gates import actor, staff
from consult.web.locale import spoken

BOTH = ["GET", "POST"]


def install(bp: Blueprint) -> None:
    """Hangs these pages under the consultation."""
    under = "/consultations/<slug>"
    bp.add_url_rule(f"{under}/access", "access", access, methods=BOTH)
    bp.add_url_rule(f"{under}/opening", "opening", opening, methods=BOTH)
    bp.add_url_rule(f"{under}/parties", "parties", parties, methods=BOTH)
    bp.add_url_rule(f"{under}/mechanism", "mechanism", mechanism, methods=BOTH)


@staff
def access(slug: str) -> ResponseReturnValue:
    """Choose anew who may read and speak; once a draft is published, this page only tells."""
    consulted = reads.moderated(session(), actor(), slug, spoken())
    row = reads.consultation_row(session(), consulted.id)
    form = AccessForm.posted(
        track=consulted.track.value,
        is_restricted=consulted.is_restricted,
        takes_individuals=consulted.takes_individuals,
        takes_pseudonyms=consulted.takes_pseudonyms,
        required_groups=reads_access.named_groups(session(), consulted),
    )
    if form.accepted:
        try:
            acts.choose_access(session(), actor(), row, form.answer())
            return redirect(next_step(slug, form.answer().track), 303)
        except Refusal as no:
            form.refuse(no)
    page = {"consulted": consulted, "is_settled": consulted.stage is not Stage.PREPARING}
    return render_template("drafts/access.html", page=page, form=form), form.status


@staff
def opening(slug: str) -> ResponseReturnValue:
    """Open restricted talks to all readers, with reasons, after saying what becomes public."""
    consulted = reads.moderated(session(), actor(), slug, spoken())
    if not consulted.is_restricted:
        raise NotThere
    form = OpeningForm.posted()
    if form.accepted:
        try:
            row = reads.consultation_row(session(), consulted.id)
            acts.open_consultation(session(), actor(), row, form.reason.data or "")
            return redirect(url_for("rounds.overview", slug=slug), 303)
        except Refusal as no:
            form.refuse(no)
    return render_template("drafts/opening.html", page={"consulted": consulted}, form=form), form.status


@staff
def parties(slug: str) -> ResponseReturnValue:
    """Name the two sides of bilateral talks."""
    consulted = _on(slug, Track.BILATERAL)
    names = [one.name for one in reads.roster(session(), consulted)]
    form = PartiesForm.posted(one=(names or [""])[0], other=(names[1:] or [""])[0])
    if form.accepted:
        try:
            _name(consulted, form)
            return redirect(url_for("rounds.overview", slug=slug), 303)
        except Refusal as no:
            form.refuse(no)
    page = {"consulted": consulted, "listed": reads_access.listed_names(session(), spoken())}
    return render_template("drafts/parties.html", page=page, form=form), form.status


@staff
def mechanism(slug: str) -> ResponseReturnValue:
    """Choose the mechanism under which multilateral talks are held, or name a new one."""
    consulted = _on(slug, Track.MULTILATERAL)
    known = reads_access.circles(session())
    form = ConveningForm.posted(name_language=spoken())
    form.offer({one.slug: one.name for one in known})
    if form.accepted:
        try:
            _convene(consulted, form)
            return redirect(url_for("roster.show", slug=slug), 303)
        except Refusal as no:
            form.refuse(no)
    page = {"consulted": consulted, "convened": reads_access.convened_by(session(), consulted)}
    return render_template("drafts/convening.html", page=page, form=form), form.status


def next_step(slug: str, track: Track) -> str:
    """Where to go once a track was chosen: to the page that names its parties, if it has some."""
    pages = {Track.BILATERAL: "drafts.parties", Track.MULTILATERAL: "drafts.mechanism"}
    return url_for(pages.get(track, "rounds.overview"), slug=slug)


def _on(slug: str, track: Track) -> Consulted:
    consulted = reads.moderated(session(), actor(), slug, spoken())
    if consulted.track is not track:
        raise NotThere
    return consulted


def _name(consulted: Consulted, form: PartiesForm) -> None:
    both = reads_access.organisations_called(session(), [form.one.data or "", form.other.data or ""])
    acts.name_parties(session(), actor(), reads.consultation_row(session(), consulted.id), both)


def _convene(consulted: Consulted, form: ConveningForm) -> None:
    if form.name.data:
        chosen = name_mechanism(
            session(), actor(), form.name.data, form.name_language.data, within=consulted.id
        )
    elif form.mechanism.data:
        chosen = reads_access.mechanism_row(session(), form.mechanism.data)
    else:
        raise NoMechanism
    acts.convene(session(), actor(), reads.consultation_row(session(), consulted.id), chosen)
