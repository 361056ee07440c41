"""What the delegations room refuses, and how it says so."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from consult.refusals import Refusal, sentence


@dataclass
class OnlyTheHead(Refusal):
    """A delegation's own deadline is its head's to set."""


@dataclass
class NotBeforeTheClose(Refusal):
    """A delegation's own deadline lies before the round's."""

    closes_at: datetime


@dataclass
class PassedAlready(Refusal):
    """A deadline lies ahead."""


@dataclass
class RoundIsOver(Refusal):
    """The round has closed; there is nothing left to be in time for."""


@dataclass
class NothingSaid(Refusal):
    """A remark has words."""


@sentence(OnlyTheHead)
def only_the_head(_no: OnlyTheHead) -> str:
    return gettext(
        "Only the head of delegation sets the delegation's own deadline. Ask the head of delegation."
    )


@sentence(NotBeforeTheClose)
def not_before_the_close(_no: NotBeforeTheClose) -> str:
    return gettext("The round closes at that time or before it. Choose a time before the round closes.")


@sentence(PassedAlready)
def passed_already(_no: PassedAlready) -> str:
    return gettext("That time has passed already. Choose a later one.")


@sentence(RoundIsOver)
def round_is_over(_no: RoundIsOver) -> str:
    return gettext("This round has closed, so it needs no deadline of your own any more.")


@sentence(NothingSaid)
def nothing_said(_no: NothingSaid) -> str:
    return gettext("Write what you want to say to your delegation.")
