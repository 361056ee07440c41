"""Who is kept waiting at the door? Never somebody with the right password because of what others did.

Wrong tries are counted under three keys. The account's own count refuses only browsers that never signed in to it:
otherwise anybody could lock its owner out. A browser that did has a count of its own. Over the count of an address
(behind which five hundred people may sit) the right password still opens, but by a letter.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address

WINDOW = timedelta(minutes=15)
LETTER_WINDOW = timedelta(hours=1)
LETTERS_TO_ONE = 4  # letters that strangers can have written to one e-mail address
LETTERS_FROM_ONE = (
    600  # letters that one network address can ask for: five hundred people register in one hall
)
IPV6_BITS = 64  # one subscriber has at least so many addresses to himself


class Door(StrEnum):
    """What a try at signing in meets."""

    OPEN = "open"
    BY_LETTER = "by_letter"
    SHUT = "shut"


@dataclass(frozen=True, slots=True)
class Keys:
    """What a try is counted under; `browser` is empty for one that never signed in to this account."""

    account: str
    address: str
    browser: str = ""

    @property
    def counted(self) -> tuple[str, ...]:
        """The keys under which a wrong try counts: a known browser's mistakes lock no stranger's door, nor hers."""
        return (self.browser, self.address) if self.browser else (self.account, self.address)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many wrong tries one account, and one address, takes in a window."""

    account: int
    address: int


def door(keys: Keys, counts: dict[str, int], limits: Limits) -> Door:
    """What this try meets, by the counts of its keys."""
    if keys.browser:
        return Door.SHUT if counts.get(keys.browser, 0) >= limits.account else Door.OPEN
    if counts.get(keys.account, 0) >= limits.account:
        return Door.SHUT
    return Door.BY_LETTER if counts.get(keys.address, 0) >= limits.address else Door.OPEN


def keyed(secret: str, kind: str, value: str) -> str:
    """A key that nobody can guess back to an address. Its row is let go of in the night after its window.

    No date stands in it: counts would begin anew at midnight.
    """
    words = f"throttle:{kind}:{value}".encode()
    return hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()


def network(address: str | None) -> str:
    """What counts as one address: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        found: IPv4Address | IPv6Address = ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if isinstance(found, IPv4Address):
        return str(found)
    kept = int(found) >> (128 - IPV6_BITS) << (128 - IPV6_BITS)
    return f"{IPv6Address(kept)}/{IPV6_BITS}"
