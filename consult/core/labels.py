"""Does a line begin with a clause number, of which kind, and what follows it?

Numbers are read as they are printed: 3.2, (15), a), Article 3, Art. 3, Chapter II, 第三条, المادة ٣, Статья 3. A mention
("Article 3 of the Convention says") is no number of the line.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from consult.core.numerals import FIRST_WORDS, ORDINAL_WORDS, readings


class NumberKind(StrEnum):
    ARTICLE = "article"
    CHAPTER = "chapter"
    SECTION = "section"
    PART = "part"
    ANNEX = "annex"
    DECIMAL = "decimal"
    PARAGRAPH = "paragraph"
    LETTER = "letter"
    ROMAN = "roman"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number as printed, what it counts, and the words after it.

    `lead` and `tail` are what is printed around the count, `style` how the count is written, and `more` an
    addition such as bis: enough to write the next number in the same manner.
    """

    label: str
    kind: NumberKind
    value: tuple[int, ...]
    rest: str
    lead: str
    style: str
    tail: str
    more: str = ""


_NAMES = {
    NumberKind.ARTICLE: r"article|art\.|artículo|artigo|статья|ст\.|المادة|مادة|اصل|ماده|अनुच्छेद|ibara",
    NumberKind.CHAPTER: r"chapter|chapitre|capítulo|глава|الفصل|فصل|अध्याय|sura",
    NumberKind.SECTION: r"section|sección|seção|раздел|القسم|الفرع|بخش|sehemu",
    NumberKind.PART: r"part|partie|parte|title|titre|título|часть|الجزء|الباب|باب|भाग",
    NumberKind.ANNEX: r"annex|appendix|annexe|anexo|приложение|المرفق|الملحق|ملحق|अनुलग्नक|kiambatisho",
}
_MORE = r"(?P<more>[ -]?(?:bis|ter|quater|quinquies|sexies))?"
_COUNT = rf"\d{{1,4}}|[ivxlcdmIVXLCDM]{{1,7}}|[A-Za-z]|[أ-ي]|{'|'.join((*ORDINAL_WORDS, *FIRST_WORDS))}"
_GAP = r"(?:[ \t\u00a0]+(?:n[ºo°]\s?)?|(?=\d))"
_NAMED = [
    (
        kind,
        re.compile(rf"(?P<lead>(?:{names}){_GAP})(?P<count>{_COUNT}){_MORE}(?P<tail>)(?!\w)", re.IGNORECASE),
    )
    for kind, names in _NAMES.items()
]
_HAN_COUNT = r"(?P<count>[〇零一二三四五六七八九十百千两]{1,7}|\d{1,4})"
_HAN_KINDS = {
    **dict.fromkeys("编篇編部", NumberKind.PART),
    "章": NumberKind.CHAPTER,
    **dict.fromkeys("节節", NumberKind.SECTION),
    **dict.fromkeys("条條", NumberKind.ARTICLE),
}
_HAN_NAMED = re.compile(
    rf"(?P<lead>第\s?){_HAN_COUNT}(?P<tail>\s?[{''.join(_HAN_KINDS)}])(?P<more>之[一二三四五])?"
)
_HAN_ANNEX = re.compile(rf"(?P<lead>附件|附录|附錄){_HAN_COUNT}(?P<tail>)(?P<more>)(?!\w)")
_HAN_MENTION = re.compile(r"[规規所的款项項之、，,和及至与或]")
_DECIMAL = re.compile(r"(?P<lead>)(?P<count>\d{1,3}(?:\.\d{1,3})+)(?P<tail>)\.?(?P<more>)(?=\s|$)")
_MARKED = re.compile(
    rf"(?P<lead>[(（]?)(?P<count>\d{{1,4}}|[a-zA-Z]{{1,6}}|[а-яА-Я]|[أ-ي]|[一二三四五六七八九十]{{1,4}}){_MORE}"
    r"(?P<tail>[)）]|[.、．](?!\d)|(?=\s|$))"
)
_KINDS_BY_STYLE = {"i": NumberKind.ROMAN, "I": NumberKind.ROMAN}
_LETTERS = frozenset("aAаАأ")


def read_number(line: str, before: Numbered | None = None) -> Numbered | None:
    """The number that a line begins with; `before` is the one of the clause before it, at the same depth.

    A lone (i) is Roman, but the ninth letter after (h); (v), (x), (c) are letters unless Romans precede.
    """
    text = line.lstrip()
    for kind, pattern in _NAMED:
        found = pattern.match(text)
        if found and not _is_mention(text[found.end() :]):
            return _numbered(found, kind, text, before)
    if found := _HAN_NAMED.match(text) or _HAN_ANNEX.match(text):
        kind = _HAN_KINDS.get(found["tail"].strip(), NumberKind.ANNEX)
        return None if _HAN_MENTION.match(text, found.end()) else _numbered(found, kind, text, before)
    if found := _DECIMAL.match(text):
        return None if text[found.end() :].lstrip()[:1] == "%" else _decimal(found, text)
    found = _MARKED.match(text)
    return _marked(found, text, before) if found else None


def _is_mention(rest: str) -> bool:
    """Whether the number belongs to a sentence that goes on about it."""
    return rest.startswith("(") or rest.lstrip(" \t\u00a0,")[:1].islower()


def _decimal(found: re.Match[str], text: str) -> Numbered:
    counts = [readings(part)[0] for part in found["count"].split(".")]
    value = tuple(number for _, number in counts)
    rest = text[found.end() :].strip()
    return Numbered(found["count"], NumberKind.DECIMAL, value, rest, "", counts[-1][0], "")


def _marked(found: re.Match[str], text: str, before: Numbered | None) -> Numbered | None:
    rest = text[found.end() :]
    is_bare = not found["lead"] and not found["tail"]
    if bool(found["lead"]) and found["tail"] not in (")", "）"):
        return None
    if is_bare and (not found["count"].isdecimal() or len(found["count"]) > 3 or _is_mention(rest)):
        return None  # "30 days after", "A provider"
    if rest and not rest[0].isspace() and found["tail"] not in ("、", "）"):
        return None
    return _numbered(found, None, text, before)


def _numbered(
    found: re.Match[str], kind: NumberKind | None, text: str, before: Numbered | None
) -> Numbered | None:
    fitting = readings(found["count"])
    if not fitting:
        return None
    style, value = _likeliest(fitting, before, is_named=kind is not None)
    more = found["more"] or ""
    return Numbered(
        label=text[: found.end()].rstrip(),
        kind=kind or _kind(style, found),
        value=(value,),
        rest=re.sub(r"^[.:：、\s–—-]+", "", text[found.end() :]).strip(),
        lead=re.sub(r"\s+", " ", found["lead"]),
        style=style,
        tail=found["tail"],
        more=more,
    )


def _kind(style: str, found: re.Match[str]) -> NumberKind:
    if style in _LETTERS:
        return NumberKind.LETTER
    if found["lead"]:
        return _KINDS_BY_STYLE.get(style, NumberKind.PARAGRAPH)
    return _KINDS_BY_STYLE.get(style, NumberKind.PLAIN)


def _likeliest(
    fitting: tuple[tuple[str, int], ...], before: Numbered | None, is_named: bool
) -> tuple[str, int]:
    """What goes on with the count before it; else Roman for i and for what is no single letter."""
    if before is not None:
        for style, value in fitting:
            if (style, value) == (before.style, before.value[-1] + 1):
                return style, value
        for style, value in fitting:
            if style == before.style:
                return style, value
    by_style = dict(fitting)
    for style in ("i", "I"):
        is_plain_letter = len(fitting) > 1 and by_style.get(style) != 1
        if style in by_style and (is_named or not is_plain_letter or by_style[style] in (2, 3)):
            return style, by_style[style]
    return fitting[0]
