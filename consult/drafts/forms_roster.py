"""What do the pages of a roster ask: whom to invite, from which list, and what each of its rows means?"""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import FileField, Form, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField

from consult.core.terms import PartyRole, StakeholderGroup
from consult.drafts.reads_roster_import import PreviewLine
from consult.drafts.roster_rows import NEW, SKIP, UNDECIDED, RosterRow
from consult.drafts.roster_text import ENCODINGS
from consult.web.forms import SHORT, ConsultForm, at_most, options, required, stripped
from consult.web.labels import label

LONGEST_PASTE = 400_000


class PartsForm(ConsultForm):
    """The part that who is invited has."""

    part = RadioField(_("Invited as"), default=PartyRole.INVITED.value, validators=[required()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part.choices = {one.value: label(one) for one in PartyRole}

    @property
    def chosen_part(self) -> PartyRole:
        return PartyRole(self.part.data)


class AdditionForm(PartsForm):
    """Organisations chosen from the list."""

    organisations = SelectMultipleField(_("Organisations"), validate_choice=False)


class ListForm(PartsForm):
    """A list as a file, or as words."""

    file = FileField(_("Spreadsheet"))
    encoding = SelectField(_("Encoding of a CSV file"), default="")
    pasted = TextAreaField(_("Or paste the list"), validators=[at_most(LONGEST_PASTE)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.encoding.choices = [("", _("Found by itself")), *((one, one.upper()) for one in ENCODINGS)]

    def sent(self) -> bytes:
        """The bytes of the file; none where none was sent."""
        return self.file.data.read() if self.file.data and self.file.data.filename else b""


class RowForm(Form):
    """One row of a list, to be mended in place."""

    choice = SelectField(_("What it is"), validate_choice=False)
    organisation = StringField(_("Name"), filters=[stripped], validators=[at_most(SHORT)])
    group = SelectField(_("Group"), validate_choice=False)
    country = StringField(_("Country"), filters=[stripped], validators=[at_most(SHORT)])
    contact = StringField(_("Contact"), filters=[stripped], validators=[at_most(SHORT)])
    email = StringField(_("E-mail of the contact"), filters=[stripped], validators=[at_most(254)])
    language = StringField(_("Language of the letters"), filters=[stripped], validators=[at_most(SHORT)])
    role = SelectField(_("Invited as"), validate_choice=False)

    def __init__(self, line: PreviewLine, choices: list[tuple[str, str]]) -> None:
        row = line.understood.row
        super().__init__(
            request.form if request.method == "POST" else None,
            prefix=f"r{row.line}-",
            data={**row.as_json(), "choice": _choice(line)},
        )
        self.line = line
        self.choice.choices = choices
        self.group.choices = options({"": "–", **{one.value: label(one) for one in StakeholderGroup}})
        self.role.choices = options({one.value: label(one) for one in PartyRole})

    def answer(self) -> RosterRow | None:
        """The row as it is mended; None where the browser did not send it."""
        if self.choice.name not in request.form or not self.validate():
            return None
        row = self.line.understood.row
        said = {
            name: str(self[name].data or "")
            for name in ("organisation", "group", "country", "contact", "email", "language", "role")
        }
        choice = str(self.choice.data or "")
        if choice == UNDECIDED and said["organisation"] == row.organisation:
            choice = row.choice
        return RosterRow(line=row.line, slug=row.slug, choice=choice, near=row.near, **said)


class CorrectionForm(ConsultForm):
    """What to do with the list: keep the corrections, or confirm it."""

    step = StringField()


def choices_of(line: PreviewLine) -> list[tuple[str, str]]:
    """What a row may mean: the organisation found, those that come near, a new one, or nothing."""
    found = line.understood.organisation
    known = [(f"={found.slug}", line.name.words)] if found and line.name else []
    near = [
        (f"={one.slug}", one.name.words) for one in line.candidates if not found or one.slug != found.slug
    ]
    return [
        *([] if known else [(UNDECIDED, str(_("Choose what it is")))]),
        *known,
        *near,
        (NEW, str(_("Enter it as a new organisation"))),
        (SKIP, str(_("Leave this row out"))),
    ]


def _choice(line: PreviewLine) -> str:
    row, found = line.understood.row, line.understood.organisation
    if row.choice:
        return row.choice
    return f"={found.slug}" if found else NEW if line.understood.fate == "enter" else UNDECIDED
