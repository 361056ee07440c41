"""Where do the groups stand on each clause? Counted from the current positions of accredited organisations.

Everything here depends on the public record alone, so it is kept in memory under the heads of its two chains: that
of the consultation, and that of the platform, which knows who is accredited.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.models import Position
from consult.consensus.bars import Bar, Interval, bar, interval
from consult.core.consensus import AGAINST, FOR, GroupStand, Status, Tally, bilateral, group_stand, stand
from consult.core.terms import INDIVIDUAL, StakeholderGroup, Stance, Track
from consult.drafts.reads import Consulted, DraftLine
from consult.memory import Memory
from consult.people.models import Organisation, Voice
from consult.people.reads import Speaker, accredited_voices, speakers, voices_of

Heads = tuple[str, str]
Tallies = Mapping[str, Tally]

STANCES: Memory["Stances"] = Memory(128)
COUNTED: Memory[Mapping[int, StakeholderGroup]] = Memory(2)


@dataclass(frozen=True, slots=True)
class Stances:
    """The current stances on some clauses of a draft: of accredited organisations by clause and group; of other
    organisations and of individuals the same, beside; and of the two parties, where there are two."""

    groups: Mapping[int, Tallies]
    beside: Mapping[int, Tallies]
    parties: tuple[Speaker, ...]
    of_parties: Mapping[tuple[int, int], Stance]

    def on(self, clause_id: int) -> bool:
        """Whether anybody has spoken on this clause."""
        return clause_id in self.groups or clause_id in self.beside


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group on one clause. `group` is None for individuals, who stand beside only."""

    group: StakeholderGroup | None
    tally: Tally
    bar: Bar
    interval: Interval | None
    is_enough: bool
    is_required: bool


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One of two parties, and what it says; None while it has not spoken."""

    voice: Speaker
    stance: Stance | None


@dataclass(frozen=True, slots=True)
class ClauseStand:
    """Where the groups stand on one clause, and the status that is proposed. `all` and `beside` are the two tallies."""

    groups: tuple[GroupLine, ...]
    beside_groups: tuple[GroupLine, ...]
    parties: tuple[PartyLine, ...]
    all: Bar
    beside: Bar
    mean: float | None
    low: float | None
    high: float | None
    pooled: float | None
    weakest: GroupLine | None
    standing_objections: int
    status: Status
    is_confirmed: bool
    agreeing: tuple[StakeholderGroup, ...]
    contested_by: StakeholderGroup | None
    silent: tuple[StakeholderGroup, ...]
    required_count: int

    @property
    def is_bilateral(self) -> bool:
        return bool(self.parties)


def heads(consulted: Consulted) -> Heads:
    """What names the state of all that is counted here. No query: the door has read both heads."""
    return consulted.chain_head, consulted.platform_head


def current(
    session: Session,
    consulted: Consulted,
    draft_id: int,
    state: Heads,
    clause_ids: tuple[int, ...] | None = None,
) -> Stances:
    """The current stances on these clauses of a draft, or on all. No query warm; cold one, and one for the groups."""
    key = (draft_id, state, clause_ids)
    return STANCES.of(key, lambda: _current(session, consulted, draft_id, state, clause_ids))


def stand_on(
    session: Session,
    consulted: Consulted,
    draft: DraftLine,
    clause_id: int,
    open_objections: int | None = None,
) -> ClauseStand:
    """Where the groups stand on one clause; `open_objections` as below."""
    given = current(session, consulted, draft.id, heads(consulted), (clause_id,))
    return clause_stand(consulted, given, clause_id, open_objections)


def clause_stand(
    consulted: Consulted, given: Stances, clause_id: int, open_objections: int | None = None
) -> ClauseStand:
    """The same from stances read already. `open_objections` are the standing ones without an answer; None: all."""
    tallies = given.groups.get(clause_id, {})
    standing = sum(tally.object for tally in tallies.values())
    required = [group.value for group in consulted.required]
    found = stand(tallies, required, standing if open_objections is None else open_objections)
    groups = [_line(one, is_required=True) for one in found.groups]
    groups += [_line(one, is_required=False) for one in found.beside]
    parties = tuple(PartyLine(one, given.of_parties.get((clause_id, one.voice_id))) for one in given.parties)
    enough = [one for one in found.groups if one.is_enough]
    beside = given.beside.get(clause_id, {})
    return ClauseStand(
        groups=tuple(groups),
        beside_groups=tuple(
            _line(group_stand(name, tally), is_required=False) for name, tally in beside.items()
        ),
        parties=parties,
        all=bar(sum(tallies.values(), Tally())),
        beside=bar(sum(beside.values(), Tally())),
        mean=None if parties else found.mean,
        low=found.low,
        high=found.high,
        pooled=found.pooled,
        weakest=next((one for one in groups if one.group == found.weakest), None),
        standing_objections=standing,
        status=bilateral(*(one.stance for one in parties)) if parties else found.status,
        is_confirmed=found.is_confirmed and not parties,
        agreeing=tuple(StakeholderGroup(one.group) for one in enough if _agrees(one.tally)),
        contested_by=_contested_by(enough),
        silent=tuple(StakeholderGroup(one.group) for one in found.groups if not one.tally.count),
        required_count=len(found.groups),
    )


def _agrees(tally: Tally) -> bool:
    accept, oppose = Fraction(tally.accepting, tally.count), Fraction(tally.object, tally.count)
    return accept >= FOR and oppose <= AGAINST


def _contested_by(enough: Collection[GroupStand]) -> StakeholderGroup | None:
    """The group that objects most, of those that do not agree; mere abstaining contests nothing."""
    failing = [one for one in enough if one.tally.object and not _agrees(one.tally)]
    return StakeholderGroup(max(failing, key=lambda one: one.oppose or 0).group) if failing else None


def _line(one: GroupStand, *, is_required: bool) -> GroupLine:
    group = None if one.group == INDIVIDUAL else StakeholderGroup(one.group)
    return GroupLine(group, one.tally, bar(one.tally), interval(one), one.is_enough, is_required)


def _current(
    session: Session, consulted: Consulted, draft_id: int, state: Heads, clause_ids: tuple[int, ...] | None
) -> Stances:
    accredited = COUNTED.of(state[1], lambda: accredited_voices(session))
    groups: dict[int, dict[str, list[Stance]]] = defaultdict(lambda: defaultdict(list))
    beside: dict[int, dict[str, list[Stance]]] = defaultdict(lambda: defaultdict(list))
    parties = _parties(session, consulted)
    ours = {one.voice_id for one in parties}
    of_parties: dict[tuple[int, int], Stance] = {}
    for clause_id, voice_id, stance, group in _positions(session, draft_id, clause_ids):
        side = groups if voice_id in accredited else beside
        side[clause_id][group.value if group else INDIVIDUAL].append(stance)
        if voice_id in ours:
            of_parties[clause_id, voice_id] = stance
    return Stances(_tallied(groups), _tallied(beside), parties, of_parties)


def _positions(
    session: Session, draft_id: int, clause_ids: tuple[int, ...] | None
) -> list[tuple[int, int, Stance, StakeholderGroup | None]]:
    query = (
        select(Position.clause_id, Position.voice_id, Position.stance, Organisation.stakeholder_group)
        .join(Voice, Voice.id == Position.voice_id)
        .outerjoin(Organisation, Organisation.id == Voice.organisation_id)
        .where(Position.draft_id == draft_id, Position.is_current)
        .order_by(Position.id)
    )
    if clause_ids is not None:
        query = query.where(Position.clause_id.in_(clause_ids))
    return [(clause, voice, stance, group) for clause, voice, stance, group in session.execute(query)]


def _parties(session: Session, consulted: Consulted) -> tuple[Speaker, ...]:
    """The two parties of a bilateral track; nobody on other tracks, or while the roster does not name two."""
    if consulted.track is not Track.BILATERAL or len(consulted.party_ids) != 2:
        return ()
    voices = voices_of(session, consulted.party_ids)
    named = speakers(session, voices)
    return tuple(named[one] for one in voices)


def _tallied(side: Mapping[int, Mapping[str, list[Stance]]]) -> dict[int, Tallies]:
    order = [*StakeholderGroup, INDIVIDUAL]
    return {
        clause: {group: Tally.of(found[group]) for group in order if group in found}
        for clause, found in side.items()
    }
