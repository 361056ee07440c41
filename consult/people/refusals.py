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
class TooManyLetters(Refusal):
    """Too many letters to this address, or asked for from this network, lately."""


@dataclass
class WrongPassword(Refusal):
    """The password given again, to show that it is she, is not hers."""


@dataclass
class PasswordTooShort(Refusal):
    """A new password of fewer than twelve characters."""

    least: int


@dataclass
class PasswordEvident(Refusal):
    """A new password that would be tried first."""


@dataclass
class SameEmail(Refusal):
    """The new e-mail address is the present one."""


@dataclass
class AlertsStay(Refusal):
    """Moderators and administrators are always told of a new browser."""


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
    return gettext(
        "There were too many wrong tries. Wait a quarter of an hour, or ask for a new password: setting one from our letter opens this door at once."
    )


@sentence(TooManyLetters)
def too_many_letters(_no: TooManyLetters) -> str:
    return gettext(
        "Several letters were asked for lately, to this address or from your network. Look for them, also among unwanted mail, or try again in an hour."
    )


@sentence(EmailTaken)
def email_taken(no: EmailTaken) -> str:
    return gettext(
        "There is already an account with the address %(email)s. Use another address.", email=no.email
    )


@sentence(VoiceElsewhere)
def voice_elsewhere(_no: VoiceElsewhere) -> str:
    return gettext("In one consultation nobody is both moderator and a voice. Give this to somebody else.")


@sentence(WrongPassword)
def wrong_password(_no: WrongPassword) -> str:
    return gettext(
        "This is not the password of your account. Try again; if you have none, or forgot it, ask for a new one on the sign-in page."
    )


@sentence(PasswordTooShort)
def password_too_short(no: PasswordTooShort) -> str:
    return gettext(
        "Choose a password of at least %(least)d characters; several words in a row are easy to keep in mind.",
        least=no.least,
    )


@sentence(PasswordEvident)
def password_evident(_no: PasswordEvident) -> str:
    return gettext(
        "This password would be among the first that somebody tries. Choose one that has nothing to do with your name or address, and is no well-known word or row of keys."
    )


@sentence(SameEmail)
def same_email(_no: SameEmail) -> str:
    return gettext("This is your address already. Write the one that it is to become.")


@sentence(AlertsStay)
def alerts_stay(_no: AlertsStay) -> str:
    return gettext("Moderators and administrators are always told when a new browser signs in.")
