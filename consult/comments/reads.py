"""What was said of a clause, by whom, and who stands where? What every reader may see of comments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from consult.comments.models import Amendment, Comment, Position, Withdrawal
from consult.comments.reads_form import (
    Commenting,
    Hurdle,
    Own,
    Standing,
    commenting,
    of_joined,
    of_mine,
    redline,
    speaking_with,
    standing,
)
from consult.comments.reads_kept import KeptLine, kept_words
from consult.comments.reads_lines import (
    AmendmentLine,
    CommentLine,
    CommentState,
    comment_rows,
    is_hidden,
    lines,
    stands,
)
from consult.comments.reads_papers import Mine, PaperLine, PaperPage, mine, paper, paper_row
from consult.core.terms import Stance
from consult.drafts.reads import ClauseLine, Consulted, DraftLine, tree
from consult.languages.reads import Said, originals, texts_in
from consult.refusals import NotThere

__all__ = [
    "AmendmentLine",
    "CommentLine",
    "CommentState",
    "Commenting",
    "Hurdle",
    "KeptLine",
    "Mine",
    "Own",
    "PaperLine",
    "PaperPage",
    "Standing",
    "commenting",
    "kept_words",
    "mine",
    "of_joined",
    "of_mine",
    "paper",
    "paper_row",
    "redline",
    "speaking_with",
    "standing",
]

PAGE = 20


class Only(StrEnum):
    """Which comments of a margin are asked for."""

    ALL = "all"
    AMENDMENTS = "amendments"
    OBJECTIONS = "objections"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many comments stand on a clause, and how many of them propose or object."""

    all: int
    amendments: int
    objections: int


@dataclass(frozen=True, slots=True)
class Margin:
    """The comments beside a clause, newest first; `next` is the number after which the next page goes on."""

    lines: tuple[CommentLine, ...]
    next: int | None
    counts: Counts
    only: Only


@dataclass(frozen=True, slots=True)
class CommentPage:
    """One comment with the clause as its author read it."""

    line: CommentLine
    draft: DraftLine
    clause: ClauseLine
    heading: Said | None
    read: Said
    reasons_original: Said | None


def margin(
    session: Session,
    consulted: Consulted,
    draft_id: int,
    clause_id: int,
    language: str,
    only: Only = Only.ALL,
    after: int | None = None,
    size: int = PAGE,
) -> Margin:
    """The standing comments of a clause. A hidden one keeps its place, without its words."""
    here = (Comment.draft_id == draft_id, Comment.clause_id == clause_id, stands())
    query = comment_rows().where(*here).order_by(Comment.number.desc()).limit(size + 1)
    if only is Only.AMENDMENTS:
        query = query.where(Amendment.id.is_not(None))
    elif only is Only.OBJECTIONS:
        query = query.where(Comment.stance == Stance.OBJECT)
    if after is not None:
        query = query.where(Comment.number < after)
    rows = session.execute(query).all()
    objections = func.coalesce(func.sum(case((Comment.stance == Stance.OBJECT, 1), else_=0)), 0)
    counted = session.execute(
        select(func.count(), func.count(Amendment.id), objections)
        .select_from(Comment)
        .outerjoin(Amendment, Amendment.comment_id == Comment.id)
        .where(*here)
    ).one()
    shown = lines(session, rows[:size], language, sees_hidden=consulted.may_moderate)
    return Margin(shown, shown[-1].number if len(rows) > size else None, Counts(*counted), only)


def comment_counts(session: Session, draft_id: int) -> dict[int, int]:
    """How many comments stand on each clause of a draft."""
    # Two passes over indexes: those gone are few, and asking of each comment whether it is gone is dear.
    later = aliased(Comment)
    gone = _by_clause(draft_id).where(
        or_(
            Comment.id.in_(select(Withdrawal.comment_id)),
            Comment.id.in_(select(later.supersedes_id).where(later.supersedes_id.is_not(None))),
        )
    )
    minus: Mapping[int, int] = {row[0]: row[1] for row in session.execute(gone)}
    every = session.execute(_by_clause(draft_id)).all()
    return {clause_id: count - minus.get(clause_id, 0) for clause_id, count in every}


def comments_on(
    session: Session, consulted: Consulted, round_ids: Iterable[int], clause_id: int, language: str
) -> tuple[CommentLine, ...]:
    """Every comment of these rounds on a clause, in the order of numbers, whatever became of it."""
    query = comment_rows().where(Comment.round_id.in_(set(round_ids)), Comment.clause_id == clause_id)
    rows = session.execute(query.order_by(Comment.number)).all()
    return lines(session, rows, language, sees_hidden=consulted.may_moderate)


def comments_of(
    session: Session, consulted: Consulted, round_ids: Iterable[int], language: str
) -> tuple[CommentLine, ...]:
    """Every comment of these rounds, in the order of numbers."""
    query = comment_rows().where(Comment.round_id.in_(set(round_ids)))
    rows = session.execute(query.order_by(Comment.number)).all()
    return lines(session, rows, language, sees_hidden=consulted.may_moderate)


def comment(session: Session, consulted: Consulted, number: int, language: str) -> CommentLine:
    """The comment with this number."""
    query = comment_rows().where(Comment.consultation_id == consulted.id, Comment.number == number)
    row = session.execute(query).first()
    if row is None:
        raise NotThere
    return lines(session, [row], language, sees_hidden=consulted.may_moderate)[0]


def original_reasons(session: Session, line: CommentLine) -> str:
    """The reasons as they were written, whatever language the line was read in."""
    return originals(session, [line.reasons.source_text_id])[line.reasons.source_text_id].body


def comment_row(session: Session, consulted: Consulted, number: int) -> Comment:
    """The row of this comment, for an act."""
    found = session.scalar(
        select(Comment).where(Comment.consultation_id == consulted.id, Comment.number == number)
    )
    if found is None:
        raise NotThere
    return found


def show(session: Session, consulted: Consulted, number: int, language: str) -> CommentPage:
    """A comment's own page: what was said, of which words, and in which language first."""
    line = comment(session, consulted, number, language)
    draft = next((one for one in consulted.drafts if one.id == line.draft_id), None)
    if draft is None:
        raise NotThere
    clause = next(one for one in tree(session, draft.id) if one.clause_id == line.clause_id)
    wanted = [line.read_text_id, *([line.reasons.source_text_id] if line.reasons.is_translation else [])]
    as_written = originals(session, wanted)
    heading = texts_in(session, [clause.heading_text_id], language)
    return CommentPage(
        line=line,
        draft=draft,
        clause=clause,
        heading=heading.get(clause.heading_text_id or 0),
        read=as_written[line.read_text_id],
        reasons_original=as_written.get(line.reasons.source_text_id) if line.reasons.is_translation else None,
    )


def bound_comments(session: Session, round_ids: Iterable[int]) -> tuple[int, ...]:
    """The comments that must be answered (rule 7): neither withdrawn, nor superseded, nor hidden."""
    query = select(Comment.id).where(Comment.round_id.in_(set(round_ids)), stands(), ~is_hidden())
    return tuple(session.scalars(query.order_by(Comment.number)))


def stances(session: Session, draft_id: int) -> tuple[tuple[int, int, Stance], ...]:
    """Who stands where now: clause, voice and stance of each current position on a draft."""
    query = select(Position.clause_id, Position.voice_id, Position.stance)
    rows = session.execute(query.where(Position.draft_id == draft_id, Position.is_current))
    return tuple((row[0], row[1], row[2]) for row in rows)


def _by_clause(draft_id: int) -> Select[int, int]:
    return (
        select(Comment.clause_id, func.count())
        .where(Comment.draft_id == draft_id)
        .group_by(Comment.clause_id)
    )
