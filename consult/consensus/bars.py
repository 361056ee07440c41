"""How is a tally drawn? Parts of a bar and ends of an interval, in percent, with the numbers beside them."""

from dataclasses import dataclass

from consult.core.consensus import GroupStand, Tally

STYLES = (("f1", "support"), ("f2", "support_with_changes"), ("f3", "can_live_with"), ("hatch", "object"))


@dataclass(frozen=True, slots=True)
class BarPart:
    """One stretch of a bar."""

    css: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A tally as a bar; abstentions leave the end of it empty."""

    parts: tuple[BarPart, ...]
    support: int
    support_with_changes: int
    can_live_with: int
    object: int
    abstain: int

    @property
    def count(self) -> int:
        return self.support + self.support_with_changes + self.can_live_with + self.object + self.abstain


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its 90 % interval."""

    share: float
    low: float
    high: float

    @property
    def share_percent(self) -> str:
        return _percent(self.share)

    @property
    def low_percent(self) -> str:
        return _percent(self.low)

    @property
    def high_percent(self) -> str:
        return _percent(self.high)


def bar(tally: Tally) -> Bar:
    """The bar of a tally."""
    parts, x = [], 0.0
    for css, stance in STYLES:
        width = getattr(tally, stance) / tally.count if tally.count else 0.0
        if width and css == "hatch":
            parts.append(BarPart("hatch-bg", _percent(x), _percent(width)))
        if width:
            parts.append(BarPart(css, _percent(x), _percent(width)))
        x += width
    return Bar(
        tuple(parts),
        tally.support,
        tally.support_with_changes,
        tally.can_live_with,
        tally.object,
        tally.abstain,
    )


def interval(group: GroupStand) -> Interval | None:
    """The interval of a group's acceptance; None where nobody spoke."""
    return Interval(group.accept, group.low, group.high) if group.accept is not None else None


def _percent(share: float) -> str:
    return f"{share * 100:.4g}"
