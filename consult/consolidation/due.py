"""Which comments are due at the desk in a round: those made in it, and those that were deferred to it?

A comment that was deferred without naming a round waits for the next one. It comes up at its own clause, else at
the clauses that descend from it, else with the whole draft.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.consolidation.models import Disposition
from consult.core.terms import Outcome
from consult.drafts.models import Clause, Descent, Draft
from consult.drafts.reads import tree
from consult.rounds.models import Round


@dataclass(frozen=True, slots=True)
class Deferred:
    """A comment that was put off to a round."""

    comment_id: int
    clause_id: int
    round_id: int


def deferred_to(session: Session, round_ids: Collection[int]) -> tuple[Deferred, ...]:
    """The comments that were put off to one of these rounds. Two queries."""
    consultation_ids = select(Round.consultation_id).where(Round.id.in_(round_ids))
    rounds = session.scalars(
        select(Round).where(Round.consultation_id.in_(consultation_ids)).order_by(Round.ordinal)
    ).all()
    following = {one.id: after.id for one, after in pairwise(rounds)}
    later = select(Disposition.replaces_id).where(Disposition.replaces_id.is_not(None))
    rows = session.execute(
        select(Disposition, Comment.clause_id)
        .join(Comment, Comment.id == Disposition.comment_id)
        .where(
            Disposition.outcome == Outcome.DEFERRED,
            Disposition.round_id.in_(following),
            Disposition.id.not_in(later),
        )
        .order_by(Comment.number)
    ).all()
    found = [
        Deferred(row.comment_id, clause_id, row.deferred_to_round_id or following[row.round_id])
        for row, clause_id in rows
    ]
    return tuple(one for one in found if one.round_id in round_ids)


def due_rounds(session: Session, draft_id: int, comment_ids: Collection[int]) -> Mapping[int, list[Round]]:
    """In which rounds on a draft each of these comments is due, in their order: its own, and any it was put off to."""
    rounds = session.scalars(select(Round).where(Round.draft_id == draft_id).order_by(Round.ordinal)).all()
    by_id = {one.id: one for one in rounds}
    made = session.execute(select(Comment.id, Comment.round_id).where(Comment.id.in_(comment_ids))).all()
    found = {comment_id: [by_id[own]] if own in by_id else [] for comment_id, own in made}
    for one in deferred_to(session, by_id):
        if one.comment_id in found:
            found[one.comment_id].append(by_id[one.round_id])
    return found


def comes_up_at(session: Session, draft_id: int, deferred: Sequence[Deferred]) -> dict[int, tuple[int, ...]]:
    """At which clauses of a draft each deferred comment comes up."""
    if not deferred:
        return {}
    lines = tree(session, draft_id)
    here = {line.clause_id for line in lines}
    below: dict[int, set[int]] = {}
    ours = select(Clause.id).where(
        Clause.consultation_id == select(Draft.consultation_id).where(Draft.id == draft_id).scalar_subquery()
    )
    for old, new in session.execute(
        select(Descent.from_clause_id, Descent.to_clause_id).where(Descent.from_clause_id.in_(ours))
    ):
        below.setdefault(old, set()).add(new)
    found = {}
    for one in deferred:
        reached, waiting = {one.clause_id}, {one.clause_id}
        while waiting:
            waiting = {new for old in waiting if old not in here for new in below.get(old, ())} - reached
            reached |= waiting
        found[one.comment_id] = tuple(sorted(reached & here)) or (lines[0].clause_id,)
    return found
