"""What do the words of one Markdown line say, and how do they look?

markdown-it reads emphasis, links and escapes; HTML that only lays out is taken off before, since here it would be
read as words. Emphasis that nothing closes is clutter and goes.
"""

import re
from collections.abc import Mapping
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from consult.documents.markup import RAISED, Run

READER = MarkdownIt("commonmark", {"html": False})
TAGS = (
    "a|abbr|b|big|blockquote|br|caption|center|cite|code|dd|div|dl|dt|em|figure|font|h[1-6]|hr|i|img|ins|kbd|li|main"
    "|nav|ol|p|pre|q|s|section|small|span|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul"
)
PARTING_TAG = re.compile(r"</?(?:br|p|div|li|td|th|tr|dt|dd|h[1-6])\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(rf"</?(?:{TAGS})\b[^<>]*>", re.IGNORECASE)
RAISED_TAG = re.compile(r"<sup\b[^>]*>(.{0,300}?)</sup>", re.IGNORECASE)
STRONG_TAG = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
SLANTED_TAG = re.compile(r"</?(?:i|em)>", re.IGNORECASE)
STRAY = re.compile(r"\*{2,}|(?<!\w)_{2}(?=\w)|(?<=\w)_{2}(?!\w)")


def without_tags(line: str) -> str:
    """A line without layout; raised figures stay raised, bold and italics become Markdown's."""
    if "<" not in line:
        return line
    line = RAISED_TAG.sub(lambda found: TAG.sub("", found[1]).translate(RAISED), line)
    line = PARTING_TAG.sub(" ", line)
    return TAG.sub("", SLANTED_TAG.sub("*", STRONG_TAG.sub("**", line)))


def runs(text: str, links: Mapping[str, str] | None = None) -> list[Run]:
    """`links` are the addresses that the file gives under names: `[words][name]`."""
    references = {
        normalizeReference(name): {"href": href, "title": ""} for name, href in (links or {}).items()
    }
    inline = READER.parseInline(re.sub(r"\*{4,}", "", text), {"references": references})[0]
    return _runs(inline.children or [])


def _runs(tokens: list[Token]) -> list[Run]:
    found: list[Run] = []
    strong = slanted = 0
    link = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                slanted += token.nesting
            case "link_open":
                href = str(token.attrs.get("href", ""))
                link = href if href.lower().startswith(("http://", "https://")) else ""
            case "link_close":
                link = ""
            case "softbreak" | "hardbreak":
                found.append(Run(" "))
            case "image":
                found.append(Run(token.content, strong > 0, slanted > 0))
            case "text_special":
                found.append(Run(token.content, strong > 0, slanted > 0, link=link))
            case _:
                found.append(Run(unescape(STRAY.sub("", token.content)), strong > 0, slanted > 0, link=link))
    return found
