"""What is held of a person: reading it, taking it along, and leaving."""

from flask import Blueprint

from consult.privacy import views_leaving, views_mine

bp = Blueprint("privacy", __name__, url_prefix="/<interface:language>")
blueprints = (bp,)

BOTH = ["GET", "POST"]

bp.add_url_rule("/privacy", "mine", views_mine.mine)
bp.add_url_rule("/privacy/takeouts", "ask", views_mine.ask, methods=["POST"])
bp.add_url_rule("/privacy/takeouts/<key>", "takeout", views_mine.takeout)
bp.add_url_rule("/privacy/leaving", "leaving", views_leaving.leaving, methods=BOTH)
bp.add_url_rule("/left", "left", views_leaving.left)
