"""What opens an account beside its password: the codes of an app, and recovery codes."""

import secrets

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import FactorChange
from consult.people.codes import code_hash, new_codes, step_of
from consult.people.locking import locked_person
from consult.people.models import Person, SignIn
from consult.people.models_access import RecoveryCode
from consult.people.posting import ask_letter
from consult.people.reads_factors import has_factor
from consult.people.refusals_factors import CodesNeedFactor, NoSuchFactor, WrongCode, WrongFirstCode
from consult.people.sealing import opened_words, sealed_words
from consult.record.acts import journal

APP = "authenticator"


def add_app(session: Session, actor: Actor, secret: str, app_secret: str, typed: str) -> None:
    """Sets an app up, once it shows a right code; it takes the place of another one."""
    person = locked_person(session, actor.person_id)
    step = step_of(app_secret, typed, clock.now())
    if step is None:
        raise WrongFirstCode
    person.totp_secret = sealed_words(secret, APP, person.pseudonym, app_secret)
    person.totp_step = step
    strengthen(session, actor)
    tell(session, person, FactorChange.APP_ADDED)


def remove_app(session: Session, actor: Actor) -> None:
    """Takes the app away."""
    person = locked_person(session, actor.person_id)
    if person.totp_secret is None:
        raise NoSuchFactor
    person.totp_secret = person.totp_step = None
    session.flush()
    weaken_without_factor(session, person)
    tell(session, person, FactorChange.APP_REMOVED)


def make_codes(session: Session, actor: Actor) -> tuple[str, ...]:
    """Makes recovery codes, shown now and never again; those from before open nothing any more."""
    person = locked_person(session, actor.person_id)
    if not has_factor(session, person.id):
        raise CodesNeedFactor
    codes = new_codes()
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    at = clock.now()
    session.add_all(RecoveryCode(person_id=person.id, code_hash=code_hash(one), made_at=at) for one in codes)
    session.flush()
    tell(session, person, FactorChange.CODES_MADE)
    return codes


def use_code(session: Session, person_id: int, secret: str, typed: str) -> bool:
    """Takes a code of the app, or a recovery code, once; refuses any other. Answers whether it was a recovery code."""
    person = locked_person(session, person_id)
    is_recovery = not _is_next_code(person, secret, typed)
    if is_recovery:
        _use_recovery_code(session, person, typed)
    journal(session, Actor(person_id=person.id), "factor.used")
    return is_recovery


def strengthen(session: Session, actor: Actor) -> None:
    """Makes this sign-in a strong one: whoever holds it has just shown a factor."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == actor.sign_in_id, SignIn.person_id == actor.person_id)
        .values(is_strong=True, confirmed_at=clock.now())
    )
    journal(session, actor, "sign_in.strengthened")


def confirm(session: Session, actor: Actor) -> None:
    """Keeps that whoever holds this sign-in gave the password again."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == actor.sign_in_id, SignIn.person_id == actor.person_id)
        .values(confirmed_at=clock.now())
    )
    journal(session, actor, "sign_in.confirmed")


def weaken_without_factor(session: Session, person: Person) -> None:
    """Without a factor no sign-in is strong any more, and recovery codes stand in for nothing."""
    if has_factor(session, person.id):
        return
    session.execute(update(SignIn).where(SignIn.person_id == person.id).values(is_strong=False))
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    journal(session, Actor(person_id=person.id), "sign_in.weakened")


def tell(session: Session, person: Person, what: FactorChange) -> None:
    """Journals what changed, and asks for the letter that tells the person of it."""
    journal(session, Actor(person_id=person.id), f"factor.{what}")
    key = f"{person.id}:{secrets.token_hex(8)}"
    ask_letter(session, "account.factor_changed", key, person_id=person.id, what=what.value)


def _is_next_code(person: Person, secret: str, typed: str) -> bool:
    """Whether this is the app's code, of a step that none has been taken of."""
    if person.totp_secret is None:
        return False
    app_secret = opened_words(secret, APP, person.pseudonym, person.totp_secret)
    step = step_of(app_secret, typed, clock.now()) if app_secret else None
    if step is None or (person.totp_step is not None and step <= person.totp_step):
        return False
    person.totp_step = step
    return True


def _use_recovery_code(session: Session, person: Person, typed: str) -> None:
    code = session.scalar(
        select(RecoveryCode).where(
            RecoveryCode.person_id == person.id,
            RecoveryCode.code_hash == code_hash(typed),
            RecoveryCode.used_at.is_(None),
        )
    )
    if code is None or not has_factor(session, person.id):
        raise WrongCode
    code.used_at = clock.now()
    tell(session, person, FactorChange.CODE_USED)
