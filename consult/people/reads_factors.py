"""How does she sign in? Her app, passkeys, recovery codes and linked accounts; and whether she has just shown one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.people.codes import FEW_CODES, code_hash
from consult.people.marks import mark_of
from consult.people.models import Person, SignIn
from consult.people.models_access import Identity, Passkey, RecoveryCode

FRESH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """A passkey as its owner sees it."""

    mark: str
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """A linked account at another site, as its owner sees it."""

    mark: str
    issuer: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """Everything that signs one person in."""

    has_password: bool
    has_app: bool
    passkeys: tuple[PasskeyLine, ...]
    identities: tuple[IdentityLine, ...]
    codes_left: int
    is_strong: bool

    @property
    def has_any(self) -> bool:
        """Whether more than the password is asked."""
        return self.has_app or bool(self.passkeys)

    @property
    def are_codes_few(self) -> bool:
        """Whether it is time for new recovery codes."""
        return self.has_any and self.codes_left <= FEW_CODES


def factors(session: Session, person_id: int | None, sign_in_id: int | None = None) -> Factors:
    """How this person signs in; with the sign-in, whether that one was strong."""
    person = session.get_one(Person, person_id)
    passkeys = session.scalars(select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id))
    identities = session.scalars(
        select(Identity).where(Identity.person_id == person_id).order_by(Identity.id)
    )
    codes = select(func.count()).select_from(RecoveryCode)
    left = session.scalar(codes.where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)))
    strong = session.scalar(select(SignIn.is_strong).where(SignIn.id == sign_in_id))
    return Factors(
        has_password=person.password_hash is not None,
        has_app=person.totp_secret is not None,
        passkeys=tuple(
            PasskeyLine(mark_of(one.credential_id), one.name, one.made_at, one.used_at) for one in passkeys
        ),
        identities=tuple(
            IdentityLine(identity_mark(one.issuer, one.subject), one.issuer, one.made_at, one.used_at)
            for one in identities
        ),
        codes_left=left or 0,
        is_strong=bool(strong),
    )


def has_factor(session: Session, person_id: int) -> bool:
    """Whether more than a password opens this account."""
    row = session.execute(
        select(
            Person.totp_secret.is_not(None),
            select(func.count()).select_from(Passkey).where(Passkey.person_id == person_id).scalar_subquery(),
        ).where(Person.id == person_id)
    ).one()
    return bool(row[0] or row[1])


def is_confirmed(session: Session, actor: Actor, at: datetime) -> bool:
    """Whether she has proved lately, in this very sign-in, that it is she."""
    confirmed_at = session.scalar(select(SignIn.confirmed_at).where(SignIn.id == actor.sign_in_id))
    return confirmed_at is not None and at - confirmed_at < FRESH


def are_left(session: Session, person_id: int | None, codes: Sequence[str]) -> bool:
    """Whether these are recovery codes of hers that still open."""
    found = select(func.count()).select_from(RecoveryCode)
    hashes = {code_hash(one) for one in codes}
    ours = (RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return bool(hashes) and session.scalar(found.where(*ours, RecoveryCode.code_hash.in_(hashes))) == len(
        codes
    )


def identity_mark(issuer: str, subject: str) -> str:
    """What names a linked account in a form."""
    return mark_of(f"{issuer}\n{subject}".encode())
