"""What the desk asks: a disposition, a settlement, the last word before publication."""

from collections.abc import Mapping

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from consult.consolidation.acts import NewDisposition
from consult.consolidation.acts_settling import Key, NewSettlement, Reason
from consult.core.merge import Choice
from consult.core.terms import Outcome, SettlementKind
from consult.web.forms import LONG, ConsultForm, at_most, options, stripped
from consult.web.labels import LABELS
from consult.web.locale import spoken

HIDDEN_OUTCOMES = {Outcome.DEFERRED}


class DispositionForm(ConsultForm):
    """What becomes of one or several comments that ask the same."""

    numbers = HiddenField()
    seen = HiddenField()
    outcome = SelectField(
        _("Disposition"),
        choices=options({one.value: LABELS[Outcome][one.value] for one in Outcome if one not in HIDDEN_OUTCOMES}),
    )
    answer = TextAreaField(_("Answer to the author"), filters=[stripped], validators=[at_most(LONG)])
    words = TextAreaField(_("Words used"), filters=[stripped], validators=[at_most(LONG)])
    answered_with = IntegerField(_("Answered with comment number"), validators=[Optional()])

    def answered(self) -> NewDisposition:
        """The act's input; the answer is in the language of the interface."""
        return NewDisposition(
            Outcome(self.outcome.data),
            self.answer.data or "",
            spoken(),
            self.words.data or "",
            self.answered_with.data,
        )

    def comment_numbers(self) -> list[int]:
        """The comments that it is about."""
        return [int(one) for one in (self.numbers.data or "").split(",") if one.isdigit()][:500]

    def seen_ids(self) -> dict[int, int | None]:
        """The disposition of each comment that the moderator saw."""
        pairs = [one.partition(":") for one in (self.seen.data or "").split(",") if ":" in one]
        return {
            int(number): int(found) if found.isdigit() else None for number, _sep, found in pairs if number.isdigit()
        }


class SettlementForm(ConsultForm):
    """The next text of a clause."""

    seen = IntegerField(validators=[Optional()])
    kind = SelectField(
        _("What happens to the clause"),
        choices=options({one.value: LABELS[SettlementKind][one.value] for one in SettlementKind}),
    )
    text = TextAreaField(_("Next text"), filters=[stripped], validators=[at_most(LONG)])
    heading = StringField(_("New heading, if any"), filters=[stripped], validators=[at_most(500)])
    place = SelectField(_("After which clause"), choices=[], validate_choice=False)

    def settlement(self, clause_ids: Mapping[str, int], following: int | None) -> NewSettlement:
        """The act's input."""
        kind = SettlementKind(self.kind.data)
        return NewSettlement(
            kind=kind,
            text=self.text.data or "",
            heading=self.heading.data or "",
            after_clause_id=clause_ids.get(self.place.data or "") if kind is SettlementKind.MOVE else None,
            joined_clause_id=following if kind is SettlementKind.JOIN else None,
            choices={key: {"choice": choice, "reason": _reason(key)} for key, choice in chosen().items()},
            reasons=given_reasons(),
            otherwise=_otherwise(),
        )


def chosen() -> dict[str, Choice]:
    """How each collision was resolved on the form."""
    found: dict[str, Choice] = {}
    for name, value in request.form.items():
        key = name.removeprefix("choice-")
        if key != name and value == "brackets":
            found[key] = "brackets"
        elif key != name and value.isascii() and value.isdigit():
            found[key] = int(value)
    return found


def given_reasons() -> dict[Key, Reason]:
    """The reasons that were given for changes that no accepted amendment asks for."""
    found: dict[Key, Reason] = {}
    for name, value in request.form.items():
        parts = name.removeprefix("cite-").split("-")
        if name.startswith("cite-") and len(parts) == 4 and all(part.isdigit() for part in parts):
            key = (int(parts[0]), int(parts[1]), int(parts[2]), int(parts[3]))
            found[key] = Reason(numbers_in(value), bool(request.form.get("editorial-" + name.removeprefix("cite-"))))
    return found


def numbers_in(words: str) -> tuple[int, ...]:
    """The comment numbers in “#412, #398”."""
    cleaned = words.replace("#", " ").replace(",", " ").replace("،", " ")
    return tuple(sorted({int(one) for one in cleaned.split() if one.isdecimal() and len(one) < 9}))


def _reason(key: str) -> str:
    return request.form.get(f"why-{key}", "")[:1000]


def _otherwise() -> Reason:
    """For a deletion, an insertion, a move: one reason for the whole."""
    comments = numbers_in(request.form.get("cite", ""))
    return Reason(comments, bool(request.form.get("editorial")) and not comments)
