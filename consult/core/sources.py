"""Whose is each change of a text that was edited by hand after the merge?

A comment asks for a change where it changes the same words, and at least half of the words that it puts in (or,
if it only strikes, of those that it strikes) are in the change too. Words for which no comment accounts become
a change of their own that cites nobody, so that no hand's work hides behind another's name.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consult.core.diff import Edit, woven
from consult.core.stretches import Stretch, stretches, tokens
from consult.core.text import Word, brackets, has_unspaced, is_blank, is_mark, words


@dataclass(frozen=True, slots=True, order=True)
class Amended:
    """One accepted amendment: its comment's number, and the whole text that it proposes."""

    comment: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of base and next text, in code points, with the comments that ask for it."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    comments: tuple[int, ...]


def sources(base: str, final: str, amendments: Sequence[Amended]) -> tuple[Change, ...]:
    """Every change from base to final, with the comments that ask for it."""
    changes = stretches(base, final)
    found: list[Change] = []
    for change, place in zip(changes, woven(base, changes)[1], strict=True):
        asking = [
            (amended.comment, own)
            for amended in sorted(set(amendments))
            for own in stretches(base, amended.text)
            if _asks(base, own, change)
        ]
        if asking:
            found += _shared_out(base, final, change, place, asking)
        else:
            found.append(Change(place.old_start, place.old_end, place.new_start, place.new_end, ()))
    return tuple(_with_brackets(base, final, found))


def _with_brackets(base: str, final: str, changes: Sequence[Change]) -> Iterator[Change]:
    """Brackets put around words belong to whoever asks for the words inside."""
    spans = brackets(final)
    for change in changes:
        struck, put_in = base[change.old_start : change.old_end], final[change.new_start : change.new_end]
        if not change.comments and is_blank(struck) and put_in.strip() and not put_in.strip("[] "):
            around = [span for span in spans if span.start <= change.new_end and change.new_start <= span.end]
            asking = {
                comment
                for span in around
                for other in changes
                if other.new_start < span.end and span.start < other.new_end
                for comment in other.comments
            }
            change = replace(change, comments=tuple(sorted(asking)))
        yield change


def _asks(base: str, own: Stretch, change: Stretch) -> bool:
    if (own.old_from, own.old_to, own.wording) == (change.old_from, change.old_to, change.wording):
        return True
    start, stop = max(own.old_from, change.old_from), min(own.old_to, change.old_to)
    has_point = own.old_from == own.old_to or change.old_from == change.old_to
    if start > stop or (start == stop and not has_point):
        return False
    was = tokens(base)
    own_words, made_words = _struck(was, own), _struck(was, change)
    wanted, made = _counted(own.wording) - own_words, _counted(change.wording) - made_words
    if not wanted:
        wanted, made = own_words - _counted(own.wording), made_words - _counted(change.wording)
    return bool(wanted) and 2 * (wanted & made).total() >= wanted.total()


def _struck(was: Sequence[Word], stretch: Stretch) -> Counter[str]:
    return _without_marks([word.text for word in was[stretch.old_from : stretch.old_to]])


def _counted(part: str) -> Counter[str]:
    return _without_marks([word.text for word in words(part)])


def _without_marks(found: Sequence[str]) -> Counter[str]:
    """How often each word stands there; the marks only where there is nothing else."""
    return Counter([word for word in found if not is_mark(word)] or found)


def _shared_out(
    base: str, final: str, change: Stretch, place: Edit, asking: Sequence[tuple[int, Stretch]]
) -> Iterator[Change]:
    """The change in parts, in order: struck words nobody asked to strike, what was asked, and words put in by hand."""
    cited = tuple(sorted({comment for comment, _ in asking}))
    old_at, old_end = _asked_span(base, change, place, [own for _, own in asking])
    new_at = place.new_start
    if place.old_start < old_at:
        yield Change(place.old_start, old_at, new_at, new_at, ())
    texts = [base[place.old_start : place.old_end], *(own.wording for _, own in asking)]
    runs = list(_runs(final[place.new_start : place.new_end], texts))
    if old_at < old_end and not any(is_known for is_known, _ in runs):
        yield Change(old_at, old_end, new_at, new_at, cited)
        old_at = old_end
    for is_known, length in runs:
        stop = old_end if is_known else old_at
        yield Change(old_at, stop, new_at, place.new_start + length, cited if is_known else ())
        old_at, new_at = stop, place.new_start + length
    if old_end < place.old_end:
        yield Change(old_end, place.old_end, new_at, new_at, ())


def _asked_span(base: str, change: Stretch, place: Edit, asking: Sequence[Stretch]) -> tuple[int, int]:
    """The part of the struck words that those who ask wanted changed too."""
    was = tokens(base)
    spans = [(own.old_from, own.old_to) for own in asking if own.old_from < own.old_to]
    first = max(change.old_from, min((start for start, _ in spans), default=change.old_to))
    last = min(change.old_to, max((stop for _, stop in spans), default=change.old_to))
    kept = {word.text for word in words(change.wording)}
    if any(word.text in kept for word in was[change.old_from : first]):
        first = change.old_from  # not struck but moved
    if any(word.text in kept for word in was[last : change.old_to]):
        last = change.old_to
    start = was[first].start if change.old_from < first < change.old_to else place.old_start
    if first == change.old_to:
        start = place.old_end
    return start, was[last - 1].end if first < last < change.old_to else place.old_end


def _runs(inserted: str, texts: Sequence[str]) -> Iterator[tuple[bool, int]]:
    """Whether words put in are known from these texts, and where each such run ends; a mark follows its word."""
    known = {word.text for text in texts for word in words(text)}
    runs: list[tuple[bool, int]] = []
    for word in words(inserted):
        is_known = word.text in known or (
            has_unspaced(word.text) and any(word.text in text for text in texts)
        )
        if is_mark(word.text):
            is_known = runs[-1][0] if runs else True
        if runs and runs[-1][0] == is_known:
            runs.pop()
        runs.append((is_known, word.end))
    if runs:
        runs[-1] = (runs[-1][0], len(inserted))
    return iter(runs)
