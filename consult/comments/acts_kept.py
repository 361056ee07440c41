"""What happens to words that came too late, or from somebody signed out?"""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from consult.comments.models import KEPT_FOR, KeptWords
from consult.core.actors import Actor
from consult.jobs import put
from consult.record.acts import journal

DROPPING = "comments.dropping"


def keep_words(
    session: Session,
    actor: Actor,
    path: str,
    fields: dict[str, str],
    at: datetime,
    cookie_hash: str | None = None,
) -> KeptWords:
    """Keeps what a form held that could not be taken, for its writer alone; the newest of a page stands."""
    owner = {"person_id": actor.person_id, "cookie_hash": None if actor.is_signed_in else cookie_hash}
    theirs = [getattr(KeptWords, name) == value for name, value in owner.items() if value is not None]
    session.execute(delete(KeptWords).where(KeptWords.path == path, *theirs))
    kept = KeptWords(**owner, path=path, fields=fields, at=at)
    session.add(kept)
    session.flush()
    until = (at + KEPT_FOR).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    put(session, DROPPING, until.date().isoformat(), run_after=until)
    journal(session, actor, "words.kept", path=path)
    return kept


def take_over_words(session: Session, actor: Actor, cookie_hash: str) -> int:
    """What a browser kept while signed out belongs to the person who signs in there."""
    ours = update(KeptWords).where(KeptWords.cookie_hash == cookie_hash)
    taken = session.scalars(
        ours.values(person_id=actor.person_id, cookie_hash=None).returning(KeptWords.id)
    ).all()
    if taken:
        journal(session, actor, "words.taken_over", count=len(taken))
    return len(taken)


def discard_words(session: Session, actor: Actor, path: str) -> None:
    """Lets go of what was kept of a page: it was used, or is not wanted."""
    theirs = delete(KeptWords).where(KeptWords.path == path, KeptWords.person_id == actor.person_id)
    if session.scalars(theirs.returning(KeptWords.id)).all():
        journal(session, actor, "words.discarded", path=path)


def drop_words(session: Session, actor: Actor, at: datetime) -> int:
    """Drops what has been kept for thirty days."""
    dropped = session.scalars(
        delete(KeptWords).where(KeptWords.at < at - KEPT_FOR).returning(KeptWords.id)
    ).all()
    if dropped:
        journal(session, actor, "words.dropped", count=len(dropped))
    return len(dropped)
