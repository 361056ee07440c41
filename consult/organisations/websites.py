"""Is this the address of a website, and which host does a reader really go to?"""

import unicodedata
from urllib.parse import urlsplit, urlunsplit

LONGEST = 300
JAPANESE = frozenset({"CJK", "HIRAGANA", "KATAKANA"})


class NotAWebsite(ValueError):
    """No address of a public website."""


def website(words: str) -> str:
    """The address as it is kept; https where no scheme was given. Nothing but http and https, and nobody's password."""
    given = words.strip()
    address = given if "://" in given else f"https://{given}"
    if len(address) > LONGEST or any(sign.isspace() or not sign.isprintable() for sign in address):
        raise NotAWebsite
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NotAWebsite from error
    labels = host.rstrip(".").split(".")
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or "\\" in address or len(labels) < 2:
        raise NotAWebsite
    if not all(_is_label(label) for label in labels) or labels[-1].isdigit():
        raise NotAWebsite
    place = host if port is None else f"{host}:{port}"
    return urlunsplit((parts.scheme, place, parts.path, parts.query, ""))


def shown_host(address: str) -> str:
    """The host as a reader sees it; in punycode where it mixes scripts, so that no letter passes for another."""
    host = urlsplit(address).hostname or ""
    plain = host.removeprefix("www.")
    return plain if _is_of_one_script(plain) else ascii_host(plain)


def ascii_host(host: str) -> str:
    """The host as the net knows it."""
    return ".".join(label if label.isascii() else _puny(label) for label in host.casefold().split("."))


def same_site(address: str) -> str:
    """What two addresses of one website have in common; blank for no address."""
    return ascii_host((urlsplit(address).hostname or "").removeprefix("www.")) if address else ""


def _is_label(label: str) -> bool:
    inner = label.replace("-", "a")
    return (
        bool(label)
        and len(label) < 64
        and not label.startswith("-")
        and not label.endswith("-")
        and all(unicodedata.category(sign)[0] in "LMN" for sign in inner)
    )


def _is_of_one_script(host: str) -> bool:
    scripts = {unicodedata.name(sign, "?").split()[0] for sign in host if sign.isalpha()}
    return len(scripts) <= 1 or scripts <= JAPANESE


def _puny(label: str) -> str:
    try:
        return label.encode("idna").decode()
    except UnicodeError:
        return "xn--" + label.encode("punycode").decode()
