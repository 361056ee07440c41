"""What the import pages ask."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, IntegerField, MultipleFileField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from consult.core.terms import ClauseKind
from consult.documents.steps import Step
from consult.web.forms import ConsultForm, at_most, options
from consult.web.labels import LABELS

LONGEST_PASTE = 3_000_000
SPLIT_MARK = "||"


class UploadForm(ConsultForm):
    """Files, or pasted words."""

    files = MultipleFileField(_("Files"))
    pasted = TextAreaField(_("Or paste the text"), validators=[at_most(LONGEST_PASTE)])

    def sent(self) -> list[tuple[str, bytes]]:
        """The files' names and bytes."""
        return [(file.filename, file.read()) for file in self.files.data or [] if file and file.filename]


class StepForm(ConsultForm):
    """One step on one item of the outline."""

    seen = IntegerField(validators=[Optional()])
    index = IntegerField(validators=[Optional()])
    step = HiddenField()
    number = StringField(_("Number"), validators=[at_most(200)])
    kind = SelectField(
        _("Kind"),
        choices=options(
            {
                kind.value: LABELS[ClauseKind][kind.value]
                for kind in ClauseKind
                if kind is not ClauseKind.WHOLE
            }
        ),
        validate_choice=False,
    )
    words = TextAreaField(_("Words"), validators=[at_most(LONGEST_PASTE)])

    def answer(self) -> Step:
        """The step; a split stands where the mark was put."""
        words = (self.words.data or "").replace("\r\n", "\n")
        return Step(
            self.step.data or "",
            self.index.data if self.index.data is not None else -1,
            at=max(words.find(SPLIT_MARK), 0),
            number=self.number.data or "",
            kind=self.kind.data or "",
        )
