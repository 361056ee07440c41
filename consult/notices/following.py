"""How do public acts become letters? The record is read on from where it was read last; acts know nothing of it."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.hearing import HEARD, About, Heard, Picture, hearers
from consult.core.rounds import NOTICE
from consult.jobs import put
from consult.notices.models import Reading
from consult.notices.reads_about import about
from consult.notices.reads_circle import picture_of
from consult.notices.writing import MOST, NewLetter, write_letters
from consult.record.models import Chain, Entry
from consult.rounds.models import Round

CLOSING = "letters.closing"
BATCH = 500  # entries read at a time
MOVES = frozenset({"round.planned", "round.extended", "round.shortened"})


def start(session: Session) -> None:
    """The first start: nobody gets letters about what happened before. Rounds that are open now still close."""
    known = select(Reading.chain_id)
    for chain in session.scalars(select(Chain).where(Chain.id.not_in(known))).all():
        session.add(Reading(chain_id=chain.id, position=chain.length))
    for round_ in session.scalars(select(Round).where(Round.closes_at > clock.now())).all():
        put_closing(session, round_)


def follow(session: Session, most: int = MOST) -> bool:
    """Reads on in every chain, and writes at most so many letters. Answers whether there is more to be done now."""
    left = most
    for chain, reading in _behind(session):
        left = _read_on(session, chain, reading, left)
        if left <= 0 or reading.position < chain.length:
            return True
    return False


def put_closing(session: Session, round_: Round) -> None:
    """Puts the job that says, 72 hours before, that a round closes; a round shorter than that needs none."""
    at, to = round_.closes_at - NOTICE, round_.closes_at.isoformat()
    if at > round_.opens_at:
        put(session, CLOSING, f"{round_.id}/{to}", run_after=at, round_id=round_.id, closes_at=to)


def _behind(session: Session) -> list[tuple[Chain, Reading]]:
    """The chains with entries that were not read, each with how far it was; one query where nothing is new."""
    rows = session.execute(
        select(Chain, Reading)
        .outerjoin(Reading, Reading.chain_id == Chain.id)
        .where(or_(Reading.id.is_(None), Chain.length > Reading.position))
        .order_by(Chain.id)
    ).all()
    found = []
    for chain, standing in rows:
        reading = standing or Reading(chain_id=chain.id, position=0)
        session.add(reading)
        session.flush()
        # Two that read at once would write the same letters: the second waits here, and finds it done.
        session.refresh(reading, with_for_update=True)
        found.append((chain, reading))
    return found


def _read_on(session: Session, chain: Chain, reading: Reading, left: int) -> int:
    """Reads one batch of a chain. Answers how many letters may still be written in this transaction."""
    entries = session.scalars(
        select(Entry)
        .where(Entry.chain_id == chain.id, Entry.position > reading.position)
        .order_by(Entry.position)
        .limit(BATCH)
    ).all()
    heard = [entry for entry in entries if entry.act in HEARD]
    subjects = about(session, heard)
    concerned = {one for subject in subjects.values() for one in subject.organisations}
    picture = picture_of(session, chain.consultation_id, concerned) if heard else Picture()
    _put_closings(session, heard)
    for entry in entries:
        if entry.id in subjects:
            letters = _letters(chain, entry, subjects[entry.id], picture)
            waiting = write_letters(session, letters, left)
            left -= len(letters)
            if waiting:
                return 0
        reading.position = entry.position
    return left


def _letters(chain: Chain, entry: Entry, subject: About, picture: Picture) -> list[NewLetter]:
    start_of_key = f"entry:{chain.id}:{entry.position}:person"
    return [
        NewLetter(
            key=f"{start_of_key}:{one.person_id}:{entry.act}",
            kind=entry.act,
            person_id=one.person_id,
            consultation_id=chain.consultation_id,
            facts={"entry_id": entry.id, **reason(one)},
        )
        for one in hearers(entry.act, subject, picture)
    ]


def reason(one: Heard) -> dict[str, Any]:
    """Why she hears of it, as a letter keeps it."""
    return {"why": one.why.value, "organisation_id": one.organisation_id}


def _put_closings(session: Session, heard: list[Entry]) -> None:
    moved = {entry.thing_id for entry in heard if entry.act in MOVES}
    if moved:
        for round_ in session.scalars(select(Round).where(Round.id.in_(moved))).all():
            put_closing(session, round_)
