"""Who moderates, translates and administers? Roles are given, handed over and ended, and each time the record says so."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import RoleKind
from consult.people.conflicts import locked, refuse_moderator
from consult.people.models import Person, Role
from consult.people.policy import may_accredit, may_end_role, may_give_role
from consult.people.refusals_roles import LastAdministrator, LastModerator, NoAccountAnyMore
from consult.people.standing import refuse_unduty
from consult.record.acts import note
from consult.refusals import NotThere


def give_role(
    session: Session,
    actor: Actor,
    person: Person,
    kind: RoleKind,
    *,
    consultation_id: int | None = None,
    language: str | None = None,
) -> Role:
    """Gives a role, once; the record says so under the person's pseudonym, on the consultation's chain if it is for one."""
    if not may_give_role(actor, kind, consultation_id):
        raise NotThere
    if locked(session, person).erased_at is not None:
        raise NoAccountAnyMore
    if consultation_id is not None and not may_accredit(actor):
        refuse_unduty(session, actor, consultation_id)
    standing = session.scalar(
        select(Role).where(
            Role.person_id == person.id,
            Role.kind == kind,
            Role.consultation_id.is_not_distinct_from(consultation_id),
            Role.language.is_not_distinct_from(language),
            Role.until.is_(None),
        )
    )
    if standing is not None:
        return standing
    if kind is RoleKind.MODERATOR:
        refuse_moderator(session, person, consultation_id)
    role = Role(
        person_id=person.id,
        kind=kind,
        consultation_id=consultation_id,
        language=language,
        since=clock.now(),
    )
    session.add(role)
    _note(session, actor, "role.given", role, person)
    return role


def end_role(session: Session, actor: Actor, role: Role) -> Role:
    """Ends a role; never the last administrator's, nor the last chair of a consultation."""
    if not may_end_role(actor, role):
        raise NotThere
    _locked_kind(session, role.kind)
    session.flush()  # a refresh forgets what is not written yet
    session.refresh(role)
    if role.until is not None:
        return role
    if role.kind is RoleKind.ADMINISTRATOR and not _others(session, role):
        raise LastAdministrator
    if role.kind is RoleKind.MODERATOR and not _others(session, role):
        raise LastModerator
    role.until = clock.now()
    _note(session, actor, "role.ended", role, session.get_one(Person, role.person_id))
    return role


def hand_over_role(session: Session, actor: Actor, role: Role, heir: Person) -> Role:
    """Gives a role on to somebody else, and ends it, in one act: no moment is without."""
    if role.until is not None or not may_end_role(actor, role):
        raise NotThere
    given = give_role(
        session, actor, heir, role.kind, consultation_id=role.consultation_id, language=role.language
    )
    session.flush()
    if given.id != role.id:
        end_role(session, actor, role)
    return given


def _locked_kind(session: Session, kind: RoleKind) -> None:
    """Locks the standing roles of a kind, in one order: two who end each other's meet here, and one of them waits."""
    standing = select(Role.id).where(Role.kind == kind, Role.until.is_(None)).order_by(Role.id)
    session.execute(standing.with_for_update())


def _others(session: Session, role: Role) -> bool:
    """Whether the same role stands elsewhere, for this consultation or for all; never of one who has left."""
    query = (
        select(Role.id)
        .join(Person, Person.id == Role.person_id)
        .where(
            Role.kind == role.kind,
            Role.until.is_(None),
            Role.id != role.id,
            Person.erased_at.is_(None),
            Role.consultation_id.is_(None) | Role.consultation_id.is_not_distinct_from(role.consultation_id),
        )
    )
    return session.scalar(query.limit(1)) is not None


def _note(session: Session, actor: Actor, act: str, role: Role, person: Person) -> None:
    note(
        session,
        actor,
        act,
        role,
        within=role.consultation_id,
        kind=role.kind,
        person=person.pseudonym,
        language=role.language,
    )
