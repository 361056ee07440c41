"""How often was something tried lately? Counted in rows that all workers share, under keys that say nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import SYSTEM
from consult.db import inserting
from consult.people.models import Throttle
from consult.people.refusals import TooManyLetters
from consult.people.throttling import (
    LETTER_WINDOW,
    LETTERS_FROM_ONE,
    LETTERS_TO_ONE,
    WINDOW,
    Door,
    Keys,
    Limits,
    door,
)
from consult.record.acts import journal


def count_tries(session: Session, keys: Sequence[str], window: timedelta = WINDOW) -> None:
    """Counts one try under each key, in one statement each: many at once lose none. Journals the first of a window."""
    at = clock.now()
    for key in sorted(keys):
        is_over = Throttle.window_started_at <= at - window
        counted = (
            inserting(session, Throttle)
            .values(key=key, window_started_at=at, count=1)
            .on_conflict_do_update(
                index_elements=[Throttle.key],
                set_={
                    "count": case((is_over, 1), else_=Throttle.count + 1),
                    "window_started_at": case((is_over, at), else_=Throttle.window_started_at),
                },
            )
            .returning(Throttle.count)
        )
        if session.scalar(counted) == 1:
            journal(session, SYSTEM, "try.counted")


def tries(session: Session, keys: Sequence[str], at: datetime, window: timedelta = WINDOW) -> dict[str, int]:
    """How many tries the present window holds under each key, in one query."""
    rows = session.execute(
        select(Throttle.key, Throttle.count).where(
            Throttle.key.in_([key for key in keys if key]), Throttle.window_started_at > at - window
        )
    )
    return {row[0]: row[1] for row in rows}


def door_of(session: Session, keys: Keys, limits: Limits, at: datetime) -> Door:
    """What a try at signing in meets now."""
    return door(keys, tries(session, (keys.account, keys.address, keys.browser), at), limits)


def refuse_many_letters(session: Session, to_key: str, from_key: str) -> None:
    """Counts one letter asked for, or refuses it; whether anybody has that address makes no difference."""
    look_for_many_letters(session, to_key, from_key)
    count_tries(session, tuple({to_key, from_key}), LETTER_WINDOW)


def look_for_many_letters(session: Session, to_key: str, from_key: str) -> None:
    """Refuses what would be too many, and counts nothing: asked before a slow hash is computed for nothing."""
    counts = tries(session, (to_key, from_key), clock.now(), LETTER_WINDOW)
    if counts.get(to_key, 0) >= LETTERS_TO_ONE or counts.get(from_key, 0) >= LETTERS_FROM_ONE:
        raise TooManyLetters
