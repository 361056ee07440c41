"""Which accounts can a visitor of the demonstration sign in with? One for each role, and one for each kind of seat."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.terms import RoleKind, SeatKind, Unseated
from consult.people.models import Organisation, Person, Role, Seat

DEMONSTRATION_DOMAIN = "@consult.example"


@dataclass(frozen=True, slots=True)
class Account:
    """A demonstration account, as the sign-in page and the terminal list it."""

    email: str
    kind: RoleKind | SeatKind | Unseated
    place: str


def demonstration_accounts(session: Session) -> tuple[Account, ...]:
    """Who serves, then who sits in a delegation, then who has neither role nor seat; each account once."""
    found: dict[str, Account] = {}
    for account in (*_serving(session), *_seated(session), *_others(session)):
        before = found.setdefault(account.email, account)
        if before.kind is account.kind and account.place not in before.place:
            both = f"{before.place}; {account.place}"
            found[account.email] = Account(account.email, account.kind, both)
    return tuple(found.values())


def _serving(session: Session) -> list[Account]:
    """The first of each kind and language; who serves in one consultation only comes beside who serves everywhere."""
    rows = session.execute(
        select(Person.email, Role.kind, Role.language, Role.consultation_id)
        .select_from(Person)
        .join(Role, Role.person_id == Person.id)
        .where(Person.email.endswith(DEMONSTRATION_DOMAIN), Role.until.is_(None))
        .order_by(Role.consultation_id.is_not(None), Role.id)
    ).all()
    everywhere = {row.email for row in rows if row.consultation_id is None}
    first: dict[tuple[RoleKind, str | None, bool], Account] = {}
    for email, kind, language, consultation_id in rows:
        if consultation_id is None or email not in everywhere:
            first.setdefault((kind, language, consultation_id is None), Account(email or "", kind, ""))
    return list(first.values())


def _seated(session: Session) -> list[Account]:
    rows = session.execute(
        select(Person.email, Seat.kind, Organisation.name)
        .select_from(Person)
        .join(Seat, Seat.person_id == Person.id)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .where(Person.email.endswith(DEMONSTRATION_DOMAIN), Seat.until.is_(None))
        .order_by(Seat.id)
    )
    return [Account(email or "", SeatKind(kind), name) for email, kind, name in rows]


def _others(session: Session) -> list[Account]:
    has_role = select(Role.id).where(Role.person_id == Person.id, Role.until.is_(None)).exists()
    has_seat = select(Seat.id).where(Seat.person_id == Person.id, Seat.until.is_(None)).exists()
    emails = session.scalars(
        select(Person.email)
        .where(Person.email.endswith(DEMONSTRATION_DOMAIN), ~has_role, ~has_seat)
        .order_by(Person.id)
    )
    return [Account(email or "", Unseated.INDIVIDUAL, "") for email in emails]
