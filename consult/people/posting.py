"""How does an act ask for a letter? It leaves a job; who hears of it, and in which words, `notices` decides."""

from typing import Any

from sqlalchemy.orm import Session

from consult.jobs import put

WRITING = "letters.write"


def ask_letter(session: Session, kind: str, key: str | int, **ids: int | str) -> None:
    """Asks for the letter of this kind about these rows, once for each key. Ids only: no words, no addresses."""
    arguments: dict[str, Any] = {"letter": kind, **ids}
    put(session, WRITING, f"{kind}:{key}", **arguments)
