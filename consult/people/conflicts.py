"""Would she moderate a consultation and be a voice in it? Rooms above know who takes part where; they answer here."""

from collections.abc import Callable, Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.terms import RoleKind
from consult.people.models import Person, Role, Seat
from consult.people.refusals import VoiceElsewhere
from consult.people.refusals_roles import ModeratesEverywhere

TakesPart = Callable[[Session, Collection[int], Collection[int]], bool]

takes_part: list[TakesPart] = []
"""Whether any of these organisations is on the roster of one of these consultations, or has worked or spoken in it.
create_app puts the answer of the room here that knows it."""

SpeaksHerself = Callable[[Session, int, Collection[int] | None], bool]

speaks_herself: list[SpeaksHerself] = []
"""Whether this person has worked or spoken for herself in one of these consultations (None: in any); from the same room."""


def locked(session: Session, person: Person) -> Person:
    """The person's row, locked: a seat and a role given at the same time wait for each other."""
    session.flush()  # a refresh forgets what is not written yet
    session.refresh(person, with_for_update={"key_share": True})
    return person


def refuse_seat(session: Session, person: Person, organisation_id: int) -> None:
    """Refuses a seat to who moderates everywhere, or where this organisation takes part."""
    moderated = session.scalars(
        select(Role.consultation_id).where(
            Role.person_id == person.id, Role.kind == RoleKind.MODERATOR, Role.until.is_(None)
        )
    ).all()
    if None in moderated:
        raise ModeratesEverywhere
    ids = {one for one in moderated if one is not None}
    if ids and any(asked(session, {organisation_id}, ids) for asked in takes_part):
        raise VoiceElsewhere


def refuse_moderator(session: Session, person: Person, consultation_id: int | None) -> None:
    """Refuses the chair of a consultation to who spoke in it for herself, or sits for an organisation that takes part;
    all chairs to who sits."""
    ours = {consultation_id} if consultation_id is not None else None
    if any(asked(session, person.id, ours) for asked in speaks_herself):
        raise VoiceElsewhere
    seats = select(Seat.organisation_id).where(Seat.person_id == person.id, Seat.until.is_(None))
    organisation_ids = set(session.scalars(seats))
    if not organisation_ids:
        return
    if consultation_id is None:
        raise ModeratesEverywhere
    if any(asked(session, organisation_ids, {consultation_id}) for asked in takes_part):
        raise VoiceElsewhere
