"""How do words from elsewhere become a clause body, in restricted CommonMark, without changing what they say?

Emphasis, lists, pipe tables, `[^1]` and `<https://…>` are markup. Everything else is words: a character that would
be taken for markup is escaped. Square brackets stay brackets, for in a draft `[shall] [should]` is text not yet
agreed; only what is plainly something else is written `\\[`: a reference `[12]`, `[Smith 2020]`, `[…]`, a tick
box, or a bracket without its pair.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

SPECIAL = re.compile(r"\*+|_+|[\\`<&]")
RULE = re.compile(r"\s*([*_]\s*){3,}\Z")
PUNCTUATION = r"!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~"
MARKUP_AFTER = {
    "\\": re.compile(rf"[{PUNCTUATION}]|\s*(\n|\Z)"),
    "<": re.compile(r"[A-Za-z/!?]"),
    "&": re.compile(r"(#\w{1,8}|\w{1,32});"),
    "`": re.compile(r""),
}
LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|[-=]{3,}\s*$|~{3,}|(\d{1,9})([.)])(?=\s|$))")
NOT_OPEN = re.compile(
    r"\s*(\d[\d\s,;–-]*|[ivx]+|\.{3}|…|sic|[xX✓ ]|[A-Z][\w.&' -]*\b\d{2,4}[a-z]?(-\d+)?)\s*\Z", re.ASCII
)
AUTOLINK = re.compile(r"<(https?://[^\s<>]*)>", re.IGNORECASE)
MARKS = re.compile(rf"\\([{PUNCTUATION}])|\*{{1,3}}")
DIVIDER = re.compile(r"[|:-][\s|:-]*\Z")
CLOSED = re.compile(r"(?<!\\)\*$")
NOTE_MARK = re.compile(r"\[\^([^\[\]\s]{1,40})\]")
LONGEST_REFERENCE = 80


RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike. `mark` is the number of the note cited, `link` the address that the words lead to."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    mark: str = ""
    link: str = ""


def body(runs: Iterable[Run]) -> str:
    """One paragraph as restricted CommonMark."""
    joined = _joined(runs)
    written: list[str] = []
    for at, run in enumerate(joined):
        if run.mark:
            written.append(f"[^{run.mark}]")
        elif run.text.strip():
            if written and CLOSED.search(written[-1]) and not run.text[0].isspace():
                run = replace(run, is_bold=False, is_italic=False)  # two emphases cannot touch
            written.append(_emphasised(run, _sign(joined, at - 1, -1), _sign(joined, at + 1, 0)))
        else:
            written.append(run.text)
    return lines_escaped(tidy(brackets_settled("".join(written))))


def settled(runs: Sequence[Run]) -> tuple[str, bool]:
    """The body of a paragraph, and whether all of it stands out: emphasis of everything is no emphasis within it."""
    spoken = [run for run in runs if any(map(str.isalnum, run.text))]
    is_strong = bool(spoken) and all(run.is_bold for run in spoken)
    is_slanted = bool(spoken) and all(run.is_italic for run in spoken)
    within = [
        replace(run, is_bold=run.is_bold and not is_strong, is_italic=run.is_italic and not is_slanted)
        for run in runs
    ]
    return body(within), is_strong


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Word cuts a sentence into many runs; those that look alike are one. Blanks take the looks of what is before."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and not last.mark and not run.mark and last.link == run.link:
            looks_alike = (last.is_bold, last.is_italic) == (run.is_bold, run.is_italic)
            if looks_alike or run.link or not run.text.strip():
                joined[-1] = replace(last, text=last.text + run.text)
                continue
        if run.text or run.mark:
            joined.append(run)
    return joined


def _sign(runs: Sequence[Run], at: int, place: int) -> str:
    """The letter that stands right before or after a run."""
    return runs[at].text[place] if 0 <= at < len(runs) and runs[at].text else ""


def _emphasised(run: Run, before: str, after: str) -> str:
    """CommonMark closes no emphasis between a full stop and a letter: such marks stay outside."""
    text, start, end = run.text, len(run.text) - len(run.text.lstrip()), len(run.text.rstrip())
    marks = "*" * (2 * run.is_bold + run.is_italic)
    while marks and start == 0 and before.isalnum() and start < end and not text[start].isalnum():
        before, start = "", start + 1
    while marks and end == len(text) and after.isalnum() and start < end and not text[end - 1].isalnum():
        after, end = "", end - 1
    words = escaped(text[start:end].strip())
    if "\n" in words or not any(map(str.isalnum, words)):
        marks = ""
    lead, trail = escaped(text[:start]), escaped(text[end:])
    written = f"{lead}{marks}{words}{marks}{trail}"
    if run.link and text.strip().rstrip("/") != run.link.rstrip("/"):
        return f"{written} <{_safe(run.link)}>"
    return f"{lead}<{_safe(run.link)}>{trail}" if run.link else written


def _safe(address: str) -> str:
    return address.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


def escaped(words: str) -> str:
    """Words as CommonMark that shows exactly them. Brackets are left for `brackets_settled`."""

    def one(found: re.Match[str]) -> str:
        sign, end = found[0], found.end()
        before, after = words[max(found.start() - 1, 0) : found.start()], words[end : end + 1]
        if sign[0] in "*_":
            edge = sign[0] == "_" and len(words) > len(sign)  # a star at the edge may meet one of our own
            is_inert = (before.isspace() or (not before and edge)) and (
                after.isspace() or (not after and edge)
            )
            is_inside_word = sign[0] == "_" and before.isalnum() and after.isalnum()
            return sign if is_inert or is_inside_word else "".join("\\" + each for each in sign)
        if not MARKUP_AFTER[sign].match(words, end):
            return sign
        return "\\" + sign

    return SPECIAL.sub(one, words)


def lines_escaped(text: str) -> str:
    """No line of words may look like a heading, a list or a rule."""

    def one(found: re.Match[str]) -> str:
        if found[3]:
            return f"{found[1]}{found[3]}\\{found[4]}"
        return f"{found[1]}\\{found[2]}"

    def escaped_line(line: str) -> str:
        if RULE.match(line):
            return re.sub(r"[*_]", r"\\\g<0>", line)
        return f"\\{line}" if DIVIDER.match(line) else LINE_START.sub(one, line)

    return "\n".join(map(escaped_line, text.split("\n")))


def brackets_settled(text: str) -> str:
    """Escapes the square brackets that open no alternative: references, tick boxes, and those without a pair."""
    opened: list[int] = []
    literal: set[int] = set()
    marks = {place for found in NOTE_MARK.finditer(text) for place in (found.start(), found.end() - 1)}
    for found in re.finditer(r"(?<!\\)[\[\]]", text):
        at = found.start()
        if at in marks:
            continue
        if found[0] == "[":
            opened.append(at)
        elif not opened:
            literal.add(at)
        else:
            start = opened.pop()
            within = text[start + 1 : at]
            if len(within) < LONGEST_REFERENCE and (not within.strip() or NOT_OPEN.match(within)):
                literal |= {start, at}
    literal |= set(opened)
    return "".join("\\" + sign if at in literal else sign for at, sign in enumerate(text))


def tidy(text: str) -> str:
    """One blank between words, none at the ends of lines; soft hyphens and zero-width marks of layout go."""
    text = text.replace("\u00ad", "").replace("\ufeff", "").replace("\u200b", "")
    lines = (re.sub(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def plain(text: str) -> str:
    """The words of a body without its markup: for headings, for recognising numbers, and for counting words."""

    def one(found: re.Match[str]) -> str:
        if found[1]:
            return found[1]
        around = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
        return "" if any(sign and not sign.isspace() for sign in around) else found[0]

    text = AUTOLINK.sub(r"\1", text)
    return MARKS.sub(one, text)


def table(rows: Sequence[Sequence[str]]) -> str:
    """A pipe table; the first row is its head. Rows are filled up to the widest."""
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    lines = [
        "| " + " | ".join(_cell(text) for text in [*row, *[""] * (width - len(row))]) + " |" for row in rows
    ]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(text.split()))
