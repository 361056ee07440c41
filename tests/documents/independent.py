"""The words of a Word file, drawn out a second way: crude, by pattern, sharing nothing with our reader."""

import html
import io
import re
import unicodedata
import zipfile
from collections import Counter

from consult.documents.markup import plain
from consult.documents.outline import Outline

GONE = r"w:del|w:moveFrom|mc:Fallback|w:rPrChange|w:pPrChange|w:tblPrChange|w:numberingChange|w:instrText"


def words_of(text: str) -> Counter[str]:
    """Raised figures count as plain ones; underscores are lines to write on, not words."""
    return Counter(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text.replace("\u00ad", ""))))


def words_in_file(blob: bytes, part: str = "word/document.xml") -> Counter[str]:
    """Only for files whose tracked changes cross no paragraph."""
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        xml = archive.read(part).decode()
    xml = re.sub(rf"<({GONE})(?=[ >])[^>]*(?<!/)>.*?</\1>", "", xml, flags=re.DOTALL)
    xml = re.sub(
        r"<w:(tab|br|cr|ptab|noBreakHyphen)\b[^>]*/>|</w:p>|</w:tc>|<w:txbxContent>", "<w:t> </w:t>", xml
    )
    return words_of(html.unescape("".join(re.findall(r"<(?:w|m):t(?: [^>]*)?>([^<]*)<", xml))))


def words_in_outline(outline: Outline) -> Counter[str]:
    return words_of(
        " ".join([outline.title, *(f"{i.number} {i.heading} {plain(i.body)}" for i in outline.items)])
    )
