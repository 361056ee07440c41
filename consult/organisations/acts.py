"""How does an organisation come into the list? Somebody proposes it; an administrator enters or declines it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import OrganisationState, SeatKind, StakeholderGroup
from consult.organisations.acts_mandates import NewMandate, keep_mandate
from consult.organisations.folding import tidy
from consult.organisations.models import Proposal
from consult.organisations.refusals import ProposalDecided, TooManyProposals
from consult.organisations.slugs import a_slug, a_token
from consult.people.acts import accredit_organisation, give_seat
from consult.people.models import Organisation, OrganisationWords, Person, Voice
from consult.people.policy import may_accredit
from consult.people.posting import ask_letter
from consult.record.acts import journal, note
from consult.refusals import NotThere

MOST_OPEN, TRIES = 3, 5


@dataclass(frozen=True, slots=True)
class NewWords:
    """What an organisation is called in a language, and how it describes itself there."""

    language: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class NewProposal:
    """An organisation that is not in the list; the first words are in its own language. `words` are to the administrators."""

    named: Sequence[NewWords]
    group: StakeholderGroup
    country: str
    website: str
    words: str
    mandate: NewMandate | None = None


def propose_organisation(session: Session, actor: Actor, new: NewProposal) -> Organisation:
    """Proposes an organisation. Until it is entered, only its proposer and the administrators know of it."""
    person = session.get_one(Person, actor.person_id, with_for_update=True)
    waiting = select(func.count(Proposal.id)).where(
        Proposal.by_person_id == person.id, Proposal.decided_at.is_(None)
    )
    if session.scalars(waiting).one() >= MOST_OPEN:
        raise TooManyProposals(MOST_OPEN)
    own = new.named[0]
    organisation = Organisation(
        slug=a_token(),
        name=tidy(own.name),
        name_language=own.language,
        stakeholder_group=new.group,
        country=new.country,
        website=new.website,
        state=OrganisationState.PROPOSED,
    )
    session.add(organisation)
    session.flush()
    session.add(Voice(organisation_id=organisation.id))
    for one in new.named:
        name = "" if one is own else tidy(one.name)
        if name or one.description:
            words = {"language": one.language, "name": name, "description": one.description}
            session.add(OrganisationWords(organisation_id=organisation.id, **words))
    session.add(
        Proposal(
            organisation_id=organisation.id,
            by_person_id=person.id,
            words=new.words,
            at=clock.now(),
            answer="",
        )
    )
    if new.mandate is not None:
        keep_mandate(session, actor, organisation.id, new.mandate)
    journal(session, actor, "organisation.proposed", organisation_id=organisation.id)
    ask_letter(session, "organisation.proposed", organisation.id, organisation_id=organisation.id)
    return organisation


def enter_organisation(
    session: Session, actor: Actor, organisation_id: int, *, accredits: bool, answer: str
) -> Organisation:
    """Enters what was proposed, with its proposer at the head of its delegation; accredits it at once if asked to."""
    organisation, proposal = _decided(session, actor, organisation_id, answer)
    organisation.state = OrganisationState.LISTED
    _give_address(session, organisation)
    by = replace(actor, place=None)
    note(
        session,
        by,
        "organisation.added",
        organisation,
        within=None,
        organisation=organisation.name,
        group=organisation.stakeholder_group,
        country=organisation.country,
    )
    proposer = session.get_one(Person, proposal.by_person_id)
    if proposer.erased_at is None:
        give_seat(session, by, proposer, organisation, SeatKind.HEAD)
    if accredits:
        accredit_organisation(session, by, organisation, is_accredited=True, reason=answer)
    ask_letter(session, "organisation.entered", organisation.id, organisation_id=organisation.id)
    return organisation


def decline_organisation(session: Session, actor: Actor, organisation_id: int, answer: str) -> Organisation:
    """Declines a proposal, with reasons that its proposer reads. The public record does not speak of it."""
    organisation, _ = _decided(session, actor, organisation_id, answer)
    organisation.state = OrganisationState.DECLINED
    journal(session, replace(actor, place=None), "organisation.declined", organisation_id=organisation.id)
    ask_letter(session, "organisation.declined", organisation.id, organisation_id=organisation.id)
    return organisation


def _decided(
    session: Session, actor: Actor, organisation_id: int, answer: str
) -> tuple[Organisation, Proposal]:
    """The proposal with its decision written; of two administrators at once, the second is told."""
    if not may_accredit(actor):
        raise NotThere
    organisation = session.get_one(
        Organisation, organisation_id, with_for_update=True, populate_existing=True
    )
    proposal = session.scalar(
        select(Proposal)
        .where(Proposal.organisation_id == organisation_id)
        .execution_options(populate_existing=True)
    )
    if proposal is None:
        raise NotThere
    if proposal.decided_at is not None or organisation.state is not OrganisationState.PROPOSED:
        raise ProposalDecided(organisation.state)
    proposal.decided_at, proposal.decided_by_id, proposal.answer = clock.now(), actor.person_id, answer
    return organisation, proposal


def _give_address(session: Session, organisation: Organisation) -> None:
    """An address by its name. Where another of that name is entered in the same moment, the next one is taken."""
    names = _names(session, organisation)
    for _ in range(TRIES):
        slug = a_slug(names, lambda wanted: _is_taken(session, wanted))
        with suppress(IntegrityError), session.begin_nested():
            session.execute(update(Organisation).where(Organisation.id == organisation.id).values(slug=slug))
            break
    session.refresh(organisation)


def _names(session: Session, organisation: Organisation) -> list[str]:
    others = select(OrganisationWords.name).where(OrganisationWords.organisation_id == organisation.id)
    return [organisation.name, *session.scalars(others.order_by(OrganisationWords.id))]


def _is_taken(session: Session, slug: str) -> bool:
    return session.scalar(select(Organisation.id).where(Organisation.slug == slug)) is not None
