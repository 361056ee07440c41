"""Organisations: the list, proposing one, its delegation's seats, and what administrators do with them."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.core.terms import StakeholderGroup
from consult.db import session
from consult.organisations import (
    reads_directory,
    views_administration,
    views_delegation,
    views_description,
    views_invitations,
    views_proposing,
    views_requests,
)
from consult.organisations.countries import regions
from consult.organisations.reads_directory import Asked
from consult.organisations.refusals import MovedTo
from consult.record.reads import chain_head
from consult.web.gates import anyone
from consult.web.kept_pages import kept
from consult.web.locale import country_name, spoken
from consult.web.refused import refused_page
from consult.web.transaction import SAFE

bp = Blueprint("organisations", __name__, url_prefix="/<interface:language>")
blueprints = (bp,)
LONGEST = 200
BOTH = ["GET", "POST"]
ONE = "/organisations/<slug>"

bp.add_url_rule("/organisations/new", "new", views_proposing.new, methods=BOTH)
bp.add_url_rule("/organisations/proposals", "proposals", views_proposing.proposals)
bp.add_url_rule(f"{ONE}/proposal", "proposal", views_proposing.proposal, methods=BOTH)
bp.add_url_rule(f"{ONE}/administration", "administration", views_administration.administration)
bp.add_url_rule(f"{ONE}/accreditation", "accreditation", views_administration.accreditation, methods=["POST"])
bp.add_url_rule(f"{ONE}/name", "name", views_administration.name, methods=["POST"])
bp.add_url_rule(f"{ONE}/place", "place", views_administration.place, methods=["POST"])
bp.add_url_rule(f"{ONE}/disabling", "disabling", views_administration.disabling, methods=["POST"])
bp.add_url_rule(f"{ONE}/restoration", "restoration", views_administration.restoration, methods=["POST"])
bp.add_url_rule(f"{ONE}/merger", "merger", views_administration.merger, methods=BOTH)
bp.add_url_rule(f"{ONE}/description", "description", views_description.description, methods=BOTH)
bp.add_url_rule(f"{ONE}/website", "website", views_description.website, methods=["POST"])
bp.add_url_rule(f"{ONE}/mandate", "mandate", views_description.mandate, methods=BOTH)
bp.add_url_rule(f"{ONE}/mandates/<key>", "mandate_file", views_description.download)

DELEGATION, INVITED = f"{ONE}/delegation", f"{ONE}/delegation/invitations"
bp.add_url_rule("/organisations/mine", "mine", views_requests.mine)
bp.add_url_rule(f"{ONE}/request", "request", views_requests.request_seat, methods=BOTH)
bp.add_url_rule(f"{ONE}/request/withdrawal", "withdraw_request", views_requests.withdrawal, methods=["POST"])
bp.add_url_rule(DELEGATION, "delegation", views_delegation.delegation)
bp.add_url_rule(f"{DELEGATION}/seats/<pseudonym>", "seat", views_delegation.seat, methods=BOTH)
bp.add_url_rule(f"{DELEGATION}/leaving", "leaving", views_delegation.leaving, methods=BOTH)
bp.add_url_rule(f"{DELEGATION}/hand-over", "handing_over", views_delegation.handing_over, methods=BOTH)
bp.add_url_rule(f"{DELEGATION}/clearance", "clearance", views_delegation.clearance, methods=BOTH)
bp.add_url_rule(f"{DELEGATION}/requests/<key>", "answer", views_delegation.answer, methods=BOTH)
bp.add_url_rule(INVITED, "invite", views_invitations.invite, methods=BOTH)
bp.add_url_rule(f"{INVITED}/<key>/reminder", "remind", views_invitations.remind, methods=["POST"])
bp.add_url_rule(f"{INVITED}/<key>/revocation", "revoke", views_invitations.revoke, methods=["POST"])
bp.add_url_rule("/invitations/", "invitations", views_invitations.invitations, methods=BOTH)
bp.add_url_rule("/invitations/<token>", "invitation", views_invitations.invitation, methods=BOTH)
bp.add_url_rule("/invitations/<token>/refusal", "decline", views_invitations.decline, methods=["POST"])
bp.add_url_rule(
    "/invitations/<key>/reminder", "remind_at_large", views_invitations.remind_at_large, methods=["POST"]
)
bp.add_url_rule(
    "/invitations/<key>/revocation", "revoke_at_large", views_invitations.revoke_at_large, methods=["POST"]
)


@bp.get("/organisations/", endpoint="list")
@anyone
def list_of_organisations() -> ResponseReturnValue:
    """All organisations that are listed, found by any of their names."""
    asked = _asked()
    head = chain_head(session(), None)[1]

    def make() -> str:
        found = reads_directory.directory(session(), asked, spoken())
        page = {
            "found": found,
            "asked": asked,
            "groups": tuple(StakeholderGroup),
            "countries": sorted((country_name(code), code) for code in found.countries),
            "regions": sorted((country_name(code), code) for code in regions()),
            "further": _further(asked, found.after),
        }
        return render_template("organisations/list.html", page=page)

    return kept((head,), make)


@bp.app_errorhandler(MovedTo)
def moved(no: MovedTo) -> ResponseReturnValue:
    """Leads readers of a merged organisation's address on to the other's; who acts is told."""
    if request.method not in SAFE:
        return refused_page(no)
    values = {**(request.view_args or {}), "slug": no.slug}
    address = url_for(request.endpoint or "", **values)
    query = request.query_string.decode("ascii", "ignore")
    return redirect(f"{address}?{query}" if query else address, 301)


def _asked() -> Asked:
    """What the address asks for; what it cannot mean is passed over."""
    given = {
        name: request.args.get(name, "").strip()[:LONGEST] for name in ("q", "group", "country", "region")
    }
    group = given["group"]
    accredited = {"yes": True, "no": False}.get(request.args.get("accredited", ""))
    return Asked(
        words=given["q"],
        group=StakeholderGroup(group) if group in tuple(StakeholderGroup) else None,
        country=given["country"] if len(given["country"]) == 2 else "",
        region=given["region"] if given["region"] in regions() else "",
        is_accredited=accredited,
        after=request.args.get("after", "")[:LONGEST],
    )


def _further(asked: Asked, after: str | None) -> str | None:
    """The address of the next page."""
    if after is None:
        return None
    asked_for = {
        "q": asked.words,
        "group": asked.group,
        "country": asked.country,
        "region": asked.region,
        "accredited": {True: "yes", False: "no", None: ""}[asked.is_accredited],
    }
    given: dict[str, Any] = {name: value for name, value in asked_for.items() if value}
    return url_for("organisations.list", **given, after=after)
