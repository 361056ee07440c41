"""What was computed lately and cannot have changed? A small memory per process, keyed by what names a state."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Memory(Generic[V]):
    """Values by key, the stalest dropped; a key must change whenever its value would."""

    def __init__(self, most: int) -> None:
        self._most = most
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


ALL: list[Memory] = []  # type: ignore[type-arg]
