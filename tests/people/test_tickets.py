"""A link that is used, over, cancelled or somebody else's opens nothing: whichever purpose, by whichever way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.terms import TicketPurpose
from consult.db import commit
from consult.people import acts_accounts, acts_email, acts_sessions, acts_tickets, acts_tidying
from consult.people.acts import NewPerson
from consult.people.models import Person, SignIn, Throttle, Voice
from consult.people.models_access import Ticket
from consult.people.tickets import opened, sealed
from consult.record.models import Journal
from tests import build
from tests.conftest import QUICK, Client
from tests.people.links import PLACES, link, newest, token_of

PURPOSES = list(PLACES)
FIELDS = {"password": "quite another password", "answer": "agree"}
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def a_ticket(session: Session, purpose: TicketPurpose) -> Ticket:
    """A link that opens, of somebody with an account where there is one."""
    if purpose is TicketPurpose.REGISTER:
        new = NewPerson("wanjiru@example.org", "Wanjiru", "en", "UTC", build._hash("seven green umbrellas"))
        acts_accounts.ask_account(session, new, "", "")
    else:
        amina = build.a_person(session, email="amina@example.org", password="a long enough password")
        if purpose is TicketPurpose.RESET:
            acts_accounts.ask_reset(session, "amina@example.org")
        elif purpose is TicketPurpose.SIGN_IN:
            acts_tickets.ask_sign_in_link(session, amina, "")
        else:
            who, email = build.acting(session, amina), "new@example.org"
            acts_email.ask_new_email(session, who, email, checked_hash=amina.password_hash)
    commit(session)
    return newest(session, purpose)


def state(session: Session) -> list[Any]:
    """All that a link could change."""
    session.rollback()
    found: list[Any] = []
    for kind in (Person, Voice, SignIn, Ticket):
        rows = session.execute(select(*kind.__table__.columns).order_by(kind.id)).all()  # type: ignore[attr-defined]
        found += [tuple(row) for row in rows]
    return found


def used(session: Session, ticket: Ticket) -> None:
    ticket.used_at = clock.now()


def over(session: Session, ticket: Ticket) -> None:
    ticket.ends_at = clock.now() - timedelta(seconds=1)


def of_one_who_left(session: Session, ticket: Ticket) -> None:
    if ticket.person_id is None:
        ticket.used_at = clock.now()
        return
    person = session.get_one(Person, ticket.person_id)
    person.email = person.name = person.password_hash = None
    person.erased_at = clock.now()


def of_an_older_password(session: Session, ticket: Ticket) -> None:
    if ticket.person_id is None:
        ticket.used_at = clock.now()
        return
    person = session.get_one(Person, ticket.person_id)
    who = build.acting(session, person)
    acts_accounts.change_password(session, who, "another hash", instead_of=person.password_hash)


def deleted(session: Session, ticket: Ticket) -> None:
    session.delete(ticket)


DEATHS = [used, over, of_one_who_left, of_an_older_password, deleted]


def every_way(browser: Client, ticket: Ticket) -> dict[tuple[str, str], int]:
    """Knocks with this link at every door, in every manner; answers the statuses."""
    met = {}
    for place in sorted(set(PLACES.values())):
        for purpose in PURPOSES:
            token = token_of(ticket, purpose)
            for language in ("en", "ar"):
                address = f"/{language}/{place}/{token}"
                met[address, "GET"] = browser.get(address).status_code
                met[address, "HEAD"] = browser.head(address).status_code
                for fields in (FIELDS, {**FIELDS, "answer": "refuse"}):
                    met[address, f"POST {fields['answer']}"] = browser.send(address, fields).status_code
    return met


@pytest.mark.parametrize("death", DEATHS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_dead_link_opens_nothing_by_any_way(
    client: Client,
    session: Session,
    purpose: TicketPurpose,
    death: Callable[[Session, Ticket], None],
    stopped_at: Callable[[datetime], None],
) -> None:
    stopped_at(build.NOON)
    ticket = a_ticket(session, purpose)
    links = (link(ticket), link(ticket, "ar"))
    death(session, ticket)
    commit(session)
    before = state(session)
    if death is deleted:
        met = {(one, how): getattr(client, how)(one).status_code for one in links for how in ("get", "head")}
        met |= {(one, "post"): client.send(one, FIELDS).status_code for one in links}
    else:
        met = every_way(client, ticket)
    assert set(met.values()) == {410}
    assert state(session) == before


@pytest.mark.parametrize("purpose", PURPOSES)
def test_whoever_is_signed_in_as_another_opens_nothing(
    session: Session,
    signed_in_as: Callable[[Person], Client],
    purpose: TicketPurpose,
    stopped_at: Callable[[datetime], None],
) -> None:
    stopped_at(build.NOON)  # that a browser was seen is written on the hour
    ticket = a_ticket(session, purpose)
    another = signed_in_as(build.a_person(session, email="another@example.org"))
    before = state(session)
    assert set(every_way(another, ticket).values()) == {410}
    assert state(session) == before


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_living_link_opens_at_its_own_door_only(
    client: Client, session: Session, purpose: TicketPurpose, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    ticket = a_ticket(session, purpose)
    before = state(session)
    own = {f"/{language}/{PLACES[purpose]}/{token_of(ticket)}" for language in ("en", "ar")}
    for place in sorted(set(PLACES.values())):
        for sealed_for in PURPOSES:
            address = f"/en/{place}/{token_of(ticket, sealed_for)}"
            if address not in own:
                assert client.get(address).status_code == 410, address
                assert client.send(address, FIELDS).status_code == 410, address
    assert state(session) == before
    for address in own:
        assert client.get(address).status_code == client.head(address).status_code == 200
    assert state(session) == before
    assert client.send(link(ticket), FIELDS).status_code in (200, 303)
    assert client.send(link(ticket), FIELDS).status_code == 410


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_press_without_the_token_against_forgery_uses_nothing_up(
    client: Client, session: Session, purpose: TicketPurpose, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    ticket = a_ticket(session, purpose)
    before = state(session)
    assert client.post(link(ticket), data=FIELDS).status_code == 400
    assert state(session) == before


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_row_without_its_seal_opens_nothing(
    client: Client, session: Session, purpose: TicketPurpose
) -> None:
    ticket = a_ticket(session, purpose)
    place, good = PLACES[purpose], token_of(ticket)
    last = "0" if good[-1] != "0" else "1"
    for token in (
        ticket.key,
        f"{ticket.key}.{'0' * 32}",
        good[:-1] + last,
        good.upper(),
        good + "0",
        good[1:],
    ):
        assert client.get(f"/en/{place}/{token}").status_code == 410
        assert client.send(f"/en/{place}/{token}", FIELDS).status_code == 410
    assert sealed("another secret", purpose, ticket.key) != good
    assert opened(QUICK["SECRET_KEY"], purpose, good) == ticket.key


@pytest.mark.parametrize("purpose", PURPOSES)
def test_of_two_presses_at_once_one_opens(app: Flask, session: Session, purpose: TicketPurpose) -> None:
    ticket = a_ticket(session, purpose)
    browsers: list[Client] = [app.test_client() for _ in range(4)]  # type: ignore[misc]
    forms = [{"csrf_token": one.token(), **FIELDS} for one in browsers]
    met = at_once(app, session, browsers, [link(ticket)] * 4, forms)
    assert sorted(met) in ([200, 410, 410, 410], [303, 410, 410, 410])
    expected = {TicketPurpose.REGISTER: 1, TicketPurpose.SIGN_IN: 1}
    assert len(session.scalars(select(SignIn.id)).all()) == expected.get(purpose, 0)
    assert len(session.scalars(select(Person.id)).all()) == 1


def test_two_letters_of_registration_pressed_at_once_make_one_account(app: Flask, session: Session) -> None:
    one = a_ticket(session, TicketPurpose.REGISTER)
    two = a_ticket(session, TicketPurpose.REGISTER)
    browsers: list[Client] = [app.test_client() for _ in range(2)]  # type: ignore[misc]
    forms = [{"csrf_token": each.token(), **FIELDS} for each in browsers]
    assert sorted(at_once(app, session, browsers, [link(one), link(two)], forms)) == [303, 410]
    assert len(session.scalars(select(Person.id)).all()) == 1


def test_both_ends_pressed_at_once_change_the_address_once(app: Flask, session: Session) -> None:
    old = a_ticket(session, TicketPurpose.EMAIL_OLD)
    new = newest(session, TicketPurpose.EMAIL_NEW)
    browsers: list[Client] = [app.test_client() for _ in range(2)]  # type: ignore[misc]
    forms = [{"csrf_token": each.token(), "answer": "agree"} for each in browsers]
    assert at_once(app, session, browsers, [link(old), link(new)], forms) == [200, 200]
    assert session.scalars(select(Person.email)).all() == ["new@example.org"]


def test_two_who_want_one_address_at_once_do_not_both_get_it(app: Flask, session: Session) -> None:
    register = a_ticket(session, TicketPurpose.REGISTER)
    person = build.a_person(session, password="a long enough password")
    who = build.acting(session, person)
    acts_email.ask_new_email(session, who, "wanjiru@example.org", checked_hash=person.password_hash)
    commit(session)
    old, new = newest(session, TicketPurpose.EMAIL_OLD), newest(session, TicketPurpose.EMAIL_NEW)
    acts_email.confirm_email(session, who, TicketPurpose.EMAIL_OLD, old.key)
    browsers: list[Client] = [app.test_client() for _ in range(2)]  # type: ignore[misc]
    forms = [{"csrf_token": each.token(), **FIELDS} for each in browsers]
    met = at_once(app, session, browsers, [link(register), link(new)], forms)
    assert sorted(met) in ([303, 422], [200, 422])
    assert list(session.scalars(select(Person.email))).count("wanjiru@example.org") == 1


def at_once(
    app: Flask, session: Session, browsers: list[Client], links: list[str], forms: list[dict[str, str]]
) -> list[int]:
    """Presses all buttons in the same moment."""
    commit(session)
    app.extensions.pop("consult.test_session")
    presses = list(zip(browsers, links, forms, strict=True))
    with ThreadPoolExecutor(len(presses)) as pool:
        met = list(pool.map(lambda one: one[0].post(one[1], data=one[2]).status_code, presses))
    app.extensions["consult.test_session"] = session
    session.expire_all()
    return met


def test_what_is_over_is_let_go_of_and_what_is_not_stays(session: Session) -> None:
    with clock.stopped(LONG_AGO):
        a_ticket(session, TicketPurpose.RESET)
        amina = session.scalars(select(Person)).one()
        acts_sessions.start_sign_in(session, amina, timedelta(days=14))
        session.add(Throttle(key="old", window_started_at=LONG_AGO, count=3))
        commit(session)
    for days, tickets, sign_ins, lines in (
        (6, 1, 1, True),
        (8, 0, 1, True),
        (110, 0, 0, True),
        (400, 0, 0, False),
    ):
        at = LONG_AGO + timedelta(days=days)
        with clock.stopped(at):
            acts_tidying.tidy_tonight(session, at)
        commit(session)
        assert len(session.scalars(select(Ticket.id)).all()) == tickets
        assert len(session.scalars(select(SignIn.id)).all()) == sign_ins
        assert bool(session.scalars(select(Journal.id).where(Journal.at == LONG_AGO)).all()) == lines
        assert session.scalars(select(Throttle.id)).all() == []
    assert len(session.scalars(select(Person.id)).all()) == 1
