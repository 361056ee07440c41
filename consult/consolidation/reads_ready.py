"""What still keeps the next draft from being published? A list, each line with the place to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.models import Amendment, Comment
from consult.comments.reads import bound_comments
from consult.consolidation.models import Disposition, Settlement
from consult.consolidation.reads_settled import standing_settlements
from consult.core.dispositions import carried_out
from consult.core.rounds import may_be_settled
from consult.core.terms import AmendmentKind, Outcome, RoundState, SettlementKind
from consult.drafts.models import Clause, ClauseText
from consult.languages.models import Text
from consult.rounds.reads import RoundLine, timetables


class ProblemKind(StrEnum):
    """Why the next draft cannot be published."""

    ROUND_OPEN = "round_open"
    NO_ROUND = "no_round"
    NOT_DISPOSED = "not_disposed"
    NOT_CARRIED_OUT = "not_carried_out"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is left, and the clause whose desk mends it."""

    kind: ProblemKind
    code: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """Whether the next draft can be published, and how much was decided."""

    problems: tuple[Problem, ...]
    comment_count: int
    disposed_count: int
    settled_count: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A bound comment and its standing disposition, with what is needed to check it against the next text."""

    comment_id: int
    number: int
    clause_id: int
    code: str
    outcome: Outcome | None
    words: str | None
    amendment: AmendmentKind | None
    base: str
    proposed: str | None
    is_on_source: bool


def ready(session: Session, consultation_id: int, draft_id: int) -> Ready:
    """What is left before the draft after this one can be published."""
    rounds = [one for one in timetables(session, [consultation_id], clock.now())[consultation_id].rounds if one.draft_id == draft_id]
    decided = decided_comments(session, draft_id, [one.id for one in rounds])
    settlements = standing_settlements(session, draft_id)
    texts = next_texts(session, draft_id, settlements)
    problems = [*_of_rounds(rounds)]
    for one in decided:
        if one.outcome is None:
            problems.append(Problem(ProblemKind.NOT_DISPOSED, one.code, one.number))
        elif is_done(one, texts) is False and one.outcome in (Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PRINCIPLE):
            problems.append(Problem(ProblemKind.NOT_CARRIED_OUT, one.code, one.number))
    disposed = sum(one.outcome is not None for one in decided)
    return Ready(tuple(problems), len(decided), disposed, len(settlements))


def decided_comments(session: Session, draft_id: int, round_ids: list[int]) -> list[Decided]:
    """The comments of these rounds that rule 7 counts, each with what was decided of it."""
    bound = bound_comments(session, round_ids)
    later = select(Disposition.replaces_id).where(Disposition.replaces_id.is_not(None))
    source, base, proposed, words = (Text.__table__.alias(name) for name in ("source", "base", "proposed", "words"))
    rows = session.execute(
        select(Comment, Clause.code, Disposition.outcome, words.c.body, Amendment, base.c.body, proposed.c.body, source.c.id)
        .join(Clause, Clause.id == Comment.clause_id)
        .join(ClauseText, (ClauseText.draft_id == Comment.draft_id) & (ClauseText.clause_id == Comment.clause_id))
        .join(source, source.c.id == ClauseText.text_id)
        .outerjoin(
            Disposition,
            (Disposition.comment_id == Comment.id)
            & (Disposition.round_id == Comment.round_id)
            & Disposition.id.not_in(later),
        )
        .outerjoin(words, words.c.id == Disposition.words_text_id)
        .outerjoin(Amendment, Amendment.comment_id == Comment.id)
        .outerjoin(base, base.c.id == Amendment.base_text_id)
        .outerjoin(proposed, proposed.c.id == Amendment.proposed_text_id)
        .where(Comment.draft_id == draft_id, Comment.id.in_(bound))
        .order_by(Comment.number)
    ).all()
    return [
        Decided(
            comment_id=row[0].id,
            number=row[0].number,
            clause_id=row[0].clause_id,
            code=row[1],
            outcome=row[2],
            words=row[3],
            amendment=row[4].kind if row[4] else None,
            base=row[5] or "",
            proposed=row[6],
            is_on_source=bool(row[4]) and row[4].base_text_id == row[7],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class NextTexts:
    """The next text of each settled clause (None: it ends), and of the clauses inserted after each."""

    settled: Mapping[int, str | None]
    inserted: Mapping[int, tuple[str, ...]]


def next_texts(session: Session, draft_id: int, settlements: list[Settlement]) -> NextTexts:
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
    return NextTexts(settled, {clause: tuple(found) for clause, found in inserted.items()})


def is_done(one: Decided, texts: NextTexts) -> bool | None:
    """Whether the next text did what the disposition says; None where that cannot or need not be checked."""
    if one.outcome is None:
        return None
    after = texts.settled.get(one.clause_id, one.base if one.is_on_source or not one.amendment else None)
    if one.outcome is Outcome.ACCEPTED_IN_PRINCIPLE:
        every = [after, *texts.inserted.get(one.clause_id, ()), *texts.settled.values()]
        return any(carried_out(one.outcome, "", None, text, one.words) for text in every if text)
    if one.amendment is None or not one.is_on_source:
        return None
    if one.amendment is AmendmentKind.INSERT_AFTER:
        found = texts.inserted.get(one.clause_id, ())
        return any(carried_out(one.outcome, "", one.proposed, text) for text in found)
    proposed = "" if one.amendment is AmendmentKind.DELETE else one.proposed
    return carried_out(one.outcome, one.base, proposed, after)


def _of_rounds(rounds: list[RoundLine]) -> list[Problem]:
    if not rounds:
        return [Problem(ProblemKind.NO_ROUND)]
    is_open = any(one.state is not RoundState.CLOSED or not may_be_settled(one.closes_at, clock.now()) for one in rounds)
    return [Problem(ProblemKind.ROUND_OPEN)] if is_open else []
