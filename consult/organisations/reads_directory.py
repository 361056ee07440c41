"""Which organisations are there, and which of them does a reader look for? In any language and script, by any name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.names import Name, called
from consult.core.terms import OrganisationState, StakeholderGroup
from consult.memory import Memory
from consult.organisations.countries import Country, country
from consult.organisations.folding import folded, sought
from consult.organisations.models import Merger
from consult.organisations.websites import same_site
from consult.people.models import Organisation, OrganisationWords
from consult.people.reads_speakers import accredited
from consult.record.models import Entry
from consult.record.reads import chain_head, is_sealed

PAGE = 50
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Listing:
    """One organisation of the list, with all that it is found by: its names, those it had, those merged into it."""

    id: int
    slug: str
    own_name: Name
    names: tuple[Name, ...]
    former_names: tuple[str, ...]
    group: StakeholderGroup
    country: Country
    is_accredited: bool
    website: str
    folded_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation as a reader of one language sees it in the list; `own` where it calls itself otherwise."""

    slug: str
    shown: Name
    own: Name | None
    former_names: tuple[str, ...]
    group: StakeholderGroup
    country: Country
    is_accredited: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader looks for: words of a name, and which of the filters. `after` is the slug to go on from."""

    words: str = ""
    group: StakeholderGroup | None = None
    country: str = ""
    region: str = ""
    is_accredited: bool | None = None
    after: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for beside the whole list."""
        return bool(self.words or self.group or self.country or self.region) or self.is_accredited is not None


@dataclass(frozen=True, slots=True)
class Directory:
    """One page of what was found, how many were found of how many, and the countries to choose from."""

    lines: tuple[Line, ...]
    found_count: int
    listed_count: int
    countries: tuple[str, ...]
    after: str | None


LISTINGS: Memory[tuple[Listing, ...]] = Memory(2)
ORDERED: Memory[tuple[tuple[Listing, Line], ...]] = Memory(8)


def directory(session: Session, asked: Asked, language: str) -> Directory:
    """What was asked for, by name. One query while nothing changed, and the same five however many there are."""
    head = chain_head(session, None)[1]
    listed = listings(session, head)
    ordered = _kept(session, ORDERED, (head, language), lambda: _ordered(listed, language))
    words = sought(asked.words)
    found = [line for listing, line in ordered if _is_asked_for(listing, asked, words)]
    start = next((at + 1 for at, line in enumerate(found) if line.slug == asked.after), 0)
    page = found[start : start + PAGE]
    return Directory(
        lines=tuple(page),
        found_count=len(found),
        listed_count=len(listed),
        countries=tuple(sorted({one.country.code for one in listed})),
        after=page[-1].slug if len(found) > start + PAGE else None,
    )


def lookalikes(
    session: Session, names: Iterable[str], website: str, language: str, *, but: int | None = None
) -> tuple[Line, ...]:
    """The listed organisations that are called the same in some language, or have the same website."""
    wanted, site = {folded(name) for name in names if name.strip()} - {""}, same_site(website)
    listed = listings(session, chain_head(session, None)[1])
    alike = [
        one
        for one in listed
        if one.id != but and (wanted & set(one.folded_names) or (site and site == same_site(one.website)))
    ]
    return tuple(line for _, line in _ordered(alike, language))


def listing_of(session: Session, words: str) -> Listing | None:
    """The one listed organisation that these words name: the end of its address, or a name that no other has."""
    listed = listings(session, chain_head(session, None)[1])
    given = words.strip().rstrip("/").rpartition("/")[2]
    by_slug = next((one for one in listed if one.slug == given), None)
    named = [one for one in listed if folded(words) and folded(words) in one.folded_names]
    return by_slug or (named[0] if len(named) == 1 else None)


def listings(session: Session, head: str) -> tuple[Listing, ...]:
    """All that are listed, in the order of their coming; from memory while the platform's chain stands at this head."""
    return _kept(session, LISTINGS, head, lambda: _listings(session))


def _kept(session: Session, memory: Memory[V], key: object, make: Callable[[], V]) -> V:
    # While something waits to be chained, the head does not name what is there.
    return memory.of(key, make) if is_sealed(session) else make()


def _listings(session: Session) -> tuple[Listing, ...]:
    columns = (
        *(Organisation.id, Organisation.slug, Organisation.name, Organisation.name_language),
        *(Organisation.stakeholder_group, Organisation.country, Organisation.website),
    )
    rows = session.execute(
        select(*columns, accredited())
        .where(Organisation.state == OrganisationState.LISTED)
        .order_by(Organisation.id)
    ).all()
    names, former = _names(session), _former_names(session)
    return tuple(_listing(row, tuple(names.get(row.id, ())), tuple(former.get(row.id, ()))) for row in rows)


def _listing(row: Any, names: tuple[Name, ...], former: tuple[str, ...]) -> Listing:
    own = Name(row.name_language, row.name)
    known = (row.name, *(one.words for one in names), *former)
    return Listing(
        id=row.id,
        slug=row.slug,
        own_name=own,
        names=names,
        former_names=tuple(one for one in former if one != row.name),
        group=row.stakeholder_group,
        country=country(row.country),
        is_accredited=bool(row.accredited),
        website=row.website,
        folded_names=tuple(dict.fromkeys(folded(one) for one in known)),
    )


def _names(session: Session) -> dict[int, list[Name]]:
    """What all are called in other languages than their own, read at once: they are too many to be asked for by id."""
    found: dict[int, list[Name]] = defaultdict(list)
    rows = select(OrganisationWords.organisation_id, OrganisationWords.language, OrganisationWords.name)
    for organisation_id, language, name in session.execute(
        rows.where(OrganisationWords.name != "").order_by(OrganisationWords.language)
    ):
        found[organisation_id].append(Name(language, name))
    return found


def _former_names(session: Session) -> dict[int, list[str]]:
    """What each was called before, by the record; and what those were called that ended in it."""
    found: dict[int, list[str]] = defaultdict(list)
    renamed = select(Entry.thing_id, Entry.facts).where(
        Entry.thing == "organisation", Entry.act == "organisation.renamed"
    )
    for organisation_id, facts in session.execute(renamed.order_by(Entry.id)):
        found[organisation_id].append(str(facts["was"]))
    merged = session.execute(
        select(Merger.organisation_id, Merger.into_id, Organisation.name)
        .join(Organisation, Organisation.id == Merger.organisation_id)
        .order_by(Merger.id)
    ).all()
    for organisation_id, into_id, name in merged:  # in the order of the mergers, so that names travel on
        found[into_id] += [*found.get(organisation_id, ()), name]
    return {one: list(dict.fromkeys(names)) for one, names in found.items()}


def _ordered(listed: Sequence[Listing], language: str) -> tuple[tuple[Listing, Line], ...]:
    pairs = [(one, _line(one, language)) for one in listed]
    return tuple(sorted(pairs, key=lambda pair: (folded(pair[1].shown.words), pair[1].slug)))


def _line(one: Listing, language: str) -> Line:
    shown = called(one.own_name, one.names, language)
    own = one.own_name if shown != one.own_name else None
    return Line(one.slug, shown, own, one.former_names, one.group, one.country, one.is_accredited)


def _is_asked_for(one: Listing, asked: Asked, words: tuple[str, ...]) -> bool:
    return (
        (asked.group is None or one.group is asked.group)
        and (not asked.country or one.country.code == asked.country)
        and (not asked.region or one.country.region == asked.region)
        and (asked.is_accredited is None or one.is_accredited is asked.is_accredited)
        and (not words or any(all(word in name for word in words) for name in one.folded_names))
    )
