"""Letters: the inbox, what is wanted by mail, and in the demonstration the outbox."""

from flask import Blueprint

bp = Blueprint("notices", __name__, url_prefix="/<interface:language>")
blueprints = (bp,)
