"""Which kind of file is a mandate really? Its first bytes say so, whatever its name does."""

import io
import zipfile

LARGEST = 5 * 1024 * 1024
STARTS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def media_type(content: bytes) -> str | None:
    """PDF, PNG, JPEG, WebP or Word; None for anything else, and for Word with macros."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[:4] == b"PK\x03\x04":
        return WORD if _is_word(content) else None
    return next((kind for start, kind in STARTS if content.startswith(start)), None)


def _is_word(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return "word/document.xml" in names and not any("vbaproject" in name.casefold() for name in names)
