"""Whether the author of a comment is named with it: her own page, and nobody else's."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from consult.comments import acts, reads
from consult.comments.forms import PressForm
from consult.comments.forms_redacting import NamingForm
from consult.db import session
from consult.drafts.reads import consultation
from consult.web.gates import actor, signed_in
from consult.web.locale import spoken


@signed_in
def naming(slug: str, key: str) -> ResponseReturnValue:
    """The author of a paper consents to be named with it, or no longer does."""
    row, who = reads.paper_row(session(), actor(), consultation(session(), actor(), slug, spoken()), key)
    form = NamingForm.posted()
    if form.accepted:
        acts.name_author(session(), who, row, bool(form.names_author.data))
    return redirect(url_for("comments.paper", slug=slug, key=key), 303)


@signed_in
def unnaming(slug: str, number: int) -> ResponseReturnValue:
    """Takes one's name off a comment."""
    consulted = consultation(session(), actor(), slug, spoken())
    if PressForm.posted().accepted:
        acts.withdraw_name(session(), actor(), reads.comment_row(session(), consulted, number))
    return redirect(url_for("comments.show", slug=slug, number=number), 303)
