"""The pages of this room."""

from flask import Blueprint

from consult.web.gates import anyone

bp = Blueprint("rounds", __name__, url_prefix="/<interface:language>")
blueprints = (bp,)


@bp.get("/")
@anyone
def home() -> str:
    return "home"
