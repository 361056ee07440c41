"""Leaving: what goes and what stays, then the last button; and the page after it."""

from flask import Response, current_app, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.comments.keeping import COOKIE as KEPT
from consult.db import begin_writing, session
from consult.memory import forget_people
from consult.people import browsers
from consult.privacy import acts_leaving, reads
from consult.privacy.forms import LeavingForm
from consult.privacy.labels import AT_LEAVING, LABELS
from consult.privacy.refusals import NotConfirmed
from consult.refusals import NotThere, Refusal
from consult.web import signing_in
from consult.web.gates import actor, anyone, signed_in
from consult.web.locale import spoken
from consult.web.transaction import reads_first


@signed_in
@reads_first
def leaving() -> ResponseReturnValue:
    """Says exactly what leaving does; pressed with password and pseudonym, does it."""
    form = LeavingForm.posted()
    if form.accepted:
        try:
            return _gone(form)
        except NotThere:
            raise
        except Refusal as no:
            session().rollback()
            form.refuse(no)
    page = {
        "parting": reads.parting(session(), actor(), spoken(), clock.now()),
        "labels": LABELS,
        "at_leaving": AT_LEAVING,
    }
    return render_template("privacy/leaving.html", page=page, form=form), form.status


@anyone
def left() -> ResponseReturnValue:
    """After it: what was done, and that it is done."""
    return render_template("privacy/left.html", page={})


def _gone(form: LeavingForm) -> Response:
    who = actor()
    page = reads.parting(session(), who, spoken(), clock.now())
    if page.has_password:
        browsers.proved(who, form.password.data or "")
    elif not page.is_confirmed:
        raise NotConfirmed
    session().rollback()  # what was read so far began a transaction that only reads
    begin_writing(session())
    acts_leaving.leave(session(), who, form.pseudonym.data or "")
    signing_in.sign_out()
    forget_people()
    answer = make_response(redirect(url_for("privacy.left"), 303))
    for cookie in (browsers.COOKIE, KEPT, current_app.config["SESSION_COOKIE_NAME"]):
        answer.delete_cookie(cookie)
    return answer
