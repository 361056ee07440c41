"""Which page of a long list? Keyset pages: the thousandth costs what the first does."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the keys that lead to the rows after and before them."""

    rows: tuple[T, ...]
    after: int | None = None
    before: int | None = None


def asked_number(name: str, default: int | None = None, most: int = 2**31 - 1) -> int | None:
    """A whole number from the query string; the default where it is absent or not one."""
    text = request.args.get(name, "")
    return (
        int(text)
        if text.isascii() and text.isdigit() and int(text[:12]) <= most and len(text) <= 10
        else default
    )
