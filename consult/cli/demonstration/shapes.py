"""What shape has each thing that the demonstration says? Frozen values and nothing else; `content.py` fills them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from consult.core.terms import (
    AmendmentKind,
    Category,
    ClauseKind,
    Outcome,
    PaperState,
    RoleKind,
    SeatKind,
    SettlementKind,
    StakeholderGroup,
    Stance,
    Track,
)


@dataclass(frozen=True, slots=True)
class Person:
    key: str
    name: str
    email: str
    language: str
    time_zone: str
    organisation: str | None
    seat: SeatKind | None
    role: RoleKind | None
    role_language: str | None
    is_invited: bool = False  # her account is made when she accepts an invitation


@dataclass(frozen=True, slots=True)
class Organisation:
    key: str  # its slug
    name: str
    own_name: Mapping[str, str]  # language → the name in it
    group: StakeholderGroup
    country: str  # ISO 3166-1, two letters
    clearance: int
    languages: tuple[str, ...]  # the first is the one it usually comments in
    about: Mapping[str, str] = field(default_factory=dict)  # language → how it describes itself there
    website: str = ""
    earlier_name: str = ""  # under which it was entered, where it has another name since


@dataclass(frozen=True, slots=True)
class ClauseWords:
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    key: str
    parent: str | None
    kind: ClauseKind
    number: str  # as printed in the zero draft; empty for a clause that it has not
    heading: str
    text: str  # in the source language; empty for a section that is only a heading


@dataclass(frozen=True, slots=True)
class Guideline:
    title: Mapping[str, str]
    summary: Mapping[str, str]
    source: str
    languages: tuple[str, ...]  # the source among them
    clauses: tuple[Clause, ...]  # in reading order, each after its parent
    translations: Mapping[str, Mapping[str, ClauseWords]]  # language → clause key → words


@dataclass(frozen=True, slots=True)
class Comment:
    key: str
    number: int  # in the consultation, in order of time over both rounds
    at: timedelta  # since the round opened
    organisation: str
    author: str  # the person who wrote it; the head submits
    clause: str  # a clause key, or "whole"
    language: str
    read: str  # the language version that the author read, and amends
    stance: Stance
    category: Category
    reasons: str
    quote: str | None  # words of the version read that it is about
    kind: AmendmentKind | None  # None: not an amendment
    proposed: (
        str | None
    )  # the whole proposed text (insert_after: of the new clause; split: parts by blank lines)
    supersedes: str | None
    withdrawn_at: timedelta | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A contribution that has not left its delegation."""

    key: str
    at: timedelta
    state: PaperState  # draft or verified
    organisation: str
    author: str
    clause: str
    language: str
    read: str
    stance: Stance
    category: Category
    reasons: str
    kind: AmendmentKind | None
    proposed: str | None
    notes: str  # private to the delegation
    names_author: bool = False


@dataclass(frozen=True, slots=True)
class BarePosition:
    """A stance taken by a tap, without a comment; never an objection."""

    organisation: str
    clause: str
    stance: Stance
    at: timedelta


@dataclass(frozen=True, slots=True)
class Round:
    length: timedelta
    opened_ago: timedelta  # longer than `length`: the round is closed
    comments: tuple[Comment, ...]  # in order of time
    papers: tuple[Paper, ...]
    positions: tuple[BarePosition, ...]


@dataclass(frozen=True, slots=True)
class Disposed:
    comment: str
    outcome: Outcome
    answer: str
    words: str | None  # accepted_in_principle: the words used, as they stand in the settled text
    answered_with: str | None  # the key of the other comment


@dataclass(frozen=True, slots=True)
class SettledChange:
    old: str
    new: str
    old_start: int  # code points in the clause's text before
    new_start: int  # code points in the settled text
    cites: tuple[str, ...]  # comment keys; empty exactly where it is editorial
    is_editorial: bool


@dataclass(frozen=True, slots=True)
class Settled:
    key: str  # of the clause; of the new one where kind is insert
    kind: SettlementKind
    text: str | None  # the settled text; None where it is deleted
    changes: tuple[SettledChange, ...]
    cites: tuple[str, ...]  # every comment that led here, of all changes
    is_editorial: bool  # at least one change is
    after: str | None  # insert: the clause that it follows, at the same depth
    parts: tuple[tuple[str, str], ...]  # split: key and text of each further clause, in order
    bracket_reasons: tuple[str, ...]  # why each bracketed place is open, in order


@dataclass(frozen=True, slots=True)
class Revision:
    settled: tuple[Settled, ...]  # every clause not named here is kept as it stands
    clauses: tuple[Clause, ...]  # the first revision in reading order; the program gives the numbers
    translations: Mapping[str, Mapping[str, ClauseWords]]  # of changed and new texts; gaps are meant


@dataclass(frozen=True, slots=True)
class Talks:
    """Restricted talks: a text of a few clauses between named parties."""

    key: str  # its slug
    title: Mapping[str, str]
    summary: Mapping[str, str]
    clauses: tuple[tuple[str, Mapping[str, str]], ...]  # number, and the words by language
    track: Track
    mechanism: str | None
    parties: tuple[str, ...]
    languages: tuple[str, ...]
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened beside the rounds."""

    ago: timedelta  # before the moment of the play
    act: str
    by: str | None  # a person; None where who holds a link acts
    facts: Mapping[str, Any]
    said: Paper | None  # what is written, changed or said


@dataclass(frozen=True, slots=True)
class Demonstration:
    guideline: Guideline
    organisations: tuple[Organisation, ...]
    people: tuple[Person, ...]
    required_groups: tuple[StakeholderGroup, ...]
    first_round: Round
    dispositions: Mapping[str, Disposed]  # by comment key
    revision: Revision
    second_round: Round
    newcomers: tuple[Organisation, ...]  # of whom the story tells
    later_people: tuple[Person, ...]
    talks: Mapping[str, Talks]
    story: tuple[Event, ...]  # in the order of time
