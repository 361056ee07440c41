"""Which brackets does the next draft hold, who asks for each wording, and why are they still open?"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.consolidation.accepted import MERGED, accepted
from consult.consolidation.models import Settlement
from consult.core.merge import Collision, merge
from consult.core.text import BracketSpan, brackets
from consult.drafts.models import Bracket, BracketOption, ClauseText, Draft
from consult.languages.models import Text


def write_brackets(session: Session, last: Draft, draft: Draft, settlements: Iterable[Settlement]) -> None:
    """A row for each bracket of the new draft: of settled clauses from the collisions that were kept open, of the
    others as it was."""
    settled = {one.clause_id: one for one in settlements}
    before = {row.clause_id: (row, body) for row, body in _texts(session, last)}
    for row, body in _texts(session, draft):
        spans = brackets(body)
        if not spans:
            continue
        old, old_body = before.get(row.clause_id, (None, ""))
        if old is not None and old.text_id == row.text_id:
            _copy(session, old.id, row.id)
        else:
            settlement = settled.get(row.clause_id)
            kept = _kept_open(session, last, settlement, old_body) if settlement else []
            _write(session, draft.consultation_id, row.id, spans, kept)
    session.flush()


def _texts(session: Session, draft: Draft) -> Sequence[tuple[ClauseText, str]]:
    query = select(ClauseText, Text.body).join(Text, Text.id == ClauseText.text_id)
    rows = session.execute(query.where(ClauseText.draft_id == draft.id).order_by(ClauseText.ordinal))
    return [(row[0], row[1]) for row in rows]


def _kept_open(
    session: Session, last: Draft, settlement: Settlement, body: str
) -> list[tuple[Collision, str]]:
    """The collisions that the moderator kept open in this clause, each with why."""
    choices: Mapping[str, Mapping[str, object]] = settlement.choices
    asked = accepted(session, last.id, settlement.clause_id, MERGED)
    return [
        (one, str(choices[one.key].get("reason") or ""))
        for one in merge(body, asked).collisions
        if choices.get(one.key, {}).get("choice") == "brackets"
    ]


def _write(
    session: Session,
    consultation_id: int,
    clause_text_id: int,
    spans: Sequence[BracketSpan],
    kept: Sequence[tuple[Collision, str]],
) -> None:
    for ordinal, span in enumerate(spans, start=1):
        wordings = {option.strip() for option in span.options}
        asked, reason = next(
            ((one, why) for one, why in kept if wordings & {option.text.strip() for option in one.options}),
            (None, ""),
        )
        bracket = Bracket(
            clause_text_id=clause_text_id, ordinal=ordinal, reason=reason, is_attributed=asked is not None
        )
        session.add(bracket)
        session.flush()
        _write_options(session, consultation_id, bracket.id, span, asked)


def _write_options(
    session: Session, consultation_id: int, bracket_id: int, span: BracketSpan, asked: Collision | None
) -> None:
    by_words = {option.text.strip(): option.comments for option in asked.options} if asked else {}
    rows = [
        (words, number) for words in span.options for number in (by_words.get(words.strip(), ()) or (None,))
    ]
    numbers = {number for _, number in rows if number is not None}
    query = select(Comment.number, Comment.id).where(Comment.consultation_id == consultation_id)
    ids = dict(session.execute(query.where(Comment.number.in_(numbers))).all())
    for ordinal, (words, number) in enumerate(rows, start=1):
        comment_id = ids[number] if number is not None else None
        session.add(BracketOption(bracket_id=bracket_id, ordinal=ordinal, words=words, comment_id=comment_id))


def _copy(session: Session, from_id: int, to_id: int) -> None:
    for was in session.scalars(
        select(Bracket).where(Bracket.clause_text_id == from_id).order_by(Bracket.ordinal)
    ).all():
        bracket = Bracket(
            clause_text_id=to_id, ordinal=was.ordinal, reason=was.reason, is_attributed=was.is_attributed
        )
        session.add(bracket)
        session.flush()
        for one in session.scalars(select(BracketOption).where(BracketOption.bracket_id == was.id)).all():
            session.add(
                BracketOption(
                    bracket_id=bracket.id, ordinal=one.ordinal, words=one.words, comment_id=one.comment_id
                )
            )
