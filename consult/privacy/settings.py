"""Which settings does this room read?"""

from pathlib import Path

from flask import current_app

from consult.notices.outbox import folder_of


def site_name() -> str:
    """The name on every page."""
    return str(current_app.config["SITE_NAME"])


def outbox() -> Path:
    """The folder in which letters lie."""
    return folder_of(str(current_app.config["OUTBOX_FOLDER"]))
