"""What the pages of an account ask: to make one, to open it again, to change what it holds."""

import re
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, EmailField, Field, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import StopValidation

from consult.people.acts import NewPerson
from consult.people.acts_accounts import NewProfile
from consult.web.forms import ConsultForm, at_most, required, stripped
from consult.web.locale import NAMES

NAME_LENGTH, EMAIL_LENGTH, PASSWORD_LENGTH = 100, 254, 1000
NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f\u2028\u2029<>@]|://|www\.", re.IGNORECASE)
ELSEWHERE = ("Etc/", "US/", "SystemV/", "Canada/", "Brazil/", "Chile/", "Mexico/", "posix/", "right/")
ZONES = (
    "UTC",
    *sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(ELSEWHERE)),
)


def a_name(_form: ConsultForm, field: Field) -> None:
    """Refuses what no name holds; letters to strangers carry no advertisement."""
    if NOT_IN_NAMES.search(field.data or ""):
        raise StopValidation(_("Write a name only, on one line, without links or e-mail addresses."))


def an_address(_form: ConsultForm, field: Field) -> None:
    """Refuses what no letter could be sent to."""
    try:
        validate_email(field.data or "", check_deliverability=False)
    except EmailNotValidError as no:
        raise StopValidation(_("Write an e-mail address, as in name@example.org.")) from no


def said(field: Field) -> str:
    """What an accepted field holds."""
    return str(field.data or "")


def _name() -> StringField:
    return StringField(
        _("Name"),
        filters=[stripped],
        validators=[required(_("Write your name.")), at_most(NAME_LENGTH), a_name],
        render_kw={"autocomplete": "name", "dir": "auto"},
    )


def _email(label: str, autocomplete: str) -> EmailField:
    return EmailField(
        label,
        filters=[stripped],
        validators=[required(_("Enter your e-mail address.")), at_most(EMAIL_LENGTH), an_address],
        render_kw={"autocomplete": autocomplete, "dir": "ltr"},
    )


def _password(label: str, autocomplete: str, missing: str) -> PasswordField:
    return PasswordField(
        label,
        validators=[required(missing), at_most(PASSWORD_LENGTH)],
        render_kw={"autocomplete": autocomplete},
    )


def _zone() -> SelectField:
    return SelectField(
        _("Time zone"),
        choices=dict(zip(ZONES, ZONES, strict=True)),
        default="UTC",
        render_kw={"dir": "ltr"},
    )


class RegisterForm(ConsultForm):
    """What an account begins with."""

    name = _name()
    email = _email(_("E-mail"), "email")
    password = _password(_("Password"), "new-password", _("Choose a password."))
    preferred = SelectField(_("Language"), choices=dict(NAMES))
    time_zone = _zone()

    def answer(self, password_hash: str) -> NewPerson:
        """The account to be made."""
        language, zone = str(self.preferred.data), str(self.time_zone.data)
        return NewPerson(said(self.email), said(self.name), language, zone, password_hash)


class LetterForm(ConsultForm):
    """Where a letter with a link is to go."""

    email = _email(_("E-mail"), "username")


class NewPasswordForm(ConsultForm):
    """A new password, from the link of a letter."""

    password = _password(_("New password"), "new-password", _("Choose a password."))


class ProfileForm(ConsultForm):
    """How the program names its reader, and how it speaks to her."""

    name = _name()
    preferred = SelectField(_("Language"), choices=dict(NAMES))
    time_zone = _zone()
    has_alerts = BooleanField(_("Write to me when a browser signs in that never did before"))

    def offer_zone(self, present: str) -> None:
        """Keeps a zone on offer that the list would not name."""
        zones = ZONES if present in ZONES else (present, *ZONES)
        self.time_zone.choices = dict(zip(zones, zones, strict=True))

    def answer(self, *, is_held: bool) -> NewProfile:
        """What to keep; whoever is always alerted leaves that as it is."""
        alerts = is_held or bool(self.has_alerts.data)
        return NewProfile(said(self.name), str(self.preferred.data), str(self.time_zone.data), alerts)


class PasswordForm(ConsultForm):
    """Another password for one's own account."""

    present = _password(_("Present password"), "current-password", _("Enter your present password."))
    password = _password(_("New password"), "new-password", _("Choose a password."))


class EmailForm(ConsultForm):
    """Another address for one's own account."""

    email = _email(_("New e-mail address"), "email")
    present = _password(_("Password"), "current-password", _("Enter your password."))


class SignInChoice(ConsultForm):
    """Which of one's browsers is to be signed out."""

    sign_in = StringField(validators=[required(), at_most(12)])


class ConsentForm(ConsultForm):
    """A press on a button of a page that a letter led to."""

    answer = HiddenField()
