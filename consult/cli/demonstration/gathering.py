"""Who takes part in the demonstration? Enters organisations and people, and answers them as actors."""

from dataclasses import replace

from sqlalchemy.orm import Session

from consult.cli.demonstration.shapes import Demonstration, Organisation, Person
from consult.core.actors import SYSTEM, Actor
from consult.core.terms import RoleKind, SeatKind
from consult.organisations.acts import NewWords
from consult.organisations.acts_names import choose_website, describe_organisation
from consult.people import acts, reads
from consult.people import models as people


class Gathering:
    """The people of the demonstration, by the keys of its content."""

    def __init__(self, session: Session, told: Demonstration, password_hash: str) -> None:
        self.session = session
        self.told = told
        self.password_hash = password_hash
        self.persons: dict[str, int] = {}
        self.organisations: dict[str, int] = {}
        self.known: dict[str, Actor] = {}

    def gather(self) -> None:
        """Accounts first, then organisations, accredited by the administrator, then seats and roles."""
        for person in (*self.told.people, *self.told.later_people):
            if not person.is_invited:
                self.persons[person.key] = self._account(person).id
        administrator = self._administrator()
        for organisation in self.told.organisations:
            self.enter(administrator, organisation, "Known to the secretariat of the demonstration.")
        for person in self.told.people:
            self._seat(administrator, person)
        for organisation in self.told.organisations:
            self.describe(organisation)

    def enter(self, administrator: Actor, organisation: Organisation, reason: str) -> None:
        """Enters an organisation under the name that it had then, and accredits it."""
        new = acts.NewOrganisation(
            slug=organisation.key,
            name=organisation.earlier_name or organisation.name,
            name_language="en",
            group=organisation.group,
            country=organisation.country,
            clearance_levels=organisation.clearance,
        )
        row = acts.add_organisation(self.session, administrator, new)
        self.organisations[organisation.key] = row.id
        acts.accredit_organisation(self.session, administrator, row, is_accredited=True, reason=reason)

    def seat_all(self, administrator: Actor, organisation: str) -> None:
        """Seats those of the later people who belong to an organisation."""
        for person in self.told.later_people:
            if person.organisation == organisation:
                self._seat(administrator, person)

    def describe(self, organisation: Organisation) -> None:
        """Its head says what it is called in other languages, how it describes itself, and where its website is."""
        head = self.seated(organisation.key, SeatKind.HEAD)
        if head is None:
            return
        organisation_id = self.organisations[organisation.key]
        for words in named(organisation):
            describe_organisation(self.session, head, organisation_id, words)
        if organisation.website:
            choose_website(self.session, head, organisation_id, organisation.website)

    def organisation_ids(self, *keys: str) -> list[int]:
        """Those with these keys, else the organisations of the first day, in the order of the content."""
        return [self.organisations[key] for key in keys or [each.key for each in self.told.organisations]]

    def actor(self, key: str) -> Actor:
        """A person of the content, acting from her one seat."""
        if key not in self.known:
            self.known[key] = self.fresh(key)
        return self.known[key]

    def fresh(self, key: str) -> Actor:
        """A person of the content with the seats and roles that she has by now."""
        return reads.actor(self.session, self.person(key))

    def person(self, key: str) -> people.Person:
        """Her account."""
        return self.session.get_one(people.Person, self.persons[key])

    def told_of(self, key: str) -> Person:
        """What the content says of a person."""
        everybody = (*self.told.people, *self.told.later_people)
        return next(person for person in everybody if person.key == key)

    def moderator(self) -> Actor:
        """The moderator of the demonstration account."""
        return self.actor("moderator")

    def translator(self, language: str) -> Actor:
        """Whoever translates into a language."""
        keys = [
            p.key for p in self.told.people if p.role is RoleKind.TRANSLATOR and p.role_language == language
        ]
        return self.actor(keys[0])

    def seated(self, organisation: str, *kinds: SeatKind) -> Actor | None:
        """The first person in such a seat of a delegation."""
        for person in (*self.told.people, *self.told.later_people):
            if person.organisation == organisation and person.seat in kinds:
                return self.actor(person.key)
        return None

    def _account(self, person: Person) -> people.Person:
        new = acts.NewPerson(person.email, person.name, person.language, person.time_zone, self.password_hash)
        return acts.add_person(self.session, SYSTEM, new)

    def _administrator(self) -> Actor:
        key = next(person.key for person in self.told.people if person.role is RoleKind.ADMINISTRATOR)
        row = self.session.get_one(people.Person, self.persons[key])
        acts.give_role(self.session, SYSTEM, row, RoleKind.ADMINISTRATOR)
        self.session.flush()
        return replace(reads.actor(self.session, row), place=None)

    def _seat(self, administrator: Actor, person: Person) -> None:
        row = self.person(person.key)
        if person.organisation and person.seat:
            organisation = self.session.get_one(people.Organisation, self.organisations[person.organisation])
            acts.give_seat(self.session, administrator, row, organisation, person.seat)
        if person.role and person.role is not RoleKind.ADMINISTRATOR:
            acts.give_role(self.session, administrator, row, person.role, language=person.role_language)


def named(organisation: Organisation) -> list[NewWords]:
    """Its names and descriptions beside its own name, by language."""
    languages = dict.fromkeys([*organisation.own_name, *organisation.about])
    return [
        NewWords(one, organisation.own_name.get(one, ""), organisation.about.get(one, ""))
        for one in languages
    ]
