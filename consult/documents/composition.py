"""What stands on the pages of a publication: which paragraphs, how deep, with which footnotes and remarks?

A note that the text cites becomes a footnote where it is cited; one that nothing cites stands at its own place.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from consult.core.languages import direction
from consult.core.terms import ClauseKind, TranslationState
from consult.documents.bodies import Block, Style, blocks, no_note, plain
from consult.documents.publication import Labels, Publication, PublishedClause
from consult.documents.redlines import Change, MarkedBlock, Piece, marked, unmarked

Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ComposedClause:
    clause: PublishedClause
    blocks: tuple[MarkedBlock, ...]
    indent: int  # how many numbered paragraphs it stands under
    remarks: tuple[str, ...]  # what a reader must know of these words
    reason: str  # why they changed, in the publication's language

    @property
    def is_changed(self) -> bool:
        return any(_is_changed(block) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Note:
    clause: PublishedClause
    old: Blocks
    new: Blocks

    def cited(self, change: Change) -> tuple[MarkedBlock, ...]:
        """The note's words under a citation that stays, comes or goes: they come and go with it."""
        if change == "equal":
            return marked(self.old, self.new, alike=0)  # a footnote's first paragraph cannot come or go
        return marked((), self.new) if change == "insert" else marked(self.old, ())


@dataclass(frozen=True, slots=True)
class Composition:
    publication: Publication
    clauses: tuple[ComposedClause, ...]
    notes: Mapping[str, Note]  # by the key that a citation carries
    preface: tuple[str, ...]  # what holds for the whole text

    @property
    def has_changes(self) -> bool:
        return any(clause.is_changed for clause in self.clauses)

    def own_marks(self) -> dict[str, str]:
        """The notes' printed numbers, if counting the citations from one on would print others."""
        cited = [
            piece.style.note
            for clause in self.clauses
            for block in clause.blocks
            for piece in _all_pieces(block)
            if piece.style.note and piece.change != "delete"
        ]
        counted = [str(number) for number in range(1, len(cited) + 1)]
        if [_bare(self.notes[key].clause.number) for key in cited] == counted:
            return {}
        return {key: _bare(note.clause.number) for key, note in self.notes.items()}


def compose(publication: Publication, *, tracked: bool) -> Composition:
    """Without `tracked`, or without a draft before, only the new words stand."""
    tracked = tracked and publication.has_previous
    rows = publication.clauses if tracked else tuple(row for row in publication.clauses if not row.is_ended)
    places = list(_places(rows))
    new = [_new(rows, place, level) for place, (level, _) in enumerate(places)]
    old = [_old(rows, place, level) if tracked else () for place, (level, _) in enumerate(places)]
    gone, kept = ({style.note for style in _styles(texts)} for texts in (old, new))
    labels, usual = publication.labels, _usual_state(rows)
    clauses: list[ComposedClause] = []
    notes: dict[str, Note] = {}
    for place, row in enumerate(rows):
        before, after = old[place], new[place]
        if row.kind is ClauseKind.NOTE:
            notes[str(place)] = Note(row, before if tracked else after, after)
            before = (
                () if str(place) in gone else _labelled(before, row.old.number if row.old else "", labels)
            )
            after = () if str(place) in kept else _labelled(after, row.number, labels)
        found = marked(before, after) if tracked else unmarked(after)
        if found:
            remarks = () if row.is_ended else tuple(_remarks(row, usual, labels))
            reason = _reason(row, publication) if any(_is_changed(block) for block in found) else ""
            clauses.append(ComposedClause(row, found, places[place][1], remarks, reason))
    return Composition(publication, tuple(clauses), notes, tuple(_preface(labels, new, usual)))


def _places(rows: tuple[PublishedClause, ...]) -> Iterator[tuple[int, int]]:
    """For each row, the level of its heading and its indent: headings do not push the text to the side."""
    above: list[tuple[int, bool]] = []  # depth, and whether it has a heading
    for row in rows:
        while above and above[-1][0] >= row.depth:
            above.pop()
        headed = sum(has_heading for _, has_heading in above)
        yield min(headed + 1, 6), len(above) - headed
        if row.kind is not ClauseKind.WHOLE:
            above.append(
                (row.depth, _is_headed(row.kind, row.heading or (row.old.heading if row.old else "")))
            )


def _is_headed(kind: ClauseKind, heading: str) -> bool:
    return kind is ClauseKind.SECTION or bool(heading)


def _new(rows: tuple[PublishedClause, ...], place: int, level: int) -> Blocks:
    row = rows[place]
    if row.is_ended:
        return ()
    numbers = {at: _bare(note.number) for at, note in enumerate(rows) if _is_note(note) and not note.is_ended}
    return _all_blocks(row, (row.number, row.heading, row.body), place, level, numbers)


def _old(rows: tuple[PublishedClause, ...], place: int, level: int) -> Blocks:
    row = rows[place]
    if row.old is None:
        return ()
    numbers = {at: _bare(note.old.number) for at, note in enumerate(rows) if _is_note(note) and note.old}
    return _all_blocks(row, (row.old.number, row.old.heading, row.old.body), place, level, numbers)


def _is_note(row: PublishedClause) -> bool:
    return row.kind is ClauseKind.NOTE


def _bare(number: str) -> str:
    return number.strip("[]()^. ")


def _all_blocks(
    row: PublishedClause, words: tuple[str, str, str], place: int, level: int, notes: Mapping[int, str]
) -> Blocks:
    number, heading, body = words
    if _is_note(row):
        named = (Block("para", *plain(heading)),) if heading else ()
        return named + blocks(body, no_note)  # a note that cites notes would not end

    def note_of(label: str) -> str | None:
        """Numbers of notes start again in annexes: the next one that follows is meant, else the last before."""
        found = [at for at, known in notes.items() if known == label]
        return str(min(found, key=lambda at: (at < place, abs(at - place)))) if found else None

    return tuple(_with_lead(row.kind, number, heading, level, blocks(body, note_of)))


def _with_lead(kind: ClauseKind, number: str, heading: str, level: int, body: Blocks) -> Iterator[Block]:
    """The number stands before the heading where there is one, else before the first paragraph."""
    if _is_headed(kind, heading) and (number or heading):
        text, styles = plain(heading)
        yield Block(
            "caption" if kind is ClauseKind.TABLE else "heading", text, styles, level, plain(number)[0]
        )
    elif number and body and body[0].kind == "para":
        yield replace(body[0], label=plain(number)[0])
        body = body[1:]
    elif number:
        yield Block("para", label=plain(number)[0])
    yield from body


def _labelled(body: Blocks, number: str, labels: Labels) -> Blocks:
    label = labels.note.format(number=_bare(number))
    if body and body[0].kind == "para":
        return (replace(body[0], label=label), *body[1:])
    return (Block("para", label=label), *body) if body else ()


def _styles(texts: list[Blocks]) -> Iterator[Style]:
    for block in (block for text in texts for block in text):
        for part in (block, *(cell for row in block.rows for cell in row)):
            yield from part.styles


def _usual_state(rows: tuple[PublishedClause, ...]) -> TranslationState | None:
    states = Counter(row.translation for row in rows if row.translation and not row.is_ended)
    return max(states, key=lambda state: (states[state], state)) if states else None


def _remarks(row: PublishedClause, usual: TranslationState | None, labels: Labels) -> Iterator[str]:
    if row.is_source_shown:
        yield labels.source_shown.format(language=labels.language_names.get(row.language, row.language))
    if row.translation and (row.translation is TranslationState.MACHINE or row.translation is not usual):
        yield labels.translation[row.translation]
    if row.is_outdated:
        yield labels.outdated


def _reason(row: PublishedClause, publication: Publication) -> str:
    if not row.because:
        return ""
    # Among Arabic words "#412" would be turned round: it is kept apart from them.
    is_rtl = direction(publication.language) == "rtl"
    cited = f"\N{FIRST STRONG ISOLATE}{row.because}\N{POP DIRECTIONAL ISOLATE}" if is_rtl else row.because
    return publication.labels.because.format(comments=cited)


def _preface(labels: Labels, new: list[Blocks], usual: TranslationState | None) -> Iterator[str]:
    if usual:
        yield labels.translation[usual]
    if any(style.bracketed for style in _styles(new)):
        yield labels.brackets


def _is_changed(block: MarkedBlock) -> bool:
    rows = any(row.change != "equal" for row in block.rows)
    return rows or block.change != "equal" or any(piece.change != "equal" for piece in _all_pieces(block))


def _all_pieces(block: MarkedBlock) -> Iterator[Piece]:
    yield from (*block.label, *block.pieces)
    for row in block.rows:
        for cell in row.cells:
            yield from cell.pieces
