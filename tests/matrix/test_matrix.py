"""Role × thing × act, over every route: nobody sees or changes anything but what the table says."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from consult.db import commit
from tests.matrix.asking import FILLED, HOSTILE, PLACES, arguments, browser_of, fingerprint, is_in
from tests.matrix.table import TABLE, behind_the_door, roles
from tests.matrix.world import NOW, ROLES, World, a_world

pytestmark = pytest.mark.once
ROWS = {row.endpoint: row for row in TABLE}
LAST = ("people.sign_out", "people.revoke_others", "people.revoke")  # these end the browser that asks


def places_of(rule: Rule) -> tuple[str, ...]:
    """Where a route can be asked: one that names nothing is the same everywhere, and what is only read does not close."""
    if "slug" not in rule.arguments:
        return ("here",)
    if not is_of_consultation(rule):
        return ("here", "theirs")
    return PLACES if ROWS[rule.endpoint].sends else ("here", "theirs", "restricted")


def is_of_consultation(rule: Rule) -> bool:
    """Whether the route lies behind a consultation's door."""
    return "/consultations/<slug>" in rule.rule


def who_sees(rule: Rule, place: str) -> frozenset[str]:
    """The roles that the table lets in here."""
    seen = roles(ROWS[rule.endpoint].sees, place)
    return seen & behind_the_door(place) if is_of_consultation(rule) else seen


def who_sends(rule: Rule, place: str) -> frozenset[str]:
    """The roles whose POST may change something here."""
    return roles(ROWS[rule.endpoint].sends, place) & who_sees(rule, place)


def address(app: Flask, rule: Rule, world: World, place: str, method: str) -> str:
    """Where the route is, with the arguments of this place."""
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, arguments(rule, world, place), method)


def asked(app: Flask, method: str) -> list[tuple[Rule, str]]:
    """Every route that takes this method, at every place where it can be asked."""
    rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    rules.sort(key=lambda rule: rule.endpoint in LAST)
    return [(rule, place) for rule in rules for place in places_of(rule)]


@pytest.fixture
def world(session: Session, stopped_at: Any) -> World:
    """The rows of the matrix, at an hour when one round is open and one has closed."""
    stopped_at(NOW)
    made = a_world(session)
    commit(session)
    return made


def test_every_route_stands_in_the_table_and_every_row_is_a_route(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(ROWS)


def test_a_row_that_said_too_much_would_be_seen() -> None:
    assert roles("heads", "theirs") == {"other_head"}
    assert roles("own", "here") - roles("heads", "here") == {"contributor", "deputy"}
    assert "administrator" not in behind_the_door("restricted")


@pytest.mark.parametrize("some", [ROLES[::2], ROLES[1::2]], ids=["one half", "the other half"])
def test_nobody_sees_what_the_table_does_not_say(
    app: Flask, session: Session, world: World, some: tuple[str, ...]
) -> None:
    wrong = []
    for role in some:
        browser = browser_of(app, session, world, role)
        for rule, place in asked(app, "GET"):
            answer = browser.get(address(app, rule, world, place, "GET"))
            if is_in(answer) is not (role in who_sees(rule, place)):
                wrong.append((rule.endpoint, place, role, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", ["visitor", "revoked", "other_head", "administrator"])
def test_asking_for_the_headers_alone_tells_no_more(
    app: Flask, session: Session, world: World, role: str
) -> None:
    browser = browser_of(app, session, world, role)
    wrong = [
        rule.endpoint
        for rule, place in asked(app, "GET")
        if place == "restricted" and is_in(browser.head(address(app, rule, world, place, "GET")))
    ]
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_nobody_changes_what_the_table_does_not_say(
    app: Flask, session: Session, world: World, role: str
) -> None:
    """With every field that a form asks and columns of others sent along; the rows stay as they were to the byte."""
    browser, wrong = browser_of(app, session, world, role), []
    before = fingerprint(session)
    for rule, place in asked(app, "POST"):
        if role in who_sends(rule, place):
            continue
        answer = browser.send(address(app, rule, world, place, "POST"), {**FILLED, **HOSTILE})
        is_told_why = answer.status_code == 422 and role in behind_the_door(place)
        if is_in(answer) and not is_told_why and role not in who_sees(rule, place):
            wrong.append((rule.endpoint, place, answer.status_code))
    after = fingerprint(session)
    assert [name for name in before if before[name] != after[name]] == []
    assert wrong == []
