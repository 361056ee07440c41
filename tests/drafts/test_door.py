"""The one door: what is not for this reader does not exist, and passing it costs the same however long the draft."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from consult.core.actors import VISITOR
from consult.core.terms import ClauseKind, StakeholderGroup, Track
from consult.db import commit
from consult.drafts import acts
from consult.drafts.models import Consultation
from consult.drafts.reads import KEPT, clause_count, consultation, consultations, tree
from consult.drafts.reads_tree import TREES
from consult.people.models import Organisation, Person
from consult.refusals import NotThere
from tests import build
from tests.conftest import Client

PAGES = (
    "",
    "rounds/",
    "record",
    "drafts/0/",
    "drafts/0/clauses/c1",
    "drafts/0/consensus",
    "drafts/0/documents",
)


def long_draft(clauses: int) -> tuple[acts.NewClause, ...]:
    """A section with so many clauses."""
    words = [
        acts.NewClause(ClauseKind.CLAUSE, 1, f"1.{n}", "", f"Clause {n} says so.")
        for n in range(1, clauses + 1)
    ]
    return (acts.NewClause(ClauseKind.SECTION, 0, "1", "All of it", ""), *words)


def between(session: Session, *parties: Organisation) -> build.Opened:
    """Talks that only their parties see."""
    return build.an_open_round(session, parties=parties, track=Track.BILATERAL, is_restricted=True)


def in_preparation(session: Session) -> tuple[Person, Consultation]:
    """A consultation whose draft waits to be published, and its moderator."""
    moderator = build.a_moderator(session)
    actor = build.acting(session, moderator)
    new = acts.NewConsultation("Waiting", "Not yet.", "en", ("en",), Track.OPEN)
    row = acts.start_consultation(session, actor, new)
    acts.add_draft(session, actor, row, build.A_DRAFT)
    return moderator, row


@pytest.mark.parametrize("page", PAGES)
def test_a_restricted_consultation_does_not_exist_for_others(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client], page: str
) -> None:
    kenya, togo = build.an_organisation(session, country="KE"), build.an_organisation(session, country="TG")
    opened = between(session, kenya, togo)
    address = f"/en/consultations/{opened.slug}/{page}"
    assert signed_in_as(build.a_delegate(session, kenya)).get(address).status_code == 200
    nothing = client.get(f"/en/consultations/nowhere/{page}").text
    assert client.get(address).text.replace(opened.slug, "nowhere") == nothing
    for browser in (
        client,
        signed_in_as(build.a_delegate(session)),
        signed_in_as(build.an_administrator(session)),
    ):
        answer = browser.get(address)
        assert answer.status_code == 404
        assert "There is nothing at this address" in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_what_is_in_preparation_does_not_exist_for_visitors(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client], page: str
) -> None:
    moderator, row = in_preparation(session)
    address = f"/en/consultations/{row.slug}/{page}"
    assert client.get(address).status_code == 404
    assert signed_in_as(moderator).get(address).status_code == (404 if page.endswith("documents") else 200)


def test_the_list_shows_each_reader_what_is_hers(session: Session) -> None:
    moderator, waiting = in_preparation(session)
    kenya = build.an_organisation(session)
    closed, opened = between(session, kenya, build.an_organisation(session)), build.an_open_round(session)
    commit(session)
    seen = {
        "a visitor": consultations(session, VISITOR, "en"),
        "a party": consultations(session, build.acting(session, build.a_delegate(session, kenya)), "en"),
        "a moderator": consultations(session, build.acting(session, moderator), "en"),
    }
    assert [one.slug for one in seen["a visitor"]] == [opened.slug]
    assert [one.slug for one in seen["a party"]] == [opened.slug, closed.slug]
    assert [one.slug for one in seen["a moderator"]] == [opened.slug, closed.slug, waiting.slug]


def test_an_unpublished_draft_is_met_by_moderators_only(session: Session) -> None:
    moderator, row = in_preparation(session)
    commit(session)
    found = consultation(session, build.acting(session, moderator), row.slug, "en")
    assert [line.ordinal for line in found.drafts] == [0] and found.newest is None
    with pytest.raises(NotThere):
        consultation(session, VISITOR, row.slug, "en")


@pytest.mark.parametrize(
    ("named", "on_roster", "required"),
    [
        ((StakeholderGroup.ACADEMIA,), (StakeholderGroup.GOVERNMENT,), (StakeholderGroup.ACADEMIA,)),
        (
            (),
            (StakeholderGroup.CIVIL_SOCIETY, StakeholderGroup.GOVERNMENT),
            (StakeholderGroup.GOVERNMENT, StakeholderGroup.CIVIL_SOCIETY),
        ),
        ((), (), tuple(StakeholderGroup)),
    ],
    ids=["those named", "those on the roster", "all six"],
)
def test_the_groups_that_must_be_heard(
    session: Session,
    named: tuple[StakeholderGroup, ...],
    on_roster: tuple[StakeholderGroup, ...],
    required: tuple[StakeholderGroup, ...],
) -> None:
    parties = [build.an_organisation(session, group=group) for group in on_roster]
    opened = build.an_open_round(session, parties=parties, required_groups=named)
    commit(session)
    assert consultation(session, VISITOR, opened.slug, "en").required == required


def test_who_is_not_accredited_makes_no_group_required(session: Session) -> None:
    parties = [
        build.an_organisation(session, group=StakeholderGroup.GOVERNMENT),
        build.an_organisation(session, group=StakeholderGroup.ACADEMIA, accredited=False),
    ]
    opened = build.an_open_round(session, parties=parties)
    commit(session)
    assert consultation(session, VISITOR, opened.slug, "en").required == (StakeholderGroup.GOVERNMENT,)


def test_the_door_and_the_tree_cost_the_same_for_twenty_clauses_and_five_hundred(
    session: Session, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    prices = []
    for length in (20, 500):
        opened = build.an_open_round(session, clauses=long_draft(length))
        commit(session)
        KEPT.forget()
        TREES.forget()

        def enter(slug: str = opened.slug) -> int:
            found = consultation(session, VISITOR, slug, "en")
            assert found.newest is not None
            return clause_count(session, found.newest) + len(tree(session, found.newest.id))

        prices.append((count_queries(enter), count_queries(enter)))
        assert enter() == 2 * length + 2
    assert prices[0] == prices[1]
    assert prices[0][1] < prices[0][0]


def test_the_list_costs_the_same_for_one_and_for_ten(
    session: Session, client: Client, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    build.an_open_round(session)
    commit(session)
    one = count_queries(lambda: client.get("/en/"))
    for _ in range(9):
        build.an_open_round(session, parties=[build.an_organisation(session)])
    commit(session)
    assert count_queries(lambda: client.get("/en/")) == one


def test_what_is_remembered_never_outlives_an_act(session: Session) -> None:
    moderator, row = in_preparation(session)
    commit(session)
    actor = build.acting(session, moderator)
    before = consultation(session, actor, row.slug, "en")
    assert before.newest is None
    draft = acts.publish_draft(session, actor, acts.add_draft(session, actor, row, build.A_DRAFT))
    commit(session)
    after = consultation(session, actor, row.slug, "en")
    assert after.newest is not None and after.newest.id == draft.id
    assert after.chain_head != before.chain_head
