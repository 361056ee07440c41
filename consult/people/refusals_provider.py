"""What is refused where another site vouches for somebody, and how it is said."""

from dataclasses import dataclass

from flask_babel import gettext

from consult.refusals import Refusal, sentence


@dataclass
class ProviderSilent(Refusal):
    """The provider does not answer, or too slowly."""

    provider: str


@dataclass
class ProviderUnclear(Refusal):
    """What the provider answered cannot be trusted: its seal, its sender, its time or whom it is for is wrong."""

    provider: str


@dataclass
class ProviderDeclined(Refusal):
    """The provider, or the person there, said no."""

    provider: str


@dataclass
class EmailUnverified(Refusal):
    """The provider does not vouch for the e-mail address."""

    provider: str


@dataclass
class EmailHasAccount(Refusal):
    """An account has this address already: the provider's word alone does not open it."""

    email: str


@dataclass
class IdentityElsewhere(Refusal):
    """This identity opens another account."""

    provider: str


@dataclass
class LastWayIn(Refusal):
    """Nothing else would sign her in."""

    provider: str


@sentence(ProviderSilent)
def provider_silent(no: ProviderSilent) -> str:
    return gettext(
        "%(provider)s does not answer just now, and nothing was changed. Try again in a few minutes, or sign in another way.",
        provider=no.provider,
    )


@sentence(ProviderUnclear)
def provider_unclear(no: ProviderUnclear) -> str:
    return gettext(
        "The answer of %(provider)s could not be trusted, so nothing was changed. Begin again from the sign-in page; if it comes back, tell the administrators.",
        provider=no.provider,
    )


@sentence(ProviderDeclined)
def provider_declined(no: ProviderDeclined) -> str:
    return gettext(
        "You were not signed in at %(provider)s, and nothing was changed. Begin again, or sign in another way.",
        provider=no.provider,
    )


@sentence(EmailUnverified)
def email_unverified(no: EmailUnverified) -> str:
    return gettext(
        "%(provider)s has not verified your e-mail address, so no account was made. Verify it there, or register here.",
        provider=no.provider,
    )


@sentence(EmailHasAccount)
def email_has_account(no: EmailHasAccount) -> str:
    return gettext(
        "There is an account with the address %(email)s already. Sign in with your password once, and link it under “How I sign in” on your page.",
        email=no.email,
    )


@sentence(IdentityElsewhere)
def identity_elsewhere(no: IdentityElsewhere) -> str:
    return gettext(
        "This account at %(provider)s opens another account here already. Unlink it there first, or use another one.",
        provider=no.provider,
    )


@sentence(LastWayIn)
def last_way_in(no: LastWayIn) -> str:
    return gettext(
        "%(provider)s is the only way into your account. Choose a password first, through the password reset of the sign-in page.",
        provider=no.provider,
    )
