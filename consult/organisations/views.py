"""Organisations: the list, proposing one, its delegation's seats, and what administrators do with them."""

from flask import Blueprint

bp = Blueprint("organisations", __name__, url_prefix="/<interface:language>")
blueprints = (bp,)
