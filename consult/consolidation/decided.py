"""Which comments must the desk answer, what was decided of each, and does the next text say so?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select, true
from sqlalchemy.orm import Session, aliased

from consult.comments.models import Amendment, Comment
from consult.comments.reads_lines import is_hidden, stands
from consult.consolidation.due import Deferred, comes_up_at, deferred_to
from consult.consolidation.models import Change, ChangeSource, Disposition, Settlement
from consult.core.dispositions import carried_out
from consult.core.terms import AmendmentKind, Outcome, SettlementKind
from consult.drafts.reads import tree
from consult.languages.models import Text


@dataclass(frozen=True, slots=True)
class Decided:
    """A comment due in a round, and its standing disposition there, with what is needed to check it against the
    next text. `clause_id` is where it comes up: its own clause, unless it was put off and that clause ended."""

    comment_id: int
    number: int
    round_id: int
    clause_id: int
    code: str
    outcome: Outcome | None
    words: str | None
    amendment: AmendmentKind | None
    base: str
    proposed: str | None
    is_on_source: bool
    is_redacted: bool = False


@dataclass(frozen=True, slots=True)
class NextTexts:
    """The next text of each settled clause (None: it ends), of the clauses inserted after each, and the comments by
    id to which some change is owed."""

    settled: Mapping[int, str | None]
    inserted: Mapping[int, tuple[str, ...]]
    cited: frozenset[int] = frozenset()


def decided_comments(
    session: Session, draft_id: int, round_ids: Collection[int], clause_id: int | None = None
) -> list[Decided]:
    """The comments that rule 7 counts in these rounds, or those of them that come up at one clause, in the order
    of their numbers. Five queries at most."""
    put_off = deferred_to(session, round_ids)
    lines = {line.clause_id: line for line in tree(session, draft_id)}
    places = comes_up_at(session, draft_id, [one for one in put_off if one.clause_id not in lines])
    ids = [
        one.comment_id
        for one in put_off
        if clause_id in (None, places.get(one.comment_id, (one.clause_id,))[0])
    ]
    here = and_(Comment.round_id.in_(round_ids), Comment.clause_id == clause_id if clause_id else true())
    base, proposed = aliased(Text), aliased(Text)
    rows = session.execute(
        select(
            Comment.id,
            Comment.number,
            Comment.round_id,
            Comment.clause_id,
            Amendment.kind,
            Amendment.base_text_id,
            base.body,
            proposed.body,
            proposed.redacted_at,
        )
        .outerjoin(Amendment, Amendment.comment_id == Comment.id)
        .outerjoin(base, base.id == Amendment.base_text_id)
        .outerjoin(proposed, proposed.id == Amendment.proposed_text_id)
        .where(
            or_(here, Comment.id.in_(ids)),
            stands(),
            ~is_hidden(),
        )
        .order_by(Comment.number)
    ).all()
    answers = _answers(session, round_ids)
    found = []
    for comment_id, number, made_in, made_at, amendment, base_id, base_body, proposed_body, gone_at in rows:
        line = lines[places.get(comment_id, (made_at,))[0]]
        for round_id in _due(comment_id, made_in, round_ids, put_off):
            outcome, words = answers.get((comment_id, round_id), (None, None))
            found.append(
                Decided(
                    comment_id=comment_id,
                    number=number,
                    round_id=round_id,
                    clause_id=line.clause_id,
                    code=line.code,
                    outcome=outcome,
                    words=words,
                    amendment=amendment,
                    base=base_body or "",
                    proposed=proposed_body,
                    is_on_source=base_id == line.text_id,
                    is_redacted=gone_at is not None,
                )
            )
    return found


def _due(comment_id: int, made_in: int, round_ids: Collection[int], put_off: Sequence[Deferred]) -> list[int]:
    own = [made_in] if made_in in round_ids else []
    return own + [one.round_id for one in put_off if one.comment_id == comment_id]


def _answers(
    session: Session, round_ids: Collection[int]
) -> dict[tuple[int, int], tuple[Outcome, str | None]]:
    later = select(Disposition.replaces_id).where(Disposition.replaces_id.is_not(None))
    rows = session.execute(
        select(Disposition.comment_id, Disposition.round_id, Disposition.outcome, Text.body)
        .outerjoin(Text, Text.id == Disposition.words_text_id)
        .where(Disposition.round_id.in_(round_ids), Disposition.id.not_in(later))
    )
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def next_texts(session: Session, draft_id: int, settlements: Sequence[Settlement]) -> NextTexts:
    """The words that the standing settlements give. A split's parts stand with empty lines between."""
    ids = [one.text_id for one in settlements if one.text_id]
    ids += [part[1] for one in settlements for part in one.parts or ()]
    bodies = dict(session.execute(select(Text.id, Text.body).where(Text.id.in_(ids))).all())
    settled: dict[int, str | None] = {}
    inserted: dict[int, list[str]] = {}
    for one in settlements:
        body = bodies.get(one.text_id) if one.text_id else None
        if one.parts and body is not None:
            body = "\n\n".join([body, *(bodies[part[1]] for part in one.parts)])
        settled[one.clause_id] = body
        if one.kind is SettlementKind.INSERT and one.after_clause_id is not None and body is not None:
            inserted.setdefault(one.after_clause_id, []).append(body)
        if one.kind is SettlementKind.JOIN and one.joined_clause_id is not None:
            settled[one.joined_clause_id] = body
    ended = {one.clause_id for one in settlements if one.kind is SettlementKind.DELETE}
    for line in tree(session, draft_id):
        # What stands below goes too, unless it was moved away.
        if line.parent_id in ended and settled.setdefault(line.clause_id, None) is None:
            ended.add(line.clause_id)
    return NextTexts(
        settled,
        {clause: tuple(found) for clause, found in inserted.items()},
        _cited(session, [one.id for one in settlements]),
    )


def _cited(session: Session, settlement_ids: Sequence[int]) -> frozenset[int]:
    query = select(ChangeSource.comment_id).join(Change, Change.id == ChangeSource.change_id)
    found = session.scalars(query.where(Change.settlement_id.in_(settlement_ids)))
    return frozenset(one for one in found if one is not None)


def is_done(one: Decided, texts: NextTexts) -> bool | None:
    """Whether the next text did what the disposition says; None where that cannot or need not be checked."""
    if one.outcome is None:
        return None
    after = texts.settled.get(one.clause_id, one.base if one.is_on_source or not one.amendment else None)
    if one.outcome is Outcome.ACCEPTED_IN_PRINCIPLE:
        every = [after, *texts.inserted.get(one.clause_id, ()), *texts.settled.values()]
        return any(carried_out(one.outcome, "", None, text, one.words) for text in every if text)
    if one.amendment is None or not one.is_on_source or one.is_redacted:
        return None
    if one.amendment is AmendmentKind.INSERT_AFTER:
        found = texts.inserted.get(one.clause_id, ())
        return any(carried_out(one.outcome, "", one.proposed, text) for text in found)
    if one.outcome is Outcome.ACCEPTED_IN_PART and one.comment_id in texts.cited:
        return True  # which part was accepted, only the moderator knows
    proposed = "" if one.amendment is AmendmentKind.DELETE else one.proposed
    return carried_out(one.outcome, one.base, proposed, after)
