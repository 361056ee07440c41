"""What do the pages about who moderates and translates ask?"""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    EmailField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from consult.core.terms import RoleKind
from consult.drafts.forms import OFFERED
from consult.drafts.policy import SERVING
from consult.people.forms_accounts import an_address
from consult.web.forms import ConsultForm, at_most, options, required, stripped
from consult.web.labels import label
from consult.web.locale import language_name, spoken

WORDS = 2000


class HeirForm(ConsultForm):
    """Who takes the chair."""

    email = EmailField(
        _("E-mail of who takes it over"),
        filters=[stripped],
        validators=[required(_("Enter an e-mail address.")), at_most(254)],
    )


class EndingForm(ConsultForm):
    """Nothing but the token: what ends stands on the button."""


class AppointmentForm(ConsultForm):
    """Who is to moderate or translate."""

    email = EmailField(
        _("E-mail"),
        filters=[stripped],
        validators=[required(_("Enter an e-mail address.")), at_most(254), an_address],
    )
    kind = RadioField(_("Role"), default=RoleKind.MODERATOR.value, validators=[required()])
    language = SelectField(_("Into which language, for a translator"), default="")
    name = StringField(_("Name, for the letter"), filters=[stripped], validators=[at_most(200)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = {one.value: label(one) for one in RoleKind if one in SERVING}
        self.language.choices = options({"": "–", **{tag: language_name(tag, spoken()) for tag in OFFERED}})

    def answer(self) -> tuple[RoleKind, str | None]:
        """The role, and its language where it has one."""
        kind = RoleKind(self.kind.data)
        return kind, (self.language.data or None) if kind is RoleKind.TRANSLATOR else None


class InterestForm(ConsultForm):
    """What could sway her, or that nothing could."""

    nothing = BooleanField(_("I have nothing to declare"))
    words = TextAreaField(_("What I declare"), filters=[stripped], validators=[at_most(WORDS)])

    def validate_words(self, field: TextAreaField) -> None:
        """One of the two, and not both."""
        if bool(field.data) == bool(self.nothing.data):
            raise ValidationError(_("Say what you declare, or that you have nothing to declare; not both."))
