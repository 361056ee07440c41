"""The desk's pages, walked as a moderator does without script; and what everybody sees once it is published."""

import re
from collections.abc import Callable
from datetime import timedelta

import html5lib
import pytest
from sqlalchemy import select

from consult.comments.models import Comment
from consult.consolidation.models import Disposition, Settlement, Theme
from consult.core.terms import AmendmentKind, Outcome, SettlementKind, StakeholderGroup, Stance
from consult.db import commit
from consult.drafts.models import Draft
from consult.people.models import Person
from tests import build
from tests.conftest import Client
from tests.consolidation.world import EDITORIAL, SHARING, World

BASE = "/en/consultations/testing"
DESK = f"{BASE}/desk/"

SignIn = Callable[[Person], Client]


def words(html: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def desk(closed: World, signed_in_as: SignIn) -> Client:
    """The moderator's browser."""
    return signed_in_as(closed.moderator)


@pytest.mark.parametrize("path", ["", "c2", "publication"])
def test_only_moderators_find_the_desk(
    closed: World, client: Client, signed_in_as: SignIn, path: str
) -> None:
    assert client.get(DESK + path).status_code == 404
    assert signed_in_as(build.a_delegate(closed.session)).get(DESK + path).status_code == 404
    assert signed_in_as(closed.moderator).get(DESK + path).status_code == 200


@pytest.mark.parametrize("path", ["c2/dispositions", "c2/settlement", "c2/themes", "publication"])
def test_nobody_else_acts_at_the_desk(closed: World, signed_in_as: SignIn, path: str) -> None:
    assert signed_in_as(build.a_delegate(closed.session)).send(DESK + path).status_code == 404


def test_the_list_tells_how_far_each_clause_is(closed: World, desk: Client) -> None:
    closed.disposes(closed.says("1.1"), Outcome.NOTED)
    closed.says("1.2")
    page = words(desk.get(DESK).text)
    assert "1 of 2 comments disposed" in page
    assert "1 of 1" in page
    assert "0 of 1" in page
    left = words(desk.get(DESK + "?left=1").text)
    assert "0 of 1" in left
    assert "1 of 1" not in left


def test_while_the_round_is_open_nothing_can_be_decided(
    world: World, signed_in_as: SignIn, stopped_at
) -> None:
    world.says("1.1", "Every system should be tested.")
    stopped_at(world.opens + timedelta(days=3))
    page = signed_in_as(world.moderator).get(DESK + "c2").text
    assert "Nothing can be decided yet" in page
    assert 'name="outcome"' not in page
    assert 'name="text"' not in page


def test_equal_proposals_lie_together_and_are_answered_at_once(closed: World, desk: Client) -> None:
    first, second = (closed.says("1.2", SHARING.replace("thirty", "fifteen")) for _ in range(2))
    page = desk.get(DESK + "c3").text
    assert "Dispose of these 2 comments alike" in page
    assert "<del>thirty</del> <ins>fifteen</ins>" in page
    sent = {"numbers": f"{first.number},{second.number}", "seen": f"{first.number}:-,{second.number}:-,"}
    answer = desk.send(
        DESK + "c3/dispositions", {**sent, "outcome": "accepted", "answer": "Both ask for it."}
    )
    assert answer.status_code == 303
    assert len(closed.session.scalars(select(Disposition)).all()) == 2
    page = words(desk.get(DESK + "c3").text)
    assert "2 of 2 comments disposed" in page
    assert "Both ask for it." in page
    assert "Not in the next text yet" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"outcome": "", "answer": "My long answer."}, "Choose what becomes of the comment."),
        ({"outcome": "noted", "answer": ""}, "Write an answer to the author"),
        ({"outcome": "accepted_in_principle", "answer": "My long answer."}, "needs the words used"),
        (
            {"outcome": "answered_with", "answer": "My long answer.", "answered_with": "#99"},
            "with which other comment",
        ),
    ],
)
def test_a_refused_disposition_keeps_what_was_written(
    closed: World, desk: Client, fields: dict[str, str], said: str
) -> None:
    comment = closed.says("1.1")
    sent = {"numbers": str(comment.number), "seen": f"{comment.number}:-,", **fields}
    answer = desk.send(DESK + "c2/dispositions", sent)
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert fields["answer"] in answer.text
    assert closed.session.scalars(select(Disposition)).all() == []


def test_a_moderator_who_saw_an_older_state_is_told_and_keeps_her_words(
    closed: World, desk: Client, signed_in_as: SignIn
) -> None:
    comment = closed.says("1.1", "Every system should be tested.")
    other = signed_in_as(build.a_moderator(closed.session))
    sent = {"numbers": str(comment.number), "seen": f"{comment.number}:-,", "outcome": "noted"}
    assert desk.send(DESK + "c2/dispositions", {**sent, "answer": "The first answer."}).status_code == 303
    answer = other.send(DESK + "c2/dispositions", {**sent, "answer": "The second answer."})
    assert answer.status_code == 422
    assert "The first answer." in answer.text
    assert "The second answer." in answer.text
    text = {"seen": "0", "kind": "replace", "editorial": "1"}
    assert desk.send(DESK + "c2/settlement", {**text, "text": "One wording."}).status_code == 303
    answer = other.send(DESK + "c2/settlement", {**text, "text": "Another wording."})
    assert answer.status_code == 422
    assert closed.moderator.name in words(answer.text)
    assert "Another wording." in answer.text


def test_accepted_amendments_are_merged_and_saved_with_their_reasons(closed: World, desk: Client) -> None:
    fifteen = closed.says("1.2", SHARING.replace("thirty", "fifteen"))
    public = closed.says("1.2", SHARING.replace("authority", "authority and the public"))
    closed.disposes(fifteen)
    closed.disposes(public)
    page = desk.get(DESK + "c3").text
    merged = "Test results should be shared with the authority and the public within fifteen days."
    assert merged in page
    assert "no reason yet" not in page
    answer = desk.send(DESK + "c3/settlement", {"seen": "0", "kind": "replace", "text": merged})
    assert answer.status_code == 303
    assert answer.location.endswith("/desk/c4")
    assert "Carried out in the next text" in desk.get(DESK + "c3").text


def test_a_collision_is_chosen_or_kept_in_brackets_with_its_reason(closed: World, desk: Client) -> None:
    for days in ("fifteen", "sixty"):
        closed.disposes(closed.says("1.2", SHARING.replace("thirty", days)), Outcome.ACCEPTED_IN_PART)
    page = desk.get(DESK + "c3").text
    assert "These collide over “thirty”" in page
    (key,) = set(re.findall(r'name="choice-([^"]+)"', page))
    sent = {
        "seen": "0",
        "kind": "replace",
        "text": SHARING,
        f"choice-{key}": "brackets",
        f"why-{key}": "Still open.",
    }
    merged = desk.send(DESK + "c3/settlement", {**sent, "merge": "1"}).text
    text = SHARING.replace("thirty", "[fifteen] [sixty]")
    assert f">{text}</textarea>" in merged
    assert 'value="Still open."' in merged
    assert closed.session.scalars(select(Settlement)).all() == []
    assert desk.send(DESK + "c3/settlement", {**sent, "text": text}).status_code == 303
    row = closed.session.scalars(select(Settlement)).one()
    assert row.choices == {key: {"choice": "brackets", "reason": "Still open."}}
    chosen = desk.send(DESK + "c3/settlement", {**sent, f"choice-{key}": "2", "merge": "1"}).text
    assert f">{SHARING.replace('thirty', 'sixty')}</textarea>" in chosen


def test_a_change_without_a_reason_is_shown_and_can_be_given_one(closed: World, desk: Client) -> None:
    noted = closed.says("1.2", reasons="Name the minister.")
    closed.disposes(noted, Outcome.NOTED)
    text = SHARING.replace("authority", "minister")
    sent = {"seen": "0", "kind": "replace", "text": text}
    answer = desk.send(DESK + "c3/settlement", sent)
    assert answer.status_code == 422
    assert "One change has no reason: “authority”" in words(answer.text)
    assert f">{text}</textarea>" in answer.text
    (key,) = set(re.findall(r'name="cite-([^"]+)"', answer.text))
    assert desk.send(DESK + "c3/settlement", {**sent, f"cite-{key}": "#99"}).status_code == 422
    assert desk.send(DESK + "c3/settlement", {**sent, f"cite-{key}": f"#{noted.number}"}).status_code == 303
    again = desk.get(DESK + "c3").text
    assert f'name="cite-{key}" value="#{noted.number}"' in again


def test_the_places_of_a_clause_are_settled_on_the_same_form(closed: World, desk: Client) -> None:
    page = desk.get(DESK + "c2").text
    assert "Join with the next clause (1.2)" in words(page)
    sent = {"seen": "0", "editorial": "1", "text": "Every system should be tested before release."}
    assert desk.send(DESK + "c2/settlement", {**sent, "kind": "move", "place": "c6"}).status_code == 303
    page = desk.get(DESK + "c2").text
    assert '<option value="c6" selected>' in page
    assert desk.send(DESK + "c3/settlement", {**sent, "kind": "join", "text": "Both."}).status_code == 303
    assert desk.send(DESK + "c7/settlement", {**sent, "kind": "delete"}).status_code == 303
    assert closed.session.scalars(select(Settlement.kind).order_by(Settlement.id)).all() == [
        SettlementKind.MOVE,
        SettlementKind.JOIN,
        SettlementKind.DELETE,
    ]


def test_a_clause_is_inserted_and_has_its_own_place_at_the_desk(closed: World, desk: Client) -> None:
    new = {"after": "1", "kind": "insert", "text": "A precious new clause."}
    refused = desk.send(DESK + "c2/settlement", new)
    assert refused.status_code == 422
    assert ">A precious new clause.</textarea>" in refused.text
    assert desk.send(DESK + "c2/settlement", {**new, "editorial": "1"}).status_code == 303
    assert "A precious new clause." in desk.get(DESK + "c2").text
    own = desk.get(DESK + "c8").text
    assert ">A precious new clause.</textarea>" in own
    sent = {"seen": "1", "kind": "insert", "text": "A better clause.", "editorial": "1"}
    assert desk.send(DESK + "c8/settlement", sent).status_code == 303
    assert "A better clause." in desk.get(DESK + "c2").text


def test_comments_lie_by_theme_by_group_and_by_stance(closed: World, desk: Client) -> None:
    one = closed.says("1.1", reasons="How soon?", group=StakeholderGroup.ACADEMIA)
    closed.says("1.1", reasons="Who pays?", stance=Stance.OBJECT)
    sent = {"numbers": str(one.number), "theme": "How soon"}
    assert desk.send(DESK + "c2/themes", sent).status_code == 303
    page = words(desk.get(DESK + "c2").text)
    assert page.index(
        "How soon 1 comment" if "How soon 1 comment" in page else "How soon one comment"
    ) < page.index("In no theme")
    assert "Academia" in desk.get(DESK + "c2?by=group").text
    assert desk.get(DESK + "c2?by=stance").status_code == 200
    assert "Answer #2" in page
    assert desk.send(DESK + "c2/themes", {**sent, "theme": ""}).status_code == 303
    assert closed.session.scalars(select(Theme)).all() == []


def test_publication_lists_what_is_left_with_links_and_then_happens_once(closed: World, desk: Client) -> None:
    comment = closed.says("1.1")
    page = desk.get(DESK + "publication").text
    assert f"Comment #{comment.number} has no disposition." in page
    assert f"/desk/c2#a{comment.number}" in page
    assert desk.send(DESK + "publication", {"after": "0"}).status_code == 422
    closed.disposes(comment, Outcome.NOTED)
    assert desk.send(DESK + "publication", {"after": "0"}).location.endswith("/drafts/1/")
    assert desk.send(DESK + "publication", {"after": "0"}).location.endswith("/drafts/1/")
    assert len(closed.session.scalars(select(Draft)).all()) == 2


@pytest.fixture
def published(closed: World) -> World:
    """A first revision with a change, a new clause, a deletion and two answers."""
    fifteen = closed.says("1.2", SHARING.replace("thirty", "fifteen"))
    remark = closed.says("2.2", kind=AmendmentKind.DELETE)
    closed.disposes(fifteen, answer="Fifteen days it is.")
    closed.disposes(remark)
    closed.settles("1.2", text=SHARING.replace("thirty", "fifteen"))
    closed.settles("2.2", SettlementKind.DELETE)
    closed.inserts(closed.clause("1.1").clause_id, "Results are kept.", otherwise=EDITORIAL)
    closed.publishes()
    commit(closed.session)
    return closed


def test_everybody_reads_what_changed_and_why(published: World, client: Client) -> None:
    page = client.get(f"{BASE}/drafts/1/changes")
    assert page.status_code == 200
    assert '<del>thirty</del> <ins>fifteen</ins><a href="#c3s1"><sup>1</sup></a>' in page.text
    said = words(page.text)
    assert "3 clauses changed, one got only another number, 4 are as they were." in said
    assert "1.3 changed was 1.2" in said
    assert "Editorial, by the moderators" in said
    assert "2.2 deleted" in said
    assert "1.3 → 1.4" in said


@pytest.mark.parametrize(
    "path", ["drafts/0/changes", "drafts/1/changes?from=1", "drafts/7/changes", "rounds/3/responses"]
)
def test_what_is_not_there_is_not_there(published: World, client: Client, path: str) -> None:
    assert client.get(f"{BASE}/{path}").status_code == 404


def test_answers_are_read_once_they_are_published_and_not_before(closed: World, client: Client) -> None:
    closed.disposes(closed.says("1.1"), Outcome.NOTED, answer="A secret so far.")
    assert client.get(f"{BASE}/rounds/1/responses").status_code == 404
    closed.publishes()
    assert "A secret so far." in client.get(f"{BASE}/rounds/1/responses").text


def test_each_author_sees_what_became_of_the_comment_and_where(published: World, client: Client) -> None:
    said = words(client.get(f"{BASE}/rounds/1/responses").text)
    assert "Fifteen days it is." in said
    assert "Clause 1.3 as asked" in said
    assert "Clause 2.2 was deleted" in said
    voice = client.get(f"{BASE}/rounds/1/responses?outcome=not_accepted")
    assert "No comment answers to this choice." in voice.text
    slugs = re.findall(r'<option value="(organisation-\d+)"', client.get(f"{BASE}/rounds/1/responses").text)
    one = words(client.get(f"{BASE}/rounds/1/responses?voice={slugs[0]}").text)
    assert ("#1" in one) != ("#2" in one)


def test_answers_come_fifty_a_page(closed: World, client: Client) -> None:
    head = build.a_delegate(closed.session)
    for _ in range(52):
        closed.disposes(closed.says("1.1", head=head), Outcome.NOTED)
    closed.publishes()
    first = client.get(f"{BASE}/rounds/1/responses").text
    assert 'id="r50"' in first
    assert 'id="r51"' not in first
    assert "number=51" in first
    second = client.get(f"{BASE}/rounds/1/responses?number=51").text
    assert 'id="r52"' in second
    assert 'id="r50"' not in second


def _queries(count_queries, browser: Client, path: str) -> int:
    browser.get(path)
    return count_queries(lambda: browser.get(path))


def test_a_desk_with_thirty_comments_costs_the_queries_of_one(
    closed: World, desk: Client, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    def said(clause: str, count: int) -> None:
        for at in range(count):
            comment = closed.says(clause, f"Words number {at}.")
            closed.disposes(comment, Outcome.NOT_ACCEPTED)

    said("1.1", 1)
    said("1.2", 30)
    commit(closed.session)
    one, thirty = _queries(count_queries, desk, DESK + "c2"), _queries(count_queries, desk, DESK + "c3")
    assert one == thirty
    few = _queries(count_queries, desk, DESK)
    said("2.1", 30)
    commit(closed.session)
    assert _queries(count_queries, desk, DESK) == few


def test_the_public_pages_cost_the_same_however_much_was_said(
    closed: World, signed_in_as: SignIn, count_queries: Callable[[Callable[[], object]], int], stopped_at
) -> None:
    desk = signed_in_as(closed.moderator)
    comment = closed.says("1.1", "Every system should be tested.")
    closed.disposes(comment)
    closed.settles("1.1", text="Every system should be tested.")
    closed.publishes()
    few = [
        _queries(count_queries, desk, f"{BASE}/{path}") for path in ("drafts/1/changes", "rounds/1/responses")
    ]
    opens = closed.after + timedelta(days=1)
    closed.round = closed.next_round(opens, opens + timedelta(days=30))
    closed.opens, closed.closes = opens, opens + timedelta(days=30)
    stopped_at(closed.closes + timedelta(days=1))
    for clause in ("1.1", "1.2", "1.3", "2.1", "2.2"):
        for at in range(4):
            closed.disposes(closed.says(clause, f"Words number {at} of {clause}."), Outcome.NOT_ACCEPTED)
        text = f"New words of {clause}."
        closed.settles(clause, text=text, otherwise=EDITORIAL)
    closed.publishes()
    desk = signed_in_as(closed.moderator)  # the first time in ran out with the round
    many = [
        _queries(count_queries, desk, f"{BASE}/{path}") for path in ("drafts/2/changes", "rounds/2/responses")
    ]
    assert many == few
    assert len(closed.session.scalars(select(Comment)).all()) == 21


@pytest.mark.parametrize(
    "path",
    [
        "desk/",
        "desk/c3",
        "desk/c8",
        "desk/whole",
        "desk/publication",
        "drafts/1/changes",
        "rounds/1/responses",
    ],
)
def test_every_page_is_sound_html(published: World, signed_in_as: SignIn, path: str) -> None:
    page = signed_in_as(published.moderator).get(f"{BASE}/{path}")
    assert page.status_code == 200
    html5lib.HTMLParser(strict=True).parse(page.text)


def test_a_desk_in_use_is_sound_html(closed: World, desk: Client) -> None:
    for days in ("fifteen", "sixty"):
        closed.disposes(closed.says("1.2", SHARING.replace("thirty", days)), Outcome.ACCEPTED_IN_PART)
    closed.says("1.2", stance=Stance.OBJECT, reasons="Ten days would lift it.")
    closed.inserts(closed.clause("1.2").clause_id, "New.", otherwise=EDITORIAL)
    html5lib.HTMLParser(strict=True).parse(desk.get(DESK + "c3").text)
    refused = desk.send(
        DESK + "c3/settlement", {"seen": "0", "kind": "replace", "text": "Other words entirely."}
    )
    html5lib.HTMLParser(strict=True).parse(refused.text)
