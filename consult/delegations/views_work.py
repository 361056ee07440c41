"""A delegation's table: what waits for whom, its own deadline, and its discussion."""

from typing import Any

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.comments import acts as comments
from consult.comments.reads import Hurdle, paper_row
from consult.comments.refusals import VoiceNotChosen
from consult.core.actors import Actor
from consult.db import session
from consult.delegations import acts, reads
from consult.delegations.forms import DeadlineForm, RemarkForm, VoiceForm
from consult.delegations.views_inside import discussion_place, keep_remark, paper_address, remark_form
from consult.drafts.reads import Consulted, consultation
from consult.refusals import NotThere, Refusal
from consult.rounds.forms import local
from consult.rounds.reads import timetable
from consult.web.filters import reader_zone
from consult.web.gates import actor, signed_in
from consult.web.locale import spoken
from consult.web.paging import asked_key

BARRED = (Hurdle.CHOOSE, Hurdle.MODERATES, Hurdle.NOBODY)


@signed_in
def work(slug: str) -> ResponseReturnValue:
    """What waits for whom, clause by clause."""
    consulted = consultation(session(), actor(), slug, spoken())
    page = table(consulted)
    form = remark_form(page["voice"], discussion_place(slug, None))
    return render_template("delegations/work.html", page=page, form=form)


@signed_in
def remark(slug: str) -> ResponseReturnValue:
    """The delegation's discussion of the consultation; posting says something there."""
    consulted, who = own_table(slug)
    form = remark_form(voice_of(who), discussion_place(slug, None))
    if form.accepted:
        try:
            _said(consulted, who, form, None)
            return redirect(url_for("delegations.work", slug=slug, **chosen(who), _anchor="discussion"), 303)
        except Refusal as no:
            form.refuse(_told(no))
    return _discussing(consulted, who, form, None, None)


@signed_in
def paper_remark(slug: str, key: str) -> ResponseReturnValue:
    """The delegation's discussion of one paper; posting says something there."""
    consulted = consultation(session(), actor(), slug, spoken())
    row, who = paper_row(session(), actor(), consulted, key)
    if who.place is None:
        raise NotThere
    form = remark_form(voice_of(who), discussion_place(slug, key))
    if form.accepted:
        try:
            _said(consulted, who, form, row)
            return redirect(paper_address(slug, key), 303)
        except Refusal as no:
            form.refuse(_told(no))
    return _discussing(consulted, who, form, key, row.id)


@signed_in
def deadline(slug: str) -> ResponseReturnValue:
    """Until when the delegation wants its papers in."""
    consulted, who = own_table(slug)
    times = timetable(session(), consulted, g.reached_at)
    round_ = times.current or times.next
    if round_ is None or not reads.may_set_deadline(who):
        raise NotThere
    standing = reads.inner_deadline(session(), who, consulted, round_, g.reached_at)
    form = DeadlineForm.posted(voice=voice_of(who), closes_at=local(standing.closes_at) if standing else None)
    if form.accepted:
        try:
            acts.set_deadline(session(), spoken_for(who, form), round_.id, form.instant)
            return redirect(url_for("delegations.work", slug=slug, **chosen(who)), 303)
        except Refusal as no:
            form.refuse(_told(no), "closes_at")
    page = {"consulted": consulted, "round": round_, "zone": reader_zone().key, "deadline": standing}
    return render_template("delegations/deadline.html", page=page, form=form), form.status


@signed_in
def no_deadline(slug: str) -> ResponseReturnValue:
    """The delegation has no deadline of its own any more."""
    consulted, who = own_table(slug)
    times = timetable(session(), consulted, g.reached_at)
    round_ = times.current or times.next
    form = VoiceForm.posted()
    if form.accepted and round_ is not None:
        acts.drop_deadline(session(), spoken_for(who, form), round_.id)
    return redirect(url_for("delegations.work", slug=slug, **chosen(who)), 303)


def table(consulted: Consulted) -> dict[str, Any]:
    """The work page; without the work for who speaks for nobody here, or moderates."""
    who, times = actor(), timetable(session(), consulted, g.reached_at)
    before = asked_key("before")
    found = reads.work(session(), who, consulted, times, g.reached_at, before)
    is_barred = found.standing.hurdle in BARRED
    return {
        "consulted": consulted,
        "standing": found.standing,
        "times": times,
        "work": None if is_barred else found,
        "voice": voice_of(who),
    }


def own_table(slug: str) -> tuple[Consulted, Actor]:
    """The consultation, and whoever speaks for an organisation there; nothing is there for anybody else."""
    consulted = consultation(session(), actor(), slug, spoken())
    if not reads.may_read(actor(), consulted.id):
        raise NotThere
    return consulted, actor()


def spoken_for(who: Actor, form: VoiceForm) -> Actor:
    """Whoever sent the form, if she still speaks for whom it was opened."""
    if (form.voice.data or "") != voice_of(who):
        raise VoiceNotChosen
    return who


def voice_of(who: Actor) -> str:
    """The slug of the organisation that she speaks for; empty where she speaks for herself."""
    return who.place.slug if who.place else ""


def chosen(who: Actor) -> dict[str, Any]:
    """What an address must carry where she has several seats."""
    return {"voice": voice_of(who)} if len(who.places) > 1 and who.place else {}


def _told(no: Refusal) -> Refusal:
    """A refusal for the form to say; what is not there is not there."""
    if isinstance(no, NotThere):
        raise no
    return no


def _said(consulted: Consulted, who: Actor, form: RemarkForm, paper: Any) -> None:
    words, key = form.words.data or "", (form.form_key.data or "")[:64]
    acts.make_remark(session(), spoken_for(who, form), consulted.id, words, key, paper)
    comments.discard_words(session(), who, discussion_place(consulted.slug, paper.key if paper else None))


def _discussing(
    consulted: Consulted, who: Actor, form: RemarkForm, key: str | None, paper_id: int | None
) -> ResponseReturnValue:
    if form.status != 200:
        keep_remark()
    before = asked_key("before")
    page = {
        "consulted": consulted,
        "key": key,
        "voice": voice_of(who),
        "discussion": reads.discussion(session(), who, consulted, paper_id, before),
    }
    return render_template("delegations/discussion.html", page=page, form=form), form.status
