"""What do the rooms above show on the pages of a delegation's own papers? create_app puts their makers here."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from consult.core.actors import Actor
from consult.drafts.reads import Consulted


@dataclass(frozen=True, slots=True)
class Inside:
    """What stands above and below the papers: only ever made for those who may read them."""

    above: Markup
    below: Markup


NOTHING = Inside(Markup(""), Markup(""))
makers: list[Callable[[Actor, Consulted, str | None], Inside]] = []


def inside(who: Actor, consulted: Consulted, key: str | None = None) -> Inside:
    """What is shown beside this paper; without a key, beside all of them."""
    return makers[0](who, consulted, key) if makers else NOTHING
