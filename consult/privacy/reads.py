"""What does somebody see of what is held of her, and what stands in the way of her leaving?"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from consult.comments.models import Comment
from consult.comments.reads_lines import is_named
from consult.core.actors import Actor
from consult.core.terms import RoleKind
from consult.drafts.models import Consultation
from consult.drafts.reads import consultation_of
from consult.languages.reads import Said
from consult.organisations.reads_seats import kinds, to_hand_over
from consult.people import reads as people
from consult.people.models import Organisation, Person, Role, SignIn
from consult.people.reads_factors import is_confirmed
from consult.privacy.acts_takeout import LASTS
from consult.privacy.holdings import Kind
from consult.privacy.models import Takeout
from consult.privacy.reads_held import counts
from consult.refusals import NotThere


@dataclass(frozen=True, slots=True)
class Named:
    """A comment with which her name is published."""

    slug: str
    number: int


@dataclass(frozen=True, slots=True)
class MyTakeout:
    """What this sign-in asked for, and until when it can be fetched."""

    key: str
    is_made: bool
    until: datetime


@dataclass(frozen=True, slots=True)
class Mine:
    """What is held of her, what is public of it, and what she can do."""

    pseudonym: str
    name: str | None
    email: str | None
    held: tuple[tuple[Kind, int], ...]
    named: tuple[Named, ...]
    own_comments: int
    takeout: MyTakeout | None
    has_password: bool
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Chair:
    """A role in which nobody else stands; without a title it is for all consultations."""

    kind: RoleKind
    slug: str | None
    title: Said | None


@dataclass(frozen=True, slots=True)
class Parting:
    """The page before leaving: what must be handed over, and where nobody will be left."""

    pseudonym: str
    delegations: tuple[Organisation, ...]
    chairs: tuple[Chair, ...]
    emptied: tuple[Organisation, ...]
    own_comments: int
    has_password: bool
    is_confirmed: bool

    @property
    def is_needed(self) -> bool:
        """Whether somebody must take over first."""
        return bool(self.delegations or self.chairs)


def mine(session: Session, actor: Actor, at: datetime) -> Mine:
    """Her own page."""
    person = session.get_one(Person, actor.person_id)
    held: Counter[Kind] = Counter()
    for one in counts(session, actor):
        held[one.kind] += one.count
    named = session.execute(
        select(Consultation.slug, Comment.number)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Comment.author_id == person.id, is_named())
        .order_by(Consultation.id, Comment.number)
    )
    return Mine(
        pseudonym=person.pseudonym,
        name=person.name,
        email=person.email,
        held=tuple((kind, held[kind]) for kind in Kind),
        named=tuple(Named(row.slug, row.number) for row in named) if person.name else (),
        own_comments=_own_comments(session, actor),
        takeout=_takeout(session, actor, at),
        has_password=person.password_hash is not None,
        is_confirmed=is_confirmed(session, actor, at),
    )


def parting(session: Session, actor: Actor, language: str, at: datetime) -> Parting:
    """What leaving would mean to others."""
    person = session.get_one(Person, actor.person_id)
    alone = [one.organisation_id for one in actor.places if len(kinds(session, one.organisation_id)) == 1]
    return Parting(
        pseudonym=person.pseudonym,
        delegations=to_hand_over(session, person.id),
        chairs=_chairs(session, person.id, language),
        emptied=tuple(session.scalars(select(Organisation).where(Organisation.id.in_(alone)))),
        own_comments=_own_comments(session, actor),
        has_password=person.password_hash is not None,
        is_confirmed=is_confirmed(session, actor, at),
    )


def fetched(session: Session, actor: Actor, key: str, at: datetime) -> bytes:
    """The file, for the sign-in that asked for it, for a day. To everybody else there is nothing here."""
    found = session.scalar(
        select(Takeout.content).where(
            Takeout.key == key,
            Takeout.person_id == actor.person_id,
            Takeout.sign_in_id == actor.sign_in_id,
            Takeout.asked_at > at - LASTS,
        )
    )
    if found is None:
        raise NotThere
    return found


def asked(session: Session, takeout_id: int, at: datetime) -> tuple[Takeout, Actor] | None:
    """A takeout that is still to be made, and for whom; nothing where its sign-in has ended meanwhile."""
    row = session.execute(
        select(Takeout, Person)
        .join(SignIn, SignIn.id == Takeout.sign_in_id)
        .join(Person, Person.id == Takeout.person_id)
        .where(Takeout.id == takeout_id, SignIn.revoked_at.is_(None), SignIn.ends_at > at)
    ).first()
    return (row[0], people.actor(session, row[1])) if row else None


def _takeout(session: Session, actor: Actor, at: datetime) -> MyTakeout | None:
    row = session.execute(
        select(Takeout.key, Takeout.made_at, Takeout.asked_at).where(
            Takeout.sign_in_id == actor.sign_in_id, Takeout.asked_at > at - LASTS
        )
    ).first()
    return MyTakeout(row.key, row.made_at is not None, row.asked_at + LASTS) if row else None


def _own_comments(session: Session, actor: Actor) -> int:
    query = select(func.count()).select_from(Comment).where(Comment.voice_id == actor.own_voice_id)
    return session.scalar(query) or 0


def _chairs(session: Session, person_id: int, language: str) -> tuple[Chair, ...]:
    """Her roles as administrator and moderator that nobody else has, for the same consultation or for all."""
    other, who = aliased(Role), aliased(Person)
    others = (
        select(other.id)
        .join(who, who.id == other.person_id)
        .where(
            other.kind == Role.kind,
            other.until.is_(None),
            other.person_id != person_id,
            who.erased_at.is_(None),
            other.consultation_id.is_(None) | (other.consultation_id == Role.consultation_id),
        )
    )
    alone = session.scalars(
        select(Role)
        .where(
            Role.person_id == person_id,
            Role.until.is_(None),
            Role.kind.in_((RoleKind.ADMINISTRATOR, RoleKind.MODERATOR)),
            ~others.exists(),
        )
        .order_by(Role.id)
    ).all()
    return tuple(_chair(session, role, language) for role in alone)


def _chair(session: Session, role: Role, language: str) -> Chair:
    if role.consultation_id is None:
        return Chair(role.kind, None, None)
    consulted = consultation_of(session, role.consultation_id, language)
    return Chair(role.kind, consulted.slug, consulted.title)
