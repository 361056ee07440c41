"""What do these texts say in the reader's language, and how far may the words be trusted?"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult.core.languages import direction
from consult.core.terms import TranslationState
from consult.languages.models import Text, Translation


@dataclass(frozen=True, slots=True)
class Said:
    """Words in a language. `state` is None for an original; a translation names the text it was made from.

    `text_id` is the row whose body this is: what a reader read, and what an amendment is based on.
    """

    text_id: int
    source_text_id: int
    language: str
    source_language: str
    body: str
    state: TranslationState | None = None
    is_redacted: bool = False

    @property
    def is_translation(self) -> bool:
        return self.state is not None

    @property
    def direction(self) -> str:
        return direction(self.language)


def texts_in(session: Session, text_ids: Iterable[int | None], language: str) -> dict[int, Said]:
    """The texts by id, each in this language where a translation exists, else as it was written. One query."""
    ids = {one for one in text_ids if one is not None}
    if not ids:
        return {}
    later, body = aliased(Translation), aliased(Text)
    rows = session.execute(
        select(Text, Translation.state, body)
        .select_from(Text)
        .outerjoin(
            Translation,
            (Translation.source_text_id == Text.id)
            & (Translation.language == language)
            & ~select(later.id).where(later.replaces_id == Translation.id).exists(),
        )
        .outerjoin(body, body.id == Translation.body_text_id)
        .where(Text.id.in_(ids))
    ).all()
    return {source.id: _said(source, state, translated) for source, state, translated in rows}


def originals(session: Session, text_ids: Iterable[int | None]) -> dict[int, Said]:
    """The texts by id as they were written. One query."""
    ids = {one for one in text_ids if one is not None}
    if not ids:
        return {}
    return {
        text.id: _said(text, None, None) for text in session.scalars(select(Text).where(Text.id.in_(ids)))
    }


def languages_of(session: Session, text_ids: Iterable[int]) -> dict[str, int]:
    """In how many of these texts each language can be read, the originals' own included."""
    ids = set(text_ids)
    if not ids:
        return {}
    found: dict[str, set[int]] = {}
    for text_id, language in session.execute(select(Text.id, Text.language).where(Text.id.in_(ids))):
        found.setdefault(language, set()).add(text_id)
    query = select(Translation.source_text_id, Translation.language).where(
        Translation.source_text_id.in_(ids)
    )
    for text_id, language in session.execute(query):
        found.setdefault(language, set()).add(text_id)
    return {language: len(texts) for language, texts in found.items()}


def _said(source: Text, state: TranslationState | None, translated: Text | None) -> Said:
    if translated is None or state is None or translated.language == source.language:
        return Said(
            source.id,
            source.id,
            source.language,
            source.language,
            source.body,
            None,
            source.redacted_at is not None,
        )
    return Said(
        translated.id,
        source.id,
        translated.language,
        source.language,
        translated.body,
        state,
        translated.redacted_at is not None,
    )
