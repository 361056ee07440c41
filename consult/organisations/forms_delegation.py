"""What the pages of a delegation, of requests and of invitations ask."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation

from consult.core.terms import RoleKind, SeatKind
from consult.organisations.acts_invitations import NewInvitation
from consult.organisations.addresses import MOST_LINES, Line, lines_of
from consult.people.forms_accounts import NAME_LENGTH, PASSWORD_LENGTH, ZONES, a_name
from consult.web.forms import ConsultForm, Field, at_most, options, required, stripped
from consult.web.labels import label
from consult.web.locale import NAMES

WORDS = 2000


def seats(kinds: Iterable[SeatKind]) -> dict[str, str]:
    """Kinds of seats, as a choice."""
    return {kind.value: label(kind) for kind in kinds}


def _offered(_form: ConsultForm, field: Field) -> None:
    """Refuses lines without an address, each named; and more than a page sends."""
    lines = lines_of(field.data or "")
    wrong = [line.typed for line in lines if line.email is None]
    if wrong:
        raise StopValidation(
            gettext("No address could be read in: %(lines)s. Mend these lines.", lines=" · ".join(wrong[:10]))
        )
    if len(lines) > MOST_LINES:
        raise StopValidation(
            ngettext("At most one address at once.", "At most %(num)d addresses at once.", MOST_LINES)
        )


class InviteForm(ConsultForm):
    """Whom to invite into what, in which language, with which words."""

    addresses = TextAreaField(
        _("E-mail addresses"),
        filters=[stripped],
        validators=[required(_("Write at least one address.")), at_most(20_000), _offered],
        render_kw={"dir": "ltr", "autocomplete": "off"},
    )
    kind = SelectField(_("Invited as"))
    language = SelectField(_("Language of the letter"), choices=dict(NAMES))
    words = TextAreaField(_("Your words in the letter"), filters=[stripped], validators=[at_most(WORDS)])

    @classmethod
    def into(cls, kinds: Mapping[str, str], language: str) -> "InviteForm":
        """The form for these seats, or whatever else may be offered."""
        form = cls.posted(language=language)
        form.kind.choices = options(kinds)
        return form

    @property
    def lines(self) -> tuple[Line, ...]:
        """The addresses that were written."""
        return lines_of(self.addresses.data or "")

    def seated(self, organisation_id: int) -> list[NewInvitation]:
        """The invitations into a delegation."""
        kind = SeatKind(self.kind.data)
        return [self._new(line, organisation_id=organisation_id, seat_kind=kind) for line in self.lines]

    def at_large(self) -> list[NewInvitation]:
        """The invitations to the site or into a role."""
        role, _sign, language = str(self.kind.data).partition(":")
        if not role:
            return [self._new(line) for line in self.lines]
        given = {"role_kind": RoleKind(role), "role_language": language or None}
        return [self._new(line, **given) for line in self.lines]

    def keep(self, emails: set[str]) -> None:
        """Leaves only these lines to be mended."""
        self.addresses.data = "\n".join(line.typed for line in self.lines if line.email in emails)

    def _new(self, line: Line, **into: Any) -> NewInvitation:
        return NewInvitation(
            line.email or "", line.name, self.language.data, words=self.words.data or "", **into
        )


class SeatForm(ConsultForm):
    """Another seat for a member, or its end; `seen` is the seat that the page showed."""

    seen = HiddenField()
    kind = SelectField(_("Seat"))
    reason = TextAreaField(_("Reasons"), filters=[stripped], validators=[at_most(WORDS)])

    @classmethod
    def about(cls, seen: SeatKind, to: Iterable[SeatKind]) -> "SeatForm":
        """The form about a member who sits there as `seen`."""
        form = cls.posted(seen=seen.value)
        form.kind.choices = options(seats(to))
        return form

    @property
    def saw(self) -> SeatKind | None:
        """The seat that the page showed."""
        return SeatKind(self.seen.data) if self.seen.data in set(SeatKind) else None


class LeaveForm(ConsultForm):
    """Leaving: who follows, and that it is known what it means."""

    successor = SelectField(_("Who becomes head"), default="")
    confirmed = BooleanField(_("I know that nobody will be able to submit for this organisation"))

    @classmethod
    def among(cls, heirs: Mapping[str, str]) -> "LeaveForm":
        """The form for these possible successors, by pseudonym."""
        form = cls.posted()
        form.successor.choices = options({"": gettext("Choose who takes over"), **heirs})
        return form


class HandOverForm(ConsultForm):
    """Who becomes head beside the one who asks."""

    successor = SelectField(_("Who becomes head"), validators=[required(_("Choose who takes over."))])

    @classmethod
    def among(cls, heirs: Mapping[str, str]) -> "HandOverForm":
        """The form for these possible successors, by pseudonym."""
        form = cls.posted()
        form.successor.choices = options({"": gettext("Choose who takes over"), **heirs})
        return form


class LevelsForm(ConsultForm):
    """How many steps a paper takes inside the delegation."""

    levels = RadioField(
        _("Steps of clearance"),
        choices=options(
            {
                "1": _("One step: heads write and submit, nobody else"),
                "2": _("Two steps: everybody writes, a head submits"),
                "3": _("Three steps: everybody writes, a deputy or a head verifies, a head submits"),
            }
        ),
    )


class RequestForm(ConsultForm):
    """Why somebody should represent an organisation."""

    words = TextAreaField(
        _("Who you are in this organisation"),
        filters=[stripped],
        validators=[required(_("Say who you are, so that the heads can tell.")), at_most(WORDS)],
    )


class AnswerForm(ConsultForm):
    """The answer to a request: a seat, or words that say no."""

    verdict = RadioField(_("Answer"), validators=[required(_("Choose an answer."))])
    answer = TextAreaField(_("Words to the one who asked"), filters=[stripped], validators=[at_most(WORDS)])

    @classmethod
    def offering(cls, kinds: Iterable[SeatKind]) -> "AnswerForm":
        """The form of somebody who may give these seats."""
        form = cls.posted()
        granted = {kind.value: gettext("Grant a seat: %(seat)s", seat=label(kind)) for kind in kinds}
        form.verdict.choices = options({**granted, "refuse": gettext("Refuse the request")})
        return form

    @property
    def granted(self) -> SeatKind | None:
        """The seat given; none where it is refused."""
        return None if self.verdict.data == "refuse" else SeatKind(self.verdict.data)

    def validate_answer(self, field: Field) -> None:
        """Who is refused is told why."""
        if self.verdict.data == "refuse" and not (field.data or "").strip():
            raise StopValidation(gettext("Say why, to the one who asked."))


class AcceptForm(ConsultForm):
    """Yes to an invitation, with the account that is signed in."""

    confirmed = BooleanField(_("I accept with the account that I am signed in with"))


class JoinForm(ConsultForm):
    """The account that an invited person makes; its address is the one that the letter reached."""

    name = StringField(
        _("Name"),
        filters=[stripped],
        validators=[required(_("Write your name.")), at_most(NAME_LENGTH), a_name],
        render_kw={"autocomplete": "name", "dir": "auto"},
    )
    password = PasswordField(
        _("Password"),
        validators=[required(_("Choose a password.")), at_most(PASSWORD_LENGTH)],
        render_kw={"autocomplete": "new-password"},
    )
    time_zone = SelectField(
        _("Time zone"), choices=dict(zip(ZONES, ZONES, strict=True)), default="UTC", render_kw={"dir": "ltr"}
    )


class PressForm(ConsultForm):
    """A press on a button."""
