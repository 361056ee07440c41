"""What lies on the desk for one clause: all comments with their redlines, the merged text, what collides, what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.models import Comment
from consult.comments.reads import CommentLine, CommentState, comments_on
from consult.consensus.reads import ClauseStand, stand_on
from consult.consolidation.accepted import MERGED, TAKEN, accepted
from consult.consolidation.decided import Decided, decided_comments, is_done, next_texts
from consult.consolidation.models import Disposition, Settlement
from consult.consolidation.reads_settled import standing_settlements
from consult.core.merge import Choice, Merged, merge
from consult.core.sources import Change, sources
from consult.core.terms import ClauseKind, Outcome, SettlementKind, Stance
from consult.drafts.models import Clause
from consult.drafts.reads import ClauseLine, Consulted, DraftLine, tree
from consult.languages.models import Text
from consult.languages.reads import Said, originals
from consult.refusals import NotThere
from consult.rounds.reads import RoundLine, timetable


@dataclass(frozen=True, slots=True)
class Decision:
    """The standing disposition of a comment, with its answer."""

    id: int
    outcome: Outcome
    answer: Said
    words: Said | None
    answered_with: int | None
    is_done: bool | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One wording that is asked for, or one remark, with all the comments that ask for it."""

    comments: tuple[CommentLine, ...]
    decisions: Mapping[int, Decision]
    is_on_source: bool

    @property
    def first(self) -> CommentLine:
        return self.comments[0]

    @property
    def decision(self) -> Decision | None:
        """What was decided, where it is the same for all."""
        found = [self.decisions.get(one.number) for one in self.comments]
        same = {(one.outcome, one.answer.body) if one else None for one in found}
        return found[0] if len(same) == 1 else None

    @property
    def bound(self) -> tuple[CommentLine, ...]:
        """Those that must be answered."""
        return tuple(one for one in self.comments if one.state is CommentState.SHOWN)


@dataclass(frozen=True, slots=True)
class NextText:
    """The next text as it stands or is being written: what it changes and why."""

    kind: SettlementKind
    text: str
    edition: int
    changes: tuple[Change, ...]
    bare: tuple[Change, ...]
    is_settled: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """One clause at the desk. `line` is None for a clause that an insertion made."""

    clause_id: int
    code: str
    label: str
    line: ClauseLine | None
    draft: DraftLine
    round: RoundLine | None
    base: Said | None
    asked: tuple[Asked, ...]
    merged: Merged
    next: NextText
    stand: ClauseStand
    objections: tuple[CommentLine, ...]
    comment_count: int
    disposed_count: int
    previous: str | None
    following: str | None
    others: tuple[ClauseLine, ...]
    inserted: tuple[tuple[str, str], ...]


def desk(
    session: Session, consulted: Consulted, draft: DraftLine, code: str, language: str, given: Mapping[str, Choice]
) -> Desk:
    """The desk of one clause. `given` are choices that the moderator just made, not saved yet."""
    lines = tree(session, draft.id)
    clause_id = _clause_id(session, consulted, code)
    line = next((one for one in lines if one.clause_id == clause_id), None)
    settlements = standing_settlements(session, draft.id)
    settled = next((one for one in settlements if one.clause_id == clause_id), None)
    if line is None and settled is None:
        raise NotThere
    rounds = timetable(session, consulted, clock.now()).of_draft(draft.id)
    comments = comments_on(session, consulted, [one.id for one in rounds], clause_id, language)
    decisions = _decisions(session, draft, rounds, settlements)
    base = originals(session, [line.text_id])[line.text_id] if line else None
    asked = _asked(comments, decisions, line)
    merged = merge(base.body, accepted(session, draft.id, clause_id, MERGED), _choices(settled, given)) if base else Merged("", (), ())
    at = [one.clause_id for one in lines].index(clause_id) if line else 0
    return Desk(
        clause_id=clause_id,
        code=code,
        label=line.label if line else code,
        line=line,
        draft=draft,
        round=rounds[-1] if rounds else None,
        base=base,
        asked=asked,
        merged=merged,
        next=_next(session, draft, clause_id, base, merged, settled, fresh=bool(given)),
        stand=stand_on(session, consulted, draft, clause_id),
        objections=tuple(one for one in comments if _is_open_objection(one, decisions)),
        comment_count=sum(one.state is CommentState.SHOWN for one in comments),
        disposed_count=sum(one.state is CommentState.SHOWN and one.number in decisions for one in comments),
        previous=_beside(lines, at, -1) if line else None,
        following=_beside(lines, at, 1) if line else None,
        others=tuple(one for one in lines[1:] if one.clause_id != clause_id),
        inserted=_inserted(session, settlements, clause_id),
    )


def _clause_id(session: Session, consulted: Consulted, code: str) -> int:
    query = select(Clause.id).where(Clause.consultation_id == consulted.id, Clause.code == code)
    found = session.scalar(query)
    if found is None:
        raise NotThere
    return found


def _decisions(
    session: Session, draft: DraftLine, rounds: Sequence[RoundLine], settlements: list[Settlement]
) -> dict[int, Decision]:
    """The standing dispositions by comment number, each checked against the next texts."""
    texts = next_texts(session, draft.id, settlements)
    decided = {one.comment_id: one for one in decided_comments(session, draft.id, [one.id for one in rounds])}
    later = select(Disposition.replaces_id).where(Disposition.replaces_id.is_not(None))
    rows = session.scalars(
        select(Disposition).where(Disposition.comment_id.in_(decided), Disposition.id.not_in(later))
    ).all()
    said = originals(session, [one for row in rows for one in (row.answer_text_id, row.words_text_id)])
    others = {row.answered_with_comment_id for row in rows if row.answered_with_comment_id}
    numbers = dict(session.execute(select(Comment.id, Comment.number).where(Comment.id.in_(others))).all())
    found = {}
    for row in rows:
        one: Decided = decided[row.comment_id]
        found[one.number] = Decision(
            row.id,
            row.outcome,
            said[row.answer_text_id],
            said.get(row.words_text_id) if row.words_text_id else None,
            numbers.get(row.answered_with_comment_id) if row.answered_with_comment_id else None,
            is_done(one, texts),
        )
    return found


def _asked(
    comments: Sequence[CommentLine], decisions: Mapping[int, Decision], line: ClauseLine | None
) -> tuple[Asked, ...]:
    """Comments by what they ask: the same words of several are one; remarks stand alone."""
    grouped: dict[object, list[CommentLine]] = {}
    for one in comments:
        amendment = one.amendment
        key: object = one.number
        if amendment is not None and amendment.proposed is not None:
            key = (amendment.kind, amendment.base.text_id, amendment.proposed.body)
        elif amendment is not None:
            key = (amendment.kind, amendment.base.text_id)
        grouped.setdefault(key, []).append(one)
    found = []
    for group in grouped.values():
        amendment = group[0].amendment
        on_source = amendment is not None and line is not None and amendment.base.text_id == line.text_id
        own = {one.number: decisions[one.number] for one in group if one.number in decisions}
        found.append(Asked(tuple(group), own, on_source))
    return tuple(sorted(found, key=lambda one: (one.first.amendment is None, -len(one.comments), one.first.number)))


def _choices(settled: Settlement | None, given: Mapping[str, Choice]) -> dict[str, Choice]:
    kept: dict[str, Choice] = {}
    for key, choice in (settled.choices if settled else {}).items():
        kept[key] = choice["choice"]
    return {**kept, **given}


def _next(
    session: Session,
    draft: DraftLine,
    clause_id: int,
    base: Said | None,
    merged: Merged,
    settled: Settlement | None,
    *,
    fresh: bool,
) -> NextText:
    body = base.body if base else ""
    text, kind = merged.text, SettlementKind.REPLACE if merged.text != body else SettlementKind.KEEP
    if settled is not None:
        kind = settled.kind
        if not fresh or base is None:
            text = _settled_text(session, settled)
    changes = sources(body, text, accepted(session, draft.id, clause_id, TAKEN)) if base else ()
    bare = tuple(one for one in changes if not one.comments)
    return NextText(kind, text, settled.edition if settled else 0, tuple(changes), bare, settled is not None)


def with_text(session: Session, shown: Desk, text: str) -> Desk:
    """The desk with the next text as the moderator typed it, and what its changes rest on."""
    body = shown.base.body if shown.base else ""
    changes = sources(body, text, accepted(session, shown.draft.id, shown.clause_id, TAKEN)) if shown.base else ()
    bare = tuple(one for one in changes if not one.comments)
    return replace(shown, next=replace(shown.next, text=text, changes=tuple(changes), bare=bare))


def _settled_text(session: Session, settled: Settlement) -> str:
    ids = [settled.text_id, *(part[1] for part in settled.parts or ())]
    bodies = {one.id: one.body for one in session.scalars(select(Text).where(Text.id.in_([i for i in ids if i])))}
    return "\n\n".join(bodies[one] for one in ids if one)


def _is_open_objection(one: CommentLine, decisions: Mapping[int, Decision]) -> bool:
    """A standing objection: neither withdrawn nor met by an accepted disposition."""
    if one.stance is not Stance.OBJECT or one.state is not CommentState.SHOWN:
        return False
    decision = decisions.get(one.number)
    return decision is None or decision.outcome not in TAKEN


def _beside(lines: Sequence[ClauseLine], at: int, step: int) -> str | None:
    """The code of the next clause in a direction, footnotes passed over."""
    at += step
    while 0 <= at < len(lines):
        if lines[at].kind is not ClauseKind.NOTE:
            return lines[at].code
        at += step
    return None


def _inserted(session: Session, settlements: list[Settlement], clause_id: int) -> tuple[tuple[str, str], ...]:
    """The clauses that were settled to stand after this one: code and words."""
    rows = [one for one in settlements if one.kind is SettlementKind.INSERT and one.after_clause_id == clause_id]
    codes = dict(
        session.execute(select(Clause.id, Clause.code).where(Clause.id.in_([one.clause_id for one in rows]))).all()
    )
    return tuple((codes[one.clause_id], _settled_text(session, one)) for one in rows)
