"""Do two requests ever wait for each other for ever? One holds the person's row; the other must hold nothing of hers."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.core.terms import SeatKind, TicketPurpose
from consult.db import begin_writing, commit, db
from consult.organisations.acts_accepting import accept_invitation
from consult.organisations.acts_invitations import NewInvitation, invite
from consult.people.acts_passkeys import add_passkey, use_passkey
from consult.people.acts_tickets import end_tickets
from consult.people.asking import MAKING, SIGNING
from consult.people.ceremonies import begin
from consult.people.locking import locked_person
from consult.people.models_access import Passkey
from consult.people.passkeys import Site
from consult.privacy.acts_leaving import leave
from consult.refusals import Refusal
from tests import build

HERE = Site("localhost", "http://localhost", "Consult")
WAITS = 0.7  # seconds in which the other request comes to stand at the lock


@contextmanager
def meanwhile(app: Flask, act: Callable[[Session], object], told: list[str]) -> Iterator[None]:
    """Another request does something while this one holds what it has locked."""

    def run() -> None:
        with app.app_context():
            begin_writing(db.session)
            try:
                act(db.session)
                commit(db.session)
                told.append("done")
            except Refusal as no:
                db.session.rollback()
                told.append(type(no).__name__)

    other = threading.Thread(target=run)
    other.start()
    time.sleep(WAITS)
    yield
    other.join(timeout=20)


@pytest.mark.parametrize("uses", [False, True])
def test_a_passkey_and_a_new_password_at_once_do_not_wait_for_each_other_for_ever(
    app: Flask, session: Session, uses: bool
) -> None:
    person = build.a_person(session)
    who, named = build.acting(session, person), b"a key of hers"
    session.add(
        Passkey(
            person_id=person.id,
            credential_id=named,
            public_key=b"",
            sign_count=0,
            name="",
            transports=[],
            made_at=clock.now(),
        )
    )
    about = SIGNING if uses else MAKING
    key = begin(session, TicketPurpose.CEREMONY, person.id, about=about, challenge="AAAA")
    commit(session)
    answer = (
        '{"rawId": "YSBrZXkgb2YgaGVycw", "id": "YSBrZXkgb2YgaGVycw", "response": {}, "type": "public-key"}'
    )

    def act(within: Session) -> object:
        if uses:
            return use_passkey(within, who.person_id, HERE, key, answer)
        return add_passkey(within, who, HERE, key, answer, "My phone")

    told: list[str] = []
    begin_writing(session)
    locked_person(session, person.id)
    with meanwhile(app, act, told):
        end_tickets(session, person.id, clock.now())
        commit(session)
    assert told == ["StepOver"]


def test_who_leaves_and_accepts_an_invitation_at_once_does_not_wait_for_herself(
    app: Flask, session: Session
) -> None:
    person, organisation = build.a_person(session), build.an_organisation(session)
    who = build.acting(session, person)
    new = NewInvitation(
        email=person.email or "", organisation_id=organisation.id, seat_kind=SeatKind.CONTRIBUTOR
    )
    head = build.acting(session, build.a_delegate(session, organisation))
    key, pseudonym = invite(session, head, new).key, person.pseudonym
    commit(session)
    told: list[str] = []
    begin_writing(session)
    locked_person(session, person.id)
    with meanwhile(app, lambda within: accept_invitation(within, who, key, is_confirmed=True), told):
        leave(session, who, pseudonym)
        commit(session)
    assert told == ["NotThere"]
