"""An organisation's public page, and what its delegation does among itself."""

from flask import Blueprint

from consult.delegations import views_joint, views_public, views_submission, views_work
from consult.delegations.views_inside import inside, keep_signed_out

__all__ = ["blueprints", "bp", "inside", "keep_signed_out"]

bp = Blueprint("delegations", __name__, url_prefix="/<interface:language>")
blueprints = (bp,)

TABLE = "/consultations/<slug>/delegation"
PAPER = "/consultations/<slug>/contributions/<key>"
BOTH = ["GET", "POST"]

bp.add_url_rule(TABLE, "work", views_work.work)
bp.add_url_rule(f"{TABLE}/discussion", "remark", views_work.remark, methods=BOTH)
bp.add_url_rule(f"{TABLE}/deadline", "deadline", views_work.deadline, methods=BOTH)
bp.add_url_rule(f"{TABLE}/deadline/withdrawal", "no_deadline", views_work.no_deadline, methods=["POST"])
bp.add_url_rule(f"{PAPER}/discussion", "paper_remark", views_work.paper_remark, methods=BOTH)
bp.add_url_rule(f"{TABLE}/verification", "verification", views_submission.verification, methods=["POST"])
bp.add_url_rule(f"{TABLE}/submission", "submission", views_submission.submission, methods=BOTH)
bp.add_url_rule(f"{TABLE}/withdrawal", "withdrawal", views_submission.withdrawal, methods=BOTH)
bp.add_url_rule(f"{PAPER}/co-sponsors", "sponsors", views_joint.sponsors, methods=BOTH)
bp.add_url_rule(f"{PAPER}/co-sponsors/withdrawal", "no_sponsor", views_joint.no_sponsor, methods=["POST"])
bp.add_url_rule(f"{TABLE}/requests/<key>", "sponsoring", views_joint.sponsoring)
bp.add_url_rule(f"{TABLE}/requests/<key>/verification", "verify", views_joint.verify, methods=["POST"])
bp.add_url_rule(f"{TABLE}/requests/<key>/clearance", "clear", views_joint.clear, methods=["POST"])
bp.add_url_rule(f"{TABLE}/requests/<key>/refusal", "decline", views_joint.decline, methods=["POST"])
bp.add_url_rule("/organisations/<slug>", "organisation", views_public.organisation)
