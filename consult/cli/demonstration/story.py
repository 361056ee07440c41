"""What happened beside the rounds? Plays the events of story.toml through the program's acts, each at its time."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from consult.cli.demonstration import story_delegations, story_organisations, story_talks
from consult.cli.demonstration.gathering import Gathering
from consult.cli.demonstration.shapes import Demonstration, Event
from consult.cli.demonstration.speaking import Speaking
from consult.cli.demonstration.stage import Act, Stage

ACTS: dict[str, Act] = {**story_organisations.ACTS, **story_talks.ACTS, **story_delegations.ACTS}


class Story:
    """The events, and how far they have been played."""

    def __init__(self, session: Session, told: Demonstration, gathering: Gathering, now: datetime) -> None:
        self.stage = Stage(session, told, gathering, now)
        self.now = now
        self.waiting = list(told.story)

    def begin(self, consultation_id: int, speaking: Speaking) -> None:
        """From now on there is a consultation, in which delegations speak."""
        self.stage.consultation_id, self.stage.said = consultation_id, speaking

    def until(self, instant: datetime) -> list[tuple[datetime, Callable[[], None]]]:
        """The events to an instant that were not taken yet."""
        due = [event for event in self.waiting if self.now - event.ago <= instant]
        self.waiting = self.waiting[len(due) :]
        return [(self.now - event.ago, partial(self._happen, event)) for event in due]

    def _happen(self, event: Event) -> None:
        ACTS[event.act](self.stage, event)
