"""What did the browser send? Forms know shape and sentences only; the rules are the acts'."""

from collections.abc import Mapping
from typing import Any, Self

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, StopValidation

from consult.refusals import Refusal
from consult.web.sentences import said_no
from consult.web.transaction import SAFE

SHORT, LONG = 300, 100_000


class ConsultForm(FlaskForm):  # type: ignore[misc]
    """A form guarded against forgery by a token in the cookie session."""

    refused: str | None = None

    @classmethod
    def posted(cls, **start: Any) -> Self:
        """The form as it was sent, or as it starts."""
        if request.method in SAFE:
            return cls(formdata=None, data=start)
        return cls(data=start)

    @property
    def accepted(self) -> bool:
        """Whether it was sent and its shape is right."""
        return bool(self.validate_on_submit())

    @property
    def status(self) -> int:
        """422 where it was sent and refused."""
        return 422 if self.refused or self.errors else 200

    def refuse(self, no: Refusal, field: str | None = None) -> None:
        """Takes an act's refusal into the form: at a field, or on top."""
        words = said_no(no)
        if field is None:
            self.refused = words
        else:
            self[field].errors = [*self[field].errors, words]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Each field's id with what is wrong there, for the summary on top."""
        return [
            (field.id, str(words))
            for field in self
            for words in _flat(field.errors)
            if field.name != "csrf_token"
        ]


class Filled(InputRequired):
    """Sent, and not only blanks."""

    def __call__(self, form: Any, field: Any) -> None:
        """Refuses what was left out."""
        super().__call__(form, field)
        if isinstance(field.data, str) and not field.data.strip():
            raise StopValidation(str(self.message))


def required(message: Any = None) -> Filled:
    """This must be filled in."""
    return Filled(message or _("Fill this in."))


def at_most(length: int) -> Length:
    """No longer than so many characters."""
    return Length(max=length, message=_("This is too long: at most %(max)d characters."))


def stripped(value: str | None) -> str | None:
    """Without blanks around, and with LF line ends, as browsers send CRLF."""
    return value.replace("\r\n", "\n").strip() if value else value


def options(terms: Mapping[str, Any]) -> list[SelectChoice]:
    """Values with their labels, as fields with a choice ask for them."""
    return [SelectChoice(value, label) for value, label in terms.items()]


def _flat(errors: Any) -> list[Any]:
    if isinstance(errors, dict):
        return [words for inner in errors.values() for words in _flat(inner)]
    return [words for one in errors for words in (_flat(one) if isinstance(one, list | dict) else [one])]


__all__ = ["LONG", "SHORT", "ConsultForm", "Field", "at_most", "options", "required", "stripped"]
