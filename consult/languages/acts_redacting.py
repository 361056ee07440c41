"""How are words taken out that name or harm somebody? Body and translations go; their hashes and the reason stay."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.languages.models import Text, Translation
from consult.languages.policy import may_redact
from consult.languages.refusals import RedactedAlready, RedactionReasonMissing
from consult.record.acts import note
from consult.refusals import NotThere


def redact_text(
    session: Session, actor: Actor, text: Text, reason: str, *, label: str | None = None
) -> tuple[Text, ...]:
    """Empties a text and every translation of it, for good. `label` says in the record what it was, as "#412".

    The reason stands in the record as a commitment, with its words beside it: should it repeat what it was to
    take out, it can be erased too.
    """
    if not may_redact(actor, text.consultation_id):
        raise NotThere
    if not reason.strip():
        raise RedactionReasonMissing
    session.refresh(text, with_for_update=True)
    if text.redacted_at is not None:
        raise RedactedAlready
    gone = (text, *_translations(session, text.id))
    at = clock.now()
    for one in gone:
        if one.redacted_at is None:
            one.body, one.redacted_at, one.redaction_reason = "", at, reason.strip()
    session.flush()
    note(
        session,
        actor,
        "text.redacted",
        text,
        within=text.consultation_id,
        disclosed={"reason": reason.strip()},
        sha256=text.sha256,
        of=label,
        translations=len(gone) - 1,
    )
    return gone


def _translations(session: Session, text_id: int) -> Sequence[Text]:
    """The bodies of all translations that were ever made, those since replaced too."""
    made = select(Translation.body_text_id).where(Translation.source_text_id == text_id)
    return session.scalars(select(Text).where(Text.id.in_(made))).all()
