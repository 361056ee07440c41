"""What became of the words? The responses of a round, and what changed between two drafts with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.comments.reads import CommentLine, comments_of
from consult.consolidation.models import Disposition, DispositionsPublished
from consult.consolidation.reads import reasons
from consult.core.rows import aligned
from consult.core.terms import ClauseKind, Outcome
from consult.drafts.reads import ClauseLine, Consulted, DraftLine, tree
from consult.languages.reads import Said, texts_in
from consult.refusals import NotThere
from consult.rounds.reads import RoundLine


class Fate(StrEnum):
    """What became of a clause from one draft to another."""

    CHANGED = "changed"
    NEW = "new"
    ENDED = "ended"
    MOVED = "moved"
    RENUMBERED = "renumbered"


@dataclass(frozen=True, slots=True)
class ChangedClause:
    """One clause that is not as it was."""

    fate: Fate
    code: str
    old_label: str
    new_label: str
    old_heading: str
    new_heading: str
    old: Said | None
    new: Said | None
    comments: tuple[int, ...]
    kind: ClauseKind

    @property
    def language(self) -> str:
        said = self.new or self.old
        return said.language if said else "und"

    @property
    def direction(self) -> str:
        said = self.new or self.old
        return said.direction if said else "ltr"

    @property
    def is_comparable(self) -> bool:
        """Whether both texts are in one language, so that a redline says something."""
        return self.old is not None and self.new is not None and self.old.language == self.new.language


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two drafts."""

    older: DraftLine
    newer: DraftLine
    clauses: tuple[ChangedClause, ...]
    kept_count: int


@dataclass(frozen=True, slots=True)
class Response:
    """What became of one comment."""

    comment: CommentLine
    label: str
    code: str
    outcome: Outcome | None
    answer: Said | None
    words: Said | None
    answered_with: int | None


@dataclass(frozen=True, slots=True)
class Responses:
    """What became of every comment of a round."""

    round: RoundLine
    lines: tuple[Response, ...]
    counts: Mapping[Outcome, int]


def are_published(session: Session, round_id: int) -> bool:
    """Whether a round's dispositions may be read by everybody."""
    query = select(DispositionsPublished.id).where(DispositionsPublished.round_id == round_id)
    return session.scalar(query) is not None


def responses(session: Session, consulted: Consulted, round_: RoundLine, language: str) -> Responses:
    """Every comment of a round with its answer; nothing there before they are published."""
    if not are_published(session, round_.id):
        raise NotThere
    lines = {one.clause_id: one for one in tree(session, round_.draft_id)}
    later = select(Disposition.replaces_id).where(Disposition.replaces_id.is_not(None))
    query = select(Disposition).where(Disposition.round_id == round_.id, Disposition.id.not_in(later))
    rows = {row.comment_id: row for row in session.scalars(query)}
    said = texts_in(session, [one for row in rows.values() for one in (row.answer_text_id, row.words_text_id)], language)
    others = {row.answered_with_comment_id for row in rows.values() if row.answered_with_comment_id}
    numbers = dict(session.execute(select(Comment.id, Comment.number).where(Comment.id.in_(others))).all())
    found = []
    for comment in comments_of(session, consulted, [round_.id], language):
        line = lines[comment.clause_id]
        found.append(_response(comment, line, rows.get(comment.id), said, numbers))
    outcomes = [one.outcome for one in found if one.outcome]
    counts = {outcome: outcomes.count(outcome) for outcome in Outcome if outcome in outcomes}
    return Responses(round_, tuple(found), counts)


def changes(
    session: Session, consulted: Consulted, older: DraftLine, newer: DraftLine, language: str
) -> Changes:
    """What changed from one draft to another, clause by clause, in reading order."""
    old, new = tree(session, older.id)[1:], tree(session, newer.id)[1:]
    ids = [one for line in (*old, *new) for one in (line.text_id, line.heading_text_id)]
    said = texts_in(session, ids, language)
    because = reasons(session, older, newer)
    before = {line.clause_id: line for line in old}
    after = {line.clause_id: line for line in new}
    found = []
    for was, now in aligned(old, new, lambda line: line.clause_id):
        if now is None and was is not None and was.clause_id in after:
            continue
        fate = _fate(was, now)
        if was is None and now is not None and now.clause_id in before:
            was, fate = before[now.clause_id], Fate.MOVED
        if fate is not None:
            found.append(_changed(fate, was, now, said, because))
    kept = len([line for line in new if line.clause_id in before]) - sum(one.fate not in (Fate.NEW, Fate.ENDED) for one in found)
    return Changes(older, newer, tuple(found), kept)


def _fate(was: ClauseLine | None, now: ClauseLine | None) -> Fate | None:
    if now is None:
        return Fate.ENDED
    if was is None:
        return Fate.NEW
    if (was.text_id, was.heading_text_id) != (now.text_id, now.heading_text_id):
        return Fate.CHANGED
    return Fate.RENUMBERED if was.number != now.number else None


def _changed(
    fate: Fate,
    was: ClauseLine | None,
    now: ClauseLine | None,
    said: Mapping[int, Said],
    because: Mapping[int, tuple[int, ...]],
) -> ChangedClause:
    line = now or was
    if line is None:
        raise ValueError("a change is of one draft or of both")
    return ChangedClause(
        fate=fate,
        code=line.code,
        old_label=was.label if was else "",
        new_label=now.label if now else "",
        old_heading=said[was.heading_text_id].body if was and was.heading_text_id else "",
        new_heading=said[now.heading_text_id].body if now and now.heading_text_id else "",
        old=said[was.text_id] if was else None,
        new=said[now.text_id] if now else None,
        comments=because.get(line.clause_id, ()),
        kind=line.kind,
    )


def _response(
    comment: CommentLine,
    line: ClauseLine,
    row: Disposition | None,
    said: Mapping[int, Said],
    numbers: Mapping[int, int],
) -> Response:
    if row is None:
        return Response(comment, line.label, line.code, None, None, None, None)
    return Response(
        comment=comment,
        label=line.label,
        code=line.code,
        outcome=row.outcome,
        answer=said[row.answer_text_id],
        words=said.get(row.words_text_id) if row.words_text_id else None,
        answered_with=numbers.get(row.answered_with_comment_id) if row.answered_with_comment_id else None,
    )
