"""What do the acts on one organisation of a roster ask?"""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import EmailField, SelectField, StringField, TextAreaField

from consult.core.terms import PartyRole
from consult.people.forms_accounts import an_address
from consult.web.forms import ConsultForm, at_most, required, stripped
from consult.web.labels import label
from consult.web.locale import NAMES

REASON = 2000


class ReminderForm(ConsultForm):
    """Whom to remind: one by its slug, else all that have not answered."""

    organisation = StringField(validators=[at_most(100)])


class PartForm(ConsultForm):
    """Another part on the roster."""

    part = SelectField(_("Invited as"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part.choices = {one.value: label(one) for one in PartyRole}


class HeadForm(ConsultForm):
    """Who is invited to head an organisation's delegation."""

    email = EmailField(
        _("E-mail"),
        filters=[stripped],
        validators=[required(_("Enter an e-mail address.")), at_most(254), an_address],
    )
    name = StringField(_("Name"), filters=[stripped], validators=[at_most(200)])
    preferred = SelectField(_("Language of the letter"), choices=dict(NAMES))
    words = TextAreaField(
        _("A word of yours in the letter"), filters=[stripped], validators=[at_most(REASON)]
    )


class RemovalForm(ConsultForm):
    """Why an organisation is taken off the roster."""

    reason = TextAreaField(
        _("Reason"),
        filters=[stripped],
        validators=[
            required(_("Say why; everybody who may read this consultation will read it.")),
            at_most(REASON),
        ],
    )
