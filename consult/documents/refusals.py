"""What the documents room refuses, and how it says so: files that may not be opened, steps that do not fit."""

from dataclasses import dataclass

from flask_babel import gettext

from consult.documents import guard, pdf_out, steps
from consult.refusals import Refusal, sentence
from consult.web.locale import language_name, spoken


@dataclass(unsafe_hash=True)
class OutlineChanged(Refusal):
    """Somebody else mended this outline meanwhile."""


@dataclass(unsafe_hash=True)
class OutlineConfirmed(Refusal):
    """This outline has become a draft already."""


@sentence(OutlineChanged)
def outline_changed(_no: OutlineChanged) -> str:
    return gettext(
        "This outline was changed meanwhile, in another window or by somebody else. Look at it again, then go on."
    )


@sentence(OutlineConfirmed)
def outline_confirmed(_no: OutlineConfirmed) -> str:
    return gettext("This outline has become a draft already. To change the draft, import it again.")


@sentence(pdf_out.NoFontFor)
def no_font_for(no: pdf_out.NoFontFor) -> str:
    return gettext(
        "No font here has these letters, in %(language)s: %(letters)s. Take the Word file, which needs none, or ask the administrators to add a font.",
        language=language_name(no.language, spoken()),
        letters=" ".join(no.letters[:20]),
    )


@sentence(guard.NotAWordFile)
def not_a_word_file(_no: guard.NotAWordFile) -> str:
    return gettext(
        "This is not a Word file (.docx), whatever its name says. Save the text as .docx in your word processor and send that, or paste the text."
    )


@sentence(guard.LegacyDoc)
def legacy_doc(_no: guard.LegacyDoc) -> str:
    return gettext(
        "This is an old Word file (.doc). Open it in your word processor, save it as .docx, and send that."
    )


@sentence(guard.PasswordProtected)
def password_protected(_no: guard.PasswordProtected) -> str:
    return gettext("This file is locked with a password. Save a copy without the password and send that.")


@sentence(guard.TooLarge)
def too_large(no: guard.TooLarge) -> str:
    return gettext(
        "This is %(size)d MB, and at most %(largest)d MB are taken. Take the pictures out, or send the draft in parts.",
        size=no.size // 1048576 + 1,
        largest=no.largest // 1048576,
    )


@sentence(guard.ExpandsTooMuch)
def expands_too_much(_no: guard.ExpandsTooMuch) -> str:
    return gettext(
        "This file unpacks to far more than a text does, so it was not opened. Copy the text into a new document and send that."
    )


@sentence(guard.HasMacros)
def has_macros(_no: guard.HasMacros) -> str:
    return gettext(
        "This file carries macros, which are never taken. Save it as .docx (without macros) and send that."
    )


@sentence(guard.HasEntities)
def has_entities(_no: guard.HasEntities) -> str:
    return gettext(
        "This file carries declarations that a Word document has no use for, so it was not opened. Copy the text into a new document and send that."
    )


@sentence(guard.UnsafeName)
def unsafe_name(_no: guard.UnsafeName) -> str:
    return gettext(
        "This file is put together in a way that Word would not do, so it was not opened. Copy the text into a new document and send that."
    )


@sentence(guard.Unreadable)
def unreadable(_no: guard.Unreadable) -> str:
    return gettext(
        "This file is damaged and cannot be read. Open it in your word processor, save it again, and send that."
    )


@sentence(guard.TookTooLong)
def took_too_long(_no: guard.TookTooLong) -> str:
    return gettext(
        "Reading this file took too long, so it was given up. Send the draft in parts, or paste the text."
    )


@sentence(guard.DoubledName)
def doubled_name(_no: guard.DoubledName) -> str:
    return gettext(
        "Two parts of this file have the same name, which Word would not do, so it was not opened. Copy the text into a new document and send that."
    )


@sentence(steps.StepNotKnown)
def step_not_known(_no: steps.StepNotKnown) -> str:
    return gettext("That is no step that an outline takes. Use the buttons of the page.")


@sentence(steps.NoSuchItem)
def no_such_item(_no: steps.NoSuchItem) -> str:
    return gettext("That place in the outline is not there any more. Look at the outline again, then go on.")


@sentence(steps.NothingBefore)
def nothing_before(_no: steps.NothingBefore) -> str:
    return gettext("There is nothing before this to join it with or to put it under.")


@sentence(steps.CannotJoin)
def cannot_join(_no: steps.CannotJoin) -> str:
    return gettext("A table is joined with nothing, and a footnote only with a footnote.")


@sentence(steps.NothingToSplit)
def nothing_to_split(_no: steps.NothingToSplit) -> str:
    return gettext("It cannot be split there. Put || between two sentences, with words on both sides.")


@sentence(steps.NumberTooLong)
def number_too_long(no: steps.NumberTooLong) -> str:
    return gettext("A number has at most %(longest)d characters.", longest=no.longest)


@sentence(steps.NotDeeper)
def not_deeper(_no: steps.NotDeeper) -> str:
    return gettext("It stands right below the one before it already.")


@sentence(steps.NotHigher)
def not_higher(_no: steps.NotHigher) -> str:
    return gettext("It stands at the top already.")


@sentence(steps.CannotBe)
def cannot_be(_no: steps.CannotBe) -> str:
    return gettext("These words cannot be that. A heading has one line, and a table stays a table.")
