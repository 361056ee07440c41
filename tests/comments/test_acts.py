"""Papers, comments, positions, moderation and kept words: each act once per outcome."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.comments import acts
from consult.comments.models import Amendment, Comment, Contribution, KeptWords, Moderation, Position
from consult.comments.refusals import (
    AlreadyWithdrawn,
    CannotSupersede,
    ChangedMeanwhile,
    HiddenAlready,
    Incomplete,
    NotCleared,
    NotOpenYet,
    NoVoiceHere,
    ReasonMissing,
    SentWithOtherWords,
    TooLate,
    VoiceNotChosen,
)
from consult.core.actors import SYSTEM, VISITOR
from consult.core.terms import (
    AmendmentKind,
    DescentKind,
    PaperState,
    PositionOrigin,
    SeatKind,
    Stance,
    TranslationState,
)
from consult.db import commit
from consult.drafts import acts as drafts
from consult.drafts.models import Draft
from consult.languages.acts import translate_text, write_text
from consult.languages.models import Text
from consult.organisations.refusals_delegation import SeatOver
from consult.people.acts import give_seat
from consult.people.refusals import VoiceElsewhere
from consult.record.models import Entry, Journal
from consult.refusals import NotThere
from tests import build

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(stopped_at: Callable[[datetime], None]) -> None:
    stopped_at(NOON)


@pytest.fixture
def opened(session: Session) -> build.Opened:
    return build.an_open_round(session)


def submitted(session: Session, paper: Contribution, by: object) -> Comment:
    return acts.submit_comment(session, build.acting(session, by), paper, NOON)  # type: ignore[arg-type]


def positions(session: Session, comment: Comment) -> list[tuple[Stance, PositionOrigin, bool]]:
    rows = session.scalars(
        select(Position).where(Position.voice_id == comment.voice_id).order_by(Position.id)
    )
    return [(row.stance, row.origin, row.is_current) for row in rows]


def test_a_contributor_drafts_and_the_head_submits(session: Session, opened: build.Opened) -> None:
    kenya = build.an_organisation(session, name="Kenya")
    contributor = build.a_delegate(session, kenya, seat=SeatKind.CONTRIBUTOR)
    head = build.a_delegate(session, kenya)
    paper = build.a_paper(
        session, opened, contributor, propose="Test results should be shared within fifteen days."
    )
    with pytest.raises(NotCleared):
        submitted(session, paper, contributor)
    comment = submitted(session, paper, head)
    assert (comment.number, comment.stance, comment.received_at) == (1, Stance.SUPPORT_WITH_CHANGES, NOON)
    assert comment.author_id == contributor.id
    amendment = session.scalars(select(Amendment)).one()
    assert (amendment.kind, amendment.base_text_id) == (AmendmentKind.REPLACE, opened.clauses["3.2"].text_id)
    assert paper.state is PaperState.SUBMITTED
    assert positions(session, comment) == [(Stance.SUPPORT_WITH_CHANGES, PositionOrigin.GIVEN, True)]


def test_the_record_says_that_a_comment_was_submitted_without_its_words(
    session: Session, opened: build.Opened
) -> None:
    contributor = build.a_delegate(session, seat=SeatKind.HEAD)
    comment = build.a_comment(
        session, opened, contributor, reasons="Planted words.", propose="Planted proposal."
    )
    commit(session)
    entry = session.scalars(select(Entry).where(Entry.act == "comment.submitted")).one()
    reasons = session.get_one(Text, comment.reasons_text_id)
    assert entry.facts["sha256"] == reasons.sha256
    named = {
        name: entry.facts[name]
        for name in ("number", "clause", "stance", "category", "language", "amendment")
    }
    assert named == {
        "number": 1,
        "clause": opened.clauses["3.2"].code,
        "stance": "support_with_changes",
        "category": "substantive",
        "language": "en",
        "amendment": "replace",
    }
    assert "Planted" not in str(entry.facts)


def test_work_in_a_delegation_is_journalled_and_leaves_no_public_trace(
    session: Session, opened: build.Opened
) -> None:
    kenya = build.an_organisation(session, levels=3)
    commit(session)
    before = session.scalar(select(func.count()).select_from(Entry))
    contributor = build.a_delegate(session, kenya, seat=SeatKind.CONTRIBUTOR)
    deputy = build.acting(session, build.a_delegate(session, kenya, seat=SeatKind.DEPUTY))
    paper = build.a_paper(session, opened, contributor)
    acts.verify_contribution(session, deputy, paper)
    acts.return_contribution(session, deputy, paper, "Name the cost.")
    acts.drop_contribution(session, deputy, paper)
    commit(session)
    assert session.scalar(select(func.count()).select_from(Entry)) == before
    told = session.scalars(select(Journal.act).where(Journal.act.like("contribution.%")).order_by(Journal.id))
    assert list(told) == [f"contribution.{done}" for done in ("written", "verified", "returned", "dropped")]


def test_with_three_levels_a_deputy_verifies_in_between(session: Session, opened: build.Opened) -> None:
    kenya = build.an_organisation(session, levels=3)
    contributor = build.a_delegate(session, kenya, seat=SeatKind.CONTRIBUTOR)
    deputy = build.a_delegate(session, kenya, seat=SeatKind.DEPUTY)
    paper = build.a_paper(session, opened, contributor)
    acts.verify_contribution(session, build.acting(session, deputy), paper)
    assert paper.state is PaperState.VERIFIED
    with pytest.raises(NotCleared):
        submitted(session, paper, deputy)
    assert submitted(session, paper, build.a_delegate(session, kenya)).number == 1


def test_a_head_verifies_and_submits_in_one_press(session: Session, opened: build.Opened) -> None:
    head = build.a_delegate(session, build.an_organisation(session, levels=3))
    assert submitted(session, build.a_paper(session, opened, head), head).number == 1


def test_with_one_level_only_the_head_writes(session: Session, opened: build.Opened) -> None:
    small = build.an_organisation(session, levels=1)
    with pytest.raises(NotCleared):
        build.a_paper(session, opened, build.a_delegate(session, small, seat=SeatKind.CONTRIBUTOR))


def test_a_paper_comes_back_with_words_and_needs_them(session: Session, opened: build.Opened) -> None:
    kenya = build.an_organisation(session)
    paper = build.a_paper(session, opened, build.a_delegate(session, kenya, seat=SeatKind.CONTRIBUTOR))
    head = build.acting(session, build.a_delegate(session, kenya))
    with pytest.raises(ReasonMissing):
        acts.return_contribution(session, head, paper, " ")
    acts.return_contribution(session, head, paper, "Name the cost.")
    assert (paper.state, paper.is_sent, paper.returned_words) == (PaperState.DRAFT, False, "Name the cost.")


def test_two_editors_cannot_overwrite_each_other(session: Session, opened: build.Opened) -> None:
    kenya = build.an_organisation(session)
    first = build.a_delegate(session, kenya, seat=SeatKind.CONTRIBUTOR)
    second = build.a_delegate(session, kenya, seat=SeatKind.CONTRIBUTOR)
    paper = build.a_paper(session, opened, first)
    seen = paper.edition
    theirs = build.saying(opened, reasons="The second's words.")
    acts.change_contribution(session, build.acting(session, second), paper, theirs, seen)
    mine = build.saying(opened, reasons="The first's words.")
    with pytest.raises(ChangedMeanwhile):
        acts.change_contribution(session, build.acting(session, first), paper, mine, seen)
    assert paper.reasons == "The second's words."
    acts.change_contribution(session, build.acting(session, first), paper, mine, paper.edition)
    assert paper.reasons == "The first's words."


def test_a_head_does_not_submit_words_that_she_has_not_seen(session: Session, opened: build.Opened) -> None:
    kenya = build.an_organisation(session)
    contributor = build.a_delegate(session, kenya, seat=SeatKind.CONTRIBUTOR)
    head = build.acting(session, build.a_delegate(session, kenya))
    paper = build.a_paper(session, opened, contributor)
    seen = paper.edition
    change = build.saying(opened, reasons="Other words.")
    acts.change_contribution(session, build.acting(session, contributor), paper, change, seen)
    with pytest.raises(ChangedMeanwhile):
        acts.submit_comment(session, head, paper, NOON, seen)


def test_a_form_sent_twice_is_one_paper_and_one_comment(session: Session, opened: build.Opened) -> None:
    head = build.a_delegate(session)
    actor = build.acting(session, head)
    new = build.saying(opened, form_key="sent-twice")
    papers = [acts.write_contribution(session, actor, opened.consultation.id, new, NOON) for _ in range(2)]
    assert papers[0] is papers[1]
    comments = [acts.submit_comment(session, actor, papers[0], NOON) for _ in range(2)]
    assert comments[0] is comments[1]
    assert opened.consultation.comment_count == 1
    late = opened.round.closes_at + timedelta(hours=1)
    assert acts.write_contribution(session, actor, opened.consultation.id, new, late) is papers[0]


def test_the_same_form_with_other_words_is_not_taken_for_the_first(
    session: Session, opened: build.Opened
) -> None:
    head = build.a_delegate(session)
    build.a_paper(session, opened, head, form_key="back-and-again")
    with pytest.raises(SentWithOtherWords):
        build.a_paper(session, opened, head, form_key="back-and-again", reasons="Changed after going back.")


@pytest.mark.parametrize(
    ("said", "number_of_faults"),
    [
        ({"stance": Stance.OBJECT, "reasons": ""}, 1),
        (
            {
                "stance": Stance.OBJECT,
                "reasons": "",
                "amendment_kind": AmendmentKind.REPLACE,
                "proposed": build.A_DRAFT[2].body,
            },
            2,
        ),
    ],
)
def test_an_objection_needs_reasons_and_an_amendment_other_words(
    session: Session, opened: build.Opened, said: dict[str, object], number_of_faults: int
) -> None:
    head = build.a_delegate(session)
    with pytest.raises(Incomplete) as refused:
        build.a_paper(session, opened, head, **said)
    assert len(refused.value.lacking) == number_of_faults
    draft = build.a_paper(session, opened, head, is_sent=False, **said)
    with pytest.raises(Incomplete):
        submitted(session, draft, head)


def test_the_clauses_own_words_without_a_choice_are_no_amendment(
    session: Session, opened: build.Opened
) -> None:
    build.a_comment(session, opened, proposed=build.A_DRAFT[2].body)
    assert session.scalars(select(Amendment)).all() == []


@pytest.mark.parametrize(
    ("reached_at", "refusal"),
    [
        (datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC), NotOpenYet),
        (datetime(2026, 12, 1, tzinfo=UTC), TooLate),
        (datetime(2026, 12, 2, tzinfo=UTC), TooLate),
    ],
)
def test_what_reaches_us_outside_of_the_round_is_refused(
    session: Session, opened: build.Opened, reached_at: datetime, refusal: type[Exception]
) -> None:
    actor = build.acting(session, build.a_delegate(session))
    with pytest.raises(refusal):
        acts.write_contribution(session, actor, opened.consultation.id, build.saying(opened), reached_at)


def test_what_reached_us_before_the_close_is_in_time_however_long_it_waited(
    session: Session, opened: build.Opened, stopped_at: Callable[[datetime], None]
) -> None:
    head = build.a_delegate(session)
    paper = build.a_paper(session, opened, head)
    stopped_at(opened.round.closes_at + timedelta(minutes=2))
    just_before = opened.round.closes_at - timedelta(microseconds=1)
    assert (
        acts.submit_comment(session, build.acting(session, head), paper, just_before).received_at
        == just_before
    )


def test_a_form_that_names_what_does_not_belong_together_finds_nothing(
    session: Session, opened: build.Opened
) -> None:
    actor = build.acting(session, build.a_delegate(session))
    elsewhere = build.an_open_round(session)
    for wrong in (
        {"round_id": elsewhere.round.id},
        {"draft_id": elsewhere.draft.id},
        {"clause_id": elsewhere.clauses["3.2"].clause_id},
        {"read_text_id": opened.clauses["3.1"].text_id},
    ):
        new = build.saying(opened, **wrong)
        with pytest.raises(NotThere):
            acts.write_contribution(session, actor, opened.consultation.id, new, NOON)


def test_an_amendment_of_a_translation_is_based_on_the_translation_that_was_read(
    session: Session, opened: build.Opened
) -> None:
    source = session.get_one(Text, opened.clauses["3.2"].text_id)
    moderator = build.acting(session, opened.moderator)
    french = translate_text(
        session, moderator, source, "fr", "Les résultats sont partagés.", TranslationState.REVIEWED
    )
    build.a_comment(
        session,
        opened,
        read_text_id=french.body_text_id,
        propose="Les résultats sont publiés.",
        language="fr",
    )
    amendment = session.scalars(select(Amendment)).one()
    assert amendment.base_text_id == french.body_text_id
    assert session.get_one(Text, amendment.proposed_text_id).language == "fr"


def test_nobody_is_moderator_and_voice_in_one_consultation(session: Session, opened: build.Opened) -> None:
    with pytest.raises(VoiceElsewhere):
        build.a_paper(session, opened, opened.moderator)


def test_who_has_several_seats_chooses_for_whom_she_speaks(session: Session, opened: build.Opened) -> None:
    kenya, peru = build.an_organisation(session), build.an_organisation(session)
    head = build.a_delegate(session, kenya)
    build.people.give_seat(session, build.SYSTEM, head, peru, SeatKind.HEAD)
    with pytest.raises(VoiceNotChosen):
        build.a_paper(session, opened, head)
    actor = build.reads.actor(session, head, peru.slug)
    paper = acts.write_contribution(session, actor, opened.consultation.id, build.saying(opened), NOON)
    assert actor.place is not None and paper.voice_id == actor.place.voice_id


def test_individuals_speak_only_where_they_are_heard(session: Session, opened: build.Opened) -> None:
    person = build.a_person(session)
    with pytest.raises(NoVoiceHere):
        build.a_paper(session, opened, person)
    open_to_all = build.an_open_round(session, takes_individuals=True)
    assert build.a_comment(session, open_to_all, person).number == 1


def test_in_a_restricted_consultation_only_parties_speak(session: Session) -> None:
    kenya, peru = build.an_organisation(session), build.an_organisation(session)
    restricted = build.an_open_round(
        session, parties=[kenya, peru], track=build.Track.BILATERAL, is_restricted=True
    )
    assert build.a_comment(session, restricted, build.a_delegate(session, kenya)).number == 1
    with pytest.raises(NoVoiceHere):
        build.a_paper(session, restricted, build.a_delegate(session))


def test_a_strangers_paper_is_not_there(session: Session, opened: build.Opened) -> None:
    paper = build.a_paper(session, opened, build.a_delegate(session))
    stranger = build.acting(session, build.a_delegate(session))
    for act in (
        lambda: acts.verify_contribution(session, stranger, paper),
        lambda: acts.return_contribution(session, stranger, paper, "Words."),
        lambda: acts.drop_contribution(session, stranger, paper),
        lambda: acts.submit_comment(session, stranger, paper, NOON),
        lambda: acts.change_contribution(session, stranger, paper, build.saying(opened), 1),
    ):
        with pytest.raises((NotThere, NotCleared)) as refused:
            act()
        assert refused.type is NotThere


def test_a_seat_that_ended_while_its_request_waited_speaks_no_more(
    session: Session, opened: build.Opened
) -> None:
    organisation = build.an_organisation(session)
    head, other = build.a_delegate(session, organisation), build.a_delegate(session, organisation)
    who, comment = build.acting(session, head), build.a_comment(session, opened, by=other)
    paper = build.a_paper(session, opened, other, "3.1")
    acts.send_contribution(session, build.acting(session, other), paper, 1, NOON)
    give_seat(session, SYSTEM, head, organisation, SeatKind.CONTRIBUTOR)
    session.flush()
    for act in (
        lambda: acts.submit_comment(session, who, paper, NOON),
        lambda: acts.verify_contribution(session, who, paper),
        lambda: acts.withdraw_comment(session, who, comment, NOON),
        lambda: acts.write_contribution(
            session, who, opened.consultation.id, build.saying(opened, "3.2"), NOON
        ),
        lambda: acts.take_position(
            session, who, opened.round.id, opened.clauses["3.1"].clause_id, Stance.SUPPORT, NOON
        ),
    ):
        with pytest.raises(SeatOver):
            act()


def test_the_newest_comment_of_a_voice_is_its_position(session: Session, opened: build.Opened) -> None:
    head = build.a_delegate(session)
    build.a_comment(session, opened, head, stance=Stance.OBJECT)
    comment = build.a_comment(session, opened, head, stance=Stance.SUPPORT)
    assert positions(session, comment) == [
        (Stance.OBJECT, PositionOrigin.GIVEN, False),
        (Stance.SUPPORT, PositionOrigin.GIVEN, True),
    ]


def test_withdrawing_takes_the_position_along_and_happens_once(
    session: Session, opened: build.Opened
) -> None:
    head = build.a_delegate(session)
    comment = build.a_comment(session, opened, head, stance=Stance.OBJECT)
    actor = build.acting(session, head)
    acts.withdraw_comment(session, actor, comment, NOON)
    assert positions(session, comment) == [
        (Stance.OBJECT, PositionOrigin.GIVEN, False),
        (Stance.OBJECT, PositionOrigin.WITHDRAWN, False),
    ]
    with pytest.raises(AlreadyWithdrawn):
        acts.withdraw_comment(session, actor, comment, NOON)
    with pytest.raises(NotThere):
        acts.withdraw_comment(session, build.acting(session, build.a_delegate(session)), comment, NOON)
    commit(session)
    assert session.scalar(select(func.count()).where(Entry.act == "comment.withdrawn")) == 1


def test_a_comment_is_replaced_by_ones_own_on_the_same_clause_once(
    session: Session, opened: build.Opened
) -> None:
    head = build.a_delegate(session)
    first = build.a_comment(session, opened, head)
    other = build.a_comment(session, opened)
    second = build.a_comment(session, opened, head, supersedes=first.number, reasons="Better said.")
    assert second.supersedes_id == first.id
    for number, clause in ((first.number, "3.2"), (other.number, "3.2"), (second.number, "3.1"), (99, "3.2")):
        with pytest.raises(CannotSupersede):
            build.a_paper(session, opened, head, clause, supersedes=number)


def test_a_comment_that_was_withdrawn_while_its_successor_was_drafted_is_not_replaced(
    session: Session, opened: build.Opened
) -> None:
    head = build.a_delegate(session)
    first = build.a_comment(session, opened, head)
    paper = build.a_paper(session, opened, head, supersedes=first.number)
    acts.withdraw_comment(session, build.acting(session, head), first, NOON)
    with pytest.raises(CannotSupersede):
        submitted(session, paper, head)


def test_moderators_hide_and_restore_with_reasons_and_the_position_counts(
    session: Session, opened: build.Opened
) -> None:
    comment = build.a_comment(session, opened)
    moderator = build.acting(session, opened.moderator)
    with pytest.raises(NotThere):
        acts.hide_comment(
            session, build.acting(session, build.a_delegate(session)), comment, "I do not like it."
        )
    with pytest.raises(ReasonMissing):
        acts.hide_comment(session, moderator, comment, "")
    with pytest.raises(HiddenAlready):
        acts.restore_comment(session, moderator, comment, "It was never hidden.")
    hidden = acts.hide_comment(session, moderator, comment, "It gives a private address.")
    with pytest.raises(HiddenAlready):
        acts.hide_comment(session, moderator, comment, "Again.")
    restored = acts.restore_comment(session, moderator, comment, "The address is public.")
    commit(session)
    assert restored.replaces_id == hidden.id
    assert session.scalar(select(func.count()).select_from(Moderation)) == 2
    assert positions(session, comment)[-1][2]
    entry = session.scalars(select(Entry).where(Entry.act == "comment.hidden")).one()
    assert "private address" not in str(entry.facts)


def test_a_position_is_taken_without_a_comment_but_an_objection_needs_one(
    session: Session, opened: build.Opened
) -> None:
    head = build.a_delegate(session)
    comment = build.a_comment(session, opened, head, stance=Stance.OBJECT)
    actor, clause_id = build.acting(session, head), comment.clause_id
    acts.take_position(session, actor, opened.round.id, clause_id, Stance.SUPPORT, NOON)
    assert positions(session, comment)[-1] == (Stance.SUPPORT, PositionOrigin.GIVEN, True)
    with pytest.raises(NotCleared):
        acts.take_position(session, actor, opened.round.id, clause_id, Stance.OBJECT, NOON)
    with pytest.raises(TooLate):
        acts.take_position(session, actor, opened.round.id, clause_id, Stance.ABSTAIN, opened.round.closes_at)
    elsewhere = build.an_open_round(session).clauses["3.2"].clause_id
    with pytest.raises(NotThere):
        acts.take_position(session, actor, opened.round.id, elsewhere, Stance.SUPPORT, NOON)


def a_revision(session: Session, opened: build.Opened, changed: str, split_into: str | None = None) -> Draft:
    """The next draft, in which one clause has other words, and perhaps a clause came from splitting 3.1."""
    lines, moderator = opened.clauses, build.acting(session, opened.moderator)
    words = write_text(session, opened.consultation.id, "en", "Other words.").id
    top = lines["3"]
    following = [drafts.NextClause(top.clause_id, None, top.kind, "3", top.heading_text_id, top.text_id)]
    for number in ("3.1", "3.2", "3.3"):
        line = lines[number]
        came_from = ((lines["3.1"].clause_id, DescentKind.SPLIT),) if number == split_into else ()
        text_id = words if number == changed else line.text_id
        following.append(drafts.NextClause(line.clause_id, 0, line.kind, number, None, text_id, came_from))
    draft = drafts.add_revision(session, moderator, opened.consultation, following)
    return drafts.publish_draft(session, moderator, draft)


def carried(session: Session, opened: build.Opened, draft: Draft) -> set[str]:
    """The numbers of the clauses to which positions were carried."""
    acts.carry_positions(session, build.acting(session, opened.moderator), opened.draft.id, draft.id)
    numbers = {line.clause_id: number for number, line in opened.clauses.items()}
    rows = session.scalars(select(Position).where(Position.draft_id == draft.id, Position.is_current)).all()
    assert {row.origin for row in rows} <= {PositionOrigin.CARRIED}
    return {numbers[row.clause_id] for row in rows}


@pytest.mark.parametrize(("split_into", "numbers"), [(None, {"3.1", "3.3"}), ("3.3", set())])
def test_positions_are_carried_where_the_words_stayed_and_nothing_was_split(
    session: Session, opened: build.Opened, split_into: str | None, numbers: set[str]
) -> None:
    head = build.a_delegate(session)
    for clause in ("3.1", "3.2", "3.3", "whole"):
        build.a_comment(session, opened, head, clause, stance=Stance.OBJECT)
    assert carried(session, opened, a_revision(session, opened, "3.2", split_into)) == numbers


def test_a_carried_position_rests_on_its_comment_and_goes_with_it(
    session: Session, opened: build.Opened
) -> None:
    head = build.a_delegate(session)
    comment = build.a_comment(session, opened, head, "3.1", stance=Stance.OBJECT)
    assert carried(session, opened, a_revision(session, opened, "3.2")) == {"3.1"}
    acts.withdraw_comment(session, build.acting(session, head), comment, NOON)
    assert session.scalars(select(Position.id).where(Position.is_current)).all() == []


def test_kept_words_are_one_a_page_and_are_dropped_after_thirty_days(session: Session) -> None:
    actor = build.acting(session, build.a_person(session))
    for words in ("First.", "Second."):
        acts.keep_words(session, actor, "/a", {"reasons": words}, NOON)
    acts.keep_words(session, actor, "/b", {"reasons": "Another page."}, NOON)
    assert [row.fields["reasons"] for row in session.scalars(select(KeptWords).order_by(KeptWords.id))] == [
        "Second.",
        "Another page.",
    ]
    assert acts.drop_words(session, actor, NOON + timedelta(days=30)) == 0
    acts.discard_words(session, actor, "/a")
    assert acts.drop_words(session, actor, NOON + timedelta(days=30, seconds=1)) == 1
    assert session.scalars(select(KeptWords)).all() == []


def test_words_kept_by_a_browser_belong_to_who_signs_in_there(session: Session) -> None:
    acts.keep_words(session, VISITOR, "/a", {"reasons": "Signed out."}, NOON, "the hash of a cookie")
    actor = build.acting(session, build.a_person(session))
    assert acts.take_over_words(session, actor, "another cookie") == 0
    assert acts.take_over_words(session, actor, "the hash of a cookie") == 1
    assert session.scalars(select(KeptWords.person_id)).one() == actor.person_id
