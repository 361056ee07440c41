"""Taking words out of a comment for good."""

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.comments import reads
from consult.comments.acts_redacting import redact_comment
from consult.comments.forms_redacting import RedactionForm
from consult.comments.reads_naming import may_redact
from consult.comments.refusals import NothingToRedact
from consult.db import session
from consult.drafts.reads import consultation
from consult.languages.refusals import RedactedAlready
from consult.refusals import NotThere
from consult.web.gates import actor, staff
from consult.web.locale import spoken


@staff
def redaction(slug: str, number: int) -> ResponseReturnValue:
    """What would go and what would stay; and, pressed, takes it out."""
    consulted = consultation(session(), actor(), slug, spoken())
    if not may_redact(actor(), consulted):
        raise NotThere
    sees_all = replace(consulted, may_moderate=True)
    shown = reads.show(session(), sees_all, number, consulted.source_language)
    form = RedactionForm.posted()
    if request.method == "POST" and form.accepted:
        row = reads.comment_row(session(), consulted, number)
        try:
            redact_comment(session(), actor(), row, form.parts, form.reason.data or "")
            return redirect(url_for("comments.show", slug=slug, number=number), 303)
        except (NothingToRedact, RedactedAlready) as no:
            form.refuse(no)
    page = {"consulted": consulted, "comment": shown}
    return render_template("comments/redaction.html", page=page, form=form), form.status
