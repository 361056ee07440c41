"""Everything at once: verify all, submit all after a look at the whole, withdraw all; and what of it was not done."""

from typing import Any

from flask import g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.comments import acts
from consult.comments.refusals import SAID as LACKING
from consult.comments.refusals import ChangedMeanwhile, NotCleared
from consult.core.terms import PaperState
from consult.db import session
from consult.delegations.forms import TogetherForm, WithdrawForm
from consult.delegations.reads import WorkRow
from consult.delegations.reads_submission import preview
from consult.delegations.views_work import chosen, spoken_for, table, voice_of
from consult.drafts.reads import consultation
from consult.refusals import NotThere, Refusal
from consult.web.gates import actor, signed_in
from consult.web.locale import spoken
from consult.web.sentences import said_no


@signed_in
def verification(slug: str) -> ResponseReturnValue:
    """Verifies all the papers that were shown, each as it was seen."""
    page = _table(slug)
    form = TogetherForm.posted()
    if not form.accepted:
        raise NotThere
    who = spoken_for(actor(), form)
    together = acts.verify_all(session(), who, page["consulted"].id, form.seen)
    return _result(page, "verified", together, [one.key for one in together.done])


@signed_in
def submission(slug: str) -> ResponseReturnValue:
    """The whole submission as the public will read it; posting submits what was shown."""
    page = _table(slug)
    form = TogetherForm.posted(voice=page["voice"])
    if form.accepted:
        who = spoken_for(actor(), form)
        together = acts.submit_all(session(), who, page["consulted"].id, form.seen, g.reached_at)
        return _result(page, "submitted", together, [one.number for one in together.done])
    page["preview"] = preview(session(), page["work"], spoken())
    page["lacking"] = LACKING
    form.papers.data = page["preview"].seen
    return render_template("delegations/submission.html", page=page, form=form), form.status


@signed_in
def withdrawal(slug: str) -> ResponseReturnValue:
    """Takes back all that was submitted in this round, once that was confirmed."""
    page = _table(slug)
    form = WithdrawForm.posted(voice=page["voice"])
    if form.accepted:
        who = spoken_for(actor(), form)
        together = acts.withdraw_all(session(), who, page["consulted"].id, form.wanted, g.reached_at)
        return _result(page, "withdrawn", together, [one.number for one in together.done])
    standing = page["work"].standing_rows
    form.numbers.data = " ".join(str(row.made.number) for row in standing)
    return render_template("delegations/withdrawal.html", page=page, form=form), form.status


def _table(slug: str) -> dict[str, Any]:
    """The table of who may speak here; nothing is there for anybody else."""
    page = table(consultation(session(), actor(), slug, spoken()))
    if page["work"] is None:
        raise NotThere
    return page


def _result(
    page: dict[str, Any], done: str, together: acts.Together[Any, Any], names: list[Any]
) -> ResponseReturnValue:
    """What was done, and by name what was not. Where nothing could be done, that is a refusal."""
    rows: dict[Any, WorkRow] = {}
    for row in page["work"].rows:
        rows[row.paper.key] = row
        if row.made:
            rows[row.made.number] = row
    page |= {
        "done": done,
        "names": names,
        "missed": [(one.name, rows.get(one.name), why(one.no)) for one in together.missed],
        "back": chosen(actor()),
        "organisation": voice_of(actor()),
    }
    status = 422 if together.missed and not together.done else 200
    return render_template("delegations/result.html", page=page), status


def why(no: Refusal) -> str:
    """Why it was not done with one of them, as a list says it."""
    if isinstance(no, ChangedMeanwhile):
        return gettext("It was changed after this page was shown. Read it again, then decide.")
    if isinstance(no, NotCleared) and no.state is PaperState.DROPPED:
        return gettext("It was dropped meanwhile.")
    return said_no(no)
