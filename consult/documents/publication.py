"""What does a writer need to know to write a draft out? These values, and nothing else.

Rows stand in reading order. Each clause of the new draft has one row. What the draft before had and this one has
not stands, struck, at its old place as a row with `is_ended`. A clause that moved is two rows of one code: an ended
one at the old place with its old words, and one at the new place without old words. So accepting every change gives
the new draft and rejecting every change gives the old one, in words and in order; a reader who meets the pair learns
that it was a move from `because`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from consult.core.terms import ClauseKind, TranslationState


@dataclass(frozen=True, slots=True)
class Labels:
    """The interface's words that stand in the document, in its language; names in braces are filled in here."""

    contents: str  # "Contents"
    page: str  # "Page {page} of {pages}"
    dated: str  # "Published on 3 May 2026"
    compared: str  # "Changes are shown against the zero draft."
    inserted: str  # "inserted words"
    deleted: str  # "deleted words"
    brackets: str  # "Words in [square brackets] are not agreed."
    because: str  # "Answers {comments}"
    note: str  # "Note {number}"
    source_shown: str  # "Not translated yet; shown in {language}."
    outdated: str  # "The original has changed since this was translated."
    translation: Mapping[TranslationState, str]  # "Machine translation", "Draft translation, not reviewed", …
    language_names: Mapping[str, str]  # "en" → "English"


@dataclass(frozen=True, slots=True)
class OldWords:
    """A clause as the draft before had it."""

    number: str
    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class PublishedClause:
    code: str
    kind: ClauseKind
    depth: int  # 1 is the top; the whole draft is 0
    number: str
    heading: str
    body: str
    language: str  # of these words: not the publication's where they are not translated
    changed_by: str
    changed_at: datetime
    old: OldWords | None = None  # None: the clause was not in the draft before
    because: str = ""  # "#412, #398"
    is_source_shown: bool = False
    is_ended: bool = False  # the draft before had it here, this one has not; then `body` is empty
    translation: TranslationState | None = None  # None: these are the source's own words
    is_outdated: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    title: str
    language: str  # BCP 47
    draft_label: str  # "First revision"
    previous_label: str | None  # "Zero draft"; None: there is nothing to compare with
    consultation_address: str
    dated: date
    status_line: str
    clauses: tuple[PublishedClause, ...]
    labels: Labels
    author: str  # of a change where a clause names nobody; never a person's own name

    @property
    def has_previous(self) -> bool:
        return self.previous_label is not None
