"""What is the next draft? The last one's tree with every settlement carried out, numbered anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from consult.core.numbering import Node, renumbered
from consult.core.terms import ClauseKind, DescentKind, SettlementKind
from consult.drafts.acts import NextClause
from consult.drafts.reads import ClauseLine


@dataclass(frozen=True, slots=True)
class Settled:
    """A standing settlement, in ids."""

    clause_id: int
    kind: SettlementKind
    text_id: int | None
    heading_text_id: int | None
    after_clause_id: int | None
    joined_clause_id: int | None
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A clause in the tree that is being built; `number` None is yet to get one."""

    clause_id: int
    parent: int | None
    kind: ClauseKind
    number: str | None
    heading: int | None
    text: int
    descents: tuple[tuple[int, DescentKind], ...] = field(default=())


def next_clauses(lines: Sequence[ClauseLine], settled: Sequence[Settled]) -> list[NextClause]:
    """The clauses of the next draft in reading order. `lines` are the last draft's, the whole first."""
    root = lines[0].clause_id
    before = [
        _Place(one.clause_id, one.parent_id, one.kind, one.number, one.heading_text_id, one.text_id)
        for one in lines[1:]
    ]
    places = list(before)
    for one in in_order(settled):
        places = _STEPS[one.kind](places, one)
    labels = renumbered([_node(one, root) for one in places], [_node(one, root) for one in before])
    index = {one.clause_id: at for at, one in enumerate(places)}
    return [
        NextClause(
            clause_id=one.clause_id,
            parent=index.get(one.parent) if one.parent is not None else None,
            kind=one.kind,
            number=labels[one.clause_id],
            heading_text_id=one.heading,
            text_id=one.text,
            descends_from=one.descents,
        )
        for one in places
    ]


def in_order(settled: Sequence[Settled]) -> list[Settled]:
    """Settlements as they are carried out: words, then places, then what makes and ends clauses.

    A clause is placed once the one that it stands after has its own place; of several after the same one, the
    one settled first stands nearest.
    """
    words = [one for one in settled if one.kind in (SettlementKind.KEEP, SettlementKind.REPLACE)]
    placed = [one for one in settled if one.kind in (SettlementKind.INSERT, SettlementKind.MOVE)]
    after: dict[int | None, list[Settled]] = {}
    for one in placed:
        after.setdefault(one.after_clause_id, []).insert(0, one)
    own = {one.clause_id for one in placed}
    ordered: list[Settled] = []
    waiting = [one for anchor, ones in after.items() if anchor not in own for one in ones]
    while waiting:
        one = waiting.pop(0)
        ordered.append(one)
        waiting = [*after.get(one.clause_id, ()), *waiting]
    ordered += [one for one in placed if one not in ordered]  # each after the other: as they were settled
    ends = (SettlementKind.SPLIT, SettlementKind.JOIN, SettlementKind.DELETE)
    return [*words, *ordered, *(one for kind in ends for one in settled if one.kind is kind)]


def _node(one: _Place, root: int) -> Node:
    return Node(one.clause_id, None if one.parent == root else one.parent, one.kind, one.number)


def _kept(places: list[_Place], _: Settled) -> list[_Place]:
    return places


def _replaced(places: list[_Place], one: Settled) -> list[_Place]:
    return [_reworded(place, one) if place.clause_id == one.clause_id else place for place in places]


def _deleted(places: list[_Place], one: Settled) -> list[_Place]:
    """The clause goes, with all that stands below it."""
    gone = _subtree(places, one.clause_id)
    return [place for place in places if place.clause_id not in gone]


def _inserted(places: list[_Place], one: Settled) -> list[_Place]:
    """A new clause after another and all below it; after a section, as the first clause in it."""
    at = _index(places, one.after_clause_id)
    if at is None or one.text_id is None:
        return places
    after = places[at]
    number = None if after.number or after.kind is ClauseKind.SECTION else ""
    if after.kind is ClauseKind.SECTION:
        parent: int | None = after.clause_id
        stop = at + 1
        number = None if _first_number(places, after.clause_id) else ""
    else:
        parent, stop = after.parent, _end(places, at)
    kind = (
        ClauseKind.CLAUSE
        if after.kind in (ClauseKind.SECTION, ClauseKind.NOTE, ClauseKind.TABLE)
        else after.kind
    )
    new = _Place(one.clause_id, parent, kind, number, one.heading_text_id, one.text_id)
    return [*places[:stop], new, *places[stop:]]


def _split(places: list[_Place], one: Settled) -> list[_Place]:
    """The first part keeps the identity; the others follow it, each descended from it."""
    places = _replaced(places, one)
    at = _index(places, one.clause_id)
    if at is None:
        return places
    first = places[at]
    made = [
        _Place(
            clause_id,
            first.parent,
            first.kind,
            None if first.number else "",
            None,
            text_id,
            ((first.clause_id, DescentKind.SPLIT),),
        )
        for clause_id, text_id in one.parts
    ]
    stop = _end(places, at)
    return [*places[:stop], *made, *places[stop:]]


def _joined(places: list[_Place], one: Settled) -> list[_Place]:
    """One survives and takes the words of both; what stood below the other stands below it, after its own."""
    ended = _index(places, one.joined_clause_id)
    if ended is None or _index(places, one.clause_id) is None:
        return places
    gone = places[ended].clause_id
    below = _subtree(places, gone) - {gone}
    block = [
        replace(place, parent=one.clause_id) if place.parent == gone else place
        for place in places
        if place.clause_id in below
    ]
    rest = [place for place in _replaced(places, one) if place.clause_id not in (gone, *below)]
    at = next(at for at, place in enumerate(rest) if place.clause_id == one.clause_id)
    rest[at] = replace(rest[at], descents=(*rest[at].descents, (gone, DescentKind.JOINED)))
    stop = _end(rest, at)
    return [*rest[:stop], *block, *rest[stop:]]


def _moved(places: list[_Place], one: Settled) -> list[_Place]:
    """The clause and all below it go after another, at that one's level."""
    places = _replaced(places, one)
    at = _index(places, one.clause_id)
    own = _subtree(places, one.clause_id)
    if at is None or one.after_clause_id is None or one.after_clause_id in own:
        return places
    block = [place for place in places if place.clause_id in own]
    rest = [place for place in places if place.clause_id not in own]
    target = _index(rest, one.after_clause_id)
    if target is None:
        return places
    after = rest[target]
    is_inside = after.kind is ClauseKind.SECTION and places[at].kind is not ClauseKind.SECTION
    stop = target + 1 if is_inside else _end(rest, target)
    number = None if block[0].number else ""
    block[0] = replace(block[0], parent=after.clause_id if is_inside else after.parent, number=number)
    return [*rest[:stop], *block, *rest[stop:]]


_STEPS = {
    SettlementKind.KEEP: _kept,
    SettlementKind.REPLACE: _replaced,
    SettlementKind.DELETE: _deleted,
    SettlementKind.INSERT: _inserted,
    SettlementKind.SPLIT: _split,
    SettlementKind.JOIN: _joined,
    SettlementKind.MOVE: _moved,
}


def _reworded(place: _Place, one: Settled) -> _Place:
    heading = one.heading_text_id or place.heading
    return replace(place, text=one.text_id or place.text, heading=heading)


def _index(places: Sequence[_Place], clause_id: int | None) -> int | None:
    return next((at for at, place in enumerate(places) if place.clause_id == clause_id), None)


def _subtree(places: Sequence[_Place], clause_id: int) -> set[int]:
    found = {clause_id}
    for place in places:
        if place.parent in found:
            found.add(place.clause_id)
    return found


def _end(places: Sequence[_Place], at: int) -> int:
    below = _subtree(places, places[at].clause_id)
    stop = at + 1
    while stop < len(places) and places[stop].clause_id in below:
        stop += 1
    return stop


def _first_number(places: Sequence[_Place], parent: int) -> str | None:
    return next((place.number for place in places if place.parent == parent and place.number), None)


def same_words(
    settled: Sequence[Settled], hashes: Mapping[int, str], earlier: Mapping[tuple[int, str], int]
) -> list[Settled]:
    """Settlements whose words the clause had before, in this draft or an earlier one, with that row instead.

    `hashes` are the settled texts' by id, `earlier` the clause's text ids by clause and hash.
    """
    return [
        replace(one, text_id=earlier.get((one.clause_id, hashes[one.text_id]), one.text_id))
        if one.text_id
        else one
        for one in settled
    ]
