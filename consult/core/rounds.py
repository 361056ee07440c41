"""Is a round open at this instant, does it take comments, and may its end be moved?

A round's state is a function of instants and is never stored. In time is what reached the application before
the close, whatever it waited for after that.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from consult.core.terms import RoundKind, RoundState

SETTLING = timedelta(seconds=60)  # requests that reached us in time may still be on their way into the record
NOTICE = timedelta(hours=72)


class CloseRefused(StrEnum):
    """Why the end of a round may not be moved as asked."""

    IS_CLOSED = "is_closed"
    IS_UNCHANGED = "is_unchanged"
    HAS_NO_REASON = "has_no_reason"
    IS_TOO_SOON = "is_too_soon"


def state_at(opens_at: datetime, closes_at: datetime, at: datetime) -> RoundState:
    if at < opens_at:
        return RoundState.PLANNED
    return RoundState.OPEN if at < closes_at else RoundState.CLOSED


def takes_comments(kind: RoundKind, state: RoundState) -> bool:
    return kind is RoundKind.COMMENT and state is RoundState.OPEN


def takes_silence_breaks(kind: RoundKind, state: RoundState) -> bool:
    return kind is RoundKind.SILENCE and state is RoundState.OPEN


def may_be_settled(closes_at: datetime, at: datetime) -> bool:
    """Whether the comments of a round may be disposed: all that came in time have been written down."""
    return at >= closes_at + SETTLING


def may_change_close(old: datetime, new: datetime, at: datetime, has_reason: bool) -> CloseRefused | None:
    """None if a round that closes at `old` may close at `new` instead.

    Later at any time while it runs; earlier only with reasons, and with 72 hours' notice of the new end.
    """
    if at >= old:
        return CloseRefused.IS_CLOSED
    if new == old:
        return CloseRefused.IS_UNCHANGED
    if new > old:
        return None
    if not has_reason:
        return CloseRefused.HAS_NO_REASON
    return CloseRefused.IS_TOO_SOON if new - at < NOTICE else None


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Whether two spans share an instant; the one may open when the other closes."""
    return one[0] < other[1] and other[0] < one[1]
