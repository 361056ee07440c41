"""What is refused where organisations are invited, and how it is said."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from consult.drafts import roster_guard as guard
from consult.refusals import Refusal, sentence
from consult.web.filters import instant


@dataclass(unsafe_hash=True)
class TwoPartiesOnly(Refusal):
    """Bilateral talks have two parties."""


@dataclass(unsafe_hash=True)
class TwoPartiesNeeded(Refusal):
    """They have not two yet."""

    count: int


@dataclass(unsafe_hash=True)
class ModeratorSitsThere(Refusal):
    """Nobody is moderator and voice in the same consultation."""

    organisation: str


@dataclass(unsafe_hash=True)
class NotListed(Refusal):
    """It is proposed, disabled or merged."""

    organisation: str


@dataclass(unsafe_hash=True)
class NotOpenToThem(Refusal):
    """There is nothing to answer before a draft is published."""


@dataclass(unsafe_hash=True)
class RemindedLately(Refusal):
    """Not more than once in three days."""

    again_at: datetime


@dataclass(unsafe_hash=True)
class NobodyToRemind(Refusal):
    """All have answered, or nobody sits there yet."""


@dataclass(unsafe_hash=True)
class HasSpoken(Refusal):
    """A party to bilateral talks that has spoken stays one."""

    organisation: str


@dataclass(unsafe_hash=True)
class NoReason(Refusal):
    """What is taken away is taken with reasons."""


@dataclass(unsafe_hash=True)
class NobodyChosen(Refusal):
    """A form without an organisation."""


@sentence(TwoPartiesOnly)
def two_parties_only(_no: TwoPartiesOnly) -> str:
    return gettext(
        "Bilateral talks have exactly two parties. Remove one from the roster first, or make the consultation multilateral."
    )


@sentence(TwoPartiesNeeded)
def two_parties_needed(no: TwoPartiesNeeded) -> str:
    if no.count:
        return gettext(
            "Bilateral talks need two parties, and one is named so far. Name the other on the roster first."
        )
    return gettext("Bilateral talks need two parties, and none is named yet. Name both on the roster first.")


@sentence(ModeratorSitsThere)
def moderator_sits_there(no: ModeratorSitsThere) -> str:
    return gettext(
        "A moderator of this consultation sits in the delegation of %(organisation)s, and nobody is both moderator and voice. End the one or the other first.",
        organisation=no.organisation,
    )


@sentence(NotListed)
def not_listed(no: NotListed) -> str:
    return gettext(
        "%(organisation)s is not in the list of organisations now. Choose another, or ask an administrator.",
        organisation=no.organisation,
    )


@sentence(NotOpenToThem)
def not_open_to_them(_no: NotOpenToThem) -> str:
    return gettext("No draft is published yet, so there is nothing to answer. Publish the zero draft first.")


@sentence(RemindedLately)
def reminded_lately(no: RemindedLately) -> str:
    return gettext(
        "They were reminded less than three days ago. You can remind them again on %(at)s.",
        at=instant(no.again_at).striptags(),
    )


@sentence(NobodyToRemind)
def nobody_to_remind(_no: NobodyToRemind) -> str:
    return gettext("There is nobody to remind: all have answered, or nobody sits in their delegations yet.")


@sentence(HasSpoken)
def has_spoken(no: HasSpoken) -> str:
    return gettext(
        "%(organisation)s has spoken in these talks already, so it stays a party to them.",
        organisation=no.organisation,
    )


@sentence(NoReason)
def no_reason(_no: NoReason) -> str:
    return gettext("Say why; everybody who may read this consultation will read it.")


@sentence(NobodyChosen)
def nobody_chosen(_no: NobodyChosen) -> str:
    return gettext("Choose at least one organisation.")


@sentence(guard.NotASpreadsheet)
def not_a_spreadsheet(_no: guard.NotASpreadsheet) -> str:
    return gettext("This is not a spreadsheet. Send an .xlsx, .ods, .xls or .csv file, or paste the list.")


@sentence(guard.SheetTooLarge)
def sheet_too_large(no: guard.SheetTooLarge) -> str:
    return gettext(
        "This file is larger than %(largest)d MB. Send only the list, without pictures.", largest=no.largest
    )


@sentence(guard.SheetExpandsTooMuch)
def sheet_expands_too_much(_no: guard.SheetExpandsTooMuch) -> str:
    return gettext(
        "This file unpacks to far more than a list of organisations, so it was not read. Save the list alone as a new file, or as CSV."
    )


@sentence(guard.SheetHasMacros)
def sheet_has_macros(_no: guard.SheetHasMacros) -> str:
    return gettext("This file carries macros, so it was not read. Save it without them, as .xlsx or CSV.")


@sentence(guard.SheetHasFormulas)
def sheet_has_formulas(_no: guard.SheetHasFormulas) -> str:
    return gettext(
        "Cells of this file are computed by formulas, so it was not read. Copy the list and paste the values alone, or save it as CSV."
    )


@sentence(guard.SheetLocked)
def sheet_locked(_no: guard.SheetLocked) -> str:
    return gettext("This file is protected by a password. Save it without one, and send it again.")


@sentence(guard.SheetUnreadable)
def sheet_unreadable(_no: guard.SheetUnreadable) -> str:
    return gettext(
        "This file is broken, or its letters are in another encoding than was found. Name the encoding, save it anew, or paste the list."
    )


@sentence(guard.TooManyRows)
def too_many_rows(no: guard.TooManyRows) -> str:
    return gettext("A list may have %(most)d rows, and this has more. Send it in parts.", most=no.most)


@sentence(guard.NothingInIt)
def nothing_in_it(_no: guard.NothingInIt) -> str:
    return gettext("No organisation was found in it. Send a list with one organisation a row.")
