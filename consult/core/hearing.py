"""Who is to hear of which act, and by which kind of letter?

Everybody whom an act concerns hears of it once, under the first reason that holds; nobody hears of her own act, and
nobody of what she may not see. The table below is the whole answer for the acts of the record; `closing` is the one
letter that the clock writes.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum

from consult.core.terms import HEADS, SeatKind


class Circle(StrEnum):
    """Whom an act is about."""

    CONSULTED = "consulted"  # who takes part in the consultation, follows it, or moderates it
    AUTHORS = "authors"  # the delegations and the individuals whose comments it is about
    DELEGATION = "delegation"  # everybody seated in the organisations that it is about
    HERSELF = "herself"  # the person it is about


class Why(StrEnum):
    """Why somebody hears of it: the letter says so at its end."""

    ROSTER = "roster"
    SPOKEN = "spoken"
    FOLLOWS = "follows"
    MODERATES = "moderates"
    DELEGATION = "delegation"
    HERSELF = "herself"


HEARD: Mapping[str, Circle] = {
    "draft.published": Circle.CONSULTED,
    "round.planned": Circle.CONSULTED,
    "round.extended": Circle.CONSULTED,
    "round.shortened": Circle.CONSULTED,
    "round.closed": Circle.CONSULTED,
    "dispositions.published": Circle.AUTHORS,
    "comment.submitted": Circle.AUTHORS,
    "comment.withdrawn": Circle.AUTHORS,
    "comment.hidden": Circle.AUTHORS,
    "comment.restored": Circle.AUTHORS,
    "organisation.accredited": Circle.DELEGATION,
    "organisation.accreditation_ended": Circle.DELEGATION,
    "organisation.renamed": Circle.DELEGATION,
    "organisation.merged": Circle.DELEGATION,
    "organisation.disabled": Circle.DELEGATION,
    "organisation.restored": Circle.DELEGATION,
    "role.given": Circle.HERSELF,
    "role.ended": Circle.HERSELF,
}
"""By act; a letter's kind is named as its act. What is not here is read in the record by whoever wants to."""

Seats = Mapping[int, Mapping[int, SeatKind]]


@dataclass(frozen=True, slots=True)
class Picture:
    """Who there is, as of now: seats by organisation and person, and who has to do with the consultation.

    `seers` are those who may see it; None where everybody may.
    """

    seats: Seats = field(default_factory=dict)
    roster: Set[int] = frozenset()
    spoken: Set[int] = frozenset()
    individuals: Set[int] = frozenset()
    followers: Set[int] = frozenset()
    moderators: Set[int] = frozenset()
    seers: Set[int] | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What one act is about: whose comments, which organisations, which persons; and who did it."""

    organisations: tuple[int, ...] = ()
    persons: tuple[int, ...] = ()
    by: Set[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Heard:
    """One person who hears of it, why, and for which organisation, if for one."""

    person_id: int
    why: Why
    organisation_id: int | None = None


def hearers(act: str, about: About, picture: Picture) -> tuple[Heard, ...]:
    """Who hears of this act, each once, in the order of their ids."""
    circle = HEARD.get(act)
    if circle is None:
        return ()
    # What is done to herself she hears of even where it takes her sight away, as when a role ends.
    seers = None if circle is Circle.HERSELF else picture.seers
    return _once(_of_circle(circle, about, picture), about.by, seers)


def closing(picture: Picture, waiting: Set[int], writing: Set[int]) -> tuple[Heard, ...]:
    """Who hears that a round closes soon: heads and deputies who may still speak.

    Those of the roster, those whose delegation has papers that wait (`waiting`), and individuals with a paper of
    their own (`writing`).
    """
    asked = sorted({*picture.roster, *waiting})
    clearing = {*HEADS, SeatKind.DEPUTY}

    def heard() -> Iterator[Heard]:
        for organisation_id in asked:
            why = Why.ROSTER if organisation_id in picture.roster else Why.DELEGATION
            for person_id, kind in picture.seats.get(organisation_id, {}).items():
                if kind in clearing:
                    yield Heard(person_id, why, organisation_id)
        for person_id in writing:
            yield Heard(person_id, Why.HERSELF)

    return _once(heard(), frozenset(), picture.seers)


def _of_circle(circle: Circle, about: About, picture: Picture) -> Iterator[Heard]:
    if circle is Circle.HERSELF:
        yield from (Heard(one, Why.HERSELF) for one in about.persons)
        return
    if circle is not Circle.CONSULTED:
        yield from _seated(about.organisations, Why.DELEGATION, picture.seats)
        yield from (Heard(one, Why.HERSELF) for one in about.persons)
        return
    yield from _seated(sorted(picture.roster), Why.ROSTER, picture.seats)
    yield from _seated(sorted(picture.spoken), Why.SPOKEN, picture.seats)
    yield from (Heard(one, Why.SPOKEN) for one in picture.individuals)
    yield from (Heard(one, Why.MODERATES) for one in picture.moderators)
    yield from (Heard(one, Why.FOLLOWS) for one in picture.followers)


def _seated(organisations: tuple[int, ...] | list[int], why: Why, seats: Seats) -> Iterator[Heard]:
    for organisation_id in organisations:
        for person_id in seats.get(organisation_id, {}):
            yield Heard(person_id, why, organisation_id)


def _once(heard: Iterator[Heard], by: Set[int], seers: Set[int] | None) -> tuple[Heard, ...]:
    first: dict[int, Heard] = {}
    for one in heard:
        if one.person_id not in by and (seers is None or one.person_id in seers):
            first.setdefault(one.person_id, one)
    return tuple(first[person_id] for person_id in sorted(first))
