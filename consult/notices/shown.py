"""How does a letter stand on a page? Its lines joined again to paragraphs, and its links to be followed."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from consult.notices.lines import ADDRESS, QUOTE, RIGHT_TO_LEFT, columns
from consult.notices.reads import InboxLine
from consult.notices.wording import Words, closed, site, worded


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, a quotation or a link. Links into this site stay on it, however it is reached."""

    words: str
    address: str | None = None
    is_quoted: bool = False


def shown(line: InboxLine) -> tuple[str, tuple[Part, ...]]:
    """The subject and the parts of a letter, in the language of the page."""
    words = _words(line)
    return words.subject, parts(words.body)


def subjects(lines: Iterable[InboxLine]) -> dict[str, str]:
    """What each letter is about, by its name."""
    return {one.name: _words(one).subject for one in lines}


def parts(body: str) -> tuple[Part, ...]:
    """The paragraphs of a letter, without the line breaks that plain text needs."""
    found: list[Part] = []
    for block in body.split("\n\n"):
        plain: list[str] = []
        for line in block.split("\n"):
            bare = line.strip(RIGHT_TO_LEFT).strip()
            if ADDRESS.fullmatch(bare):
                found += _joined(plain)
                found.append(Part(bare, _address(bare)))
                plain = []
            elif bare:
                plain.append(bare)
        found += _joined(plain)
    return tuple(found)


def _joined(lines: list[str]) -> list[Part]:
    """What stood in several lines as one; a line of hyphens only parts the letter from its footing."""
    said = [line for line in lines if not line.startswith(QUOTE) and line.strip("-")]
    quoted = [line.removeprefix(QUOTE) for line in lines if line.startswith(QUOTE)]
    return [
        *([Part(_glued(said))] if said else []),
        *([Part(_glued(quoted), is_quoted=True)] if quoted else []),
    ]


def _glued(lines: list[str]) -> str:
    """Lines put together: with a space, but for scripts that write none."""
    text = lines[0]
    for line in lines[1:]:
        is_wide = columns(text[-1]) == 2 and columns(line[0]) == 2
        text += line if is_wide else f" {line}"
    return text


def _address(link: str) -> str:
    parted = urlsplit(link)
    if not link.startswith(site() + "/"):
        return link
    return parted.path + (f"?{parted.query}" if parted.query else "")


def _words(line: InboxLine) -> Words:
    return worded(line.told) if line.told is not None else closed()
