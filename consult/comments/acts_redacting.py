"""How are the words of a comment taken out that name or harm somebody? The comment, its stance and its number stay."""

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.comments.clearing import locked
from consult.comments.models import Amendment, Comment, Contribution
from consult.comments.models_joint import ContributionEdition
from consult.comments.refusals import NothingToRedact
from consult.core.actors import Actor
from consult.drafts.models import Consultation
from consult.languages.acts_redacting import redact_text
from consult.languages.models import Text
from consult.languages.policy import may_redact
from consult.people.standing import refuse_unduty
from consult.record.acts import journal
from consult.refusals import NotThere


class Redacted(StrEnum):
    """Which words of a comment are taken out."""

    REASONS = "reasons"
    PROPOSED = "proposed"


def redact_comment(
    session: Session, actor: Actor, comment: Comment, parts: Collection[Redacted], reason: str
) -> None:
    """Empties the reasons, the proposed words or both, in every language, and in the papers they were made from.

    This cannot be undone. The record keeps the hash of what stood there, and the reason.
    """
    if not may_redact(actor, comment.consultation_id):
        raise NotThere
    locked(session, Consultation, comment.consultation_id)
    if not actor.is_administrator:
        refuse_unduty(session, actor, comment.consultation_id)
    texts = {part: text for part, text in _texts(session, comment).items() if part in parts}
    if not texts:
        raise NothingToRedact
    for text in texts.values():
        redact_text(session, actor, text, reason, label=f"#{comment.number}")
    _empty_papers(session, comment, texts)
    journal(session, actor, "papers.emptied", comment=comment.number, parts=sorted(texts))


def _texts(session: Session, comment: Comment) -> dict[Redacted, Text]:
    proposed = session.scalar(
        select(Text)
        .join(Amendment, Amendment.proposed_text_id == Text.id)
        .where(Amendment.comment_id == comment.id)
    )
    every = {Redacted.REASONS: session.get_one(Text, comment.reasons_text_id), Redacted.PROPOSED: proposed}
    return {
        part: text for part, text in every.items() if text is not None and (text.body or text.redacted_at)
    }


def _empty_papers(session: Session, comment: Comment, parts: Collection[Redacted]) -> None:
    """The paper that the comment was made from holds the same words, in each of its editions."""
    emptied = {
        Redacted.REASONS: {"reasons": ""},
        Redacted.PROPOSED: {"proposed": ""},
    }
    values = {name: value for part in parts for name, value in emptied[part].items()}
    paper_id = session.scalar(
        select(Contribution.id).where(
            Contribution.voice_id == comment.voice_id, Contribution.form_key == comment.form_key
        )
    )
    session.execute(update(Contribution).where(Contribution.id == paper_id).values(**values))
    session.execute(
        update(ContributionEdition).where(ContributionEdition.contribution_id == paper_id).values(**values)
    )
