"""How is a route asked: with which arguments at which place, by whose browser, and was she let in?"""

import hashlib
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from consult import tables
from consult.db import commit
from consult.people.acts_sessions import start_sign_in
from tests.conftest import Client
from tests.matrix.world import World

PLACES = ("here", "theirs", "restricted", "closed")
NOBODY = "nobody-made-this-key"
# What a refused request may leave: kept words of a form, counts of tries, the hour a browser was last seen.
TRACES = {"kept_words", "throttle", "session", "job", "journal"}
# What nobody's form may set, sent along with every POST under the names that columns have; and what forms do ask,
# so that whoever may send one is not refused for a field left out.
HOSTILE = {
    "organisation_id": "1",
    "person_id": "1",
    "author_id": "1",
    "voice_id": "1",
    "consultation_id": "1",
    "role_kind": "administrator",
    "state": "submitted",
    "is_accredited": "1",
    "is_strong": "1",
    "by_person_id": "1",
}
FILLED = {
    "reason": "Because it is so.",
    "reasons": "Because it is so.",
    "words": "Words of the matrix.",
    "answer": "An answer of the matrix.",
    "title": "A title of the matrix",
    "summary": "A summary of the matrix.",
    "name": "A name of the matrix",
    "stance": "support",
    "category": "general",
    "written_in": "en",
    "press": "submit",
    "submit": "1",
    "edition": "1",
    "levels": "2",
    "addresses": "somebody@example.org",
    "email": "newcomer@example.org",
    "kind": "contributor",
    "language": "en",
    "part": "party",
    "pasted": "An organisation of the matrix",
    "nothing": "y",
    "website": "https://matrix.example.org",
    "form_key": "the matrix's form",
    "outcome": "noted",
    "confirmed": "y",
    "decision": "end",
}


def browser_of(app: Flask, session: Session, world: World, role: str) -> Client:
    """The browser of this role. `signed_out` sends the head's cookie after the head has signed out elsewhere."""
    browser: Client = app.test_client()  # type: ignore[assignment]
    if role == "visitor":
        return browser
    person = world.persons["head" if role == "signed_out" else role]
    token = start_sign_in(session, person, timedelta(days=300))
    commit(session)
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    if role == "signed_out":
        answer = browser.send("/en/sign-out")
        assert answer.status_code == 303
        with browser.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
    return browser


def arguments(rule: Rule, world: World, place: str) -> dict[str, Any]:
    """The route's arguments at this place: real ones wherever there is a row."""
    opened = world.rounds["here" if place == "theirs" else place]
    keys = world.keys[place]
    is_of_organisation = "/organisations/" in rule.rule
    organisation = world.theirs if place == "theirs" else world.ours
    named = {
        "language": "en",
        "slug": organisation.slug if is_of_organisation else opened.slug,
        "ordinal": 1 if "/rounds/" in rule.rule else 0,
        "number": keys["number"],
        "code": opened.clauses["3.2"].code,
        "key": keys["paper"] if "/contributions/" in rule.rule else NOBODY,
        "token": f"{NOBODY}.{'0' * 32}",
        "tongue": "en",
        "form": "clean.docx",
        "state": "x",
        "name": "css/consult.css",
        "page": "terms",
        "pseudonym": world.persons[_member(place) if "/seats/" in rule.rule else "chair"].pseudonym,
        "kind": "moderator",
        "circle": NOBODY,
        "organisation": world.ours.slug,
    }
    return {name: named[name] for name in rule.arguments}


def _member(place: str) -> str:
    return "other_head" if place == "theirs" else "contributor"


def is_in(answer: TestResponse) -> bool:
    """Whether the door opened. A form that was refused for what it lacks was read by somebody who may send it."""
    if answer.status_code == 303:
        return "/sign-in" not in answer.location
    return answer.status_code in (200, 202, 302, 304, 422)


def fingerprint(session: Session) -> dict[str, str]:
    """Every table's rows as one short name each: what changed is what differs."""
    session.rollback()
    found = {}
    for table in tables.ALL:
        if table.name not in TRACES:
            rows = session.execute(select(table).order_by(table.c.id)).all()
            found[table.name] = hashlib.sha256(repr(rows).encode()).hexdigest()
    session.rollback()
    return found
