"""What do the pages of a delegation ask? Each form says for whom it was opened, and what was shown on it."""

import re
import secrets
from datetime import datetime

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Regexp

from consult.rounds.forms import MINUTE, LocalTime, instant_of
from consult.web.forms import ConsultForm, at_most, required, stripped

REMARK = 10_000
SHOWN = re.compile(r"([A-Za-z0-9_-]{6,64}:\d{1,9}( [A-Za-z0-9_-]{6,64}:\d{1,9})*)?\Z")
NUMBERS = re.compile(r"(\d{1,9}( \d{1,9})*)?\Z")


class VoiceForm(ConsultForm):
    """A button of somebody who speaks for an organisation."""

    voice = HiddenField()


class RemarkForm(VoiceForm):
    """A remark to the delegation."""

    form_key = HiddenField()
    words = TextAreaField(
        _("To your delegation"),
        filters=[stripped],
        validators=[required(_("Write what you want to say to your delegation.")), at_most(REMARK)],
    )

    @staticmethod
    def fresh_key() -> str:
        """What makes a form that is sent twice one remark."""
        return secrets.token_urlsafe(12)


class DeadlineForm(VoiceForm):
    """Until when the delegation wants its papers in."""

    closes_at = LocalTime(
        _("Our own deadline"), format=[MINUTE], validators=[required(_("Give a date and a time."))]
    )

    @property
    def instant(self) -> datetime:
        """The deadline in UTC."""
        if self.closes_at.data is None:
            raise ValueError("only an accepted form answers")
        return instant_of(self.closes_at.data)


class TogetherForm(VoiceForm):
    """All the papers that were shown, each with its edition: in one field, as a form takes a thousand at most."""

    papers = HiddenField(validators=[Regexp(SHOWN)])

    @property
    def seen(self) -> dict[str, int]:
        """The editions by paper."""
        pairs = (one.split(":") for one in (self.papers.data or "").split())
        return {key: int(edition) for key, edition in pairs}


class WithdrawForm(VoiceForm):
    """The numbers of the comments that were shown."""

    numbers = HiddenField(validators=[Regexp(NUMBERS)])

    @property
    def wanted(self) -> list[int]:
        """The numbers."""
        return [int(one) for one in (self.numbers.data or "").split()]


class AskForm(ConsultForm):
    """Which organisation is asked to join, and with which words."""

    organisation = HiddenField()
    words = TextAreaField(_("A word to them"), filters=[stripped], validators=[at_most(2000)])
