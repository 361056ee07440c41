"""Which addresses stand in these lines? One a line, bare or as in: Amina Odhiambo <amina@example.org>."""

from dataclasses import dataclass
from email.utils import parseaddr

from email_validator import EmailNotValidError, validate_email

MOST_LINES, LONGEST_NAME = 100, 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the address and the name in it; no address where none could be read."""

    typed: str
    email: str | None
    name: str = ""


def lines_of(typed: str) -> tuple[Line, ...]:
    """The lines that say anything, each address once."""
    found: dict[str, Line] = {}
    for line in typed.splitlines():
        words = line.strip().strip(",;").strip()
        if words:
            one = _read(words)
            found.setdefault(one.email or one.typed, one)
    return tuple(found.values())


def _read(words: str) -> Line:
    name, address = parseaddr(words) if "<" in words else ("", words)
    try:
        email = validate_email(address.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        return Line(words, None)
    return Line(words, email.casefold(), " ".join(name.split())[:LONGEST_NAME])
