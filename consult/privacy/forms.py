"""What is asked before one's data are handed out, and before one leaves."""

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, StringField

from consult.web.forms import SHORT, ConsultForm, at_most, required, stripped


class TakeoutForm(ConsultForm):
    """A button."""


class LeavingForm(ConsultForm):
    """The password, and the pseudonym typed out."""

    password = PasswordField(_("Password"), validators=[at_most(SHORT)])
    pseudonym = StringField(
        _("Your pseudonym"),
        filters=[stripped],
        validators=[required(_("Type your pseudonym to say that you mean it.")), at_most(SHORT)],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
