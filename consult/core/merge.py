"""From many accepted amendments to one next text: what lands, whose it is, and where they collide?

Every amendment is compared with the base that its author read. What several ask is one change with all their
names. Changes of different words all land, whoever asks and in whatever order. Where two touch the same words,
or put different words in at the same place, nobody wins: the base stands, and the rivals wait side by side.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from consult.core.diff import Edit, pieces, woven
from consult.core.sources import Amended, Change, sources
from consult.core.stretches import Stretch, stretches, tokens
from consult.core.text import has_unspaced, sha256_of

__all__ = [
    "NO_CHOICES",
    "Amended",
    "Change",
    "Choice",
    "Collision",
    "Merged",
    "NoSuchOption",
    "Option",
    "merge",
    "sources",
]

Choice = int | Literal["brackets"]
NO_CHOICES: Mapping[str, Choice] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Option:
    """One wording of a contested stretch, and the comments that ask for it; nobody asks for the base's own."""

    text: str
    comments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Collision:
    """A stretch of the base that several want differently. The base's own wording is the first option."""

    key: str
    base_start: int
    base_end: int
    base_text: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    text: str
    changes: tuple[Change, ...]
    collisions: tuple[Collision, ...]


@dataclass
class NoSuchOption(Exception):
    """A choice that this collision does not offer."""

    key: str
    choice: int


_Asked = dict[Stretch, frozenset[Amended]]


def merge(base: str, amendments: Sequence[Amended], choices: Mapping[str, Choice] = NO_CHOICES) -> Merged:
    """The next text. Choices are an option's index or "brackets", by the collision's key."""
    asked = _asked(base, amendments)
    landed: dict[Stretch, tuple[int, ...]] = {}
    open_: list[Collision] = []
    for group in _groups(asked):
        if len(group) == 1:
            landed[group[0]] = _numbers(asked[group[0]])
            continue
        wordings = _wordings(base, group, asked)
        collision = _collision(base, wordings)
        if collision.key not in choices:
            open_.append(collision)
            continue
        chosen, comments = _chosen(collision, wordings, choices[collision.key])
        if comments:
            landed[chosen] = comments
    order = sorted(landed)
    text, places = woven(base, order)
    return Merged(text, tuple(_changes(places, [landed[stretch] for stretch in order])), tuple(open_))


def _asked(base: str, amendments: Iterable[Amended]) -> _Asked:
    """Each distinct change with the amendments that ask for it; a differing blank makes no other change."""
    alike: dict[tuple[int, int, str], set[tuple[Stretch, Amended]]] = defaultdict(set)
    for amended in amendments:
        for stretch in stretches(base, amended.text):
            alike[stretch.old_from, stretch.old_to, stretch.wording].add((stretch, amended))
    points = {start for start, stop, wording in alike if start == stop and wording}
    return {
        max(stretch for stretch, _ in same): frozenset(amended for _, amended in same)
        for (start, stop, wording), same in alike.items()
        if wording or start < stop or start not in points  # words put in bring their own blanks
    }


def _groups(asked: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Changes that overlap, directly or through others; what only touches does not overlap."""
    group: list[Stretch] = []
    reach = 0
    for stretch in sorted(asked):
        start, stop = stretch.old_from, stretch.old_to
        is_rival = start == stop == reach and bool(group) and group[0].old_from == start
        if group and not (start < reach or is_rival):
            yield group
            group, reach = [], 0
        group.append(stretch)
        reach = max(reach, stop)
    if group:
        yield group


def _wordings(base: str, group: Sequence[Stretch], asked: _Asked) -> dict[Stretch, tuple[int, ...]]:
    """The contested stretch as the base has it, then as each proposal does, with the comments for each."""
    start, stop = min(one.old_from for one in group), max(one.old_to for one in group)
    found: dict[str, tuple[Stretch, list[Amended]]] = {}
    for amended in sorted({amended for stretch in group for amended in asked[stretch]}):
        own = [stretch for stretch in group if amended in asked[stretch]]
        whole = _combined(base, own, start, stop)
        found.setdefault(whole.wording, (whole, []))[1].append(amended)
    proposed = {whole: _numbers(by) for whole, by in found.values()}
    return {_combined(base, (), start, stop): (), **proposed}


def _combined(base: str, changes: Sequence[Stretch], start: int, stop: int) -> Stretch:
    """Several changes, and the words between them, as one."""
    *worded, closing = [
        piece for piece in pieces(base, changes, start, stop) if piece.wording or piece.is_last
    ]
    if not worded:
        return Stretch(start, stop, "", closing.gap, closing.gap)
    wording = "".join(piece.gap + piece.wording for piece in worded)
    return Stretch(start, stop, wording[len(worded[0].gap) :], worded[0].gap, closing.gap)


def _collision(base: str, wordings: Mapping[Stretch, tuple[int, ...]]) -> Collision:
    was = tokens(base)
    first = next(iter(wordings))
    start = was[first.old_from].start if first.wording else was[first.old_from - 1].end * bool(first.old_from)
    end = start + len(first.wording)
    options = tuple(Option(stretch.wording, comments) for stretch, comments in wordings.items())
    return Collision(f"{start}-{end}-{sha256_of(base)[:8]}", start, end, first.wording, options)


def _chosen(
    collision: Collision, wordings: Mapping[Stretch, tuple[int, ...]], choice: Choice
) -> tuple[Stretch, tuple[int, ...]]:
    if choice == "brackets":
        return _bracketed([stretch for stretch, by in wordings.items() if by]), _numbers_in(wordings.values())
    if not 0 <= choice < len(wordings):
        raise NoSuchOption(collision.key, choice)
    return list(wordings.items())[choice]


def _bracketed(rivals: Sequence[Stretch]) -> Stretch:
    """All proposals side by side. One that strikes the words adds none: what is bracketed may go."""
    kept = [f"[{rival.wording}]" for rival in rivals if rival.wording]
    between = "" if any(has_unspaced(option[1] + option[-2]) for option in kept) else " "
    before, after = max(rival.before for rival in rivals), max(rival.after for rival in rivals)
    return Stretch(rivals[0].old_from, rivals[0].old_to, between.join(kept), before, after)


def _changes(places: Iterable[Edit], comments: Iterable[tuple[int, ...]]) -> Iterator[Change]:
    waiting: tuple[int, ...] = ()  # who asked for a blank that became part of the next change
    for place, by in zip(places, comments, strict=True):
        if (place.old_start, place.new_start) == (place.old_end, place.new_end):
            waiting = by
            continue
        cited = _numbers_in((waiting, by))
        yield Change(place.old_start, place.old_end, place.new_start, place.new_end, cited)
        waiting = ()


def _numbers(amendments: Iterable[Amended]) -> tuple[int, ...]:
    return tuple(sorted({amended.comment for amended in amendments}))


def _numbers_in(comments: Iterable[Iterable[int]]) -> tuple[int, ...]:
    return tuple(sorted({number for some in comments for number in some}))
