"""Asking others to join a paper, answering, and what readers see of it: each path once, in a browser without a screen."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments import acts
from consult.comments.models import Position
from consult.comments.models_joint import CoSponsor, Sponsorship
from consult.core.terms import SponsorState, Track
from consult.db import commit
from consult.people.models import Person
from tests import build
from tests.conftest import Client
from tests.delegations.world import NOON, a_delegation, at, fields, of, shown

SignIn = Callable[[Person], Client]


@pytest.fixture
def opened(session: Session, stopped_at: Callable[..., None]) -> build.Opened:
    stopped_at(NOON)
    return build.an_open_round(session)


def state(session: Session) -> SponsorState:
    session.expire_all()
    return session.scalars(select(Sponsorship)).one().state


def test_one_asks_the_other_clears_and_readers_see_both(
    session: Session, opened: build.Opened, signed_in_as: SignIn, client: Client
) -> None:
    kenya, uganda = a_delegation(session, levels=2, name="Kenya"), a_delegation(session, name="Uganda Bar")
    paper = build.a_paper(session, opened, kenya.contributor, private_notes="Entre nous.")
    lead, other = signed_in_as(kenya.deputy), signed_in_as(uganda.deputy)
    page = lead.get(of(opened, paper, "/co-sponsors?q=ugan")).text
    assert "Ask Uganda Bar to co-sponsor" in page
    sent = {"organisation": uganda.organisation.slug, "words": "Join us."}
    assert lead.send(of(opened, paper, "/co-sponsors"), sent).status_code == 303
    assert "Others ask us to co-sponsor" in other.get(at(opened)).text
    request = at(opened, f"/requests/{paper.key}")
    page = other.get(request).text
    assert "Join us." in page and "Thirty days leave a market exposed." in page and "Verify it" in page
    assert "Entre nous" not in page and (kenya.contributor.name or "") not in page
    assert other.send(f"{request}/verification", fields(uganda, edition="1")).status_code == 303
    assert state(session) is SponsorState.VERIFIED
    head = signed_in_as(uganda.head)
    assert head.send(f"{request}/clearance", fields(uganda, edition="1")).status_code == 303
    assert state(session) is SponsorState.CLEARED
    submitting = signed_in_as(kenya.head)
    preview = submitting.get(at(opened, "/submission")).text
    assert "Submitted jointly with:" in preview and "Uganda Bar" in preview
    submitting.send(at(opened, "/submission"), fields(kenya, papers=shown(paper)))
    address = f"/en/consultations/{opened.slug}/comments/1"
    for place in (address, f"/en/consultations/{opened.slug}/drafts/0/clauses/{opened.clauses['3.2'].code}"):
        assert "Submitted jointly with:" in client.get(place).text and "Uganda Bar" in client.get(place).text
    assert "Uganda Bar" in client.get(f"/en/consultations/{opened.slug}/record").text
    assert (
        "#1 was submitted jointly with Uganda Bar."
        in client.get(f"/en/consultations/{opened.slug}/record").text
    )


def test_who_is_not_cleared_is_named_before_the_press(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya, uganda = a_delegation(session, levels=2), build.an_organisation(session, name="Uganda Bar")
    paper = build.a_paper(session, opened, kenya.head)
    acts.ask_sponsor(session, build.acting(session, kenya.head), paper, uganda.slug, "", NOON)
    page = signed_in_as(kenya.head).get(at(opened, "/submission")).text
    assert "left out if you submit now" in page and "Uganda Bar" in page
    assert "One co-sponsor that was asked is left out." in page


def test_changed_words_are_shown_against_those_that_were_cleared(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya, uganda = a_delegation(session, levels=2), a_delegation(session, levels=2)
    paper = build.a_paper(session, opened, kenya.head)
    lead = build.acting(session, kenya.head)
    row = acts.ask_sponsor(session, lead, paper, uganda.organisation.slug, "", NOON)
    acts.clear_sponsorship(session, build.acting(session, uganda.head), row, 1, NOON)
    anew = build.saying(opened, reasons="Sixty days leave a market exposed.")
    acts.change_contribution(session, lead, paper, anew, 1)
    browser = signed_in_as(uganda.head)
    assert "changed since you cleared it" in browser.get(at(opened)).text
    request = at(opened, f"/requests/{paper.key}")
    page = browser.get(request).text
    assert "Changed since you cleared it" in page and "<del>Thirty</del> <ins>Sixty</ins>" in page
    assert browser.send(f"{request}/clearance", fields(uganda, edition="1")).status_code == 422
    assert browser.send(f"{request}/clearance", fields(uganda, edition="2")).status_code == 303
    acts.return_contribution(session, lead, paper, "Shorter.")
    secret = build.saying(opened, reasons="Half a thought.", is_sent=False)
    acts.change_contribution(session, lead, paper, secret, paper.edition)
    page = browser.get(request).text
    assert "It is being worked on again." in page and "Half a thought." not in page and "Sixty days" in page


def test_who_declines_says_why_and_sees_the_paper_no_more(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya, uganda = a_delegation(session, levels=2), a_delegation(session, levels=2)
    paper = build.a_paper(session, opened, kenya.head)
    acts.ask_sponsor(session, build.acting(session, kenya.head), paper, uganda.organisation.slug, "", NOON)
    browser, request = signed_in_as(uganda.head), at(opened, f"/requests/{paper.key}")
    assert browser.send(f"{request}/refusal", fields(uganda, reason=" ")).status_code == 422
    assert (
        browser.send(f"{request}/refusal", fields(uganda, reason="Our minister is away.")).status_code == 303
    )
    assert browser.get(request).status_code == 404
    assert "Others ask us" not in browser.get(at(opened)).text
    page = signed_in_as(kenya.contributor).get(of(opened, paper, "/co-sponsors")).text
    assert "Our minister is away." in page and "Declined to co-sponsor" in page


def test_who_is_asked_no_more_sees_the_paper_no_more(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya, uganda = a_delegation(session, levels=2), a_delegation(session, levels=2)
    paper = build.a_paper(session, opened, kenya.head)
    slug = uganda.organisation.slug
    acts.ask_sponsor(session, build.acting(session, kenya.head), paper, slug, "", NOON)
    browser, request = signed_in_as(uganda.head), at(opened, f"/requests/{paper.key}")
    assert browser.get(request).status_code == 200
    signed_in_as(kenya.head).send(of(opened, paper, "/co-sponsors/withdrawal"), {"organisation": slug})
    assert browser.get(request).status_code == 404
    assert browser.send(f"{request}/clearance", fields(uganda, edition="1")).status_code == 404


def test_the_asked_delegation_reaches_nothing_else_of_the_paper(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya, uganda = a_delegation(session, levels=2), a_delegation(session, levels=2)
    paper = build.a_paper(session, opened, kenya.head)
    acts.ask_sponsor(session, build.acting(session, kenya.head), paper, uganda.organisation.slug, "", NOON)
    browser = signed_in_as(uganda.head)
    for rest in ("", "?edit=1", "/discussion", "/co-sponsors"):
        assert browser.get(of(opened, paper, rest)).status_code == 404
    for rest in ("/submission", "/verification", "/drop", "/handing-on", "/co-sponsors", "/discussion"):
        sent = {"edition": "1", "words": "x", "organisation": kenya.organisation.slug}
        assert browser.send(of(opened, paper, rest), sent).status_code == 404
    outsider = signed_in_as(build.a_delegate(session))
    assert outsider.get(at(opened, f"/requests/{paper.key}")).status_code == 404


def test_a_contributor_of_the_asked_delegation_reads_and_decides_nothing(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya, uganda = a_delegation(session, levels=2), a_delegation(session)
    paper = build.a_paper(session, opened, kenya.head)
    acts.ask_sponsor(session, build.acting(session, kenya.head), paper, uganda.organisation.slug, "", NOON)
    browser, request = signed_in_as(uganda.contributor), at(opened, f"/requests/{paper.key}")
    page = browser.get(request).text
    assert "Your head of delegation decides." in page and "Co-sponsor as" not in page
    for rest in ("clearance", "verification"):
        assert browser.send(f"{request}/{rest}", fields(uganda, edition="1")).status_code == 422
    assert browser.send(f"{request}/refusal", fields(uganda, reason="No.")).status_code == 422
    assert state(session) is SponsorState.ASKED


def test_a_co_sponsor_steps_back_on_the_comments_page(
    session: Session, opened: build.Opened, signed_in_as: SignIn, client: Client
) -> None:
    kenya, uganda = a_delegation(session, levels=2), a_delegation(session, levels=2, name="Uganda Bar")
    paper = build.a_paper(session, opened, kenya.head)
    row = acts.ask_sponsor(
        session, build.acting(session, kenya.head), paper, uganda.organisation.slug, "", NOON
    )
    acts.clear_sponsorship(session, build.acting(session, uganda.head), row, 1, NOON)
    acts.submit_comment(session, build.acting(session, kenya.head), paper, NOON)
    commit(session)
    address = f"/en/consultations/{opened.slug}/comments/1"
    assert "Comments that we co-sponsor" in signed_in_as(uganda.contributor).get(at(opened)).text
    assert "Step back from it" not in signed_in_as(uganda.deputy).get(address).text
    head = signed_in_as(uganda.head)
    assert "Step back from it" in head.get(address).text
    assert head.send(f"{address}/co-sponsors/withdrawal", {}).status_code == 303
    assert "Uganda Bar" not in client.get(address).text
    session.expire_all()
    assert session.scalars(select(CoSponsor)).one().until is not None
    standing = select(Position).where(Position.is_current)
    assert len(session.scalars(standing).all()) == 1


def test_in_restricted_talks_the_parties_are_offered_and_nobody_else(
    session: Session, stopped_at: Callable[..., None], signed_in_as: SignIn
) -> None:
    stopped_at(NOON)
    kenya, uganda = a_delegation(session, levels=2), a_delegation(session, levels=2, name="Uganda Bar")
    outsider = build.an_organisation(session, name="Rwanda Bar")
    parties = [kenya.organisation, uganda.organisation]
    talks = build.an_open_round(session, parties=parties, is_restricted=True, track=Track.MULTILATERAL)
    paper = build.a_paper(session, talks, kenya.head)
    browser = signed_in_as(kenya.head)
    page = browser.get(of(talks, paper, "/co-sponsors?q=bar")).text
    assert "Ask Uganda Bar" in page and "Rwanda Bar" not in page
    sent = {"organisation": outsider.slug, "words": ""}
    assert browser.send(of(talks, paper, "/co-sponsors"), sent).status_code == 404
