"""What do the pages about who may read and speak ask?"""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField

from consult.core.terms import StakeholderGroup, Track
from consult.drafts.acts_access import Access
from consult.drafts.forms import Checkboxes
from consult.web.forms import SHORT, ConsultForm, at_most, options, required, stripped
from consult.web.labels import label
from consult.web.locale import NAMES

REASON = 2000


class AccessForm(ConsultForm):
    """Who may read and speak, while nothing is published."""

    track = RadioField(_("Track"), validators=[required(_("Choose a track."))])
    is_restricted = BooleanField(_("Only the parties and its moderators can see it"))
    takes_individuals = BooleanField(_("Individuals may comment too"))
    takes_pseudonyms = BooleanField(_("Individuals may comment under a pseudonym"))
    required_groups = Checkboxes(_("Required groups"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.track.choices = {one.value: label(one) for one in Track}
        self.required_groups.choices = {one.value: label(one) for one in StakeholderGroup}

    def answer(self) -> Access:
        """The act's input."""
        return Access(
            track=Track(self.track.data),
            is_restricted=bool(self.is_restricted.data),
            takes_individuals=bool(self.takes_individuals.data),
            takes_pseudonyms=bool(self.takes_pseudonyms.data),
            required_groups=tuple(StakeholderGroup(one) for one in self.required_groups.data or ()),
        )


class OpeningForm(ConsultForm):
    """Why talks are opened to all readers."""

    reason = TextAreaField(
        _("Reason"),
        filters=[stripped],
        validators=[required(_("Say why; everybody will read it.")), at_most(REASON)],
    )


class PartiesForm(ConsultForm):
    """The two sides of bilateral talks, each by its name or the end of its address."""

    one = StringField(
        _("One party"), filters=[stripped], validators=[required(_("Name an organisation.")), at_most(SHORT)]
    )
    other = StringField(
        _("The other party"),
        filters=[stripped],
        validators=[required(_("Name an organisation.")), at_most(SHORT)],
    )


class ConveningForm(ConsultForm):
    """The mechanism under which multilateral talks are held: one that is known, or a new one."""

    mechanism = SelectField(_("Mechanism"), validate_choice=False)
    name = StringField(_("Or name a new one"), filters=[stripped], validators=[at_most(SHORT)])
    name_language = SelectField(_("Language of this name"), choices=dict(NAMES))

    def offer(self, mechanisms: dict[str, str]) -> None:
        """Lists the mechanisms that are known."""
        self.mechanism.choices = options({"": "–", **mechanisms})
