"""A mandate is handed in by those who speak for an organisation, and read by those who accredit; by nobody else."""

from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.terms import SeatKind
from consult.organisations.acts_mandates import MOST, NewMandate, hand_in_mandate
from consult.organisations.letterheads import LARGEST
from consult.organisations.models import Mandate
from consult.organisations.refusals import MandateTooLarge, UnreadableMandate
from consult.people.models import Organisation, Person
from consult.refusals import NotThere
from tests import build
from tests.conftest import Client
from tests.organisations.world import a_proposal, journalled, strict

LETTER = b"%PDF-1.7 We, Kenya, are spoken for by Amina."


def handed_in(session: Session, organisation: Organisation, by: Person, name: str = "mandate.pdf") -> Mandate:
    mandate = hand_in_mandate(session, build.acting(session, by), organisation.id, NewMandate(name, LETTER))
    session.flush()
    return mandate


def test_a_head_hands_one_in_and_sees_that_it_is_there_not_what_is_in_it(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    organisation = build.an_organisation(session)
    browser = signed_in_as(build.a_delegate(session, organisation))
    address = f"/en/organisations/{organisation.slug}/mandate"
    assert "No mandate was handed in." in strict(browser.get(address))
    assert "Choose a file." in strict(browser.send(address), 422)
    assert browser.send(address, {"mandate": (BytesIO(LETTER), "خطاب.pdf")}).status_code == 303
    page = strict(browser.get(address))
    assert "خطاب.pdf" in page and "/mandates/" not in page
    key = session.scalars(select(Mandate.key)).one()
    assert browser.get(f"/en/organisations/{organisation.slug}/mandates/{key}").status_code == 404
    assert journalled(session, "mandate.handed_in") == 1


def test_an_administrator_takes_it_as_a_download_that_can_do_nothing_and_it_is_written_down(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    organisation = build.an_organisation(session)
    mandate = handed_in(session, organisation, build.a_delegate(session, organisation), 'a"\r\nX: y.pdf')
    browser = signed_in_as(build.an_administrator(session))
    answer = browser.get(f"/en/organisations/{organisation.slug}/mandates/{mandate.key}")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, LETTER, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment;") and "X" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers and "Last-Modified" not in answer.headers
    assert journalled(session, "mandate.read") == 1
    assert mandate.key in strict(browser.get(f"/en/organisations/{organisation.slug}/mandate"))


def test_to_everybody_else_it_is_not_there(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client]
) -> None:
    organisation, other = build.an_organisation(session), build.an_organisation(session)
    head = build.a_delegate(session, organisation)
    mandate = handed_in(session, organisation, head)
    address = f"/en/organisations/{organisation.slug}/mandates/{mandate.key}"
    assert client.get(address).status_code == 404
    for who in (head, build.a_delegate(session, other), build.a_moderator(session), build.a_person(session)):
        assert signed_in_as(who).get(address).status_code == 404
    administrator = signed_in_as(build.an_administrator(session))
    assert administrator.get(f"/en/organisations/{other.slug}/mandates/{mandate.key}").status_code == 404
    assert administrator.get(f"/en/organisations/{organisation.slug}/mandates/x").status_code == 404
    assert journalled(session, "mandate.read") == 0


@pytest.mark.parametrize("seat", [SeatKind.CONTRIBUTOR, SeatKind.DEPUTY, None])
def test_who_does_not_speak_for_it_hands_nothing_in(session: Session, seat: SeatKind | None) -> None:
    organisation = build.an_organisation(session)
    who = build.a_delegate(session, organisation, seat=seat) if seat else build.a_person(session)
    with pytest.raises(NotThere):
        handed_in(session, organisation, who)


def test_a_proposer_hands_one_in_while_it_waits(session: Session) -> None:
    person = build.a_person(session)
    assert handed_in(session, a_proposal(session, person), person).media_type == "application/pdf"


def test_it_is_of_a_kind_and_a_size_that_can_be_read(session: Session) -> None:
    organisation = build.an_organisation(session)
    head = build.acting(session, build.a_delegate(session, organisation))
    for content, refusal in ((b"MZ", UnreadableMandate), (LETTER + b"x" * LARGEST, MandateTooLarge)):
        with pytest.raises(refusal):
            hand_in_mandate(session, head, organisation.id, NewMandate("mandate.pdf", content))


def test_only_so_many_are_kept(session: Session, signed_in_as: Callable[[Person], Client]) -> None:
    organisation = build.an_organisation(session)
    head = build.a_delegate(session, organisation)
    for _ in range(MOST):
        handed_in(session, organisation, head)
    address = f"/en/organisations/{organisation.slug}/mandate"
    page = strict(signed_in_as(head).send(address, {"mandate": (BytesIO(LETTER), "m.pdf")}), 422)
    assert "5 letters lie here already" in page
