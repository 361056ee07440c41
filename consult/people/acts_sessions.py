"""Which browsers is somebody signed in in? Each is a row that can be ended, here or from another browser."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.people.models import Person, Role, SignIn
from consult.people.policy import ALWAYS_ALERTED
from consult.people.posting import ask_letter
from consult.record.acts import journal
from consult.refusals import NotThere


def start_sign_in(
    session: Session,
    person: Person,
    lasts: timedelta,
    *,
    device: str = "",
    is_strong: bool = False,
    is_stranger: bool = False,
) -> str:
    """Signs a browser in. Answers the token that only the browser keeps. A stranger browser is told of by letter."""
    token = secrets.token_urlsafe(32)
    at = clock.now()
    sign_in = SignIn(
        person_id=person.id,
        token_hash=token_hash(token),
        started_at=at,
        ends_at=at + lasts,
        device=device,
        seen_at=hour_of(at),
        is_strong=is_strong,
        confirmed_at=at if is_strong or person.password_hash is None else None,
    )
    session.add(sign_in)
    session.flush()
    if is_stranger and (person.has_alerts or _is_always_alerted(session, person.id)):
        ask_letter(session, "account.signed_in", sign_in.id, sign_in_id=sign_in.id)
    journal(session, Actor(person_id=person.id), "person.signed_in", device=device)
    return token


def end_sign_in(session: Session, actor: Actor, token: str) -> None:
    """Signs a browser out for good: the token opens nothing any more."""
    standing = session.scalar(select(SignIn).where(SignIn.token_hash == token_hash(token)))
    if standing is not None and standing.revoked_at is None:
        standing.revoked_at = clock.now()
        journal(session, actor, "person.signed_out")


def revoke_sign_in(session: Session, actor: Actor, sign_in_id: int) -> None:
    """Signs another browser of the same person out."""
    standing = session.scalar(
        select(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == actor.person_id).with_for_update()
    )
    if standing is None:
        raise NotThere
    if standing.revoked_at is None:
        standing.revoked_at = clock.now()
        journal(session, actor, "sign_in.revoked", device=standing.device)


def revoke_other_sign_ins(session: Session, actor: Actor) -> int:
    """Signs the person out everywhere but in the browser that asks."""
    return end_sign_ins(session, actor, _person_id(actor), spare=actor.sign_in_id)


def end_sign_ins(session: Session, actor: Actor, person_id: int, *, spare: int | None = None) -> int:
    """Ends every sign-in of a person, but one if it is named."""
    ours = (SignIn.person_id == person_id, SignIn.revoked_at.is_(None), SignIn.id != (spare or 0))
    ended = session.scalars(
        update(SignIn).where(*ours).values(revoked_at=clock.now()).returning(SignIn.id)
    ).all()
    journal(session, actor, "sign_ins.revoked", count=len(ended))
    return len(ended)


def see_sign_in(session: Session, sign_in_id: int, at: datetime) -> None:
    """Keeps when a browser was here last, to the hour: enough to tell which one is forgotten, too little to follow."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=hour_of(at)))


def hour_of(at: datetime) -> datetime:
    """The hour in which this instant lies."""
    return at.replace(minute=0, second=0, microsecond=0)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotThere
    return actor.person_id


def _is_always_alerted(session: Session, person_id: int) -> bool:
    duties = select(Role.id).where(
        Role.person_id == person_id, Role.until.is_(None), Role.kind.in_(ALWAYS_ALERTED)
    )
    return session.scalar(duties.limit(1)) is not None
