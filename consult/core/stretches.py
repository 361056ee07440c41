"""Which words of a text did another put in, strike or replace, in any script?

The algorithm's own answer is the shortest, not the plainest: what it returns is then cut and joined as a reader
would. A change never cuts a word.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

from rapidfuzz.distance import Indel

from consult.core.text import ENDS_OF_SENTENCES, Word, has_unspaced, is_blank, is_mark, words


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


@lru_cache(maxsize=2048)
def stretches(old: str, new: str) -> tuple[Stretch, ...]:
    """The changed stretches in order; no two of them touch."""
    if old == new:
        return ()
    was = tokens(old)
    now: Sequence[Word] = tokens(new)
    spans = _raw_spans(was, now)
    alike = _cut_alike(was, now, spans, new)
    if alike is not now:
        now, spans = alike, _raw_spans(was, alike)
    spans = _tidied(spans, was, now)
    return tuple(_stretch(span, now, new) for span in _with_blanks(spans, was, now))


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
