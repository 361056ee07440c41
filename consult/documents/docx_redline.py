"""From letters that stay, come and go to runs that Word can accept and reject.

Insertions and deletions never stand in one another. Letters written from right to left stand in runs of their own,
because Word needs to be told.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from consult.documents.bodies import Style
from consult.documents.docx_styles import Tongue
from consult.documents.docx_xml import el, instant
from consult.documents.redlines import Change, Piece

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL_LETTER = re.compile(f"[{_RTL}]")
_RTL_STRETCH = re.compile(f"([{_RTL}](?:[^A-Za-z\u00c0-\u058f\u0900-\u1fff]*[{_RTL}])*)")
_BREAK = re.compile(r"(\n|\t)")


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changed these words, and when; and in which language they are."""

    author: str
    at: datetime
    tongue: Tongue


@dataclass(slots=True)
class Citation:
    number: int
    key: str
    change: Change


@dataclass(slots=True)
class Parts:
    """What gathers beside the text while it is written: each has a number, given in order."""

    links: dict[str, str] = field(default_factory=dict)
    citations: list[Citation] = field(default_factory=list)
    comments: list["etree._Element"] = field(default_factory=list)
    own_marks: dict[str, str] = field(
        default_factory=dict
    )  # by note: the printed number, where Word counts otherwise
    changes: int = 0
    bookmarks: int = 0

    def change(self, name: Change, hand: Hand, *inside: "etree._Element") -> "etree._Element":
        self.changes += 1
        tag = "w:ins" if name == "insert" else "w:del"
        return el(tag, *inside, w_id=self.changes, w_author=hand.author, w_date=instant(hand.at))

    def link(self, address: str) -> str:
        return self.links.setdefault(address, f"rIdLink{len(self.links) + 1}")

    def citation(self, key: str, change: Change) -> int:
        self.citations.append(Citation(len(self.citations) + 1, key, change))
        return len(self.citations)


def runs(
    pieces: Iterable[Piece], hand: Hand, parts: Parts, look: str = "", has_links: bool = True
) -> Iterator["etree._Element"]:
    for piece in pieces:
        if piece.style.note:
            inside = [_citation(piece, parts)]
        else:
            inside = list(_runs(piece.text, piece.style, hand.tongue, piece.change == "delete", look))
        if piece.change != "equal":
            inside = [parts.change(piece.change, hand, *inside)]
        if piece.style.link and has_links:
            inside = [el("w:hyperlink", *inside, r_id=parts.link(piece.style.link))]
        yield from inside


def plain_runs(text: str, tongue: Tongue, look: str = "") -> Iterator["etree._Element"]:
    """Words of the interface and titles, which are never tracked."""
    return _runs(text, Style(), tongue, False, look)


def mark(change: Change, hand: Hand, parts: Parts) -> "etree._Element | None":
    """The paragraph's own mark, tracked where the whole paragraph comes or goes."""
    return None if change == "equal" else el("w:rPr", parts.change(change, hand))


def _citation(piece: Piece, parts: Parts) -> "etree._Element":
    number = parts.citation(piece.style.note, piece.change)
    own = parts.own_marks.get(piece.style.note, "")
    look = el("w:rPr", el("w:rStyle", w_val="FootnoteReference"))
    if not own:
        return el("w:r", look, el("w:footnoteReference", w_id=number))
    shown = el("w:delText" if piece.change == "delete" else "w:t", text=own)
    return el("w:r", look, el("w:footnoteReference", w_customMarkFollows=1, w_id=number), shown)


def _runs(text: str, style: Style, tongue: Tongue, is_deleted: bool, look: str) -> Iterator["etree._Element"]:
    for stretch, is_rtl in _stretches(text, tongue.is_rtl):
        letters = _letters(style, tongue, is_rtl, look)
        run = el("w:r", letters if len(letters) else None)
        for part in _BREAK.split(stretch):
            if part in ("\n", "\t"):
                run.append(el("w:br" if part == "\n" else "w:tab"))
            elif part:
                run.append(el("w:delText" if is_deleted else "w:t", text=part))
        yield run


def _stretches(text: str, is_rtl: bool) -> Iterator[tuple[str, bool]]:
    """In a language written to the left all is, but for stretches with Latin letters only, such as "(a)"."""
    if is_rtl:
        yield text, bool(_RTL_LETTER.search(text)) or not re.search("[A-Za-z]", text)
        return
    for place, stretch in enumerate(_RTL_STRETCH.split(text)):
        if stretch:
            yield stretch, place % 2 == 1


def _letters(style: Style, tongue: Tongue, is_rtl: bool, look: str) -> "etree._Element":
    look = "Hyperlink" if style.link else "Bracket" if style.bracketed else look
    letters = el("w:rPr", el("w:rStyle", w_val=look) if look else None)
    if tongue.is_east_asian:
        # Else Word sets Chinese quotation marks and dashes in the Latin font, half as wide.
        fonts = {"w_eastAsia": tongue.heading_font if style.bold else tongue.font}
        letters.append(el("w:rFonts", w_hint="eastAsia", **fonts))
    letters.extend([el("w:b"), el("w:bCs")] if style.bold else [])
    letters.extend([el("w:i"), el("w:iCs")] if style.italic and not tongue.is_east_asian else [])
    if is_rtl:
        letters.append(el("w:rtl"))
        letters.append(el("w:lang", w_bidi=tongue.name if tongue.is_rtl else "ar-SA"))
    elif tongue.is_east_asian:
        # Slanted Chinese is hard to read: dots under the characters emphasise.
        letters.extend([el("w:em", w_val="dot")] if style.italic else [])
        letters.append(el("w:lang", w_eastAsia=tongue.name))
    elif not tongue.is_rtl:
        letters.append(el("w:lang", w_val=tongue.name))
    return letters
