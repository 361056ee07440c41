"""The next text of a clause: every change has its reason, and nobody settles over another unseen."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from consult import clock
from consult.consolidation import acts_settling
from consult.consolidation.accepted import MERGED, accepted
from consult.consolidation.acts_settling import NewSettlement, Reason
from consult.consolidation.models import ChangeSource, Settlement
from consult.consolidation.reads_settled import change_lines
from consult.consolidation.refusals import (
    ChangeWithoutReason,
    JoinsNoNeighbour,
    MovesIntoItself,
    NotOfTheWhole,
    RoundStillOpen,
    SettledMeanwhile,
    SettledOtherwise,
    SettlementIncomplete,
    UnknownComment,
)
from consult.core.merge import merge
from consult.core.terms import Outcome, SettlementKind
from consult.languages.models import Text
from consult.refusals import NotThere
from tests import build
from tests.consolidation.world import EDITORIAL, SHARING, World

REWORDED = "Every system should be tested carefully."


def test_nothing_is_settled_until_all_comments_are_in(
    world: World, stopped_at: Callable[[datetime], None]
) -> None:
    for at in (world.closes - timedelta(days=1), world.closes + timedelta(seconds=30)):
        stopped_at(at)
        with pytest.raises(RoundStillOpen):
            world.settles("1.1", text=REWORDED, otherwise=EDITORIAL)
        with pytest.raises(RoundStillOpen):
            world.inserts(world.clause("1.1").clause_id, "New.", otherwise=EDITORIAL)


def test_only_a_moderator_settles(closed: World) -> None:
    delegate = build.acting(closed.session, build.a_delegate(closed.session))
    new = NewSettlement(SettlementKind.REPLACE, REWORDED, otherwise=EDITORIAL)
    with pytest.raises(NotThere):
        acts_settling.settle_clause(
            closed.session, delegate, closed.draft, closed.clause("1.1").clause_id, new, 0
        )


def test_a_change_without_a_reason_is_refused_and_named(closed: World) -> None:
    asked = closed.says("1.2", SHARING.replace("thirty", "fifteen"))
    closed.disposes(asked)
    both = SHARING.replace("thirty", "fifteen").replace("authority", "minister")
    with pytest.raises(ChangeWithoutReason) as refused:
        closed.settles("1.2", text=both)
    assert refused.value.stretches == ("authority",)


def test_a_change_rests_on_the_comment_that_the_moderator_cites(closed: World) -> None:
    noted = closed.says("1.1", reasons="Say how.")
    closed.disposes(noted, Outcome.NOTED)
    row = closed.settles("1.1", text=REWORDED, otherwise=Reason((noted.number,)))
    (change,) = change_lines(closed.session, [row.id])[row.id]
    assert (change.comments, change.is_editorial) == ((noted.number,), False)
    with pytest.raises(UnknownComment):
        closed.settles("1.2", text=REWORDED, otherwise=Reason((999,)))


def test_an_editorial_change_carries_the_moderators_name(closed: World) -> None:
    closed.settles("1.1", text=REWORDED, otherwise=EDITORIAL)
    (source,) = closed.session.scalars(select(ChangeSource)).all()
    assert (source.comment_id, source.editorial_by_id) == (None, closed.moderator.id)


def test_a_reason_for_one_change_is_not_a_reason_for_another(closed: World) -> None:
    text = SHARING.replace("thirty", "fifteen").replace("authority", "minister")
    start = SHARING.index("authority")
    key = (start, start + len("authority"), start, start + len("minister"))
    with pytest.raises(ChangeWithoutReason) as refused:
        closed.settles("1.2", text=text, reasons={key: EDITORIAL})
    assert refused.value.stretches == ("thirty",)


def test_two_moderators_cannot_settle_over_each_other_unseen(closed: World) -> None:
    closed.settles("1.1", text=REWORDED, otherwise=EDITORIAL)
    with pytest.raises(SettledMeanwhile) as refused:
        closed.settles("1.1", text="Other words.", otherwise=EDITORIAL)
    assert (refused.value.by, refused.value.at) == (closed.moderator.name, clock.now())
    again = closed.settles("1.1", text="Other words.", otherwise=EDITORIAL, seen=1)
    assert again.edition == 2


def test_what_was_published_is_not_settled_again(closed: World) -> None:
    zero = closed.draft
    closed.settles("1.1", text=REWORDED, otherwise=EDITORIAL)
    closed.publishes()
    closed.draft = zero
    with pytest.raises(NotThere):
        closed.settles("1.2", text=REWORDED, otherwise=EDITORIAL)


@pytest.mark.parametrize(
    ("clause", "kind", "facts", "refusal"),
    [
        ("1.1", SettlementKind.REPLACE, {"text": " "}, SettlementIncomplete),
        ("1.1", SettlementKind.SPLIT, {"text": "One part only."}, SettlementIncomplete),
        ("1.1", SettlementKind.MOVE, {}, SettlementIncomplete),
        ("1.1", SettlementKind.JOIN, {"text": "Both."}, SettlementIncomplete),
        ("1.1", SettlementKind.INSERT, {"text": "A new one."}, SettlementIncomplete),
        ("whole", SettlementKind.REPLACE, {"text": "Words of the whole."}, NotOfTheWhole),
    ],
)
def test_a_settlement_that_lacks_something_is_refused(
    closed: World, clause: str, kind: SettlementKind, facts: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        closed.settles(clause, kind, otherwise=EDITORIAL, **facts)


def test_a_new_clause_needs_words_and_a_place(closed: World) -> None:
    with pytest.raises(SettlementIncomplete):
        closed.inserts(closed.clause("1.1").clause_id, " ", otherwise=EDITORIAL)
    with pytest.raises(ChangeWithoutReason):
        closed.inserts(closed.clause("1.1").clause_id, "A new one.")
    with pytest.raises(NotOfTheWhole):
        closed.inserts(closed.clause("whole").clause_id, "A new one.", otherwise=EDITORIAL)
    with pytest.raises(NotThere):
        closed.inserts(10_000, "A new one.", otherwise=EDITORIAL)


def test_a_clause_moves_neither_into_itself_nor_in_a_circle(closed: World) -> None:
    ids = {number: closed.clause(number).clause_id for number in ("1", "1.1", "1.2", "2")}
    for target in ("1", "1.1"):
        with pytest.raises(MovesIntoItself):
            closed.settles("1", SettlementKind.MOVE, after_clause_id=ids[target], otherwise=EDITORIAL)
    closed.settles("1.1", SettlementKind.MOVE, after_clause_id=ids["1.2"], otherwise=EDITORIAL)
    with pytest.raises(MovesIntoItself):
        closed.settles("1.2", SettlementKind.MOVE, after_clause_id=ids["1.1"], otherwise=EDITORIAL)


def test_only_neighbours_are_joined(closed: World) -> None:
    for clause, other in (("1.1", "1.3"), ("1.3", "2"), ("1.2", "1.1"), ("1", "1.1")):
        with pytest.raises(JoinsNoNeighbour):
            joined = closed.clause(other).clause_id
            closed.settles(clause, SettlementKind.JOIN, "Both.", joined_clause_id=joined, otherwise=EDITORIAL)


def test_words_of_a_clause_that_ends_in_another_are_not_settled_unseen(closed: World) -> None:
    other = closed.clause("1.2").clause_id
    closed.settles("1.1", SettlementKind.JOIN, "Both.", joined_clause_id=other, otherwise=EDITORIAL)
    with pytest.raises(SettledOtherwise):
        closed.settles("1.2", text="Its own words.", otherwise=EDITORIAL)
    with pytest.raises(SettledOtherwise):
        joined = closed.clause("1.3").clause_id
        closed.settles("1.2", SettlementKind.JOIN, "Both.", joined_clause_id=joined, otherwise=EDITORIAL)


def test_a_clause_that_goes_elsewhere_is_not_joined(closed: World) -> None:
    closed.settles("1.2", SettlementKind.DELETE, otherwise=EDITORIAL)
    with pytest.raises(SettledOtherwise):
        other = closed.clause("1.2").clause_id
        closed.settles("1.1", SettlementKind.JOIN, "Both.", joined_clause_id=other, otherwise=EDITORIAL)


def test_a_new_heading_is_a_change_that_needs_a_reason(closed: World) -> None:
    with pytest.raises(ChangeWithoutReason) as refused:
        closed.settles("1", heading="Testing and trials")
    assert refused.value.stretches == ("Testing and trials",)
    closed.settles("1", heading="Testing and trials", otherwise=EDITORIAL)
    draft = closed.publishes()
    heading = closed.session.get_one(Text, closed.clause("1", draft).heading_text_id)
    assert heading.body == "Testing and trials"


def test_the_same_heading_typed_again_is_no_change(closed: World) -> None:
    closed.settles("1", SettlementKind.KEEP, heading="Testing")
    draft = closed.publishes()
    assert closed.clause("1", draft).heading_text_id == closed.clause("1").heading_text_id


def test_an_amendment_on_a_translation_is_not_merged_into_the_source(closed: World) -> None:
    from consult.core.terms import TranslationState
    from consult.languages.acts import translate_text

    line = closed.clause("1.1")
    source = closed.session.get_one(Text, line.text_id)
    arabic = translate_text(
        closed.session, closed.actor, source, "ar", "ينبغي اختبار كل نظام.", TranslationState.DRAFT
    )
    asked = closed.says("1.1", "ينبغي اختبار كل نظام بعناية.", read_text_id=arabic.body_text_id)
    closed.disposes(asked)
    assert accepted(closed.session, closed.draft.id, line.clause_id) == []
    row = closed.settles(
        "1.1", text="Every system should be tested carefully.", otherwise=Reason((asked.number,))
    )
    assert change_lines(closed.session, [row.id])[row.id][0].comments == (asked.number,)
    assert closed.ready().problems == ()


def test_withdrawn_and_superseded_amendments_are_not_merged(closed: World) -> None:
    head = build.a_delegate(closed.session)
    gone = closed.says("1.1", "Every system should be tested.", head=head)
    closed.disposes(gone)
    line = closed.clause("1.1")
    assert [one.comment for one in accepted(closed.session, closed.draft.id, line.clause_id)] == [gone.number]
    closed.withdraws(gone, head)
    assert accepted(closed.session, closed.draft.id, line.clause_id) == []


def test_settling_again_keeps_the_earlier_editions(closed: World) -> None:
    closed.settles("1.1", text=REWORDED, otherwise=EDITORIAL)
    closed.settles("1.1", SettlementKind.KEEP, seen=1)
    rows = closed.session.scalars(select(Settlement).order_by(Settlement.edition)).all()
    assert [(one.edition, one.kind) for one in rows] == [
        (1, SettlementKind.REPLACE),
        (2, SettlementKind.KEEP),
    ]
    assert rows[1].text_id == closed.clause("1.1").text_id


def test_words_kept_open_by_a_choice_rest_on_all_who_ask_for_them(closed: World) -> None:
    rivals = [
        closed.says("1.2", SHARING.replace("thirty days", days)) for days in ("ten working days", "a year")
    ]
    for one in rivals:
        closed.disposes(one, Outcome.ACCEPTED_IN_PART)
    asked = accepted(closed.session, closed.draft.id, closed.clause("1.2").clause_id, MERGED)
    (collision,) = merge(SHARING, asked).collisions
    text = merge(SHARING, asked, {collision.key: "brackets"}).text.replace("Test results", "The results")
    choices = {collision.key: {"choice": "brackets", "reason": "Not agreed."}}
    with pytest.raises(ChangeWithoutReason) as refused:
        closed.settles("1.2", text=text, choices=choices)
    assert refused.value.stretches == ("Test",)
    row = closed.settles("1.2", text=text, choices=choices, otherwise=EDITORIAL)
    numbers = {number for line in change_lines(closed.session, [row.id])[row.id] for number in line.comments}
    assert numbers == {one.number for one in rivals}


def test_a_choice_that_is_not_offered_is_no_choice(closed: World) -> None:
    choices = {"0-4-00000000": {"choice": 7, "reason": ""}}
    with pytest.raises(ChangeWithoutReason):
        closed.settles("1.2", text=REWORDED, choices=choices)
