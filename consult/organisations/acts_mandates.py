"""How is the letter kept by which an organisation says who speaks for it?"""

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.organisations.folding import tidy
from consult.organisations.letterheads import LARGEST, media_type
from consult.organisations.models import Mandate
from consult.organisations.policy import may_describe
from consult.organisations.reads_standing import hand
from consult.organisations.refusals import MandateTooLarge, TooManyMandates, UnreadableMandate
from consult.people.models import Organisation
from consult.people.policy import may_accredit
from consult.record.acts import journal
from consult.refusals import NotThere

MOST, LONGEST_NAME = 5, 120


@dataclass(frozen=True, slots=True)
class NewMandate:
    """A file as it was sent: what it calls itself, and its bytes."""

    file_name: str
    content: bytes


def hand_in_mandate(session: Session, actor: Actor, organisation_id: int, new: NewMandate) -> Mandate:
    """Hands in a mandate, for those who accredit to read."""
    organisation = session.get_one(Organisation, organisation_id, with_for_update=True)
    if not may_describe(organisation.state, **hand(session, actor, organisation.id)):
        raise NotThere
    return keep_mandate(session, actor, organisation_id, new)


def keep_mandate(session: Session, actor: Actor, organisation_id: int, new: NewMandate) -> Mandate:
    """Keeps the file under a key that cannot be guessed, with the type that its bytes say."""
    if len(new.content) > LARGEST:
        raise MandateTooLarge(LARGEST // 1024 // 1024)
    kind = media_type(new.content)
    if kind is None:
        raise UnreadableMandate
    there = select(func.count(Mandate.id)).where(Mandate.organisation_id == organisation_id)
    if session.scalars(there).one() >= MOST:
        raise TooManyMandates(MOST)
    mandate = Mandate(
        key=secrets.token_urlsafe(24),
        organisation_id=organisation_id,
        file_name=tidy(new.file_name.replace("\\", "/").rpartition("/")[2])[-LONGEST_NAME:],
        media_type=kind,
        size=len(new.content),
        sha256=hashlib.sha256(new.content).hexdigest(),
        content=new.content,
        by_person_id=actor.person_id,
        at=clock.now(),
    )
    session.add(mandate)
    journal(session, actor, "mandate.handed_in", organisation_id=organisation_id, sha256=mandate.sha256)
    return mandate


def note_reading(session: Session, actor: Actor, mandate_id: int) -> None:
    """Remembers that an administrator took a mandate to read."""
    if not may_accredit(actor):
        raise NotThere
    mandate = session.get_one(Mandate, mandate_id)
    journal(session, actor, "mandate.read", organisation_id=mandate.organisation_id, sha256=mandate.sha256)
