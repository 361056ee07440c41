"""How are times and amendments written in the content files?"""

import re
from collections.abc import Sequence
from datetime import timedelta

from consult.cli.demonstration.coherence import Incoherent


def swapped(key: str, base: str, swaps: Sequence[Sequence[str]]) -> str:
    """The base with each old stretch, which must stand there exactly once, replaced by the new one."""
    for old, new in swaps:
        if base.count(old) != 1:
            raise Incoherent(f"{key}: “{old}” stands {base.count(old)} times in “{base}”")
        base = base.replace(old, new)
    return base


def span(written: str) -> timedelta:
    found = re.fullmatch(r"(\d+)d(?: (\d\d):(\d\d))?", written)
    if not found:
        raise Incoherent(f"“{written}” is not a time such as “3d 07:20”")
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)
