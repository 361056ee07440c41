"""Builds the catalogues that the program reads from those that translators write.

By itself, so that it runs before the program can; whether every sentence is translated, `tests/house` holds.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).resolve().parent.parent.parent / "translations"


def build() -> None:
    """Writes each language's .mo beside its .po."""
    for written in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po")):
        language = written.parent.parent.name
        with written.open("rb") as source:
            catalogue = read_po(source, locale=language)
        with written.with_suffix(".mo").open("wb") as built:
            write_mo(built, catalogue)


if __name__ == "__main__":
    build()
