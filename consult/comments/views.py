"""The pages of this room, and their addresses."""

from flask import Blueprint

from consult.comments import views_comments, views_form, views_naming, views_papers, views_redacting
from consult.comments.inside import makers
from consult.comments.keeping import keep_signed_out, take_over

__all__ = ["blueprints", "bp", "keep_signed_out", "makers", "take_over"]

bp = Blueprint("comments", __name__, url_prefix="/<interface:language>/consultations/<slug>")
blueprints = (bp,)

CLAUSE = "/drafts/<int(max=999999999):ordinal>/clauses/<path:code>/comments"
COMMENT = "/comments/<int(max=999999999):number>"
PAPER = "/contributions/<key>"
BOTH = ["GET", "POST"]

bp.add_url_rule(f"{CLAUSE}/new", "new", views_form.new, methods=BOTH)
bp.add_url_rule(f"{CLAUSE}/redline", "redline", views_form.redline, methods=["POST"])
bp.add_url_rule(f"{CLAUSE}/kept-words/withdrawal", "discard", views_form.discard, methods=["POST"])
bp.add_url_rule("/contributions/", "mine", views_papers.mine)
bp.add_url_rule(PAPER, "paper", views_papers.paper, methods=BOTH)
bp.add_url_rule(f"{PAPER}/handing-on", "send", views_papers.sending, methods=["POST"])
bp.add_url_rule(f"{PAPER}/verification", "verify", views_papers.verification, methods=["POST"])
bp.add_url_rule(f"{PAPER}/submission", "submission", views_papers.submission, methods=["POST"])
bp.add_url_rule(f"{PAPER}/return", "send_back", views_papers.send_back, methods=["POST"])
bp.add_url_rule(f"{PAPER}/drop", "drop", views_papers.drop, methods=["POST"])
bp.add_url_rule(f"{PAPER}/kept-words/withdrawal", "discard_edit", views_papers.discard, methods=["POST"])
bp.add_url_rule(COMMENT, "show", views_comments.show)
bp.add_url_rule(f"{COMMENT}/withdrawal", "withdrawal", views_comments.withdrawal, methods=["POST"])
bp.add_url_rule(f"{COMMENT}/co-sponsors/withdrawal", "step_back", views_comments.step_back, methods=["POST"])
bp.add_url_rule(f"{COMMENT}/hiding", "hide", views_comments.hide, methods=["POST"])
bp.add_url_rule(f"{COMMENT}/restoration", "restore", views_comments.restore, methods=["POST"])
bp.add_url_rule(f"{COMMENT}/redaction", "redaction", views_redacting.redaction, methods=BOTH)
bp.add_url_rule(f"{COMMENT}/name/withdrawal", "unnaming", views_naming.unnaming, methods=["POST"])
bp.add_url_rule(f"{PAPER}/name", "naming", views_naming.naming, methods=["POST"])
