"""Who has to do with a consultation? The picture that `core.hearing` judges by."""

from collections.abc import Iterable, Set

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.comments.models import Comment, Position
from consult.comments.models_joint import CoSponsor
from consult.core.actors import Actor, Duty, Place
from consult.core.hearing import Picture
from consult.core.terms import OrganisationState, RoleKind, SeatKind, Stage
from consult.drafts.models import Consultation, Draft, Party
from consult.drafts.policy import may_see
from consult.notices.models import Follower
from consult.people.models import Organisation, Role, Seat, Voice


def picture_of(
    session: Session,
    consultation_id: int | None,
    organisations: Iterable[int] = (),
    persons: Iterable[int] = (),
) -> Picture:
    """Who there is around a consultation, these organisations and persons among them.

    For the platform: who sits in these organisations, whatever their state.
    """
    if consultation_id is None:
        return Picture(seats=seats_in(session, set(organisations)))
    consultation = session.get_one(Consultation, consultation_id)
    roster = set(
        session.scalars(select(Party.organisation_id).where(Party.consultation_id == consultation_id))
    )
    spoken, individuals = _spoken(session, consultation_id)
    followers = set(
        session.scalars(select(Follower.person_id).where(Follower.consultation_id == consultation_id))
    )
    seats = seats_in(session, {*roster, *spoken, *organisations}, listed=True)
    moderators = moderators_of(session, consultation_id)
    seated = {one for sat in seats.values() for one in sat}
    everybody = {*individuals, *followers, *moderators, *persons, *seated}
    return Picture(
        seats=seats,
        roster=roster,
        spoken=spoken,
        individuals=individuals,
        followers=followers,
        moderators=moderators,
        seers=seers(session, consultation, roster, everybody),
    )


def seers(
    session: Session, consultation: Consultation, roster: Set[int], persons: Set[int]
) -> Set[int] | None:
    """Those of these persons who may see a consultation; None where everybody may."""
    if not consultation.is_restricted and consultation.stage is not Stage.PREPARING:
        return None
    actors = actors_of(session, persons)
    return {one for one, actor in actors.items() if may_see(actor, consultation, roster)}


def actors_of(session: Session, persons: Set[int]) -> dict[int, Actor]:
    """These persons with their seats and roles, as far as seeing is concerned. Two queries."""
    places: dict[int, list[Place]] = {one: [] for one in persons}
    duties: dict[int, list[Duty]] = {one: [] for one in persons}
    seated = (
        select(Seat.person_id, Seat.kind, Organisation, Voice.id)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .join(Voice, Voice.organisation_id == Organisation.id)
        .where(
            Seat.until.is_(None),
            Organisation.state == OrganisationState.LISTED,
            Seat.person_id.in_(persons),
        )
    )
    for person_id, kind, organisation, voice_id in session.execute(seated):
        places[person_id].append(_place(organisation, SeatKind(kind), voice_id))
    for role in session.scalars(select(Role).where(Role.until.is_(None), Role.person_id.in_(persons))):
        duties[role.person_id].append(Duty(role.kind, role.consultation_id, role.language))
    return {
        one: Actor(person_id=one, places=tuple(places[one]), duties=tuple(duties[one])) for one in persons
    }


def moderators_of(session: Session, consultation_id: int) -> set[int]:
    """Who was appointed to moderate this consultation; where nobody was, whoever moderates everywhere."""
    rows = session.execute(
        select(Role.person_id, Role.consultation_id).where(
            Role.kind == RoleKind.MODERATOR,
            Role.until.is_(None),
            or_(Role.consultation_id.is_(None), Role.consultation_id == consultation_id),
        )
    ).all()
    appointed = {person_id for person_id, within in rows if within is not None}
    return appointed or {person_id for person_id, _ in rows}


def seats_in(
    session: Session, organisations: Set[int], *, listed: bool = False
) -> dict[int, dict[int, SeatKind]]:
    """The seats held now, by organisation and person."""
    query = select(Seat.organisation_id, Seat.person_id, Seat.kind).where(
        Seat.organisation_id.in_(organisations), Seat.until.is_(None)
    )
    if listed:
        query = query.join(Organisation, Organisation.id == Seat.organisation_id).where(
            Organisation.state == OrganisationState.LISTED
        )
    found: dict[int, dict[int, SeatKind]] = {}
    for organisation_id, person_id, kind in session.execute(query.order_by(Seat.id)):
        found.setdefault(organisation_id, {})[person_id] = SeatKind(kind)
    return found


def administrators(session: Session) -> tuple[int, ...]:
    """Whoever administers."""
    query = select(Role.person_id).where(Role.kind == RoleKind.ADMINISTRATOR, Role.until.is_(None))
    return tuple(sorted(set(session.scalars(query))))


def _spoken(session: Session, consultation_id: int) -> tuple[set[int], set[int]]:
    """The organisations and the individuals who have taken a position or submitted a comment here."""
    commented = select(Comment.voice_id).where(Comment.consultation_id == consultation_id)
    stood = (
        select(Position.voice_id)
        .join(Draft, Draft.id == Position.draft_id)
        .where(Draft.consultation_id == consultation_id)
    )
    joined = (
        select(CoSponsor.voice_id)
        .join(Comment, Comment.id == CoSponsor.comment_id)
        .where(Comment.consultation_id == consultation_id, CoSponsor.until.is_(None))
    )
    rows = session.execute(
        select(Voice.organisation_id, Voice.person_id).where(Voice.id.in_(commented.union(stood, joined)))
    ).all()
    return {one for one, _ in rows if one is not None}, {one for _, one in rows if one is not None}


def _place(organisation: Organisation, kind: SeatKind, voice_id: int) -> Place:
    return Place(
        organisation_id=organisation.id,
        slug=organisation.slug,
        name=organisation.name,
        name_language=organisation.name_language,
        group=organisation.stakeholder_group,
        clearance_levels=organisation.clearance_levels,
        is_accredited=False,
        voice_id=voice_id,
        kind=kind,
    )
