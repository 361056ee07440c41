"""What do the pages for planning a round and moving its end ask? Times are typed as the reader's own clock shows them."""

from datetime import UTC, datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateTimeLocalField, TextAreaField, ValidationError
from wtforms.validators import Optional

from consult.web.filters import reader_zone
from consult.web.forms import ConsultForm, at_most, required, stripped

MINUTE = "%Y-%m-%dT%H:%M"
REASON = 2000


class LocalTime(DateTimeLocalField):
    """A date and time in the reader's zone."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads what the browser sent."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Give a date and a time, as in 2027-03-31T18:00.")) from None

    def pre_validate(self, _form: object) -> None:
        """Refuses an hour that the reader's clock skips, as when summer time begins."""
        if self.data is not None and local(instant_of(self.data)) != self.data:
            raise ValidationError(
                gettext("This hour does not exist in your time zone: clocks are put forward. Choose another.")
            )


class RoundForm(ConsultForm):
    """When a round opens and closes."""

    opens_at = LocalTime(_("Opens"), format=[MINUTE], validators=[Optional()])
    closes_at = LocalTime(
        _("Closes"), format=[MINUTE], validators=[required(_("Say when the round closes."))]
    )

    def answer(self, now: datetime) -> tuple[datetime, datetime]:
        """From when to when, in UTC; at once where no opening was given."""
        opens = instant_of(self.opens_at.data) if self.opens_at.data else now
        return opens, _given(self.closes_at)


class ExtensionForm(ConsultForm):
    """Another end of a round, and why."""

    closes_at = LocalTime(
        _("New closing time"), format=[MINUTE], validators=[required(_("Say when the round closes."))]
    )
    reason = TextAreaField(_("Reason"), filters=[stripped], validators=[at_most(REASON)])

    def answer(self) -> tuple[datetime, str]:
        """The new end in UTC, and the reason."""
        return _given(self.closes_at), self.reason.data or ""


def instant_of(typed: datetime) -> datetime:
    """The instant that the reader's clock shows so."""
    return typed.replace(tzinfo=reader_zone()).astimezone(UTC)


def local(at: datetime) -> datetime:
    """What the reader's clock shows at an instant."""
    return at.astimezone(reader_zone()).replace(tzinfo=None)


def _given(field: LocalTime) -> datetime:
    if field.data is None:
        raise ValueError("only an accepted form answers")
    return instant_of(field.data)
