"""How do words get a place of their own? Each utterance is a text; editing makes a new one."""

import secrets
from collections.abc import Sequence

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
    text = _text(consultation_id, language, body)
    session.add(text)
    session.flush()
    return text


def write_texts(session: Session, consultation_id: int, language: str, bodies: Sequence[str]) -> list[Text]:
    """Many utterances at once, in their order. The act that they belong to notes or journals them."""
    texts = [_text(consultation_id, language, body) for body in bodies]
    session.add_all(texts)
    session.flush()
    return texts


def translate_text(
    session: Session,
    actor: Actor,
    source: Text,
    language: str,
    body: str,
    state: TranslationState,
    within: int | None = None,
) -> Translation:
    """Puts words of another language beside a text, replacing the translation that stood there.

    `within` names the consultation where the text itself does not: a title is written before its consultation.
    """
    consultation_id = source.consultation_id or within
    standing = session.scalar(
        select(Translation)
        .where(Translation.source_text_id == source.id, Translation.language == language)
        .order_by(Translation.id.desc())
        .limit(1)
    )
    written = write_text(session, consultation_id, language, body)
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
        within=consultation_id,
        language=language,
        state=state,
        source=source.sha256,
        sha256=written.sha256,
    )
    return translation


def _text(consultation_id: int | None, language: str, body: str) -> Text:
    form = canonical(body)
    return Text(
        consultation_id=consultation_id,
        language=language,
        body=form,
        sha256=sha256_of(form),
        salt=secrets.token_hex(16),
    )
