"""What does the reader show? One section of a draft: its clauses in a language, with what was said of each."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.comments.reads import comment_counts
from consult.consensus.reads import ClauseStand, clause_stand, current
from consult.core.terms import ClauseKind
from consult.core.text import bracket_count
from consult.drafts.reads import ClauseLine, Consulted, DraftLine, clause_named, sections, tree
from consult.languages.reads import Said, languages_of, texts_in
from consult.memory import Memory

MOST_ON_A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents."""

    code: str
    number: str
    heading: Said | None
    comment_count: int
    is_current: bool
    depth: int


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause as it is read."""

    line: ClauseLine
    heading: Said | None
    text: Said
    comment_count: int
    stand: ClauseStand | None
    bracket_count: int
    is_selected: bool
    indent: int

    @property
    def is_plain(self) -> bool:
        """Whether it is a provision that can be commented on beside its words, not a heading."""
        return self.line.kind in (ClauseKind.CLAUSE, ClauseKind.TABLE)


@dataclass(frozen=True, slots=True)
class Reader:
    """One page of a draft."""

    draft: DraftLine
    language: str
    contents: tuple[Entry, ...]
    section: ReadClause
    clauses: tuple[ReadClause, ...]
    selected: ReadClause | None
    previous: Entry | None
    following: Entry | None
    part: int
    part_count: int
    clause_count: int
    bracket_count: int
    languages: tuple[str, ...]
    is_source_shown: bool
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """What every page of a draft needs: counts by clause and section, languages, brackets."""

    counts: dict[int, int]
    by_section: dict[int, int]
    headings: dict[int, Said]
    languages: dict[str, int]
    clause_count: int
    bracket_count: int


WHOLES: Memory[Whole] = Memory(64)


def reader(
    session: Session, consulted: Consulted, draft: DraftLine, language: str, name: str | None, part: int = 1
) -> Reader:
    """The page on which a clause or section stands; the first page where none is named."""
    lines = tree(session, draft.id)
    whole = _whole(session, consulted, draft, lines, language)
    pages = sections(lines)
    wanted = clause_named(lines, name) if name else pages[0]
    page = next(one for one in pages if one.clause_id == wanted.section_id)
    below = [one for one in lines if one.section_id == page.clause_id and one.clause_id != page.clause_id]
    if name and wanted.clause_id != page.clause_id:
        part = below.index(wanted) // MOST_ON_A_PAGE + 1
    part_count = max(1, -(-len(below) // MOST_ON_A_PAGE))
    part = min(max(part, 1), part_count)
    shown = below[(part - 1) * MOST_ON_A_PAGE : part * MOST_ON_A_PAGE]
    clauses = _clauses(session, consulted, draft, [page, *shown], whole, language, wanted)
    return _reader(draft, language, whole, pages, clauses, (part, part_count), consulted)


def _reader(
    draft: DraftLine,
    language: str,
    whole: Whole,
    pages: tuple[ClauseLine, ...],
    clauses: list[ReadClause],
    parts: tuple[int, int],
    consulted: Consulted,
) -> Reader:
    section = clauses[0]
    contents = tuple(_entry(one, whole, section.line) for one in pages)
    at = [entry.is_current for entry in contents].index(True)
    selected = next((one for one in clauses if one.is_selected and (one.is_plain or one.line.kind is ClauseKind.NOTE)), None)
    said = [one.text for one in clauses if one.text.body]
    return Reader(
        draft=draft,
        language=language,
        contents=contents,
        section=section,
        clauses=tuple(clauses[1:]),
        selected=selected or next((one for one in clauses[1:] if one.comment_count), None),
        previous=contents[at - 1] if at else None,
        following=contents[at + 1] if at + 1 < len(contents) else None,
        part=parts[0],
        part_count=parts[1],
        clause_count=whole.clause_count,
        bracket_count=whole.bracket_count,
        languages=tuple(one for one in consulted.offered if whole.languages.get(one)),
        is_source_shown=any(not one.is_translation for one in said) and language != consulted.source_language,
        states=tuple(sorted({str(one.state) for one in said if one.state})),
    )


def _whole(
    session: Session, consulted: Consulted, draft: DraftLine, lines: tuple[ClauseLine, ...], language: str
) -> Whole:
    key = (draft.id, draft.sha256, consulted.chain_head, language)
    return WHOLES.of(key, lambda: _count(session, draft, lines, language))


def _count(session: Session, draft: DraftLine, lines: tuple[ClauseLine, ...], language: str) -> Whole:
    counts = comment_counts(session, draft.id)
    by_section: dict[int, int] = {}
    for line in lines:
        by_section[line.section_id] = by_section.get(line.section_id, 0) + counts.get(line.clause_id, 0)
    text_ids = {line.text_id for line in lines}
    texts = texts_in(session, text_ids, "")
    return Whole(
        counts=counts,
        by_section=by_section,
        headings=texts_in(session, [line.heading_text_id for line in sections(lines)], language),
        languages=languages_of(session, text_ids),
        clause_count=sum(line.kind is ClauseKind.CLAUSE for line in lines),
        bracket_count=sum(bracket_count(one.body) for one in texts.values()),
    )


def _clauses(
    session: Session,
    consulted: Consulted,
    draft: DraftLine,
    lines: list[ClauseLine],
    whole: Whole,
    language: str,
    wanted: ClauseLine,
) -> list[ReadClause]:
    said = texts_in(session, [one for line in lines for one in (line.text_id, line.heading_text_id)], language)
    given = current(session, consulted, draft.id)
    base = min(line.depth for line in lines[1:]) if len(lines) > 1 else 0
    found = []
    for line in lines:
        is_said = line.clause_id in given.by_voice
        found.append(
            ReadClause(
                line=line,
                heading=said.get(line.heading_text_id) if line.heading_text_id else None,
                text=said[line.text_id],
                comment_count=whole.counts.get(line.clause_id, 0),
                stand=clause_stand(session, consulted, given, line.clause_id) if is_said else None,
                bracket_count=bracket_count(said[line.text_id].body),
                is_selected=line.clause_id == wanted.clause_id,
                indent=min(max(line.depth - base, 0), 4),
            )
        )
    return found


def _entry(line: ClauseLine, whole: Whole, current_section: ClauseLine) -> Entry:
    return Entry(
        code=line.code,
        number=line.number,
        heading=whole.headings.get(line.heading_text_id) if line.heading_text_id else None,
        comment_count=whole.by_section.get(line.clause_id, 0),
        is_current=line.clause_id == current_section.clause_id,
        depth=line.depth,
    )
