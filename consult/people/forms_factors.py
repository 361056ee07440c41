"""What the pages of a strong sign-in ask."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField, StringField

from consult.people.passkeys import LONGEST_ANSWER
from consult.web.forms import ConsultForm, at_most, required, stripped


class SecondForm(ConsultForm):
    """A code of the app, or a recovery code."""

    code = StringField(
        _("Code"),
        filters=[stripped],
        validators=[required(_("Enter the code.")), at_most(60)],
        render_kw={
            "autocomplete": "one-time-code",
            "autocapitalize": "none",
            "spellcheck": "false",
            "dir": "ltr",
        },
    )


class AppForm(ConsultForm):
    """The first code of an app that is being set up; its secret travels sealed."""

    sealed = HiddenField(validators=[at_most(500)])
    code = StringField(
        _("The code that the app shows now"),
        filters=[stripped],
        validators=[required(_("Enter the six digits.")), at_most(60)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"},
    )


class PasskeyForm(ConsultForm):
    """What a passkey answered; script fills it in."""

    answer = HiddenField(validators=[at_most(LONGEST_ANSWER)])


class NewPasskeyForm(PasskeyForm):
    """A passkey that was just made, and what its owner calls it."""

    name = StringField(
        _("Name of the passkey"),
        filters=[stripped],
        validators=[required(_("Give it a name by which you will know it.")), at_most(60)],
        render_kw={"dir": "auto", "autocomplete": "off"},
    )


class ConfirmForm(ConsultForm):
    """The password once more."""

    password = PasswordField(
        _("Password"), validators=[at_most(1000)], render_kw={"autocomplete": "current-password"}
    )
