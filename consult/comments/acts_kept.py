"""What happens to words that came too late, or from somebody signed out?"""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, false, or_
from sqlalchemy.orm import Session

from consult.comments.models import KEPT_FOR, KeptWords
from consult.core.actors import Actor
from consult.record.acts import journal


def keep_words(
    session: Session,
    actor: Actor,
    path: str,
    fields: dict[str, str],
    at: datetime,
    cookie_hash: str | None = None,
) -> KeptWords:
    """Keeps what a form held that could not be taken, for its writer alone; the newest of a page stands."""
    owner = _owned(actor, None if actor.is_signed_in else cookie_hash)
    session.execute(delete(KeptWords).where(KeptWords.path == path, owner))
    kept = KeptWords(
        person_id=actor.person_id,
        cookie_hash=None if actor.is_signed_in else cookie_hash,
        path=path,
        fields=fields,
        at=at,
    )
    session.add(kept)
    session.flush()
    journal(session, actor, "words.kept", path=path)
    return kept


def discard_words(session: Session, actor: Actor, path: str, cookie_hash: str | None = None) -> None:
    """Lets go of what was kept of a page: it was used, or is not wanted."""
    query = delete(KeptWords).where(KeptWords.path == path, _owned(actor, cookie_hash)).returning(KeptWords.id)
    if session.scalars(query).all():
        journal(session, actor, "words.discarded", path=path)


def drop_words(session: Session, actor: Actor, at: datetime) -> int:
    """Drops what has been kept for thirty days."""
    dropped = session.scalars(delete(KeptWords).where(KeptWords.at < at - KEPT_FOR).returning(KeptWords.id)).all()
    if dropped:
        journal(session, actor, "words.dropped", count=len(dropped))
    return len(dropped)


def _owned(actor: Actor, cookie_hash: str | None) -> ColumnElement[bool]:
    """What this browser or this person left; never what has no owner here."""
    by_cookie = KeptWords.cookie_hash == cookie_hash if cookie_hash else false()
    return or_(KeptWords.person_id == actor.person_id, by_cookie) if actor.is_signed_in else by_cookie
