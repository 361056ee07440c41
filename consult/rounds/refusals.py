"""What the rounds room refuses, and how it says so."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_datetime, gettext

from consult.core.rounds import CloseRefused
from consult.refusals import Refusal, sentence


@dataclass(unsafe_hash=True)
class RoundsOverlap(Refusal):
    """Two rounds of a consultation never run at the same time."""

    ordinal: int


@dataclass(unsafe_hash=True)
class ClosesBeforeItOpens(Refusal):
    """A round needs some time."""


@dataclass(unsafe_hash=True)
class ClosesInThePast(Refusal):
    """Nobody could speak in it."""

    now: datetime


@dataclass(unsafe_hash=True)
class DraftNotPublished(Refusal):
    """A round is on a published draft."""


@dataclass(unsafe_hash=True)
class DraftSuperseded(Refusal):
    """A round is on the newest draft."""


@dataclass(unsafe_hash=True)
class CannotChangeClose(Refusal):
    """Later at any time; earlier only with reasons and 72 hours ahead; never once it has closed."""

    why: CloseRefused


@sentence(RoundsOverlap)
def rounds_overlap(no: RoundsOverlap) -> str:
    return gettext(
        "Round %(ordinal)d runs at that time. Choose a time before or after it.", ordinal=no.ordinal
    )


@sentence(ClosesBeforeItOpens)
def closes_before_it_opens(_no: ClosesBeforeItOpens) -> str:
    return gettext("The round must close after it opens. Choose a later closing time.")


@sentence(ClosesInThePast)
def closes_in_the_past(no: ClosesInThePast) -> str:
    return gettext(
        "The closing time has passed already (it is %(now)s UTC). Choose a later one.",
        now=format_datetime(no.now, "short"),
    )


@sentence(DraftNotPublished)
def draft_not_published(_no: DraftNotPublished) -> str:
    return gettext("There is no published draft to comment on. Publish the draft first.")


@sentence(DraftSuperseded)
def draft_superseded(_no: DraftSuperseded) -> str:
    return gettext("A newer draft is published. Plan the round on the newest draft.")


@sentence(CannotChangeClose)
def cannot_change_close(no: CannotChangeClose) -> str:
    sentences = {
        CloseRefused.IS_CLOSED: gettext(
            "This round has closed, and cannot be opened again. Plan another round."
        ),
        CloseRefused.HAS_NO_REASON: gettext("Say why the closing time changes; everybody will read it."),
        CloseRefused.IS_TOO_SOON: gettext(
            "A round can be shortened only with 72 hours' notice. Choose a closing time at least 72 hours from now."
        ),
        CloseRefused.IS_UNCHANGED: gettext("That is the closing time already. Choose another."),
    }
    return sentences[no.why]
