"""How is a draft built? Its clauses in reading order, each with its place, its number and how it is cited."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.terms import ClauseKind
from consult.drafts.models import Clause, ClauseText, Draft
from consult.memory import Memory
from consult.record.reads import is_sealed
from consult.refusals import NotThere

TREES: Memory[tuple["ClauseLine", ...]] = Memory(64)
ROOT = "whole"


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause in one draft, without its words."""

    clause_id: int
    code: str
    clause_text_id: int
    parent_id: int | None
    position: int
    ordinal: int
    depth: int
    kind: ClauseKind
    number: str
    cited: str
    section_id: int
    heading_text_id: int | None
    text_id: int

    @property
    def label(self) -> str:
        """How a page names the clause: as the text cites it, else by its permanent code."""
        return self.cited or self.number or self.code


def tree(session: Session, draft_id: int) -> tuple[ClauseLine, ...]:
    """All clauses of a draft in reading order, the whole first. A published draft is kept in memory."""
    published = session.execute(select(Draft.published_at, Draft.sha256).where(Draft.id == draft_id)).one()
    if published.published_at is None or not is_sealed(session):
        return _tree(session, draft_id)
    return TREES.of((draft_id, published.sha256), lambda: _tree(session, draft_id))


def clause_named(lines: Sequence[ClauseLine], name: str) -> ClauseLine:
    """The clause with this code, else the first with this number or citation."""
    for names in (
        [line.code for line in lines],
        [line.cited for line in lines],
        [line.number for line in lines],
    ):
        if name and name in names:
            return lines[names.index(name)]
    raise NotThere


def sections(lines: Sequence[ClauseLine]) -> tuple[ClauseLine, ...]:
    """The clauses that are a page of their own: the top sections, or the whole where there are none."""
    ids = dict.fromkeys(line.section_id for line in lines[1:])
    by_id = {line.clause_id: line for line in lines}
    return tuple(by_id[one] for one in ids)


def _tree(session: Session, draft_id: int) -> tuple[ClauseLine, ...]:
    rows = session.execute(
        select(ClauseText, Clause.code)
        .join(Clause, Clause.id == ClauseText.clause_id)
        .where(ClauseText.draft_id == draft_id)
        .order_by(ClauseText.ordinal)
    ).all()
    depths: dict[int, int] = {}
    lines = []
    for row, code in rows:
        parent = row.parent_clause_id
        depths[row.clause_id] = depths[parent] + 1 if parent is not None else 0
        lines.append(
            ClauseLine(
                clause_id=row.clause_id,
                code=code,
                clause_text_id=row.id,
                parent_id=parent,
                position=row.position,
                ordinal=row.ordinal,
                depth=depths[row.clause_id],
                kind=row.kind,
                number=row.number,
                cited=row.cited,
                section_id=row.section_clause_id,
                heading_text_id=row.heading_text_id,
                text_id=row.text_id,
            )
        )
    return tuple(lines)
