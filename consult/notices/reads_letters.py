"""What may a letter say? Names and words are looked up each time it is sent or read, and kept nowhere.

So what was erased since is in no letter any more, and who has left a delegation, or a roster, reads nothing of it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.drafts.policy import may_see
from consult.notices.kinds import KINDS
from consult.notices.models import Letter
from consult.notices.reads_shelf import ROWS, Shelf, Told, shelf_of
from consult.organisations.models import Invitation
from consult.people.models_access import Ticket
from consult.people.tickets import sealed
from consult.record.models import Entry

ERASED = "hmac-sha256:"
INVITATION = "invitation"

BLANK: Told = dict.fromkeys(
    (
        *(
            "title",
            "slug",
            "organisation",
            "organisation_slug",
            "other",
            "other_slug",
            "by",
            "token",
            "ends_at",
        ),
        *("words", "answer", "reason", "number", "numbers", "clause", "draft", "key", "seat", "role", "why"),
        *(
            "role_language",
            "device",
            "at",
            "is_granted",
            "state",
            "what",
            "was",
            "into",
            "into_slug",
            "named",
        ),
        *("ordinal", "round", "opens_at", "closes_at", "draft_kind", "paper_count"),
    )
)
"""All that a template may ask for; a letter tells what it has."""


def told(
    session: Session,
    letters: Sequence[Letter],
    language: str,
    actors: Mapping[int, Actor],
    secret: str | None = None,
) -> dict[int, Told | None]:
    """What each letter tells, by its id; None where its reader may not see it now, or what it was about is gone."""
    shelf = shelf_of(session, letters, language)
    return {one.id: _told(one, shelf, actors.get(one.person_id or 0), secret) for one in letters}


def _told(letter: Letter, shelf: Shelf, reader: Actor | None, secret: str | None) -> Told | None:
    facts = letter.facts
    rows = {name: shelf.rows[name].get(facts[name]) for name in ROWS if facts.get(name) is not None}
    if any(row is None for row in rows.values()) or not _is_open(letter, shelf, reader):
        return None
    page: Told = {**BLANK, **facts, "kind": letter.kind, "name": letter.name, "written_at": letter.written_at}
    page |= _consultation(shelf, letter.consultation_id, reader)
    page |= _names(letter, shelf)
    for name, row in rows.items():
        more = OF_ROW[name](row, shelf) if name in OF_ROW else {}
        if more is None:
            return None
        page |= more
    entry = rows.get("entry_id")
    if entry is not None and entry.thing == "dispositions_published":
        page["numbers"] = shelf.answers.get(_whose(letter, entry), [])
    if secret is not None:
        page |= _token(rows, secret)
    return {name: _instant(letter.kind, name, value) for name, value in page.items()}


def _is_open(letter: Letter, shelf: Shelf, reader: Actor | None) -> bool:
    """Whether its reader may see it now: she may have left delegation or office, or the roster have changed."""
    kind = KINDS[letter.kind]
    if reader is None or kind.opens or letter.kind == "role.ended":
        return True
    seat = letter.facts.get("organisation_id")
    hers = [place for place in reader.places if place.organisation_id == seat]
    why = letter.facts.get("why")
    if why == "administrator" and not reader.is_administrator:
        return False
    if kind.is_for_heads and why != "administrator" and not any(place.heads for place in hers):
        return False
    if kind.is_inner and not hers:
        return False
    consultation = shelf.consultations.get(letter.consultation_id or 0)
    return consultation is None or may_see(reader, consultation, shelf.parties.get(consultation.id, set()))


def _consultation(shelf: Shelf, consultation_id: int | None, reader: Actor | None) -> Told:
    row = shelf.consultations.get(consultation_id or 0)
    if row is None or (reader and not may_see(reader, row, shelf.parties.get(row.id, set()))):
        return {}
    return {"title": shelf.titles[row.title_text_id].body, "slug": row.slug}


def _names(letter: Letter, shelf: Shelf) -> Told:
    facts, reader = letter.facts, shelf.persons.get(letter.person_id or 0)
    page: Told = {"reader": reader.name if reader is not None else None}
    for name in ("organisation", "other"):
        found = shelf.organisations.get(facts.get(f"{name}_id") or 0)
        if found is not None:
            page |= {name: found[1].words, f"{name}_slug": found[0].slug}
    by = shelf.persons.get(facts.get("by_id") or 0)
    return page | {"by": by.name or by.pseudonym} if by is not None else page


def _entry(row: Entry, shelf: Shelf) -> Told:
    """What the record says, with what it discloses; words that were erased since are not there."""
    facts = {**row.facts, **shelf.disclosed.get(row.id, {})}
    kept = {
        name: None if isinstance(value, str) and value.startswith(ERASED) else value
        for name, value in facts.items()
        if name not in ("organisation", "kind", "clause", "draft", "language", "person")
    }
    in_record = {"named": facts.get("organisation"), "draft_kind": facts.get("kind")}
    role = shelf.roles.get(row.thing_id) if row.thing == "role" else None
    held = {"role": role.kind, "role_language": role.language} if role else {}
    commented = shelf.comments.get(row.thing_id, {}) if row.thing == "comment" else {}
    return {"draft": facts.get("draft"), **in_record, **kept, **commented, **held}


def _ticket(row: Ticket, _shelf: Shelf) -> Told | None:
    is_over = row.used_at is not None or row.ends_at <= clock.now()
    return None if is_over else {"ends_at": row.ends_at, "words": row.facts.get("new_email")}


def _invitation(row: Invitation, shelf: Shelf) -> Told | None:
    if row.accepted_at or row.revoked_at or row.declined_at or row.ends_at <= clock.now() or not row.email:
        return None
    held = {"seat": row.seat_kind, "role": row.role_kind, "role_language": row.role_language}
    said = {"words": row.words or None, "ends_at": row.ends_at}
    return {**_consultation(shelf, row.consultation_id, None), **held, **said}


OF_ROW: Mapping[str, Callable[[Any, Shelf], Told | None]] = {
    "entry_id": _entry,
    "ticket_id": _ticket,
    "invitation_id": _invitation,
    "request_id": lambda row, _: {
        "words": row.words or None,
        "answer": row.answer or None,
        "is_granted": row.is_granted,
        "key": row.key,
    },
    "proposal_id": lambda row, _: {"words": row.words or None, "answer": row.answer or None},
    "seat_id": lambda row, _: {"seat": row.kind},
    "sign_in_id": lambda row, _: {"device": row.device, "at": row.started_at},
    "contribution_id": lambda row, shelf: {"key": row.key, **shelf.papers[row.id]},
    "sponsorship_id": lambda row, _: {"state": row.state},
    "round_id": lambda row, _: {"ordinal": row.ordinal},
}


def _whose(letter: Letter, entry: Entry) -> tuple[int, int | None, int | None]:
    organisation_id = letter.facts.get("organisation_id")
    return entry.thing_id, organisation_id, None if organisation_id else letter.person_id


def _token(rows: Mapping[str, Any], secret: str) -> Told:
    """The link's token, sealed now: no row holds it."""
    ticket, invitation = rows.get("ticket_id"), rows.get("invitation_id")
    if ticket is not None:
        return {"token": sealed(secret, ticket.purpose.value, ticket.key)}
    return {"token": sealed(secret, INVITATION, invitation.key)} if invitation is not None else {}


def _instant(kind: str, name: str, value: Any) -> Any:
    """Facts hold instants as text; letters show them. `was` is a former closing time, or a former name."""
    is_instant = name.endswith("_at") or (name == "was" and kind.startswith("round."))
    return datetime.fromisoformat(value) if is_instant and isinstance(value, str) else value
