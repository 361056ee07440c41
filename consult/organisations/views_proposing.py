"""Proposing an organisation, and the administrators' word on it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.db import session
from consult.organisations import acts
from consult.organisations import reads_administration as reads
from consult.organisations.acts_mandates import MOST
from consult.organisations.forms import ProposalForm
from consult.organisations.forms_administration import DECLINE, ENTER_AND_ACCREDIT, DecisionForm
from consult.organisations.reads_administration import Proposed
from consult.organisations.reads_directory import Line, lookalikes
from consult.organisations.refusals import MandateTooLarge, UnreadableMandate
from consult.organisations.tags import languages
from consult.refusals import NotThere, Refusal
from consult.web.gates import actor, signed_in, staff
from consult.web.locale import spoken

OF_THE_FILE = (MandateTooLarge, UnreadableMandate)


@signed_in
def new() -> ResponseReturnValue:
    """Propose an organisation that is not in the list; those that look like it are shown first."""
    form = ProposalForm.posted(language=spoken())
    alike: tuple[Line, ...] = ()
    if form.accepted:
        alike = _alike(form)
        if not alike or form.none_of_these.data:
            try:
                made = acts.propose_organisation(session(), actor(), form.answer())
                return redirect(url_for("organisations.proposal", slug=made.slug), 303)
            except Refusal as no:
                form.refuse(no, "mandate" if isinstance(no, OF_THE_FILE) else None)
    own = reads.own_proposals(session(), actor())
    page = {"alike": alike, "own": own, "languages": languages(spoken()), "most": MOST}
    return render_template("organisations/new.html", page=page, form=form), 422 if alike else form.status


@staff
def proposals() -> ResponseReturnValue:
    """What waits for an administrator's word."""
    page = {"waiting": reads.proposals(session(), actor())}
    return render_template("organisations/proposals.html", page=page)


@signed_in
def proposal(slug: str) -> ResponseReturnValue:
    """One proposal: its proposer sees what became of it; administrators enter or decline it."""
    proposed = reads.proposal(session(), actor(), slug, spoken())
    form = DecisionForm.posted()
    if form.accepted:
        try:
            return redirect(_decided(proposed, form), 303)
        except NotThere:
            raise
        except Refusal as no:
            form.refuse(no)
    page = {"proposed": proposed}
    return render_template("organisations/proposal.html", page=page, form=form), form.status


def _alike(form: ProposalForm) -> tuple[Line, ...]:
    names = [form.name.data or "", form.name_2.data or "", form.name_3.data or ""]
    return lookalikes(session(), names, form.website.data or "", spoken())


def _decided(proposed: Proposed, form: DecisionForm) -> str:
    """Enters or declines, and answers where to go on."""
    answer, decision = form.answer.data or "", form.decision.data
    if decision == DECLINE:
        acts.decline_organisation(session(), actor(), proposed.profile.id, answer)
        return url_for("organisations.proposals")
    accredits = decision == ENTER_AND_ACCREDIT
    acts.enter_organisation(session(), actor(), proposed.profile.id, accredits=accredits, answer=answer)
    return url_for("organisations.proposals")
