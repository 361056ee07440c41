"""An organisation's public page: who it is, what it said, what became of it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.db import session
from consult.delegations.reads_organisation import organisation_page
from consult.web.gates import actor, anyone
from consult.web.locale import spoken
from consult.web.paging import asked_key


@anyone
def organisation(slug: str) -> ResponseReturnValue:
    """One organisation. What it said in restricted talks only their parties read, and only they count it."""
    found = organisation_page(session(), actor(), slug, spoken(), asked_key("after"))
    return render_template("delegations/organisation.html", page=found)
