"""Which rows are these letters about? Each table is read once, however many letters there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.comments.models import Comment, Contribution
from consult.comments.models_joint import CoSponsor, Sponsorship
from consult.consolidation.models import Disposition, DispositionsPublished
from consult.core.names import Name, called
from consult.core.terms import ClauseKind
from consult.db import Base
from consult.delegations.models import Remark
from consult.drafts.models import ClauseText, Consultation, Draft, Party
from consult.languages.reads import Said, texts_in
from consult.notices.models import Letter
from consult.organisations.models import Invitation, Proposal, SeatRequest
from consult.people.models import Organisation, Person, Role, Seat, SignIn, Voice
from consult.people.models_access import Ticket
from consult.people.reads_speakers import names_of
from consult.record.models import Disclosure, Entry
from consult.rounds.models import Round

Row = TypeVar("Row", bound=Base)
Told = dict[str, Any]

ROWS: Mapping[str, type[Base]] = {
    "entry_id": Entry,
    "ticket_id": Ticket,
    "invitation_id": Invitation,
    "request_id": SeatRequest,
    "proposal_id": Proposal,
    "seat_id": Seat,
    "sign_in_id": SignIn,
    "contribution_id": Contribution,
    "sponsorship_id": Sponsorship,
    "remark_id": Remark,
    "party_id": Party,
    "round_id": Round,
}
"""The rows that a letter cannot do without, by what its facts call them."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The rows that some letters are about; of entries, papers and answers also what must be told of them."""

    rows: Mapping[str, Mapping[int, Any]]
    roles: Mapping[int, Role]
    consultations: Mapping[int, Consultation]
    titles: Mapping[int, Said]
    parties: Mapping[int, set[int]]
    organisations: Mapping[int, tuple[Organisation, Name]]
    persons: Mapping[int, Person]
    disclosed: Mapping[int, Mapping[str, str]]
    comments: Mapping[int, Told]
    papers: Mapping[int, Told]
    answers: Mapping[tuple[int, int | None, int | None], list[int]]


def shelf_of(session: Session, letters: Sequence[Letter], language: str) -> Shelf:
    """The rows that these letters are about, names and titles in this language where they exist."""
    rows: dict[str, dict[int, Any]] = {
        name: dict(_by_id(session, table, _ids(letters, name))) for name, table in ROWS.items()
    }
    entries, invitations = rows["entry_id"], rows["invitation_id"]
    invited = {row.consultation_id for row in invitations.values() if row.consultation_id}
    within = {one.consultation_id for one in letters if one.consultation_id} | invited
    consultations = _by_id(session, Consultation, within)
    comments = _by_id(session, Comment, _things(entries, "comment"))
    places = _places(session, [*comments.values(), *rows["contribution_id"].values()])
    return Shelf(
        rows=rows,
        roles=_by_id(session, Role, _things(entries, "role")),
        consultations=consultations,
        titles=texts_in(session, [row.title_text_id for row in consultations.values()], language),
        parties=_parties(session, within),
        organisations=_organisations(session, _ids(letters, "organisation_id", "other_id"), language),
        persons=_by_id(session, Person, {*_ids(letters, "by_id"), *(one.person_id for one in letters)}),
        disclosed=_disclosed(session, entries),
        comments={id_: places[row.draft_id, row.clause_id] for id_, row in comments.items()},
        papers={id_: places[row.draft_id, row.clause_id] for id_, row in rows["contribution_id"].items()},
        answers=_answers(session, letters, entries),
    )


def _organisations(session: Session, ids: set[int], language: str) -> dict[int, tuple[Organisation, Name]]:
    rows = _by_id(session, Organisation, ids)
    names = names_of(session, sorted(rows))
    return {
        id_: (row, called(Name(row.name_language, row.name), names.get(id_, ()), language))
        for id_, row in rows.items()
    }


def _places(session: Session, rows: Sequence[Comment | Contribution]) -> dict[tuple[int, int], Told]:
    """How the clauses are cited that comments and papers are on: None is the whole draft."""
    if not rows:
        return {}
    drafts = {row.draft_id for row in rows}
    clauses = {row.clause_id for row in rows}
    found = session.execute(
        select(ClauseText.draft_id, ClauseText.clause_id, ClauseText.cited, ClauseText.kind, Draft.ordinal)
        .join(Draft, Draft.id == ClauseText.draft_id)
        .where(ClauseText.draft_id.in_(drafts), ClauseText.clause_id.in_(clauses))
    )
    return {
        (draft_id, clause_id): {"clause": None if kind is ClauseKind.WHOLE else cited, "draft": ordinal}
        for draft_id, clause_id, cited, kind, ordinal in found
    }


def _answers(
    session: Session, letters: Sequence[Letter], entries: Mapping[int, Entry]
) -> dict[tuple[int, int | None, int | None], list[int]]:
    """The numbers of the comments answered, by entry and organisation or person; co-sponsors have a share in them."""
    published = _things(entries, "dispositions_published")
    if not published:
        return {}
    readers = [one for one in letters if entries.get(one.facts.get("entry_id", 0)) is not None]
    organisations = {one.facts["organisation_id"] for one in readers if one.facts.get("organisation_id")}
    persons = {one.person_id for one in readers if one.person_id and not one.facts.get("organisation_id")}
    behind = (Voice.id == Comment.voice_id) | Voice.id.in_(
        select(CoSponsor.voice_id)
        .where(CoSponsor.comment_id == Comment.id, CoSponsor.until.is_(None))
        .correlate(Comment)
    )
    rows = session.execute(
        select(DispositionsPublished.id, Voice.organisation_id, Voice.person_id, Comment.number)
        .join(Disposition, Disposition.round_id == DispositionsPublished.round_id)
        .join(Comment, Comment.id == Disposition.comment_id)
        .join(Voice, behind)
        .where(
            DispositionsPublished.id.in_(published),
            or_(Voice.organisation_id.in_(organisations), Voice.person_id.in_(persons)),
        )
        .distinct()
        .order_by(Comment.number)
    )
    found: dict[tuple[int, int | None, int | None], list[int]] = {}
    for published_id, organisation_id, person_id, number in rows:
        found.setdefault((published_id, organisation_id, person_id), []).append(number)
    return found


def _disclosed(session: Session, entries: Mapping[int, Entry]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    if entries:
        for one in session.scalars(select(Disclosure).where(Disclosure.entry_id.in_(entries))):
            found.setdefault(one.entry_id, {})[one.field] = one.words
    return found


def _parties(session: Session, consultations: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    if consultations:
        query = select(Party.consultation_id, Party.organisation_id)
        for consultation_id, organisation_id in session.execute(
            query.where(Party.consultation_id.in_(consultations))
        ):
            found.setdefault(consultation_id, set()).add(organisation_id)
    return found


def _things(entries: Mapping[int, Entry], thing: str) -> set[int]:
    return {entry.thing_id for entry in entries.values() if entry.thing == thing}


def _ids(letters: Iterable[Letter], *names: str) -> set[int]:
    return {one.facts[name] for one in letters for name in names if one.facts.get(name) is not None}


def _by_id(session: Session, table: type[Row], ids: Iterable[int | None]) -> dict[int, Row]:
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    found = session.scalars(select(table).where(table.__table__.c.id.in_(wanted)))
    return {row.id: row for row in found}  # type: ignore[attr-defined]
