"""Which parts does a Word file have beside its text? All are written here, so that no old template shines through."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from consult.documents.bodies import BULLET
from consult.documents.docx_clauses import paragraph
from consult.documents.docx_redline import plain_runs
from consult.documents.docx_styles import Tongue, tongue
from consult.documents.docx_xml import SPACES, el
from consult.documents.publication import Publication

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SIDE_PARTS = {  # those that word/document.xml leads to: relation, and the last word of the media type
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "footnotes": "footnotes",
    "comments": "comments",
    "header": "header",
    "footer": "footer",
}


def header(publication: Publication) -> "etree._Element":
    spoken = tongue(publication.language)
    line = el("w:pBdr", el("w:bottom", w_val="single", w_sz=4, w_space=4, w_color="BFBFBF"))
    words = plain_runs(f"{publication.draft_label} · {publication.title}", spoken)
    said = paragraph("Header", spoken, words)
    said[0].insert(1, line)
    return el("w:hdr", said)


def footer(publication: Publication) -> "etree._Element":
    spoken = tongue(publication.language)
    return el("w:ftr", paragraph("Footer", spoken, _page_number(publication.labels.page, spoken)))


def _page_number(label: str, spoken: Tongue) -> Iterator["etree._Element"]:
    for part in re.split(r"(\{page\}|\{pages\})", label):
        if part in ("{page}", "{pages}"):
            field = "PAGE" if part == "{page}" else "NUMPAGES"
            yield el("w:fldSimple", *plain_runs("1", spoken), w_instr=f" {field} ")
        elif part:
            yield from plain_runs(part, spoken)


def footnotes(written: Iterable["etree._Element"]) -> "etree._Element":
    between = el("w:footnote", el("w:p", el("w:r", el("w:separator"))), w_type="separator", w_id=-1)
    after = el("w:p", el("w:r", el("w:continuationSeparator")))
    goes_on = el("w:footnote", after, w_type="continuationSeparator", w_id=0)
    return el("w:footnotes", between, goes_on, *written)


def settings(publication: Publication, *, is_tracked: bool) -> "etree._Element":
    spoken = tongue(publication.language)
    key = "w_bidi" if spoken.is_rtl else "w_eastAsia" if spoken.is_east_asian else "w_val"
    return el(
        "w:settings",
        el("w:trackRevisions") if is_tracked else None,
        el("w:defaultTabStop", w_val=680),
        el("w:footnotePr", el("w:footnote", w_id=-1), el("w:footnote", w_id=0)),
        el(
            "w:compat",
            el(
                "w:compatSetting",
                w_name="compatibilityMode",
                w_uri="http://schemas.microsoft.com/office/word",
                w_val=15,
            ),
        ),
        el("w:themeFontLang", **{key: spoken.name}),
    )


def numbering() -> "etree._Element":
    """Bullets only: the numbers of clauses and of list items are words of the draft, and are written as such."""
    levels = (
        el(
            "w:lvl",
            el("w:start", w_val=1),
            el("w:numFmt", w_val="bullet"),
            el("w:lvlText", w_val=BULLET if level % 2 == 0 else "–"),
            el("w:lvlJc", w_val="left"),
            el("w:pPr", el("w:ind", w_left=360 * (level + 1), w_hanging=360)),
            w_ilvl=level,
        )
        for level in range(9)
    )
    kind = el("w:abstractNum", el("w:multiLevelType", w_val="hybridMultilevel"), *levels, w_abstractNumId=0)
    return el("w:numbering", kind, el("w:num", el("w:abstractNumId", w_val=0), w_numId=1))


def core_properties(publication: Publication) -> "etree._Element":
    """No person is named; the time is that of the draft, so that the same draft gives the same file."""
    at = _midnight(publication.dated)
    root = el("cp:coreProperties", el("dc:title", text=publication.title))
    root.append(el("dc:description", text=f"{publication.draft_label}. {publication.consultation_address}"))
    root.append(el("dc:language", text=publication.language))
    root.append(el("dcterms:created", text=at, xsi_type="dcterms:W3CDTF"))
    root.append(el("dcterms:modified", text=at, xsi_type="dcterms:W3CDTF"))
    return root


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def content_types() -> bytes:
    overrides = {f"/word/{name}.xml": f"{_MAIN}.{kind}+xml" for name, kind in _SIDE_PARTS.items()}
    overrides["/word/document.xml"] = f"{_MAIN}.document.main+xml"
    overrides["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    told = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    default = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    return f'{_XML}<Types xmlns="{_TYPES}">{default}{told}</Types>'.encode()


def package_relations() -> bytes:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return _relations(
        {"rId1": (f"{SPACES['r']}/officeDocument", "word/document.xml"), "rId2": (core, "docProps/core.xml")},
        {},
    )


def document_relations(links: Mapping[str, str]) -> bytes:
    parts = {f"rId_{name}": (f"{SPACES['r']}/{kind}", f"{name}.xml") for name, kind in _SIDE_PARTS.items()}
    return _relations(parts, links)


def _relations(parts: Mapping[str, tuple[str, str]], links: Mapping[str, str]) -> bytes:
    told = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>' for key, (kind, to) in parts.items()
    )
    outside = f"{SPACES['r']}/hyperlink"
    told += "".join(
        f'<Relationship Id="{key}" Type="{outside}" Target={quoteattr(address)} TargetMode="External"/>'
        for address, key in links.items()
    )
    return f'{_XML}<Relationships xmlns="{_RELATIONS}">{told}</Relationships>'.encode()


def package(parts: Mapping[str, bytes]) -> bytes:
    """The same parts give the same bytes: a zip else carries the time of its making."""
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return kept.getvalue()
