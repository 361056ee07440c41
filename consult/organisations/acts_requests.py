"""How does somebody come to represent an organisation that is listed already? She asks, and its heads answer once."""

import secrets

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import OrganisationState, SeatKind
from consult.organisations.models import SeatRequest
from consult.organisations.policy_seats import may_appoint, may_manage
from consult.organisations.reads_seats import locked_organisation, seat_of, standing
from consult.organisations.refusals_delegation import (
    AnsweredAlready,
    AskedAlready,
    NotYours,
    OrganisationNotListed,
    SeatedAlready,
    SeatOver,
    TooManyRequests,
)
from consult.people.acts import give_seat
from consult.people.models import Person
from consult.people.posting import ask_letter
from consult.people.refusals_roles import ModeratesEverywhere
from consult.record.acts import journal
from consult.refusals import NotThere

MOST_WAITING = 10


def request_seat(session: Session, actor: Actor, organisation_id: int, words: str) -> SeatRequest:
    """Asks to represent an organisation; its heads read the words, or administrators where it has none."""
    if actor.person_id is None:
        raise NotThere
    if actor.moderates(None):
        raise ModeratesEverywhere
    organisation = locked_organisation(session, organisation_id)
    if organisation.state is not OrganisationState.LISTED:
        raise OrganisationNotListed
    if seat_of(session, actor.person_id, organisation_id) is not None:
        person = session.get_one(Person, actor.person_id)
        raise SeatedAlready(person.email or "")
    _refuse_waiting(session, actor.person_id, organisation_id)
    asked = SeatRequest(
        key=secrets.token_urlsafe(16),
        person_id=actor.person_id,
        organisation_id=organisation_id,
        words=words,
        at=clock.now(),
    )
    session.add(asked)
    session.flush()
    journal(session, actor, "seat.requested", organisation_id=organisation_id)
    ask_letter(session, "seat.requested", asked.id, request_id=asked.id)
    return asked


def grant_request(
    session: Session, actor: Actor, organisation_id: int, key: str, kind: SeatKind, answer: str = ""
) -> SeatRequest:
    """Says yes, with a seat."""
    asked = _locked(session, actor, organisation_id, key)
    who = standing(session, actor, organisation_id)
    if not may_appoint(who, kind):
        raise NotYours
    person = session.get_one(Person, asked.person_id)
    if seat_of(session, person.id, organisation_id) is None:
        organisation = locked_organisation(session, organisation_id)
        seat = give_seat(session, actor, person, organisation, kind)
        session.flush()
        if not who.heads:
            ask_letter(session, "seat.taken", seat.id, seat_id=seat.id)
    _answer(session, actor, asked, answer, is_granted=True)
    return asked


def refuse_request(
    session: Session, actor: Actor, organisation_id: int, key: str, answer: str
) -> SeatRequest:
    """Says no, with words to the one who asked."""
    asked = _locked(session, actor, organisation_id, key)
    _answer(session, actor, asked, answer, is_granted=False)
    return asked


def withdraw_request(session: Session, actor: Actor, organisation_id: int) -> SeatRequest:
    """Takes one's own request back."""
    asked = session.scalar(
        select(SeatRequest)
        .where(
            SeatRequest.person_id == actor.person_id,
            SeatRequest.organisation_id == organisation_id,
            SeatRequest.decided_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if asked is None:
        raise NotThere
    asked.decided_at, asked.decided_by_id = clock.now(), actor.person_id
    journal(session, actor, "seat_request.withdrawn", organisation_id=organisation_id)
    return asked


def _refuse_waiting(session: Session, person_id: int, organisation_id: int) -> None:
    waiting = (SeatRequest.person_id == person_id) & SeatRequest.decided_at.is_(None)
    here = select(SeatRequest.id).where(waiting, SeatRequest.organisation_id == organisation_id)
    if session.scalar(here) is not None:
        raise AskedAlready
    if (session.scalar(select(func.count(SeatRequest.id)).where(waiting)) or 0) >= MOST_WAITING:
        raise TooManyRequests(MOST_WAITING)


def _locked(session: Session, actor: Actor, organisation_id: int, key: str) -> SeatRequest:
    """The request of this very delegation, for who may answer it; the first answer stands."""
    organisation = locked_organisation(session, organisation_id)
    who = standing(session, actor, organisation_id)
    asked = session.scalar(
        select(SeatRequest)
        .where(SeatRequest.key == key, SeatRequest.organisation_id == organisation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if asked is None or not may_manage(who):
        raise SeatOver if who.kind else NotThere
    if organisation.state is not OrganisationState.LISTED:
        raise OrganisationNotListed
    if asked.decided_at is not None:
        raise AnsweredAlready(asked.is_granted)
    return asked


def _answer(session: Session, actor: Actor, asked: SeatRequest, answer: str, *, is_granted: bool) -> None:
    asked.decided_at, asked.decided_by_id = clock.now(), actor.person_id
    asked.is_granted, asked.answer = is_granted, answer
    act = "seat_request.granted" if is_granted else "seat_request.refused"
    journal(session, actor, act, organisation_id=asked.organisation_id)
    ask_letter(session, "seat.answered", asked.id, request_id=asked.id)
