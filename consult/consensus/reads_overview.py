"""Where does each group stand on each clause of a draft?"""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.consensus.reads import ClauseStand, GroupLine, clause_stand, current
from consult.core.consensus import Status
from consult.core.terms import ClauseKind, StakeholderGroup
from consult.drafts.reads import ClauseLine, Consulted, DraftLine, tree
from consult.languages.reads import Said, texts_in


@dataclass(frozen=True, slots=True)
class Row:
    """One clause, and its groups in the order of the columns."""

    line: ClauseLine
    words: Said
    stand: ClauseStand
    groups: tuple[GroupLine | None, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """All clauses that can be spoken on."""

    draft: DraftLine
    groups: tuple[StakeholderGroup, ...]
    rows: tuple[Row, ...]
    statuses: tuple[tuple[Status, int], ...]


def overview(session: Session, consulted: Consulted, draft: DraftLine, language: str) -> Overview:
    """The whole draft at a glance, in four queries."""
    lines = [one for one in tree(session, draft.id) if one.kind is ClauseKind.CLAUSE]
    given = current(session, consulted, draft.id)
    words = texts_in(session, [line.text_id for line in lines], language)
    stands = [clause_stand(session, consulted, given, line.clause_id) for line in lines]
    spoken = {one.group for stand in stands for one in stand.groups}
    columns = tuple(group for group in StakeholderGroup if group in spoken)
    rows = []
    for line, stand in zip(lines, stands, strict=True):
        by_group = {one.group: one for one in stand.groups}
        rows.append(Row(line, words[line.text_id], stand, tuple(by_group.get(group) for group in columns)))
    counts = Counter(stand.status for stand in stands)
    return Overview(draft, columns, tuple(rows), tuple((one, counts[one]) for one in Status if counts[one]))
