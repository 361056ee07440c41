"""What does the reader show? One section of a draft: its clauses in a language, with what was said of each.

A page is the same for everybody who may see it, so it is kept in memory under the heads of the chains. What it costs
to make does not grow with the draft: words and stances are read of the clauses on the page alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult.comments.reads import comment_counts
from consult.consensus.reads import ClauseStand, Heads, Stances, clause_stand, current
from consult.core.terms import ClauseKind, TranslationState
from consult.core.text import bracket_count
from consult.drafts.reads import ClauseLine, Consulted, DraftLine, clause_named, sections, tree
from consult.languages.models import Translation
from consult.languages.reads import Said, originals, texts_in
from consult.memory import Memory

MOST_IN_A_SECTION = 60
MOST_WITHOUT_SECTIONS = 30
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: a section, with the comments on all of it."""

    line: ClauseLine
    heading: Said | None
    comment_count: int


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause as it is read; `beside` are the same words in the language that is read beside."""

    line: ClauseLine
    heading: Said | None
    text: Said
    beside: Said | None
    comment_count: int
    stand: ClauseStand | None
    bracket_count: int
    indent: int
    anchor: str

    @property
    def is_numbered(self) -> bool:
        """Whether its label is a bare number, to be called clause so and so; "Article 3" says it itself."""
        return self.line.label[:1].isdigit() or self.line.label[:1] == "("


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language in which words of this page can be read, and the least reviewed state among them."""

    language: str
    state: TranslationState | None


@dataclass(frozen=True, slots=True)
class Reader:
    """One page of a draft. `selected` is the clause whose comments stand beside."""

    draft: DraftLine
    language: str
    beside: str | None
    contents: tuple[Entry, ...]
    whole: ReadClause
    section: ReadClause
    clauses: tuple[ReadClause, ...]
    selected: ReadClause | None
    previous: Entry | None
    following: Entry | None
    part: int
    part_count: int
    clause_count: int
    bracket_count: int
    tongues: tuple[Tongue, ...]
    state: TranslationState | None
    is_source_shown: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page is asked for: in which languages, which clause or section, which part of a long one."""

    language: str
    beside: str | None = None
    name: str | None = None
    part: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """One page of a draft: a section, or a part of one too long for a page."""

    section: ClauseLine
    shown: tuple[ClauseLine, ...]
    part: int
    part_count: int


PLACES: Memory[dict[int, tuple[Place, ...]]] = Memory(64)
PAGES: Memory[Reader] = Memory(256)
SHAPES: Memory[tuple[int, int]] = Memory(64)
COUNTS: Memory[dict[int, int]] = Memory(16)


def reader(session: Session, consulted: Consulted, draft: DraftLine, state: Heads, wanted: Wanted) -> Reader:
    """The page on which a clause or section stands; the first page where none is named. One query warm."""
    lines = tree(session, draft.id)
    named = clause_named(lines, wanted.name) if wanted.name else None
    is_lasting = (
        draft.published_at is not None
    )  # an unpublished draft can be imported anew without a public act
    places = PLACES.of((draft.id, draft.sha256), lambda: _places(lines)) if is_lasting else _places(lines)
    parts = places[named.clause_id if named else lines[0].clause_id]
    place = parts[min(max(wanted.part, 1), len(parts)) - 1]
    key = (draft.id, draft.sha256, state, wanted.language, wanted.beside, place.section.clause_id, place.part)

    def make() -> Reader:
        return _page(session, consulted, draft, state, wanted, lines, place)

    found = PAGES.of(key, make) if is_lasting else make()
    if named is None or (named is place.section and place.part > 1):
        return found
    return replace(found, selected=_selected(found, named))


def _places(lines: tuple[ClauseLine, ...]) -> dict[int, tuple[Place, ...]]:
    """Where each clause is read: a section on any of its parts, a clause on its own; the whole at the beginning."""
    found: dict[int, tuple[Place, ...]] = {}
    for section in sections(lines) or lines[:1]:
        below = [one for one in lines[1:] if one.section_id == section.clause_id and one is not section]
        most = MOST_IN_A_SECTION if section.kind is ClauseKind.SECTION else MOST_WITHOUT_SECTIONS
        chunks = [tuple(below[at : at + most]) for at in range(0, len(below), most)] or [()]
        parts = tuple(Place(section, chunk, part, len(chunks)) for part, chunk in enumerate(chunks, 1))
        found[section.clause_id] = parts
        found.update({line.clause_id: (place,) for place in parts for line in place.shown})
    found.setdefault(lines[0].clause_id, next(iter(found.values())))
    return found


def _selected(found: Reader, named: ClauseLine) -> ReadClause | None:
    every = (found.whole, found.section, *found.clauses)
    one = next(one for one in every if one.line.clause_id == named.clause_id)
    # A section's own page opens on what was said in it; on the section itself only where that is all there is.
    is_page = one is found.section and named.kind is ClauseKind.SECTION and not one.comment_count
    return found.selected if is_page else one


def _page(
    session: Session,
    consulted: Consulted,
    draft: DraftLine,
    state: Heads,
    wanted: Wanted,
    lines: tuple[ClauseLine, ...],
    place: Place,
) -> Reader:
    counts = COUNTS.of((draft.id, state[0]), lambda: comment_counts(session, draft.id))
    clause_count, brackets = _shape(session, draft, lines)
    whole, pages, shown = lines[0], sections(lines) or lines[:1], (place.section, *place.shown)
    texts = [text for line in (whole, *shown) for text in (line.text_id, line.heading_text_id)]
    said = texts_in(session, [*texts, *(line.heading_text_id for line in pages)], wanted.language)
    other = texts_in(session, texts, wanted.beside) if wanted.beside else {}
    given = current(session, consulted, draft.id, state, tuple(line.clause_id for line in (whole, *shown)))
    base = min((line.depth for line in shown[1:]), default=0)
    anchors = _anchors(shown)
    root, section, *clauses = (
        _clause(consulted, line, counts, said, other, given, base, anchors) for line in (whole, *shown)
    )
    contents = _contents(lines, pages, counts, said)
    at = [line.clause_id for line in pages].index(section.line.clause_id)
    words = [one.text for one in (section, *clauses) if one.text.body]
    states = [one.state for one in words if one.state]
    return Reader(
        draft=draft,
        language=wanted.language,
        beside=wanted.beside,
        contents=contents,
        whole=root,
        section=section,
        clauses=tuple(clauses),
        selected=next((one for one in (section, *clauses) if one.comment_count), None),
        previous=contents[at - 1] if at else None,
        following=contents[at + 1] if at + 1 < len(contents) else None,
        part=place.part,
        part_count=place.part_count,
        clause_count=clause_count,
        bracket_count=brackets,
        tongues=_tongues(session, consulted, [one.source_text_id for one in words]),
        state=_least(states),
        is_source_shown=wanted.language != consulted.source_language
        and any(not one.is_translation for one in words),
    )


def _clause(
    consulted: Consulted,
    line: ClauseLine,
    counts: dict[int, int],
    said: dict[int, Said],
    other: dict[int, Said],
    given: Stances,
    base: int,
    anchors: dict[int, str],
) -> ReadClause:
    text = said[line.text_id]
    beside = other.get(line.text_id)
    return ReadClause(
        line=line,
        heading=said.get(line.heading_text_id) if line.heading_text_id else None,
        text=text,
        beside=beside if beside and beside.language != text.language else None,
        comment_count=counts.get(line.clause_id, 0),
        stand=clause_stand(consulted, given, line.clause_id) if given.on(line.clause_id) else None,
        bracket_count=bracket_count(text.body),
        indent=min(max(line.depth - base, 0), DEEPEST),
        anchor=anchors.get(line.clause_id, line.code),
    )


def _anchors(shown: tuple[ClauseLine, ...]) -> dict[int, str]:
    """Where the marks of notes lead: `note-3`, to the first note of that number on the page."""
    first: dict[str, int] = {}
    for line in shown:
        if line.kind is ClauseKind.NOTE and line.number:
            first.setdefault(line.number, line.clause_id)
    return {clause_id: f"note-{number}" for number, clause_id in first.items()}


def _contents(
    lines: tuple[ClauseLine, ...],
    pages: tuple[ClauseLine, ...],
    counts: dict[int, int],
    said: dict[int, Said],
) -> tuple[Entry, ...]:
    by_section: dict[int, int] = {}
    for line in lines[1:]:  # the comments on the whole draft are named apart
        if line.clause_id in counts:
            by_section[line.section_id] = by_section.get(line.section_id, 0) + counts[line.clause_id]
    return tuple(
        Entry(line, said.get(line.heading_text_id or 0), by_section.get(line.clause_id, 0)) for line in pages
    )


def _shape(session: Session, draft: DraftLine, lines: tuple[ClauseLine, ...]) -> tuple[int, int]:
    """How many clauses and brackets a draft has: read once, as a published draft never changes."""

    def counted() -> tuple[int, int]:
        texts = originals(session, [line.text_id for line in lines])
        clauses = [line for line in lines if line.kind is ClauseKind.CLAUSE]
        return len(clauses), sum(bracket_count(texts[line.text_id].body) for line in lines)

    return SHAPES.of((draft.id, draft.sha256), counted) if draft.published_at else counted()


def _tongues(session: Session, consulted: Consulted, text_ids: list[int]) -> tuple[Tongue, ...]:
    """The languages on offer in which these texts can be read, the source first."""
    newer = aliased(Translation)
    query = (
        select(Translation.language, Translation.state)
        .where(
            Translation.source_text_id.in_(set(text_ids)),
            ~select(newer.id).where(newer.replaces_id == Translation.id).exists(),
        )
        .distinct()
    )
    states: dict[str, list[TranslationState]] = {}
    for language, state in session.execute(query):
        states.setdefault(language, []).append(state)
    source, *others = consulted.offered
    return (Tongue(source, None), *(Tongue(one, _least(states[one])) for one in others if one in states))


def _least(states: Iterable[TranslationState]) -> TranslationState | None:
    order = list(TranslationState)
    return min(states, key=order.index, default=None)
