"""Which amendments of a clause were accepted, and can be merged into its source text?"""

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult.comments.models import Amendment, Comment
from consult.comments.reads_lines import stands
from consult.consolidation.models import Disposition
from consult.core.sources import Amended
from consult.core.terms import AmendmentKind, Outcome
from consult.drafts.models import ClauseText
from consult.languages.models import Text
from consult.rounds.models import Round

TAKEN = (Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PART, Outcome.ACCEPTED_IN_PRINCIPLE)
MERGED = (Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PART)
REWORDING = (AmendmentKind.REPLACE, AmendmentKind.DELETE, AmendmentKind.SPLIT)


def accepted(
    session: Session, draft_id: int, clause_id: int, outcomes: tuple[Outcome, ...] = TAKEN
) -> list[Amended]:
    """The accepted amendments that were made on the clause's own words: number and whole proposed text.

    An amendment on a translation is not among them: a moderator words it in the source by hand. One that was put
    off from an earlier draft is, where the clause still has the words that it amends.
    """
    later, proposed = aliased(Disposition), aliased(Text)
    rounds = select(Round.id).where(Round.draft_id == draft_id)
    rows = session.execute(
        select(Comment.number, proposed.body)
        .join(Amendment, Amendment.comment_id == Comment.id)
        .join(ClauseText, (ClauseText.clause_id == Comment.clause_id) & (ClauseText.text_id == Amendment.base_text_id))
        .join(Disposition, Disposition.comment_id == Comment.id)
        .outerjoin(proposed, proposed.id == Amendment.proposed_text_id)
        .where(
            ClauseText.draft_id == draft_id,
            ClauseText.clause_id == clause_id,
            Amendment.kind.in_(REWORDING),
            Disposition.round_id.in_(rounds),
            Disposition.outcome.in_(outcomes),
            ~select(later.id).where(later.replaces_id == Disposition.id).exists(),
            stands(),
        )
        .order_by(Comment.number)
    ).all()
    return [Amended(number, body or "") for number, body in rows]
