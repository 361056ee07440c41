"""Somebody leaves: what stops it, what it asks, what goes, what stays."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.comments.models import Comment, Contribution, Position
from consult.core.terms import OrganisationState, RoleKind, SeatKind
from consult.db import commit
from consult.delegations.models import Remark
from consult.organisations.models import Invitation
from consult.people.acts import give_seat
from consult.people.acts_roles import give_role
from consult.people.models import Organisation, Person, Role, Seat, SignIn, Voice
from consult.people.refusals_roles import LastAdministrator, LastModerator
from consult.privacy.acts_leaving import leave
from consult.privacy.refusals import PseudonymMistyped, StillNeeded
from consult.record.models import Entry, Journal
from consult.record.reads import misfits
from consult.refusals import NotThere
from tests import build
from tests.conftest import Client

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
PASSWORD = "a long enough password"
BrowserOf = Callable[[Person], Client]
Stop = Callable[[datetime], None]


@pytest.fixture
def opened(session: Session, stopped_at: Stop) -> build.Opened:
    stopped_at(NOON)
    return build.an_open_round(session, takes_individuals=True)


def leaves(session: Session, person: Person) -> None:
    leave(session, build.acting(session, person), person.pseudonym)
    commit(session)


def words(page: str) -> str:
    return " ".join(page.split())


def test_the_page_says_what_goes_and_what_stays_and_asks_for_password_and_pseudonym(
    session: Session, opened: build.Opened, signed_in_as: BrowserOf, client: Client
) -> None:
    person = build.a_person(session, email="amina@example.org", password=PASSWORD)
    browser, other = signed_in_as(person), signed_in_as(person)
    page = words(browser.get("/en/privacy/leaving").text)
    assert "What goes" in page and "What stays" in page and person.pseudonym in page
    for fields, said in (
        ({"pseudonym": person.pseudonym, "password": "wrong"}, "password"),
        ({"pseudonym": "somebody", "password": PASSWORD}, f"Type your pseudonym, {person.pseudonym}"),
        ({"password": PASSWORD}, "Type your pseudonym"),
    ):
        refused = browser.send("/en/privacy/leaving", fields)
        assert refused.status_code == 422 and said in words(refused.text), fields
    session.expire_all()
    assert person.erased_at is None and person.email
    gone = browser.send("/en/privacy/leaving", {"pseudonym": person.pseudonym, "password": PASSWORD})
    assert gone.status_code == 303 and gone.location.endswith("/en/left")
    assert "You have left" in browser.get("/en/left").text
    for one in (browser, other):
        assert one.get("/en/privacy").status_code == 303, "signed out everywhere"
    session.expire_all()
    assert (person.email, person.name, person.password_hash) == (None, None, None)
    assert person.erased_at == NOON
    assert session.scalar(select(func.count()).select_from(SignIn).where(SignIn.person_id == person.id)) == 0
    for cookie in ("consult", "consult_known", "consult_kept"):
        assert browser.get_cookie(cookie) is None


def test_who_has_no_password_proves_it_otherwise_first(
    session: Session, opened: build.Opened, signed_in_as: BrowserOf, stopped_at: Stop
) -> None:
    person = build.a_person(session)
    browser = signed_in_as(person)
    stopped_at(NOON + timedelta(minutes=11))
    assert "/en/profile/confirmation" in browser.get("/en/privacy/leaving").text
    refused = browser.send("/en/privacy/leaving", {"pseudonym": person.pseudonym})
    assert refused.status_code == 422 and "Prove first that it is you" in refused.text
    fresh = signed_in_as(person)
    assert fresh.send("/en/privacy/leaving", {"pseudonym": person.pseudonym.upper()}).status_code == 303


def test_the_record_says_that_the_pseudonym_left_and_still_verifies(
    session: Session, opened: build.Opened, app: Flask, client: Client
) -> None:
    kenya = build.an_organisation(session, name="Ministry of Kenya")
    build.a_delegate(session, kenya)
    person = build.a_delegate(session, kenya, seat=SeatKind.DEPUTY)
    leaves(session, person)
    noted = session.scalars(select(Entry).where(Entry.act == "person.left")).one()
    assert noted.facts == {"person": person.pseudonym} and noted.actor_label == person.pseudonym
    assert list(misfits(session)) == []
    assert app.test_cli_runner().invoke(args=["consult", "verify"]).exit_code == 0
    assert f"{person.pseudonym} left." in client.get("/en/record").text


def test_what_the_organisation_submitted_stays_and_so_do_its_papers(
    session: Session, opened: build.Opened, client: Client
) -> None:
    kenya = build.an_organisation(session, name="Ministry of Kenya")
    head, writer = build.a_delegate(session, kenya), build.a_delegate(session, kenya, seat=SeatKind.DEPUTY)
    comment = build.a_comment(session, opened, head, reasons="The ministry says so.")
    paper = build.a_paper(session, opened, writer, "3.3", reasons="Still being written.")
    remark = Remark(
        **{
            "key": "r",
            "consultation_id": opened.consultation.id,
            "voice_id": paper.voice_id,
            "form_key": "f",
        },
        **{"author_id": writer.id, "words": "I would say more.", "at": NOON},
    )
    session.add(remark)
    session.flush()
    leaves(session, writer)
    session.expire_all()
    assert session.get_one(Contribution, paper.id).reasons == "Still being written."
    assert session.get_one(Remark, remark.id).words == "I would say more."
    shown = client.get(f"/en/consultations/{opened.slug}/comments/{comment.number}").text
    assert "Ministry of Kenya" in shown and "The ministry says so." in shown
    seat = session.scalars(select(Seat).where(Seat.person_id == writer.id)).one()
    assert seat.until == NOON


def test_an_individuals_comment_stays_under_the_pseudonym_and_her_papers_go(
    session: Session, opened: build.Opened, client: Client
) -> None:
    person = build.a_person(session, name="Amina Odhiambo")
    build.a_comment(session, opened, person, reasons="My own view.", names_author=True)
    build.a_paper(session, opened, person, "3.3", reasons="Never sent.")
    leaves(session, person)
    shown = client.get(f"/en/consultations/{opened.slug}/comments/1").text
    assert person.pseudonym in shown and "My own view." in shown and "Amina" not in shown
    assert session.scalar(select(func.count()).select_from(Contribution)) == 0
    assert session.scalar(select(func.count()).select_from(Comment)) == 1
    assert session.scalar(select(func.count()).select_from(Position).where(Position.is_current)) == 1
    assert session.scalar(select(func.count()).select_from(Voice).where(Voice.person_id == person.id)) == 1


def test_the_last_head_hands_over_first(
    session: Session, opened: build.Opened, signed_in_as: BrowserOf
) -> None:
    kenya = build.an_organisation(session, name="Ministry of Kenya")
    head, deputy = build.a_delegate(session, kenya), build.a_delegate(session, kenya, seat=SeatKind.DEPUTY)
    commit(session)
    with pytest.raises(StillNeeded):
        leaves(session, head)
    session.rollback()
    browser = signed_in_as(head)
    page = browser.get("/en/privacy/leaving").text
    assert "Somebody must take over from you first" in page and "Ministry of Kenya" in page
    assert f"/en/organisations/{kenya.slug}/delegation" in page and "Erase me" not in page
    assert browser.send("/en/privacy/leaving", {"pseudonym": head.pseudonym}).status_code == 422
    give_seat(session, build.acting(session, head), deputy, kenya, SeatKind.HEAD)
    leaves(session, head)
    assert head.erased_at == NOON


def test_who_is_alone_in_a_delegation_is_told_and_may_go(
    session: Session, opened: build.Opened, signed_in_as: BrowserOf
) -> None:
    head = build.a_delegate(session, build.an_organisation(session, name="Ministry of Kenya"))
    page = signed_in_as(head).get("/en/privacy/leaving").text
    assert "Nobody will be left in these delegations" in page
    leaves(session, head)


def test_the_last_in_a_chair_gives_it_on_first(
    session: Session, opened: build.Opened, signed_in_as: BrowserOf
) -> None:
    moderator, administrator = opened.moderator, build.an_administrator(session)
    commit(session)
    for who in (moderator, administrator):
        with pytest.raises((StillNeeded, LastAdministrator, LastModerator)):
            leaves(session, who)
        session.rollback()
        assert "Nobody else has these roles" in signed_in_as(who).get("/en/privacy/leaving").text
    second = build.an_administrator(session)
    build.a_moderator(session)
    leaves(session, moderator)
    leaves(session, administrator)
    assert second.erased_at is None
    standing = (
        select(func.count()).select_from(Role).where(Role.person_id == moderator.id, Role.until.is_(None))
    )
    assert session.scalar(standing) == 0


def test_the_only_moderator_of_one_consultation_is_named_with_it(
    session: Session, opened: build.Opened, signed_in_as: BrowserOf
) -> None:
    chair = build.a_person(session)
    administrator = build.acting(session, build.an_administrator(session))
    give_role(session, administrator, chair, RoleKind.MODERATOR, consultation_id=opened.consultation.id)
    session.flush()
    assert "Nobody else has these roles" not in signed_in_as(chair).get("/en/privacy/leaving").text, (
        "somebody moderates everywhere"
    )
    everywhere = session.scalars(select(Role).where(Role.consultation_id.is_(None))).all()
    for role in everywhere:
        if role.kind is RoleKind.MODERATOR:
            role.until = NOON
    page = signed_in_as(chair).get("/en/privacy/leaving").text
    assert "Nobody else has these roles" in page and f"/consultations/{opened.slug}" in page


def test_nobody_leaves_twice_or_for_another(session: Session, opened: build.Opened) -> None:
    person, other = build.a_person(session), build.a_person(session)
    who = build.acting(session, person)
    with pytest.raises(PseudonymMistyped):
        leave(session, who, other.pseudonym)
    leave(session, who, person.pseudonym)
    with pytest.raises(NotThere):
        leave(session, who, person.pseudonym)
    assert other.email is not None


def test_somebody_without_an_address_takes_nobody_elses_letters_along(
    session: Session, opened: build.Opened
) -> None:
    person = build.a_person(session)
    session.flush()
    person.email = None
    made = {"made_at": NOON, "ends_at": NOON + timedelta(days=9), "words": "Welcome.", "name": "Forgotten"}
    session.add(Invitation(key="k", email=None, **made))
    session.flush()
    leaves(session, person)
    assert session.scalars(select(Invitation.name)).all() == ["Forgotten"]


def test_a_seat_in_a_disabled_organisation_ends_too(session: Session, opened: build.Opened) -> None:
    person = build.a_delegate(session)
    session.scalars(select(Organisation)).one().state = OrganisationState.DISABLED
    leaves(session, person)
    assert session.scalars(select(Seat.until)).all() == [NOON]


def test_the_journal_of_a_delegation_keeps_that_something_was_done(
    session: Session, opened: build.Opened
) -> None:
    kenya = build.an_organisation(session)
    build.a_delegate(session, kenya)
    writer = build.a_delegate(session, kenya, seat=SeatKind.DEPUTY)
    build.a_paper(session, opened, writer)
    leaves(session, writer)
    left = session.scalars(select(Journal).where(Journal.person_id == writer.id)).all()
    assert {one.act for one in left} >= {"contribution.written", "seat.ended"}
    assert all(one.organisation_id == kenya.id and not one.facts for one in left)


def test_the_address_is_free_again(session: Session, opened: build.Opened) -> None:
    person = build.a_person(session, email="amina@example.org")
    leaves(session, person)
    again = build.a_person(session, email="amina@example.org")
    session.flush()
    assert again.pseudonym != person.pseudonym
