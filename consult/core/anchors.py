"""Where do the words that a comment quoted stand in a text, or do they stand nowhere now?

Nothing is re-anchored by guess: the same words between the same neighbours, once, or they count as gone.
"""

from dataclasses import dataclass
from typing import Literal

CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Quote:
    """A W3C text-quote selector: the exact words, and what stands right before and after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote stands, in code points; where it is gone, both are 0."""

    state: Literal["exact", "gone"]
    start: int = 0
    end: int = 0


GONE = Anchor("gone")


def quoted(body: str, start: int, end: int) -> Quote:
    """A quote of these words with as much around them as tells them from their like."""
    width = CONTEXT
    while True:
        quote = Quote(body[start:end], body[max(0, start - width) : start], body[end : end + width])
        if width >= len(body) or anchored(quote, body).state == "exact":
            return quote
        width *= 2


def anchored(quote: Quote, body: str) -> Anchor:
    """The one place where these words stand between these neighbours; gone if there is none or several."""
    whole = quote.prefix + quote.exact + quote.suffix
    at = body.find(whole)
    if not quote.exact or at < 0 or body.find(whole, at + 1) >= 0:
        return GONE
    start = at + len(quote.prefix)
    return Anchor("exact", start, start + len(quote.exact))
