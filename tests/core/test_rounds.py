"""Is a round open at this instant, and may its end be moved?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core.rounds import (
    NOTICE,
    SETTLING,
    CloseRefused,
    may_be_settled,
    may_change_close,
    overlap,
    state_at,
    takes_comments,
    takes_silence_breaks,
)
from consult.core.terms import RoundKind, RoundState

OPENS = datetime(2026, 3, 1, 9, tzinfo=UTC)
CLOSES = datetime(2026, 3, 31, 22, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (OPENS - INSTANT, RoundState.PLANNED),
        (OPENS, RoundState.OPEN),
        (CLOSES - INSTANT, RoundState.OPEN),
        (CLOSES, RoundState.CLOSED),
    ],
)
def test_a_round_opens_and_closes_by_the_clock(at, state):
    assert state_at(OPENS, CLOSES, at) is state


def test_only_an_open_comment_round_takes_comments():
    assert [(kind, state) for kind in RoundKind for state in RoundState if takes_comments(kind, state)] == [
        (RoundKind.COMMENT, RoundState.OPEN)
    ]
    assert takes_silence_breaks(RoundKind.SILENCE, RoundState.OPEN)
    assert not takes_silence_breaks(RoundKind.COMMENT, RoundState.OPEN)


def test_settling_waits_a_minute_for_what_came_in_time():
    assert not may_be_settled(CLOSES, CLOSES + SETTLING - INSTANT)
    assert may_be_settled(CLOSES, CLOSES + SETTLING)


@pytest.mark.parametrize(
    ("new", "at", "has_reason", "refused"),
    [
        (CLOSES + timedelta(days=7), OPENS, False, None),
        (CLOSES + timedelta(days=7), CLOSES - INSTANT, False, None),
        (CLOSES + timedelta(days=7), CLOSES, True, CloseRefused.IS_CLOSED),
        (CLOSES, OPENS, True, CloseRefused.IS_UNCHANGED),
        (OPENS + NOTICE, OPENS, True, None),
        (OPENS + NOTICE, OPENS, False, CloseRefused.HAS_NO_REASON),
        (OPENS + NOTICE - INSTANT, OPENS, True, CloseRefused.IS_TOO_SOON),
    ],
)
def test_the_end_moves_later_freely_and_earlier_only_with_reasons_and_notice(new, at, has_reason, refused):
    assert may_change_close(CLOSES, new, at, has_reason) is refused


hours = st.integers(-500, 500).map(lambda count: OPENS + timedelta(hours=count))


@given(hours, hours, hours, st.booleans())
def test_no_round_ends_within_72_hours_of_being_shortened(old, new, at, has_reason):
    if new < old and may_change_close(old, new, at, has_reason) is None:
        assert has_reason
        assert new - at >= NOTICE


def test_a_round_may_open_when_another_closes():
    later = (CLOSES, CLOSES + timedelta(days=1))
    assert not overlap((OPENS, CLOSES), later)
    assert overlap((OPENS, CLOSES + INSTANT), later)
    assert overlap(later, (OPENS, CLOSES + INSTANT))
