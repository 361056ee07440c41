"""What is refused on the way to a strong sign-in, and how it is said. Nothing here says which guess was nearer."""

from dataclasses import dataclass

from flask_babel import gettext

from consult.refusals import Refusal, sentence


@dataclass
class WrongCode(Refusal):
    """The code is not the app's, was used already, or is none of the recovery codes left."""


@dataclass
class WrongFirstCode(Refusal):
    """The app that is being set up does not show this code now."""


@dataclass
class StepOver(Refusal):
    """A step of signing in took too long, was taken already, or began in another browser."""


@dataclass
class PasskeyRefused(Refusal):
    """No passkey of an account here answered this question."""


@dataclass
class PasskeyCopied(Refusal):
    """The passkey's count went back: somebody may hold a copy."""

    person_id: int


@dataclass
class PasskeyNotMade(Refusal):
    """The browser's answer tells of no passkey that can be kept, or of one that is kept already."""


@dataclass
class NoSuchFactor(Refusal):
    """What is to be removed is not there any more."""


@dataclass
class CodesNeedFactor(Refusal):
    """Recovery codes stand in for a factor, and there is none."""


@sentence(WrongCode)
def wrong_code(_no: WrongCode) -> str:
    return gettext(
        "This code does not open the account. Each works once: wait for the next one in your app, or use a recovery code."
    )


@sentence(WrongFirstCode)
def wrong_first_code(_no: WrongFirstCode) -> str:
    return gettext(
        "This is not the code that the app shows now. Check that your phone's clock is right, and type the next one."
    )


@sentence(StepOver)
def step_over(_no: StepOver) -> str:
    return gettext("This step took too long or was taken already, and nothing was changed. Begin again.")


@sentence(PasskeyRefused)
def passkey_refused(_no: PasskeyRefused) -> str:
    return gettext("This passkey does not open an account here. Try another way to sign in.")


@sentence(PasskeyCopied)
def passkey_copied(_no: PasskeyCopied) -> str:
    return gettext(
        "This passkey was refused: its count went back, as happens when there is a copy of it. Sign in another way, then remove it and register it anew."
    )


@sentence(PasskeyNotMade)
def passkey_not_made(_no: PasskeyNotMade) -> str:
    return gettext(
        "No new passkey was made. Perhaps it is registered already, or this step took too long. Try again."
    )


@sentence(NoSuchFactor)
def no_such_factor(_no: NoSuchFactor) -> str:
    return gettext("This is not there any more, so nothing was removed. Load the page again.")


@sentence(CodesNeedFactor)
def codes_need_factor(_no: CodesNeedFactor) -> str:
    return gettext(
        "Recovery codes stand in for an authenticator app or a passkey. Set up one of these first."
    )
