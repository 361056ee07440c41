"""What the people room refuses, and how it says so."""

from dataclasses import dataclass

from flask_babel import gettext

from consult.refusals import Refusal, sentence


@dataclass
class WrongSignIn(Refusal):
    """The address and the password do not belong together; which of them is wrong is not said."""


@dataclass
class TooManyTries(Refusal):
    """Too many wrong passwords lately."""


@dataclass
class EmailTaken(Refusal):
    """Another account has this e-mail address."""

    email: str


@dataclass
class VoiceElsewhere(Refusal):
    """In one consultation nobody is both moderator and a voice."""


@sentence(WrongSignIn)
def wrong_sign_in(_no: WrongSignIn) -> str:
    return gettext("This e-mail address and password do not belong together. Check both and try again.")


@sentence(TooManyTries)
def too_many_tries(_no: TooManyTries) -> str:
    return gettext("There were too many wrong tries. Wait a quarter of an hour, then try again.")


@sentence(EmailTaken)
def email_taken(no: EmailTaken) -> str:
    return gettext(
        "There is already an account with the address %(email)s. Use another address.", email=no.email
    )


@sentence(VoiceElsewhere)
def voice_elsewhere(_no: VoiceElsewhere) -> str:
    return gettext("In one consultation nobody is both moderator and a voice. Give this to somebody else.")
