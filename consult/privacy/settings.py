"""Which settings does this room read?"""

from flask import current_app


def site_name() -> str:
    """The name on every page."""
    return str(current_app.config["SITE_NAME"])
