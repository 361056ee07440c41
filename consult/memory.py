"""What was computed lately and cannot have changed? A small memory per process, keyed by what names a state."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, Protocol, TypeVar

V = TypeVar("V")


class Memory(Generic[V]):
    """Values by key, the stalest dropped; a key must change whenever its value would.

    One that `names_people` is emptied when the platform's record moves on: somebody may have left, and what nobody
    asks for any more would otherwise lie there until the stalest go.
    """

    def __init__(self, most: int, *, names_people: bool = False) -> None:
        self._most = most
        self.names_people = names_people
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()
        ALL.append(self)

    def of(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value under this key, made if it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def forget(self) -> None:
        """Empties it, as between two databases of the tests."""
        with self._lock:
            self._values.clear()


class Forgetful(Protocol):
    """Whatever can be emptied."""

    names_people: bool

    def forget(self) -> None: ...


ALL: list[Forgetful] = []
_platform = {"head": ""}


def turn_over(platform_head: str) -> None:
    """Empties what names people once the platform's record has moved on; every process does so at its next page."""
    if _platform["head"] != platform_head:
        _platform["head"] = platform_head
        forget_people()


def forget_people() -> None:
    """Empties every memory that names people."""
    for memory in ALL:
        if memory.names_people:
            memory.forget()
