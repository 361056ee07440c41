"""An organisation ended in another: the other takes its place on every roster."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import RoleKind
from consult.drafts.models import Party
from consult.people.models import Organisation, Role, Seat
from consult.record.acts import note


def move_parties(session: Session, actor: Actor, organisation: Organisation, into: Organisation) -> None:
    """Moves its parts on rosters over, and notes each on its consultation's chain.

    Where both were on a roster, the other has its part already. Where a moderator sits in the other, the place stays
    for the moderators to decide, as nobody is moderator and voice.
    """
    parties = session.scalars(
        select(Party).where(Party.organisation_id == organisation.id).order_by(Party.id)
    ).all()
    there = set(session.scalars(select(Party.consultation_id).where(Party.organisation_id == into.id)))
    closed = _moderated_by_members(session, into)
    for party in parties:
        if party.consultation_id in closed | there:
            continue
        party.organisation_id = into.id
        note(
            session,
            actor,
            "party.merged",
            party,
            within=party.consultation_id,
            organisation=organisation.name,
            into=into.name,
        )


def _moderated_by_members(session: Session, organisation: Organisation) -> set[int]:
    rows = session.scalars(
        select(Role.consultation_id)
        .join(Seat, Seat.person_id == Role.person_id)
        .where(
            Seat.organisation_id == organisation.id,
            Seat.until.is_(None),
            Role.kind == RoleKind.MODERATOR,
            Role.until.is_(None),
        )
    )
    return {one for one in rows if one is not None}
