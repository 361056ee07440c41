"""What is refused where roles are given and ended, and how it is said."""

from dataclasses import dataclass

from flask_babel import gettext

from consult.refusals import Refusal, sentence


@dataclass
class ModeratesEverywhere(Refusal):
    """Who moderates every consultation is the voice of none."""


@dataclass
class DutyOver(Refusal):
    """Who was about to act in office holds the office no more."""


@dataclass
class LastAdministrator(Refusal):
    """Somebody must be left who accredits and gives roles."""


@dataclass
class LastModerator(Refusal):
    """No consultation is left without a chair."""


@dataclass
class NoAccountAnyMore(Refusal):
    """She has left."""


@sentence(ModeratesEverywhere)
def moderates_everywhere(_no: ModeratesEverywhere) -> str:
    return gettext(
        "Who moderates every consultation sits in no delegation, and the reverse. End the one before you give the other."
    )


@sentence(DutyOver)
def duty_over(_no: DutyOver) -> str:
    return gettext(
        "Your role as moderator ended meanwhile, so nothing was done. If that is a mistake, ask another moderator or an administrator to give it to you again."
    )


@sentence(LastAdministrator)
def last_administrator(_no: LastAdministrator) -> str:
    return gettext("This is the last administrator. Make somebody else an administrator first.")


@sentence(LastModerator)
def last_moderator(_no: LastModerator) -> str:
    return gettext("Nobody else moderates here. Hand the chair to somebody instead of ending it.")


@sentence(NoAccountAnyMore)
def no_account_any_more(_no: NoAccountAnyMore) -> str:
    return gettext("This person has left and has no account any more. Choose somebody else.")
