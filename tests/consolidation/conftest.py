"""The desk's own world."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from tests.consolidation.world import World


@pytest.fixture
def world(session: Session) -> World:
    """A consultation with a round; the clock runs free."""
    return World(session)


@pytest.fixture
def closed(world: World, stopped_at: Callable[[datetime], None]) -> World:
    """The same, a day after the round closed."""
    stopped_at(world.after)
    return world
