"""How does a delegation change? Seats are changed and ended, a head hands over, and it never loses its head by accident.

Whoever changes a delegation first locks its organisation's row, and is judged by the seat that she has then: of two
heads who end each other, the second finds that she has none.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import HEADS, SeatKind
from consult.organisations.acts_invitations import revoke_invitations_of
from consult.organisations.policy_seats import (
    Standing,
    is_left_headless,
    may_change,
    may_choose_levels,
    may_end,
    may_read_delegation,
)
from consult.organisations.reads_seats import kinds, leaves_headless, locked_organisation, standing
from consult.organisations.refusals_delegation import (
    LastHead,
    LastMember,
    NotASuccessor,
    NotYours,
    ReasonMissing,
    SeatMovedOn,
    SeatOver,
)
from consult.people.acts import give_seat
from consult.people.models import Organisation, Person, Seat
from consult.people.posting import ask_letter
from consult.record.acts import journal
from consult.refusals import NotThere


def change_seat(
    session: Session,
    actor: Actor,
    organisation_id: int,
    pseudonym: str,
    kind: SeatKind,
    *,
    seen: SeatKind,
    reason: str = "",
) -> Seat:
    """Gives a member another seat in the same delegation. `seen` is the seat that the page showed."""
    organisation, who = _locked(session, actor, organisation_id)
    person, seat = _seated(session, organisation_id, pseudonym, seen)
    is_own = person.id == actor.person_id
    if not may_change(who, seat.kind, kind, is_own=is_own):
        raise _refusal(who)
    if seat.kind is kind:
        return seat
    _refuse_headless(session, who, organisation_id, person.id, kind, seat.kind, is_own=is_own, reason=reason)
    given = _give(session, actor, person, organisation, kind, reason)
    revoke_invitations_of(session, actor, person, organisation_id)
    if not is_own:
        ask_letter(session, "seat.given", given.id, seat_id=given.id)
    if not is_own and not who.heads:
        ask_letter(session, "seat.taken", given.id, seat_id=given.id)
    _tell_if_headless(session, organisation_id, seat)
    return given


def end_seat(
    session: Session,
    actor: Actor,
    organisation_id: int,
    pseudonym: str,
    *,
    seen: SeatKind,
    reason: str = "",
) -> Seat:
    """Ends somebody else's seat. At once: what she has open is refused, and her papers stay with the delegation."""
    _organisation, who = _locked(session, actor, organisation_id)
    person, seat = _seated(session, organisation_id, pseudonym, seen)
    is_own = person.id == actor.person_id
    if not may_end(who, seat.kind, is_own=is_own):
        raise _refusal(who)
    _refuse_headless(session, who, organisation_id, person.id, None, seat.kind, is_own=is_own, reason=reason)
    if is_own and len(kinds(session, organisation_id)) == 1:
        raise LastMember
    _end(session, actor, person, seat, reason)
    if not is_own:
        ask_letter(session, "seat.ended", seat.id, seat_id=seat.id)
    return seat


def leave_delegation(
    session: Session,
    actor: Actor,
    organisation_id: int,
    *,
    successor: str | None = None,
    is_confirmed: bool = False,
) -> Seat:
    """Ends one's own seat: a head names who follows her, and who is alone says that she knows what it means."""
    organisation, _who = _locked(session, actor, organisation_id)
    seated = kinds(session, organisation_id)
    if actor.person_id not in seated:
        raise SeatOver
    person = session.get_one(Person, actor.person_id)
    seat = _seat(session, organisation_id, person.id)
    if successor:
        _hand_over(session, actor, organisation, person, successor)
    after = [kind for one, kind in kinds(session, organisation_id).items() if one != person.id]
    if is_left_headless(list(seated.values()), after):
        raise LastHead
    if not after and not is_confirmed:
        raise LastMember
    _end(session, actor, person, seat, "")
    return seat


def hand_over(session: Session, actor: Actor, organisation_id: int, successor: str) -> Seat:
    """Gives another member the seat of the head who acts; her own seat stays until she leaves or changes it."""
    organisation, who = _locked(session, actor, organisation_id)
    if not who.heads or who.kind is None:
        raise _refusal(who)
    return _hand_over(session, actor, organisation, session.get_one(Person, actor.person_id), successor)


def choose_levels(session: Session, actor: Actor, organisation_id: int, levels: int) -> Organisation:
    """Chooses by how many steps papers are cleared from now on; what was verified stays verified."""
    organisation, who = _locked(session, actor, organisation_id)
    if not may_choose_levels(who):
        raise _refusal(who)
    if organisation.clearance_levels != levels:
        was, organisation.clearance_levels = organisation.clearance_levels, levels
        journal(session, actor, "clearance.chosen", organisation_id=organisation_id, was=was, levels=levels)
    return organisation


def _locked(session: Session, actor: Actor, organisation_id: int) -> tuple[Organisation, Standing]:
    organisation = locked_organisation(session, organisation_id)
    who = standing(session, actor, organisation_id)
    if not may_read_delegation(who):
        raise SeatOver if any(one.organisation_id == organisation_id for one in actor.places) else NotThere
    return organisation, who


def _refusal(who: Standing) -> Exception:
    """An acting head has reached too high; anybody else in the delegation may not do this, or no longer."""
    return NotYours() if who.heads else SeatOver()


def _seated(session: Session, organisation_id: int, pseudonym: str, seen: SeatKind) -> tuple[Person, Seat]:
    row = session.execute(
        select(Person, Seat)
        .join(Seat, Seat.person_id == Person.id)
        .where(Person.pseudonym == pseudonym, Seat.organisation_id == organisation_id, Seat.until.is_(None))
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise SeatMovedOn(None)
    if row[1].kind is not seen:
        raise SeatMovedOn(row[1].kind)
    return row[0], row[1]


def _seat(session: Session, organisation_id: int, person_id: int) -> Seat:
    query = select(Seat).where(
        Seat.person_id == person_id, Seat.organisation_id == organisation_id, Seat.until.is_(None)
    )
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _refuse_headless(
    session: Session,
    who: Standing,
    organisation_id: int,
    person_id: int,
    to: SeatKind | None,
    from_: SeatKind,
    *,
    is_own: bool,
    reason: str,
) -> None:
    """Only an administrator takes the last head away, of somebody else, and says why."""
    seated = kinds(session, organisation_id)
    after = [kind for one, kind in seated.items() if one != person_id] + ([to] if to else [])
    takes_head = from_ in HEADS and to not in HEADS
    if who.is_administrator and not is_own:
        if takes_head and not who.heads and not reason.strip():
            raise ReasonMissing
        return
    if is_left_headless(list(seated.values()), after):
        raise LastHead


def _hand_over(
    session: Session, actor: Actor, organisation: Organisation, leaver: Person, successor: str
) -> Seat:
    seated = kinds(session, organisation.id)
    kind = seated[leaver.id]
    if kind is SeatKind.ACTING_HEAD and not leaves_headless(seated, leaver.id):
        raise NotYours
    row = session.execute(
        select(Person, Seat)
        .join(Seat, Seat.person_id == Person.id)
        .where(
            Person.pseudonym == successor,
            Person.id != leaver.id,
            Seat.organisation_id == organisation.id,
            Seat.until.is_(None),
        )
    ).first()
    if row is None or kind not in HEADS:
        raise NotASuccessor
    if row[1].kind is kind:
        standing_seat: Seat = row[1]
        return standing_seat
    seat = _give(session, actor, row[0], organisation, kind, "")
    ask_letter(session, "seat.given", seat.id, seat_id=seat.id)
    return seat


def _give(
    session: Session, actor: Actor, person: Person, organisation: Organisation, kind: SeatKind, reason: str
) -> Seat:
    seat = give_seat(session, actor, person, organisation, kind)
    session.flush()
    if reason.strip():
        journal(session, actor, "seat.reasoned", organisation_id=organisation.id, reason=reason.strip())
    return seat


def _end(session: Session, actor: Actor, person: Person, seat: Seat, reason: str) -> None:
    seat.until = clock.now()
    session.flush()
    said = {"reason": reason.strip()} if reason.strip() else {}
    journal(
        session,
        actor,
        "seat.ended",
        organisation_id=seat.organisation_id,
        person=person.pseudonym,
        kind=seat.kind,
        **said,
    )
    revoke_invitations_of(session, actor, person, seat.organisation_id)
    _tell_if_headless(session, seat.organisation_id, seat)


def _tell_if_headless(session: Session, organisation_id: int, seat: Seat) -> None:
    """Administrators are told when nobody is left who could submit."""
    if seat.kind in HEADS and not any(kind in HEADS for kind in kinds(session, organisation_id).values()):
        ask_letter(
            session, "organisation.headless", f"{organisation_id}-{seat.id}", organisation_id=organisation_id
        )
