"""What does a document of a draft say? The draft in a language, beside the draft before."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consolidation.reads import reasons
from consult.core.rows import aligned
from consult.core.terms import ClauseKind
from consult.documents.publication import Labels, OldWords, Publication, PublishedClause
from consult.drafts.reads import ClauseLine, Consulted, DraftLine, tree
from consult.languages.reads import Said, languages_of, texts_in


@dataclass(frozen=True, slots=True)
class Wording:
    """The interface's words for a document, found by the caller in the document's language."""

    labels: Labels
    draft_label: str
    previous_label: str | None
    status_line: str
    address: str
    author: str


@dataclass(frozen=True, slots=True)
class Available:
    """A language that a draft can be had in, and how much of it is translated."""

    language: str
    count: int
    of: int

    @property
    def is_whole(self) -> bool:
        return self.count == self.of


def previous(consulted: Consulted, draft: DraftLine) -> DraftLine | None:
    """The published draft before this one."""
    earlier = [one for one in consulted.drafts if one.ordinal < draft.ordinal and one.published_at]
    return earlier[-1] if earlier else None


def available(session: Session, consulted: Consulted, draft: DraftLine) -> tuple[Available, ...]:
    """The languages offered in which at least one clause can be read."""
    ids = {
        text_id
        for line in tree(session, draft.id)
        for text_id in (line.text_id, line.heading_text_id)
        if text_id
    }
    counts = languages_of(session, ids)
    total = counts.get(consulted.source_language, len(ids))
    return tuple(
        Available(language, min(counts[language], total), total)
        for language in consulted.offered
        if counts.get(language)
    )


def state_of(session: Session, consulted: Consulted, draft: DraftLine, language: str) -> str:
    """A short name for all that a document is made of; it changes when a translation does."""
    before = previous(consulted, draft)
    said = _texts(session, tree(session, draft.id), tree(session, before.id) if before else (), language)
    parts = [consulted.title.body, *(f"{key}:{one.text_id}:{one.state}" for key, one in sorted(said.items()))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def publication(
    session: Session, consulted: Consulted, draft: DraftLine, language: str, wording: Wording
) -> Publication:
    """The whole draft as the writers take it."""
    before = previous(consulted, draft)
    new = _inner(tree(session, draft.id))
    old = _inner(tree(session, before.id)) if before else ()
    said = _texts(session, new, old, language)
    because = reasons(session, before, draft) if before else {}
    published_at = draft.published_at
    if published_at is None:
        raise ValueError("only a published draft leaves as a document")
    rows = []
    for was, now in aligned(old, new, lambda line: line.clause_id):
        rows.append(_row(was, now, said, language, because, (wording.author, published_at)))
    return Publication(
        title=consulted.title.body,
        language=language,
        draft_label=wording.draft_label,
        previous_label=wording.previous_label,
        consultation_address=wording.address,
        dated=published_at.date(),
        status_line=wording.status_line,
        clauses=tuple(rows),
        labels=wording.labels,
        author=wording.author,
    )


def _inner(lines: tuple[ClauseLine, ...]) -> tuple[ClauseLine, ...]:
    return tuple(line for line in lines if line.kind is not ClauseKind.WHOLE)


def _texts(
    session: Session, new: tuple[ClauseLine, ...], old: tuple[ClauseLine, ...], language: str
) -> dict[int, Said]:
    ids = {text_id for line in (*new, *old) for text_id in (line.text_id, line.heading_text_id)}
    return texts_in(session, ids, language)


def _row(
    was: ClauseLine | None,
    now: ClauseLine | None,
    said: Mapping[int, Said],
    language: str,
    because: Mapping[int, tuple[int, ...]],
    changed: tuple[str, datetime],
) -> PublishedClause:
    line = now or was
    if line is None:
        raise ValueError("a row is of one draft or of both")
    # A section is only a heading: its language and state are those of the heading.
    words = said[
        line.heading_text_id if line.heading_text_id and not said[line.text_id].body else line.text_id
    ]
    numbers = because.get(line.clause_id, ())
    return PublishedClause(
        code=line.code,
        kind=line.kind,
        depth=line.depth,
        number=now.number if now else "",
        heading=_heading(now, said),
        body=said[now.text_id].body if now else "",
        language=words.language,
        changed_by=changed[0],
        changed_at=changed[1],
        old=OldWords(was.number, _heading(was, said), said[was.text_id].body) if was else None,
        because=", ".join(f"#{number}" for number in numbers),
        is_source_shown=words.language.split("-")[0] != language.split("-")[0],
        is_ended=now is None,
        translation=words.state,
    )


def _heading(line: ClauseLine | None, said: Mapping[int, Said]) -> str:
    return said[line.heading_text_id].body if line and line.heading_text_id else ""
