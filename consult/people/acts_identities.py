"""What people do with accounts at other sites: join by one, sign in by one, link and unlink one."""

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import SYSTEM, Actor
from consult.core.terms import FactorChange
from consult.people.acts import NewPerson, add_person
from consult.people.acts_factors import tell
from consult.people.locking import locked_person
from consult.people.models import Person
from consult.people.models_access import Identity
from consult.people.provider import Vouched
from consult.people.reads_factors import identity_mark
from consult.people.refusals_factors import NoSuchFactor
from consult.people.refusals_provider import EmailHasAccount, EmailUnverified, IdentityElsewhere, LastWayIn
from consult.record.acts import journal


def use_identity(session: Session, vouched: Vouched) -> int | None:
    """Whom this identity signs in; nobody where it is linked to no account."""
    found = _standing(session, vouched)
    if found is None:
        return None
    person = locked_person(session, found.person_id)
    found.used_at = clock.now()
    journal(session, Actor(person_id=person.id), "identity.used", issuer=vouched.issuer)
    return person.id


def join_by_identity(session: Session, vouched: Vouched, provider: str, language: str) -> int:
    """Makes an account for a verified address that has none. An address that has one is never opened by this."""
    try:
        email = validate_email(vouched.email, check_deliverability=False).normalized.casefold()
    except EmailNotValidError as error:
        raise EmailUnverified(provider) from error
    if session.scalar(select(Person.id).where(Person.email == email)):
        raise EmailHasAccount(email)
    name = vouched.name or email.partition("@")[0]
    person = add_person(session, SYSTEM, NewPerson(email, name, language, "UTC"))
    _link(session, person, vouched)
    return person.id


def link_identity(session: Session, actor: Actor, vouched: Vouched, provider: str) -> None:
    """Lets an account at another site sign this person in from now on."""
    person = locked_person(session, actor.person_id)
    found = _standing(session, vouched)
    if found is None:
        _link(session, person, vouched)
        tell(session, person, FactorChange.IDENTITY_ADDED)
    elif found.person_id != person.id:
        raise IdentityElsewhere(provider)


def unlink_identity(session: Session, actor: Actor, mark: str, provider: str) -> None:
    """Takes the link away, if something else signs the person in."""
    person = locked_person(session, actor.person_id)
    mine = session.scalars(select(Identity).where(Identity.person_id == person.id)).all()
    found = next((one for one in mine if identity_mark(one.issuer, one.subject) == mark), None)
    if found is None:
        raise NoSuchFactor
    if person.password_hash is None and len(mine) == 1:
        raise LastWayIn(provider)
    session.delete(found)
    tell(session, person, FactorChange.IDENTITY_REMOVED)


def _standing(session: Session, vouched: Vouched) -> Identity | None:
    named = (Identity.issuer == vouched.issuer, Identity.subject == vouched.subject)
    return session.scalar(select(Identity).where(*named))


def _link(session: Session, person: Person, vouched: Vouched) -> None:
    session.add(
        Identity(
            person_id=person.id,
            issuer=vouched.issuer,
            subject=vouched.subject,
            made_at=clock.now(),
            used_at=clock.now(),
        )
    )
    session.flush()
    journal(session, Actor(person_id=person.id), "identity.linked", issuer=vouched.issuer)
