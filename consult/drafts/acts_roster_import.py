"""From a list that was handed in to a roster: kept, looked at and corrected, and only then confirmed."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import SYSTEM, Actor
from consult.core.languages import direction
from consult.core.terms import PartyRole, SeatKind, StakeholderGroup
from consult.drafts.acts_roster import invite_parties
from consult.drafts.models import Consultation, RosterImport
from consult.drafts.policy import may_run
from consult.drafts.reads_roster_import import Standing, judged_rows
from consult.drafts.refusals_roster import NobodyChosen
from consult.drafts.roster_matching import Book, Fate, Understood, counted, part_asked, with_near
from consult.drafts.roster_rows import RosterRow, row_of, understood
from consult.drafts.roster_words import country_of
from consult.jobs import put
from consult.organisations.acts_invitations import NewInvitation, invite_several
from consult.organisations.folding import tidy
from consult.organisations.slugs import a_slug
from consult.people.models import Organisation, Voice
from consult.people.standing import refuse_unduty
from consult.record.acts import journal, note
from consult.refusals import NotThere

FORGETTING, KEPT_FOR = "rosters.forget", timedelta(days=3)
INVITED = frozenset({Fate.INVITE, Fate.CHANGE, Fate.STANDS})


def keep_list(
    session: Session, actor: Actor, consultation: Consultation, rows: Sequence[RosterRow], part: PartyRole
) -> RosterImport:
    """Keeps a list as it was read, for its moderator to look at. Nothing happens yet."""
    if not may_run(actor, consultation.id):
        raise NotThere
    book = Book(Standing.of(session, consultation.id).listed)
    filled = (row if row.role else replace(row, role=part.value) for row in rows)
    kept = RosterImport(
        key=secrets.token_urlsafe(12),
        consultation_id=consultation.id,
        by_person_id=actor.person_id,
        rows=[row.as_json() for row in with_near(filled, book)],
        outcome={},
        at=clock.now(),
    )
    session.add(kept)
    session.flush()
    put(session, FORGETTING, kept.key, run_after=kept.at + KEPT_FOR, roster_import_id=kept.id)
    journal(session, actor, "roster.read", consultation=consultation.id, rows=len(rows))
    return kept


def correct_list(
    session: Session, actor: Actor, kept: RosterImport, corrected: Sequence[RosterRow]
) -> RosterImport:
    """Takes corrections into some of the rows; near names are sought again where the name changed."""
    _lock(session, actor, kept)
    book = Book(Standing.of(session, kept.consultation_id).listed)
    given = {row.line: understood(row) for row in corrected}
    rows = []
    for row in map(row_of, kept.rows):
        new = given.get(row.line, row)
        is_renamed = (new.organisation, new.slug) != (row.organisation, row.slug)
        rows.append(with_near([new], book)[0] if is_renamed else replace(new, near=row.near))
    kept.rows = [row.as_json() for row in rows]
    journal(session, actor, "roster.corrected", consultation=kept.consultation_id, rows=len(corrected))
    return kept


def confirm_list(session: Session, actor: Actor, kept: RosterImport) -> RosterImport:
    """Invites whom the list names; enters those that were unknown, not accredited, and writes to their first heads."""
    _lock(session, actor, kept)
    if kept.confirmed_at is not None:
        return kept
    consultation = session.get_one(Consultation, kept.consultation_id)
    found, standing = judged_rows(session, kept)
    chosen = [one for one in found if one.fate in (*INVITED, Fate.ENTER)]
    if not chosen:
        raise NobodyChosen
    named = [(one, _organisation_id(session, actor, one)) for one in chosen]
    parts = {organisation: part_asked(one.row, PartyRole.INVITED) for one, organisation in named}
    invite_parties(session, actor, consultation, parts)
    unwritten = _invite_heads(session, actor, consultation, named, standing)
    counts = counted(found)
    kept.rows, kept.confirmed_at = [], clock.now()
    kept.outcome = {**{fate.value: count for fate, count in counts.items()}, "unwritten": unwritten}
    journal(session, actor, "roster.confirmed", consultation=consultation.id, rows=len(chosen))
    return kept


def forget_list(session: Session, roster_import_id: int) -> None:
    """Deletes a list some days after it was handed in: what it holds of persons goes with it."""
    session.execute(delete(RosterImport).where(RosterImport.id == roster_import_id))
    journal(session, SYSTEM, "roster.forgotten")


def _lock(session: Session, actor: Actor, kept: RosterImport) -> None:
    if not may_run(actor, kept.consultation_id):
        raise NotThere
    session.flush()  # a refresh forgets what is not written yet
    session.refresh(kept, with_for_update=True)
    refuse_unduty(session, actor, kept.consultation_id)


def _invite_heads(
    session: Session,
    actor: Actor,
    consultation: Consultation,
    named: Sequence[tuple[Understood, int]],
    standing: Standing,
) -> list[str]:
    """Writes to the first head of each organisation that has none. Answers the names of those that got no letter."""
    headless = [(one, organisation) for one, organisation in named if organisation not in standing.headed]
    wanted = [
        NewInvitation(
            email=one.row.email,
            name=one.row.contact,
            language=one.row.language or consultation.source_language,
            organisation_id=organisation,
            seat_kind=SeatKind.HEAD,
            consultation_id=consultation.id,
        )
        for one, organisation in headless
        if one.row.email
    ]
    told = {one.email: one for one in invite_several(session, actor, wanted)} if wanted else {}
    return [
        one.row.organisation
        for one, _ in headless
        if one.row.email not in told or told[one.row.email].refusal is not None
    ]


def _organisation_id(session: Session, actor: Actor, one: Understood) -> int:
    return one.organisation.id if one.organisation else _enter(session, actor, one.row).id


def _enter(session: Session, actor: Actor, row: RosterRow) -> Organisation:
    """An organisation that nobody had entered; it is not accredited until an administrator says so."""
    name = tidy(row.organisation)
    organisation = Organisation(
        slug=a_slug([name], lambda slug: _is_taken(session, slug)),
        name=name,
        name_language=_language_of_name(name, row.language),
        stakeholder_group=StakeholderGroup(row.group),
        country=country_of(row.country) or "",
    )
    session.add(organisation)
    session.flush()
    session.add(Voice(organisation_id=organisation.id))
    note(
        session,
        actor,
        "organisation.added",
        organisation,
        within=None,
        organisation=organisation.name,
        group=organisation.stakeholder_group,
        country=organisation.country,
    )
    return organisation


def _is_taken(session: Session, slug: str) -> bool:
    return session.scalar(select(Organisation.id).where(Organisation.slug == slug)) is not None


def _language_of_name(name: str, contact: str) -> str:
    """By its script, where that tells; else the language in which its contact is written to."""
    if any("\u4e00" <= sign <= "\u9fff" for sign in name):
        return "zh"
    if any("\u0600" <= sign <= "\u06ff" for sign in name):
        return contact if contact and direction(contact) == "rtl" else "ar"
    return contact if contact and direction(contact) == "ltr" and contact != "zh" else "en"
