"""What people do with letters: choose which are mailed, follow a consultation, read, and send again what failed."""

from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import LetterState
from consult.db import inserting
from consult.notices.kinds import KINDS
from consult.notices.models import Follower, Following, Letter
from consult.notices.policy import may_send_again
from consult.people.models import Person
from consult.record.acts import journal
from consult.refusals import NotThere


def choose_mail(session: Session, actor: Actor, chosen: Mapping[str, bool]) -> None:
    """Keeps which kinds somebody wants by mail; of those that cannot be chosen nothing is kept."""
    if actor.person_id is None:
        raise NotThere
    for kind, is_mailed in chosen.items():
        if kind in KINDS and KINDS[kind].is_chosen:
            _choose(session, actor.person_id, kind, is_mailed)
    off = sorted(kind for kind, is_mailed in chosen.items() if not is_mailed)
    journal(session, actor, "letters.chosen", not_mailed=list(off))


def unsubscribe(session: Session, pseudonym: str, kind: str) -> None:
    """Ends the mailing of one kind, by the link in a letter of that kind."""
    person = session.scalar(select(Person).where(Person.pseudonym == pseudonym, Person.erased_at.is_(None)))
    if person is None:
        raise NotThere
    _choose(session, person.id, kind, is_mailed=False)
    journal(session, Actor(person_id=person.id), "letters.unsubscribed", kind=kind)


def follow_consultation(session: Session, actor: Actor, consultation_id: int) -> None:
    """Somebody wants to hear of a consultation; twice is once."""
    if actor.person_id is None:
        raise NotThere
    new = {"person_id": actor.person_id, "consultation_id": consultation_id, "at": clock.now()}
    session.execute(inserting(session, Follower).values(new).on_conflict_do_nothing())
    journal(session, actor, "consultation.followed")


def end_following(session: Session, actor: Actor, consultation_id: int) -> None:
    """She wants to hear of it no more."""
    session.execute(
        delete(Follower).where(
            Follower.person_id == actor.person_id, Follower.consultation_id == consultation_id
        )
    )
    journal(session, actor, "consultation.following_ended")


def read_letter(session: Session, actor: Actor, name: str) -> None:
    """She has opened this letter."""
    _read(session, actor, Letter.name == name)


def read_all(session: Session, actor: Actor) -> None:
    """She has seen all her letters."""
    _read(session, actor, Letter.is_in_inbox)
    journal(session, actor, "letters.read")


def send_again(session: Session, actor: Actor, name: str) -> None:
    """Puts a letter that failed back on its way, with all its attempts; its Message-ID stays the same."""
    if not may_send_again(actor):
        raise NotThere
    letter = session.scalar(select(Letter).where(Letter.name == name).with_for_update())
    if letter is None:
        raise NotThere
    if letter.state is LetterState.FAILED:
        letter.state, letter.attempts, letter.next_at = LetterState.WRITTEN, 0, clock.now()
    journal(session, actor, "letter.sent_again", kind=letter.kind)


def _choose(session: Session, person_id: int, kind: str, is_mailed: bool) -> None:
    new = {"person_id": person_id, "kind": kind, "is_mailed": is_mailed, "at": clock.now()}
    insert = inserting(session, Following).values(new)
    changed = {"is_mailed": is_mailed, "at": new["at"]}
    session.execute(insert.on_conflict_do_update(index_elements=["person_id", "kind"], set_=changed))


def _read(session: Session, actor: Actor, which: object) -> None:
    session.execute(
        update(Letter)
        .where(Letter.person_id == actor.person_id, Letter.read_at.is_(None), which)  # type: ignore[arg-type]
        .values(read_at=clock.now())
    )
