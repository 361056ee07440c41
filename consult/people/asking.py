"""What is a passkey asked? A challenge of this very step, which nobody else can answer and which is answered once."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import TicketPurpose
from consult.people import passkeys
from consult.people.ceremonies import begin
from consult.people.models import Person
from consult.people.models_access import Passkey
from consult.people.passkeys import Known, Site

MAKING, SIGNING = "making", "signing"


def asked_to_make(session: Session, actor: Actor, site: Site) -> tuple[str, str]:
    """Begins the making of a passkey. Answers the step's key, and what to ask the browser."""
    person = session.get_one(Person, actor.person_id)
    account = person.email or person.pseudonym
    challenge, options = passkeys.asked_to_make(
        site, person.pseudonym, account, person.name or account, _known(session, person.id)
    )
    kept = passkeys.kept_challenge(challenge)
    return begin(session, TicketPurpose.CEREMONY, person.id, challenge=kept, about=MAKING), options


def asked_to_sign(session: Session, person_id: int | None, site: Site) -> tuple[str, str]:
    """Begins a signing: by a passkey of this person, after her password; or by anyone's, that knows whose it is."""
    known = _known(session, person_id) if person_id is not None else ()
    challenge, options = passkeys.asked_to_sign(site, known, needs_verification=person_id is None)
    kept = passkeys.kept_challenge(challenge)
    return begin(session, TicketPurpose.CEREMONY, person_id, challenge=kept, about=SIGNING), options


def _known(session: Session, person_id: int) -> tuple[Known, ...]:
    rows = session.execute(
        select(Passkey.credential_id, Passkey.transports)
        .where(Passkey.person_id == person_id)
        .order_by(Passkey.id)
    )
    return tuple(Known(row[0], tuple(row[1])) for row in rows)
