"""Where does each group stand on each clause of a draft? The most contested clauses first, then all in their order."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.consensus.reads import ClauseStand, GroupLine, Heads, clause_stand, current
from consult.core.consensus import Status
from consult.core.terms import ClauseKind, StakeholderGroup
from consult.core.text import bracket_count
from consult.drafts.reads import ClauseLine, Consulted, DraftLine, tree
from consult.languages.reads import Said, originals, texts_in
from consult.memory import Memory
from consult.people.reads import Speaker

MOST_ON_A_PAGE = 25
MOST_CONTESTED = 10
SPOKEN_ON = (ClauseKind.CLAUSE, ClauseKind.TABLE)
# The heat of a cell, by the share that accepts: from contested to agreed.
HEATS = ((0.5, "q4"), (2 / 3, "q3"), (0.75, "q2"), (0.9, "q1"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One group on one clause, as the table of heats shows it: nothing, only a number, or a share."""

    group: StakeholderGroup
    line: GroupLine | None
    css: str


@dataclass(frozen=True, slots=True)
class Row:
    """One clause: its first words or its heading, and its groups in the order of the columns."""

    line: ClauseLine
    words: Said
    stand: ClauseStand
    cells: tuple[Cell, ...]
    bracket_count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All clauses that can be spoken on: the figures of the whole draft, and one page of rows."""

    draft: DraftLine
    groups: tuple[StakeholderGroup, ...]
    parties: tuple[Speaker, ...]
    contested: tuple[Row, ...]
    rows: tuple[Row, ...]
    statuses: tuple[tuple[Status, int], ...]
    clause_count: int
    standing_objections: int
    part: int
    part_count: int


@dataclass(frozen=True, slots=True)
class Stood:
    """Every clause of a draft with where the groups stand on it."""

    stands: tuple[tuple[ClauseLine, ClauseStand], ...]
    groups: tuple[StakeholderGroup, ...]
    parties: tuple[Speaker, ...]


STOOD: Memory[Stood] = Memory(16)


def overview(
    session: Session, consulted: Consulted, draft: DraftLine, state: Heads, language: str, part: int = 1
) -> Overview:
    """The whole draft at a glance. The same few queries however long it is."""
    stood = STOOD.of((draft.id, state), lambda: _stood(session, consulted, draft, state))
    part_count = max(1, -(-len(stood.stands) // MOST_ON_A_PAGE))
    part = min(max(part, 1), part_count)
    page = stood.stands[(part - 1) * MOST_ON_A_PAGE : part * MOST_ON_A_PAGE]
    contested = sorted(
        (one for one in stood.stands if _heat(one[1]) is not None), key=lambda one: _heat(one[1]) or 0
    )
    lines = {line.clause_id: line for line, _ in (*page, *contested[:MOST_CONTESTED])}
    said = texts_in(session, [one.heading_text_id or one.text_id for one in lines.values()], language)
    sources = originals(session, [one.text_id for one in lines.values()])

    def row(line: ClauseLine, stand: ClauseStand) -> Row:
        words = said[line.heading_text_id or line.text_id]
        return Row(line, words, stand, _cells(stand, stood.groups), bracket_count(sources[line.text_id].body))

    statuses = Counter(stand.status for _, stand in stood.stands)
    return Overview(
        draft=draft,
        groups=stood.groups,
        parties=stood.parties,
        contested=tuple(row(*one) for one in contested[:MOST_CONTESTED]) if part == 1 else (),
        rows=tuple(row(*one) for one in page),
        statuses=tuple((one, statuses[one]) for one in Status if statuses[one]),
        clause_count=len(stood.stands),
        standing_objections=sum(stand.standing_objections for _, stand in stood.stands),
        part=part,
        part_count=part_count,
    )


def _stood(session: Session, consulted: Consulted, draft: DraftLine, state: Heads) -> Stood:
    given = current(session, consulted, draft.id, state)
    lines = [one for one in tree(session, draft.id) if one.kind in SPOKEN_ON]
    stands = tuple((line, clause_stand(consulted, given, line.clause_id)) for line in lines)
    spoken = {one.group for _, stand in stands for one in stand.groups}
    return Stood(stands, tuple(group for group in StakeholderGroup if group in spoken), given.parties)


def _heat(stand: ClauseStand) -> float | None:
    """How contested a clause is: what its weakest group accepts; None where none is large enough to say."""
    return stand.weakest.interval.share if stand.weakest and stand.weakest.interval else None


def _cells(stand: ClauseStand, groups: tuple[StakeholderGroup, ...]) -> tuple[Cell, ...]:
    by_group = {one.group: one for one in stand.groups}
    return tuple(Cell(group, by_group.get(group), _css(by_group.get(group))) for group in groups)


def _css(one: GroupLine | None) -> str:
    if one is None or not one.tally.count:
        return "none"
    if not one.is_enough or one.interval is None:
        return "few"
    share = one.interval.share
    return next((css for bar, css in HEATS if share < bar - 1e-9), "q0")
