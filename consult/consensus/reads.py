"""Where do the groups stand on each clause? Counted from the current positions of accredited organisations.

Everything that depends on the public record alone is kept in memory under the heads of its chains.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy.orm import Session

from consult.comments.reads import stances
from consult.consensus.bars import Bar, Interval, bar, interval
from consult.core.consensus import FOR, GroupStand, Stand, Status, Tally, bilateral, stand
from consult.core.terms import Stance, StakeholderGroup, Track
from consult.drafts.reads import Consulted, DraftLine
from consult.memory import Memory
from consult.people.reads import accredited_voices, voices_of
from consult.record.reads import chain_head

BESIDE = "beside"
STANDS: Memory["Stances"] = Memory(32)


@dataclass(frozen=True, slots=True)
class Stances:
    """The current stances on a draft: of accredited organisations by clause and group, of all others beside."""

    by_group: Mapping[int, Mapping[str, tuple[Stance, ...]]]
    beside: Mapping[int, tuple[Stance, ...]]
    by_voice: Mapping[int, Mapping[int, Stance]]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group on one clause, as tables show it."""

    group: StakeholderGroup
    tally: Tally
    bar: Bar
    interval: Interval | None
    is_enough: bool
    is_required: bool


@dataclass(frozen=True, slots=True)
class ClauseStand:
    """Where the groups stand on one clause, and the status that is proposed."""

    groups: tuple[GroupLine, ...]
    all: Bar
    beside: Bar
    mean: float | None
    low: float | None
    high: float | None
    pooled: float | None
    weakest: StakeholderGroup | None
    status: Status
    is_confirmed: bool
    is_bilateral: bool
    agreeing: tuple[StakeholderGroup, ...]
    contested_by: StakeholderGroup | None
    silent: tuple[StakeholderGroup, ...]
    required_count: int


def current(session: Session, consulted: Consulted, draft_id: int) -> Stances:
    """The current stances on a draft. One query warm, three cold."""
    _, platform = chain_head(session, None)
    key = (consulted.id, draft_id, consulted.chain_head, platform)
    return STANDS.of(key, lambda: _current(session, draft_id))


def stand_on(
    session: Session, consulted: Consulted, draft: DraftLine, clause_id: int, open_objections: int = 0
) -> ClauseStand:
    """Where the groups stand on one clause."""
    return clause_stand(session, consulted, current(session, consulted, draft.id), clause_id, open_objections)


def clause_stand(
    session: Session, consulted: Consulted, given: Stances, clause_id: int, open_objections: int = 0
) -> ClauseStand:
    """The same from stances that were read already."""
    tallies = {group: Tally.of(said) for group, said in given.by_group.get(clause_id, {}).items()}
    required = [group.value for group in consulted.required]
    found = stand(tallies, required, open_objections)
    status = found.status
    is_bilateral = consulted.track is Track.BILATERAL and len(consulted.party_ids) == 2
    if is_bilateral:
        status = bilateral(*_of_parties(session, consulted, given, clause_id))
    return _clause_stand(found, status, is_bilateral, given.beside.get(clause_id, ()), tallies)


def _clause_stand(
    found: Stand, status: Status, is_bilateral: bool, beside: Sequence[Stance], tallies: Mapping[str, Tally]
) -> ClauseStand:
    groups = tuple(_line(one, is_required=True) for one in found.groups)
    others = tuple(_line(one, is_required=False) for one in found.beside)
    enough = [one for one in found.groups if one.is_enough]
    failing = [one for one in enough if Fraction(one.tally.accepting, one.tally.count) < FOR]
    return ClauseStand(
        groups=groups + others,
        all=bar(sum(tallies.values(), Tally())),
        beside=bar(Tally.of(beside)),
        mean=None if is_bilateral else found.mean,
        low=found.low,
        high=found.high,
        pooled=found.pooled,
        weakest=StakeholderGroup(found.weakest) if found.weakest else None,
        status=status,
        is_confirmed=found.is_confirmed,
        is_bilateral=is_bilateral,
        agreeing=tuple(StakeholderGroup(one.group) for one in enough if one not in failing),
        contested_by=StakeholderGroup(min(failing, key=lambda one: one.accept or 0).group) if failing else None,
        silent=tuple(StakeholderGroup(one.group) for one in found.groups if not one.tally.count),
        required_count=len(found.groups),
    )


def _line(one: GroupStand, *, is_required: bool) -> GroupLine:
    group = StakeholderGroup(one.group)
    return GroupLine(group, one.tally, bar(one.tally), interval(one), one.is_enough, is_required)


def _of_parties(
    session: Session, consulted: Consulted, given: Stances, clause_id: int
) -> tuple[Stance | None, Stance | None]:
    said = given.by_voice.get(clause_id, {})
    one, other = voices_of(session, consulted.party_ids)
    return said.get(one), said.get(other)


def _current(session: Session, draft_id: int) -> Stances:
    groups = accredited_voices(session)
    by_group: dict[int, dict[str, list[Stance]]] = defaultdict(lambda: defaultdict(list))
    beside: dict[int, list[Stance]] = defaultdict(list)
    by_voice: dict[int, dict[int, Stance]] = defaultdict(dict)
    for clause_id, voice_id, stance in stances(session, draft_id):
        by_voice[clause_id][voice_id] = stance
        if voice_id in groups:
            by_group[clause_id][groups[voice_id].value].append(stance)
        else:
            beside[clause_id].append(stance)
    return Stances(
        {clause: {group: tuple(said) for group, said in found.items()} for clause, found in by_group.items()},
        {clause: tuple(said) for clause, said in beside.items()},
        dict(by_voice),
    )
