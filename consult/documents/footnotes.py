"""Which note does `[^1]` mean, and what does it say?

A note is a clause of its own, or stands in the body that cites it as `[^1]: its words`. Numbers of notes start again
in annexes: the next one that follows is meant, else the last before.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from consult.core.terms import ClauseKind
from consult.documents.bodies import Block, blocks, no_note, plain
from consult.documents.publication import PublishedClause
from consult.documents.redlines import Change, MarkedBlock, marked

_DEFINED = re.compile(
    r"^[ ]{0,3}\[\^([^\]\s^]+)\]:[ \t]*(.+(?:\n(?![ ]{0,3}\[\^|[ \t]*$).+)*)\n*", re.MULTILINE
)

Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Words:
    number: str
    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note in both drafts; a side that has no such note is empty."""

    clause: PublishedClause  # itself, or the one in whose body it stands
    old_number: str
    number: str
    old: Blocks
    new: Blocks

    def cited(self, change: Change) -> tuple[MarkedBlock, ...]:
        """The note's words under a citation that stays, comes or goes: they come and go with it."""
        if change == "equal":
            return marked(self.old, self.new, alike=0)  # a footnote's first paragraph cannot come or go
        return marked((), self.new) if change == "insert" else marked(self.old, ())


@dataclass(slots=True)
class Draft:
    """One of the two drafts: its words by the place of their row, and the notes found in them, by key."""

    words: Mapping[int, Words]
    numbers: Mapping[int, str]  # of the clauses that are notes
    notes: dict[str, tuple[str, Blocks]] = field(default_factory=dict)

    def body(self, place: int, is_note: bool) -> Blocks:
        words = self.words[place]
        if is_note:
            named = (Block("para", *plain(words.heading)),) if words.heading else ()
            found = named + blocks(words.body, no_note)  # a note that cites notes would not end
            self.notes[str(place)] = (self.numbers[place], found)
            return found
        body, defined = _defined(words.body)
        for label, text in defined.items():
            self.notes[f"{place}:{label}"] = (label, blocks(text, no_note))
        return blocks(body, self._note_of(place, defined))

    def _note_of(self, place: int, defined: Mapping[str, str]) -> Callable[[str], str | None]:
        def note_of(label: str) -> str | None:
            if label in defined:
                return f"{place}:{label}"
            found = [at for at, number in self.numbers.items() if number == label]
            return str(min(found, key=lambda at: (at < place, abs(at - place)))) if found else None

        return note_of


def draft(rows: tuple[PublishedClause, ...], *, is_old: bool) -> Draft:
    words = {place: found for place, row in enumerate(rows) if (found := _words(row, is_old))}
    notes = {
        place: bare(found.number) for place, found in words.items() if rows[place].kind is ClauseKind.NOTE
    }
    return Draft(words, notes)


def bare(number: str) -> str:
    return number.strip("[]()^. ")


def both(rows: tuple[PublishedClause, ...], old: Draft, new: Draft) -> dict[str, Note]:
    """The notes of the two drafts by key; without an old draft, none is a changed one."""
    nothing: tuple[str, Blocks] = ("", ())
    keys = [*new.notes, *(key for key in old.notes if key not in new.notes)]
    found = {}
    for key in keys:
        before, after = old.notes.get(key, nothing), new.notes.get(key, nothing)
        found[key] = Note(rows[int(key.partition(":")[0])], before[0], after[0], before[1], after[1])
    return found


def _words(row: PublishedClause, is_old: bool) -> Words | None:
    if is_old:
        return Words(row.old.number, row.old.heading, row.old.body) if row.old else None
    return None if row.is_ended else Words(row.number, row.heading, row.body)


def _defined(body: str) -> tuple[str, dict[str, str]]:
    """The body without the notes that stand in it, and these; one that the body does not cite stays words."""
    rest = _DEFINED.sub("", body)
    defined = {found[1]: found[2].strip() for found in _DEFINED.finditer(body) if f"[^{found[1]}]" in rest}
    kept = _DEFINED.sub(lambda found: "" if found[1] in defined else found[0], body)
    return kept, defined
