"""What the pages about organisations ask."""

from typing import Any, TypeVar

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from consult.core.terms import StakeholderGroup
from consult.organisations.acts import NewProposal, NewWords
from consult.organisations.acts_mandates import NewMandate
from consult.organisations.countries import countries
from consult.organisations.letterheads import LARGEST
from consult.organisations.tags import language_tag
from consult.organisations.websites import NotAWebsite, website
from consult.web.forms import SHORT, ConsultForm, at_most, options, required, stripped
from consult.web.labels import LABELS
from consult.web.locale import country_name, spoken

NAME, WORDS = 200, 4000
UNKNOWN_LANGUAGE = _("Choose a language from the list, or write its tag, as in sw or zh-Hans.")
LANGUAGE_LIST = {"list": "languages", "autocomplete": "off"}


def known_language(_form: object, field: Field) -> None:
    """A language, by its name or tag; kept as its tag."""
    if field.data:
        tag = language_tag(field.data, spoken())
        if tag is None:
            raise ValidationError(UNKNOWN_LANGUAGE)
        field.data = tag


def known_website(_form: object, field: Field) -> None:
    """The address of a website, kept in full."""
    if field.data:
        try:
            field.data = website(field.data)
        except NotAWebsite:
            raise ValidationError(
                _("Write the address of the website, as in https://www.example.org.")
            ) from None


def named(label: Any, *validators: Any) -> StringField:
    """A field for a name in any script."""
    kw = {"dir": "auto"}
    return StringField(label, filters=[stripped], validators=[*validators, at_most(NAME)], render_kw=kw)


def tongue(label: Any, *validators: Any) -> StringField:
    """A field for a language, with the known ones as a list to choose from."""
    checks = [*validators, at_most(60), known_language]
    return StringField(label, filters=[stripped], validators=checks, render_kw=LANGUAGE_LIST)


def written(label: Any, *validators: Any) -> TextAreaField:
    """A field for some sentences."""
    return TextAreaField(label, filters=[stripped], validators=[*validators, at_most(WORDS)])


def groups() -> Any:
    """The stakeholder groups with their labels, none chosen to begin with."""
    return options({"": _("Choose a group"), **LABELS[StakeholderGroup]})


def country_choices() -> Any:
    """All countries by their names in the reader's language, none chosen to begin with."""
    by_name = sorted((country_name(code), code) for code in countries())
    return options({"": _("Choose a country"), **{code: name for name, code in by_name}})


class PlacedForm(ConsultForm):
    """A group and a country."""

    group = SelectField(_("Stakeholder group"), choices=(), validators=[required(_("Choose a group."))])
    country = SelectField(_("Country of its seat"), choices=(), validators=[required(_("Choose a country."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group.choices = groups()
        self.country.choices = country_choices()


class ProposalForm(PlacedForm):
    """An organisation that is not in the list."""

    name = named(_("Its name for itself"), required(_("Enter the name of the organisation.")))
    language = tongue(_("Language of this name"), required(_("Say which language this is.")))
    description = written(_("What it is and does, in this language"))
    name_2 = named(_("Its name in a second language"))
    language_2 = tongue(_("Second language"))
    description_2 = written(_("What it is and does, in the second language"))
    name_3 = named(_("Its name in a third language"))
    language_3 = tongue(_("Third language"))
    description_3 = written(_("What it is and does, in the third language"))
    website = StringField(
        _("Website"),
        filters=[stripped],
        validators=[at_most(SHORT), known_website],
        render_kw={"inputmode": "url"},
    )
    words = written(
        _("Your words to the administrators"), required(_("Say who you are in this organisation."))
    )
    mandate = FileField(_("Mandate"))
    none_of_these = BooleanField(_("It is none of these"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Each further name says its language, and no language is named twice."""
        is_right = bool(super().validate(extra_validators))
        tags = [self.language.data]
        for name, tag, words in self._further():
            if (name.data or words.data) and not tag.data:
                tag.errors = [*tag.errors, _("Say which language this is.")]
            elif tag.data and tag.data in tags:
                tag.errors = [*tag.errors, _("This language stands above already. Choose another.")]
            tags.append(tag.data)
        return is_right and not any(tag.errors for _name, tag, _words in self._further())

    def answer(self) -> NewProposal:
        """The proposal."""
        own = NewWords(self.language.data or "", self.name.data or "", self.description.data or "")
        further = [
            NewWords(tag.data, name.data or "", words.data or "")
            for name, tag, words in self._further()
            if name.data or words.data
        ]
        group = StakeholderGroup(self.group.data)
        place = (group, self.country.data, self.website.data or "")
        return NewProposal((own, *further), *place, self.words.data or "", sent_file(self.mandate))

    def _further(self) -> tuple[tuple[Any, Any, Any], ...]:
        return (
            (self.name_2, self.language_2, self.description_2),
            (self.name_3, self.language_3, self.description_3),
        )


def sent_file(field: FileField) -> NewMandate | None:
    """The file that was sent, read no further than to see that it is too large."""
    if not field.data or not getattr(field.data, "filename", ""):
        return None
    with field.data.stream as sent:
        return NewMandate(field.data.filename, sent.read(LARGEST + 1))


F = TypeVar("F", bound=ConsultForm)


def distinct(form: F, name: str) -> F:
    """The form with ids of its own, for a page that shows several."""
    for one in form:
        one.id = f"{name}-{one.id}"
    return form


class WordsForm(ConsultForm):
    """Its name and description in one language."""

    language = tongue(_("Language"), required(_("Say which language this is.")))
    name = named(_("Its name in this language"))
    description = written(_("What it is and does, in this language"))

    def answer(self) -> NewWords:
        """The words."""
        return NewWords(self.language.data or "", self.name.data or "", self.description.data or "")


class WebsiteForm(ConsultForm):
    """The address of its website."""

    website = StringField(
        _("Website"),
        filters=[stripped],
        validators=[at_most(SHORT), known_website],
        render_kw={"inputmode": "url"},
    )


class MandateForm(ConsultForm):
    """A letter."""

    mandate = FileField(_("File"))

    def validate(self, extra_validators: Any = None) -> bool:
        """A file must be chosen."""
        is_right = bool(super().validate(extra_validators))
        if not self.mandate.data or not getattr(self.mandate.data, "filename", ""):
            self.mandate.errors = [_("Choose a file.")]
            return False
        return is_right
