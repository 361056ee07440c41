"""From zero draft to first revision, by hand: what was asked, what was decided, what stands in the next draft."""

from sqlalchemy import select

from consult.comments.models import Position
from consult.consolidation.models import Change, ChangeSource
from consult.consolidation.reads import reasons
from consult.core.terms import Outcome, PositionOrigin, SettlementKind, Stance
from consult.drafts.models import Bracket, BracketOption
from consult.record.models import Entry
from tests.consolidation.world import EDITORIAL, SHARING, World


def test_from_zero_draft_to_first_revision(closed: World) -> None:
    tested = closed.says("1.1", "Every system should be tested before release and after each change.")
    fifteen = closed.says("1.2", SHARING.replace("thirty", "fifteen"))
    public = closed.says("1.2", SHARING.replace("authority", "authority and the public"))
    supports = closed.says("2.1", stance=Stance.SUPPORT, reasons="Well said.")
    for comment in (tested, fifteen, public):
        closed.disposes(comment)
    closed.disposes(supports, Outcome.NOTED)
    closed.settles("1.1", text="Every system should be tested before release and after each change.")
    settled = closed.settles(
        "1.2", text="Test results should be shared with the authority and the public within fifteen days."
    )
    deleted = closed.settles("2.2", SettlementKind.DELETE, otherwise=EDITORIAL)
    closed.inserts(
        closed.clause("1.2").clause_id, "Results should be kept for ten years.", otherwise=EDITORIAL
    )

    draft = closed.publishes()

    assert closed.shape(draft) == [
        ("c1", "1", ""),
        ("c2", "1.1", "Every system should be tested before release and after each change."),
        ("c3", "1.2", "Test results should be shared with the authority and the public within fifteen days."),
        ("c8", "1.3", "Results should be kept for ten years."),
        ("c4", "1.4", "Tests should be repeated after each change. Records should be kept."),
        ("c5", "2", ""),
        ("c6", "2.1", "An authority should supervise the tests."),
    ]
    older, newer = closed.consulted().drafts
    assert reasons(closed.session, older, newer) == {
        closed.clause("1.1").clause_id: (tested.number,),
        closed.clause("1.2").clause_id: (fifteen.number, public.number),
        deleted.clause_id: (),
        closed.clause("c8", draft).clause_id: (),
    }
    rows = closed.session.execute(
        select(Change, ChangeSource.comment_id)
        .join(ChangeSource, ChangeSource.change_id == Change.id)
        .where(Change.settlement_id == settled.id)
        .order_by(Change.old_start)
    ).all()
    assert [(SHARING[one.old_start : one.old_end].strip(), by) for one, by in rows] == [
        ("", public.id),
        ("thirty", fifteen.id),
    ]


def test_an_unchanged_clause_keeps_its_words_and_who_stands_there(closed: World) -> None:
    changed = closed.says("1.1", "Every system should be tested.")
    kept = closed.says("2.1", stance=Stance.SUPPORT, reasons="Well said.")
    closed.disposes(changed)
    closed.disposes(kept, Outcome.NOTED)
    closed.settles("1.1", text="Every system should be tested.")
    draft = closed.publishes()
    assert closed.clause("2.1", draft).text_id == closed.clause("2.1").text_id
    carried = closed.session.scalars(select(Position).where(Position.draft_id == draft.id)).all()
    assert [(one.clause_id, one.stance, one.origin) for one in carried] == [
        (closed.clause("2.1").clause_id, Stance.SUPPORT, PositionOrigin.CARRIED)
    ]


def test_rival_wordings_are_kept_in_brackets_with_who_asks_for_each(closed: World) -> None:
    fifteen = closed.says("1.2", SHARING.replace("thirty", "fifteen"))
    sixty = closed.says("1.2", SHARING.replace("thirty", "sixty"))
    closed.disposes(fifteen, Outcome.ACCEPTED_IN_PART)
    closed.disposes(sixty, Outcome.ACCEPTED_IN_PART)
    from consult.consolidation.accepted import MERGED, accepted
    from consult.core.merge import merge

    line = closed.clause("1.2")
    asked = accepted(closed.session, closed.draft.id, line.clause_id, MERGED)
    (collision,) = merge(SHARING, asked).collisions
    text = merge(SHARING, asked, {collision.key: "brackets"}).text
    assert text == SHARING.replace("thirty", "[fifteen] [sixty]")
    choice = {collision.key: {"choice": "brackets", "reason": "No agreement on the days yet."}}
    closed.settles("1.2", text=text, choices=choice)
    draft = closed.publishes()
    (bracket,) = closed.session.scalars(select(Bracket)).all()
    assert (bracket.clause_text_id, bracket.reason) == (
        closed.clause("1.2", draft).clause_text_id,
        "No agreement on the days yet.",
    )
    options = closed.session.scalars(select(BracketOption).order_by(BracketOption.ordinal)).all()
    assert [(one.words, one.comment_id) for one in options] == [("fifteen", fifteen.id), ("sixty", sixty.id)]


def test_words_that_came_back_are_the_same_row(closed: World) -> None:
    row = closed.settles("1.1", text="Every system should be tested.", otherwise=EDITORIAL)
    closed.settles(
        "1.1", text="Every system should be tested before release.", otherwise=EDITORIAL, seen=row.edition
    )
    draft = closed.publishes()
    assert closed.clause("1.1", draft).text_id == closed.clause("1.1").text_id


def test_each_act_leaves_its_entry(closed: World) -> None:
    from consult.db import commit

    comment = closed.says("1.1", "Every system should be tested.")
    closed.disposes(comment)
    closed.settles("1.1", text="Every system should be tested.")
    closed.publishes()
    commit(closed.session)
    entries = closed.session.execute(select(Entry.act, Entry.facts).order_by(Entry.id)).all()
    acts = [act for act, _ in entries]
    assert acts.index("clause.settled") < acts.index("draft.published", acts.index("clause.settled"))
    assert acts.index("dispositions.published") < acts.index("comment.disposed")
    facts = dict(entries)
    assert facts["comment.disposed"]["number"] == comment.number
    assert facts["comment.disposed"]["outcome"] == "accepted"
    assert facts["clause.settled"]["comments"] == [comment.number]
    assert "outcome" not in facts["comment.considered"]
