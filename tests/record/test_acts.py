"""The chain: each entry carries the hash of the one before, and nothing in it that could not be erased."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from consult.core.actors import SYSTEM
from consult.db import commit
from consult.record.acts import commitment, entry_hash, erase_disclosure, note
from consult.record.models import Disclosure, Entry
from consult.record.reads import entries, misfits
from tests import build

EXAMPLE = {
    "chain_id": 1,
    "position": 1,
    "at": build.NOON,
    "act": "comment.submitted",
    "thing": "comment",
    "thing_id": 7,
    "actor_label": "وزارة",
    "facts": {"number": 412, "clause": "c3"},
    "previous_hash": "",
}


def test_the_hash_is_that_of_the_canonical_json_of_all_other_columns() -> None:
    by_hand = (
        '{"act":"comment.submitted","actor_label":"وزارة","at":"2026-11-02T12:00:00.000000+00:00","chain_id":1,'
        '"facts":{"clause":"c3","number":412},"position":1,"previous_hash":"","thing":"comment","thing_id":7}'
    )
    assert json.loads(by_hand)["facts"] == EXAMPLE["facts"]
    import hashlib

    assert entry_hash(**EXAMPLE) == hashlib.sha256(by_hand.encode()).hexdigest()


@given(st.sampled_from(sorted(EXAMPLE)), st.integers(2, 10**6))
def test_changing_any_column_changes_the_hash(column: str, number: int) -> None:
    other = {"at": build.NOON.replace(microsecond=number % 10**6 or 1), "facts": {"number": number}}
    changed = {**EXAMPLE, column: other.get(column, number)}
    if changed != EXAMPLE:
        assert entry_hash(**changed) != entry_hash(**EXAMPLE)


def test_each_entry_carries_the_hash_of_the_one_before(session: Session) -> None:
    for _ in range(3):
        build.an_organisation(session)
        commit(session)
    rows = session.scalars(select(Entry).order_by(Entry.position)).all()
    assert [row.position for row in rows] == list(range(1, 7))
    assert [row.previous_hash for row in rows] == ["", *(row.hash for row in rows[:-1])]
    assert list(misfits(session)) == []


def test_what_may_have_to_be_erased_stands_only_as_a_commitment_and_the_chain_outlives_it(
    session: Session,
) -> None:
    build.an_organisation(session)
    commit(session)
    entry = session.scalars(select(Entry).where(Entry.act == "organisation.accredited")).one()
    disclosed = session.scalars(select(Disclosure).where(Disclosure.entry_id == entry.id)).one()
    assert "known to us" not in json.dumps(entry.facts)
    assert entry.facts["reason"] == commitment(disclosed.salt, "known to us")
    assert entries(session, None).lines[0].facts["reason"] == "known to us"
    erase_disclosure(session, entry.id, "reason")
    commit(session)
    assert entries(session, None).lines[0].facts["reason"].startswith("hmac-sha256:")
    assert list(misfits(session)) == []


def test_a_changed_entry_is_found_and_named(session: Session) -> None:
    for _ in range(3):
        build.an_organisation(session)
    commit(session)
    _without_triggers(session)
    session.execute(text("UPDATE entry SET actor_label = 'somebody else' WHERE position = 3"))
    session.expire_all()
    assert [(m.position, m.why) for m in misfits(session)] == [(3, "its hash is not the hash of its words")]


def test_a_missing_entry_is_found_and_named(session: Session) -> None:
    for _ in range(3):
        build.an_organisation(session)
    commit(session)
    _without_triggers(session)
    session.execute(delete(Disclosure))
    session.execute(text("DELETE FROM entry WHERE position = 2"))
    assert [(m.position, m.why) for m in misfits(session)] == [(3, "entry 2 is missing")]


def test_cutting_off_the_end_is_found(session: Session) -> None:
    build.an_organisation(session)
    commit(session)
    _without_triggers(session)
    session.execute(delete(Disclosure))
    session.execute(text("DELETE FROM entry WHERE position = 2"))
    assert [m.position for m in misfits(session)] == [2]


def test_other_words_disclosed_are_found(session: Session) -> None:
    build.an_organisation(session)
    commit(session)
    session.execute(text("UPDATE disclosure SET words = 'known to nobody'"))
    session.expire_all()
    assert [m.position for m in misfits(session)] == [2]


def test_a_fact_is_never_a_fraction(session: Session) -> None:
    organisation = build.an_organisation(session)
    with pytest.raises(TypeError, match="fraction"):
        note(session, SYSTEM, "share.said", organisation, within=None, share={"of": [0.5]})


def test_what_was_rolled_back_is_not_sealed_by_a_later_commit(session: Session) -> None:
    build.an_organisation(session)
    commit(session)
    length = entries(session, None).length
    build.an_organisation(session, name="Never added")
    session.rollback()
    build.an_organisation(session, name="Added after all")
    commit(session)
    added = [line.facts["organisation"] for line in entries(session, None).lines if line.position > length]
    assert set(added) == {"Added after all"}


def _without_triggers(session: Session) -> None:
    where = "" if session.get_bind().dialect.name == "sqlite" else " ON entry"
    for operation in ("update", "delete"):
        session.execute(text(f"DROP TRIGGER keep_entry_{operation}{where}"))
