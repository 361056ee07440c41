"""Who takes part in the demonstration? Enters organisations and people, and answers them as actors."""

from dataclasses import replace

from sqlalchemy.orm import Session

from consult.cli.demonstration.shapes import Demonstration, Person
from consult.core.actors import SYSTEM, Actor
from consult.core.terms import RoleKind, SeatKind
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
        for person in self.told.people:
            self.persons[person.key] = self._account(person).id
        administrator = self._administrator()
        for organisation in self.told.organisations:
            new = acts.NewOrganisation(
                slug=organisation.key,
                name=organisation.name,
                name_language="en",
                group=organisation.group,
                country=organisation.country,
                clearance_levels=organisation.clearance,
            )
            row = acts.add_organisation(self.session, administrator, new)
            self.organisations[organisation.key] = row.id
            reason = "Known to the secretariat of the demonstration."
            acts.accredit_organisation(self.session, administrator, row, is_accredited=True, reason=reason)
        for person in self.told.people:
            self._seat(administrator, person)

    def organisation_ids(self) -> list[int]:
        """All organisations, in the order of the content."""
        return list(self.organisations.values())

    def actor(self, key: str) -> Actor:
        """A person of the content, acting from her one seat."""
        if key not in self.known:
            row = self.session.get_one(people.Person, self.persons[key])
            self.known[key] = reads.actor(self.session, row)
        return self.known[key]

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
        for person in self.told.people:
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
        row = self.session.get_one(people.Person, self.persons[person.key])
        if person.organisation and person.seat:
            organisation = self.session.get_one(people.Organisation, self.organisations[person.organisation])
            acts.give_seat(self.session, administrator, row, organisation, person.seat)
        if person.role and person.role is not RoleKind.ADMINISTRATOR:
            acts.give_role(self.session, administrator, row, person.role, language=person.role_language)
