"""Which amendments of a clause were accepted, and which changes of its next text do they ask for?"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult.comments.models import Amendment, Comment
from consult.comments.reads_lines import stands
from consult.consolidation.models import Disposition
from consult.core.sources import Amended, Change, sources
from consult.core.terms import AmendmentKind, Outcome
from consult.core.text import canonical
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


def attributed(session: Session, draft_id: int, clause_id: int, base: str, final: str) -> list[Change]:
    """Every change from base to final with the comments that ask for it: those whose amendment was accepted, and
    those to which the moderator promised these very words."""
    changes = sources(base, final, accepted(session, draft_id, clause_id))
    if all(one.comments for one in changes):
        return list(changes)
    promised = [
        (number, start, start + len(words))
        for number, words in _promised(session, draft_id, clause_id)
        if (start := final.find(words)) >= 0
    ]
    return [one if one.comments else replace(one, comments=_kept(one, promised)) for one in changes]


def _kept(change: Change, promised: Sequence[tuple[int, int, int]]) -> tuple[int, ...]:
    """Whose promised words stand in this change, or all around it."""
    if change.new_start == change.new_end:
        return ()
    return tuple(
        sorted({number for number, start, end in promised if start < change.new_end and change.new_start < end})
    )


def _promised(session: Session, draft_id: int, clause_id: int) -> list[tuple[int, str]]:
    """Of comments accepted in principle on a clause: the words that were to be used."""
    later = aliased(Disposition)
    rows = session.execute(
        select(Comment.number, Text.body)
        .join(Disposition, Disposition.comment_id == Comment.id)
        .join(Text, Text.id == Disposition.words_text_id)
        .where(
            Comment.clause_id == clause_id,
            Disposition.round_id.in_(select(Round.id).where(Round.draft_id == draft_id)),
            Disposition.outcome == Outcome.ACCEPTED_IN_PRINCIPLE,
            ~select(later.id).where(later.replaces_id == Disposition.id).exists(),
            stands(),
        )
    ).all()
    return [(number, canonical(words).strip()) for number, words in rows if words.strip()]
