"""Asking to represent an organisation that is listed: who answers, once, and what the one who asks learns."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import html5lib
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.core.actors import Actor
from consult.core.terms import OrganisationState, SeatKind
from consult.db import commit
from consult.jobs import Job
from consult.organisations import acts_requests as acts
from consult.organisations.models import SeatRequest
from consult.organisations.reads_invitations import mine
from consult.organisations.reads_seats import kinds
from consult.organisations.refusals_delegation import (
    AnsweredAlready,
    AskedAlready,
    NotYours,
    OrganisationNotListed,
    SeatedAlready,
    SeatOver,
    TooManyRequests,
)
from consult.people.models import Organisation, Person
from consult.people.refusals_roles import ModeratesEverywhere
from consult.refusals import NotThere, Refusal
from tests import build
from tests.conftest import Client

CONTRIBUTOR, DEPUTY, HEAD, ACTING_HEAD = SeatKind
SignIn = Callable[[Person], Client]


def asked(session: Session, organisation: Organisation, person: Person | None = None) -> SeatRequest:
    """A stranger's request."""
    who = person or build.a_person(session, name="Zawadi Mwangi")
    return acts.request_seat(session, build.acting(session, who), organisation.id, "I am its new officer.")


def letters(session: Session) -> list[str]:
    """The letters asked for, by kind."""
    session.flush()
    jobs = session.scalars(select(Job).where(Job.kind == "letters.write").order_by(Job.id))
    return [str(job.arguments["letter"]) for job in jobs if str(job.arguments["letter"]).startswith("seat.")]


def answering(session: Session, organisation: Organisation, who: SeatKind | str | None) -> Actor:
    """Somebody of a table as an actor."""
    if who == "administrator":
        return build.acting(session, build.an_administrator(session))
    if who is None:
        return build.acting(session, build.a_delegate(session))
    return build.acting(session, build.a_delegate(session, organisation, seat=SeatKind(who)))


@pytest.mark.parametrize(
    ("who", "kind", "refusal"),
    [
        (HEAD, HEAD, None),
        (ACTING_HEAD, DEPUTY, None),
        (ACTING_HEAD, HEAD, NotYours),
        ("administrator", HEAD, None),
        (DEPUTY, CONTRIBUTOR, SeatOver),
        (CONTRIBUTOR, CONTRIBUTOR, SeatOver),
        (None, CONTRIBUTOR, NotThere),
    ],
)
def test_who_answers_a_request(
    session: Session, who: SeatKind | str | None, kind: SeatKind, refusal: type[Refusal] | None
) -> None:
    organisation = build.an_organisation(session)
    request = asked(session, organisation)
    actor = answering(session, organisation, who)
    if refusal:
        with pytest.raises(refusal):
            acts.grant_request(session, actor, organisation.id, request.key, kind)
        assert request.decided_at is None
        return
    acts.grant_request(session, actor, organisation.id, request.key, kind)
    assert kinds(session, organisation.id)[request.person_id] is kind
    assert (request.is_granted, request.decided_by_id) == (True, actor.person_id)
    told_of_it = ["seat.taken"] if who == "administrator" else []  # the heads, when none of them said yes
    assert letters(session) == ["seat.requested", *told_of_it, "seat.answered"]


def test_a_request_is_answered_in_its_own_delegation_only(session: Session) -> None:
    organisation, other = build.an_organisation(session), build.an_organisation(session)
    request = asked(session, organisation)
    head = build.acting(session, build.a_delegate(session, other))
    with pytest.raises(SeatOver):
        acts.grant_request(session, head, other.id, request.key, HEAD)
    with pytest.raises(NotThere):
        acts.refuse_request(session, head, organisation.id, request.key, "No.")


def test_the_first_answer_stands(session: Session) -> None:
    organisation = build.an_organisation(session)
    request = asked(session, organisation)
    head = build.acting(session, build.a_delegate(session, organisation))
    acts.refuse_request(session, head, organisation.id, request.key, "We do not know you.")
    with pytest.raises(AnsweredAlready):
        acts.grant_request(session, head, organisation.id, request.key, HEAD)
    assert request.person_id not in kinds(session, organisation.id)


def test_one_request_waits_with_an_organisation_and_ten_in_all(session: Session) -> None:
    person = build.a_person(session)
    first = build.an_organisation(session)
    asked(session, first, person)
    with pytest.raises(AskedAlready):
        asked(session, first, person)
    for _ in range(9):
        asked(session, build.an_organisation(session), person)
    with pytest.raises(TooManyRequests):
        asked(session, build.an_organisation(session), person)
    acts.withdraw_request(session, build.acting(session, person), first.id)
    asked(session, first, person)


def test_who_sits_there_moderates_everywhere_or_meets_a_disabled_organisation_is_told(
    session: Session,
) -> None:
    organisation = build.an_organisation(session)
    with pytest.raises(SeatedAlready):
        asked(session, organisation, build.a_delegate(session, organisation))
    with pytest.raises(ModeratesEverywhere):
        asked(session, organisation, build.a_moderator(session))
    organisation.state = OrganisationState.DISABLED
    with pytest.raises(OrganisationNotListed):
        asked(session, organisation)


def test_what_was_taken_back_is_answered_by_nobody(session: Session) -> None:
    organisation = build.an_organisation(session)
    person = build.a_person(session)
    request = asked(session, organisation, person)
    with pytest.raises(NotThere):
        acts.withdraw_request(session, build.acting(session, build.a_person(session)), organisation.id)
    acts.withdraw_request(session, build.acting(session, person), organisation.id)
    head = build.acting(session, build.a_delegate(session, organisation))
    with pytest.raises(AnsweredAlready):
        acts.grant_request(session, head, organisation.id, request.key, CONTRIBUTOR)
    with pytest.raises(NotThere):
        acts.withdraw_request(session, build.acting(session, person), organisation.id)


def test_asking_and_being_answered_on_the_pages(session: Session, signed_in_as: SignIn) -> None:
    organisation = build.an_organisation(session, name="Lake Institute")
    head = build.a_delegate(session, organisation)
    person = build.a_person(session, name="Zawadi Mwangi", email="zawadi@example.org")
    browser, heads = signed_in_as(person), signed_in_as(head)
    page = f"/en/organisations/{organisation.slug}/request"
    shown = browser.get(page).text
    html5lib.HTMLParser(strict=True).parse(shown)
    assert head.name not in shown  # type: ignore[operator]
    assert browser.send(page, {"words": "  "}).status_code == 422
    assert browser.send(page, {"words": "I am its new officer."}).status_code == 303
    assert "waiting" in browser.get("/en/organisations/mine").text
    again = browser.send(page, {"words": "Hello again"})
    assert again.status_code == 422
    assert "Your request waits already" in again.text
    assert head.name not in browser.get(page).text  # type: ignore[operator]
    session.expire_all()
    key = session.scalars(select(SeatRequest.key)).one()
    answer = f"/en/organisations/{organisation.slug}/delegation/requests/{key}"
    shown = heads.get(answer).text
    html5lib.HTMLParser(strict=True).parse(shown)
    assert "zawadi@example.org" in shown
    assert heads.send(answer, {"verdict": "refuse", "answer": ""}).status_code == 422
    assert heads.send(answer, {"verdict": "refuse", "answer": "Ask your ministry."}).status_code == 303
    second = heads.send(answer, {"verdict": "head", "answer": "Welcome."})
    assert second.status_code == 422
    assert "that answer stands" in second.text
    assert "Welcome." in second.text
    told = browser.get("/en/organisations/mine").text
    assert "Ask your ministry." in told
    assert head.name not in told  # type: ignore[operator]


def test_two_answers_at_once_are_one(app: Flask, session: Session, signed_in_as: SignIn) -> None:
    organisation = build.an_organisation(session)
    request = asked(session, organisation)
    page = f"/en/organisations/{organisation.slug}/delegation/requests/{request.key}"
    presses = []
    for verdict in ("deputy", "refuse"):
        browser = signed_in_as(build.a_delegate(session, organisation))
        fields = {"csrf_token": browser.token(), "verdict": verdict, "answer": "So it is."}
        presses.append(lambda browser=browser, fields=fields: browser.post(page, data=fields))
    commit(session)
    app.extensions.pop("consult.test_session")
    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(lambda press: press().status_code, presses))
    app.extensions["consult.test_session"] = session
    assert statuses == [303, 422]
    session.expire_all()
    is_seated = request.person_id in kinds(session, organisation.id)
    assert session.get_one(SeatRequest, request.id).is_granted is is_seated


def test_administrators_see_what_no_head_can_answer(session: Session, signed_in_as: SignIn) -> None:
    headless, headed = build.an_organisation(session), build.an_organisation(session)
    build.a_delegate(session, headed)
    build.a_delegate(session, headless, seat=DEPUTY)
    request = asked(session, headless)
    asked(session, headed)
    browser = signed_in_as(build.an_administrator(session))
    page = browser.get("/en/organisations/mine").text
    assert f"/en/organisations/{headless.slug}/delegation/requests/{request.key}" in page
    assert headed.slug not in page
    answer = f"/en/organisations/{headless.slug}/delegation/requests/{request.key}"
    assert browser.send(answer, {"verdict": "head", "answer": ""}).status_code == 303
    assert kinds(session, headless.id)[request.person_id] is HEAD
    assert (
        "wait for an administrator"
        not in signed_in_as(build.a_person(session)).get("/en/organisations/mine").text
    )


def test_my_organisations_cost_as_many_queries_for_many_as_for_one(
    session: Session, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    person = build.a_person(session)
    for number in range(2):
        asked(session, build.an_organisation(session), person)
        build.people.give_seat(session, build.SYSTEM, person, build.an_organisation(session), DEPUTY)
        if number == 0:
            who = build.acting(session, person)
            few = count_queries(lambda: mine(session, who, now()))  # noqa: B023
    assert count_queries(lambda: mine(session, build.acting(session, person), now())) >= few
    who = build.acting(session, person)
    assert count_queries(lambda: mine(session, who, now())) == few
