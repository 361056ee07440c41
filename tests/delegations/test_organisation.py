"""An organisation's public page: who it is, what it said, what became of it, for each reader what she may see."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from consult.comments import acts
from consult.core.terms import OrganisationState, Track
from consult.db import commit
from consult.people.models import Person
from tests import build
from tests.conftest import Client
from tests.delegations.world import NOON, a_delegation

SignIn = Callable[[Person], Client]


@pytest.fixture
def opened(session: Session, stopped_at: Callable[..., None]) -> build.Opened:
    stopped_at(NOON)
    return build.an_open_round(session)


def test_it_shows_what_the_organisation_said_newest_first(
    session: Session, opened: build.Opened, client: Client
) -> None:
    kenya = build.an_organisation(session, name="Kenya")
    head = build.a_delegate(session, kenya)
    build.a_comment(session, opened, head, "3.1", reasons="First word.")
    build.a_comment(session, opened, head, "3.2", reasons="Second word.")
    build.a_paper(session, opened, head, "3.3", reasons="Not said yet.")
    page = client.get(f"/en/organisations/{kenya.slug}").text
    assert page.index("Second word.") < page.index("First word.")
    assert "Clause 3.2" in page and "Not said yet." not in page and "not answered yet" in page


def test_what_it_said_in_restricted_talks_only_the_parties_read_and_count(
    session: Session, opened: build.Opened, client: Client, signed_in_as: SignIn
) -> None:
    kenya, uganda = build.an_organisation(session, name="Kenya"), build.an_organisation(session)
    talks = build.an_open_round(
        session, parties=[kenya, uganda], is_restricted=True, track=Track.BILATERAL, title="Quiet talks"
    )
    head, other = build.a_delegate(session, kenya), build.a_delegate(session, uganda)
    address = f"/en/organisations/{kenya.slug}"
    before = client.get(address).text
    build.a_comment(session, talks, head, reasons="Between us.")
    assert client.get(address).text == before
    for person in (build.a_delegate(session), build.an_administrator(session)):
        page = signed_in_as(person).get(address).text
        assert "Between us." not in page and "Quiet talks" not in page
        assert "It has said nothing yet that you may read." in page
    page = signed_in_as(other).get(address).text
    assert "Between us." in page and page.count("Quiet talks") >= 2


def test_what_it_co_sponsored_is_marked_and_what_is_hidden_leaves_a_notice(
    session: Session, opened: build.Opened, client: Client
) -> None:
    kenya, uganda = a_delegation(session, levels=2, name="Kenya"), a_delegation(session, levels=2)
    paper = build.a_paper(session, opened, kenya.head, reasons="Jointly said.")
    lead = build.acting(session, kenya.head)
    row = acts.ask_sponsor(session, lead, paper, uganda.organisation.slug, "", NOON)
    acts.clear_sponsorship(session, build.acting(session, uganda.head), row, 1, NOON)
    comment = acts.submit_comment(session, lead, paper, NOON)
    commit(session)
    address = f"/en/organisations/{uganda.organisation.slug}"
    page = client.get(address).text
    assert "It joined a comment of" in page and "Jointly said." in page
    acts.hide_comment(session, build.acting(session, opened.moderator), comment, "It insults.")
    page = client.get(address).text
    assert "Jointly said." not in page and "It insults." in page


def test_twenty_comments_are_a_page(session: Session, opened: build.Opened, client: Client) -> None:
    kenya = build.an_organisation(session)
    head = build.a_delegate(session, kenya)
    for number in range(23):
        build.a_comment(session, opened, head, reasons=f"Word number {number}.")
    first = client.get(f"/en/organisations/{kenya.slug}").text
    assert "Word number 22." in first and "Word number 2." not in first
    after = first[first.index("after=") + 6 :].split("#")[0]
    assert after == f"{opened.slug}.4"
    second = client.get(f"/en/organisations/{kenya.slug}?after={after}").text
    assert "Word number 2." in second and "Word number 0." in second and "Word number 22." not in second
    other = build.a_comment(session, opened).number
    for wrong in (f"{opened.slug}.{other}", f"{opened.slug}.99", "nowhere.1", "3", "%00", "a.b.c"):
        assert "Word number 22." in client.get(f"/en/organisations/{kenya.slug}?after={wrong}").text


def test_it_costs_the_same_for_many_comments_in_many_consultations(
    session: Session,
    opened: build.Opened,
    client: Client,
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    kenya = build.an_organisation(session)
    head = build.a_delegate(session, kenya)

    def cost() -> int:
        commit(session)
        client.get(f"/en/organisations/{kenya.slug}")
        return count_queries(lambda: client.get(f"/en/organisations/{kenya.slug}"))

    build.a_comment(session, opened, head)
    with_one = cost()
    for _ in range(3):
        other = build.an_open_round(session)
        for clause in ("3.1", "3.2", "3.3"):
            build.a_comment(session, other, head, clause)
    assert cost() == with_one


@pytest.mark.parametrize("state", [OrganisationState.PROPOSED, OrganisationState.DECLINED])
def test_what_is_not_in_the_list_is_not_there(
    session: Session, opened: build.Opened, client: Client, state: OrganisationState
) -> None:
    kenya = build.an_organisation(session)
    kenya.state = state
    assert client.get(f"/en/organisations/{kenya.slug}").status_code == 404
    assert client.get("/en/organisations/nobody").status_code == 404


def test_a_disabled_one_says_so(session: Session, opened: build.Opened, client: Client) -> None:
    kenya = build.an_organisation(session)
    kenya.state = OrganisationState.DISABLED
    assert "This organisation is disabled" in client.get(f"/en/organisations/{kenya.slug}").text


def test_a_comment_leads_to_the_page_of_its_organisation(
    session: Session, opened: build.Opened, client: Client
) -> None:
    kenya = build.an_organisation(session)
    build.a_comment(session, opened, build.a_delegate(session, kenya))
    page = client.get(f"/en/consultations/{opened.slug}/comments/1").text
    assert f'href="/en/organisations/{kenya.slug}"' in page
