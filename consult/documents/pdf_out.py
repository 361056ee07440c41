"""From a publication to an accessible PDF for the archive (PDF/UA-1 and PDF/A-2a), in any language that has a font.

The words go to the template as data and are never read as its markup. A letter that no font has is refused: else it
would be printed as a box.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typst

from consult.core.languages import direction
from consult.documents.composition import ComposedClause, Composition, compose
from consult.documents.pdf_blocks import Json, Notes, block_values
from consult.documents.pdf_fonts import east_asian, families, fonts
from consult.documents.publication import Publication
from consult.refusals import Refusal

TEMPLATE = Path(__file__).with_name("publication.typ")
_WITHOUT_FONT = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


@dataclass
class NoFontFor(Refusal):
    """No font here has these letters of this language."""

    language: str
    letters: str

    __hash__ = Refusal.__hash__


def write(publication: Publication, *, marked: bool = False, font_folders: Sequence[Path] = ()) -> bytes:
    """`marked` shows the changes against the draft before, in the text."""
    opened, further = fonts(tuple(font_folders))
    values = _values(compose(publication, tracked=marked), further)
    try:
        pdf = typst.compile(
            TEMPLATE.read_bytes(),
            font_paths=opened,
            ignore_system_fonts=True,
            sys_inputs={"publication": json.dumps(values, ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
        )
    except typst.TypstError as error:
        letters = _without_font(error.diagnostic)
        if not letters:
            raise
        raise NoFontFor(_language_of(letters, publication), letters) from error
    assert isinstance(pdf, bytes)
    return pdf


def _values(composed: Composition, further: Sequence[str]) -> Json:
    publication, labels = composed.publication, composed.publication.labels
    notes = Notes(composed.notes)
    clauses = [_clause(clause, notes) for clause in composed.clauses]
    _step_down(clauses)
    languages = {publication.language, "en", *(clause.clause.language for clause in composed.clauses)}
    languages |= {note.clause.language for note in composed.notes.values()}
    day = publication.dated
    return {
        "title": publication.title,
        "language": publication.language,
        "tongues": {language: _tongue(language, further) for language in sorted(languages)},
        "draft": publication.draft_label,
        "remarks": [text for text in (publication.status_line, labels.dated, *composed.preface) if text],
        "legend": [labels.compared, labels.inserted, labels.deleted] if composed.has_changes else [],
        "contents": labels.contents,
        "page": re.split(r"\{(page|pages)\}", labels.page),
        "address": publication.consultation_address,
        "date": [day.year, day.month, day.day],
        "clauses": clauses,
        "notes": notes.languages,
    }


def _step_down(clauses: Sequence[Json]) -> None:
    """Lets headings go down one level at a time, as PDF/UA asks: what stands between two may have no heading."""
    above = 0
    for clause in clauses:
        for block in clause["blocks"]:
            if block["kind"] == "heading":
                above = block["level"] = min(block["level"], above + 1)


def _tongue(language: str, further: Sequence[str]) -> Json:
    family, *rest = language.split("-")
    region = next((part for part in rest if len(part) == 2), None)
    return {
        "lang": family,
        "region": region or {"Hans": "CN", "Hant": "TW"}.get(rest[0] if rest else ""),
        "direction": direction(language),
        "fonts": families(language, further),
        "is_east_asian": east_asian(language) is not None,
    }


def _clause(composed: ComposedClause, notes: Notes) -> Json:
    return {
        "language": composed.clause.language,
        "indent": composed.indent,
        "blocks": list(block_values(composed.blocks, notes)),
        "remarks": [*composed.remarks, *([composed.reason] if composed.reason else [])],
    }


def _without_font(diagnostic: str) -> str:
    found = "".join(_WITHOUT_FONT.findall(diagnostic))
    plain = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found)
    return "".join(dict.fromkeys(plain))


def _language_of(letters: str, publication: Publication) -> str:
    for row in publication.clauses:
        old = (row.old.number, row.old.heading, row.old.body) if row.old else ()
        if set(letters) & set("".join((row.number, row.heading, row.body, *old))):
            return row.language
    return publication.language
