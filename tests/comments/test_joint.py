"""Several organisations, one comment: each clears it for itself, and each counts once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments import acts
from consult.comments.models import Comment, Contribution, Position
from consult.comments.models_joint import CoSponsor, Sponsorship
from consult.comments.refusals import (
    AlreadyWithdrawn,
    NotCleared,
    ReasonMissing,
    RequestOver,
    TooLate,
    WordsChanged,
)
from consult.consensus.reads import clause_stand, current
from consult.core.actors import Actor
from consult.core.terms import PaperState, PositionOrigin, SeatKind, SponsorState, Stance
from consult.db import commit
from consult.drafts import reads as drafts
from consult.jobs import Job
from consult.people.models import Organisation, Person
from consult.record.models import Chain, Entry
from consult.refusals import NotThere
from tests import build

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
LATER = datetime(2026, 12, 2, 12, tzinfo=UTC)


@dataclass
class Joint:
    """A paper of Kenya's, and Uganda that is asked to join it."""

    opened: build.Opened
    kenya: Organisation
    uganda: Organisation
    head: Actor
    other: Actor
    paper: Contribution
    request: Sponsorship


@pytest.fixture
def opened(session: Session, stopped_at: Callable[[datetime], None]) -> build.Opened:
    stopped_at(NOON)
    return build.an_open_round(session)


def asked(session: Session, opened: build.Opened, *, levels: int = 2, **said: object) -> Joint:
    kenya, uganda = (build.an_organisation(session, name=name, levels=levels) for name in ("Kenya", "Uganda"))
    head, other = (build.a_delegate(session, one) for one in (kenya, uganda))
    paper = build.a_paper(session, opened, head, **said)
    lead = build.acting(session, head)
    request = acts.ask_sponsor(session, lead, paper, uganda.slug, "Will you join us?", NOON)
    return Joint(opened, kenya, uganda, lead, build.acting(session, other), paper, request)


def positions(session: Session, opened: build.Opened) -> dict[int, Stance]:
    rows = session.execute(
        select(Position.voice_id, Position.stance).where(
            Position.draft_id == opened.draft.id, Position.is_current
        )
    )
    return {row[0]: row[1] for row in rows}


def noted(session: Session, opened: build.Opened) -> list[str]:
    commit(session)
    query = (
        select(Entry.act)
        .join(Chain, Chain.id == Entry.chain_id)
        .where(Chain.consultation_id == opened.consultation.id)
    )
    return list(session.scalars(query.order_by(Entry.position)))


def test_who_cleared_these_words_stands_with_the_comment(session: Session, opened: build.Opened) -> None:
    joint = asked(session, opened)
    acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    comment = acts.submit_comment(session, joint.head, joint.paper, NOON)
    assert positions(session, opened) == {
        joint.head.voice_id: Stance.SUPPORT_WITH_CHANGES,
        joint.other.voice_id: Stance.SUPPORT_WITH_CHANGES,
    }
    theirs = session.scalars(select(Position).where(Position.voice_id == joint.other.voice_id)).one()
    assert (theirs.comment_id, theirs.origin) == (comment.id, PositionOrigin.GIVEN)
    assert theirs.by_person_id == joint.other.person_id
    assert noted(session, opened)[-2:] == ["comment.submitted", "comment.joined"]


def test_consensus_counts_each_of_them_once(session: Session, opened: build.Opened) -> None:
    joint = asked(session, opened)
    acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    acts.submit_comment(session, joint.head, joint.paper, NOON)
    commit(session)
    seen = drafts.consultation(session, joint.head, opened.slug, "en")
    clause_id = opened.clauses["3.2"].clause_id
    state = (seen.chain_head, seen.platform_head)
    given = current(session, seen, opened.draft.id, state, (clause_id,))
    assert clause_stand(seen, given, clause_id).all.count == 2
    assert session.scalar(select(func.count()).select_from(Comment)) == 1


def test_who_was_only_asked_or_declined_is_left_out(session: Session, opened: build.Opened) -> None:
    joint = asked(session, opened)
    third = build.an_organisation(session, name="Rwanda")
    rwanda = build.acting(session, build.a_delegate(session, third))
    request = acts.ask_sponsor(session, joint.head, joint.paper, third.slug, "", NOON)
    with pytest.raises(ReasonMissing):
        acts.decline_sponsorship(session, rwanda, request, " ")
    acts.decline_sponsorship(session, rwanda, request, "Our minister is away.")
    acts.submit_comment(session, joint.head, joint.paper, NOON)
    assert set(positions(session, opened)) == {joint.head.voice_id}
    assert session.scalars(select(CoSponsor)).all() == []
    assert "comment.joined" not in noted(session, opened)


def test_other_words_lapse_the_clearance_and_private_notes_do_not(
    session: Session, opened: build.Opened
) -> None:
    joint = asked(session, opened)
    acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    notes = build.saying(opened, private_notes="Call Entebbe.")
    acts.change_contribution(session, joint.head, joint.paper, notes, joint.paper.edition)
    other = build.saying(opened, reasons="Sixty days leave a market exposed.")
    assert acts.submit_comment(session, joint.head, joint.paper, NOON).id
    assert joint.other.voice_id in positions(session, opened)
    second = asked(session, opened)
    acts.clear_sponsorship(session, second.other, second.request, 1, NOON)
    acts.change_contribution(session, second.head, second.paper, other, second.paper.edition)
    acts.submit_comment(session, second.head, second.paper, NOON)
    assert second.other.voice_id not in positions(session, opened)


def test_only_words_that_were_read_are_cleared(session: Session, opened: build.Opened) -> None:
    joint = asked(session, opened)
    other = build.saying(opened, reasons="Sixty days leave a market exposed.")
    acts.change_contribution(session, joint.head, joint.paper, other, 1)
    with pytest.raises(WordsChanged):
        acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    acts.clear_sponsorship(session, joint.other, joint.request, 2, NOON)
    acts.return_contribution(session, joint.head, joint.paper, "Shorter.")
    with pytest.raises(WordsChanged):
        acts.clear_sponsorship(session, joint.other, joint.request, 2, NOON)


@pytest.mark.parametrize(
    ("seat", "levels", "may"),
    [
        (SeatKind.CONTRIBUTOR, 3, ""),
        (SeatKind.DEPUTY, 3, "verify"),
        (SeatKind.DEPUTY, 2, ""),
        (SeatKind.HEAD, 3, "verify clear decline"),
        (SeatKind.ACTING_HEAD, 3, "verify clear decline"),
        (SeatKind.HEAD, 2, "clear decline"),
        (SeatKind.HEAD, 1, "clear decline"),
    ],
)
def test_the_asked_delegation_clears_at_its_own_levels(
    session: Session, opened: build.Opened, seat: SeatKind, levels: int, may: str
) -> None:
    joint = asked(session, opened, levels=levels)
    who = build.acting(session, build.a_delegate(session, joint.uganda, seat=seat))
    tries = {
        "verify": lambda: acts.verify_sponsorship(session, who, joint.request, 1, NOON),
        "clear": lambda: acts.clear_sponsorship(session, who, joint.request, 1, NOON),
        "decline": lambda: acts.decline_sponsorship(session, who, joint.request, "No."),
    }
    found = []
    for name, act in tries.items():
        try:
            act()
            found.append(name)
        except NotCleared:
            pass
    assert " ".join(found) == may


@pytest.mark.parametrize("seat", [SeatKind.CONTRIBUTOR])
def test_a_contributor_asks_nobody(session: Session, opened: build.Opened, seat: SeatKind) -> None:
    kenya, uganda = build.an_organisation(session), build.an_organisation(session)
    paper = build.a_paper(session, opened, build.a_delegate(session, kenya, seat=seat))
    with pytest.raises(NotCleared):
        acts.ask_sponsor(
            session,
            build.acting(session, build.a_delegate(session, kenya, seat=seat)),
            paper,
            uganda.slug,
            "",
            NOON,
        )


def test_nobody_is_asked_to_join_a_draft_that_is_still_written(
    session: Session, opened: build.Opened
) -> None:
    head, uganda = build.a_delegate(session), build.an_organisation(session)
    paper = build.a_paper(session, opened, head, is_sent=False)
    with pytest.raises(NotCleared):
        acts.ask_sponsor(session, build.acting(session, head), paper, uganda.slug, "", NOON)


def test_nobody_co_sponsors_herself(session: Session, opened: build.Opened) -> None:
    kenya = build.an_organisation(session)
    head = build.a_delegate(session, kenya)
    paper = build.a_paper(session, opened, head)
    with pytest.raises(NotThere):
        acts.ask_sponsor(session, build.acting(session, head), paper, kenya.slug, "", NOON)
    with pytest.raises(NotThere):
        acts.ask_sponsor(session, build.acting(session, head), paper, "nobody", "", NOON)


def test_in_restricted_talks_only_parties_are_asked(
    session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    from consult.core.terms import Track

    stopped_at(NOON)
    kenya, uganda, rwanda = (build.an_organisation(session) for _ in range(3))
    opened = build.an_open_round(
        session, parties=[kenya, uganda], is_restricted=True, track=Track.MULTILATERAL
    )
    head = build.a_delegate(session, kenya)
    paper = build.a_paper(session, opened, head)
    lead = build.acting(session, head)
    with pytest.raises(NotThere):
        acts.ask_sponsor(session, lead, paper, rwanda.slug, "", NOON)
    assert acts.ask_sponsor(session, lead, paper, uganda.slug, "", NOON).state is SponsorState.ASKED


def test_asked_twice_is_asked_once_and_who_declined_can_be_asked_again(
    session: Session, opened: build.Opened
) -> None:
    joint = asked(session, opened)
    again = acts.ask_sponsor(session, joint.head, joint.paper, joint.uganda.slug, "Please.", NOON)
    assert again is joint.request and again.words == "Will you join us?"
    acts.decline_sponsorship(session, joint.other, joint.request, "Not yet.")
    assert acts.ask_sponsor(session, joint.head, joint.paper, joint.uganda.slug, "Now?", NOON).state is (
        SponsorState.ASKED
    )
    assert session.scalar(select(func.count()).select_from(Sponsorship)) == 1


def test_the_lead_asks_no_more(session: Session, opened: build.Opened) -> None:
    joint = asked(session, opened)
    acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    acts.end_sponsorship(session, joint.head, joint.paper, joint.request.voice_id)
    with pytest.raises(NotThere):
        acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    acts.submit_comment(session, joint.head, joint.paper, NOON)
    assert joint.other.voice_id not in positions(session, opened)


def test_what_was_submitted_or_dropped_is_not_cleared_any_more(
    session: Session, opened: build.Opened
) -> None:
    joint = asked(session, opened)
    acts.submit_comment(session, joint.head, joint.paper, NOON)
    with pytest.raises(RequestOver):
        acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)


def test_after_the_close_nothing_is_cleared(session: Session, opened: build.Opened) -> None:
    joint = asked(session, opened)
    with pytest.raises(TooLate):
        acts.clear_sponsorship(session, joint.other, joint.request, 1, LATER)


def test_a_co_sponsor_steps_back_while_the_round_is_open(session: Session, opened: build.Opened) -> None:
    joint = asked(session, opened)
    acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    comment = acts.submit_comment(session, joint.head, joint.paper, NOON)
    with pytest.raises(TooLate):
        acts.step_back(session, joint.other, comment, LATER)
    row = acts.step_back(session, joint.other, comment, NOON)
    assert row.until == NOON
    assert set(positions(session, opened)) == {joint.head.voice_id}
    assert noted(session, opened)[-1] == "co_sponsor.ended"
    with pytest.raises(NotThere):
        acts.step_back(session, joint.other, comment, NOON)


def test_only_the_head_of_a_co_sponsor_steps_back(session: Session, opened: build.Opened) -> None:
    joint = asked(session, opened)
    acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    comment = acts.submit_comment(session, joint.head, joint.paper, NOON)
    deputy = build.acting(session, build.a_delegate(session, joint.uganda, seat=SeatKind.DEPUTY))
    for who in (deputy, joint.head, build.acting(session, build.a_delegate(session))):
        with pytest.raises(NotThere):
            acts.step_back(session, who, comment, NOON)


def test_the_lead_withdraws_and_the_positions_that_rest_on_it_go(
    session: Session, opened: build.Opened
) -> None:
    joint = asked(session, opened)
    acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    comment = acts.submit_comment(session, joint.head, joint.paper, NOON)
    acts.withdraw_comment(session, joint.head, comment, NOON)
    assert positions(session, opened) == {}
    with pytest.raises(AlreadyWithdrawn):
        acts.step_back(session, joint.other, comment, NOON)


def test_what_a_co_sponsor_said_since_stays_when_the_lead_withdraws(
    session: Session, opened: build.Opened
) -> None:
    joint = asked(session, opened)
    acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    comment = acts.submit_comment(session, joint.head, joint.paper, NOON)
    clause = opened.clauses["3.2"].clause_id
    acts.take_position(session, joint.other, opened.round.id, clause, Stance.SUPPORT, NOON)
    acts.withdraw_comment(session, joint.head, comment, NOON)
    assert positions(session, opened) == {joint.other.voice_id: Stance.SUPPORT}


def test_who_does_not_join_the_replacement_is_left_behind(session: Session, opened: build.Opened) -> None:
    joint = asked(session, opened)
    acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    comment = acts.submit_comment(session, joint.head, joint.paper, NOON)
    saying = build.saying(opened, reasons="Shorter still.", supersedes=comment.number)
    second = acts.write_contribution(session, joint.head, opened.consultation.id, saying, NOON)
    acts.submit_comment(session, joint.head, second, NOON)
    assert set(positions(session, opened)) == {joint.head.voice_id}
    assert noted(session, opened)[-2:] == ["comment.submitted", "co_sponsor.ended"]


def test_a_party_that_was_disabled_meanwhile_is_left_out(session: Session, opened: build.Opened) -> None:
    from consult.core.terms import OrganisationState

    joint = asked(session, opened)
    acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    joint.uganda.state = OrganisationState.DISABLED
    acts.submit_comment(session, joint.head, joint.paper, NOON)
    assert set(positions(session, opened)) == {joint.head.voice_id}


def test_both_sides_get_their_letters(session: Session, opened: build.Opened) -> None:
    joint = asked(session, opened)
    acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    commit(session)
    asked_for = session.scalars(select(Job).where(Job.kind == "letters.write")).all()
    kinds = [one.arguments["letter"] for one in asked_for]
    assert kinds.count("sponsor.asked") == kinds.count("sponsor.answered") == 1


def test_submit_all_takes_the_co_sponsors_in(session: Session, opened: build.Opened) -> None:
    joint = asked(session, opened)
    acts.clear_sponsorship(session, joint.other, joint.request, 1, NOON)
    second = build.a_paper(session, opened, session.get_one(Person, joint.head.person_id), "3.3")
    seen = {joint.paper.key: 1, second.key: 1}
    together = acts.submit_all(session, joint.head, opened.consultation.id, seen, clock.now())
    assert [one.number for one in together.done] == [1, 2] and together.missed == ()
    assert len(positions(session, opened)) == 2
    assert joint.paper.state is PaperState.SUBMITTED
