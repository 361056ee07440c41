"""What a moderator decides of a comment: what each outcome must say, who may, when, and what two do at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from consult.consolidation import acts
from consult.consolidation.acts import NewDisposition
from consult.consolidation.models import Disposition, DispositionsPublished
from consult.consolidation.refusals import (
    AnsweredInACircle,
    AnswerMissing,
    DeferredToNoRound,
    DisposedMeanwhile,
    OtherCommentMissing,
    RoundStillOpen,
    WordsMissing,
)
from consult.core.terms import Outcome, SettlementKind
from consult.db import commit
from consult.languages.models import Text
from consult.record.models import Entry
from consult.refusals import NotThere
from consult.rounds.acts import plan_round
from tests import build
from tests.consolidation.world import EDITORIAL, World


def test_nothing_is_decided_until_a_minute_after_the_close(
    world: World, stopped_at: Callable[[datetime], None]
) -> None:
    comment = world.says("1.1")
    for at in (world.closes - timedelta(days=1), world.closes + timedelta(seconds=59)):
        stopped_at(at)
        with pytest.raises(RoundStillOpen):
            world.disposes(comment)
    stopped_at(world.closes + timedelta(seconds=60))
    assert world.disposes(comment).outcome is Outcome.ACCEPTED


def test_only_a_moderator_decides(closed: World) -> None:
    comment = closed.says("1.1")
    delegate = build.acting(closed.session, build.a_delegate(closed.session))
    with pytest.raises(NotThere):
        acts.dispose_comment(
            closed.session, delegate, comment, closed.round, NewDisposition(Outcome.NOTED, "No.")
        )
    with pytest.raises(NotThere):
        acts.publish_dispositions(closed.session, delegate, closed.round)


@pytest.mark.parametrize(
    ("outcome", "facts", "refusal"),
    [
        (Outcome.NOTED, {"answer": "  "}, AnswerMissing),
        (Outcome.ACCEPTED, {"answer": ""}, AnswerMissing),
        (Outcome.ACCEPTED_IN_PRINCIPLE, {}, WordsMissing),
        (Outcome.ANSWERED_WITH, {}, OtherCommentMissing),
        (Outcome.ANSWERED_WITH, {"answered_with": 99}, OtherCommentMissing),
        (Outcome.ANSWERED_WITH, {"answered_with": 1}, OtherCommentMissing),
        (Outcome.DEFERRED, {"deferred_to": 99}, DeferredToNoRound),
    ],
)
def test_an_outcome_says_what_it_must(
    closed: World, outcome: Outcome, facts: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        closed.disposes(closed.says("1.1"), outcome, **facts)


def test_a_comment_cannot_be_deferred_to_the_round_it_was_made_in(closed: World) -> None:
    with pytest.raises(DeferredToNoRound):
        closed.disposes(closed.says("1.1"), Outcome.DEFERRED, deferred_to=closed.round.id)


def test_two_comments_are_not_answered_with_each_other(closed: World) -> None:
    one, other, third = closed.says("1.1"), closed.says("1.2"), closed.says("2.1")
    closed.disposes(one, Outcome.ANSWERED_WITH, answered_with=other.number)
    closed.disposes(other, Outcome.ANSWERED_WITH, answered_with=third.number)
    with pytest.raises(AnsweredInACircle):
        closed.disposes(third, Outcome.ANSWERED_WITH, answered_with=one.number)
    closed.disposes(one, Outcome.NOTED)
    assert (
        closed.disposes(third, Outcome.ANSWERED_WITH, answered_with=one.number).answered_with_comment_id
        == one.id
    )


def test_the_words_used_are_in_the_language_of_the_source(closed: World) -> None:
    made = closed.disposes(
        closed.says("1.1"), Outcome.ACCEPTED_IN_PRINCIPLE, words="before use", language="ar"
    )
    answer, words = (
        closed.session.get_one(Text, made.answer_text_id),
        closed.session.get_one(Text, made.words_text_id),
    )
    assert (answer.language, words.language) == ("ar", "en")


def test_a_second_decision_replaces_the_first_and_keeps_it(closed: World) -> None:
    comment = closed.says("1.1")
    first = closed.disposes(comment, Outcome.NOTED)
    second = closed.disposes(comment, Outcome.NOT_ACCEPTED)
    assert second.replaces_id == first.id
    assert len(closed.session.scalars(select(Disposition)).all()) == 2


def test_two_moderators_cannot_decide_over_each_other_unseen(closed: World) -> None:
    comment = closed.says("1.1")
    other = build.acting(closed.session, build.a_moderator(closed.session))
    new = NewDisposition(Outcome.NOTED, "Thank you.")
    dispose = lambda who, seen: acts.dispose_comments(  # noqa: E731
        closed.session, who, closed.consultation, closed.round, [comment.number], new, {comment.number: seen}
    )
    (first,) = dispose(closed.actor, None)
    with pytest.raises(DisposedMeanwhile):
        dispose(other, None)
    assert dispose(other, first.id)[0].replaces_id == first.id


def test_several_that_ask_the_same_are_answered_at_once(closed: World) -> None:
    comments = [closed.says("1.1", "Every system should be tested.") for _ in range(3)]
    numbers = [one.number for one in comments]
    new = NewDisposition(Outcome.ACCEPTED, "Yes.")
    made = acts.dispose_comments(
        closed.session, closed.actor, closed.consultation, closed.round, numbers, new
    )
    assert [one.comment_id for one in made] == [one.id for one in comments]
    with pytest.raises(NotThere):
        acts.dispose_comments(closed.session, closed.actor, closed.consultation, closed.round, [1, 77], new)
    with pytest.raises(NotThere):
        acts.dispose_comments(closed.session, closed.actor, closed.consultation, closed.round, [], new)


def test_dispositions_become_public_once_and_then_the_record_tells_each(closed: World) -> None:
    comment = closed.says("1.1")
    closed.disposes(comment, Outcome.NOTED)
    commit(closed.session)
    told = select(Entry.act).where(Entry.act.in_(["comment.disposed", "dispositions.published"]))
    assert closed.session.scalars(told).all() == []
    acts.publish_dispositions(closed.session, closed.actor, closed.round)
    acts.publish_dispositions(closed.session, closed.actor, closed.round)
    commit(closed.session)
    assert closed.session.scalars(told.order_by(Entry.id)).all() == [
        "dispositions.published",
        "comment.disposed",
    ]
    assert len(closed.session.scalars(select(DispositionsPublished)).all()) == 1
    closed.disposes(comment, Outcome.OUT_OF_SCOPE)
    commit(closed.session)
    assert closed.session.scalars(told.order_by(Entry.id)).all()[-1] == "comment.disposed"


def test_a_deferred_comment_comes_up_again_in_the_next_round(
    closed: World, stopped_at: Callable[[datetime], None]
) -> None:
    comment = closed.says("1.1", "Every system should be tested.")
    closed.disposes(comment, Outcome.DEFERRED)
    closed.settles("2.2", SettlementKind.DELETE, otherwise=EDITORIAL)
    closed.publishes()
    opens = closed.after + timedelta(days=1)
    following = closed.next_round(opens, opens + timedelta(days=10))
    stopped_at(opens + timedelta(days=11))
    (problem,) = closed.ready().problems
    assert (problem.number, problem.code) == (comment.number, "c2")
    closed.round = following
    closed.disposes(comment, Outcome.ACCEPTED)
    closed.settles("1.1", text="Every system should be tested.")
    assert closed.ready().problems == ()
    assert closed.shape(closed.publishes())[1] == ("c2", "1.1", "Every system should be tested.")


def test_a_deferred_comment_follows_its_clause_into_what_it_was_joined_with(
    closed: World, stopped_at: Callable[[datetime], None]
) -> None:
    comment = closed.says("2.2")
    closed.disposes(comment, Outcome.DEFERRED)
    both = "An authority should supervise the tests. It should publish a report each year."
    closed.settles(
        "2.1", SettlementKind.JOIN, both, joined_clause_id=closed.clause("2.2").clause_id, otherwise=EDITORIAL
    )
    closed.publishes()
    opens = closed.after + timedelta(days=1)
    closed.next_round(opens, opens + timedelta(days=10))
    stopped_at(opens + timedelta(days=11))
    (problem,) = closed.ready().problems
    assert (problem.number, problem.code) == (comment.number, "c6")


def test_a_comment_of_another_round_is_not_decided_here(
    closed: World, stopped_at: Callable[[datetime], None]
) -> None:
    comment = closed.says("1.1")
    closed.disposes(comment, Outcome.NOTED)
    closed.publishes()
    opens = closed.after + timedelta(days=1)
    following = closed.next_round(opens, opens + timedelta(days=10))
    stopped_at(opens + timedelta(days=11))
    with pytest.raises(NotThere):
        acts.dispose_comment(
            closed.session, closed.actor, comment, following, NewDisposition(Outcome.NOTED, "Again.")
        )


def test_each_comment_is_decided_in_its_own_round_of_several_on_one_draft(
    world: World, stopped_at: Callable[[datetime], None]
) -> None:
    comment = world.says("1.1")
    stopped_at(build.NOON)
    second = plan_round(
        world.session,
        world.actor,
        world.consultation,
        world.draft,
        world.closes + timedelta(days=1),
        world.closes + timedelta(days=9),
    )
    stopped_at(world.closes + timedelta(days=10))
    new = NewDisposition(Outcome.NOTED, "Thank you.")
    (made,) = acts.dispose_comments(
        world.session, world.actor, world.consultation, second, [comment.number], new
    )
    assert made.round_id == world.round.id
