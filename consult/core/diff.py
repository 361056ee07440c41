"""What changed between two texts, word by word, in any script?

A change never cuts a word. What is compared is words; the blanks between them follow, so that taking a word
out or putting one in leaves no stray blank behind, in scripts with blanks and without.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from unicodedata import category

from rapidfuzz.distance import Indel

from consult.core.text import ENDS_OF_SENTENCES, Word, has_unspaced, is_blank, is_mark, words


@dataclass(frozen=True, slots=True)
class Edit:
    """One changed stretch, in code points of the old and of the new text."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Run:
    kind: Literal["equal", "delete", "insert"]
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """One changed stretch by the words of the old text: words old_from to old_to become `wording`.

    `before` and `after` are the blanks around it in the new text. An empty wording strikes the words; with no
    words struck either, only the blanks change.
    """

    old_from: int
    old_to: int
    wording: str
    before: str
    after: str


@dataclass(slots=True)
class _Span:
    """The same stretch while it is being sought, by word counts of both texts."""

    old_from: int
    old_to: int
    new_from: int
    new_to: int


def edits(old: str, new: str) -> tuple[Edit, ...]:
    return woven(old, stretches(old, new))[1]


def applied(old: str, new: str, changes: Sequence[Edit]) -> str:
    """The new text again, from the old one and the inserted words alone."""
    parts: list[str] = []
    at = 0
    for change in changes:
        parts += [old[at : change.old_start], new[change.new_start : change.new_end]]
        at = change.old_end
    return "".join([*parts, old[at:]])


def redline(old: str, new: str) -> tuple[Run, ...]:
    """What to show: kept, struck and new words in reading order, the struck before the new."""
    runs: list[Run] = []
    at = 0
    for edit in edits(old, new):
        runs += [
            Run("equal", old[at : edit.old_start]),
            Run("delete", old[edit.old_start : edit.old_end]),
            Run("insert", new[edit.new_start : edit.new_end]),
        ]
        at = edit.old_end
    return tuple(run for run in [*runs, Run("equal", old[at:])] if run.text)


@lru_cache(maxsize=2048)
def stretches(old: str, new: str) -> tuple[Stretch, ...]:
    """The changed stretches in order; no two of them touch."""
    if old == new:
        return ()
    was, now = tokens(old), tokens(new)
    spans = _raw_spans(was, now)
    alike = _cut_alike(was, now, spans, new)
    if alike is not now:
        now, spans = alike, _raw_spans(was, alike)
    spans = _tidied(spans, was, now)
    return tuple(_stretch(span, now, new) for span in _with_blanks(spans, was, now))


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that follow each other in a woven text: kept ones, or the wording of a stretch."""

    gap: str
    wording: str
    old_start: int
    old_end: int
    stretch: Stretch | None


def pieces(body: str, changes: Sequence[Stretch], start: int, stop: int) -> Iterator[Piece]:
    """The words from `start` to `stop` with these changes made; the last piece carries only a blank.

    Each blank is what the changes on both its sides leave of it: one that says nothing of it gives way to one
    that does. So neighbours changed by different hands are neither glued together nor parted twice.
    """
    was = tokens(body)
    at, gap = start, was[start].space
    for change in (*changes, None):
        until = stop if change is None else change.old_from
        if at < until:
            yield Piece(gap, body[was[at].start : was[until - 1].end], was[at].start, was[until - 1].end, None)
            gap = was[until].space
        if change is None:
            break
        if change.before != was[until].space:
            gap = change.before
        at = change.old_to
        old = (was[until].start, was[at - 1].end) if until < at else (-1, -1)
        yield Piece(gap * bool(change.wording), change.wording, *old, change)
        gap = change.after if change.wording else gap
    yield Piece(gap, "", was[stop].start, was[stop].start, None)


def woven(body: str, changes: Sequence[Stretch]) -> tuple[str, tuple[Edit, ...]]:
    """The text with these changes made (in order, none overlapping), and where each stands in both texts.

    A blank that changed goes with the change before it, else with the one after it.
    """
    parts: list[str] = []
    places: list[Edit] = []
    old_at = new_at = 0
    is_after_change = False
    for piece in pieces(body, changes, 0, len(tokens(body)) - 1):
        old_start = old_at if piece.old_start < 0 else piece.old_start
        new_start = new_at + len(piece.gap)
        begin = old_start, new_start
        if piece.stretch and not (piece.wording and piece.old_start >= 0):
            begin = old_at, new_at  # only put in, or only struck: its own blank comes along
        elif body[old_at:old_start] != piece.gap and is_after_change:
            places[-1] = Edit(places[-1].old_start, old_start, places[-1].new_start, new_start)
        elif body[old_at:old_start] != piece.gap:
            begin = old_at, new_at
        old_at, new_at = max(old_at, piece.old_end), new_start + len(piece.wording)
        parts += [piece.gap, piece.wording]
        is_after_change = piece.stretch is not None
        if is_after_change:
            places.append(Edit(begin[0], old_at, begin[1], new_at))
    return "".join(parts), tuple(places)


def tokens(body: str) -> tuple[Word, ...]:
    """The words, closed by an empty one that carries the blanks at the end."""
    return _closed(words(body), body)


def _closed(found: Sequence[Word], body: str) -> tuple[Word, ...]:
    return (*found, Word("", len(body), len(body), body[found[-1].end if found else 0 :]))


def _raw_spans(was: Sequence[Word], now: Sequence[Word]) -> list[_Span]:
    """The algorithm's own answer, adjacent pieces joined."""
    spans: list[_Span] = []
    opcodes = Indel.opcodes([word.text for word in was], [word.text for word in now])
    for code in opcodes:
        if code.tag == "equal":
            continue
        if spans and spans[-1].old_to == code.src_start and spans[-1].new_to == code.dest_start:
            spans[-1].old_to, spans[-1].new_to = code.src_end, code.dest_end
        else:
            spans.append(_Span(code.src_start, code.src_end, code.dest_start, code.dest_end))
    return spans


def _cut_alike(was: Sequence[Word], now: Sequence[Word], spans: Iterable[_Span], new: str) -> Sequence[Word]:
    """The new words, cut where the old ones are cut.

    Where a script has no blanks, the words are found by a dictionary, and a change can shift the cuts of its
    unchanged neighbours. Without this the neighbours would seem changed too.
    """
    starts = {word.start for word in now}
    cuts = set(starts)
    for span in spans:
        if span.old_from == span.old_to or span.new_from == span.new_to:
            continue
        start, end = now[span.new_from].start, now[span.new_to - 1].end
        if has_unspaced(new[start:end]):
            for same in _same_at_edges(was[span.old_from : span.old_to], new, start, end):
                cuts = {at for at in cuts if not same[0] < at < same[-1]} | set(same)
    cuts = {at for at in cuts if at in starts or _is_inside_unspaced(new, at)}
    return now if cuts == starts else _cut(new, sorted(cuts - {len(new)}))


def _same_at_edges(was: Sequence[Word], new: str, start: int, end: int) -> Iterator[list[int]]:
    """Where the old words start with which this stretch of the new text begins; and those with which it ends.

    Each list is closed by the end of its last word.
    """
    head, at = [start], start
    for word in was:
        piece = word.space * (at > start) + word.text
        if not new.startswith(piece, at, end):
            break
        at += len(piece)
        head[-1:] = [at - len(word.text), at]
    yield head
    tail, gap = [end], ""
    for word in reversed(was[len(head) - 1 :]):
        at = tail[0] - len(gap) - len(word.text)
        if at < head[-1] or not new.startswith(word.text + gap, at):
            break
        tail.insert(0, at)
        gap = word.space
    yield tail


def _is_inside_unspaced(new: str, at: int) -> bool:
    """Whether a word may start here although nothing shows it."""
    is_inside = 0 < at < len(new) and has_unspaced(new[at - 1]) and has_unspaced(new[at])
    return is_inside and not category(new[at]).startswith("M")


def _cut(new: str, starts: Sequence[int]) -> tuple[Word, ...]:
    found: list[Word] = []
    for start, end in zip(starts, [*starts[1:], len(new)], strict=True):
        while is_blank(new[end - 1]):
            end -= 1
        found.append(Word(new[start:end], start, end, new[found[-1].end if found else 0 : start]))
    return _closed(found, new)


def _tidied(spans: list[_Span], was: Sequence[Word], now: Sequence[Word]) -> list[_Span]:
    """Slid to where a reader would cut, and joined over a lone mark between two changes."""
    tidy: list[_Span] = []
    for position, span in enumerate(spans):
        floor = tidy[-1].old_to if tidy else 0
        ceiling = spans[position + 1].old_from if position + 1 < len(spans) else len(was)
        _slide(span, was, now, floor, ceiling)
        if tidy and _joins(was[tidy[-1].old_to : span.old_from]):
            tidy[-1].old_to, tidy[-1].new_to = span.old_to, span.new_to
        else:
            tidy.append(span)
    return tidy


def _joins(between: Sequence[Word]) -> bool:
    """Nothing, or a lone mark, parts no two changes; the end of a sentence or of a line does."""
    if not between:
        return True
    mark = between[0]
    return (
        len(between) == 1
        and is_mark(mark.text)
        and mark.text not in ENDS_OF_SENTENCES
        and "\n" not in mark.space
    )


def _slide(span: _Span, was: Sequence[Word], now: Sequence[Word], floor: int, ceiling: int) -> None:
    """Words put in or struck beside their like could stand at several places; take the plainest.

    In "x, z, y" the new words are "z," and not ", z"; a new sentence begins after the full stop of the last.
    """
    if span.old_from == span.old_to:
        side, start, end = now, span.new_from, span.new_to
    elif span.new_from == span.new_to:
        side, start, end = was, span.old_from, span.old_to
    else:
        return
    least = most = 0
    while span.old_from + least > floor and side[start + least - 1].text == side[end + least - 1].text:
        least -= 1
    while span.old_to + most < ceiling and side[start + most].text == side[end + most].text:
        most += 1
    by = max(range(least, most + 1), key=lambda by: (_plainness(side, start + by), -by))
    span.old_from, span.old_to = span.old_from + by, span.old_to + by
    span.new_from, span.new_to = span.new_from + by, span.new_to + by


def _plainness(side: Sequence[Word], at: int) -> int:
    """How natural it is for a change to begin here: a line, a sentence, a word, or only a mark."""
    if "\n" in side[at].space:
        return 3
    if at and side[at - 1].text in ENDS_OF_SENTENCES:
        return 2
    return 0 if is_mark(side[at].text) else 1


def _with_blanks(spans: Iterable[_Span], was: Sequence[Word], now: Sequence[Word]) -> Iterator[_Span]:
    """The spans, and between them empty ones where only the blanks before a word changed."""
    old_at = new_at = 0
    for span in (*spans, _Span(len(was), len(was), len(now), len(now))):
        for step in range(span.old_from - old_at):
            is_after_span = step == 0 and old_at + new_at > 0
            if not is_after_span and was[old_at + step].space != now[new_at + step].space:
                yield _Span(old_at + step, old_at + step, new_at + step, new_at + step)
        if span.old_from < len(was):
            yield span
        old_at, new_at = span.old_to, span.new_to


def _stretch(span: _Span, now: Sequence[Word], new: str) -> Stretch:
    has_words = span.new_from < span.new_to
    wording = new[now[span.new_from].start : now[span.new_to - 1].end] if has_words else ""
    return Stretch(span.old_from, span.old_to, wording, now[span.new_from].space, now[span.new_to].space)
