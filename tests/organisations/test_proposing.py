"""Proposing an organisation that is not in the list: seen by nobody else until an administrator has said yes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.terms import OrganisationState, SeatKind
from consult.db import commit
from consult.jobs import Job
from consult.organisations.acts import MOST_OPEN, decline_organisation, enter_organisation
from consult.organisations.models import Mandate, Proposal
from consult.organisations.refusals import ProposalDecided, TooManyProposals
from consult.organisations.slugs import RESERVED
from consult.people.models import Organisation, OrganisationWords, Person, Seat, Voice
from consult.people.reads import organisations
from consult.people.refusals_roles import ModeratesEverywhere
from consult.record.reads import chain_head
from consult.refusals import NotThere
from tests import build
from tests.conftest import Client
from tests.organisations.world import A_PROPOSAL, WHY, a_proposal, acts_of, called, journalled, strict

NEW = "/en/organisations/new"


def only(session: Session) -> Organisation:
    session.expire_all()
    return session.scalars(select(Organisation)).one()


def letters(session: Session, kind: str) -> int:
    return len([job for job in session.scalars(select(Job)) if job.arguments.get("letter") == kind])


def test_a_proposal_waits_with_all_that_was_said_and_leaves_the_record_alone(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    browser = signed_in_as(build.a_person(session))
    head = chain_head(session, None)
    strict(browser.get(NEW))
    sent = {**A_PROPOSAL, "language_2": "Arabic", "name_2": "حقوق السافانا", "description_2": "نحن هنا."}
    answer = browser.send(NEW, {**sent, "mandate": (BytesIO(b"%PDF-1.7"), "letters/mandate.pdf")})
    found = only(session)
    assert (answer.status_code, answer.location) == (303, f"/en/organisations/{found.slug}/proposal")
    assert (found.state, found.name, found.country) == (OrganisationState.PROPOSED, A_PROPOSAL["name"], "KE")
    words = {one.language: (one.name, one.description) for one in session.scalars(select(OrganisationWords))}
    assert words == {"en": ("", A_PROPOSAL["description"]), "ar": ("حقوق السافانا", "نحن هنا.")}
    assert session.scalars(select(Voice.organisation_id).where(Voice.organisation_id.is_not(None))).all() == [
        found.id
    ]
    assert session.scalars(select(Mandate.file_name)).one() == "mandate.pdf"
    assert chain_head(session, None) == head and journalled(session, "organisation.proposed") == 1
    assert letters(session, "organisation.proposed") == 1
    page = strict(browser.get(answer.location))
    assert "administrators look at your proposal" in page and "mandate.pdf" in page
    assert "/mandates/" not in page


def test_only_its_proposer_and_administrators_know_of_it(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client]
) -> None:
    proposer = build.a_person(session)
    found = a_proposal(session, proposer, "Savannah Secret")
    others = [
        signed_in_as(one)
        for one in (build.a_person(session), build.a_moderator(session), build.a_delegate(session))
    ]
    for path in ("proposal", "description", "mandate", "administration", "merger", "request", "delegation"):
        missing = client.get(f"/en/organisations/nothing/{path}").status_code
        assert client.get(f"/en/organisations/{found.slug}/{path}").status_code == missing
        for one in others:
            assert one.get(f"/en/organisations/{found.slug}/{path}").status_code == 404, path
    assert client.get(f"/en/organisations/{found.slug}").status_code == 404
    for one in (client, *others):
        for path in ("/en/organisations/?q=savannah", "/en/organisations/", "/en/record", "/en/"):
            page = one.get(path)
            assert "Savannah Secret" not in page.text and found.slug not in page.text
    assert "Savannah Secret" not in [one.name for one in organisations(session)]
    assert "Savannah Secret" in strict(signed_in_as(proposer).get(f"/en/organisations/{found.slug}/proposal"))
    assert "Savannah Secret" in strict(
        signed_in_as(build.an_administrator(session)).get("/en/organisations/proposals")
    )


def test_its_address_tells_nothing_while_it_is_proposed(session: Session) -> None:
    person = build.a_person(session)
    slugs = [a_proposal(session, person, "Kenya").slug for _ in range(2)]
    assert all("kenya" not in slug and len(slug) > 10 for slug in slugs)


def test_what_looks_like_it_is_shown_first_and_none_of_these_goes_on(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    there = build.an_organisation(session, name="Sauti ya Savana")
    there.name_language = "sw"
    called(session, there, "en", "SAVANNAH: Digital Rights")
    browser = signed_in_as(build.a_person(session))
    page = strict(browser.send(NEW, A_PROPOSAL), 422)
    assert "Is it one of these?" in page and f"/en/organisations/{there.slug}/request" in page
    assert "SAVANNAH: Digital Rights" in page and A_PROPOSAL["words"] in page
    assert session.scalars(select(Proposal)).all() == []
    assert browser.send(NEW, {**A_PROPOSAL, "none_of_these": "y"}).status_code == 303


def test_the_same_website_is_a_likeness_too(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    there = build.an_organisation(session, name="Another Name")
    there.website = "http://www.savannah.example.org/en/"
    session.flush()
    called(session, there, "fr", "Un nom")
    page = strict(signed_in_as(build.a_person(session)).send(NEW, A_PROPOSAL), 422)
    assert "Another Name" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "Enter the name of the organisation."),
        ({"country": ""}, "Choose a country."),
        ({"country": "XK"}, "Not a valid choice"),
        ({"group": "individual"}, "Not a valid choice"),
        ({"language": "Klingonese"}, "Choose a language from the list"),
        ({"website": "javascript:alert(1)"}, "Write the address of the website"),
        ({"words": ""}, "Say who you are in this organisation."),
        ({"name_2": "Haki"}, "Say which language this is."),
        ({"name_2": "Haki", "language_2": "en"}, "This language stands above already."),
        ({"mandate": (BytesIO(b"MZ an executable"), "mandate.pdf")}, "The file is no PDF"),
    ],
)
def test_a_wrong_form_says_what_to_do_and_keeps_every_word(
    session: Session, signed_in_as: Callable[[Person], Client], changed: dict[str, object], said: str
) -> None:
    browser = signed_in_as(build.a_person(session))
    page = strict(browser.send(NEW, {**A_PROPOSAL, **changed}), 422)
    assert said in page and A_PROPOSAL["description"] in page
    assert session.scalars(select(Organisation)).all() == []


def test_so_many_proposals_wait_and_no_more(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    person, administrator = build.a_person(session), build.an_administrator(session)
    made = [a_proposal(session, person, f"Organisation number {number}") for number in range(MOST_OPEN)]
    with pytest.raises(TooManyProposals):
        a_proposal(session, person, "One more")
    page = strict(signed_in_as(person).send(NEW, A_PROPOSAL), 422)
    assert "3 proposals of yours wait for an answer" in page
    decline_organisation(session, build.acting(session, administrator), made[0].id, "It is not one.")
    a_proposal(session, person, "One more")


def test_entering_lists_it_and_seats_its_proposer_at_the_head(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client]
) -> None:
    person, administrator = build.a_person(session), build.an_administrator(session)
    found = a_proposal(session, person)
    browser = signed_in_as(administrator)
    assert "Savannah Digital Rights" in strict(browser.get("/en/organisations/proposals"))
    address = f"/en/organisations/{found.slug}/proposal"
    assert person.email is not None and person.email in strict(browser.get(address))
    assert strict(browser.send(address, {"decision": "enter"}), 422).count("Say why.") >= 1
    assert browser.send(address, {"decision": "enter_and_accredit", "answer": WHY}).status_code == 303
    entered = only(session)
    assert (entered.state, entered.slug) == (OrganisationState.LISTED, "savannah-digital-rights")
    seat = session.scalars(select(Seat)).one()
    assert (seat.person_id, seat.kind) == (person.id, SeatKind.HEAD)
    assert acts_of(session, entered.id) == ["organisation.added", "organisation.accredited"]
    assert letters(session, "organisation.entered") == 1
    assert "Savannah Digital Rights" in strict(client.get("/en/organisations/"))
    record = strict(client.get("/en/record"))
    assert administrator.pseudonym in record and WHY in record and person.pseudonym not in record
    assert "you head its delegation" in strict(
        signed_in_as(person).get("/en/organisations/savannah-digital-rights/proposal")
    )


def test_entering_without_accrediting_leaves_its_positions_beside(session: Session) -> None:
    found = a_proposal(session, build.a_person(session))
    administrator = build.acting(session, build.an_administrator(session))
    enter_organisation(session, administrator, found.id, accredits=False, answer=WHY)
    commit(session)
    assert acts_of(session, found.id) == ["organisation.added"]
    assert [one.is_accredited for one in organisations(session)] == [False]


def test_two_of_one_name_get_addresses_of_their_own_and_none_is_a_pages_word(
    session: Session, app: Flask
) -> None:
    administrator = build.acting(session, build.an_administrator(session))
    slugs = []
    for name in ("Savannah", "Savannah", "Proposals", "وزارة"):
        found = a_proposal(session, build.a_person(session), name)
        slugs.append(enter_organisation(session, administrator, found.id, accredits=False, answer=WHY).slug)
    assert slugs[:3] == ["savannah", "savannah-2", "proposals-2"] and slugs[3].startswith("o-")
    rules = [
        rule.rule.split("/organisations/")[1]
        for rule in app.url_map.iter_rules()
        if "/organisations/" in rule.rule
    ]
    assert {rule.partition("/")[0] for rule in rules if rule and not rule.startswith("<")} <= RESERVED


def test_declining_tells_the_proposer_why_and_nobody_else_anything(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client]
) -> None:
    person, administrator = build.a_person(session), build.an_administrator(session)
    found = a_proposal(session, person)
    commit(session)
    head = chain_head(session, None)
    address = f"/en/organisations/{found.slug}/proposal"
    answer = signed_in_as(administrator).send(
        address, {"decision": "decline", "answer": "It has one member."}
    )
    assert answer.status_code == 303
    assert only(session).state is OrganisationState.DECLINED
    assert chain_head(session, None)[1] == head[1] and letters(session, "organisation.declined") == 1
    page = strict(signed_in_as(person).get(address))
    assert "Your proposal was declined" in page and "It has one member." in page
    assert signed_in_as(build.a_person(session)).get(address).status_code == 404
    assert client.get(f"/en/organisations/{found.slug}").status_code == 404
    assert "Savannah" not in client.get("/en/organisations/").text


def test_only_administrators_decide(session: Session, signed_in_as: Callable[[Person], Client]) -> None:
    person = build.a_person(session)
    found = a_proposal(session, person)
    with pytest.raises(NotThere):
        enter_organisation(session, build.acting(session, person), found.id, accredits=True, answer=WHY)
    fields = {"decision": "enter_and_accredit", "answer": "I say so."}
    assert signed_in_as(person).send(f"/en/organisations/{found.slug}/proposal", fields).status_code == 404
    assert signed_in_as(build.a_moderator(session)).get("/en/organisations/proposals").status_code == 404
    assert only(session).state is OrganisationState.PROPOSED


def test_who_moderates_everywhere_heads_nothing(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    found = a_proposal(session, build.a_moderator(session))
    administrator = build.an_administrator(session)
    address = f"/en/organisations/{found.slug}/proposal"
    page = strict(signed_in_as(administrator).send(address, {"decision": "enter", "answer": WHY}), 422)
    assert WHY in page
    assert only(session).state is OrganisationState.PROPOSED
    with pytest.raises(ModeratesEverywhere):
        enter_organisation(
            session, build.acting(session, administrator), found.id, accredits=False, answer=WHY
        )


def test_the_second_word_on_a_proposal_is_refused(session: Session) -> None:
    found = a_proposal(session, build.a_person(session))
    administrator = build.acting(session, build.an_administrator(session))
    enter_organisation(session, administrator, found.id, accredits=False, answer=WHY)
    for decide in (
        lambda: decline_organisation(session, administrator, found.id, WHY),
        lambda: enter_organisation(session, administrator, found.id, accredits=True, answer=WHY),
    ):
        with pytest.raises(ProposalDecided):
            decide()


def test_of_two_administrators_at_once_one_wins_and_the_other_is_told(
    app: Flask, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    found = a_proposal(session, build.a_person(session))
    browsers = [signed_in_as(build.an_administrator(session)) for _ in range(2)]
    address = f"/en/organisations/{found.slug}/proposal"
    forms = [{"csrf_token": one.token(), "decision": "decline", "answer": WHY} for one in browsers]
    commit(session)
    app.extensions.pop("consult.test_session")
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda pair: pair[0].post(address, data=pair[1]), zip(browsers, forms, strict=True))
        )
    app.extensions["consult.test_session"] = session
    assert sorted(one.status_code for one in answers) == [303, 422]
    assert "Somebody else has declined this proposal meanwhile" in next(
        one.text for one in answers if one.status_code == 422
    )
    assert letters(session, "organisation.declined") == 1


def test_two_of_one_name_entered_at_once_get_addresses_of_their_own(
    app: Flask, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    found = [a_proposal(session, build.a_person(session), "Savannah") for _ in range(3)]
    browsers = [signed_in_as(build.an_administrator(session)) for _ in found]
    forms = [{"csrf_token": one.token(), "decision": "enter", "answer": WHY} for one in browsers]
    presses = zip(browsers, [f"/en/organisations/{one.slug}/proposal" for one in found], forms, strict=True)
    commit(session)
    app.extensions.pop("consult.test_session")
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda one: one[0].post(one[1], data=one[2]), presses))
    app.extensions["consult.test_session"] = session
    assert [one.status_code for one in answers] == [303] * 3
    session.expire_all()
    assert set(session.scalars(select(Organisation.slug))) == {"savannah", "savannah-2", "savannah-3"}
