"""What can become of a comment, what does each outcome ask of the next text, and who is still without an answer?

The decision and its being carried out are two facts; the second is computed from the texts and never stored.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from consult.core.sources import Amended, sources
from consult.core.stretches import Stretch, stretches, tokens
from consult.core.terms import Outcome
from consult.core.text import brackets, canonical, words


@dataclass(frozen=True, slots=True)
class Asks:
    """What a disposition with this outcome must say, and whether the text must change."""

    needs_answer: bool = True
    needs_words: bool = False
    needs_other: bool = False
    needs_round: bool = False
    changes_text: bool = False


OUTCOMES: Mapping[Outcome, Asks] = {
    Outcome.ACCEPTED: Asks(changes_text=True),
    Outcome.ACCEPTED_IN_PRINCIPLE: Asks(needs_words=True, changes_text=True),
    Outcome.ACCEPTED_IN_PART: Asks(changes_text=True),
    Outcome.NOTED: Asks(),
    Outcome.NOT_ACCEPTED: Asks(),
    Outcome.ANSWERED_WITH: Asks(needs_other=True),
    Outcome.OUT_OF_SCOPE: Asks(),
    Outcome.DEFERRED: Asks(needs_round=True),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A comment, the round it came in, and what exempts it from an answer."""

    number: int
    round_id: int
    is_withdrawn: bool = False
    is_superseded: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The standing disposition of a comment in a round."""

    number: int
    round_id: int
    outcome: Outcome
    deferred_to: int | None = None


def unanswered(
    heard: Iterable[Heard], answers: Collection[Answer], closed_rounds: Collection[int]
) -> tuple[tuple[int, int], ...]:
    """The comments, each with its round, that closed rounds still owe an answer.

    A deferred comment comes up again in the round to which it was deferred.
    """
    live = [one for one in heard if not (one.is_withdrawn or one.is_superseded or one.is_hidden)]
    numbers = {one.number for one in live}
    due = {(one.number, one.round_id) for one in live}
    due |= {(one.number, one.deferred_to) for one in answers if one.deferred_to and one.number in numbers}
    answered = {(one.number, one.round_id) for one in answers}
    return tuple(sorted(pair for pair in due - answered if pair[1] in closed_rounds))


def carried_out(
    outcome: Outcome, base: str, proposed: str | None, next_text: str | None, words_used: str | None = None
) -> bool | None:
    """Whether the next text did what the outcome says; None where nothing can be or need be checked.

    No next text means that the clause was struck; an amendment that strikes it proposes the empty text.
    """
    after = canonical(next_text or "")
    if outcome is Outcome.ACCEPTED and proposed is not None:
        return _is_whole(canonical(base), canonical(proposed), after)
    if outcome is Outcome.ACCEPTED_IN_PRINCIPLE and words_used is not None:
        return _stands_in(words_used, after)
    if outcome is Outcome.ACCEPTED_IN_PART and proposed is not None:
        amended = Amended(0, canonical(proposed))
        return any(change.comments for change in sources(canonical(base), after, [amended]))
    return None


def _is_whole(base: str, proposed: str, after: str) -> bool:
    """Whether each change proposed was made, alone or within a larger one; left in brackets is not made."""
    made = stretches(base, _agreed(after, proposed))
    return all(own in made or _is_within(base, own, made) for own in stretches(base, proposed))


def _is_within(base: str, own: Stretch, made: Iterable[Stretch]) -> bool:
    struck, put_in = _struck_and_put_in(base, own)
    for change in made:
        if change.old_from <= own.old_from and own.old_to <= change.old_to:
            wide_struck, wide_put_in = _struck_and_put_in(base, change)
            return struck <= wide_struck and put_in <= wide_put_in
    return False


def _struck_and_put_in(base: str, stretch: Stretch) -> tuple[Counter[str], Counter[str]]:
    was = Counter(word.text for word in tokens(base)[stretch.old_from : stretch.old_to])
    now = Counter(word.text for word in words(stretch.wording))
    return was - now, now - was


def _agreed(body: str, proposed: str) -> str:
    """The text without what is still in brackets, but for brackets that were proposed themselves."""
    parts, at = [], 0
    for span in brackets(body):
        if body[span.start : span.end] not in proposed:
            parts.append(body[at : span.start])
            at = span.end
    return "".join([*parts, body[at:]])


def _stands_in(part: str, body: str) -> bool:
    """Whether these words stand in the text, one after the other."""
    wanted = [word.text for word in words(canonical(part).strip())]
    there = [word.text for word in words(body)]
    return bool(wanted) and any(
        there[at : at + len(wanted)] == wanted for at in range(len(there) - len(wanted) + 1)
    )
