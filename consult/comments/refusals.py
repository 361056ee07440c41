"""What the comments room refuses, and how it says so."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from consult.comments.wording import Lacking
from consult.core.terms import PaperState
from consult.refusals import Refusal, sentence


@dataclass
class TooLate(Refusal):
    """The round closed before the request reached us."""

    closed_at: datetime
    reached_at: datetime


@dataclass
class NotOpenYet(Refusal):
    """The round has not begun."""

    opens_at: datetime


@dataclass
class NoVoiceHere(Refusal):
    """She speaks for nobody who is heard in this consultation."""


@dataclass
class VoiceNotChosen(Refusal):
    """She has several seats and has not said for whom she speaks, or the choice changed under way."""


@dataclass
class NotCleared(Refusal):
    """Her seat may not do this with a paper in this state."""

    state: PaperState


@dataclass
class Incomplete(Refusal):
    """Something is missing, or amends nothing."""

    lacking: tuple[Lacking, ...]


@dataclass
class ChangedMeanwhile(Refusal):
    """Somebody else of the delegation saved the paper after it was opened here."""

    edition: int


@dataclass
class SentWithOtherWords(Refusal):
    """The same form was sent before, with other words."""

    key: str


@dataclass
class CannotSupersede(Refusal):
    """The comment to be replaced is not one's own standing comment on this clause in this round."""

    number: int


@dataclass
class AlreadyWithdrawn(Refusal):
    """The comment was taken back before."""


@dataclass
class ReasonMissing(Refusal):
    """Hiding, restoring and returning need words."""


@dataclass
class RequestOver(Refusal):
    """The paper that was to be co-sponsored was submitted or dropped."""


@dataclass
class WordsChanged(Refusal):
    """The words of the paper are not those that the asked delegation has read."""


@dataclass
class HiddenAlready(Refusal):
    """The comment is in that state already."""


@dataclass
class NothingToRedact(Refusal):
    """None of the words that a comment has was chosen."""


SAID = {
    Lacking.LIFTING: lambda: gettext("Say what change would lift your objection."),
    Lacking.CHANGES: lambda: gettext("Say which changes you ask for, or propose the text."),
    Lacking.SAME_WORDS: lambda: gettext(
        "These are the words of the clause. Change them, or propose no amendment."
    ),
    Lacking.NO_WORDS: lambda: gettext("Write the words that you propose, or propose no amendment."),
    Lacking.WHOLE: lambda: gettext("The whole draft cannot be amended at once. Propose text at the clauses."),
}


@sentence(TooLate)
def too_late(_no: TooLate) -> str:
    return gettext(
        "The round closed before this reached us, so it was not taken. Your words are kept for thirty days."
    )


@sentence(NotOpenYet)
def not_open_yet(_no: NotOpenYet) -> str:
    return gettext("This round has not opened yet. Your words are kept for thirty days.")


@sentence(NoVoiceHere)
def no_voice_here(_no: NoVoiceHere) -> str:
    return gettext("You have no seat in a delegation that is heard here. Ask its head of delegation for one.")


@sentence(VoiceNotChosen)
def voice_not_chosen(_no: VoiceNotChosen) -> str:
    return gettext("Choose for whom you speak, then send this again.")


@sentence(NotCleared)
def not_cleared(_no: NotCleared) -> str:
    return gettext(
        "Your seat in the delegation cannot do this now. Ask the head of delegation or the deputy."
    )


@sentence(Incomplete)
def incomplete(no: Incomplete) -> str:
    return " ".join(SAID[one]() for one in no.lacking)


@sentence(ChangedMeanwhile)
def changed_meanwhile(_no: ChangedMeanwhile) -> str:
    return gettext(
        "Somebody in your delegation saved this paper while you wrote. Both texts are shown; "
        "nothing of yours was saved yet. Send again to put yours in the place of theirs."
    )


@sentence(SentWithOtherWords)
def sent_with_other_words(_no: SentWithOtherWords) -> str:
    return gettext(
        "This form was sent before with other words, and those are kept. Send it again to make a second paper."
    )


@sentence(CannotSupersede)
def cannot_supersede(no: CannotSupersede) -> str:
    return gettext(
        "Comment %(number)d cannot be replaced by this one: only your own standing comment on the same clause "
        "in the same round can.",
        number=no.number,
    )


@sentence(AlreadyWithdrawn)
def already_withdrawn(_no: AlreadyWithdrawn) -> str:
    return gettext("This comment was withdrawn already.")


@dataclass(unsafe_hash=True)
class NameNeeded(Refusal):
    """Individuals are heard here in their own name only."""


@sentence(NameNeeded)
def name_needed(_no: NameNeeded) -> str:
    return gettext(
        "In this consultation individuals comment in their own name. Consent to its publication with this comment, or leave the comment unsent."
    )


@sentence(ReasonMissing)
def reason_missing(_no: ReasonMissing) -> str:
    return gettext("Give the reason in a sentence; it will be shown.")


@sentence(RequestOver)
def request_over(_no: RequestOver) -> str:
    return gettext(
        "This request is over: the paper was submitted or dropped. Comment for yourselves while the round is open."
    )


@sentence(WordsChanged)
def words_changed(_no: WordsChanged) -> str:
    return gettext(
        "The words were changed since you read them, or are being worked on. Load the page again, read them, then decide."
    )


@sentence(HiddenAlready)
def hidden_already(_no: HiddenAlready) -> str:
    return gettext("Somebody else has already decided this. Load the page again to see it.")


@sentence(NothingToRedact)
def nothing_to_redact(_no: NothingToRedact) -> str:
    return gettext("Choose which words are taken out: the reasons, the proposed text, or both.")
