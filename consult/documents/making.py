"""How is a document made? Its form, its writer, its file name and its type."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from consult.documents import docx_out, pdf_out
from consult.documents.publication import Publication

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a draft leaves."""

    ending: str
    media_type: str
    write: Callable[[Publication, Sequence[Path]], bytes]
    needs_previous: bool = False


FORMS: Mapping[str, Form] = {
    "changes.docx": Form(
        "changes.docx", WORD_TYPE, lambda told, _: docx_out.write(told, tracked=True), needs_previous=True
    ),
    "clean.docx": Form("docx", WORD_TYPE, lambda told, _: docx_out.write(told, tracked=False)),
    "clean.pdf": Form("pdf", "application/pdf", lambda told, fonts: pdf_out.write(told, font_folders=fonts)),
    "changes.pdf": Form(
        "changes.pdf",
        "application/pdf",
        lambda told, fonts: pdf_out.write(told, marked=True, font_folders=fonts),
        needs_previous=True,
    ),
}


def file_name(slug: str, ordinal: int, language: str, form: str) -> str:
    """What the file is called where it is saved."""
    return f"{slug}-draft-{ordinal}-{language}.{FORMS[form].ending}"
