"""The pages of this room."""

from flask import Blueprint

from consult.web.gates import anyone

bp = Blueprint("drafts", __name__, url_prefix="/<interface:language>")
blueprints = (bp,)


@bp.get("/how-consensus-is-counted")
@anyone
def counting() -> str:
    return "counting"


@bp.get("/accessibility")
@anyone
def accessibility() -> str:
    return "accessibility"
