"""Can this machine run the program at all? Run by whatever Python there is, so it uses nothing but that."""

from __future__ import annotations

# ruff: noqa: UP031  (it must be read by whatever Python there is)
import shutil
import sys

LEAST_FREE_MB = 1500


def main() -> str | None:
    """Says what to do about it, and ends with 1, where the machine cannot."""
    if sys.version_info[:2] != (3, 11):
        return (
            "Consult needs Python 3.11, and this is %d.%d. Install Python 3.11 (on Debian 12: apt-get install "
            "python3 python3-pip), or name it: make run PYTHON=/path/to/python3.11" % sys.version_info[:2]
        )
    free = shutil.disk_usage(".").free // (1024 * 1024)
    if free < LEAST_FREE_MB:
        return (
            "This disk has %d MB free, and the first start needs about %d MB. Free some space, or clone the "
            "project onto another disk, then run the same command again." % (free, LEAST_FREE_MB)
        )
    return None


if __name__ == "__main__":
    sys.exit(main())
