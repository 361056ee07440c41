"""Who may do what with organisations, seats and roles?"""

import hmac
from datetime import datetime

from consult.core.actors import SYSTEM, Actor
from consult.core.terms import RoleKind, TicketPurpose
from consult.people.models import Person, Role
from consult.people.models_access import Ticket


def may_accredit(actor: Actor) -> bool:
    """Administrators, and the program itself when it is set up."""
    return actor.is_administrator or actor == SYSTEM


def may_give_role(actor: Actor, kind: RoleKind, consultation_id: int | None) -> bool:
    """Administrators give every role; who moderates a consultation chooses whom she shares it with."""
    if may_accredit(actor):
        return True
    return (
        consultation_id is not None
        and kind is not RoleKind.ADMINISTRATOR
        and actor.moderates(consultation_id)
    )


def may_name_mechanism(actor: Actor) -> bool:
    """Administrators, and whoever may start talks."""
    return may_accredit(actor) or actor.moderates(None)


def may_end_role(actor: Actor, role: Role) -> bool:
    """Who could give it, and whoever has it."""
    return may_give_role(actor, role.kind, role.consultation_id) or (
        actor.is_signed_in and actor.person_id == role.person_id
    )


def may_seat(actor: Actor, organisation_id: int) -> bool:
    """Administrators, and the heads of that very delegation."""
    return may_accredit(actor) or any(
        place.organisation_id == organisation_id and place.heads for place in actor.places
    )


ALWAYS_ALERTED = (RoleKind.MODERATOR, RoleKind.ADMINISTRATOR)


def may_refuse_alerts(actor: Actor) -> bool:
    """Whoever neither moderates nor administers: these are always told of a new browser."""
    return not any(duty.kind in ALWAYS_ALERTED for duty in (*actor.duties, *actor.resting))


def may_open(actor: Actor, ticket: Ticket, person: Person | None, at: datetime) -> bool:
    """Whoever holds the link, unless it is used or over, its person left, or somebody else is signed in here."""
    if ticket.used_at is not None or ticket.ends_at <= at:
        return False
    if ticket.purpose is TicketPurpose.REGISTER:
        return person is None and not actor.is_signed_in
    return person is not None and person.erased_at is None and actor.person_id in (None, person.id)


def is_asked_by(ticket: Ticket, browser: str) -> bool:
    """Whether the browser with this mark asked for what the link opens."""
    return bool(browser) and hmac.compare_digest(browser, str(ticket.facts.get("browser", "")))
