"""What is asked before words are taken out for good, and before a name is put beside them."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, TextAreaField

from consult.comments.acts_redacting import Redacted
from consult.web.forms import ConsultForm, at_most, required, stripped


class RedactionForm(ConsultForm):
    """Which words go, and why."""

    of_reasons = BooleanField(_("The reasons"))
    of_proposed = BooleanField(_("The proposed text"))
    reason = TextAreaField(
        _("Why they are taken out"),
        filters=[stripped],
        validators=[required(_("Give the reason in a sentence.")), at_most(2000)],
    )

    @property
    def parts(self) -> tuple[Redacted, ...]:
        """The words that were chosen."""
        chosen = {Redacted.REASONS: self.of_reasons.data, Redacted.PROPOSED: self.of_proposed.data}
        return tuple(part for part, is_chosen in chosen.items() if is_chosen)


class NamingForm(ConsultForm):
    """The author's own consent to be named."""

    names_author = BooleanField(_("Publish my name with this comment"))
