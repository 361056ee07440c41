"""The links that letters would carry, and which letters were asked for."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.terms import TicketPurpose
from consult.jobs import Job
from consult.people.models_access import Ticket
from consult.people.posting import WRITING
from consult.people.tickets import sealed
from tests.conftest import QUICK

PLACES = {
    TicketPurpose.REGISTER: "register",
    TicketPurpose.RESET: "password",
    TicketPurpose.EMAIL_OLD: "e-mail",
    TicketPurpose.EMAIL_NEW: "e-mail",
    TicketPurpose.SIGN_IN: "sign-in",
}


def newest(session: Session, purpose: TicketPurpose) -> Ticket:
    """The ticket made last for this purpose."""
    session.rollback()
    wanted = select(Ticket).where(Ticket.purpose == purpose).order_by(Ticket.id.desc()).limit(1)
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def token_of(ticket: Ticket, purpose: TicketPurpose | None = None) -> str:
    """What the link carries."""
    return sealed(QUICK["SECRET_KEY"], purpose or ticket.purpose, ticket.key)


def link(ticket: Ticket, language: str = "en") -> str:
    """The address in the letter."""
    return f"/{language}/{PLACES[ticket.purpose]}/{token_of(ticket)}"


def asked(session: Session) -> list[dict[str, Any]]:
    """The letters asked for, in their order."""
    session.rollback()
    jobs = select(Job).where(Job.kind == WRITING).order_by(Job.id)
    return [dict(job.arguments) for job in session.scalars(jobs)]


def kinds(session: Session) -> list[str]:
    """Their kinds."""
    return [one["letter"] for one in asked(session)]
