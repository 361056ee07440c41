"""How the program says no: with a type. What it says in words stands beside the type, in the room's refusals.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar


@dataclass
class Refusal(Exception):
    """A clear no. A subclass names the fact and carries what the sentence needs; nothing was changed."""

    def __post_init__(self) -> None:
        # Exceptions pickle and print by their args; a dataclass would leave them empty.
        self.args = tuple(vars(self).values())

    def __hash__(self) -> int:
        return id(self)


@dataclass
class NotThere(Refusal):
    """There is nothing here for this reader: it does not exist, or may not be seen. The two look the same."""

    __hash__ = Refusal.__hash__


@dataclass
class LinkOver(Refusal):
    """A link from a letter opens nothing any more: used, expired, replaced, or not for this reader. All look the same."""

    __hash__ = Refusal.__hash__


R = TypeVar("R", bound=Refusal)

SENTENCES: dict[type[Refusal], Callable[..., str]] = {}


def sentence(kind: type[R]) -> Callable[[Callable[[R], str]], Callable[[R], str]]:
    """Registers the function that says this refusal to a person."""

    def registered(say: Callable[[R], str]) -> Callable[[R], str]:
        SENTENCES[kind] = say
        return say

    return registered
