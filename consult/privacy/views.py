"""What is held of a person: taking it along, and leaving."""

from flask import Blueprint

bp = Blueprint("privacy", __name__, url_prefix="/<interface:language>")
blueprints = (bp,)
