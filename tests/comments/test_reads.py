"""What readers see of comments, at what price, and what they never see."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from consult.comments import acts, reads
from consult.comments.reads import CommentState, Only
from consult.core.actors import VISITOR
from consult.core.terms import AmendmentKind, SeatKind, Stance, TranslationState
from consult.db import commit
from consult.drafts.reads import Consulted, consultation
from consult.languages.acts import translate_text
from consult.languages.models import Text
from consult.refusals import NotThere
from tests import build

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
FIFTEEN = "Test results should be shared with the competent authority within fifteen days."


@pytest.fixture(autouse=True)
def _noon(stopped_at: Callable[[datetime], None]) -> None:
    stopped_at(NOON)


@pytest.fixture
def opened(session: Session) -> build.Opened:
    return build.an_open_round(session)


def seen(session: Session, opened: build.Opened, actor: object = VISITOR) -> Consulted:
    commit(session)
    return consultation(session, actor, opened.slug, "en")  # type: ignore[arg-type]


def margin(session: Session, opened: build.Opened, **asked: object) -> reads.Margin:
    line = opened.clauses["3.2"]
    asked = {"language": "en", **asked}
    return reads.margin(session, seen(session, opened), opened.draft.id, line.clause_id, **asked)  # type: ignore[arg-type]


def test_the_margin_shows_what_stands_newest_first(session: Session, opened: build.Opened) -> None:
    head = build.a_delegate(session)
    first = build.a_comment(session, opened, head)
    build.a_comment(session, opened, head, supersedes=first.number, propose=FIFTEEN)
    gone = build.a_comment(session, opened, other := build.a_delegate(session))
    acts.withdraw_comment(session, build.acting(session, other), gone, NOON)
    build.a_comment(session, opened, stance=Stance.OBJECT)
    build.a_comment(session, opened, clause="3.1")
    shown = margin(session, opened)
    assert [line.number for line in shown.lines] == [4, 2]
    assert (shown.counts.all, shown.counts.amendments, shown.counts.objections) == (2, 1, 1)
    assert [line.number for line in margin(session, opened, only=Only.AMENDMENTS).lines] == [2]
    assert [line.number for line in margin(session, opened, only=Only.OBJECTIONS).lines] == [4]
    amendment = shown.lines[1].amendment
    assert amendment is not None and amendment.proposed is not None
    assert (amendment.kind, amendment.proposed.body) == (AmendmentKind.REPLACE, FIFTEEN)
    assert {run.text.strip() for run in amendment.runs if run.kind == "insert"} == {"fifteen"}


def test_the_margin_goes_on_after_a_number(session: Session, opened: build.Opened) -> None:
    for _ in range(5):
        build.a_comment(session, opened)
    first = margin(session, opened, size=2)
    assert ([line.number for line in first.lines], first.next) == ([5, 4], 4)
    last = margin(session, opened, size=2, after=2)
    assert ([line.number for line in last.lines], last.next) == ([1], None)


def test_the_margin_costs_the_same_for_thirty_comments_as_for_one(
    session: Session, opened: build.Opened, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    line = opened.clauses["3.2"]

    def cost() -> int:
        consulted = seen(session, opened)
        session.expire_all()
        return count_queries(
            lambda: reads.margin(session, consulted, opened.draft.id, line.clause_id, "en", size=40)
        )

    build.a_comment(session, opened, propose=FIFTEEN)
    with_one = cost()
    for _ in range(29):
        build.a_comment(session, opened, propose=FIFTEEN)
    assert cost() == with_one <= 8


def test_a_hidden_comment_leaves_a_notice_without_its_words(session: Session, opened: build.Opened) -> None:
    comment = build.a_comment(session, opened, reasons="Ask her at 14 Willow Lane.", propose=FIFTEEN)
    moderator = build.acting(session, opened.moderator)
    acts.hide_comment(session, moderator, comment, "It gives a private address.")
    line = margin(session, opened).lines[0]
    assert (line.state, line.hidden_reason) == (CommentState.HIDDEN, "It gives a private address.")
    assert (line.reasons.body, line.amendment) == ("", None)
    by_moderator = reads.comment(session, seen(session, opened, moderator), comment.number, "en")
    assert by_moderator.reasons.body == "Ask her at 14 Willow Lane."
    acts.restore_comment(session, moderator, comment, "It is an office.")
    assert margin(session, opened).lines[0].reasons.body == "Ask her at 14 Willow Lane."


def test_what_must_be_answered_is_what_stands_and_is_shown(session: Session, opened: build.Opened) -> None:
    head = build.a_delegate(session)
    superseded = build.a_comment(session, opened, head)
    standing = build.a_comment(session, opened, head, supersedes=superseded.number)
    withdrawn = build.a_comment(session, opened, other := build.a_delegate(session))
    acts.withdraw_comment(session, build.acting(session, other), withdrawn, NOON)
    hidden = build.a_comment(session, opened)
    acts.hide_comment(session, build.acting(session, opened.moderator), hidden, "It insults.")
    restored = build.a_comment(session, opened)
    acts.hide_comment(session, build.acting(session, opened.moderator), restored, "It insults.")
    acts.restore_comment(session, build.acting(session, opened.moderator), restored, "It does not.")
    assert reads.bound_comments(session, [opened.round.id]) == (standing.id, restored.id)
    states = [
        line.state.value
        for line in reads.comments_on(
            session, seen(session, opened), [opened.round.id], opened.clauses["3.2"].clause_id, "en"
        )
    ]
    assert states == ["superseded", "shown", "withdrawn", "hidden", "shown"]
    assert reads.comment_counts(session, opened.draft.id) == {opened.clauses["3.2"].clause_id: 3}


def test_stances_are_the_current_positions(session: Session, opened: build.Opened) -> None:
    head = build.a_delegate(session)
    build.a_comment(session, opened, head, stance=Stance.OBJECT)
    comment = build.a_comment(session, opened, head, stance=Stance.CAN_LIVE_WITH)
    expected = (opened.clauses["3.2"].clause_id, comment.voice_id, Stance.CAN_LIVE_WITH)
    assert reads.stances(session, opened.draft.id) == (expected,)


def test_a_comment_is_read_in_translation_with_its_original_beside(
    session: Session, opened: build.Opened
) -> None:
    comment = build.a_comment(session, opened, language="sw", reasons="Siku thelathini ni nyingi.")
    source = session.get_one(Text, comment.reasons_text_id)
    moderator = build.acting(session, opened.moderator)
    translate_text(session, moderator, source, "en", "Thirty days are many.", TranslationState.MACHINE)
    page = reads.show(session, seen(session, opened), comment.number, "en")
    assert (page.line.reasons.body, page.line.language) == ("Thirty days are many.", "sw")
    assert page.reasons_original is not None and page.reasons_original.body == "Siku thelathini ni nyingi."


def test_papers_are_seen_by_their_delegation_only(session: Session, opened: build.Opened) -> None:
    kenya = build.an_organisation(session)
    paper = build.a_paper(session, opened, build.a_delegate(session, kenya, seat=SeatKind.CONTRIBUTOR))
    head = build.acting(session, build.a_delegate(session, kenya))
    consulted = seen(session, opened, head)
    table = reads.mine(session, head, consulted, "en")
    assert ([line.key for line in table.waiting], table.waiting[0].acts.submit) == ([paper.key], True)
    assert reads.paper(session, head, consulted, paper.key, NOON, "en").line.reasons == paper.reasons
    for stranger in (
        VISITOR,
        build.acting(session, build.a_delegate(session)),
        build.acting(session, opened.moderator),
    ):
        with pytest.raises(NotThere):
            reads.paper(session, stranger, consulted, paper.key, NOON, "en")
        assert reads.mine(session, stranger, consulted, "en").waiting == ()


def test_the_table_of_a_delegation_costs_the_same_however_full_it_is(
    session: Session, opened: build.Opened, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    head = build.a_delegate(session)
    actor = build.acting(session, head)

    def cost() -> int:
        consulted = seen(session, opened)
        session.expire_all()
        return count_queries(lambda: reads.mine(session, actor, consulted, "en"))

    def fill() -> None:
        comment = build.a_comment(session, opened, head)
        build.a_paper(session, opened, head, supersedes=comment.number)

    fill()
    cost()
    with_one = cost()
    for _ in range(9):
        fill()
    assert cost() == with_one
