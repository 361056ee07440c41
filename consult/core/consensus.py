"""Where do the groups stand on a clause, how sure is that, and which word for it may be proposed?

METHODS (a) and (d). Each required group weighs the same, whatever its size; what is decided is decided on whole
numbers, so that a share of exactly two thirds is two thirds. Silence is not in any count.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import exp, log, sqrt

from consult.core.terms import Stance

Z = 1.6448536269514722  # two-sided 90 %
ENOUGH = 3  # a group with fewer positions is too small to say anything
FOR, AGAINST, SURE = Fraction(2, 3), Fraction(1, 4), 0.5
BRIDGING_BAR = Fraction(3, 5)


class Status(StrEnum):
    """The word that is proposed; the moderator declares it."""

    FULL_CONSENSUS = "full_consensus"
    CONSENSUS = "consensus"
    CONSENSUS_ONCE_ANSWERED = "consensus_once_answered"  # but for standing objections without an answer
    SIGNIFICANT_OPPOSITION = "significant_opposition"  # strong support, but some group fails
    DIVERGENCE = "divergence"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True, slots=True)
class Tally:
    """The current positions of one group: one per organisation."""

    support: int = 0
    support_with_changes: int = 0
    can_live_with: int = 0
    abstain: int = 0
    object: int = 0

    @classmethod
    def of(cls, stances: Iterable[Stance]) -> "Tally":
        given = list(stances)
        return cls(**{stance.value: given.count(stance) for stance in Stance})

    @property
    def count(self) -> int:
        return self.accepting + self.abstain + self.object

    @property
    def accepting(self) -> int:
        return self.support + self.support_with_changes + self.can_live_with

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.support + other.support,
            self.support_with_changes + other.support_with_changes,
            self.can_live_with + other.can_live_with,
            self.abstain + other.abstain,
            self.object + other.object,
        )


@dataclass(frozen=True, slots=True)
class GroupStand:
    """One group's shares, the acceptance with its 90 % interval; no shares where nobody spoke."""

    group: str
    tally: Tally
    accept: float | None
    low: float
    high: float
    as_is: float | None
    oppose: float | None
    is_enough: bool


@dataclass(frozen=True, slots=True)
class Stand:
    """All groups on one clause. `mean` is None with fewer than two groups, or while one of them is silent."""

    groups: tuple[GroupStand, ...]
    beside: tuple[GroupStand, ...]
    mean: float | None
    low: float | None
    high: float | None
    pooled: float | None
    weakest: str | None
    too_small: tuple[str, ...]
    status: Status
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Bridging:
    """How far an amendment is accepted on every side, and which groups have yet to speak."""

    score: float
    worst: float
    needs: tuple[str, ...]
    is_listed: bool


def wilson(k: int, n: int) -> tuple[float, float]:
    """The 90 % interval of a share of k in n."""
    if n == 0:
        return 0.0, 1.0
    p, d = k / n, 1 + Z * Z / n
    middle = (p + Z * Z / (2 * n)) / d
    half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / d
    return (0.0 if k == 0 else middle - half), (1.0 if k == n else middle + half)


def stand(tallies: Mapping[str, Tally], required: Collection[str], open_objections: int = 0) -> Stand:
    """Where the groups stand. `open_objections` are the standing ones that have no answer yet."""
    groups = tuple(group_stand(group, tallies.get(group, Tally())) for group in required)
    beside = tuple(group_stand(group, tally) for group, tally in tallies.items() if group not in required)
    mean, low, high = _mean(groups)
    pooled = sum((one.tally for one in groups), Tally())
    status = _status([one.tally for one in groups], open_objections)
    has_consensus = status in (Status.FULL_CONSENSUS, Status.CONSENSUS)
    return Stand(
        groups=groups,
        beside=beside,
        mean=mean,
        low=low,
        high=high,
        pooled=pooled.accepting / pooled.count if pooled.count else None,
        weakest=_weakest(groups),
        too_small=tuple(one.group for one in groups if not one.is_enough),
        status=status,
        is_confirmed=has_consensus and all(one.low >= SURE for one in groups),
    )


def group_stand(group: str, tally: Tally) -> GroupStand:
    n = tally.count
    low, high = wilson(tally.accepting, n)
    if not n:
        return GroupStand(group, tally, None, low, high, None, None, is_enough=False)
    shares = tally.accepting / n, tally.support / n, tally.object / n
    return GroupStand(group, tally, shares[0], low, high, shares[1], shares[2], is_enough=n >= ENOUGH)


def bilateral(one: Stance | None, other: Stance | None) -> Status:
    """Two parties instead of groups; None while one has not spoken."""
    if one is None or other is None:
        return Status.INSUFFICIENT
    accepts = {Stance.SUPPORT, Stance.SUPPORT_WITH_CHANGES, Stance.CAN_LIVE_WITH}
    return Status.FULL_CONSENSUS if {one, other} <= accepts else Status.DIVERGENCE


def agreement(tally: Tally) -> Fraction:
    """What to expect of this group's next voice, having started from even odds."""
    return Fraction(tally.accepting + 1, tally.count + 2)  # abstain and object are in the count


def bridging(tallies: Mapping[str, Tally], required: Collection[str]) -> Bridging:
    """The rank of an amendment, from the stances on its own comment: high only if every group accepts it."""
    sides = [tallies.get(group, Tally()) for group in required]
    if not sides:
        return Bridging(0.5, 0.5, (), is_listed=False)
    shares = sorted(agreement(side) for side in sides)  # sorted, so that the order of groups changes nothing
    needs = tuple(group for group in required if tallies.get(group, Tally()).count < ENOUGH)
    score = exp(sum(log(share) for share in shares) / len(shares))
    return Bridging(score, float(shares[0]), needs, is_listed=not needs and shares[0] >= BRIDGING_BAR)


def _mean(groups: Collection[GroupStand]) -> tuple[float | None, float | None, float | None]:
    """The mean over groups with its interval (MOVER); one group alone has its own interval and no mean."""
    known = sorted((one.accept, one.low, one.high) for one in groups if one.accept is not None)
    if not groups or len(known) < len(groups):
        return None, None, None
    if len(known) == 1:
        return None, known[0][1], known[0][2]
    mean = sum(accept for accept, *_ in known) / len(known)
    below = sqrt(sum((accept - low) ** 2 for accept, low, _ in known)) / len(known)
    above = sqrt(sum((high - accept) ** 2 for accept, _, high in known)) / len(known)
    return mean, mean - below, mean + above


def _weakest(groups: Iterable[GroupStand]) -> str | None:
    enough = [one for one in groups if one.is_enough]
    return min(enough, key=lambda one: (one.accept, -(one.oppose or 0), one.group)).group if enough else None


def _status(sides: Collection[Tally], open_objections: int) -> Status:
    if not sides or any(side.count < ENOUGH for side in sides):
        return Status.INSUFFICIENT
    accepts = [Fraction(side.accepting, side.count) for side in sides]
    if all(accept >= FOR for accept in accepts):
        if not any(side.object for side in sides):
            return Status.FULL_CONSENSUS
        if all(Fraction(side.object, side.count) <= AGAINST for side in sides):
            return Status.CONSENSUS_ONCE_ANSWERED if open_objections else Status.CONSENSUS
    if sum(accepts, Fraction()) / len(accepts) >= FOR:
        return Status.SIGNIFICANT_OPPOSITION
    return Status.DIVERGENCE
