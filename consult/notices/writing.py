"""How does a letter come to lie in the table? Once for each key, in the reader's language, as she wants it sent."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.terms import LetterState
from consult.notices.kinds import KINDS, Kind
from consult.notices.models import Following, Letter
from consult.people.models import Person

MOST = 200  # letters written in one transaction
NAME_LENGTH = 32


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to be written: to a person, to an address, or to a person at another address than her own."""

    key: str
    kind: str
    person_id: int | None = None
    email: str | None = None
    language: str = "en"
    consultation_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is known of the readers: their accounts, and what they chose."""

    persons: dict[int, Person]
    chosen: dict[tuple[int, str], bool]


def letter_name(key: str) -> str:
    """What a letter is called in addresses and files: says nothing of its key, and is the same whenever it is made."""
    return hashlib.sha256(key.encode()).hexdigest()[:NAME_LENGTH]


def write_letters(session: Session, letters: Sequence[NewLetter], most: int = MOST) -> int:
    """Writes those that are not there yet, at most so many. Answers how many are still to be written."""
    there = _there(session, [one.key for one in letters])
    missing = [one for one in letters if one.key not in there]
    now = missing[:most]
    wanted = _wanted(session, now)
    session.add_all(row for one in now if (row := _row(one, wanted)) is not None)
    session.flush()
    return len(missing) - len(now)


def _there(session: Session, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        found |= set(session.scalars(select(Letter.key).where(Letter.key.in_(some))))
    return found


def _wanted(session: Session, letters: Iterable[NewLetter]) -> _Wanted:
    ids = {one.person_id for one in letters if one.person_id is not None}
    kinds = {one.kind for one in letters}
    persons = session.scalars(select(Person).where(Person.id.in_(ids), Person.erased_at.is_(None)))
    chosen = session.scalars(select(Following).where(Following.person_id.in_(ids), Following.kind.in_(kinds)))
    return _Wanted(
        {row.id: row for row in persons}, {(row.person_id, row.kind): row.is_mailed for row in chosen}
    )


def _row(new: NewLetter, wanted: _Wanted) -> Letter | None:
    """The row; none for somebody who has left."""
    person = wanted.persons.get(new.person_id) if new.person_id is not None else None
    if new.person_id is not None and person is None:
        return None
    kind, at = KINDS[new.kind], clock.now()
    address = new.email or (person.email if person else None)
    is_mailed = address is not None and _is_mailed(kind, new.person_id, wanted)
    return Letter(
        key=new.key,
        name=letter_name(new.key),
        kind=new.kind,
        person_id=new.person_id,
        email=new.email,
        language=person.language if person else new.language,
        time_zone=person.time_zone if person else "UTC",
        consultation_id=new.consultation_id,
        facts=new.facts,
        is_in_inbox=person is not None and not kind.opens,
        is_mailed=is_mailed,
        # What nobody wants by mail has nowhere to go.
        state=LetterState.WRITTEN if is_mailed else LetterState.SENT,
        written_at=at,
        next_at=at,
        attempts=0,
    )


def _is_mailed(kind: Kind, person_id: int | None, wanted: _Wanted) -> bool:
    if not kind.is_chosen or person_id is None:
        return True
    return wanted.chosen.get((person_id, kind.name), kind.is_mailed)
