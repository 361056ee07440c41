"""What do the pages for starting a consultation and publishing its zero draft ask?"""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from consult.core.terms import StakeholderGroup, Track
from consult.drafts.acts import NewConsultation
from consult.web.forms import SHORT, ConsultForm, at_most, required, stripped
from consult.web.labels import label
from consult.web.locale import language_name, spoken

# The six of the United Nations first, then others that the documents have letters for.
OFFERED = (
    "ar",
    "zh",
    "en",
    "fr",
    "ru",
    "es",
    "el",
    "fa",
    "hi",
    "id",
    "ja",
    "kk",
    "ko",
    "pt",
    "sw",
    "th",
    "ur",
    "vi",
)
SUMMARY = 2000


class Checkboxes(SelectMultipleField):
    """Several of a few: a checkbox each."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ConsultationForm(ConsultForm):
    """A guideline to be negotiated."""

    title = StringField(
        _("Title"),
        filters=[stripped],
        validators=[required(_("Give the consultation a title.")), at_most(SHORT)],
    )
    summary = TextAreaField(
        _("Summary"),
        filters=[stripped],
        validators=[required(_("Say in a few sentences what it is about.")), at_most(SUMMARY)],
    )
    source_language = SelectField(_("Source language"))
    languages = Checkboxes(_("Languages offered"))
    track = RadioField(_("Track"), validators=[required(_("Choose a track."))])
    is_restricted = BooleanField(_("Only the parties and its moderators can see it"))
    required_groups = Checkboxes(_("Required groups"))
    takes_individuals = BooleanField(_("Individuals may comment too"))
    takes_pseudonyms = BooleanField(_("Individuals may comment under a pseudonym"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {tag: language_name(tag, spoken()) for tag in OFFERED}
        self.source_language.choices = self.languages.choices = named
        self.track.choices = {one.value: label(one) for one in Track}
        self.required_groups.choices = {one.value: label(one) for one in StakeholderGroup}

    def answer(self) -> NewConsultation:
        """The act's input; the source is always among the languages."""
        source = str(self.source_language.data)
        others = [tag for tag in self.languages.data or () if tag != source]
        return NewConsultation(
            title=self.title.data or "",
            summary=self.summary.data or "",
            source_language=source,
            languages=(source, *others),
            track=Track(self.track.data),
            required_groups=tuple(StakeholderGroup(one) for one in self.required_groups.data or ()),
            takes_individuals=bool(self.takes_individuals.data),
            takes_pseudonyms=bool(self.takes_pseudonyms.data),
            is_restricted=bool(self.is_restricted.data),
        )


class PublicationForm(ConsultForm):
    """Nothing but the token: what becomes permanent stands on the page and on the button."""
