"""How does the next draft come to stand? From the settlements, in the transaction that publishes it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.acts import carry_positions
from consult.comments.models import Comment
from consult.consolidation.accepted import MERGED, accepted
from consult.consolidation.acts import publish_dispositions
from consult.consolidation.models import Settlement
from consult.consolidation.next_draft import Settled, next_clauses, same_words
from consult.consolidation.policy import may_consolidate
from consult.consolidation.reads_ready import ready
from consult.consolidation.reads_settled import standing_settlements
from consult.consolidation.refusals import NotReady
from consult.core.actors import Actor
from consult.core.merge import merge
from consult.core.terms import SettlementKind
from consult.drafts.acts import add_revision
from consult.drafts.acts import publish_draft as publish
from consult.drafts.models import Bracket, BracketOption, ClauseText, Consultation, Draft
from consult.drafts.reads import tree
from consult.languages.models import Text
from consult.refusals import NotThere
from consult.rounds.models import Round


def publish_draft(session: Session, actor: Actor, consultation: Consultation, ordinal: int) -> Draft:
    """Publishes the draft after `ordinal`, with its dispositions. Twice pressed, it is published once."""
    if not may_consolidate(actor, consultation.id):
        raise NotThere
    session.execute(select(Consultation.id).where(Consultation.id == consultation.id).with_for_update())
    last = session.scalars(
        select(Draft).where(Draft.consultation_id == consultation.id).order_by(Draft.ordinal.desc()).limit(1)
    ).one()
    if last.ordinal == ordinal + 1 and last.published_at is not None:
        return last
    problems = ready(session, consultation.id, last.id).problems
    if last.ordinal != ordinal or problems:
        raise NotReady(len(problems) or 1)
    settlements = standing_settlements(session, last.id)
    draft = add_revision(session, actor, consultation, next_clauses(tree(session, last.id), _settled(session, consultation, settlements)))
    _write_brackets(session, last.id, draft, settlements)
    publish(session, actor, draft)
    carry_positions(session, actor, last.id, draft.id)
    for round_ in session.scalars(select(Round).where(Round.draft_id == last.id).order_by(Round.ordinal)).all():
        publish_dispositions(session, actor, round_)
    return draft


def _settled(session: Session, consultation: Consultation, settlements: list[Settlement]) -> list[Settled]:
    """The settlements in the order of the tree's changes: words first, then places; same words keep their row."""
    order = list(SettlementKind)
    rows = sorted(settlements, key=lambda one: (order.index(one.kind), one.id))
    found = [
        Settled(
            one.clause_id,
            one.kind,
            one.text_id,
            one.heading_text_id,
            one.after_clause_id,
            one.joined_clause_id,
            tuple((part[0], part[1]) for part in one.parts or ()),
        )
        for one in _in_chain(rows)
    ]
    ids = [one.text_id for one in found if one.text_id]
    hashes = dict(session.execute(select(Text.id, Text.sha256).where(Text.id.in_(ids))).all())
    earlier = session.execute(
        select(ClauseText.clause_id, Text.sha256, ClauseText.text_id)
        .join(Text, Text.id == ClauseText.text_id)
        .join(Draft, Draft.id == ClauseText.draft_id)
        .where(Draft.consultation_id == consultation.id)
        .order_by(Draft.ordinal)
    ).all()
    return same_words(found, hashes, {(row[0], row[1]): row[2] for row in earlier})


def _in_chain(rows: list[Settlement]) -> list[Settlement]:
    """Insertions so that each follows the clause that it stands after; two after one clause in their order."""
    inserted = [one for one in rows if one.kind is SettlementKind.INSERT]
    others = [one for one in rows if one.kind is not SettlementKind.INSERT]
    first = [one for one in others if one.kind in (SettlementKind.KEEP, SettlementKind.REPLACE)]
    rest = [one for one in others if one not in first]
    return [*first, *reversed(inserted), *rest]


def _write_brackets(session: Session, last_id: int, draft: Draft, settlements: list[Settlement]) -> None:
    """What was kept open, with who asks for each wording and why it is open."""
    for settlement in settlements:
        open_ = {
            key: choice for key, choice in settlement.choices.items() if choice.get("choice") == "brackets"
        }
        line = session.scalars(
            select(ClauseText).where(ClauseText.draft_id == draft.id, ClauseText.clause_id == settlement.clause_id)
        ).one_or_none()
        before = session.scalars(
            select(Text.body)
            .join(ClauseText, ClauseText.text_id == Text.id)
            .where(ClauseText.draft_id == last_id, ClauseText.clause_id == settlement.clause_id)
        ).one_or_none()
        if not open_ or line is None or before is None:
            continue
        collisions = merge(before, accepted(session, last_id, settlement.clause_id, MERGED)).collisions
        kept = [one for one in collisions if one.key in open_]
        for ordinal, collision in enumerate(kept, start=1):
            bracket = Bracket(
                clause_text_id=line.id,
                ordinal=ordinal,
                reason=str(open_[collision.key].get("reason") or ""),
                is_attributed=True,
            )
            session.add(bracket)
            session.flush()
            rivals = [(option.text, number) for option in collision.options for number in option.comments]
            for place, (words, number) in enumerate(rivals, start=1):
                session.add(
                    BracketOption(
                        bracket_id=bracket.id,
                        ordinal=place,
                        words=words,
                        comment_id=_comment_id(session, draft.consultation_id, number),
                    )
                )


def _comment_id(session: Session, consultation_id: int, number: int) -> int:
    query = select(Comment.id).where(Comment.consultation_id == consultation_id, Comment.number == number)
    return session.scalars(query).one()
