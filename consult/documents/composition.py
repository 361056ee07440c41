"""What stands on the pages of a publication: which paragraphs, how deep, with which footnotes and remarks?

A note that the text cites becomes a footnote where it is cited; one that nothing cites stands at its own place.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from consult.core.languages import direction
from consult.core.terms import ClauseKind, TranslationState
from consult.documents.bodies import Block, Style, plain
from consult.documents.footnotes import Blocks, Draft, Note, both, draft
from consult.documents.publication import Labels, Publication, PublishedClause
from consult.documents.redlines import MarkedBlock, Piece, marked, unmarked


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
class Composition:
    publication: Publication
    clauses: tuple[ComposedClause, ...]
    notes: Mapping[str, Note]  # by the key that a citation carries
    preface: tuple[str, ...]  # what holds for the whole text

    @property
    def has_changes(self) -> bool:
        notes = (block for note in self.notes.values() for block in note.cited("equal"))
        return any(clause.is_changed for clause in self.clauses) or any(_is_changed(block) for block in notes)

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
        if [self.notes[key].number for key in cited] == counted:
            return {}
        return {key: note.number or note.old_number for key, note in self.notes.items()}


def compose(publication: Publication, *, tracked: bool) -> Composition:
    """Without `tracked`, or without a draft before, only the new words stand."""
    tracked = tracked and publication.has_previous
    rows = publication.clauses if tracked else tuple(row for row in publication.clauses if not row.is_ended)
    places = list(_places(rows))
    was, is_ = draft(rows if tracked else (), is_old=True), draft(rows, is_old=False)
    old, new = ([_blocks(one, rows, place, places) for place in range(len(rows))] for one in (was, is_))
    gone, kept = ({style.note for style in _styles(texts)} for texts in (old, new))
    labels, usual = publication.labels, _usual_state(rows)
    clauses: list[ComposedClause] = []
    for place, row in enumerate(rows):
        before, after = old[place], new[place]
        if row.kind is ClauseKind.NOTE:
            before = () if str(place) in gone else _labelled(before, was.numbers.get(place, ""), labels)
            after = () if str(place) in kept else _labelled(after, is_.numbers.get(place, ""), labels)
        found = marked(before, after) if tracked else unmarked(after)
        if found:
            remarks = () if row.is_ended else tuple(_remarks(row, usual, labels))
            reason = _reason(row, publication) if any(_is_changed(block) for block in found) else ""
            clauses.append(ComposedClause(row, found, places[place][1], remarks, reason))
    notes = both(rows, was if tracked else is_, is_)
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


def _blocks(
    one: Draft, rows: tuple[PublishedClause, ...], place: int, places: list[tuple[int, int]]
) -> Blocks:
    if place not in one.words:
        return ()
    body = one.body(place, rows[place].kind is ClauseKind.NOTE)
    if rows[place].kind is ClauseKind.NOTE:
        return body
    words = one.words[place]
    return tuple(_with_lead(rows[place].kind, words.number, words.heading, places[place][0], body))


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
    label = labels.note.format(number=number)
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
