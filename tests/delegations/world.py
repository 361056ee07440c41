"""Two delegations, a paper in one of them, and the addresses of their pages."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.comments.models import Contribution
from consult.core.terms import SeatKind
from consult.people.models import Organisation, Person
from tests import build

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TONIGHT = datetime(2026, 11, 2, 20, tzinfo=UTC)
TOMORROW = datetime(2026, 11, 3, 12, tzinfo=UTC)
LATER = datetime(2026, 12, 2, 12, tzinfo=UTC)


@dataclass
class Delegation:
    """An organisation with somebody in each seat."""

    organisation: Organisation
    contributor: Person
    deputy: Person
    head: Person


def a_delegation(session: Session, *, levels: int = 3, name: str | None = None) -> Delegation:
    """A delegation of three."""
    organisation = build.an_organisation(session, levels=levels, name=name)
    seats = (SeatKind.CONTRIBUTOR, SeatKind.DEPUTY, SeatKind.HEAD)
    return Delegation(organisation, *(build.a_delegate(session, organisation, seat=one) for one in seats))


def at(opened: build.Opened, rest: str = "", language: str = "en") -> str:
    """An address under the delegation's table."""
    return f"/{language}/consultations/{opened.slug}/delegation{rest}"


def of(opened: build.Opened, paper: Contribution, rest: str = "", language: str = "en") -> str:
    """An address of a paper."""
    return f"/{language}/consultations/{opened.slug}/contributions/{paper.key}{rest}"


def shown(*papers: Contribution) -> str:
    """What a form says was shown of these papers."""
    return " ".join(f"{paper.key}:{paper.edition}" for paper in papers)


def fields(delegation: Delegation, **more: Any) -> dict[str, Any]:
    """The fields of a form that was opened for this delegation."""
    return {"voice": delegation.organisation.slug, **more}
