"""A delegation's own pages: who sits there, another seat, leaving, handing over, and how papers are cleared."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.core.terms import SeatKind
from consult.db import session
from consult.organisations import acts_requests, acts_seats, reads_delegation
from consult.organisations.forms_delegation import (
    AnswerForm,
    HandOverForm,
    LeaveForm,
    LevelsForm,
    SeatForm,
)
from consult.organisations.reads_delegation import Delegation
from consult.organisations.refusals_delegation import AnsweredAlready, LastHead, NotASuccessor, ReasonMissing
from consult.refusals import NotThere, Refusal
from consult.web.gates import actor, signed_in
from consult.web.locale import spoken
from consult.web.transaction import SAFE

AT_FIELD: dict[type[Refusal], str] = {LastHead: "successor", NotASuccessor: "successor"}


def read(slug: str) -> Delegation:
    """The delegation, through its door."""
    return reads_delegation.delegation(session(), actor(), slug, spoken(), clock.now())


@signed_in
def delegation(slug: str) -> ResponseReturnValue:
    """Who sits here, who is invited, who asks, and who does what with a paper."""
    page = {"delegation": read(slug), "levels": [reads_delegation.steps(one) for one in (1, 2, 3)]}
    return render_template("organisations/delegation.html", page=page)


@signed_in
def seat(slug: str, pseudonym: str) -> ResponseReturnValue:
    """Another seat for a member, or its end."""
    found = read(slug)
    one = reads_delegation.member(found, pseudonym)
    if request.method in SAFE and not one.to:
        raise NotThere
    form = SeatForm.about(one.kind, one.to or tuple(SeatKind))
    if form.accepted and form.saw:
        try:
            _change(form, form.saw, found.entered.id, pseudonym)
            return redirect(url_for("organisations.delegation", slug=slug), 303)
        except Refusal as no:
            form.refuse(no, "reason" if isinstance(no, ReasonMissing) else None)
    page = {"delegation": found, "member": one}
    return render_template("organisations/seat.html", page=page, form=form), form.status


@signed_in
def leaving(slug: str) -> ResponseReturnValue:
    """Leaving: the last head names who follows, and who is alone confirms."""
    found = read(slug)
    if found.own is None:
        raise NotThere
    form = LeaveForm.among({one.pseudonym: one.name for one in found.heirs})
    if form.accepted:
        heir, knows = form.successor.data or None, bool(form.confirmed.data)
        try:
            acts_seats.leave_delegation(
                session(), actor(), found.entered.id, successor=heir, is_confirmed=knows
            )
            return redirect(url_for("organisations.mine"), 303)
        except Refusal as no:
            form.refuse(no, AT_FIELD.get(type(no)))
    page = {"delegation": found}
    return render_template("organisations/leaving.html", page=page, form=form), form.status


@signed_in
def handing_over(slug: str) -> ResponseReturnValue:
    """Another member becomes head beside the one who asks."""
    found = read(slug)
    if request.method in SAFE and not (found.entered.who.heads and found.heirs):
        raise NotThere
    form = HandOverForm.among({one.pseudonym: one.name for one in found.heirs})
    if form.accepted:
        try:
            acts_seats.hand_over(session(), actor(), found.entered.id, form.successor.data)
            return redirect(url_for("organisations.delegation", slug=slug), 303)
        except Refusal as no:
            form.refuse(no, AT_FIELD.get(type(no)))
    page = {"delegation": found}
    return render_template("organisations/handing_over.html", page=page, form=form), form.status


@signed_in
def clearance(slug: str) -> ResponseReturnValue:
    """By how many steps papers are cleared from now on."""
    found = read(slug)
    if request.method in SAFE and not found.entered.who.heads:
        raise NotThere
    form = LevelsForm.posted(levels=str(found.entered.levels))
    if form.accepted:
        try:
            acts_seats.choose_levels(session(), actor(), found.entered.id, int(form.levels.data))
            return redirect(url_for("organisations.delegation", slug=slug), 303)
        except Refusal as no:
            form.refuse(no)
    return render_template("organisations/clearance.html", page={"delegation": found}, form=form), form.status


@signed_in
def answer(slug: str, key: str) -> ResponseReturnValue:
    """Yes or no to somebody who asks to represent the organisation."""
    found = read(slug)
    form = AnswerForm.offering(found.entered.gives or tuple(SeatKind))
    if form.accepted:
        where, words = found.entered.id, form.answer.data or ""
        try:
            if form.granted:
                acts_requests.grant_request(session(), actor(), where, key, form.granted, words)
            else:
                acts_requests.refuse_request(session(), actor(), where, key, words)
            return redirect(url_for("organisations.delegation", slug=slug), 303)
        except AnsweredAlready:
            raise
        except Refusal as no:
            form.refuse(no)
    page = {"delegation": found, "asking": reads_delegation.asking(found, key)}
    return render_template("organisations/answer.html", page=page, form=form), form.status


def _change(form: SeatForm, seen: SeatKind, organisation_id: int, pseudonym: str) -> None:
    """Ends the seat, or gives another, as the button that was pressed says."""
    reason = form.reason.data or ""
    if request.form.get("act") == "end":
        acts_seats.end_seat(session(), actor(), organisation_id, pseudonym, seen=seen, reason=reason)
    else:
        kind = SeatKind(form.kind.data)
        acts_seats.change_seat(session(), actor(), organisation_id, pseudonym, kind, seen=seen, reason=reason)
