"""What exactly is erased of somebody who leaves? Row by row, as the table of holdings says, and then what only mentions her."""

import json
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, false, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from consult import clock
from consult.comments.models import Contribution
from consult.comments.models_joint import ContributionEdition, Sponsorship
from consult.core.terms import UploadPurpose
from consult.db import Base
from consult.delegations.models import Remark
from consult.documents.models import Upload
from consult.drafts.models import Interest, RosterImport
from consult.jobs import Job
from consult.notices.models import Letter
from consult.organisations.models import Invitation, Mandate, SeatRequest
from consult.people.models import Person
from consult.people.models_access import Ticket
from consult.privacy.holdings import HELD, Leaving
from consult.privacy.mentions import mentions, without_name
from consult.record.acts import erase_disclosure
from consult.record.models import Disclosure, Entry, Journal

WORDS = {"reason", "words", "email", "name", "device"}


def erase(session: Session, person: Person, own_voice_id: int | None) -> tuple[str, ...]:
    """Erases all that is hers. Answers the names of the letters to her, for their files."""
    theirs = or_(Letter.person_id == person.id, _is_hers(Letter.email, person))
    letters = tuple(session.scalars(select(Letter.name).where(theirs)))
    _disclosures(session, person)
    _own_papers(session, own_voice_id)
    _unanswered(session, person)
    session.execute(delete(Letter).where(theirs))
    session.execute(delete(Ticket).where(_is_hers(Ticket.email, person)))
    _journal(session, person)
    _as_held(session, person.id)
    _mentions(session, person)
    session.expire_all()
    return letters


def _as_held(session: Session, person_id: int) -> None:
    """Deletes and empties by the table of holdings. Takeouts go before the sign-ins that they point to."""
    for (name, column), held in sorted(HELD.items(), key=lambda one: one[0][0] != "takeout"):
        table = Base.metadata.tables[name]
        if held.leaving is Leaving.GOES:
            session.execute(delete(table).where(table.c[column] == person_id))
        elif held.emptied:
            session.execute(update(table).where(table.c[column] == person_id).values(**held.emptied))


def _disclosures(session: Session, person: Person) -> None:
    """What the record disclosed of her: the interests that she declared, and any words that name her."""
    interests = select(Interest.id).where(Interest.person_id == person.id)
    rows = session.execute(
        select(Disclosure.entry_id, Disclosure.field, Disclosure.words, Entry.thing, Entry.thing_id)
        .join(Entry, Entry.id == Disclosure.entry_id)
        .where(
            ((Entry.thing == "interest") & Entry.thing_id.in_(interests))
            | ((Entry.thing == "person") & (Entry.thing_id == person.id))
            | _holds(Disclosure.words, person)
        )
    ).all()
    for entry_id, field, words, thing, _id in rows:
        if thing in ("interest", "person") or mentions(words, person.name, person.email):
            erase_disclosure(session, entry_id, field)


def _own_papers(session: Session, own_voice_id: int | None) -> None:
    """An individual's papers: unsubmitted ones are nobody else's, of submitted ones the comment stays."""
    papers = select(Contribution.id).where(Contribution.voice_id == own_voice_id)
    for table in (ContributionEdition, Sponsorship, Remark):
        session.execute(delete(table).where(table.contribution_id.in_(papers)))
    session.execute(delete(Contribution).where(Contribution.voice_id == own_voice_id))


def _unanswered(session: Session, person: Person) -> None:
    """What still waits for an answer has lost its meaning: a request is dropped, an invitation to her revoked."""
    session.execute(
        delete(SeatRequest).where(SeatRequest.person_id == person.id, SeatRequest.decided_at.is_(None))
    )
    to_her = _is_hers(Invitation.email, person)
    is_open = Invitation.accepted_at.is_(None) & Invitation.revoked_at.is_(None)
    session.execute(update(Invitation).where(to_her, is_open).values(revoked_at=clock.now()))
    session.execute(update(Invitation).where(to_her).values(email=None, name="", words=""))


def _journal(session: Session, person: Person) -> None:
    """What she did alone is forgotten; what she did in a delegation stays its own, without particulars. Where others'
    lines speak of her, their words go."""
    alone = (Journal.person_id == person.id) & Journal.organisation_id.is_(None)
    session.execute(delete(Journal).where(alone))
    facts = cast(Journal.facts, String)
    spoken = or_(facts.contains(person.pseudonym, autoescape=True), _holds(facts, person))
    for line in session.scalars(select(Journal).where(spoken)).all():
        line.facts = {
            name: value
            for name, value in line.facts.items()
            if name not in WORDS and not mentions(str(value), person.name, person.email)
        }
    session.flush()


def _mentions(session: Session, person: Person) -> None:
    """Names of files that she handed in, errors of jobs, and lists of invitations that are not confirmed yet."""
    name, email = person.name, person.email
    drafts = Upload.by_person_id == person.id, Upload.purpose == UploadPurpose.DRAFT
    for file in session.scalars(select(Upload).where(*drafts)):
        file.file_name = without_name(file.file_name, name, email)
    for id_, file_name in session.execute(
        select(Mandate.id, Mandate.file_name).where(Mandate.by_person_id == person.id)
    ).all():
        bare = without_name(file_name, name, email)
        session.execute(update(Mandate).where(Mandate.id == id_).values(file_name=bare))
    session.execute(update(Job).where(_holds(Job.error, person)).values(error=None))
    rows = cast(RosterImport.rows, String)
    for roster in session.scalars(select(RosterImport).where(_holds(rows, person))).all():
        roster.rows = _without(roster.rows, person)
    session.flush()


def _without(value: Any, person: Person) -> Any:
    if isinstance(value, dict):
        return {key: _without(one, person) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(one, person) for one in value]
    return "" if isinstance(value, str) and mentions(value, person.name, person.email) else value


def _holds(column: InstrumentedAttribute[Any] | ColumnElement[Any], person: Person) -> ColumnElement[bool]:
    """A wide net for the database; `mentions` decides. JSON may write other scripts as escapes, so both are looked for."""
    wanted = [one for one in (person.name, person.email) if one]
    forms = dict.fromkeys(form for one in wanted for form in (one, json.dumps(one)[1:-1]))
    return or_(false(), *(column.icontains(form, autoescape=True) for form in forms))


def _is_hers(column: InstrumentedAttribute[Any], person: Person) -> ColumnElement[bool]:
    """Her address; never the empty one of those who have none."""
    return column == person.email if person.email else false()
