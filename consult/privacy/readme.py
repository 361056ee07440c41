"""What does the file beside the data say, in the language of whoever asked?"""

from datetime import datetime

from flask_babel import force_locale, gettext

from consult.web.locale import interface_language


def read_me(language: str, pseudonym: str, site: str, made_at: datetime) -> str:
    """The README of a takeout."""
    with force_locale(interface_language(language)):
        lines = (
            gettext("What %(site)s holds of %(pseudonym)s", site=site, pseudonym=pseudonym),
            "",
            gettext("Made on %(at)s.", at=made_at.isoformat(timespec="seconds")),
            "",
            gettext(
                "data.json holds every row that has to do with you, in a form that programs read. "
                "Its first lines say how it is laid out."
            ),
            gettext(
                "Passwords, keys and codes are not in it: the file only says that there are some. "
                "Nothing of other people is in it: they are “somebody else”."
            ),
            gettext(
                "What your organisation submitted is public under its name, and is listed by its number. "
                "The words that you wrote in its papers are in the file."
            ),
            gettext("Keep this file safe: whoever has it knows what you did here."),
        )
        return "\n".join(lines) + "\n"
