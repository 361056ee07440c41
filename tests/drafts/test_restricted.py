"""Restricted talks are not there for others: not at any address, by any method, in any list, count or record, nor in time."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.cli.verify import verify
from consult.comments.acts_roster import remove_party
from consult.core.actors import SYSTEM
from consult.core.terms import PartyRole, RoleKind, Track
from consult.db import commit
from consult.drafts.acts_roster import invite_party
from consult.drafts.models import Consultation
from consult.people.acts_roles import give_role
from consult.people.models import Organisation, Person
from consult.record.models import Chain, Entry
from tests import build
from tests.conftest import Client

NOWHERE = "never-was-anything-of-this-name"
HIDDEN = "hidden-talks-on-kelp"
WORDS = "kelp"


def talks(session: Session, slug: str, parties: list[Organisation], *, is_restricted: bool) -> build.Opened:
    """Talks between members of a circle, with an open round."""
    return build.an_open_round(
        session,
        slug=slug,
        title=f"Talks about {slug}",
        parties=parties,
        track=Track.MULTILATERAL,
        is_restricted=is_restricted,
    )


@pytest.fixture
def world(
    session: Session, stopped_at: Callable[[datetime], None]
) -> tuple[build.Opened, list[Organisation], Person]:
    """The hidden talks, their parties, and the head of one of them."""
    stopped_at(build.NOON)
    parties = [build.an_organisation(session, name=f"Party of the talks {n}") for n in range(2)]
    head = build.a_delegate(session, parties[0])
    opened = talks(session, HIDDEN, parties, is_restricted=True)
    build.a_comment(session, opened, by=head, reasons=f"All about {WORDS}.")
    build.a_paper(session, opened, head, "3.1", reasons=f"More about {WORDS}.")
    translator = build.a_person(session)
    give_role(
        session,
        build.acting(session, opened.moderator),
        translator,
        RoleKind.TRANSLATOR,
        consultation_id=opened.consultation.id,
        language="fr",
    )
    commit(session)
    return opened, parties, head


def addresses(
    app: Flask, slug: str, opened: build.Opened, organisation: str
) -> Iterator[tuple[str, str, str]]:
    """Every route under a consultation, filled with what is there in the hidden one: its endpoint, method and address."""
    values = {
        "language": "en",
        "slug": slug,
        "ordinal": 0,
        "number": 1,
        "newer": 1,
        "older": 0,
        "page": 1,
        "code": "c3",
        "organisation": organisation,
        "pseudonym": opened.moderator.pseudonym,
        "kind": "moderator",
        "key": "a-key-of-something",
        "form": "docx",
        "format": "docx",
        "suffix": "docx",
        "name": "draft.docx",
        "job": "1",
        "token": "x",
        "circle": "x",
    }
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if not str(rule).startswith("/<interface:language>/consultations/<slug>"):
            continue
        wanted = {name: values.get(name, "x") for name in rule.arguments - set(rule.defaults or {})}
        with app.test_request_context():
            address = app.url_map.bind("localhost").build(rule.endpoint, wanted)
        for method in sorted({"GET", "POST"} & set(rule.methods or ())):
            yield rule.endpoint, method, address


def answered(browser: Client, method: str, address: str) -> tuple[int, str, str]:
    """What comes back: status, where it leads, and the words, without the token of the form and the address itself."""
    answer = (
        browser.get(address)
        if method == "GET"
        else browser.send(address, {"reason": "x", "email": "x@x.org"})
    )
    text = re.sub(r'name="csrf_token" value="[^"]*"', "", answer.text)
    return answer.status_code, answer.headers.get("Location", ""), text


WHO = (
    "a visitor",
    "a head of a stranger",
    "an administrator",
    "somebody whose seat ended",
    "a translator elsewhere",
)


def browser_of(
    who: str,
    session: Session,
    client: Client,
    signed_in_as: Callable[[Person], Client],
    parties: list[Organisation],
) -> Client:
    """The browser of one of those for whom there is nothing."""
    if who == "a visitor":
        return client
    if who == "a head of a stranger":
        return signed_in_as(build.a_delegate(session))
    if who == "an administrator":
        return signed_in_as(build.an_administrator(session))
    if who == "a translator elsewhere":
        person = build.a_person(session)
        build.people.give_role(session, SYSTEM, person, RoleKind.TRANSLATOR, language="fr")
        return signed_in_as(person)
    person = build.a_delegate(session, parties[0])
    seat = build.people.give_seat(session, SYSTEM, person, parties[0], build.SeatKind.CONTRIBUTOR)
    seat.until = build.NOON
    session.flush()
    return signed_in_as(person)


@pytest.mark.once
@pytest.mark.parametrize("who", WHO)
def test_no_address_and_no_method_tells_that_they_are_there(
    app: Flask,
    session: Session,
    client: Client,
    signed_in_as: Callable[[Person], Client],
    world: tuple[build.Opened, list[Organisation], Person],
    who: str,
) -> None:
    opened, parties, _ = world
    browser = browser_of(who, session, client, signed_in_as, parties)
    told = []
    hidden = list(addresses(app, HIDDEN, opened, parties[0].slug))
    nothing = list(addresses(app, NOWHERE, opened, parties[0].slug))
    assert len(hidden) > 60
    for (endpoint, method, address), (_, _, other) in zip(hidden, nothing, strict=True):
        here, there = answered(browser, method, address), answered(browser, method, other)
        same = (here[0], *(one.replace(HIDDEN, NOWHERE) for one in here[1:])) == there
        if not same or here[0] not in (404, 303) or (here[0] == 303 and "/sign-in" not in here[1]):
            told.append((endpoint, method, here[0], there[0]))
    assert told == []


def test_the_door_does_the_same_work_for_what_is_hidden_and_for_what_never_was(
    app: Flask,
    client: Client,
    session: Session,
    signed_in_as: Callable[[Person], Client],
    world: tuple[build.Opened, list[Organisation], Person],
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    assert world
    stranger = signed_in_as(build.a_delegate(session))
    pages = (
        "",
        "rounds/",
        "record",
        "drafts/0/",
        "drafts/0/clauses/c3",
        "drafts/0/consensus",
        "comments/1",
        "interests/",
    )
    for browser in (client, stranger):
        for page in pages:
            prices = [
                count_queries(lambda at=f"/en/consultations/{slug}/{page}", by=browser: by.get(at))  # type: ignore[misc]
                for slug in (HIDDEN, NOWHERE, HIDDEN, NOWHERE)
            ]
            assert abs(prices[2] - prices[3]) <= 1, (page, prices)


def test_lists_counts_records_and_pages_of_organisations_are_silent(
    app: Flask,
    client: Client,
    session: Session,
    signed_in_as: Callable[[Person], Client],
    world: tuple[build.Opened, list[Organisation], Person],
) -> None:
    opened, parties, head = world
    silent = [
        "/en/",
        "/en/consultations/",
        "/en/record",
        "/en/organisations/",
        f"/en/organisations/{parties[0].slug}",
    ]
    people = (None, build.a_delegate(session), build.an_administrator(session))
    for person in people:
        browser = signed_in_as(person) if person else client
        for address in silent:
            text = browser.get(address).text.lower()
            assert WORDS not in text and HIDDEN not in text, address
    administrator = signed_in_as(people[2])  # type: ignore[arg-type]
    for address in ("/en/people/", f"/en/people/{opened.moderator.pseudonym}/", "/en/mechanisms/"):
        assert WORDS not in administrator.get(address).text, address
    ours = signed_in_as(head)
    assert HIDDEN in ours.get("/en/").text
    assert ours.get(f"/en/consultations/{HIDDEN}/").status_code == 200


def test_the_platforms_chain_never_mentions_them_and_all_chains_verify(
    app: Flask, session: Session, world: tuple[build.Opened, list[Organisation], Person]
) -> None:
    platform = session.scalars(select(Chain).where(Chain.is_platform)).one()
    told = [
        entry.act
        for entry in session.scalars(select(Entry).where(Entry.chain_id == platform.id))
        if HIDDEN in str(entry.facts) or entry.thing in ("consultation", "party", "comment", "draft")
    ]
    assert told == []
    answer = app.test_cli_runner().invoke(verify)
    assert answer.exit_code == 0 and HIDDEN in answer.output


def test_no_page_that_a_party_was_shown_is_given_to_another_reader(
    client: Client,
    session: Session,
    signed_in_as: Callable[[Person], Client],
    world: tuple[build.Opened, list[Organisation], Person],
) -> None:
    _, _, head = world
    address = f"/en/consultations/{HIDDEN}/drafts/0/"
    ours = signed_in_as(head).get(address)
    assert ours.status_code == 200
    assert "no-store" in ours.headers["Cache-Control"] and "Cookie" in ours.headers["Vary"]
    tag = ours.headers.get("ETag", '"x"')
    for person in (None, build.a_delegate(session)):
        browser = signed_in_as(person) if person else client
        assert browser.get(address, headers={"If-None-Match": tag}).status_code == 404


def test_what_was_restricted_is_no_longer_kept_for_visitors_once_a_page_was_open(
    client: Client, session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    """A visitor's page is kept under its consultation's head: while it is prepared, nothing of it is shown."""
    stopped_at(build.NOON)
    parties = [build.an_organisation(session) for _ in range(2)]
    opened = talks(session, "open-talks", parties, is_restricted=False)
    address = f"/en/consultations/{opened.slug}/"
    first = client.get(address)
    assert first.status_code == 200
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_title_that_hidden_talks_have_gets_a_tail_that_tells_nothing(session: Session) -> None:
    parties = [build.an_organisation(session) for _ in range(2)]
    talks(session, HIDDEN, parties, is_restricted=True)
    again = build.an_open_round(session, title=HIDDEN.replace("-", " "))
    third = build.an_open_round(session, title="Open matters")
    fourth = build.an_open_round(session, title="Open matters")
    assert re.fullmatch(rf"{HIDDEN}-[0-9a-f]{{4}}", again.slug)
    assert (third.slug, fourth.slug) == ("open-matters", "open-matters-2")


def test_who_is_removed_or_loses_the_seat_sees_nothing_from_the_next_request_on(
    session: Session,
    signed_in_as: Callable[[Person], Client],
    world: tuple[build.Opened, list[Organisation], Person],
) -> None:
    opened, parties, head = world
    ours = signed_in_as(head)
    address = f"/en/consultations/{HIDDEN}/"
    assert ours.get(address).status_code == 200
    actor = build.acting(session, opened.moderator)
    row = session.get_one(Consultation, opened.consultation.id)
    remove_party(session, actor, row, parties[0].id, "the talks go on without them")
    assert ours.get(address).status_code == 404
    invite_party(session, actor, row, parties[0].id, PartyRole.PARTY)
    assert ours.get(address).status_code == 200
