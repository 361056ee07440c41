"""Which circles of organisations are there? Named by who may start talks, and their members by administrators."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.core.text import comparison
from consult.people.models import Mechanism, MechanismMember, Organisation
from consult.people.policy import may_accredit, may_name_mechanism
from consult.people.refusals_mechanisms import MechanismStands
from consult.record.acts import note
from consult.refusals import NotThere


def name_mechanism(
    session: Session, actor: Actor, name: str, language: str, *, within: int | None = None
) -> Mechanism:
    """Names a circle, without members yet. `within` is the consultation that it is named for: its record says so, and
    the platform's does not, for the talks may be closed to others."""
    if not may_name_mechanism(actor):
        raise NotThere
    wanted = " ".join(name.split())
    for standing in session.scalars(select(Mechanism)):
        if comparison(standing.name) == comparison(wanted):
            raise MechanismStands(standing.name)
    mechanism = Mechanism(slug=_free_slug(session, wanted), name=wanted, name_language=language)
    session.add(mechanism)
    session.flush()
    note(session, actor, "mechanism.named", mechanism, within=within, mechanism=wanted)
    return mechanism


def rename_mechanism(
    session: Session, actor: Actor, mechanism: Mechanism, name: str, language: str
) -> Mechanism:
    """Gives a circle another name."""
    if not may_accredit(actor):
        raise NotThere
    was, mechanism.name = mechanism.name, " ".join(name.split())
    mechanism.name_language = language
    note(session, actor, "mechanism.renamed", mechanism, within=None, mechanism=mechanism.name, was=was)
    return mechanism


def add_member(
    session: Session, actor: Actor, mechanism: Mechanism, organisation: Organisation
) -> MechanismMember:
    """Makes an organisation a member. Talks that are under way keep their roster."""
    if not may_accredit(actor):
        raise NotThere
    standing = _member(session, mechanism, organisation)
    if standing is not None:
        return standing
    member = MechanismMember(mechanism_id=mechanism.id, organisation_id=organisation.id)
    session.add(member)
    session.flush()
    _note(session, actor, "mechanism.joined", mechanism, organisation)
    return member


def remove_member(session: Session, actor: Actor, mechanism: Mechanism, organisation: Organisation) -> None:
    """Ends a membership. Talks that are under way keep their roster."""
    if not may_accredit(actor):
        raise NotThere
    member = _member(session, mechanism, organisation)
    if member is None:
        raise NotThere
    session.delete(member)
    _note(session, actor, "mechanism.left", mechanism, organisation)


def _member(session: Session, mechanism: Mechanism, organisation: Organisation) -> MechanismMember | None:
    return session.scalar(
        select(MechanismMember).where(
            MechanismMember.mechanism_id == mechanism.id,
            MechanismMember.organisation_id == organisation.id,
        )
    )


def _note(session: Session, actor: Actor, act: str, mechanism: Mechanism, organisation: Organisation) -> None:
    note(
        session,
        actor,
        act,
        mechanism,
        within=None,
        mechanism=mechanism.name,
        organisation=organisation.name,
    )


def _free_slug(session: Session, name: str) -> str:
    words = [word for word in comparison(name).split() if word.isascii()]
    base = "-".join(words)[:60] or "mechanism"
    slug, number = base, 1
    while slug == "new" or session.scalar(select(Mechanism.id).where(Mechanism.slug == slug)):
        number += 1
        slug = f"{base}-{number}"
    return slug
