"""Which amendments of a clause were accepted, and which changes of its next text do they ask for?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult.comments.models import Amendment, Comment
from consult.comments.reads_lines import stands
from consult.consolidation.models import Disposition
from consult.core.merge import NO_CHOICES, Choice, Collision, Merged, merge
from consult.core.sources import Amended, Change, sources
from consult.core.terms import AmendmentKind, Outcome
from consult.core.text import canonical, words
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
        .join(
            ClauseText,
            (ClauseText.clause_id == Comment.clause_id) & (ClauseText.text_id == Amendment.base_text_id),
        )
        .join(Disposition, Disposition.comment_id == Comment.id)
        .outerjoin(proposed, proposed.id == Amendment.proposed_text_id)
        .where(
            ClauseText.draft_id == draft_id,
            ClauseText.clause_id == clause_id,
            Amendment.kind.in_(REWORDING),
            Disposition.round_id.in_(rounds),
            Disposition.outcome.in_(outcomes),
            ~select(later.id).where(later.replaces_id == Disposition.id).exists(),
            proposed.redacted_at.is_(None),  # words that were taken out ask for nothing any more
            stands(),
        )
        .order_by(Comment.number)
    ).all()
    return [Amended(number, body or "") for number, body in rows]


def attributed(
    session: Session,
    draft_id: int,
    clause_id: int,
    base: str,
    final: str,
    choices: Mapping[str, Choice] = NO_CHOICES,
) -> list[Change]:
    """Every change from base to final with the comments that ask for it: those whose amendment was accepted, those
    whose rival words were kept open by a choice, and those to which the moderator promised these very words."""
    asked = accepted(session, draft_id, clause_id)
    changes = sources(base, final, asked)
    if all(one.comments for one in changes):
        return list(changes)
    if choices:
        rivals = accepted(session, draft_id, clause_id, MERGED)
        merged = merge(base, rivals, offered(merge(base, rivals).collisions, choices))
        changes = tuple(one if one.comments else _chosen(one, final, merged) for one in changes)
    promised = [
        (number, start, start + len(said))
        for number, said in _promised(session, draft_id, clause_id)
        if (start := final.find(said)) >= 0
    ]
    return [one if one.comments else replace(one, comments=_kept(one, promised)) for one in changes]


def offered(collisions: Sequence[Collision], choices: Mapping[str, Choice]) -> dict[str, Choice]:
    """Those of the choices that these collisions still offer."""
    counts = {one.key: len(one.options) for one in collisions}
    return {
        key: one for key, one in choices.items() if key in counts and (one == "brackets" or one < counts[key])
    }


def _chosen(change: Change, final: str, merged: Merged) -> Change:
    """The change as the merge made it, where all of its words come from there."""
    for one in merged.changes:
        is_within = one.old_start <= change.old_start and change.old_end <= one.old_end
        if is_within and _words(final, change) <= _words(merged.text, one):
            return replace(change, comments=one.comments)
    return change


def _words(text: str, change: Change) -> Counter[str]:
    return Counter(word.text for word in words(text[change.new_start : change.new_end]))


def _kept(change: Change, promised: Sequence[tuple[int, int, int]]) -> tuple[int, ...]:
    """Whose promised words stand in this change, or all around it."""
    if change.new_start == change.new_end:
        return ()
    return tuple(
        sorted(
            {number for number, start, end in promised if start < change.new_end and change.new_start < end}
        )
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
    return [(number, canonical(said).strip()) for number, said in rows if said.strip()]
