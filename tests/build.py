"""Real rows with sane defaults: say what matters, and the rest is hidden here.

Everything is made through the program's own acts, so a builder can never make what the program could not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from consult import clock
from consult.comments import acts as comments
from consult.comments.acts import NewContribution
from consult.comments.models import Comment, Contribution
from consult.core.actors import SYSTEM, Actor
from consult.core.terms import (
    AmendmentKind,
    Category,
    ClauseKind,
    PartyRole,
    RoleKind,
    SeatKind,
    StakeholderGroup,
    Stance,
    Track,
)
from consult.drafts import acts as drafts
from consult.drafts.models import Consultation, Draft
from consult.drafts.reads import ClauseLine, tree
from consult.people import acts as people
from consult.people import reads
from consult.people.models import Organisation, Person
from consult.people.passwords import hashed
from consult.rounds.acts import plan_round
from consult.rounds.models import Round

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)

_numbers = count(1)

A_DRAFT = (
    drafts.NewClause(ClauseKind.SECTION, 0, "3", "Testing before release", ""),
    drafts.NewClause(ClauseKind.CLAUSE, 1, "3.1", "", "Developers should test a system before its release."),
    drafts.NewClause(
        ClauseKind.CLAUSE,
        1,
        "3.2",
        "",
        "Test results should be shared with the competent authority within thirty days.",
    ),
    drafts.NewClause(ClauseKind.CLAUSE, 1, "3.3", "", "Records of tests should be kept for five years."),
)


@lru_cache
def _hash(password: str) -> str:
    return hashed(password, time_cost=1, memory_kib=8)


def a_person(
    session: Session,
    *,
    name: str = "Amina Odhiambo",
    email: str | None = None,
    password: str | None = None,
    language: str = "en",
    time_zone: str = "UTC",
) -> Person:
    """Someone with an account."""
    new = people.NewPerson(
        email=email or f"person{next(_numbers)}@example.org",
        name=name,
        language=language,
        time_zone=time_zone,
        password_hash=_hash(password) if password else None,
    )
    return people.add_person(session, SYSTEM, new)


def an_organisation(
    session: Session,
    *,
    name: str | None = None,
    group: StakeholderGroup = StakeholderGroup.GOVERNMENT,
    country: str = "KE",
    levels: int = 2,
    accredited: bool = True,
) -> Organisation:
    """An organisation, accredited unless said otherwise."""
    number = next(_numbers)
    new = people.NewOrganisation(
        slug=f"organisation-{number}",
        name=name or f"Organisation {number}",
        name_language="en",
        group=group,
        country=country,
        clearance_levels=levels,
    )
    organisation = people.add_organisation(session, SYSTEM, new)
    if accredited:
        people.accredit_organisation(session, SYSTEM, organisation, is_accredited=True, reason="known to us")
    return organisation


def a_delegate(
    session: Session,
    organisation: Organisation | None = None,
    *,
    seat: SeatKind = SeatKind.HEAD,
    language: str = "en",
) -> Person:
    """A person in a seat of a delegation."""
    person = a_person(session, name=f"Delegate {next(_numbers)}", language=language)
    people.give_seat(session, SYSTEM, person, organisation or an_organisation(session), seat)
    session.flush()
    return person


def a_moderator(session: Session) -> Person:
    """Somebody who moderates everywhere."""
    return _with_role(session, RoleKind.MODERATOR)


def an_administrator(session: Session) -> Person:
    """Somebody who administers."""
    return _with_role(session, RoleKind.ADMINISTRATOR)


@dataclass(frozen=True)
class Opened:
    """A consultation with a published zero draft and a round on it."""

    moderator: Person
    consultation: Consultation
    draft: Draft
    round: Round
    clauses: dict[str, ClauseLine]

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.consultation.slug


def an_open_round(
    session: Session,
    *,
    opens_at: datetime = datetime(2026, 11, 1, tzinfo=UTC),
    closes_at: datetime = datetime(2026, 12, 1, tzinfo=UTC),
    clauses: Sequence[drafts.NewClause] = (),
    parties: Sequence[Organisation] = (),
    **facts: Any,
) -> Opened:
    """A consultation whose round is open in November 2026; `facts` are those of NewConsultation."""
    moderator = a_moderator(session)
    actor = acting(session, moderator)
    named = {
        "title": f"Consultation {next(_numbers)}",
        "summary": "On the testing of systems.",
        "source_language": "en",
        "languages": ("ar", "fr", "zh"),
        "track": Track.OPEN,
    }
    with clock.stopped(opens_at):
        consultation = drafts.start_consultation(session, actor, drafts.NewConsultation(**{**named, **facts}))
        for organisation in parties:
            drafts.invite_party(session, actor, consultation, organisation.id, PartyRole.PARTY)
        draft = drafts.add_draft(session, actor, consultation, clauses or A_DRAFT)
        drafts.publish_draft(session, actor, draft)
        round_ = plan_round(session, actor, consultation, draft, opens_at, closes_at)
    lines = {line.number or line.code: line for line in tree(session, draft.id)}
    return Opened(moderator, consultation, draft, round_, lines)


def saying(opened: Opened, clause: str = "3.2", **said: Any) -> NewContribution:
    """What somebody writes on a clause; with `propose`, other words for it."""
    line = opened.clauses[clause]
    proposed = said.pop("propose", None)
    named = {
        "round_id": opened.round.id,
        "draft_id": opened.draft.id,
        "clause_id": line.clause_id,
        "stance": Stance.SUPPORT_WITH_CHANGES,
        "category": Category.SUBSTANTIVE,
        "language": "en",
        "reasons": "Thirty days leave a market exposed.",
        "read_text_id": line.text_id,
        "proposed": proposed,
        "amendment_kind": AmendmentKind.REPLACE if proposed is not None else None,
        "form_key": f"form-{next(_numbers)}",
    }
    return NewContribution(**{**named, **said})


def a_paper(session: Session, opened: Opened, by: Person, clause: str = "3.2", **said: Any) -> Contribution:
    """A paper in the delegation of this person."""
    actor = acting(session, by)
    at = clock.now()
    return comments.write_contribution(
        session, actor, opened.consultation.id, saying(opened, clause, **said), at
    )


def a_comment(
    session: Session, opened: Opened, by: Person | None = None, clause: str = "3.2", **said: Any
) -> Comment:
    """A submitted comment, by the head of an organisation of its own unless one is given."""
    head = by or a_delegate(session)
    paper = a_paper(session, opened, head, clause, **said)
    return comments.submit_comment(session, acting(session, head), paper, clock.now())


def acting(session: Session, person: Person) -> Actor:
    """The actor that this person is, from her seat if she has one."""
    session.flush()
    return reads.actor(session, person)


def _with_role(session: Session, kind: RoleKind) -> Person:
    person = a_person(session, name=f"{kind} {next(_numbers)}")
    people.give_role(session, SYSTEM, person, kind)
    session.flush()
    return person
