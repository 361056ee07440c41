"""What do the pages about mechanisms ask?"""

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField

from consult.web.forms import SHORT, ConsultForm, at_most, required, stripped
from consult.web.locale import NAMES


class MechanismForm(ConsultForm):
    """What a circle is called."""

    name = StringField(
        _("Name"), filters=[stripped], validators=[required(_("Name the mechanism.")), at_most(SHORT)]
    )
    name_language = SelectField(_("Language of this name"), choices=dict(NAMES))


class MemberForm(ConsultForm):
    """Which organisation belongs to it."""

    organisation = StringField(
        _("Organisation"),
        filters=[stripped],
        validators=[required(_("Name an organisation.")), at_most(SHORT)],
    )
