"""Whom does another site send us? Somebody it sent before, somebody new, or whoever is signed in and links it."""

from typing import Any

from flask import current_app, request, url_for

from consult import clock
from consult.db import begin_writing, session
from consult.people import entering
from consult.people.acts_identities import join_by_identity, link_identity, use_identity
from consult.people.provider import Provider, Question, Vouched, asked, name_of, vouched
from consult.people.refusals_factors import StepOver
from consult.people.refusals_provider import EmailUnverified
from consult.web import signing_in
from consult.web.gates import actor
from consult.web.locale import spoken

QUESTION, LASTS_SECONDS = "provider", 600


def provider() -> Provider | None:
    """The other site that may send us people; none where the settings name none."""
    config = current_app.config
    if not config["OIDC_ISSUER"] or not config["OIDC_CLIENT_ID"]:
        return None
    here = (config["SITE_ADDRESS"] or request.host_url).rstrip("/")
    return Provider(
        issuer=config["OIDC_ISSUER"],
        client_id=config["OIDC_CLIENT_ID"],
        client_secret=config["OIDC_CLIENT_SECRET"],
        name=name_of(config["OIDC_ISSUER"], config["OIDC_NAME"]),
        answer_to=here + url_for("provider.answer"),
    )


def ask(to: Provider, after: str, *, links: bool) -> str:
    """Where to send the browser; what must come back is kept in its cookie session."""
    linking = actor().person_id if links else None
    session().rollback()
    address, question = asked(to)
    kept = {"state": question.state, "nonce": question.nonce, "verifier": question.verifier}
    at = int(clock.now().timestamp())
    signing_in.keep(QUESTION, {**kept, "at": at, "after": after, "links": linking, "language": spoken()})
    return address


def taken() -> dict[str, Any]:
    """The question that this browser was sent away with, once; a second answer finds none."""
    kept = signing_in.take(QUESTION)
    if not isinstance(kept, dict) or clock.now().timestamp() - kept["at"] > LASTS_SECONDS:
        raise StepOver
    return kept


def met(by: Provider, kept: dict[str, Any]) -> str:
    """Judges the answer, then acts on it. Answers where to lead on to."""
    who = actor()
    session().rollback()
    question = Question(kept["state"], kept["nonce"], kept["verifier"])
    found = vouched(by, question, request.args, clock.now())
    begin_writing(session())
    if kept["links"] is not None:
        if who.person_id != kept["links"]:
            raise StepOver
        link_identity(session(), who, found, by.name)
        return url_for("people.factors")
    return _entered(by, found, kept["after"])


def _entered(by: Provider, found: Vouched, after: str) -> str:
    person_id = use_identity(session(), found)
    if person_id is not None:
        return entering.go_on(person_id, after)
    if actor().is_signed_in:
        return url_for("people.factors")
    if not found.email:
        raise EmailUnverified(by.name)
    person_id = join_by_identity(session(), found, by.name, spoken())
    return entering.go_on(person_id, after, is_just_made=True)
