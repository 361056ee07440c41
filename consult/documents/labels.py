"""Does a line begin with a clause number, of which kind, and what follows it?

`3.2`, `(15)`, `a)`, `Article 3`, `第三条`, `المادة ٣`, `(i)`, `CAPÍTULO II`: most drafts number by typing. A mention
("Article 3 of the Convention …") is no label. `(i)` may be a letter or a Roman number; who knows what stands before
decides.
"""

import re
import unicodedata
from dataclasses import dataclass

from consult.core.numerals import ORDINAL_WORDS, from_han, from_roman
from consult.core.numerals import readings as numerals
from consult.documents.docx_in_counting import ARABIC_ABJAD, ARABIC_ALPHA, LATIN, RUSSIAN

CONTAINERS = {
    "annex": r"annex|appendix|schedule|annexe|anexo|apéndice|anhang|anlage|приложение|allegato|المرفق|ملحق|kiambatisho",
    "part": r"part|partie|parte|teil|часть|الجزء|sehemu|भाग",
    "title": r"title|titre|título|titel|титул|الباب|باب",
    "chapter": r"chapter|chapitre|capítulo|kapitel|глава|الفصل|فصل|sura|bab|अध्याय",
    "section": r"section|sección|seção|abschnitt|раздел|القسم|الفرع|بخش",
    "article": (
        r"article|artículo|artigo|artikel|статья|المادة|مادة|ماده|ibara|kifungu|अनुच्छेद|principle|principe|principio"
        r"|принцип|مبدأ|المبدأ|guideline|recommendation|recommandation|recomendación|rule|clause|§"
    ),
}
HAN_CONTAINERS = {
    "编": "part",
    "篇": "part",
    "章": "chapter",
    "节": "section",
    "節": "section",
    "条": "article",
    "條": "article",
}
RANKS = {"annex": 0.5, "part": 1.0, "title": 2.0, "chapter": 3.0, "section": 4.0, "article": 20.0}
ONLY = r"único|única|unique|preliminar|premier|première|primero|primera|first"
HAN = "〇零一二三四五六七八九十百千"
COUNT = rf"\d{{1,4}}[a-z]?(?:\.\d{{1,3}})*|[ivxlcdm]{{1,8}}|[a-z]|{ONLY}|{'|'.join(ORDINAL_WORDS)}"
MORE = r"(?:[ -]?(?:bis|ter|quater|quinquies|sexies|septies|octies))?"

NAMED = [
    (
        family,
        re.compile(
            rf"(?P<label>(?:{words})(?:[ \t\u00a0]+|(?=\d))(?:n[ºo°]\s*)?(?P<count>{COUNT}){MORE})(?![\w(])",
            re.IGNORECASE,
        ),
    )
    for family, words in CONTAINERS.items()
]
HAN_NAMED = re.compile(
    rf"(?P<label>第\s*(?P<count>[{HAN}]+|\d+)\s*(?P<word>[编篇章节節条條])(?:之[{HAN}]+)?)"
)
HAN_MENTION = re.compile(r"[规規所的款项項之、，,和及至与或]")
DOTTED = re.compile(r"(?P<label>(?P<count>\d{1,3}(?:\.\d{1,3})+))\.?(?=\s|$)")
LETTERED = re.compile(r"(?P<label>(?P<letter>[A-Z])\.(?P<count>\d{1,3}(?:\.\d{1,3})*))\.?(?=\s|$)")
HEADED = re.compile(r"(?P<label>(?P<count>\d{1,3}(?:\.\d{1,3})*))\s+(?=\S)")
JOINED = re.compile(
    r"(?P<label>(?P<count>\d{1,3}(?:-\d{1,3})+))(?=\s+[\u0600-\u06ff])"
)  # 1-2, as Arabic texts print 1.2
CAPTION = re.compile(
    r"(?P<label>(?:table|tableau|tabla|cuadro|tabela|tabelle|таблица|(?:ال)?جدول|jedwali|表)\s*\d{1,3})(?!\w)[\s.:：–—-]*",
    re.IGNORECASE,
)
DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{4}|\d{2}\b)")
PLAIN = re.compile(
    rf"(?P<label>(?P<open>[(（]?)(?P<count>\d{{1,3}}|[A-Za-z]{{1,6}}|[а-яА-Я]|[{ARABIC_ALPHA}]|[{HAN}]{{1,4}})"
    rf"(?P<more>{MORE})(?P<close>[)）]?))(?P<dot>\s?[-–—ـ]|[.．、:]?-?)(?=\s|$)"
)
HAN_TIGHT = re.compile(
    rf"(?P<label>(?P<open>[(（])(?P<count>[{HAN}]{{1,4}}|\d{{1,3}})(?P<close>[)）]))|(?P<bare>[{HAN}]{{1,4}})、"
)
CIRCLED = re.compile(r"(?P<label>[①-⑳])")
SPELLED = {  # as Arabic texts of the United Nations count sections and subsections
    "أولا": ["أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا"],
    "ألف": ["ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء", "كاف", "لام", "ميم", "نون"],
}
SPELLED_LABEL = re.compile(r"(?P<label>[\u0621-\u064a]{3,5})\u064b?\s*[-–—ـ:](?=\s)")
SEPARATOR = re.compile(r"^[\s.:：,、ـ–—-]+")
ALIKE = str.maketrans("–—ـ．", "---.")
BULLET = re.compile(r"(?:[–—•·●○▪■◦‣*-]|o(?=\t)|\uf0b7|\uf0a7)[\s\u00a0]+(?=\S)")
SENTENCE_END = (".", ";", ":", ",", "。", "；", "：", "，", "؛", "،", "।")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a label: its family (all that look like it) and its place in the count."""

    label: str
    family: str
    values: tuple[int, ...]
    rest: str

    @property
    def value(self) -> int:
        return self.values[-1] if self.values else 0

    def follows(self, before: "Reading | None") -> bool:
        """Whether it is the next number of the same family."""
        return before is not None and before.family == self.family and before.value + 1 == self.value

    @property
    def rank(self) -> float | None:
        """How high a named part of a text stands; None for mere numbers."""
        return RANKS.get(self.family)


def readings(line: str) -> tuple[Reading, ...]:
    """Every way to read the number at the start of the line; none where there is no number."""
    for family, pattern in NAMED:
        if (found := pattern.match(line)) and _is_label(line, found.end()):
            return (_reading(found["label"], family, _count(found["count"]), line[found.end() :]),)
    if found := HAN_NAMED.match(line):
        if HAN_MENTION.match(line, found.end()):
            return ()
        return (
            _reading(
                found["label"], HAN_CONTAINERS[found["word"]], _count(found["count"]), line[found.end() :]
            ),
        )
    if (found := DOTTED.match(line)) and not DATE.match(line):
        values = tuple(int(each) for each in found["count"].split("."))
        return (_reading(found["label"], "1.1", values, line[found.end() :]),)
    if found := JOINED.match(line):
        values = tuple(int(each) for each in found["count"].split("-"))
        return (_reading(found["label"], "1.1", values, line[found.end() :]),)
    if found := LETTERED.match(line):
        values = (ord(found["letter"]) - 64, *map(int, found["count"].split(".")))
        return (_reading(found["label"], "A.1", values, line[found.end() :]),)
    return _spelled(line) or _plain(line)


def headed(line: str) -> tuple[Reading, ...]:
    """The number at the start of what is known to be a heading: `5 Requirements` needs no mark after it."""
    found = readings(line)
    if not found and (bare := HEADED.match(line)):
        values = tuple(map(int, bare["count"].split(".")))
        return (_reading(bare["label"], "1.1" if len(values) > 1 else "1.", values, line[bare.end() :]),)
    return found


def _spelled(line: str) -> tuple[Reading, ...]:
    found = SPELLED_LABEL.match(line)
    for family, words in SPELLED.items():
        if found and found["label"] in words:
            return (
                _reading(found["label"], family, (words.index(found["label"]) + 1,), line[found.end() :]),
            )
    return ()


def _is_label(line: str, end: int) -> bool:
    """`Article 3.`, `Article 3` alone, before a tab, or a short title; not the start of a sentence."""
    rest = line[end:]
    if not rest.strip() or re.match(r"\s*[\t\n.:–—-]", rest):
        return True
    words = rest.strip()
    starts = unicodedata.category(words[0])
    return len(line) <= 120 and not words.endswith(SENTENCE_END) and starts in ("Lu", "Lo", "Lt")


def _plain(line: str) -> tuple[Reading, ...]:
    found = PLAIN.match(line) or HAN_TIGHT.match(line)
    if found is None:
        circled = CIRCLED.match(line)
        return (_reading(circled["label"], "①", (ord(circled[0]) - 0x245F,), line[1:]),) if circled else ()
    parts = found.groupdict()
    if parts.get("bare"):
        return (_reading(parts["bare"], "一、", _count(parts["bare"]), line[found.end() :]),)
    opening, count, closing = parts["open"] or "", parts["count"], parts["close"] or ""
    dot = (parts.get("dot") or "").strip()
    is_bare = not opening and not closing and not dot
    if (opening and not closing) or (is_bare and not re.match(r"\d+\t", line)):
        return ()
    shape = ("(" if opening else "") + "{}" + (")" if closing else dot[:1].translate(ALIKE))
    rest = line[found.end() :]
    return tuple(
        _reading(parts["label"], shape.format(kind), (value,), rest)
        for kind, value in _kinds(count, bool(closing))
    )


def _kinds(count: str, is_enclosed: bool) -> list[tuple[str, int]]:
    """Letters are a letter of the alphabet, a doubled letter in brackets, or a Roman number: all that fit."""
    if count.isdigit():
        return [("1", int(count))]
    if count[0] in HAN:
        return [("一", _count(count)[0])]
    if count[0] in ARABIC_ALPHA:
        return [("أ", ARABIC_ABJAD.index(count) + 1), ("ا", ARABIC_ALPHA.index(count) + 1)]
    low = count.lower()
    is_upper = count == count.upper()
    if count not in (low, count.upper()):
        return []
    if low in RUSSIAN:
        return [("А" if is_upper else "а", RUSSIAN.index(low) + 1)]
    kinds = []
    value = from_roman(low) if set(low) <= set("ivxlcdm") else 0
    if (
        (len(low) == 1 or (is_enclosed and len(low) <= 3))
        and set(low) == {low[0]}
        and low[0] in LATIN
        and not (value and len(low) > 1)
    ):
        kinds.append(("A" if is_upper else "a", LATIN.index(low[0]) + 1 + 26 * (len(low) - 1)))
    if value:
        kinds.append(("I" if is_upper else "i", value))
    return kinds


def _count(text: str) -> tuple[int, ...]:
    low = text.lower()
    if text in ORDINAL_WORDS:
        return (numerals(text)[0][1],)
    if text[0] in HAN:
        return (from_han(text) or 0,)
    if found := re.match(r"\d+(\.\d+)*", text):
        return tuple(int(each) for each in found[0].split("."))
    if re.fullmatch(ONLY, low):
        return (1,)
    if (len(low) > 1 or low in "ivx") and (value := from_roman(low)):
        return (value,)
    return (LATIN.index(low) + 1,) if low in LATIN else (0,)


def _reading(label: str, family: str, values: tuple[int, ...], rest: str) -> Reading:
    rest = rest if family in ("(1)", "(a)", "(i)") else SEPARATOR.sub("", rest)
    return Reading(" ".join(label.split()), family, values, rest.strip())
