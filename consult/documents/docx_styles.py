"""What does a draft look like in Word? A clean set of styles, with the fonts and language names that Word knows."""

from dataclasses import dataclass

from lxml import etree

from consult.core.languages import direction
from consult.documents.docx_xml import el, named

SERIF, SANS = "Times New Roman", "Arial"  # every office program has them or their metric twins
EAST_ASIAN = {  # Word's name of the language, fonts for text and for headings
    "zh": ("zh-CN", "SimSun", "SimHei"),
    "zh-Hant": ("zh-TW", "PMingLiU", "Microsoft JhengHei"),
    "zh-TW": ("zh-TW", "PMingLiU", "Microsoft JhengHei"),
    "zh-HK": ("zh-HK", "PMingLiU", "Microsoft JhengHei"),
    "ja": ("ja-JP", "MS Mincho", "MS Gothic"),
    "ko": ("ko-KR", "Batang", "Malgun Gothic"),
}
COMPLEX_FONTS = {"hi": "Nirmala UI", "bn": "Nirmala UI", "ta": "Nirmala UI", "th": "Leelawadee UI"}
WORD_NAMES = {"ar": "ar-SA", "en": "en-GB", "fa": "fa-IR", "fr": "fr-FR", "he": "he-IL", "ur": "ur-PK"}


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as Word wants it told."""

    is_rtl: bool
    is_east_asian: bool
    name: str
    font: str  # for the scripts that are not Latin
    heading_font: str


def tongue(language: str) -> Tongue:
    family = language.split("-")[0]
    east = EAST_ASIAN.get("-".join(language.split("-")[:2])) or EAST_ASIAN.get(family)
    if east:
        return Tongue(False, True, *east)
    name = WORD_NAMES.get(language, language)
    is_complex = family in COMPLEX_FONTS
    return Tongue(
        direction(language) == "rtl",
        False,
        name,
        COMPLEX_FONTS.get(family, SERIF),
        COMPLEX_FONTS.get(family, SERIF if is_complex else SANS),
    )


def styles(language: str) -> "etree._Element":
    spoken = tongue(language)
    root = el("w:styles", _defaults(spoken))
    root.extend(
        [
            _paragraph("Normal", after=120, line=276),
            _paragraph("Title", size=40, bold=True, font=spoken.heading_font, after=120, lines_kept=True),
            _paragraph("Subtitle", size=24, colour="404040", font=spoken.heading_font, after=60),
            _paragraph("Remark", size=18, colour="595959", after=100),
            *(_heading(level, spoken) for level in range(1, 7)),
            _paragraph("Caption", size=21, bold=True, before=120, after=60, lines_kept=True),
            _paragraph("Clause"),
            _paragraph("ListParagraph", shown="List Paragraph", after=60),
            _paragraph("TableText", shown="Table Text", size=20, after=40),
            _paragraph("FootnoteText", shown="footnote text", size=18, after=40),
            _paragraph("CommentText", shown="annotation text", size=20),
            _paragraph(
                "TOCHeading", shown="TOC Heading", size=26, bold=True, font=spoken.heading_font, before=240
            ),
            *(_contents(level) for level in range(1, 4)),
            _paragraph("Header", shown="header", size=17, colour="595959"),
            _paragraph("Footer", shown="footer", size=17, colour="595959"),
            *_letters(),
            _table(),
        ]
    )
    return root


def _defaults(spoken: Tongue) -> "etree._Element":
    lang = {"w_val": "en-GB", "w_eastAsia": "zh-CN", "w_bidi": "ar-SA"}
    lang["w_bidi" if spoken.is_rtl else "w_eastAsia" if spoken.is_east_asian else "w_val"] = spoken.name
    fonts = el(
        "w:rFonts",
        w_ascii=SERIF,
        w_hAnsi=SERIF,
        w_eastAsia=spoken.font if spoken.is_east_asian else "SimSun",
        w_cs=SERIF if spoken.is_east_asian else spoken.font,
    )
    # Arabic letters look smaller than Latin ones of the same size.
    size = 26 if spoken.is_rtl else 22
    letters = el("w:rPr", fonts, el("w:sz", w_val=22), el("w:szCs", w_val=size), el("w:lang", **lang))
    return el("w:docDefaults", el("w:rPrDefault", letters), el("w:pPrDefault"))


def _paragraph(
    key: str,
    *,
    shown: str = "",
    size: int = 0,
    bold: bool = False,
    colour: str = "",
    font: str = "",
    before: int = 0,
    after: int = 120,
    line: int = 0,
    lines_kept: bool = False,
    outline: int = 0,
) -> "etree._Element":
    base = None if key == "Normal" else el("w:basedOn", w_val="Normal")
    shape = el(
        "w:pPr",
        el("w:keepNext") if lines_kept else None,
        el("w:keepLines") if lines_kept else None,
        el(
            "w:spacing",
            w_before=before,
            w_after=after,
            w_line=line or None,
            w_lineRule="auto" if line else None,
        ),
        el("w:outlineLvl", w_val=outline - 1) if outline else None,
    )
    letters = el(
        "w:rPr",
        el("w:rFonts", w_ascii=SANS, w_hAnsi=SANS, w_eastAsia=font, w_cs=font) if font else None,
        *((el("w:b"), el("w:bCs")) if bold else ()),
        el("w:color", w_val=colour) if colour else None,
        *((el("w:sz", w_val=size), el("w:szCs", w_val=size + 2)) if size else ()),
    )
    style = el("w:style", el("w:name", w_val=shown or key), base, w_type="paragraph", w_styleId=key)
    style.extend([el("w:qFormat"), shape, letters])
    if key == "Normal":
        style.set(named("w:default"), "1")
    return style


def _heading(level: int, spoken: Tongue) -> "etree._Element":
    size = (30, 26, 24, 22, 22, 22)[level - 1]
    return _paragraph(
        f"Heading{level}",
        shown=f"heading {level}",
        size=size,
        bold=True,
        font=spoken.heading_font,
        colour="1F3A5F",
        before=320 if level == 1 else 220,
        after=100,
        lines_kept=True,
        outline=level,
    )


def _contents(level: int) -> "etree._Element":
    style = _paragraph(f"TOC{level}", shown=f"toc {level}", after=40)
    shape = style.find(named("w:pPr"))
    assert shape is not None
    shape.append(el("w:ind", w_left=360 * (level - 1)))
    return style


def _letters() -> "tuple[etree._Element, ...]":
    looks = {
        "FootnoteReference": ("footnote reference", [el("w:vertAlign", w_val="superscript")]),
        "CommentReference": ("annotation reference", [el("w:sz", w_val=16), el("w:szCs", w_val=16)]),
        "Hyperlink": ("Hyperlink", [el("w:color", w_val="0B4F8A"), el("w:u", w_val="single")]),
        "Bracket": ("Bracket", [el("w:shd", w_val="clear", w_color="auto", w_fill="EBEBEB")]),
        "ClauseNumber": ("Clause Number", [el("w:b"), el("w:bCs")]),
    }
    return tuple(
        el("w:style", el("w:name", w_val=shown), el("w:rPr", *look), w_type="character", w_styleId=key)
        for key, (shown, look) in looks.items()
    )


def _table() -> "etree._Element":
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = el(
        "w:tblBorders",
        *(el(f"w:{side}", w_val="single", w_sz=4, w_space=0, w_color="8C8C8C") for side in sides),
    )
    room = el("w:tblCellMar", el("w:left", w_w=100, w_type="dxa"), el("w:right", w_w=100, w_type="dxa"))
    head = el(
        "w:tblStylePr",
        el("w:rPr", el("w:b"), el("w:bCs")),
        el("w:tcPr", el("w:shd", w_val="clear", w_color="auto", w_fill="F2F2F2")),
        w_type="firstRow",
    )
    name = el("w:name", w_val="Draft Table")
    return el("w:style", name, el("w:tblPr", lines, room), head, w_type="table", w_styleId="DraftTable")
