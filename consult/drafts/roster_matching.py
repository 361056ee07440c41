"""Which organisation does a row of a list mean, and what is to be done with it? Exact names decide; near ones only offer."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from rapidfuzz import fuzz, process

from consult.core.terms import PartyRole, StakeholderGroup
from consult.drafts.roster_rows import NEW, SKIP, RosterRow
from consult.drafts.roster_words import EMAIL, country_of
from consult.organisations.folding import folded

NEAR, MOST_NEAR = 82, 3


class Listed(Protocol):
    """An organisation as the directory lists it."""

    @property
    def id(self) -> int: ...
    @property
    def slug(self) -> str: ...
    @property
    def folded_names(self) -> tuple[str, ...]: ...


class Fate(StrEnum):
    """What becomes of a row when the list is confirmed."""

    INVITE = "invite"
    CHANGE = "change"
    STANDS = "stands"
    ENTER = "enter"
    LEFT_OUT = "left_out"
    OPEN = "open"


class Lack(StrEnum):
    """What is missing or not understood, before an organisation can be entered anew."""

    NAME = "name"
    GROUP = "group"
    COUNTRY = "country"
    EMAIL = "email"
    SEVERAL = "several"
    TWICE = "twice"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Understood:
    """A row, the organisation that it means if one is known, what becomes of it, and what is in the way."""

    row: RosterRow
    organisation: Listed | None
    fate: Fate
    lacks: tuple[Lack, ...] = ()


class Book:
    """The listed organisations, by slug and by every name."""

    def __init__(self, listed: Sequence[Listed]) -> None:
        self.by_slug = {one.slug: one for one in listed}
        self._by_name: dict[str, list[Listed]] = defaultdict(list)
        for one in listed:
            for name in one.folded_names:
                self._by_name[name].append(one)
        self._names = list(self._by_name)

    def exactly(self, row: RosterRow) -> list[Listed]:
        """Those that have this slug, else those that have this name."""
        found = self.by_slug.get(row.slug.strip().lower())
        return [found] if found else self._by_name.get(folded(row.organisation), [])

    def nearly(self, row: RosterRow) -> tuple[str, ...]:
        """The slugs of the few whose names come near."""
        sought = folded(row.organisation)
        if len(sought) < 4:
            return ()
        found = process.extract(
            sought, self._names, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=MOST_NEAR * 2
        )
        slugs = (one.slug for name, *_ in found for one in self._by_name[name])
        return tuple(dict.fromkeys(slugs))[:MOST_NEAR]


def with_near(rows: Iterable[RosterRow], book: Book) -> tuple[RosterRow, ...]:
    """The rows, each unknown one with the few organisations that its name comes near to."""
    return tuple(replace(row, near=() if book.exactly(row) else book.nearly(row)) for row in rows)


def judged(
    rows: Sequence[RosterRow], book: Book, standing: dict[int, PartyRole], default: PartyRole
) -> tuple[Understood, ...]:
    """What each row means and what becomes of it. The first of two rows for the same organisation counts."""
    seen: set[object] = set()
    return tuple(_judged(row, book, standing, default, seen) for row in rows)


def _judged(
    row: RosterRow, book: Book, standing: dict[int, PartyRole], default: PartyRole, seen: set[object]
) -> Understood:
    if row.choice == SKIP:
        return Understood(row, None, Fate.LEFT_OUT)
    chosen = book.by_slug.get(row.choice[1:]) if row.choice.startswith("=") else None
    found = [chosen] if chosen else [] if row.choice == NEW else book.exactly(row)
    if len(found) > 1:
        return Understood(
            replace(row, near=tuple(one.slug for one in found)), None, Fate.OPEN, (Lack.SEVERAL,)
        )
    key = found[0].id if found else folded(row.organisation)
    if key and key in seen:
        return Understood(row, found[0] if found else None, Fate.LEFT_OUT, (Lack.TWICE,))
    seen.add(key)
    if found:
        part = standing.get(found[0].id)
        wanted = part_asked(row, default)
        fate = Fate.INVITE if part is None else Fate.STANDS if part is wanted else Fate.CHANGE
        return Understood(row, found[0], fate)
    lacks = lacking(row)
    is_decided = not lacks and (row.choice == NEW or not row.near)
    return Understood(row, None, Fate.ENTER if is_decided else Fate.OPEN, lacks)


def lacking(row: RosterRow) -> tuple[Lack, ...]:
    """What must be known before an organisation is entered: its name, group, country, and whom to write to."""
    found = []
    if not folded(row.organisation):
        found.append(Lack.NAME)
    if row.organisation.startswith(("=", "+", "@")):
        found.append(Lack.FORMULA)
    if row.group not in set(StakeholderGroup):
        found.append(Lack.GROUP)
    if country_of(row.country) is None:
        found.append(Lack.COUNTRY)
    if not EMAIL.fullmatch(row.email):
        found.append(Lack.EMAIL)
    return tuple(found)


def part_asked(row: RosterRow, default: PartyRole) -> PartyRole:
    """The part that a row asks for; a word that was not understood asks for none."""
    return PartyRole(row.role) if row.role in set(PartyRole) else default


def counted(found: Collection[Understood]) -> dict[Fate, int]:
    """How many rows have which fate."""
    return {fate: sum(one.fate is fate for one in found) for fate in Fate}
