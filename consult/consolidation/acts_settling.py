"""What is the next text of a clause? Decided at the desk, with a reason for every change."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.models import Comment
from consult.consolidation.models import Change, ChangeSource, Settlement
from consult.consolidation.policy import may_consolidate
from consult.consolidation.refusals import RoundStillOpen, SettledMeanwhile, SettlementIncomplete
from consult.consolidation.settling import (
    Key,
    NewSettlement,
    Reason,
    Words,
    as_inserted,
    reasons_of,
    refuse_misplaced,
    texts_of,
)
from consult.core import sources as core
from consult.core.actors import Actor
from consult.core.rounds import may_be_settled
from consult.core.terms import SettlementKind
from consult.core.text import canonical
from consult.drafts.acts import new_clause
from consult.drafts.models import Clause, Consultation, Draft
from consult.drafts.reads import tree
from consult.languages.acts import write_text
from consult.languages.models import Text
from consult.people.models import Person
from consult.people.standing import refuse_unduty
from consult.record.acts import note
from consult.refusals import NotThere
from consult.rounds.models import Round

__all__ = ["Key", "NewSettlement", "Reason", "insert_clause", "settle_clause"]

Reasons = Sequence[tuple[core.Change, Reason]]


def settle_clause(
    session: Session, actor: Actor, draft: Draft, clause_id: int, new: NewSettlement, seen: int
) -> Settlement:
    """Decides the next text of a clause. `seen` is the edition that the moderator saw (0: none)."""
    consultation = _desk(session, actor, draft)
    words = _words(session, draft, clause_id)
    earlier = _editions(session, draft.id, clause_id)
    if words.line is None and not earlier:
        raise NotThere
    _refuse_unseen(session, earlier, seen)
    if words.line is None:
        new = as_inserted(new, next(one for one in earlier if one.kind is SettlementKind.INSERT))
    elif new.kind is SettlementKind.INSERT:
        raise SettlementIncomplete  # a new clause is another clause: insert_clause
    refuse_misplaced(session, draft, clause_id, new)
    texts = texts_of(new, words.body)
    reasons = reasons_of(session, draft, clause_id, words, "\n\n".join(texts), new)
    made = next((one.parts for one in earlier if one.parts), None) or []
    settlement = _row(actor, draft, clause_id, new, len(earlier) + 1)
    _write_words(session, consultation, settlement, words, texts, new.heading, [part[0] for part in made])
    _write_changes(session, actor, consultation, settlement, reasons)
    _note(session, actor, consultation, draft, settlement, reasons)
    return settlement


def insert_clause(
    session: Session, actor: Actor, draft: Draft, after_clause_id: int, new: NewSettlement
) -> Settlement:
    """A new clause after another: it has its identity and its own place at the desk from now on."""
    consultation = _desk(session, actor, draft)
    clause = new_clause(session, consultation)
    placed = NewSettlement(
        SettlementKind.INSERT, new.text, new.heading, after_clause_id, otherwise=new.otherwise
    )
    refuse_misplaced(session, draft, clause.id, placed)
    texts = texts_of(placed, "")
    reasons = reasons_of(session, draft, clause.id, Words(None), texts[0], placed)
    settlement = _row(actor, draft, clause.id, placed, 1)
    _write_words(session, consultation, settlement, Words(None), texts, new.heading, [])
    _write_changes(session, actor, consultation, settlement, reasons)
    _note(session, actor, consultation, draft, settlement, reasons)
    return settlement


def _desk(session: Session, actor: Actor, draft: Draft) -> Consultation:
    """The consultation, locked, where this actor may settle its newest draft now."""
    if not may_consolidate(actor, draft.consultation_id):
        raise NotThere
    consultation = session.scalars(
        select(Consultation).where(Consultation.id == draft.consultation_id).with_for_update()
    ).one()
    refuse_unduty(session, actor, consultation.id)
    if session.scalar(
        select(Draft.id).where(Draft.consultation_id == consultation.id, Draft.ordinal > draft.ordinal)
    ):
        raise NotThere  # what was published stays
    rounds = session.scalars(select(Round).where(Round.draft_id == draft.id)).all()
    if not rounds or not all(may_be_settled(one.closes_at, clock.now()) for one in rounds):
        raise RoundStillOpen
    return consultation


def _words(session: Session, draft: Draft, clause_id: int) -> Words:
    line = next((one for one in tree(session, draft.id) if one.clause_id == clause_id), None)
    if line is None:
        return Words(None)
    heading = session.get_one(Text, line.heading_text_id).body if line.heading_text_id else ""
    return Words(line, session.get_one(Text, line.text_id).body, heading)


def _editions(session: Session, draft_id: int, clause_id: int) -> Sequence[Settlement]:
    """All settlements of the clause, the standing one first."""
    query = select(Settlement).where(Settlement.draft_id == draft_id, Settlement.clause_id == clause_id)
    return session.scalars(query.order_by(Settlement.edition.desc())).all()


def _refuse_unseen(session: Session, earlier: Sequence[Settlement], seen: int) -> None:
    last = earlier[0] if earlier else None
    if last is not None and last.edition != seen:
        by = session.get_one(Person, last.by_person_id)
        raise SettledMeanwhile(by.name or by.pseudonym, last.at)


def _row(actor: Actor, draft: Draft, clause_id: int, new: NewSettlement, edition: int) -> Settlement:
    return Settlement(
        draft_id=draft.id,
        clause_id=clause_id,
        edition=edition,
        kind=new.kind,
        after_clause_id=new.after_clause_id,
        joined_clause_id=new.joined_clause_id,
        choices={key: dict(choice) for key, choice in new.choices.items()},
        by_person_id=actor.person_id,
        at=clock.now(),
    )


def _write_words(
    session: Session,
    consultation: Consultation,
    settlement: Settlement,
    words: Words,
    texts: Sequence[str],
    heading: str,
    made: Sequence[int],
) -> None:
    """The words of the settlement; a split settled again keeps the clauses that it made."""

    def written(body: str) -> int:
        return write_text(session, consultation.id, consultation.source_language, body).id

    if settlement.kind is not SettlementKind.DELETE:
        is_kept = words.line is not None and texts[0] == words.body
        settlement.text_id = words.line.text_id if words.line and is_kept else written(texts[0])
    if heading.strip() and canonical(heading) != words.heading:
        settlement.heading_text_id = written(heading.strip())
    ids = [*made[: len(texts) - 1]]
    ids += [new_clause(session, consultation).id for _ in texts[1 + len(ids) :]]
    settlement.parts = [
        [clause_id, written(body)] for clause_id, body in zip(ids, texts[1:], strict=True)
    ] or None
    session.add(settlement)
    session.flush()


def _write_changes(
    session: Session, actor: Actor, consultation: Consultation, settlement: Settlement, reasons: Reasons
) -> None:
    numbers = {number for _, reason in reasons for number in reason.comments}
    ids = dict(
        session.execute(
            select(Comment.number, Comment.id).where(
                Comment.consultation_id == consultation.id, Comment.number.in_(numbers)
            )
        ).all()
    )
    for change, reason in reasons:
        ends = (change.old_start, change.old_end, change.new_start, change.new_end)
        row = Change(settlement_id=settlement.id, **dict(zip(ENDS, ends, strict=True)))
        session.add(row)
        session.flush()
        session.add_all(
            [ChangeSource(change_id=row.id, comment_id=ids[number]) for number in reason.comments]
        )
        if reason.is_editorial:
            session.add(ChangeSource(change_id=row.id, editorial_by_id=actor.person_id))
    session.flush()


ENDS = ("old_start", "old_end", "new_start", "new_end")


def _note(
    session: Session,
    actor: Actor,
    consultation: Consultation,
    draft: Draft,
    settlement: Settlement,
    reasons: Reasons,
) -> None:
    numbers = sorted({number for _, reason in reasons for number in reason.comments})
    note(
        session,
        actor,
        "clause.settled",
        settlement,
        within=consultation.id,
        draft=draft.ordinal,
        clause=session.get_one(Clause, settlement.clause_id).code,
        kind=settlement.kind,
        edition=settlement.edition,
        comments=list(numbers),
        editorial=sum(reason.is_editorial for _, reason in reasons),
    )
