"""What are the printed numbers after clauses came, went or moved?

Clauses whose labels count on from each other are a run. A run goes on as it began: in its manner of writing, from
its first number, over its gaps, and across sections where it ran across them before. A label whose number did
not change is left exactly as it was printed.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from consult.core.labels import Numbered, NumberKind, read_number
from consult.core.numerals import written
from consult.core.terms import ClauseKind

_BEGINS_AGAIN = (NumberKind.LETTER, NumberKind.ROMAN, NumberKind.DECIMAL)
_UNCOUNTED = (ClauseKind.NOTE, ClauseKind.TABLE)
_Manner = tuple[NumberKind, str, str, str, int | tuple[int, ...] | None]


@dataclass(frozen=True, slots=True)
class Node:
    """A clause in a tree, in document order. `number` is its printed label: "" has none, None is yet to get one."""

    id: int
    parent: int | None
    kind: ClauseKind
    number: str | None


@dataclass(slots=True, eq=False)
class _Run:
    """Clauses that are counted together. Decimals belong to an `owner`, whose number they begin with."""

    sample: Numbered
    after: str = ""
    owner: int | None = None
    values: dict[int, int] = field(default_factory=dict)
    parents: set[int | None] = field(default_factory=set)
    members: list[int] = field(default_factory=list)

    @property
    def runs_on(self) -> bool:
        """Whether the count goes on in the next section instead of beginning again."""
        if self.sample.kind in _BEGINS_AGAIN:
            return False
        is_late = min(self.values.values(), default=1) > 1
        return len(self.parents) > 1 or is_late or self.sample.kind is NumberKind.ARTICLE

    def counted(self) -> dict[int, int]:
        """The new count of each member: the old numbers closed up over what went, shifted by what came."""
        kept = set(self.members)
        gone = sorted(value for id_, value in self.values.items() if id_ not in kept)
        slots = [
            value - bisect_left(gone, value)
            for value in sorted(self.values[id_] for id_ in kept & self.values.keys())
        ]
        came, last = 0, min(self.values.values(), default=1) - 1
        counts: dict[int, int] = {}
        for id_ in self.members:
            if id_ in self.values:
                last = slots.pop(0) + came
            else:
                last, came = last + 1, came + 1
            counts[id_] = last
        return counts


def renumbered(nodes: Sequence[Node], before: Sequence[Node] | None = None) -> dict[int, str]:
    """The new label of every node. `before` is the old tree: without it, deletions leave their gaps."""
    old = [node for node in nodes if node.number] if before is None else before
    was = _Old(old)
    fixed = {node.id: node.number or "" for node in nodes if node.number == "" or was.is_fixed(node)}
    runs = _Placing(nodes, was, fixed).runs()
    counts: dict[int, int] = {}
    for run in {id(run): run for run in runs.values()}.values():
        counts |= run.counted()
    labels = dict(fixed)
    values: dict[int, tuple[int, ...]] = {}
    for node in nodes:
        if node.id not in runs:
            labels.setdefault(node.id, was.numbers[node.id].label if node.id in was.additions else "")
            continue
        run = runs[node.id]
        prefix = run.sample.value[:-1] if run.owner is None else values.get(run.owner, run.sample.value[:-1])
        values[node.id] = (*prefix, counts[node.id])
        labels[node.id] = _label(node, run, values[node.id], was)
    labels |= was.additions_after(values)
    return {node.id: labels[node.id] for node in nodes}


class _Old:
    """The old tree as it was counted."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.numbers: dict[int, Numbered] = {}
        self.runs: dict[int, _Run] = {}
        self.additions: dict[int, int | None] = {}  # 3 bis, with the clause that is 3
        self._by_parent: dict[tuple[int | None, _Manner], _Run] = {}
        self._latest: dict[_Manner, list[_Run]] = {}
        last: dict[int | None, Numbered] = {}
        for node in nodes:
            numbered = read_number(node.number or "", last.get(node.parent))
            if numbered is None or numbered.rest:
                continue
            last[node.parent] = self.numbers[node.id] = numbered
            self._count(node, numbered)

    def is_fixed(self, node: Node) -> bool:
        """Whether its label is no number that we could count."""
        return node.number is not None and node.id not in self.numbers

    def additions_after(self, values: Mapping[int, tuple[int, ...]]) -> dict[int, str]:
        labels = {}
        for id_, base in self.additions.items():
            numbered = self.numbers[id_]
            value = values.get(base, numbered.value) if base is not None else numbered.value
            labels[id_] = self.nodes[id_].number or ""
            if value != numbered.value:
                ending = (
                    (numbered.tail, numbered.more)
                    if numbered.style == "一"
                    else (numbered.more, numbered.tail)
                )
                labels[id_] = "".join([numbered.lead, written(numbered.style, value[-1]), *ending])
        return labels

    def _count(self, node: Node, numbered: Numbered) -> None:
        owner = self._owner(node, numbered)
        manner = (
            numbered.kind,
            numbered.lead.casefold(),
            numbered.style,
            numbered.tail,
            owner or numbered.value[:-1],
        )
        value = numbered.value[-1]
        run = self._by_parent.get((node.parent, manner))
        if numbered.more:
            found = (id_ for id_, at in run.values.items() if at == value) if run else iter(())
            self.additions[node.id] = next(found, None)
            return
        if run is not None:
            run = run if max(run.values.values()) < value else None
        elif value > 1 and numbered.kind not in _BEGINS_AGAIN:
            earlier = reversed(self._latest.get(manner, []))
            run = next((one for one in earlier if max(one.values.values()) < value), None)
        if run is None:
            run = _Run(numbered, (node.number or "").strip()[len(numbered.label) :], owner)
            self._latest.setdefault(manner, []).append(run)
        run.values[node.id] = value
        run.parents.add(node.parent)
        self._by_parent[node.parent, manner] = self.runs[node.id] = run

    def _owner(self, node: Node, numbered: Numbered) -> int | None:
        """The ancestor whose number a decimal begins with."""
        above = node.parent
        while len(numbered.value) > 1 and above is not None:
            if above in self.numbers and self.numbers[above].value == numbered.value[:-1]:
                return above
            above = self.nodes[above].parent if above in self.nodes else None
        return None


class _Placing:
    """Which run each clause of the new tree is counted in."""

    def __init__(self, nodes: Sequence[Node], was: _Old, fixed: Mapping[int, str]) -> None:
        self._was = was
        self._nodes = [node for node in nodes if node.id not in fixed and node.id not in was.additions]
        self._at = {node.id: at for at, node in enumerate(nodes)}
        self._depth: dict[int, int] = {}
        for node in nodes:
            self._depth[node.id] = 0 if node.parent is None else self._depth.get(node.parent, 0) + 1
        self._steady = [node for node in self._nodes if self._is_steady(node)]
        self._begun: dict[tuple[int | None, ClauseKind], _Run] = {}

    def runs(self) -> dict[int, _Run]:
        steady = {node.id for node in self._steady}
        found: dict[int, _Run] = {}
        for node in self._nodes:
            run = self._was.runs[node.id] if node.id in steady else self._run_for(node, found)
            if run is not None:
                found[node.id] = run
                run.members.append(node.id)
        return found

    def _is_steady(self, node: Node) -> bool:
        return node.id in self._was.runs and self._was.nodes[node.id].parent == node.parent

    def _run_for(self, node: Node, found: Mapping[int, _Run]) -> _Run | None:
        """That of its neighbours; else as its like are counted elsewhere; else as its parent suggests."""
        siblings = [one for one in self._steady if one.parent == node.parent]
        alike = [one for one in siblings if one.kind is node.kind]
        if near := self._nearest(node, alike or (siblings if node.kind not in _UNCOUNTED else [])):
            return self._was.runs[near.id]
        own = self._was.runs.get(node.id)
        if own is not None and own.runs_on:
            return own
        if (node.parent, node.kind) in self._begun:
            return self._begun[node.parent, node.kind]
        elsewhere = [
            one
            for one in self._steady
            if one.kind is node.kind and self._depth[one.id] == self._depth[node.id]
        ]
        near = self._nearest(node, elsewhere)
        like = self._was.runs[near.id] if near else own
        if like is not None and like.runs_on:
            return like
        run = self._begin(node, like, found)
        if run is not None:
            self._begun[node.parent, node.kind] = run
        return run

    def _nearest(self, node: Node, among: Iterable[Node]) -> Node | None:
        """The last one before it in the text, else the first after it."""
        at = self._at[node.id]
        ranked = sorted(among, key=lambda one: (self._at[one.id] > at, abs(self._at[one.id] - at)))
        return ranked[0] if ranked else None

    def _begin(self, node: Node, like: _Run | None, found: Mapping[int, _Run]) -> _Run | None:
        above = found[node.parent].sample if node.parent is not None and node.parent in found else None
        if like is not None and (like.sample.kind is not NumberKind.DECIMAL or above is None):
            return _Run(like.sample, like.after)
        if above is None or node.kind in _UNCOUNTED:
            return None
        if like is not None or above.kind in (NumberKind.DECIMAL, NumberKind.PLAIN):
            begins = Numbered("", NumberKind.DECIMAL, (*above.value, 0), "", "", above.style, "")
            return _Run(like.sample if like else begins, like.after if like else "", node.parent)
        sample = read_number("(a)") if above.kind in (NumberKind.ARTICLE, NumberKind.PARAGRAPH) else None
        return _Run(sample) if sample else None


def _label(node: Node, run: _Run, value: tuple[int, ...], was: _Old) -> str:
    is_as_printed = was.runs.get(node.id) is run and was.numbers[node.id].value == value
    if is_as_printed and node.number:
        return node.number
    counts = ".".join(written(run.sample.style, count) for count in value)
    return f"{run.sample.lead}{counts}{run.sample.tail}{run.after}"
