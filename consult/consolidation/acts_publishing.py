"""How does the next draft come to stand? From the settlements, in the transaction that publishes it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.acts import carry_positions
from consult.consolidation.acts import publish_dispositions
from consult.consolidation.bracketing import write_brackets
from consult.consolidation.models import Settlement
from consult.consolidation.next_draft import Settled, next_clauses, same_words
from consult.consolidation.policy import may_consolidate
from consult.consolidation.reads_ready import ready
from consult.consolidation.reads_settled import standing_settlements
from consult.consolidation.refusals import NotReady
from consult.core.actors import Actor
from consult.drafts.acts import add_revision
from consult.drafts.acts import publish_draft as publish
from consult.drafts.models import ClauseText, Consultation, Draft
from consult.drafts.reads import tree
from consult.languages.models import Text
from consult.people.standing import refuse_unduty
from consult.refusals import NotThere
from consult.rounds.models import Round


def publish_draft(session: Session, actor: Actor, consultation: Consultation, ordinal: int) -> Draft:
    """Publishes the draft after `ordinal`, with its dispositions. Twice pressed, it is published once."""
    if not may_consolidate(actor, consultation.id):
        raise NotThere
    session.execute(select(Consultation.id).where(Consultation.id == consultation.id).with_for_update())
    refuse_unduty(session, actor, consultation.id)
    last = session.scalars(
        select(Draft).where(Draft.consultation_id == consultation.id).order_by(Draft.ordinal.desc()).limit(1)
    ).one()
    if last.ordinal == ordinal + 1 and last.published_at is not None:
        return last
    problems = ready(session, consultation.id, last.id).problems
    if last.ordinal != ordinal or problems:
        raise NotReady(len(problems) or 1)
    settlements = standing_settlements(session, last.id)
    clauses = next_clauses(tree(session, last.id), _settled(session, consultation, settlements))
    draft = add_revision(session, actor, consultation, clauses)
    write_brackets(session, last, draft, settlements)
    publish(session, actor, draft)
    carry_positions(session, actor, last.id, draft.id)
    for round_ in session.scalars(
        select(Round).where(Round.draft_id == last.id).order_by(Round.ordinal)
    ).all():
        publish_dispositions(session, actor, round_)
    return draft


def _settled(session: Session, consultation: Consultation, settlements: list[Settlement]) -> list[Settled]:
    """The settlements in ids; words that a clause had before keep their row."""
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
        for one in settlements
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
