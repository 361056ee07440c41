"""What is the next text of a clause? Decided at the desk, with a reason for every change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.models import Comment
from consult.consolidation.accepted import accepted
from consult.consolidation.models import Change, ChangeSource, Settlement
from consult.consolidation.policy import may_consolidate
from consult.consolidation.refusals import (
    ChangeWithoutReason,
    RoundStillOpen,
    SettledMeanwhile,
    SettlementIncomplete,
    UnknownComment,
)
from consult.core import sources as core
from consult.core.actors import Actor
from consult.core.rounds import may_be_settled
from consult.core.terms import SettlementKind
from consult.core.text import canonical
from consult.drafts.acts import new_clause
from consult.drafts.models import Clause, ClauseText, Consultation, Draft
from consult.languages.acts import write_text
from consult.languages.models import Text
from consult.record.acts import note
from consult.refusals import NotThere
from consult.rounds.models import Round

Key = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a change is made: comments by number, or a moderator's editorial hand."""

    comments: tuple[int, ...] = ()
    is_editorial: bool = False


@dataclass(frozen=True, slots=True)
class NewSettlement:
    """The next text of a clause. `choices` by collision's key: {"choice": index or "brackets", "reason": words}.

    `reasons` adds to what the accepted amendments ask for, by the change's four ends; `otherwise` stands for
    every change that has no other reason. A split's parts stand with an empty line between in `text`.
    """

    kind: SettlementKind
    text: str = ""
    heading: str = ""
    after_clause_id: int | None = None
    joined_clause_id: int | None = None
    parts: tuple[str, ...] = ()
    choices: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    reasons: Mapping[Key, Reason] = field(default_factory=dict)
    otherwise: Reason = field(default_factory=Reason)


def settle_clause(
    session: Session, actor: Actor, draft: Draft, clause_id: int, new: NewSettlement, seen: int
) -> Settlement:
    """Decides the next text of a clause. `seen` is the edition that the moderator saw (0: none)."""
    consultation = _desk(session, actor, draft)
    _refuse_unseen(session, draft.id, clause_id, seen)
    line = session.scalars(
        select(ClauseText).where(ClauseText.draft_id == draft.id, ClauseText.clause_id == clause_id)
    ).one_or_none()
    if line is None and not seen:
        raise NotThere
    base = session.get_one(Text, line.text_id).body if line else ""
    texts = _texts(new, base)
    reasons = _reasons(session, consultation, draft, clause_id, base, "\n\n".join(texts), new)
    settlement = _row(session, actor, consultation, draft, clause_id, new, texts, seen)
    _write_changes(session, actor, settlement, reasons)
    _note(session, actor, consultation, draft, settlement, reasons)
    return settlement


def insert_clause(
    session: Session, actor: Actor, draft: Draft, after_clause_id: int, new: NewSettlement
) -> Settlement:
    """A new clause after another: it has its identity and its own place at the desk from now on."""
    consultation = _desk(session, actor, draft)
    if not new.text.strip():
        raise SettlementIncomplete
    clause = new_clause(session, consultation)
    text = canonical(new.text)
    reasons = _reasons(session, consultation, draft, after_clause_id, "", text, new)
    placed = NewSettlement(SettlementKind.INSERT, text, new.heading, after_clause_id)
    settlement = _row(session, actor, consultation, draft, clause.id, placed, [text], 0)
    _write_changes(session, actor, settlement, reasons)
    _note(session, actor, consultation, draft, settlement, reasons)
    return settlement


def _desk(session: Session, actor: Actor, draft: Draft) -> Consultation:
    if not may_consolidate(actor, draft.consultation_id):
        raise NotThere
    consultation = session.scalars(
        select(Consultation).where(Consultation.id == draft.consultation_id).with_for_update()
    ).one()
    rounds = session.scalars(select(Round).where(Round.draft_id == draft.id)).all()
    if not rounds or not all(may_be_settled(one.closes_at, clock.now()) for one in rounds):
        raise RoundStillOpen
    return consultation


def _refuse_unseen(session: Session, draft_id: int, clause_id: int, seen: int) -> None:
    last = session.scalar(
        select(Settlement)
        .where(Settlement.draft_id == draft_id, Settlement.clause_id == clause_id)
        .order_by(Settlement.edition.desc())
        .limit(1)
    )
    if (last.edition if last else 0) != seen:
        raise SettledMeanwhile(last.at if last else clock.now())


def _texts(new: NewSettlement, base: str) -> list[str]:
    """The words of the clause, and of each clause that a split makes."""
    match new.kind:
        case SettlementKind.KEEP:
            return [base]
        case SettlementKind.DELETE:
            return [""]
        case SettlementKind.SPLIT:
            parts = list(new.parts) or [part for part in canonical(new.text).split("\n\n") if part.strip()]
            if len(parts) < 2:
                raise SettlementIncomplete
            return [canonical(part) for part in parts]
        case SettlementKind.MOVE:
            if new.after_clause_id is None:
                raise SettlementIncomplete
            return [canonical(new.text) or base]
        case SettlementKind.JOIN:
            if new.joined_clause_id is None or not new.text.strip():
                raise SettlementIncomplete
            return [canonical(new.text)]
        case _:
            if not new.text.strip() and base.strip():
                raise SettlementIncomplete
            return [canonical(new.text)]


def _reasons(
    session: Session,
    consultation: Consultation,
    draft: Draft,
    clause_id: int,
    base: str,
    final: str,
    new: NewSettlement,
) -> list[tuple[core.Change, Reason]]:
    """Every change with its reason; refuses one that has none."""
    asked = [] if new.kind is SettlementKind.INSERT else accepted(session, draft.id, clause_id)
    found, bare = [], []
    for change in _changes(base, final, asked, new.kind):
        key = (change.old_start, change.old_end, change.new_start, change.new_end)
        given = new.reasons.get(key, new.otherwise)
        comments = change.comments or given.comments
        _refuse_unknown(session, consultation.id, comments)
        if not comments and not given.is_editorial:
            bare.append((base[change.old_start : change.old_end] or final[change.new_start : change.new_end]).strip())
        found.append((change, Reason(comments, given.is_editorial and not comments)))
    if bare:
        raise ChangeWithoutReason(tuple(bare))
    return found


def _changes(
    base: str, final: str, asked: Sequence[core.Amended], kind: SettlementKind
) -> list[core.Change]:
    changes = list(core.sources(base, final, asked))
    if not changes and kind in (SettlementKind.MOVE, SettlementKind.DELETE, SettlementKind.SPLIT):
        # The words stay and the place changes, or there were none: that too has a reason.
        return [core.Change(0, len(base), 0, len(final), ())]
    return changes


def _refuse_unknown(session: Session, consultation_id: int, numbers: Sequence[int]) -> None:
    known = set(
        session.scalars(
            select(Comment.number).where(
                Comment.consultation_id == consultation_id, Comment.number.in_(numbers)
            )
        )
    )
    for number in numbers:
        if number not in known:
            raise UnknownComment(number)


def _row(
    session: Session,
    actor: Actor,
    consultation: Consultation,
    draft: Draft,
    clause_id: int,
    new: NewSettlement,
    texts: Sequence[str],
    seen: int,
) -> Settlement:
    language = consultation.source_language
    parts = [
        [new_clause(session, consultation).id, write_text(session, consultation.id, language, body).id]
        for body in texts[1:]
    ]
    has_text = new.kind is not SettlementKind.DELETE
    heading = new.heading.strip()
    settlement = Settlement(
        draft_id=draft.id,
        clause_id=clause_id,
        edition=seen + 1,
        kind=new.kind,
        text_id=write_text(session, consultation.id, language, texts[0]).id if has_text else None,
        heading_text_id=write_text(session, consultation.id, language, heading).id if heading else None,
        after_clause_id=new.after_clause_id,
        joined_clause_id=new.joined_clause_id,
        parts=parts or None,
        choices={key: dict(choice) for key, choice in new.choices.items()},
        by_person_id=actor.person_id,
        at=clock.now(),
    )
    session.add(settlement)
    session.flush()
    return settlement


def _write_changes(
    session: Session, actor: Actor, settlement: Settlement, reasons: Sequence[tuple[core.Change, Reason]]
) -> None:
    for change, reason in reasons:
        row = Change(
            settlement_id=settlement.id,
            old_start=change.old_start,
            old_end=change.old_end,
            new_start=change.new_start,
            new_end=change.new_end,
        )
        session.add(row)
        session.flush()
        ids = _ids(session, settlement, reason) if reason.comments else []
        session.add_all([ChangeSource(change_id=row.id, comment_id=comment_id) for comment_id in ids])
        if reason.is_editorial:
            session.add(ChangeSource(change_id=row.id, editorial_by_id=actor.person_id))
    session.flush()


def _ids(session: Session, settlement: Settlement, reason: Reason) -> list[int]:
    consultation_id = session.get_one(Draft, settlement.draft_id).consultation_id
    query = select(Comment.id).where(
        Comment.consultation_id == consultation_id, Comment.number.in_(reason.comments)
    )
    return list(session.scalars(query))


def _note(
    session: Session,
    actor: Actor,
    consultation: Consultation,
    draft: Draft,
    settlement: Settlement,
    reasons: Sequence[tuple[core.Change, Reason]],
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
