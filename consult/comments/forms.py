"""What the comment form, and the small forms of clearance and moderation, ask."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional, ValidationError

from consult.comments.acts import NewContribution
from consult.comments.reads import Commenting
from consult.comments.refusals import SAID, Incomplete
from consult.comments.wording import OFFERED, Lacking
from consult.core.terms import AmendmentKind, Category, Stance
from consult.web.forms import LONG, ConsultForm, at_most, options, required, stripped
from consult.web.labels import LABELS
from consult.web.locale import NAMES, language_name

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
OTHER = "other"
WIDELY_WRITTEN = (
    "am az bg bn cs da de el es et fa fi ha he hi hr hu hy id ig it ja ka kk km ko ky lo lt lv mn ms my ne nl no "
    "pa pl ps pt ro ru rw si sk sl so sq sr sv sw ta tg th ti tk tr uk ur uz vi wo yo zu"
).split()
FIELDS = {
    Lacking.LIFTING: "reasons",
    Lacking.CHANGES: "reasons",
    Lacking.SAME_WORDS: "proposed",
    Lacking.NO_WORDS: "proposed",
    Lacking.WHOLE: "amendment",
}
WORDS = ("proposed", "reasons", "private_notes")
KEPT = (*WORDS, "stance", "category", "written_in", "other_language", "amendment")


def languages(offered: tuple[str, ...]) -> dict[str, str]:
    """The languages to choose from: the interface's, the consultation's, others, each in its own name."""
    tags = dict.fromkeys([*NAMES, *offered, *WIDELY_WRITTEN])
    return {**{tag: NAMES.get(tag) or language_name(tag) for tag in tags}, OTHER: gettext("Another language")}


def in_language(tag: str, offered: tuple[str, ...]) -> dict[str, str]:
    """The two fields that say this language."""
    if tag in languages(offered):
        return {"written_in": tag}
    return {"written_in": OTHER, "other_language": tag}


class ContributionForm(ConsultForm):
    """A comment, from a bare stance to a proposed text."""

    voice = HiddenField()
    round = HiddenField()
    read_text = HiddenField()
    form_key = HiddenField()
    edition = HiddenField()
    supersedes = IntegerField(validators=[Optional()])
    stance = RadioField(
        _("Stance of your organisation"),
        choices=options(LABELS[Stance]),
        validators=[required(_("Choose the stance that you take."))],
    )
    category = SelectField(_("Kind of comment"), choices=options(LABELS[Category]))
    amendment = RadioField(
        _("What do you propose?"),
        choices=options(
            {"": _("No change"), **{kind.value: LABELS[AmendmentKind][kind.value] for kind in OFFERED}}
        ),
        default="",
        validators=[Optional()],
    )
    proposed = TextAreaField(_("Proposed text"), filters=[stripped], validators=[at_most(LONG)])
    reasons = TextAreaField(_("Reasons"), filters=[stripped], validators=[at_most(LONG)])
    written_in = SelectField(_("Language of the reasons"))
    other_language = StringField(
        _("Another language, by its tag"),
        filters=[stripped],
        validators=[at_most(35)],
        render_kw={"placeholder": "sw-KE"},
    )
    private_notes = TextAreaField(
        _("Private notes of the delegation"), filters=[stripped], validators=[at_most(LONG)]
    )

    names_author = BooleanField(_("Publish my name with this comment"))

    @classmethod
    def about(cls, page: Commenting, voice: str, start: dict[str, Any]) -> "ContributionForm":
        """The form on a clause: as it was sent, or as it starts, from the clause's own words."""
        form = cls.posted(
            **{
                "voice": voice,
                "round": page.round.ordinal if page.round else "",
                "read_text": page.words.text_id,
                "form_key": cls.fresh_key(),
                "proposed": page.words.body,
                "category": Category.SUBSTANTIVE.value,
                **start,
            }
        )
        form.written_in.choices = options(languages(page.consulted.offered))
        return form

    @staticmethod
    def fresh_key() -> str:
        """What makes a form that is sent twice one paper."""
        return secrets.token_urlsafe(12)

    def validate_other_language(self, field: StringField) -> None:
        """A tag is asked for where no language of the list fits."""
        if self.written_in.data == OTHER and not TAG.fullmatch(field.data or ""):
            raise ValidationError(gettext("Write the tag of the language, for instance sw-KE or qu."))

    @property
    def language(self) -> str:
        """The language that the reasons are in."""
        return str(self.other_language.data if self.written_in.data == OTHER else self.written_in.data)

    @property
    def press(self) -> str:
        """Which button was pressed; leaving no trace of one saves a draft."""
        names = ("preview", "submit", "verify", "send")
        return next((name for name in names if name in request.form), "keep")

    @property
    def kind(self) -> AmendmentKind | None:
        """The amendment that was chosen, if one was."""
        return AmendmentKind(self.amendment.data) if self.amendment.data in list(OFFERED) else None

    def tell_choice(self, *, has_change: bool) -> None:
        """Shows edited words as the change that they are, where no other was chosen."""
        if has_change and self.kind is None:
            self.amendment.data = AmendmentKind.REPLACE.value

    def answer(self, page: Commenting) -> NewContribution:
        """The paper as it was written."""
        return NewContribution(
            round_id=page.round.id if page.round else 0,
            draft_id=page.draft.id,
            clause_id=page.clause.clause_id,
            stance=Stance(self.stance.data),
            category=Category(self.category.data),
            language=self.language,
            reasons=self.reasons.data or "",
            read_text_id=page.words.text_id,
            proposed=None if page.is_whole else self.proposed.data or "",
            amendment_kind=None if page.is_whole else self.kind,
            form_key=(self.form_key.data or "")[:64],
            supersedes=self.supersedes.data,
            private_notes=self.private_notes.data or "",
            is_sent=self.press != "keep",
            names_author=bool(self.names_author.data),
        )

    def mend(self, no: Incomplete) -> None:
        """Says at each field what is to be mended there."""
        for one in no.lacking:
            field = self[FIELDS[one]]
            field.errors = [*field.errors, SAID[one]()]


class WordsForm(ConsultForm):
    """One sentence of reason: for hiding, restoring, sending back."""

    reason = TextAreaField(
        _("Reason"),
        filters=[stripped],
        validators=[required(_("Give the reason in a sentence.")), at_most(2000)],
    )


class PressForm(ConsultForm):
    """A button, and the edition that was on the page when it was pressed."""

    edition = IntegerField(validators=[Optional()])


def kept_fields(sent: Mapping[str, str], start: str = "") -> dict[str, str]:
    """What to keep of a form that is not taken; nothing where nothing was written into it."""
    words = {name: str(sent[name])[:LONG] for name in KEPT if sent.get(name)}
    written = [words.get(name, "").strip() for name in WORDS]
    return words if any(one and one != start.strip() for one in written) else {}
