"""What does an event of the story know of those before it?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.cli.demonstration.gathering import Gathering
from consult.cli.demonstration.shapes import Demonstration, Event, Organisation, Paper
from consult.cli.demonstration.speaking import Speaking
from consult.comments.models import Contribution
from consult.core.actors import Actor
from consult.people import models as people


@dataclass
class Stage:
    """Who is there, and what was made so far, by the keys of the content."""

    session: Session
    told: Demonstration
    gathering: Gathering
    now: datetime
    consultation_id: int = 0
    said: Speaking | None = None
    invitations: dict[str, str] = field(default_factory=dict)  # by address: its key
    talks: dict[str, int] = field(default_factory=dict)  # their consultations

    @property
    def speaking(self) -> Speaking:
        """The delegations at work; there are none before the first round."""
        if self.said is None:
            raise LookupError("nobody speaks yet")
        return self.said

    def who(self, event: Event) -> Actor:
        """Whoever acts, with the seats and roles that she has at that time."""
        return self.gathering.fresh(event.by or "")

    def organisation_id(self, event: Event, name: str = "organisation") -> int:
        """The organisation that an event is about."""
        return self.gathering.organisations[event.facts[name]]

    def organisation(self, event: Event) -> people.Organisation:
        """Its row."""
        return self.session.get_one(people.Organisation, self.organisation_id(event))

    def told_organisation(self, event: Event) -> Organisation:
        """What the content says of it."""
        everybody = (*self.told.organisations, *self.told.newcomers)
        return next(one for one in everybody if one.key == event.facts["organisation"])

    def paper(self, event: Event) -> Contribution:
        """The paper that an event is about."""
        return self.session.get_one(Contribution, self.speaking.papers[event.facts["paper"]])


Act = Callable[[Stage, Event], Any]


def words_of(event: Event) -> Paper:
    """What an event says."""
    if event.said is None:
        raise LookupError(f"{event.act} says nothing")
    return event.said
