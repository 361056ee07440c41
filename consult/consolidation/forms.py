"""What the desk asks: a disposition, a settlement, the last word before publication."""

from collections.abc import Mapping

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, StopValidation

from consult.consolidation.acts import NewDisposition
from consult.consolidation.acts_settling import Key, NewSettlement, Reason
from consult.consolidation.reads_next import Typed
from consult.core.merge import Choice
from consult.core.terms import Outcome, SettlementKind
from consult.web.forms import LONG, ConsultForm, Field, at_most, options, stripped
from consult.web.labels import LABELS
from consult.web.locale import spoken


class DispositionForm(ConsultForm):
    """What becomes of one or several comments that ask the same."""

    numbers = HiddenField()
    seen = HiddenField()
    outcome = SelectField(
        _("Disposition"),
        choices=options({one.value: LABELS[Outcome][one.value] for one in Outcome}),
        validate_choice=False,
    )
    answer = TextAreaField(_("Answer to the author"), filters=[stripped], validators=[at_most(LONG)])
    words = TextAreaField(_("Words used"), filters=[stripped], validators=[at_most(LONG)])
    answered_with = StringField(_("Answered with comment number"), filters=[stripped])
    deferred_to = IntegerField(_("Deferred to round"), validators=[Optional()])

    def validate_outcome(self, field: Field) -> None:
        """One of the outcomes."""
        if field.data not in set(Outcome):
            raise StopValidation(str(_("Choose what becomes of the comment.")))

    def answered(self, round_ids: Mapping[int, int]) -> NewDisposition:
        """The act's input; the answer is in the language of the interface. `round_ids` by ordinal."""
        ordinal = self.deferred_to.data
        return NewDisposition(
            outcome=Outcome(self.outcome.data),
            answer=self.answer.data or "",
            language=spoken(),
            words=self.words.data or "",
            answered_with=next(iter(numbers_in(self.answered_with.data or "")), None),
            deferred_to=None if ordinal is None else round_ids.get(ordinal, 0),
        )

    def comment_numbers(self) -> list[int]:
        """The comments that it is about."""
        return list(numbers_in(self.numbers.data or ""))[:500]

    def seen_ids(self) -> dict[int, int | None]:
        """The disposition of each comment that the moderator saw."""
        pairs = [one.partition(":") for one in (self.seen.data or "").split(",") if ":" in one]
        return {
            int(number): int(found) if found.isdecimal() else None
            for number, _sep, found in pairs
            if number.isdecimal()
        }


class ThemeForm(ConsultForm):
    """Under which name comments lie together."""

    numbers = HiddenField()
    theme = StringField(_("Theme"), filters=[stripped])

    def comment_numbers(self) -> list[int]:
        """The comments that it is about."""
        return list(numbers_in(self.numbers.data or ""))[:500]


class SettlementForm(ConsultForm):
    """The next text of a clause, or of a new one after it."""

    seen = IntegerField(validators=[Optional()])
    kind = SelectField(
        _("What happens to the clause"),
        choices=options({one.value: LABELS[SettlementKind][one.value] for one in SettlementKind}),
    )
    text = TextAreaField(_("Next text"), filters=[stripped], validators=[at_most(LONG)])
    heading = StringField(_("New heading, if any"), filters=[stripped], validators=[at_most(500)])
    place = StringField(_("Move it after"))

    @property
    def is_insertion(self) -> bool:
        """Whether it was sent for a new clause after this one."""
        return self.is_submitted() and "after" in request.form

    def settlement(self, clause_ids: Mapping[str, int], joined: int | None) -> NewSettlement:
        """The act's input."""
        kind = SettlementKind(self.kind.data)
        return NewSettlement(
            kind=kind,
            text=self.text.data or "",
            heading=self.heading.data or "",
            after_clause_id=clause_ids.get(self.place.data or "") if kind is SettlementKind.MOVE else None,
            joined_clause_id=joined if kind is SettlementKind.JOIN else None,
            choices={
                key: {"choice": choice, "reason": whys().get(key, "")} for key, choice in chosen().items()
            },
            reasons=given_reasons(),
            otherwise=otherwise(),
        )

    def typed(self) -> Typed:
        """What was sent, to be shown again; on merging anew the text comes from the choices."""
        text = None if "merge" in request.form or self.is_insertion else self.text.data
        return Typed(chosen(), whys(), given_reasons(), otherwise(), text)


def chosen() -> dict[str, Choice]:
    """How each collision was resolved on the form."""
    found: dict[str, Choice] = {}
    for name, value in request.form.items():
        key = name.removeprefix("choice-")
        if key != name and value == "brackets":
            found[key] = "brackets"
        elif key != name and value.isascii() and value.isdigit() and len(value) < 4:
            found[key] = int(value)
    return found


def given_reasons() -> dict[Key, Reason]:
    """The reasons that were given for changes that no accepted amendment asks for."""
    found: dict[Key, Reason] = {}
    for name, value in request.form.items():
        parts = name.removeprefix("cite-").split("-")
        if (
            name.startswith("cite-")
            and len(parts) == 4
            and all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts)
        ):
            key = (int(parts[0]), int(parts[1]), int(parts[2]), int(parts[3]))
            found[key] = Reason(
                numbers_in(value), bool(request.form.get("editorial-" + name.removeprefix("cite-")))
            )
    return found


def numbers_in(words: str) -> tuple[int, ...]:
    """The comment numbers in “#412, #398”, in any script's digits."""
    cleaned = words.replace("#", " ").replace(",", " ").replace("،", " ").replace("、", " ")
    return tuple(sorted({int(one) for one in cleaned.split() if one.isdecimal() and len(one) < 9}))


def whys() -> dict[str, str]:
    """Why each collision stays open, by its key."""
    names = [name for name in request.form if name.startswith("why-")]
    return {name.removeprefix("why-"): request.form[name].strip()[:1000] for name in names}


def otherwise() -> Reason:
    """One reason for the whole: of a new, moved or deleted clause, of a new heading."""
    comments = numbers_in(request.form.get("cite", ""))
    return Reason(comments, bool(request.form.get("editorial")) and not comments)
