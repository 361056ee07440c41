"""What the sign-in and profile pages ask."""

from flask_babel import lazy_gettext as _
from wtforms import EmailField, PasswordField, SelectField, StringField

from consult.web.forms import ConsultForm, at_most, required, stripped
from consult.web.locale import NAMES


class SignInForm(ConsultForm):
    """E-mail and password."""

    email = EmailField(
        _("E-mail"),
        filters=[stripped],
        validators=[required(_("Enter your e-mail address.")), at_most(254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _("Password"),
        validators=[required(_("Enter your password.")), at_most(1000)],
        render_kw={"autocomplete": "current-password"},
    )


class ProfileForm(ConsultForm):
    """How the program speaks to its reader."""

    preferred = SelectField(_("Language"), choices=dict(NAMES))
    time_zone = StringField(_("Time zone"), filters=[stripped], validators=[required(), at_most(64)])
