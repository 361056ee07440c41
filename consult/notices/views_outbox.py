"""The outbox of the demonstration: every letter that would have been mailed, for everybody to read."""

from pathlib import Path

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from consult.notices.outbox import folder_of, lying, lying_one
from consult.notices.shown import parts
from consult.notices.views_letters import bp
from consult.refusals import NotThere
from consult.web.gates import anyone


@bp.get("/outbox")
@anyone
def outbox() -> ResponseReturnValue:
    """The letters that lie in the folder, newest first."""
    found = lying(_folder(), request.args.get("before", ""))
    return render_template("notices/outbox.html", page={"letters": found.letters, "before": found.before})


@bp.get("/outbox/<name>")
@anyone
def outbox_letter(name: str) -> ResponseReturnValue:
    """One of them; its links work."""
    found = lying_one(_folder(), name)
    if found is None:
        raise NotThere
    return render_template("notices/outbox_letter.html", page={"letter": found, "parts": parts(found.body)})


def _folder() -> Path:
    """Only in the demonstration, and only while letters lie in a folder; else there is nothing here."""
    config = current_app.config
    if not config["DEMONSTRATION"] or config["MAIL_URL"]:
        raise NotThere
    return folder_of(config["OUTBOX_FOLDER"])
