"""What the administrators' pages about organisations ask. Reasons always: they are public."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField

from consult.organisations.forms import WORDS, PlacedForm, named, tongue
from consult.web.forms import ConsultForm, at_most, options, required, stripped

ENTER, ENTER_AND_ACCREDIT, DECLINE = "enter", "enter_and_accredit", "decline"
WHY = _("Say why. Everybody can read it.")


def why(label: Any, message: Any = WHY) -> TextAreaField:
    """A field for the reasons of an act."""
    return TextAreaField(label, filters=[stripped], validators=[required(message), at_most(WORDS)])


class DecisionForm(ConsultForm):
    """What becomes of a proposal."""

    decision = RadioField(
        _("Decision"),
        choices=options(
            {
                ENTER: _("Enter it; its positions are shown apart until it is accredited"),
                ENTER_AND_ACCREDIT: _("Enter it and accredit it: its positions count"),
                DECLINE: _("Decline it"),
            }
        ),
        validators=[required(_("Say what becomes of it."))],
    )
    answer = why(
        _("Reasons"),
        _("Say why. The proposer reads it; where you accredit, everybody does."),
    )


class ReasonsForm(ConsultForm):
    """An act that needs nothing but its reasons."""

    reasons = why(_("Reasons"))


class NameForm(ConsultForm):
    """Another name of its own."""

    name = named(_("Its name for itself"), required(_("Enter the name of the organisation.")))
    language = tongue(_("Language of this name"), required(_("Say which language this is.")))
    reasons = why(_("Reasons"))


class PlaceForm(PlacedForm):
    """Another group or country."""

    reasons = why(_("Reasons"))


class MergerForm(ConsultForm):
    """Into which other one."""

    into = StringField(
        _("The organisation that goes on"), filters=[stripped], render_kw={"list": "organisations"}
    )
    reasons = why(_("Reasons"))
