"""Who may do what with a delegation's seats, invitations and requests, and when would it be left without a head?"""

from collections.abc import Collection
from dataclasses import dataclass

from consult.core.terms import HEADS, SeatKind

BELOW_HEADS = frozenset({SeatKind.CONTRIBUTOR, SeatKind.DEPUTY})


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to one delegation: her seat there, if any, and whether she administers the site."""

    kind: SeatKind | None = None
    is_administrator: bool = False

    @property
    def heads(self) -> bool:
        """Whether she speaks in this organisation's name."""
        return self.kind in HEADS


def may_read_delegation(who: Standing) -> bool:
    """Its members, and administrators."""
    return who.kind is not None or who.is_administrator


def may_manage(who: Standing) -> bool:
    """Heads, acting heads and administrators invite, answer and change; everybody else reads."""
    return who.heads or who.is_administrator


def may_appoint(who: Standing, kind: SeatKind) -> bool:
    """An acting head gives and takes the seats below her own; a head and an administrator any."""
    if who.is_administrator or who.kind is SeatKind.HEAD:
        return True
    return who.kind is SeatKind.ACTING_HEAD and kind in BELOW_HEADS


def may_change(who: Standing, from_: SeatKind, to: SeatKind, *, is_own: bool) -> bool:
    """Whoever may give both seats; and anybody who heads may step down."""
    steps_down = is_own and who.heads and to in BELOW_HEADS
    return steps_down or (may_appoint(who, from_) and may_appoint(who, to))


def may_end(who: Standing, kind: SeatKind, *, is_own: bool) -> bool:
    """One's own seat always; another's by whoever may give it."""
    return is_own or may_appoint(who, kind)


def may_choose_levels(who: Standing) -> bool:
    """How a delegation clears its papers is for its heads alone to choose."""
    return who.heads


def is_left_headless(before: Collection[SeatKind], after: Collection[SeatKind]) -> bool:
    """Whether members stay behind without the head that they had; where there was an acting head only, without her."""
    if not after:
        return False
    if SeatKind.HEAD in before:
        return SeatKind.HEAD not in after
    return bool(HEADS & set(before)) and not HEADS & set(after)
