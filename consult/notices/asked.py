"""Who gets the letter that a private act asked for? Looked up by its kind; a row that is gone asks nobody."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Select, column, select, table
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.models import Contribution
from consult.comments.models_joint import Sponsorship
from consult.core.clearance import may_move
from consult.core.terms import HEADS, PaperState, SeatKind
from consult.delegations.models import Remark
from consult.drafts.models import Party, PartyReminder
from consult.notices.reads_circle import administrators, seats_in
from consult.notices.writing import NewLetter
from consult.organisations.models import Invitation, Proposal, SeatRequest
from consult.people.models import Organisation, Person, Seat, SignIn, Voice
from consult.people.models_access import Ticket

Ids = Mapping[str, Any]
# Its room is above this one, so it is named by its table.
TAKEOUT = table("takeout", column("id"), column("person_id"))


def letters_asked(session: Session, kind: str, key: str, ids: Ids) -> list[NewLetter]:
    """The letters of this kind about these rows; `key` is what the act called them."""
    find = READERS[kind]
    return [
        NewLetter(key=f"{key}:{_end(one)}", kind=kind, **{"facts": {}, **one}) for one in find(session, ids)
    ]


def _end(one: Ids) -> str:
    return f"person:{one['person_id']}" if one.get("person_id") else "address"


Found = Iterable[dict[str, Any]]


def _of_person(why: str) -> Callable[[Session, Ids], Found]:
    def read(_session: Session, ids: Ids) -> Found:
        facts = {name: value for name, value in ids.items() if name != "person_id"}
        yield {"person_id": ids["person_id"], "facts": {"why": why, **facts}}

    return read


def _ticket(session: Session, ids: Ids) -> Found:
    """To the address that the ticket names, in its account's language if it has one."""
    row = session.get(Ticket, ids["ticket_id"])
    if row is None or row.used_at is not None or row.ends_at <= clock.now():
        return
    person = session.get(Person, row.person_id) if row.person_id else None
    is_hers = person is not None and person.email == row.email
    yield {
        "person_id": row.person_id,
        "email": None if is_hers else row.email,
        "language": row.language,
        "facts": {"why": "account", "ticket_id": row.id},
    }


def _sign_in(session: Session, ids: Ids) -> Found:
    row = session.get(SignIn, ids["sign_in_id"])
    if row is not None:
        yield {"person_id": row.person_id, "facts": {"why": "account", "sign_in_id": row.id}}


def _takeout(session: Session, ids: Ids) -> Found:
    query: Select[int] = select(TAKEOUT.c.person_id).where(TAKEOUT.c.id == ids["takeout_id"])
    person_id = session.scalar(query)
    if person_id is not None:
        yield {"person_id": person_id, "facts": {"why": "account", "takeout_id": ids["takeout_id"]}}


def _proposed(session: Session, ids: Ids) -> Found:
    row = _proposal(session, ids)
    for person_id in administrators(session) if row else ():
        if row and person_id != row.by_person_id:
            yield _about_organisation(row, person_id, "administrator", by_id=row.by_person_id)


def _headless(session: Session, ids: Ids) -> Found:
    for person_id in administrators(session):
        facts = {"why": "administrator", "organisation_id": ids["organisation_id"]}
        yield {"person_id": person_id, "facts": facts}


def _decided(session: Session, ids: Ids) -> Found:
    row = _proposal(session, ids)
    if row is not None:
        yield _about_organisation(row, row.by_person_id, "proposer")


def _proposal(session: Session, ids: Ids) -> Proposal | None:
    return session.scalar(select(Proposal).where(Proposal.organisation_id == ids["organisation_id"]))


def _about_organisation(row: Proposal, person_id: int, why: str, **more: int) -> dict[str, Any]:
    facts = {"why": why, "organisation_id": row.organisation_id, "proposal_id": row.id, **more}
    return {"person_id": person_id, "facts": facts}


def _invitation(session: Session, ids: Ids) -> Found:
    """To the address invited; in the language of the account that has it, if one does."""
    row = session.get(Invitation, ids["invitation_id"])
    is_over = (
        row is None or row.accepted_at or row.revoked_at or row.declined_at or row.ends_at <= clock.now()
    )
    if row is None or is_over or not row.email:
        return
    person_id = session.scalar(select(Person.id).where(Person.email == row.email))
    facts = {"why": "invited", "invitation_id": row.id, "organisation_id": row.organisation_id}
    yield {
        "person_id": person_id,
        "email": None if person_id else row.email,
        "language": row.language,
        "consultation_id": row.consultation_id,
        "facts": {**facts, "by_id": row.by_person_id},
    }


def _requested(session: Session, ids: Ids) -> Found:
    row = session.get(SeatRequest, ids["request_id"])
    if row is None or row.decided_at is not None:
        return
    heads = _seated(session, row.organisation_id, HEADS)
    facts = {"request_id": row.id, "organisation_id": row.organisation_id, "by_id": row.person_id}
    why = "head" if heads else "administrator"
    for person_id in heads or administrators(session):
        if person_id != row.person_id:
            yield {"person_id": person_id, "facts": {"why": why, **facts}}


def _answered(session: Session, ids: Ids) -> Found:
    row = session.get(SeatRequest, ids["request_id"])
    if row is not None and row.decided_at is not None:
        facts = {"why": "asker", "request_id": row.id, "organisation_id": row.organisation_id}
        yield {"person_id": row.person_id, "facts": facts}


def _seat(session: Session, ids: Ids) -> Found:
    row = session.get(Seat, ids["seat_id"])
    if row is not None:
        facts = {"why": "seat", "seat_id": row.id, "organisation_id": row.organisation_id}
        yield {"person_id": row.person_id, "facts": facts}


def _taken(session: Session, ids: Ids) -> Found:
    """To the other heads of a delegation in which somebody took a seat, if she still has it."""
    row = session.get(Seat, ids["seat_id"])
    if row is None or row.until is not None:
        return
    facts = {"why": "head", "seat_id": row.id, "organisation_id": row.organisation_id, "by_id": row.person_id}
    for person_id in _seated(session, row.organisation_id, HEADS):
        if person_id != row.person_id:
            yield {"person_id": person_id, "facts": facts}


def _waiting(session: Session, ids: Ids) -> Found:
    """Whoever may take the paper on from where it is, but for who handed it on."""
    row, organisation = _paper(session, ids)
    if row is None or organisation is None:
        return
    onward = [PaperState.VERIFIED, PaperState.SUBMITTED]
    may = {
        kind
        for kind in SeatKind
        if any(may_move(organisation.clearance_levels, kind, row.state, to) for to in onward)
    }
    for person_id in _seated(session, organisation.id, may):
        if person_id != row.changed_by_id:
            yield _inner(row, person_id, organisation.id, by_id=row.changed_by_id)


def _returned(session: Session, ids: Ids) -> Found:
    row, organisation = _paper(session, ids)
    if row is not None and organisation is not None and row.author_id != row.changed_by_id:
        yield _inner(row, row.author_id, organisation.id, by_id=row.changed_by_id)


def _paper(session: Session, ids: Ids) -> tuple[Contribution | None, Organisation | None]:
    row = session.get(Contribution, ids["contribution_id"])
    return row, _organisation_of(session, row.voice_id) if row else None


def _organisation_of(session: Session, voice_id: int) -> Organisation | None:
    query = select(Organisation).join(Voice, Voice.organisation_id == Organisation.id)
    return session.scalar(query.where(Voice.id == voice_id))


def _inner(row: Contribution, person_id: int, organisation_id: int, **more: int | None) -> dict[str, Any]:
    facts = {"why": "delegation", "contribution_id": row.id, "organisation_id": organisation_id, **more}
    return {"person_id": person_id, "consultation_id": row.consultation_id, "facts": facts}


def _sponsor_asked(session: Session, ids: Ids) -> Found:
    row = session.get(Sponsorship, ids["sponsorship_id"])
    paper = session.get(Contribution, row.contribution_id) if row else None
    asked = _organisation_of(session, row.voice_id) if row else None
    lead = _organisation_of(session, paper.voice_id) if paper else None
    if row is None or paper is None or asked is None or lead is None:
        return
    for person_id in _seated(session, asked.id, {*HEADS, SeatKind.DEPUTY}):
        if person_id != row.asked_by_id:
            yield _inner(paper, person_id, asked.id, other_id=lead.id, sponsorship_id=row.id)


def _sponsor_answered(session: Session, ids: Ids) -> Found:
    row = session.get(Sponsorship, ids["sponsorship_id"])
    paper = session.get(Contribution, row.contribution_id) if row else None
    asked = _organisation_of(session, row.voice_id) if row else None
    lead = _organisation_of(session, paper.voice_id) if paper else None
    if row is None or paper is None or asked is None or lead is None:
        return
    for person_id in _seated(session, lead.id, HEADS):
        if person_id != row.decided_by_id:
            yield _inner(paper, person_id, lead.id, other_id=asked.id, sponsorship_id=row.id)


def _remark(session: Session, ids: Ids) -> Found:
    row = session.get(Remark, ids["remark_id"])
    organisation = _organisation_of(session, row.voice_id) if row else None
    if row is None or organisation is None:
        return
    facts = {"why": "delegation", "organisation_id": organisation.id, "by_id": row.author_id}
    about = {"contribution_id": row.contribution_id} if row.contribution_id else {}
    for person_id in _seated(session, organisation.id, set(SeatKind)):
        if person_id != row.author_id:
            told = {**facts, **about, "remark_id": row.id}
            yield {"person_id": person_id, "consultation_id": row.consultation_id, "facts": told}


def _party(session: Session, ids: Ids) -> Found:
    row = session.get(Party, ids["party_id"])
    if row is not None:
        yield from _to_heads(session, row)


def _party_reminder(session: Session, ids: Ids) -> Found:
    reminder = session.get(PartyReminder, ids["party_reminder_id"])
    row = session.get(Party, reminder.party_id) if reminder else None
    if row is not None:
        yield from _to_heads(session, row)


def _to_heads(session: Session, row: Party) -> Found:
    for person_id in _seated(session, row.organisation_id, HEADS):
        facts = {"why": "head", "organisation_id": row.organisation_id, "party_id": row.id}
        yield {"person_id": person_id, "consultation_id": row.consultation_id, "facts": facts}


def _seated(session: Session, organisation_id: int, kinds: Iterable[SeatKind]) -> list[int]:
    wanted = set(kinds)
    seats = seats_in(session, {organisation_id}).get(organisation_id, {})
    return [person_id for person_id, kind in seats.items() if kind in wanted]


READERS: Mapping[str, Callable[[Session, Ids], Found]] = {
    "account.confirm": _ticket,
    "account.exists": _of_person("account"),
    "account.reset": _ticket,
    "account.email_old": _ticket,
    "account.email_new": _ticket,
    "account.email_changed": _of_person("account"),
    "account.password_changed": _of_person("account"),
    "account.signed_in": _sign_in,
    "account.sign_in_link": _ticket,
    "account.factor_changed": _of_person("account"),
    "account.takeout_ready": _takeout,
    "organisation.proposed": _proposed,
    "organisation.headless": _headless,
    "organisation.entered": _decided,
    "organisation.declined": _decided,
    "seat.invited": _invitation,
    "seat.reminded": _invitation,
    "seat.requested": _requested,
    "seat.answered": _answered,
    "seat.given": _seat,
    "seat.taken": _taken,
    "seat.ended": _seat,
    "paper.waiting": _waiting,
    "paper.returned": _returned,
    "sponsor.asked": _sponsor_asked,
    "sponsor.answered": _sponsor_answered,
    "remark.made": _remark,
    "roster.invited": _party,
    "roster.reminded": _party_reminder,
}
