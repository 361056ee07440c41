"""The next draft is published once, and not before every comment has its answer and every acceptance its words."""

import pytest
from sqlalchemy import select

from consult.consolidation import acts_publishing
from consult.consolidation.acts_settling import Reason
from consult.consolidation.refusals import NotReady
from consult.core.terms import AmendmentKind, Outcome, SettlementKind
from consult.drafts.models import Draft
from consult.refusals import NotThere
from tests import build
from tests.consolidation.world import EDITORIAL, SHARING, World


def problems(world: World) -> list[tuple[str, int | None]]:
    """What is left, and which comment is concerned."""
    return [(one.kind.value, one.number) for one in world.ready().problems]


def test_nothing_is_published_while_a_round_is_open(world: World) -> None:
    assert problems(world) == [("round_open", None)]
    with pytest.raises(NotReady):
        world.publishes()


def test_everyone_gets_an_answer_first(closed: World) -> None:
    comments = [closed.says("1.1"), closed.says("whole"), closed.says("1.2")]
    assert problems(closed) == [("not_disposed", one.number) for one in comments]
    closed.disposes(comments[0], Outcome.NOTED)
    with pytest.raises(NotReady) as refused:
        closed.publishes()
    assert refused.value.count == 2
    for one in comments[1:]:
        closed.disposes(one, Outcome.NOTED)
    assert closed.publishes().ordinal == 1


def test_withdrawn_superseded_and_hidden_comments_need_no_answer(closed: World) -> None:
    head = build.a_delegate(closed.session)
    gone, hidden = closed.says("1.1", head=head), closed.says("1.1")
    closed.withdraws(gone, head)
    closed.hides(hidden)
    assert problems(closed) == []


def test_accepted_means_that_the_text_says_so(closed: World) -> None:
    asked = closed.says("1.2", SHARING.replace("thirty", "fifteen"))
    closed.disposes(asked)
    assert problems(closed) == [("not_carried_out", asked.number)]
    closed.settles("1.2", text=SHARING.replace("thirty", "twenty"), otherwise=EDITORIAL)
    assert problems(closed) == [("not_carried_out", asked.number)]
    closed.resettles(
        closed.clause("1.2").clause_id, SettlementKind.REPLACE, SHARING.replace("thirty", "fifteen")
    )
    assert problems(closed) == []


def test_accepted_in_principle_means_that_the_words_given_stand_there(closed: World) -> None:
    asked = closed.says("1.2", SHARING.replace("thirty", "fifteen"))
    closed.disposes(asked, Outcome.ACCEPTED_IN_PRINCIPLE, words="without delay")
    assert problems(closed) == [("not_carried_out", asked.number)]
    closed.settles("1.2", text=SHARING.replace("within thirty days", "without delay"))
    assert problems(closed) == []


def test_accepted_in_part_without_any_part_is_a_warning(closed: World) -> None:
    asked = closed.says("1.2", SHARING.replace("thirty", "fifteen"))
    closed.disposes(asked, Outcome.ACCEPTED_IN_PART)
    ready = closed.ready()
    assert (ready.problems, [one.number for one in ready.warnings]) == ((), [asked.number])


def test_accepted_in_part_is_carried_out_where_some_change_rests_on_it(closed: World) -> None:
    asked = closed.says("1.2", SHARING.replace("thirty days", "fifteen days after a serious incident"))
    closed.disposes(asked, Outcome.ACCEPTED_IN_PART)
    closed.settles("1.2", text=SHARING.replace("thirty", "twenty"), otherwise=Reason((asked.number,)))
    assert closed.ready().warnings == ()


def test_a_deletion_that_was_accepted_is_carried_out_with_the_section(closed: World) -> None:
    asked = closed.says("2.1", kind=AmendmentKind.DELETE)
    closed.disposes(asked)
    assert problems(closed) == [("not_carried_out", asked.number)]
    closed.settles("2", SettlementKind.DELETE, otherwise=EDITORIAL)
    assert problems(closed) == []


def test_a_new_clause_that_was_accepted_stands_after_the_one_named(closed: World) -> None:
    asked = closed.says("2.1", "Its members should be independent.", kind=AmendmentKind.INSERT_AFTER)
    closed.disposes(asked)
    closed.inserts(closed.clause("2.2").clause_id, "Its members should be independent.", otherwise=EDITORIAL)
    assert problems(closed) == [("not_carried_out", asked.number)]
    closed.inserts(closed.clause("2.1").clause_id, "Its members should be independent.", otherwise=EDITORIAL)
    assert problems(closed) == []


def test_only_a_moderator_publishes(closed: World) -> None:
    delegate = build.acting(closed.session, build.a_delegate(closed.session))
    with pytest.raises(NotThere):
        acts_publishing.publish_draft(closed.session, delegate, closed.consultation, 0)


def test_pressed_twice_it_is_published_once(closed: World) -> None:
    closed.settles("1.1", text="Every system should be tested.", otherwise=EDITORIAL)
    first, second = closed.publishes(), closed.publishes()
    assert first.id == second.id
    assert closed.session.scalars(select(Draft.ordinal).order_by(Draft.ordinal)).all() == [0, 1]


def test_a_draft_without_a_round_has_no_successor(closed: World) -> None:
    draft = closed.publishes()
    closed.draft = draft
    assert problems(closed) == [("no_round", None)]
    with pytest.raises(NotReady):
        closed.publishes()


def test_a_clause_that_nobody_settled_stays_as_it_is(closed: World) -> None:
    draft = closed.publishes()
    assert closed.shape(draft) == closed.shape(closed.draft)
    texts = {
        line: closed.clause(line, draft).text_id == closed.clause(line).text_id
        for line in ("1.1", "1.2", "2.1")
    }
    assert texts == {"1.1": True, "1.2": True, "2.1": True}
