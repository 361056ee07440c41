"""What do the administrators' pages about people and roles ask?"""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField

from consult.core.terms import RoleKind
from consult.drafts.forms import OFFERED
from consult.drafts.reads_people import Open
from consult.web.forms import ConsultForm, options, required
from consult.web.labels import label
from consult.web.locale import language_name, spoken


class RoleForm(ConsultForm):
    """A role to be given: everywhere, or in one consultation."""

    kind = RadioField(_("Role"), validators=[required(_("Choose a role."))])
    consultation = SelectField(_("For which consultation"), validate_choice=False)
    language = SelectField(_("Into which language, for a translator"), default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = {one.value: label(one) for one in RoleKind}
        self.language.choices = options({"": "–", **{tag: language_name(tag, spoken()) for tag in OFFERED}})

    def offer(self, seen: Sequence[Open]) -> None:
        """Lists the consultations that this administrator may see."""
        self.consultation.choices = options(
            {"": str(_("All consultations")), **{one.slug: one.title.body for one in seen}}
        )


class RoleEndForm(ConsultForm):
    """Which role ends."""

    kind = StringField()
    consultation = StringField()
    language = StringField()
