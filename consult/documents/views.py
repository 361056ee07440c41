"""The pages of this room."""

from flask import Blueprint

bp = Blueprint("documents", __name__, url_prefix="/<interface:language>/consultations/<slug>")
blueprints = (bp,)
