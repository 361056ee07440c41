"""Administrators find people and change roles; never the last administrator, be it two at once; each change is recorded."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core.actors import SYSTEM
from consult.core.terms import RoleKind, Track
from consult.db import begin_writing, commit, db
from consult.people import reads
from consult.people.acts_roles import end_role, give_role
from consult.people.models import Person, Role
from consult.people.refusals_roles import LastAdministrator, NoAccountAnyMore
from consult.refusals import NotThere, Refusal
from tests import build
from tests.conftest import Client

ADMINISTRATOR = RoleKind.ADMINISTRATOR


def role_of(session: Session, person: Person) -> Role:
    """The role that this person has."""
    return session.scalars(select(Role).where(Role.person_id == person.id, Role.until.is_(None))).one()


@pytest.mark.parametrize("who", ["a visitor", "a moderator", "a delegate"])
def test_to_all_but_administrators_there_is_nothing(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client], who: str
) -> None:
    people = {"a moderator": build.a_moderator(session), "a delegate": build.a_delegate(session)}
    browser = signed_in_as(people[who]) if who in people else client
    somebody = build.a_person(session)
    for address in ("/en/people/", f"/en/people/{somebody.pseudonym}/", "/en/mechanisms/"):
        assert browser.get(address).status_code == 404
    for address in ("roles", "roles/end"):
        sent = {"kind": "administrator"}
        assert browser.send(f"/en/people/{somebody.pseudonym}/{address}", sent).status_code == 404


def test_people_are_found_and_their_roles_changed(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client]
) -> None:
    administrator = build.an_administrator(session)
    organisation = build.an_organisation(session, name="Open Code")
    head = build.a_delegate(session, organisation)
    mei = build.a_person(session, name="Mei Tanaka", email="mei@example.org")
    opened = build.an_open_round(session, title="Guidelines on labels")
    browser = signed_in_as(administrator)
    assert "Mei Tanaka" not in browser.get("/en/people/").text
    for words in ("tanaka", "mei@example", mei.pseudonym):
        assert "Mei Tanaka" in browser.get(f"/en/people/?words={words}").text
    assert "Open Code" in browser.get(f"/en/people/{head.pseudonym}/").text
    page = f"/en/people/{mei.pseudonym}/"
    given = {"kind": "translator", "consultation": opened.slug, "language": "fr"}
    assert browser.send(f"{page}roles", {**given, "language": ""}).status_code == 422
    assert browser.send(f"{page}roles", {**given, "consultation": "nowhere"}).status_code == 422
    assert browser.send(f"{page}roles", given).status_code == 303
    assert browser.send(f"{page}roles", given).status_code == 303
    assert session.scalar(select(func.count()).select_from(Role).where(Role.person_id == mei.id)) == 1
    assert "Guidelines on labels" in browser.get(page).text
    assert browser.send(f"{page}roles/end", given).status_code == 303
    assert browser.send(f"{page}roles", {"kind": "moderator"}).status_code == 303
    record = client.get("/en/record").text
    assert f"{mei.pseudonym} became Moderator." in record and "Mei Tanaka" not in record
    assert (
        f"{mei.pseudonym} is no longer Translator"
        in client.get(f"/en/consultations/{opened.slug}/record").text
    )


def test_people_are_paged_by_their_pseudonyms(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    browser = signed_in_as(build.an_administrator(session))
    everybody = [build.a_person(session, name=f"Namesake {number:02}") for number in range(53)]
    page = browser.get("/en/people/?words=namesake").text
    assert f"after={everybody[49].pseudonym}" in page and "Namesake 50" not in page
    onward = browser.get(f"/en/people/?words=namesake&after={everybody[49].pseudonym}").text
    assert "Namesake 49" not in onward and "Namesake 52" in onward
    for wrong in ("p-nobody", "1", "%00"):
        assert "Namesake 00" in browser.get(f"/en/people/?words=namesake&after={wrong}").text


def test_an_administrator_sees_no_role_in_talks_that_are_hidden_from_her(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    parties = [build.an_organisation(session) for _ in range(2)]
    opened = build.an_open_round(session, parties=parties, track=Track.BILATERAL, is_restricted=True)
    mei = build.a_person(session)
    give_role(session, SYSTEM, mei, RoleKind.MODERATOR, consultation_id=opened.consultation.id)
    browser, page = signed_in_as(build.an_administrator(session)), f"/en/people/{mei.pseudonym}/"
    assert "No role." in browser.get(page).text
    for address in ("roles", "roles/end"):
        told = [
            browser.send(f"{page}{address}", {"kind": "moderator", "consultation": slug}).status_code
            for slug in (opened.slug, "nowhere")
        ]
        assert told == [422, 422]


def test_the_last_administrator_stays(session: Session) -> None:
    one, other = build.an_administrator(session), build.an_administrator(session)
    end_role(session, build.acting(session, one), role_of(session, other))
    with pytest.raises(LastAdministrator):
        end_role(session, build.acting(session, one), role_of(session, one))
    with pytest.raises(NotThere):
        give_role(session, build.acting(session, other), other, ADMINISTRATOR)


def test_two_administrators_who_end_each_other_at_once_leave_one(app: Flask, session: Session) -> None:
    both = [build.an_administrator(session), build.an_administrator(session)]
    ids = [person.id for person in both]
    commit(session)
    ready, told = threading.Barrier(2), []

    def end(mine: int, other: int) -> None:
        with app.app_context():
            who = reads.actor(db.session, reads.person(db.session, mine))
            db.session.rollback()
            ready.wait()
            begin_writing(db.session)
            role = db.session.scalars(
                select(Role).where(Role.person_id == other, Role.until.is_(None))
            ).first()
            try:
                if role is not None:
                    end_role(db.session, who, role)
                commit(db.session)
                told.append("ended")
            except Refusal as no:
                db.session.rollback()
                told.append(type(no).__name__)

    threads = [threading.Thread(target=end, args=pair) for pair in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.expire_all()
    left = session.scalar(
        select(func.count()).select_from(Role).where(Role.kind == ADMINISTRATOR, Role.until.is_(None))
    )
    assert left == 1 and sorted(told) == ["LastAdministrator", "ended"]


def test_who_has_left_gets_no_role(session: Session) -> None:
    mei = build.a_person(session)
    mei.erased_at = build.NOON
    with pytest.raises(NoAccountAnyMore):
        give_role(session, SYSTEM, mei, RoleKind.TRANSLATOR, language="fr")


def test_the_list_costs_the_same_for_three_and_for_thirty(
    session: Session,
    signed_in_as: Callable[[Person], Client],
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    browser = signed_in_as(build.an_administrator(session))
    prices = []
    for many in (3, 30):
        for _ in range(many):
            build.an_administrator(session)
        browser.get("/en/people/")
        prices.append(count_queries(lambda: browser.get("/en/people/")))
    assert prices[0] == prices[1]
