"""How do words get a place of their own? Each utterance is a text; editing makes a new one."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import Actor
from consult.core.terms import TranslationState
from consult.core.text import canonical, sha256_of
from consult.languages.models import Text, Translation
from consult.record.acts import note


def write_text(session: Session, consultation_id: int | None, language: str, body: str) -> Text:
    """One utterance, in its canonical form. The act that it belongs to notes or journals it."""
    form = canonical(body)
    text = Text(
        consultation_id=consultation_id,
        language=language,
        body=form,
        sha256=sha256_of(form),
        salt=secrets.token_hex(16),
    )
    session.add(text)
    session.flush()
    return text


def translate_text(
    session: Session, actor: Actor, source: Text, language: str, body: str, state: TranslationState
) -> Translation:
    """Puts words of another language beside a text, replacing the translation that stood there."""
    standing = session.scalar(
        select(Translation)
        .where(Translation.source_text_id == source.id, Translation.language == language)
        .order_by(Translation.id.desc())
        .limit(1)
    )
    written = write_text(session, source.consultation_id, language, body)
    translation = Translation(
        source_text_id=source.id,
        language=language,
        body_text_id=written.id,
        state=state,
        made_by_id=actor.person_id,
        at=clock.now(),
        replaces_id=standing.id if standing else None,
    )
    session.add(translation)
    session.flush()
    note(
        session,
        actor,
        "text.translated",
        translation,
        within=source.consultation_id,
        language=language,
        state=state,
        source=source.sha256,
        sha256=written.sha256,
    )
    return translation
