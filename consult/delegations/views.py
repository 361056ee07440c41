"""An organisation's public page, and what its delegation does among itself."""

from flask import Blueprint

bp = Blueprint("delegations", __name__, url_prefix="/<interface:language>")
blueprints = (bp,)
