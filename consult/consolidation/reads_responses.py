"""What became of each comment of a round: the decision, the answer, and where the next draft was changed for it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from consult.comments.models import Comment
from consult.comments.reads import CommentLine
from consult.comments.reads_lines import comment_rows, lines
from consult.consolidation.models import Disposition, DispositionsPublished
from consult.consolidation.reads_settled import change_lines, standing_settlements
from consult.core.terms import Outcome
from consult.drafts.models import BracketOption
from consult.drafts.reads import ClauseLine, Consulted, DraftLine, tree
from consult.languages.reads import Said, texts_in
from consult.people.models import Organisation, Voice
from consult.people.reads import Speaker, speakers
from consult.refusals import NotThere
from consult.rounds.reads import RoundLine

PAGE = 50


@dataclass(frozen=True, slots=True)
class Made:
    """A clause that was changed for a comment; `line` None: it ended."""

    label: str
    line: ClauseLine | None


@dataclass(frozen=True, slots=True)
class Response:
    """What became of one comment. Without an outcome it needed none."""

    comment: CommentLine
    draft: DraftLine
    label: str
    code: str
    outcome: Outcome | None
    answer: Said | None
    words: Said | None
    answered_with: int | None
    made: tuple[Made, ...]
    is_bracketed: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which responses are asked for: of one organisation, with one outcome, from a comment's number on."""

    voice: str = ""
    outcome: Outcome | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Responses:
    """A page of what became of the comments of a round; `next` is the number that the next page begins with."""

    round: RoundLine
    published_at: datetime
    newer: DraftLine | None
    lines: tuple[Response, ...]
    counts: Mapping[Outcome, int]
    comment_count: int
    voices: tuple[Speaker, ...]
    wanted: Wanted
    next: int | None


def responses(
    session: Session, consulted: Consulted, round_: RoundLine, language: str, wanted: Wanted
) -> Responses:
    """The comments of a round and those that were put off to it; nothing is there before it is published."""
    published = session.scalar(
        select(DispositionsPublished).where(DispositionsPublished.round_id == round_.id)
    )
    if published is None:
        raise NotThere
    newer = next((one for one in consulted.drafts if one.ordinal == round_.draft_ordinal + 1), None)
    here = or_(Comment.round_id == round_.id, Comment.id.in_(_standing(round_.id)))
    query = _narrowed(comment_rows().where(here), round_.id, wanted)
    rows = session.execute(query.order_by(Comment.number).limit(PAGE + 1)).all()
    found = lines(session, rows[:PAGE], language, sees_hidden=consulted.may_moderate)
    counted = session.execute(
        _standing(round_.id, Disposition.outcome, func.count()).group_by(Disposition.outcome)
    )
    counts: dict[Outcome, int] = {row[0]: row[1] for row in counted}
    voice_ids = session.scalars(select(Comment.voice_id).where(here).distinct()).all()
    return Responses(
        round=round_,
        published_at=published.at,
        newer=newer,
        lines=_responses(session, consulted, round_, newer, found, language),
        counts={outcome: counts[outcome] for outcome in Outcome if outcome in counts},
        comment_count=session.scalar(select(func.count()).select_from(Comment).where(here)) or 0,
        voices=tuple(sorted(_heard(session, voice_ids), key=lambda one: one.name)),
        wanted=wanted,
        next=rows[PAGE][0].number if len(rows) > PAGE else None,
    )


def _standing(round_id: int, *columns: Any) -> Select[Any]:
    later = aliased(Disposition)
    return select(*(columns or (Disposition.comment_id,))).where(
        Disposition.round_id == round_id,
        ~select(later.id).where(later.replaces_id == Disposition.id).exists(),
    )


def _narrowed(query: Select[Any], round_id: int, wanted: Wanted) -> Select[Any]:
    query = query.where(Comment.number >= wanted.number)
    if wanted.outcome is not None:
        query = query.where(Comment.id.in_(_standing(round_id).where(Disposition.outcome == wanted.outcome)))
    if wanted.voice:
        voice = select(Voice.id).join(Organisation, Organisation.id == Voice.organisation_id)
        query = query.where(Comment.voice_id.in_(voice.where(Organisation.slug == wanted.voice)))
    return query


def _heard(session: Session, voice_ids: Sequence[int]) -> list[Speaker]:
    return [one for one in speakers(session, voice_ids).values() if one.slug]


def _responses(
    session: Session,
    consulted: Consulted,
    round_: RoundLine,
    newer: DraftLine | None,
    comments: Sequence[CommentLine],
    language: str,
) -> tuple[Response, ...]:
    ids = [one.id for one in comments]
    query = _standing(round_.id, Disposition).where(Disposition.comment_id.in_(ids))
    rows: dict[int, Disposition] = {row.comment_id: row for row in session.scalars(query)}
    wanted = [one for row in rows.values() for one in (row.answer_text_id, row.words_text_id)]
    said = texts_in(session, wanted, language)
    others = [row.answered_with_comment_id for row in rows.values() if row.answered_with_comment_id]
    numbers = dict(session.execute(select(Comment.id, Comment.number).where(Comment.id.in_(others))).all())
    drafts = {one.id: one for one in consulted.drafts}
    places = {
        one: {line.clause_id: line for line in tree(session, one)} for one in {c.draft_id for c in comments}
    }
    made = _made(session, round_.draft_id, newer)
    bracketed = set(
        session.scalars(select(BracketOption.comment_id).where(BracketOption.comment_id.in_(ids)))
    )
    found = []
    for one in comments:
        row, line = rows.get(one.id), places[one.draft_id][one.clause_id]
        found.append(
            Response(
                comment=one,
                draft=drafts[one.draft_id],
                label=line.label,
                code=line.code,
                outcome=row.outcome if row else None,
                answer=said[row.answer_text_id] if row else None,
                words=said[row.words_text_id] if row and row.words_text_id else None,
                answered_with=numbers.get(row.answered_with_comment_id or 0) if row else None,
                made=made.get(one.number, ()),
                is_bracketed=one.id in bracketed,
            )
        )
    return tuple(found)


def _made(session: Session, draft_id: int, newer: DraftLine | None) -> dict[int, tuple[Made, ...]]:
    """For each comment's number, the clauses that the next draft changed because of it, in reading order."""
    if newer is None:
        return {}
    old = {line.clause_id: line for line in tree(session, draft_id)}
    new = {line.clause_id: line for line in tree(session, newer.id)}
    settlements = standing_settlements(session, draft_id)
    changes = change_lines(session, [one.id for one in settlements])
    found: dict[int, dict[int, Made]] = {}
    for settlement in settlements:
        was, now = old.get(settlement.clause_id), new.get(settlement.clause_id)
        line = now or was
        if line is None:
            continue  # an insertion that was taken back
        for number in {n for change in changes.get(settlement.id, ()) for n in change.comments}:
            found.setdefault(number, {})[line.ordinal] = Made(line.label, now)
    return {number: tuple(made for _, made in sorted(places.items())) for number, places in found.items()}
