"""Who may read and speak in a consultation? Chosen while it is prepared; later it can only be opened further, with reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.terms import PartyRole, Stage, StakeholderGroup, Track
from consult.drafts.acts_roster import invite_parties
from consult.drafts.models import Consultation, Convened, Party, RequiredGroup
from consult.drafts.parties import BOTH
from consult.drafts.policy import may_be_restricted, may_run
from consult.drafts.refusals import OpenTracksAreOpen
from consult.drafts.refusals_access import AccessIsSettled, NotRestricted
from consult.drafts.refusals_roster import NoReason, TwoPartiesNeeded, TwoPartiesOnly
from consult.people.models import Mechanism, MechanismMember, Organisation
from consult.people.standing import refuse_unduty
from consult.record.acts import note
from consult.refusals import NotThere


@dataclass(frozen=True, slots=True)
class Access:
    """Who may read and speak."""

    track: Track
    is_restricted: bool
    takes_individuals: bool
    takes_pseudonyms: bool
    required_groups: tuple[StakeholderGroup, ...] = ()


def choose_access(session: Session, actor: Actor, consultation: Consultation, new: Access) -> None:
    """Chooses anew who may read and speak, while nothing is published."""
    _run(session, actor, consultation)
    if consultation.stage is not Stage.PREPARING:
        raise AccessIsSettled
    if new.is_restricted and not may_be_restricted(new.track):
        raise OpenTracksAreOpen
    if new.track is Track.BILATERAL and _party_count(session, consultation) > BOTH:
        raise TwoPartiesOnly
    consultation.track, consultation.is_restricted = new.track, new.is_restricted
    consultation.takes_individuals = new.takes_individuals
    consultation.takes_pseudonyms = new.takes_pseudonyms
    session.execute(delete(RequiredGroup).where(RequiredGroup.consultation_id == consultation.id))
    for group in new.required_groups:
        session.add(RequiredGroup(consultation_id=consultation.id, stakeholder_group=group))
    note(
        session,
        actor,
        "consultation.access_chosen",
        consultation,
        within=consultation.id,
        track=new.track,
        is_restricted=new.is_restricted,
        takes_individuals=new.takes_individuals,
        takes_pseudonyms=new.takes_pseudonyms,
        required_groups=[str(group) for group in new.required_groups],
    )


def open_consultation(session: Session, actor: Actor, consultation: Consultation, reason: str) -> None:
    """Opens talks to all readers, with everything that was said in them. There is no way back."""
    _run(session, actor, consultation)
    if not consultation.is_restricted:
        raise NotRestricted
    if not reason.strip():
        raise NoReason
    consultation.is_restricted = False
    note(
        session,
        actor,
        "consultation.opened",
        consultation,
        within=consultation.id,
        disclosed={"reason": reason.strip()},
    )


def convene(session: Session, actor: Actor, consultation: Consultation, mechanism: Mechanism) -> int:
    """Holds the consultation under a mechanism: its members become parties. Answers how many are new on the roster."""
    _run(session, actor, consultation)
    if consultation.stage is not Stage.PREPARING:
        raise AccessIsSettled
    if consultation.track is not Track.MULTILATERAL:
        raise NotThere
    standing = session.scalar(select(Convened).where(Convened.consultation_id == consultation.id))
    convened = standing or Convened(consultation_id=consultation.id, mechanism_id=mechanism.id)
    convened.mechanism_id = mechanism.id
    session.add(convened)
    session.flush()
    note(
        session,
        actor,
        "consultation.convened",
        consultation,
        within=consultation.id,
        mechanism=mechanism.name,
    )
    before = _party_count(session, consultation)
    members = session.scalars(
        select(MechanismMember.organisation_id)
        .where(MechanismMember.mechanism_id == mechanism.id)
        .order_by(MechanismMember.id)
    ).all()
    invite_parties(session, actor, consultation, dict.fromkeys(members, PartyRole.PARTY))
    return _party_count(session, consultation) - before


def name_parties(
    session: Session, actor: Actor, consultation: Consultation, organisations: Sequence[Organisation]
) -> tuple[Party, ...]:
    """Names the two sides of bilateral talks."""
    _run(session, actor, consultation)
    ids = dict.fromkeys(one.id for one in organisations)
    if len(ids) != BOTH:
        raise TwoPartiesNeeded(len(ids))
    return invite_parties(session, actor, consultation, dict.fromkeys(ids, PartyRole.PARTY))


def _run(session: Session, actor: Actor, consultation: Consultation) -> None:
    if not may_run(actor, consultation.id):
        raise NotThere
    session.flush()  # a refresh forgets what is not written yet
    session.refresh(consultation, with_for_update=True)
    refuse_unduty(session, actor, consultation.id)


def _party_count(session: Session, consultation: Consultation) -> int:
    query = select(func.count()).select_from(Party).where(Party.consultation_id == consultation.id)
    return session.scalar(query) or 0
