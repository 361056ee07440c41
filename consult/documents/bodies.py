"""How does a clause's body read: which paragraphs, list items and table rows, and in what letters?

A body is restricted CommonMark: emphasis, lists, simple tables, `<https://…>`, `[^1]`, `[words]`, `\\[`.
Everything else, HTML too, is the text that it looks like.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

CITATION = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands in the text where a note is cited
BULLET = "•"

_READER = (
    MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .disable(["html_block", "html_inline", "link", "image", "reference", "heading", "lheading", "hr"])
    .disable(["blockquote", "code", "fence", "backticks", "entity", "text_join"])
)
_CITED = re.compile(r"\[\^([^\]\s^]+)\]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)  # XML cannot carry these

NoteOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Style:
    italic: bool = False
    bold: bool = False
    link: str = ""
    note: str = ""  # the key of the note cited here
    # Brackets that go away when words are agreed leave the words themselves unchanged.
    bracketed: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item or a table. `styles` has one style for each letter of `text`."""

    kind: str  # heading, caption, para, item, cell, table
    text: str = ""
    styles: tuple[Style, ...] = ()
    level: int = 0  # of a heading, or how deep in lists
    label: str = ""  # a clause's number, or an item's marker
    rows: tuple[tuple["Block", ...], ...] = ()


def no_note(_label: str) -> str | None:
    return None


def plain(text: str) -> tuple[str, tuple[Style, ...]]:
    """Words without any markup, such as a heading."""
    clean = _UNPRINTABLE.sub("", text)
    return clean, (Style(),) * len(clean)


def blocks(body: str, note_of: NoteOf = no_note) -> tuple[Block, ...]:
    """A citation of a note that `note_of` does not know stays as it was typed."""
    return _bracketed(_read(_READER.parse(_UNPRINTABLE.sub("", body)), note_of))


@dataclass(slots=True)
class _Letters:
    """The letters of one block while it is read. An escaped bracket is only a letter."""

    text: list[str] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    escaped: list[bool] = field(default_factory=list)

    def add(self, words: str, style: Style, is_escaped: bool = False) -> None:
        self.text += words
        self.styles += [style] * len(words)
        self.escaped += [is_escaped] * len(words)


@dataclass(slots=True)
class _Read:
    block: Block
    letters: _Letters
    rows: list[list[_Letters]] = field(default_factory=list)


def _read(tokens: list[Token], note_of: NoteOf) -> list[_Read]:
    found: list[_Read] = []
    lists: list[int | None] = []  # the next number of each list that is open; None for bullets
    marker, table = "", _Read(Block("table"), _Letters())
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                marker, lists[-1] = _marker(lists[-1], token.markup)
            case "list_item_close":
                marker = ""
            case "table_open":
                table = _Read(Block("table", level=len(lists)), _Letters())
                found.append(table)
            case "tr_open":
                table.rows.append([])
            case "table_close":
                table = _Read(Block("table"), _Letters())
            case "inline":
                letters = _letters(token.children or [], note_of)
                if table.rows:
                    table.rows[-1].append(letters)
                    continue
                kind = "item" if marker else "para"
                found.append(_Read(Block(kind, level=len(lists), label=marker), letters))
                marker = ""
    return found


def _marker(number: int | None, sign: str) -> tuple[str, int | None]:
    return (BULLET, None) if number is None else (f"{number}{sign}", number + 1)


def _letters(tokens: list[Token], note_of: NoteOf) -> _Letters:
    letters, style = _Letters(), Style()
    for place, token in enumerate(tokens):
        match token.type:
            case "em_open" | "em_close":
                style = replace(style, italic=token.type == "em_open")
            case "strong_open" | "strong_close":
                style = replace(style, bold=token.type == "strong_open")
            case "link_open":
                style = replace(style, link=str(token.attrs.get("href", "")))
            case "link_close":
                style = replace(style, link="")
            case "softbreak":
                letters.add(_joint(letters.text, tokens[place + 1 :]), style)
            case "hardbreak":
                letters.add("\n", style)
            case _:
                letters.add(token.content, style, token.type == "text_special")
    return _with_citations(letters, note_of)


def _joint(before: list[str], after: list[Token]) -> str:
    """A line broken between two Chinese characters is not a blank."""
    ends = before[-1:] + list(after[0].content[:1] if after else "")
    return "" if len(ends) == 2 and all(unicodedata.east_asian_width(end) in "WF" for end in ends) else " "


def _with_citations(letters: _Letters, note_of: NoteOf) -> _Letters:
    text, done, kept = "".join(letters.text), 0, _Letters()
    for cited in _CITED.finditer(text):
        key = note_of(cited[1])
        if key is None or letters.escaped[cited.start()] or letters.styles[cited.start()].link:
            continue
        _copy(letters, kept, done, cited.start())
        kept.add(CITATION, Style(note=key))
        done = cited.end()
    _copy(letters, kept, done, len(text))
    return kept


def _copy(source: _Letters, target: _Letters, start: int, end: int) -> None:
    target.text += source.text[start:end]
    target.styles += source.styles[start:end]
    target.escaped += source.escaped[start:end]


def _bracketed(found: list[_Read]) -> tuple[Block, ...]:
    """A bracket may open in one paragraph and close in another, so they are matched over the whole body."""
    parts = [part for one in found for part in ([cell for row in one.rows for cell in row] or [one.letters])]
    open_at: list[tuple[int, int]] = []
    for place, part in enumerate(parts):
        for letter, char in enumerate(part.text):
            if char not in "[]" or part.escaped[letter] or part.styles[letter].link:
                continue
            if char == "[":
                open_at.append((place, letter))
            elif open_at:
                _mark(parts, open_at.pop(), (place, letter))
    return tuple(
        replace(
            one.block,
            text="".join(one.letters.text),
            styles=tuple(one.letters.styles),
            rows=tuple(
                tuple(Block("cell", "".join(cell.text), tuple(cell.styles)) for cell in row)
                for row in one.rows
            ),
        )
        for one in found
    )


def _mark(parts: list[_Letters], start: tuple[int, int], end: tuple[int, int]) -> None:
    for place in range(start[0], end[0] + 1):
        first = start[1] if place == start[0] else 0
        last = end[1] + 1 if place == end[0] else len(parts[place].text)
        styles = parts[place].styles
        styles[first:last] = [replace(style, bracketed=True) for style in styles[first:last]]
