"""Which page of a long list was asked for? By the key to go on from, so that the thousandth costs what the first does."""

import re

from flask import request

KEY = re.compile(r"[A-Za-z0-9._-]{1,200}")


def asked_number(name: str, default: int | None = None, most: int = 2**31 - 1) -> int | None:
    """A whole number from the query string; the default where it is absent or not one."""
    text = request.args.get(name, "")
    return (
        int(text)
        if text.isascii() and text.isdigit() and int(text[:12]) <= most and len(text) <= 10
        else default
    )


def asked_key(name: str) -> str:
    """A public name from the query string, never the id of a row; blank where it is absent or no name at all."""
    text = request.args.get(name, "")
    return text if KEY.fullmatch(text) else ""
