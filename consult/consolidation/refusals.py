"""What the desk refuses, and how it says so."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_datetime, gettext, ngettext

from consult.refusals import Refusal, sentence


@dataclass(unsafe_hash=True)
class RoundStillOpen(Refusal):
    """Comments are still coming in, or were a minute ago."""


@dataclass(unsafe_hash=True)
class AnswerMissing(Refusal):
    """Everyone gets an answer."""


@dataclass(unsafe_hash=True)
class WordsMissing(Refusal):
    """Accepted in principle: the words used must be given."""


@dataclass(unsafe_hash=True)
class ProposalRedacted(Refusal):
    """The proposed words were taken out, so nobody could carry them out."""

    number: int


@dataclass(unsafe_hash=True)
class OtherCommentMissing(Refusal):
    """Answered with another comment: which?"""


@dataclass(unsafe_hash=True)
class AnsweredInACircle(Refusal):
    """Two comments would each be answered with the other's answer, and neither with words."""

    number: int


@dataclass(unsafe_hash=True)
class DeferredToNoRound(Refusal):
    """A comment is deferred to a later round of the same consultation."""


@dataclass(unsafe_hash=True)
class DisposedMeanwhile(Refusal):
    """Somebody else disposed of it since this page was loaded."""

    number: int


@dataclass(unsafe_hash=True)
class SettledMeanwhile(Refusal):
    """Somebody else settled this clause since this page was loaded."""

    by: str
    at: datetime


@dataclass(unsafe_hash=True)
class ChangeWithoutReason(Refusal):
    """Every change cites a comment, or says that it is editorial."""

    stretches: tuple[str, ...]


@dataclass(unsafe_hash=True)
class UnknownComment(Refusal):
    """A number that is no comment of this consultation."""

    number: int


@dataclass(unsafe_hash=True)
class SettlementIncomplete(Refusal):
    """A new, split or moved clause without its words or its place."""


@dataclass(unsafe_hash=True)
class NotOfTheWhole(Refusal):
    """The whole draft has no words of its own."""


@dataclass(unsafe_hash=True)
class MovesIntoItself(Refusal):
    """A clause goes after another, which is neither itself nor below it."""


@dataclass(unsafe_hash=True)
class JoinsNoNeighbour(Refusal):
    """A clause is joined with the next one of the same section and kind."""


@dataclass(unsafe_hash=True)
class SettledOtherwise(Refusal):
    """Another clause's settlement disposes of this one, or this one's of another."""

    label: str


@dataclass(unsafe_hash=True)
class ThemeNameTooLong(Refusal):
    """A theme is named in a few words."""

    most: int


@dataclass(unsafe_hash=True)
class NotReady(Refusal):
    """The next draft cannot be published yet; the page lists why."""

    count: int


@sentence(RoundStillOpen)
def round_still_open(_no: RoundStillOpen) -> str:
    return gettext(
        "The round is still open, or closed less than a minute ago. Dispose and settle once all comments are in."
    )


@sentence(AnswerMissing)
def answer_missing(_no: AnswerMissing) -> str:
    return gettext("Write an answer to the author: what was decided, and why.")


@sentence(WordsMissing)
def words_missing(_no: WordsMissing) -> str:
    return gettext("Accepted in principle needs the words used. Give them as they stand in the next text.")


@sentence(OtherCommentMissing)
def other_comment_missing(_no: OtherCommentMissing) -> str:
    return gettext("Say with which other comment of this consultation it is answered, by its number.")


@sentence(AnsweredInACircle)
def answered_in_a_circle(no: AnsweredInACircle) -> str:
    return gettext(
        "#%(number)d is itself answered with this comment, directly or through others. Answer one of them in words.",
        number=no.number,
    )


@sentence(DeferredToNoRound)
def deferred_to_no_round(_no: DeferredToNoRound) -> str:
    return gettext(
        "A comment can be deferred only to a later round of this consultation. Choose one, or leave it to the next."
    )


@sentence(DisposedMeanwhile)
def disposed_meanwhile(no: DisposedMeanwhile) -> str:
    return gettext(
        "Somebody else disposed of #%(number)d since you loaded this page. Look at what was decided; your words are kept below.",
        number=no.number,
    )


@sentence(SettledMeanwhile)
def settled_meanwhile(no: SettledMeanwhile) -> str:
    return gettext(
        "%(name)s settled this clause at %(at)s UTC, after you loaded the page. Your text is kept below; compare, then save again.",
        name=no.by,
        at=format_datetime(no.at, "short"),
    )


@sentence(ChangeWithoutReason)
def change_without_reason(no: ChangeWithoutReason) -> str:
    return ngettext(
        "One change has no reason: %(stretches)s. Cite a comment, or mark it as editorial.",
        "%(num)d changes have no reason: %(stretches)s. Cite comments, or mark them as editorial.",
        len(no.stretches),
        stretches="; ".join(f"“{one}”" for one in no.stretches),
    )


@sentence(UnknownComment)
def unknown_comment(no: UnknownComment) -> str:
    return gettext(
        "There is no comment #%(number)d in this consultation. Check the number.", number=no.number
    )


@sentence(SettlementIncomplete)
def settlement_incomplete(_no: SettlementIncomplete) -> str:
    return gettext(
        "Something is missing: a new clause needs words, a split needs two parts with an empty line between, a move needs a place."
    )


@sentence(NotOfTheWhole)
def not_of_the_whole(_no: NotOfTheWhole) -> str:
    return gettext(
        "The whole draft has no words of its own. Settle its clauses, or put a new clause after one of them."
    )


@sentence(MovesIntoItself)
def moves_into_itself(_no: MovesIntoItself) -> str:
    return gettext("A clause cannot stand after itself or after what stands below it. Choose another place.")


@sentence(JoinsNoNeighbour)
def joins_no_neighbour(_no: JoinsNoNeighbour) -> str:
    return gettext("Only the next clause at the same level can be joined with this one. Move it here first.")


@sentence(SettledOtherwise)
def settled_otherwise(no: SettledOtherwise) -> str:
    return gettext(
        "Clause %(label)s is settled already in a way that does not go with this. Settle that one anew first.",
        label=no.label,
    )


@sentence(ThemeNameTooLong)
def theme_name_too_long(no: ThemeNameTooLong) -> str:
    return gettext("Name the theme in fewer words: at most %(most)d characters.", most=no.most)


@sentence(NotReady)
def not_ready(no: NotReady) -> str:
    return ngettext(
        "The next draft cannot be published yet: one thing is left.",
        "The next draft cannot be published yet: %(num)d things are left.",
        no.count,
    )


@sentence(ProposalRedacted)
def proposal_redacted(no: ProposalRedacted) -> str:
    return gettext(
        "The words that #%(number)d proposed were taken out, so they cannot be accepted as they stand. "
        "Accept it in principle and give the words used, or choose another outcome.",
        number=no.number,
    )
