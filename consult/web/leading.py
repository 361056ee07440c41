"""Where may a form lead on to? Only ever to a page of this site."""

from urllib.parse import urlsplit

from flask import request

LONGEST = 2000


def wanted(name: str = "next") -> str:
    """The page that the address or form asks to be led on to; empty where it is none of ours."""
    asked = request.values.get(name, "")
    return asked if is_ours(asked) else ""


def is_ours(address: str) -> bool:
    """Whether this is a path on this site, however a browser reads it."""
    if not address.startswith("/") or address.startswith(("//", "/\\")) or len(address) > LONGEST:
        return False
    if any(ord(sign) < 32 or sign == "\\" for sign in address):
        return False
    parts = urlsplit(address)
    return not parts.netloc and not parts.scheme
