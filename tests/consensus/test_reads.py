"""Where the groups stand, counted from the database. The figures are those of METHODS (a)."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from consult.comments import acts as comments
from consult.consensus.reads import ClauseStand, clause_stand, current, heads, stand_on
from consult.consensus.reads_overview import overview
from consult.core.actors import SYSTEM, VISITOR
from consult.core.consensus import Status, Tally
from consult.core.terms import Stance, Track
from consult.db import commit
from consult.drafts.reads import Consulted, consultation
from consult.people import acts as people
from tests import build
from tests.consensus.world import EXAMPLE, NOON, G, positions

REQUIRED = tuple(EXAMPLE)


@pytest.fixture(autouse=True)
def _noon(stopped_at: Callable[[datetime], None]) -> None:
    stopped_at(NOON)


def seen(session: Session, opened: build.Opened) -> Consulted:
    commit(session)
    return consultation(session, VISITOR, opened.slug, "en")


def stood(session: Session, opened: build.Opened, clause: str = "3.2") -> ClauseStand:
    consulted = seen(session, opened)
    return stand_on(session, consulted, consulted.drafts[0], opened.clauses[clause].clause_id)


def close(value: float) -> object:
    return pytest.approx(value, abs=5e-7)


def test_the_worked_example_comes_out_of_the_database_as_it_stands_in_the_methods(session: Session) -> None:
    opened = build.an_open_round(session, required_groups=REQUIRED)
    positions(session, opened, EXAMPLE)
    found = stood(session, opened)
    assert [one.group for one in found.groups] == list(REQUIRED)
    assert [one.interval.share for one in found.groups if one.interval] == [0.8, 0.8, 0.85, 0.6, 1.0]
    civil = found.groups[3]
    assert civil.interval and (civil.interval.low, civil.interval.high) == (close(0.450581), close(0.732874))
    assert (found.mean, found.low, found.high) == (close(0.81), close(0.700536), close(0.847892))
    assert found.pooled == close(0.784452)
    assert found.status is Status.SIGNIFICANT_OPPOSITION
    assert found.weakest and found.weakest.group is G.CIVIL_SOCIETY
    assert found.contested_by is G.CIVIL_SOCIETY
    assert found.standing_objections == 35
    assert (found.all.support, found.all.can_live_with, found.all.abstain, found.all.object) == (
        163,
        59,
        26,
        35,
    )


def test_those_without_accreditation_stand_in_a_tally_of_the_same_shape_beside(session: Session) -> None:
    opened = build.an_open_round(session, required_groups=(G.GOVERNMENT,), takes_individuals=True)
    positions(session, opened, {G.GOVERNMENT: (3, 0, 0, 0)})
    positions(session, opened, {G.GOVERNMENT: (0, 0, 0, 2), G.ACADEMIA: (1, 0, 0, 0)}, accredited=False)
    build.a_comment(session, opened, by=build.a_person(session), stance=Stance.CAN_LIVE_WITH)
    found = stood(session, opened)
    assert [(one.group, one.tally) for one in found.groups] == [(G.GOVERNMENT, Tally(support=3))]
    assert found.status is Status.FULL_CONSENSUS, "what stands beside decides nothing"
    assert [(one.group, one.tally) for one in found.beside_groups] == [
        (G.GOVERNMENT, Tally(object=2)),
        (G.ACADEMIA, Tally(support=1)),
        (None, Tally(can_live_with=1)),
    ]
    assert (found.beside.support, found.beside.can_live_with, found.beside.object) == (1, 1, 2)


def test_losing_accreditation_moves_a_position_beside_at_once(session: Session) -> None:
    opened = build.an_open_round(session, required_groups=(G.GOVERNMENT,))
    organisation = build.an_organisation(session)
    build.a_comment(session, opened, by=build.a_delegate(session, organisation), stance=Stance.SUPPORT)
    assert stood(session, opened).all.support == 1
    people.accredit_organisation(session, SYSTEM, organisation, is_accredited=False, reason="it is no more")
    found = stood(session, opened)
    assert (found.all.support, found.beside.support) == (0, 1)


def test_a_group_that_is_not_required_is_shown_and_decides_nothing(session: Session) -> None:
    opened = build.an_open_round(session, required_groups=(G.GOVERNMENT,))
    positions(session, opened, {G.GOVERNMENT: (3, 0, 0, 0), G.ACADEMIA: (0, 0, 0, 3)})
    found = stood(session, opened)
    assert [(one.group, one.is_required) for one in found.groups] == [
        (G.GOVERNMENT, True),
        (G.ACADEMIA, False),
    ]
    assert found.contested_by is None
    assert found.status is Status.FULL_CONSENSUS
    assert found.standing_objections == 3


def test_a_standing_objection_keeps_the_word_consensus_away_until_it_is_answered(session: Session) -> None:
    opened = build.an_open_round(session, required_groups=(G.GOVERNMENT,))
    positions(session, opened, {G.GOVERNMENT: (4, 0, 0, 1)})
    consulted = seen(session, opened)
    clause_id = opened.clauses["3.2"].clause_id
    given = current(session, consulted, opened.draft.id, heads(consulted), (clause_id,))
    assert clause_stand(consulted, given, clause_id).status is Status.CONSENSUS_ONCE_ANSWERED
    assert clause_stand(consulted, given, clause_id, open_objections=0).status is Status.CONSENSUS


def test_abstaining_keeps_a_group_from_agreeing_and_contests_nothing(session: Session) -> None:
    opened = build.an_open_round(session, required_groups=(G.GOVERNMENT,))
    positions(session, opened, {G.GOVERNMENT: (2, 0, 2, 0)})
    found = stood(session, opened)
    assert (found.agreeing, found.contested_by, found.silent) == ((), None, ())


def test_the_newest_stance_of_a_voice_counts_and_a_withdrawn_one_does_not(session: Session) -> None:
    opened = build.an_open_round(session)
    head = build.a_delegate(session)
    first = build.a_comment(session, opened, by=head, stance=Stance.OBJECT)
    second = build.a_comment(session, opened, by=head, stance=Stance.SUPPORT, supersedes=first.number)
    found = stood(session, opened)
    assert (found.all.support, found.all.object, found.all.count) == (1, 0, 1)
    comments.withdraw_comment(session, build.acting(session, head), second, NOON)
    consulted = seen(session, opened)
    given = current(session, consulted, opened.draft.id, heads(consulted))
    assert not given.on(opened.clauses["3.2"].clause_id)


def test_the_position_of_a_hidden_comment_still_counts(session: Session) -> None:
    opened = build.an_open_round(session)
    comment = build.a_comment(session, opened, stance=Stance.OBJECT)
    comments.hide_comment(
        session, build.acting(session, opened.moderator), comment, "It names a private person."
    )
    assert stood(session, opened).all.object == 1


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        (Stance.SUPPORT, Stance.CAN_LIVE_WITH, Status.FULL_CONSENSUS),
        (Stance.SUPPORT, Stance.OBJECT, Status.DIVERGENCE),
        (Stance.SUPPORT, None, Status.INSUFFICIENT),
    ],
)
def test_on_a_bilateral_track_the_two_parties_stand_instead_of_groups(
    session: Session, one: Stance, other: Stance | None, status: Status
) -> None:
    parties = [build.an_organisation(session, name=name) for name in ("Marava", "Lindar")]
    opened = build.an_open_round(session, track=Track.BILATERAL, parties=parties)
    for party, stance in zip(parties, (one, other), strict=True):
        if stance:
            build.a_comment(session, opened, by=build.a_delegate(session, party), stance=stance)
    found = stood(session, opened)
    assert [(line.voice.name, line.stance) for line in found.parties] == [("Marava", one), ("Lindar", other)]
    assert (found.status, found.mean) == (status, None)


def test_the_overview_puts_the_most_contested_clause_first_and_counts_the_whole(session: Session) -> None:
    opened = build.an_open_round(session, required_groups=(G.GOVERNMENT,))
    positions(session, opened, {G.GOVERNMENT: (3, 0, 0, 0)}, clause="3.1")
    positions(session, opened, {G.GOVERNMENT: (1, 0, 0, 2)}, clause="3.2")
    consulted = seen(session, opened)
    found = overview(session, consulted, consulted.drafts[0], heads(consulted), "en")
    assert [row.line.number for row in found.contested] == ["3.2", "3.1"]
    assert [row.line.number for row in found.rows] == ["3.1", "3.2", "3.3"]
    assert [cell.css for cell in found.contested[0].cells] == ["q4"]
    # Two on 3.2, and on 3.3 the two comments that carry the reasons.
    assert (found.clause_count, found.standing_objections) == (3, 4)
    assert sum(count for _, count in found.statuses) == 3
