"""How is an act remembered? In public by note(), which is chained; in private by journal(), which is not."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.record.models import Chain, Disclosure, Entry, Journal

Fact = str | int | bool | None | list[Any] | dict[str, Any]
QUEUE = "consult.queued_entries"


class Thing(Protocol):
    """Any row with an id."""

    __tablename__: str
    id: Any


@dataclass(frozen=True, slots=True)
class _Queued:
    consultation_id: int | None
    at: datetime
    act: str
    thing: Thing
    actor_label: str
    facts: dict[str, Fact]
    disclosed: Mapping[str, str] = field(default_factory=dict)


def note(
    session: Session,
    actor: Actor,
    act: str,
    thing: Thing,
    *,
    within: int | None,
    disclosed: Mapping[str, str] | None = None,
    **facts: Fact,
) -> None:
    """Queues one entry of the public record; the transaction seals it last.

    `within` is the consultation's id, or None for the platform's chain. What may have to be erased one day
    (names of persons, words) goes into `disclosed`: the entry holds only a commitment to it.
    """
    _refuse_fractions(facts)
    queue = session.info.setdefault(QUEUE, [])
    queue.append(_Queued(within, clock.now(), act, thing, actor.label, dict(facts), disclosed or {}))


def journal(
    session: Session, actor: Actor, act: str, *, organisation_id: int | None = None, **facts: Fact
) -> None:
    """Writes one line of the private journal."""
    if organisation_id is None and actor.place is not None:
        organisation_id = actor.place.organisation_id
    session.add(
        Journal(
            at=clock.now(),
            person_id=actor.person_id,
            organisation_id=organisation_id,
            act=act,
            facts=dict(facts),
        )
    )


def seal(session: Session) -> None:
    """Chains the queued entries, with their chains locked: the last thing that a transaction does."""
    queue: list[_Queued] = session.info.pop(QUEUE, [])
    if not queue:
        return
    session.flush()
    chains: dict[int | None, Chain] = {}
    for consultation_id in sorted({entry.consultation_id for entry in queue}, key=lambda one: one or 0):
        chains[consultation_id] = _locked_chain(session, consultation_id)
    for queued in queue:
        _append(session, chains[queued.consultation_id], queued)
    session.flush()


@event.listens_for(Session, "after_rollback")
def _forget_queued(session: Session) -> None:
    """What was rolled back never happened: a later transaction of the same session must not seal it."""
    session.info.pop(QUEUE, None)


def erase_disclosure(session: Session, entry_id: int, disclosed_field: str) -> None:
    """Erases words that an entry committed to. The chain still verifies."""
    row = session.scalar(
        select(Disclosure).where(Disclosure.entry_id == entry_id, Disclosure.field == disclosed_field)
    )
    if row is not None:
        session.delete(row)


def commitment(salt: str, words: str) -> str:
    """HMAC-SHA-256 of words under a salt: says nothing about the words once the salt is gone."""
    return "hmac-sha256:" + hmac.new(bytes.fromhex(salt), words.encode(), hashlib.sha256).hexdigest()


def entry_hash(
    chain_id: int,
    position: int,
    at: datetime,
    act: str,
    thing: str,
    thing_id: int,
    actor_label: str,
    facts: Mapping[str, Any],
    previous_hash: str,
) -> str:
    """SHA-256 of the RFC 8785 form of all other columns.

    Facts hold no fractions and their keys are ASCII, so sorted compact JSON is that form.
    """
    columns = {
        "act": act,
        "actor_label": actor_label,
        "at": at.isoformat(timespec="microseconds"),
        "chain_id": chain_id,
        "facts": facts,
        "position": position,
        "previous_hash": previous_hash,
        "thing": thing,
        "thing_id": thing_id,
    }
    form = json.dumps(columns, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(form.encode()).hexdigest()


def _locked_chain(session: Session, consultation_id: int | None) -> Chain:
    standing = (
        Chain.consultation_id.is_(None)
        if consultation_id is None
        else Chain.consultation_id == consultation_id
    )
    chain = session.scalar(
        select(Chain).where(standing).with_for_update().execution_options(populate_existing=True)
    )
    if chain is None:
        chain = Chain(consultation_id=consultation_id, is_platform=consultation_id is None, length=0, head="")
        session.add(chain)
        session.flush()
    return chain


def _append(session: Session, chain: Chain, queued: _Queued) -> None:
    salts = {name: secrets.token_hex(16) for name in queued.disclosed}
    committed = {name: commitment(salts[name], words) for name, words in queued.disclosed.items()}
    columns = {
        "chain_id": chain.id,
        "position": chain.length + 1,
        "at": queued.at,
        "act": queued.act,
        "thing": queued.thing.__tablename__,
        "thing_id": queued.thing.id,
        "actor_label": queued.actor_label,
        "facts": {**queued.facts, **committed},
        "previous_hash": chain.head,
    }
    entry = Entry(**columns, hash=entry_hash(**columns))
    session.add(entry)
    session.flush()
    for name, words in queued.disclosed.items():
        session.add(Disclosure(entry_id=entry.id, field=name, words=words, salt=salts[name]))
    chain.length, chain.head = entry.position, entry.hash


def _refuse_fractions(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a fact is never a fraction: its text would differ between machines")
    if isinstance(value, dict):
        for part in value.values():
            _refuse_fractions(part)
    elif isinstance(value, list):
        for part in value:
            _refuse_fractions(part)
