"""What lies on the desk for one clause: what was asked, what was decided, the next text, and whether it would hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.reads import CommentLine, CommentState
from consult.consensus.reads import ClauseStand, stand_on
from consult.consolidation.decided import decided_comments, next_texts
from consult.consolidation.models import Settlement
from consult.consolidation.reads_asked import (
    By,
    Part,
    decisions,
    desk_comments,
    open_objections,
    parts,
    themes,
)
from consult.consolidation.reads_next import NextText, Typed, next_text, settled_text
from consult.consolidation.reads_settled import standing_settlements
from consult.core.terms import ClauseKind, RoundState, SettlementKind
from consult.drafts.models import Clause
from consult.drafts.reads import ClauseLine, Consulted, DraftLine, tree
from consult.languages.reads import Said, originals
from consult.refusals import NotThere
from consult.rounds.reads import RoundLine, timetable

UNTYPED = Typed()


@dataclass(frozen=True, slots=True)
class Inserted:
    """A clause that was settled to stand after this one."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One clause at the desk. `line` is None for a clause that an insertion made; `open_round` keeps all shut."""

    clause_id: int
    code: str
    label: str
    line: ClauseLine | None
    heading: Said | None
    draft: DraftLine
    rounds: tuple[RoundLine, ...]
    open_round: RoundLine | None
    later_rounds: tuple[RoundLine, ...]
    base: Said | None
    by: By
    parts: tuple[Part, ...]
    themes: tuple[str, ...]
    next: NextText
    stand: ClauseStand
    objections: tuple[CommentLine, ...]
    comment_count: int
    disposed_count: int
    previous: ClauseLine | None
    following: ClauseLine | None
    joined: ClauseLine | None
    others: tuple[ClauseLine, ...]
    inserted: tuple[Inserted, ...]


def desk(
    session: Session,
    consulted: Consulted,
    draft: DraftLine,
    code: str,
    language: str,
    typed: Typed = UNTYPED,
    by: By = By.THEME,
) -> Desk:
    """The desk of one clause. `typed` is what the moderator just sent and is not saved yet."""
    lines = tree(session, draft.id)
    clause_id = _clause_id(session, consulted, code)
    line = next((one for one in lines if one.clause_id == clause_id), None)
    settlements = standing_settlements(session, draft.id)
    settled = next((one for one in settlements if one.clause_id == clause_id), None)
    if line is None and settled is None:
        raise NotThere
    times = timetable(session, consulted, clock.now())
    rounds = times.of_draft(draft.id)
    due = decided_comments(session, draft.id, [one.id for one in rounds], clause_id)
    comments = desk_comments(session, [one.id for one in rounds], clause_id, due, language)
    decided = decisions(session, due, next_texts(session, draft.id, settlements))
    names, theme_of = themes(session, draft.id, clause_id)
    said = originals(session, [line.text_id, line.heading_text_id]) if line else {}
    base = said[line.text_id] if line else None
    objections = open_objections(comments, decided)
    unanswered = sum(one.number not in decided for one in objections)
    bound = [one for one in comments if one.state is CommentState.SHOWN]
    return Desk(
        clause_id=clause_id,
        code=code,
        label=line.label if line else code,
        line=line,
        heading=said.get(line.heading_text_id or 0) if line else None,
        draft=draft,
        rounds=rounds,
        open_round=next(
            (one for one in rounds if one.state is not RoundState.CLOSED or one.is_settling), None
        ),
        later_rounds=tuple(one for one in times.rounds if rounds and one.ordinal > rounds[-1].ordinal),
        base=base,
        by=by,
        parts=parts(comments, decided, line, by, theme_of),
        themes=names,
        next=next_text(session, draft.id, clause_id, base.body if base else None, settled, typed),
        stand=stand_on(session, consulted, draft, clause_id, unanswered),
        objections=objections,
        comment_count=len(bound),
        disposed_count=sum(one.number in decided for one in bound),
        previous=_beside(lines, line, -1),
        following=_beside(lines, line, 1),
        joined=_next_sibling(lines, line),
        others=tuple(one for one in lines[1:] if one.clause_id != clause_id),
        inserted=_inserted(session, settlements, clause_id),
    )


def _clause_id(session: Session, consulted: Consulted, code: str) -> int:
    query = select(Clause.id).where(Clause.consultation_id == consulted.id, Clause.code == code)
    found = session.scalar(query)
    if found is None:
        raise NotThere
    return found


def _beside(lines: Sequence[ClauseLine], line: ClauseLine | None, step: int) -> ClauseLine | None:
    """The next clause in a direction, footnotes passed over."""
    if line is None:
        return None
    at = line.ordinal + step
    while 0 <= at < len(lines) and lines[at].kind is ClauseKind.NOTE:
        at += step
    return lines[at] if 0 <= at < len(lines) else None


def _next_sibling(lines: Sequence[ClauseLine], line: ClauseLine | None) -> ClauseLine | None:
    """The one clause with which this one can be joined."""
    if line is None:
        return None
    wanted = (line.parent_id, line.position + 1, line.kind)
    return next((one for one in lines if (one.parent_id, one.position, one.kind) == wanted), None)


def _inserted(session: Session, settlements: Sequence[Settlement], clause_id: int) -> tuple[Inserted, ...]:
    """The clauses that were settled to stand after this one."""
    rows = [
        one for one in settlements if one.kind is SettlementKind.INSERT and one.after_clause_id == clause_id
    ]
    if not rows:
        return ()
    query = select(Clause.id, Clause.code).where(Clause.id.in_([one.clause_id for one in rows]))
    codes = dict(session.execute(query).all())
    return tuple(Inserted(codes[one.clause_id], settled_text(session, one)) for one in rows)
