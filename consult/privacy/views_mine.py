"""One's own page of what is held of one, and the file with all of it."""

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.db import session
from consult.people.reads_factors import is_confirmed
from consult.privacy import acts_takeout, reads
from consult.privacy.forms import TakeoutForm
from consult.privacy.labels import AT_LEAVING, LABELS
from consult.web.gates import actor, signed_in


@signed_in
def mine() -> ResponseReturnValue:
    """What is held, what is public of it, and what can be done."""
    page = {
        "mine": reads.mine(session(), actor(), clock.now()),
        "labels": LABELS,
        "at_leaving": AT_LEAVING,
    }
    return render_template("privacy/mine.html", page=page)


@signed_in
def ask() -> ResponseReturnValue:
    """Asks for the file; who has not proved lately that it is she does so first."""
    here = url_for("privacy.mine", _anchor="takeout")
    if not TakeoutForm.posted().accepted:
        return redirect(here, 303)
    if not is_confirmed(session(), actor(), clock.now()):
        return redirect(url_for("people.confirmation", next=url_for("privacy.mine")), 303)
    acts_takeout.ask_takeout(session(), actor())
    return redirect(here, 303)


@signed_in
def takeout(key: str) -> ResponseReturnValue:
    """The file itself, for the sign-in that asked."""
    content = reads.fetched(session(), actor(), key, clock.now())
    answer = Response(content, mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="consult-{actor().pseudonym}.zip"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
