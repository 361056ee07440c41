"""From Markdown files to one outline: many files are one draft, in the order of the numbers that they hold.

A careful reader of lines rather than a parser, for a parser would take `(15)` or `1.` for markup and lose numbers as
typed. Front matter and comments are left out; a link becomes its words and its address; broken Markdown (a heading in
the middle of a line, a bold run closed twice) is read as far as it makes sense.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from consult.documents.arranging import arranged
from consult.documents.blocks import Block, Note
from consult.documents.labels import headed, readings
from consult.documents.markdown_words import runs, without_tags
from consult.documents.markup import Run, body, plain, settled, table
from consult.documents.outline import FilesOrdered, NoteWithoutPlace, Outline, PrefaceIgnored, Warning_
from consult.documents.unwrapping import goes_on, hyphened, joined, width_of

FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FRONT_TITLE = re.compile(r"^title:[ \t]*(?:[>|][+-]?[ \t]*\n((?:[ \t]+.*\n?)+)|(.*))", re.MULTILINE)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*\Z")
UNDERLINE = re.compile(r"[ ]{0,3}(=+|-{3,})[ \t]*\Z")
RULE = re.compile(r"[ ]{0,3}([-*_])([ \t]*\1){2,}[ \t]*\Z")
NOTE = re.compile(r"[ ]{0,3}\[\^([^\]\s]+)\]:[ \t]*(.*)\Z")
DEFINITION = re.compile(r"[ ]{0,3}\[([^\]^]+)\]:[ \t]*<?(\S+?)>?(?:[ \t]+[\"'(].*)?\Z")
BULLET = re.compile(r"([ \t]*)[-*+•][ \t]+(?=\S)(.*)\Z")
DIVIDER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
FENCE = re.compile(r"[ ]{0,3}(```|~~~)")
QUOTED = re.compile(r"^[ ]{0,3}(?:>[ ]?)+")
CELLS = re.compile(r"(?<!\\)\|")
ECHO = 0.6  # of the words
SOURCE = re.compile(r"[*_]{1,2}(?:source|quelle|fuente|fonte|источник)\s*:\s*(.+?)[*_]{1,2}\Z", re.IGNORECASE)
STARTS = re.compile(r"[ \t]*(?:#{1,6}[ \t]|>|[-*+•–—][ \t]|\||\[\^|```|~~~)")


@dataclass(slots=True)
class File:
    """One file, read as far as its blocks."""

    name: str
    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    warnings: list[Warning_] = field(default_factory=list)
    source: str = ""


def read_markdown(files: Sequence[tuple[str, str]]) -> Outline:
    """`files` are names and texts; the name matters only where no number says the order."""
    read = [_file(name, text) for name, text in files]
    ordered = _ordered(read)
    warnings = [warning for each in ordered for warning in each.warnings]
    warnings += [PrefaceIgnored(source) for source in _sources(ordered)]
    by_name = sorted((each.name for each in read), key=_natural)
    if len(ordered) > 1 and [each.name for each in ordered] != by_name:
        warnings.insert(0, FilesOrdered(tuple(each.name for each in ordered)))
    blocks = [block for at, each in enumerate(ordered) for block in _noted(each, at, len(ordered), warnings)]
    return arranged(blocks, title=_title(ordered), warnings=warnings)


def _ordered(files: Sequence[File]) -> list[File]:
    """By the numbered paragraphs that run through the text, or by the numbers of the headings, where most files have
    one of their own; else by name. A file without a number stays behind its neighbour by name."""
    by_name = sorted(files, key=lambda each: _natural(each.name))
    for number_of in (_first_number, _first_heading):
        numbers: list[int] = [number_of(each) for each in by_name]
        known = [number for number in numbers if number]
        if len(known) >= max(len(files) / 2, 2) and len(set(known)) == len(known):
            places: list[int] = []
            for number in numbers:
                places.append(number or (places[-1] if places else 0))
            placed = sorted(zip(places, by_name, strict=True), key=lambda pair: pair[0])
            return [file for _, file in placed]
    return by_name


def _first_heading(file: File) -> int:
    for block in file.blocks:
        if block.heading:
            found = [
                each for each in headed(plain(block.text)) if each.family in ("1.", "1", "1.1", "chapter")
            ]
            return found[0].values[0] if found else 0
    return 0


def _first_number(file: File) -> int:
    """The lowest `(15)` or `15.` that starts a paragraph and is followed by others that go on counting."""
    for family in ("(1)", "article", "1."):
        lines = (plain(block.text) for block in file.blocks if not block.heading)
        values = [each.value for line in lines for each in readings(line) if each.family == family]
        longest: dict[int, int] = {}  # by its last number, how many a count has
        for value in values:
            longest[value] = max(longest.get(value, 0), longest.get(value - 1, 0) + 1)
        if longest:
            last = max(longest, key=lambda value: longest[value])
            return last - longest[last] + 1
    return 0


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name.casefold())]


def _title(files: Sequence[File]) -> str:
    """What the front matter says, or what all files name as their source."""
    titles = list(dict.fromkeys(re.split(r"\s+[—–|]\s+", each.title)[0] for each in files if each.title))
    if len(files) == 1 and files[0].title:
        return files[0].title
    if len(titles) == 1:
        return titles[0]
    sources = _sources(files)
    return sources[0] if len(sources) == 1 and all(each.source for each in files) else ""


def _sources(files: Sequence[File]) -> list[str]:
    """What the files say they come from, less the place in it that each adds after a dash."""
    return list(dict.fromkeys(re.split(r"\s+[—–|]\s+", each.source)[0] for each in files if each.source))


def _noted(file: File, at: int, count: int, warnings: list[Warning_]) -> Iterator[Block]:
    """The blocks with the notes that they cite. Files that each count notes from 1 keep theirs apart."""
    prefix = f"{at + 1}-" if count > 1 and file.notes else ""
    cited: set[str] = set()
    for block in file.blocks:
        marks = [mark for mark in re.findall(r"\[\^([^\[\]\s]{1,40})\]", block.text) if mark not in cited]
        cited.update(marks)
        found = [Note(prefix + mark, file.notes[mark]) for mark in dict.fromkeys(marks) if mark in file.notes]
        warnings += [NoteWithoutPlace(mark) for mark in dict.fromkeys(marks) if mark not in file.notes]
        text = re.sub(r"\[\^(?=[^\[\]\s]{1,40}\])", f"[^{prefix}", block.text) if prefix else block.text
        yield replace(block, text=text, notes=tuple(found))
    for mark in file.notes:
        if mark not in cited:
            warnings.append(NoteWithoutPlace(mark))
            yield Block(f"[^{prefix}{mark}] {file.notes[mark]}")


def _file(name: str, text: str) -> File:
    file = File(name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if front := FRONT.match(text):
        text = text[front.end() :]
        if found := FRONT_TITLE.search(front[1]):
            file.title = " ".join((found[1] or found[2]).split()).strip("\"'")
        file.warnings.append(PrefaceIgnored(front[1]))
    lines = COMMENT.sub("", text).split("\n")
    links = {found[1].lower(): found[2] for line in lines if (found := DEFINITION.match(line))}
    _Lines(file, [line for line in lines if not DEFINITION.match(line)], links).read()
    _drop_echo(file)
    return file


def _drop_echo(file: File) -> None:
    """A file's own heading that its first section says again, perhaps under another number."""
    if len(file.blocks) < 2 or not (file.blocks[0].heading and file.blocks[1].heading):
        return
    said = [plain(block.text) for block in file.blocks[:2]]
    rests = [found[0].rest if (found := headed(line)) else line for line in said]
    first, second = (set(re.findall(r"\w+", rest.casefold())) for rest in rests)
    if len(first & second) < max(len(first), len(second)) * ECHO:
        return
    if first != second:
        file.warnings.append(PrefaceIgnored(said[0]))
    del file.blocks[0]


class _Lines:
    """Walks the lines once and hands out blocks."""

    def __init__(self, file: File, lines: list[str], links: dict[str, str]) -> None:
        self.file = file
        self.lines = [without_tags(line) for line in lines]
        self.links = links
        self.width = width_of([line for line in self.lines if not STARTS.match(line)])
        self.known = hyphened("\n".join(lines))
        self.at = 0

    def read(self) -> None:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if line.strip() and not RULE.match(line):
                self._one(line)

    def _one(self, line: str) -> None:
        if FENCE.match(line):
            self._fence()
        elif found := HEADING.match(line):
            self._heading(len(found[1]), found[2] or "")
        elif found := NOTE.match(line):
            self._note(found[1], found[2])
        elif self._is_table(line):
            self._table()
        elif found := BULLET.match(line):
            self._add(self._wrapped(found[2]), level=min(len(found[1].expandtabs(4)) // 2, 5), is_bullet=True)
        elif len(self.file.blocks) < 3 and (found := SOURCE.match(line.strip())):
            self.file.source = found[1]
        else:
            self._paragraph(line)

    def _heading(self, level: int, text: str) -> None:
        words = plain(text)
        label = readings(words)
        is_cut = label and label[0].rest[:1].islower() and re.search(r"[.;)](\s+\w|$)", label[0].rest)
        if is_cut and self.file.blocks:  # the end of a sentence that a page break made look like a heading
            last = self.file.blocks[-1]
            self.file.blocks[-1] = replace(last, text=f"{last.text} {settled(runs(text, self.links))[0]}")
        else:
            self._add(text, heading=level)

    def _note(self, mark: str, text: str) -> None:
        while self.at < len(self.lines) and re.match(r"(?:[ ]{2,}|\t)\S", self.lines[self.at]):
            text += f" {self.lines[self.at].strip()}"
            self.at += 1
        self.file.notes[mark] = body(runs(text, self.links))

    def _is_table(self, line: str) -> bool:
        following = self.lines[self.at] if self.at < len(self.lines) else ""
        return "|" in line and "|" in following and "-" in following and bool(DIVIDER.match(following))

    def _table(self) -> None:
        rows = [self.lines[self.at - 1]]
        self.at += 1
        while self.at < len(self.lines) and "|" in self.lines[self.at]:
            rows.append(self.lines[self.at])
            self.at += 1
        cells = [
            [body(runs(cell, self.links)) for cell in CELLS.split(row.strip().strip("|"))] for row in rows
        ]
        self.file.blocks.append(Block(table(cells), is_table=True))

    def _fence(self) -> None:
        """Code is rare in a guideline: its lines are kept as words."""
        while self.at < len(self.lines) and not FENCE.match(self.lines[self.at]):
            self.file.blocks += (
                [Block(body([Run(self.lines[self.at])]))] if self.lines[self.at].strip() else []
            )
            self.at += 1
        self.at += 1

    def _paragraph(self, line: str) -> None:
        text = self._wrapped(QUOTED.sub("", line))
        found = UNDERLINE.match(self.lines[self.at]) if self.at < len(self.lines) else None
        if found:
            self.at += 1
        self._add(text, heading=0 if found is None else 1 if found[1].startswith("=") else 2)

    def _wrapped(self, line: str) -> str:
        """The lines of one paragraph."""
        lines = [line]
        while self.at < len(self.lines):
            following = self.lines[self.at]
            is_other = STARTS.match(following) or RULE.match(following) or UNDERLINE.match(following)
            unquoted = QUOTED.sub("", following)
            if (is_other and unquoted == following) or not goes_on(lines[-1], unquoted, self.width):
                break
            self.at += 1
            lines.append(unquoted)
        return joined(lines, self.known)

    def _add(self, text: str, heading: int = 0, level: int = 0, is_bullet: bool = False) -> None:
        words, is_strong = settled(runs(text, self.links))
        if words:
            block = Block(
                words, heading=heading, level=level, is_bullet=is_bullet, is_strong=is_strong, may_be_cut=True
            )
            self.file.blocks.append(block)
