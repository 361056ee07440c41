"""Which amendments of a clause were accepted, and can be merged into its source text?"""

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult.comments.models import Amendment, Comment, Withdrawal
from consult.consolidation.models import Disposition
from consult.core.sources import Amended
from consult.core.terms import AmendmentKind, Outcome
from consult.drafts.models import ClauseText
from consult.languages.models import Text

TAKEN = (Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PART, Outcome.ACCEPTED_IN_PRINCIPLE)
MERGED = (Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PART)


def accepted(
    session: Session, draft_id: int, clause_id: int, outcomes: tuple[Outcome, ...] = TAKEN
) -> list[Amended]:
    """The accepted amendments that were made on the clause's own words: number and whole proposed text.

    An amendment on a translation is not among them: a moderator words it in the source by hand.
    """
    later, proposed = aliased(Disposition), aliased(Text)
    rows = session.execute(
        select(Comment.number, Amendment.kind, proposed.body)
        .join(Amendment, Amendment.comment_id == Comment.id)
        .join(
            ClauseText,
            (ClauseText.draft_id == Comment.draft_id) & (ClauseText.clause_id == Comment.clause_id),
        )
        .join(Disposition, Disposition.comment_id == Comment.id)
        .outerjoin(proposed, proposed.id == Amendment.proposed_text_id)
        .where(
            Comment.draft_id == draft_id,
            Comment.clause_id == clause_id,
            Amendment.base_text_id == ClauseText.text_id,
            Amendment.kind.in_((AmendmentKind.REPLACE, AmendmentKind.DELETE, AmendmentKind.SPLIT)),
            Disposition.outcome.in_(outcomes),
            ~select(later.id).where(later.replaces_id == Disposition.id).exists(),
            ~select(Withdrawal.id).where(Withdrawal.comment_id == Comment.id).exists(),
        )
        .order_by(Comment.number)
    ).all()
    return [Amended(number, body or "") for number, _kind, body in rows]
