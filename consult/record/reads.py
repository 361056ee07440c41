"""What does the record say, and does it still fit together?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.record.acts import QUEUE, commitment, entry_hash
from consult.record.models import Chain, Disclosure, Entry


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry as the record page lists it."""

    position: int
    at: datetime
    act: str
    actor_label: str
    facts: Mapping[str, Any]
    hash: str
    previous_hash: str


@dataclass(frozen=True, slots=True)
class Entries:
    """One page of a chain, newest first; `before` leads to the next page."""

    lines: tuple[EntryLine, ...]
    length: int
    head: str
    before: int | None


@dataclass(frozen=True, slots=True)
class Misfit:
    """The first entry of a chain that does not fit, and why."""

    consultation_id: int | None
    position: int
    why: str


def chain_head(session: Session, consultation_id: int | None) -> tuple[int, str]:
    """How long a chain is and its last hash: changes with every public act, so it names a state of all there is."""
    row = session.execute(select(Chain.length, Chain.head).where(_of(consultation_id))).first()
    return (row.length, row.head) if row else (0, "")


def is_sealed(session: Session) -> bool:
    """Whether no entry waits to be chained: only then do the chains' heads name the state of all there is."""
    return not session.info.get(QUEUE)


def entries(
    session: Session, consultation_id: int | None, before: int | None = None, size: int = 50
) -> Entries:
    """The entries of one chain before a position, newest first, with what they disclose."""
    chain = session.scalar(select(Chain).where(_of(consultation_id)))
    if chain is None:
        return Entries((), 0, "", None)
    query = select(Entry).where(Entry.chain_id == chain.id)
    if before is not None:
        query = query.where(Entry.position < before)
    rows = session.scalars(query.order_by(Entry.position.desc()).limit(size)).all()
    disclosed = _disclosed(session, rows)
    lines = tuple(_line(row, disclosed.get(row.id, {})) for row in rows)
    more = lines[-1].position if lines and lines[-1].position > 1 else None
    return Entries(lines, chain.length, chain.head, more)


def story_of(
    session: Session, consultation_id: int | None, thing: str, thing_id: int
) -> tuple[EntryLine, ...]:
    """What one chain says of one thing, newest first, with what the entries disclose."""
    query = (
        select(Entry)
        .join(Chain, Chain.id == Entry.chain_id)
        .where(_of(consultation_id), Entry.thing == thing, Entry.thing_id == thing_id)
        .order_by(Entry.position.desc())
    )
    rows = session.scalars(query).all()
    disclosed = _disclosed(session, rows)
    return tuple(_line(row, disclosed.get(row.id, {})) for row in rows)


def misfits(session: Session) -> Iterator[Misfit]:
    """Recomputes every chain; of each that does not fit, the first entry that does not."""
    for chain in session.scalars(select(Chain).order_by(Chain.id)).all():
        misfit = _first_misfit(session, chain)
        if misfit is not None:
            yield misfit


def _first_misfit(session: Session, chain: Chain) -> Misfit | None:
    previous, position = "", 0
    for entry in _in_order(session, chain.id):
        position += 1
        why = _why_not(session, entry, position, previous)
        if why:
            return Misfit(chain.consultation_id, entry.position, why)
        previous = entry.hash
    if position != chain.length or previous != chain.head:
        return Misfit(
            chain.consultation_id, position + 1, "the chain's length and head name another last entry"
        )
    return None


def _in_order(session: Session, chain_id: int, batch: int = 500) -> Iterator[Entry]:
    """All entries of a chain, read in batches so that no cursor stays open."""
    query = select(Entry).where(Entry.chain_id == chain_id).order_by(Entry.position).limit(batch)
    last = 0
    while rows := session.scalars(query.where(Entry.position > last)).all():
        yield from rows
        last = rows[-1].position


def _why_not(session: Session, entry: Entry, position: int, previous: str) -> str | None:
    if entry.position != position:
        return f"entry {position} is missing"
    if entry.previous_hash != previous:
        return "it does not carry the hash of the entry before"
    expected = entry_hash(
        entry.chain_id,
        entry.position,
        entry.at,
        entry.act,
        entry.thing,
        entry.thing_id,
        entry.actor_label,
        entry.facts,
        entry.previous_hash,
    )
    if expected != entry.hash:
        return "its hash is not the hash of its words"
    for row in session.scalars(select(Disclosure).where(Disclosure.entry_id == entry.id)):
        if entry.facts.get(row.field) != commitment(row.salt, row.words):
            return f"what it discloses as {row.field} is not what it committed to"
    return None


def _disclosed(session: Session, rows: Sequence[Entry]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    if rows:
        ids = [row.id for row in rows]
        for one in session.scalars(select(Disclosure).where(Disclosure.entry_id.in_(ids))):
            found.setdefault(one.entry_id, {})[one.field] = one.words
    return found


def _line(row: Entry, disclosed: Mapping[str, str]) -> EntryLine:
    return EntryLine(
        row.position,
        row.at,
        row.act,
        row.actor_label,
        {**row.facts, **disclosed},
        row.hash,
        row.previous_hash,
    )


def _of(consultation_id: int | None) -> Any:
    return (
        Chain.consultation_id.is_(None)
        if consultation_id is None
        else Chain.consultation_id == consultation_id
    )


def chains(session: Session) -> tuple[tuple[int | None, int, str], ...]:
    """Each chain's consultation (None: the platform), length and head."""
    rows = session.execute(select(Chain.consultation_id, Chain.length, Chain.head).order_by(Chain.id))
    return tuple((row.consultation_id, row.length, row.head) for row in rows)
