"""How is a draft written down? Its clauses as rows, in reading order, and the hash that names it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult.core.terms import ClauseKind, DescentKind
from consult.drafts.arranging import Arranged, Placed, arranged
from consult.drafts.models import Clause, ClauseText, Consultation, Descent, Draft
from consult.drafts.reads_tree import ROOT
from consult.languages.acts import write_text, write_texts
from consult.languages.models import Text


@dataclass(frozen=True, slots=True)
class NewClause:
    """A clause of an imported draft; `depth` 0 is the top."""

    kind: ClauseKind
    depth: int
    number: str
    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class NextClause:
    """A clause of a revision. `clause_id` None makes a new one; `parent` is an index in the sequence."""

    clause_id: int | None
    parent: int | None
    kind: ClauseKind
    number: str
    heading_text_id: int | None
    text_id: int
    descends_from: tuple[tuple[int, DescentKind], ...] = ()


def as_next(session: Session, consultation: Consultation, clauses: Sequence[NewClause]) -> list[NextClause]:
    """Imported clauses with their words written down and their parents found from their depths."""
    language = consultation.source_language
    bodies = write_texts(session, consultation.id, language, [clause.body for clause in clauses])
    headed = [clause.heading for clause in clauses if clause.heading]
    headings = iter(write_texts(session, consultation.id, language, headed))
    above: list[int] = []
    found = []
    for index, clause in enumerate(clauses):
        del above[clause.depth :]
        parent = above[-1] if above else None
        above.append(index)
        heading = next(headings).id if clause.heading else None
        found.append(NextClause(None, parent, clause.kind, clause.number, heading, bodies[index].id))
    return found


def write_clauses(
    session: Session, consultation: Consultation, draft: Draft, clauses: Sequence[NextClause]
) -> None:
    """Writes the rows of a draft: the whole first, each clause after its parent."""
    root = session.scalars(
        select(Clause.id).where(Clause.consultation_id == consultation.id, Clause.code == ROOT)
    ).one()
    ids = _identities(session, consultation, clauses)
    empty = write_text(session, consultation.id, consultation.source_language, "")
    rows = [_row(draft.id, root, None, 0, 0, ClauseKind.WHOLE, "", "", root, None, empty.id)]
    placed = arranged([Placed(clause.parent, clause.kind, clause.number) for clause in clauses])
    for ordinal, (clause, at) in enumerate(zip(clauses, placed, strict=True), start=1):
        parent = root if clause.parent is None else ids[clause.parent]
        section = root if at.section is None else ids[at.section]
        rows.append(_placed_row(draft.id, ids[ordinal - 1], parent, section, ordinal, clause, at))
    session.execute(insert(ClauseText), rows)
    for clause_id, clause in zip(ids, clauses, strict=True):
        for ancestor, kind in clause.descends_from:
            session.add(
                Descent(draft_id=draft.id, from_clause_id=ancestor, to_clause_id=clause_id, kind=kind)
            )
    session.flush()


def _identities(session: Session, consultation: Consultation, clauses: Sequence[NextClause]) -> list[int]:
    """Each clause's lasting identity; new ones get the next codes, in reading order."""
    made = []
    for clause in clauses:
        if clause.clause_id is None:
            consultation.clause_count += 1
            made.append(Clause(consultation_id=consultation.id, code=f"c{consultation.clause_count}"))
    session.add_all(made)
    session.flush()
    fresh = iter(made)
    return [next(fresh).id if clause.clause_id is None else clause.clause_id for clause in clauses]


def _placed_row(
    draft_id: int, clause_id: int, parent: int, section: int, ordinal: int, clause: NextClause, at: Arranged
) -> dict[str, object]:
    heading, text = clause.heading_text_id, clause.text_id
    return _row(
        draft_id,
        clause_id,
        parent,
        at.position,
        ordinal,
        clause.kind,
        clause.number,
        at.cited,
        section,
        heading,
        text,
    )


def _row(
    draft_id: int,
    clause_id: int,
    parent: int | None,
    position: int,
    ordinal: int,
    kind: ClauseKind,
    number: str,
    cited: str,
    section: int,
    heading: int | None,
    text: int,
) -> dict[str, object]:
    return {
        "draft_id": draft_id,
        "clause_id": clause_id,
        "parent_clause_id": parent,
        "position": position,
        "ordinal": ordinal,
        "kind": kind,
        "number": number,
        "cited": cited,
        "section_clause_id": section,
        "heading_text_id": heading,
        "text_id": text,
    }


def digest_of(session: Session, draft: Draft) -> str | None:
    """The hash of all numbers and words in reading order; None of an empty draft."""
    rows = session.execute(
        select(ClauseText.number, ClauseText.kind, Text.sha256, ClauseText.heading_text_id)
        .join(Text, Text.id == ClauseText.text_id)
        .where(ClauseText.draft_id == draft.id)
        .order_by(ClauseText.ordinal)
    ).all()
    if len(rows) < 2:
        return None
    headed = [row.heading_text_id for row in rows if row.heading_text_id]
    named = session.execute(select(Text.id, Text.sha256).where(Text.id.in_(headed)))
    headings = {row.id: row.sha256 for row in named}
    lines = [
        f"{row.kind}\t{row.number}\t{headings.get(row.heading_text_id, '')}\t{row.sha256}" for row in rows
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
