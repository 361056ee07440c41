"""How it is said that nothing sent could become a draft."""

from flask_babel import gettext

from consult.documents import reading
from consult.refusals import sentence


@sentence(reading.NothingSent)
def nothing_sent(_no: reading.NothingSent) -> str:
    return gettext("Choose a file, or paste the text of the draft.")


@sentence(reading.UnknownFormat)
def unknown_format(no: reading.UnknownFormat) -> str:
    return gettext(
        "%(name)s is in a format that is not read here. Send Word (.docx), Markdown (.md) or plain text (.txt), or paste the text.",
        name=no.name,
    )


@sentence(reading.SeveralWordFiles)
def several_word_files(_no: reading.SeveralWordFiles) -> str:
    return gettext(
        "Several files become one draft only if all are Markdown or plain text. Send one Word file."
    )


@sentence(reading.NoClauses)
def no_clauses(_no: reading.NoClauses) -> str:
    return gettext("No text was found in it. Check that it is the right file, or paste the text.")


@sentence(reading.TooManyClauses)
def too_many_clauses(no: reading.TooManyClauses) -> str:
    return gettext(
        "%(count)d paragraphs were found, and a draft has at most %(most)d. Send it in parts.",
        count=no.count,
        most=no.most,
    )


@sentence(reading.NotText)
def not_text(no: reading.NotText) -> str:
    return gettext("%(name)s is not text in UTF-8. Save it as UTF-8 and send it again.", name=no.name)
