"""What do people say in the demonstration consultation? Reads the content files into plain frozen values.

`demonstration()` answers them whole and checked (`coherence.py`); who plays them through the program's acts reads
nothing else. How to write in the files:

- A comment's key is `clause/organisation`, with `/2` for a second one; `whole/…` is on the whole draft.
- `swap = [["old words", "new words"]]` gives the proposed text from the text that its author read (`read`, else the
  source), so that an amendment cannot drift from its base; `proposed` gives it in full.
- `{clause/organisation}` in words of ours becomes that comment's number, as “#17”.
- Times are counted from the opening of the round: `at = "3d 07:20"`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from consult.cli.demonstration.attending import organisations_of, people_of
from consult.cli.demonstration.coherence import Incoherent, check
from consult.cli.demonstration.settling import dispositions, revision
from consult.cli.demonstration.shapes import (
    BarePosition,
    Clause,
    ClauseWords,
    Comment,
    Demonstration,
    Guideline,
    Organisation,
    Paper,
    Person,
    Round,
)
from consult.cli.demonstration.telling import story_of, talks_of
from consult.cli.demonstration.words import span
from consult.cli.demonstration.words import swapped as swapped
from consult.core.terms import (
    AmendmentKind,
    Category,
    ClauseKind,
    PaperState,
    SeatKind,
    StakeholderGroup,
    Stance,
)

SOURCE = "en"
LANGUAGES = ("en", "ar", "zh", "fr")
REQUIRED_GROUPS = (  # those with three voices or more: a smaller group is shown beside, and decides nothing
    StakeholderGroup.GOVERNMENT,
    StakeholderGroup.PRIVATE_SECTOR,
    StakeholderGroup.TECHNICAL_COMMUNITY,
    StakeholderGroup.CIVIL_SOCIETY,
)
Texts = Mapping[str, Mapping[str, str]]  # language → clause key → text


@cache
def demonstration() -> Demonstration:
    guideline = _guideline()
    described, came = _file("descriptions"), _file("newcomers")
    organisations = organisations_of(_file("organisations")["organisations"], described)
    people = people_of(_file("people")["people"])
    writers = _Writers(organisations, people)
    positions = _file("positions")
    first = _round("first_round", positions["first"], writers, _texts(guideline), 1)
    settled = revision(guideline, _file("settlement")["settled"], _revised_words())
    second_texts = {**_texts(guideline), SOURCE: {clause.key: clause.text for clause in settled.clauses}}
    for language, words in settled.translations.items():
        second_texts[language] = {**second_texts[language], **{key: said.text for key, said in words.items()}}
    second = _round("second_round", positions["second"], writers, second_texts, 1 + len(first.comments))
    numbers = {comment.key: comment.number for comment in first.comments}
    talks = talks_of(_file("talks"))
    whole = Demonstration(
        guideline=guideline,
        organisations=organisations,
        people=people,
        required_groups=REQUIRED_GROUPS,
        first_round=first,
        dispositions=dispositions(_file("dispositions")["dispositions"], numbers),
        revision=settled,
        second_round=second,
        newcomers=organisations_of(came["organisations"], {}),
        later_people=people_of(came["people"]),
        talks=talks,
        story=story_of(_file("story")["events"], second_texts, talks),
    )
    check(whole)
    return whole


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


# The guideline, its translations, and who is there


def _guideline() -> Guideline:
    files = {language: _file(f"guideline.{language}") for language in LANGUAGES}
    source = files[SOURCE]["clauses"]
    return Guideline(
        title={language: file["title"] for language, file in files.items()},
        summary={language: file["summary"] for language, file in files.items()},
        source=SOURCE,
        languages=LANGUAGES,
        clauses=tuple(_clause(key, row) for key, row in source.items()),
        translations={tag: _words(file["clauses"]) for tag, file in files.items() if tag != SOURCE},
    )


def _clause(key: str, row: dict[str, Any]) -> Clause:
    kind = ClauseKind(row.get("kind", "clause" if "." in key else "section"))
    parent = key.rpartition(".")[0] or None
    return Clause(key, parent, kind, row["number"], row.get("heading", ""), row.get("text", "").strip())


def _words(rows: Mapping[str, Any]) -> dict[str, ClauseWords]:
    return {
        key: ClauseWords(row.get("heading", ""), row.get("text", "").strip()) for key, row in rows.items()
    }


def _revised_words() -> dict[str, dict[str, ClauseWords]]:
    return {tag: _words(_file(f"revision.{tag}")["clauses"]) for tag in LANGUAGES if tag != SOURCE}


def _texts(guideline: Guideline) -> dict[str, dict[str, str]]:
    texts = {
        tag: {key: said.text for key, said in rows.items()} for tag, rows in guideline.translations.items()
    }
    return {guideline.source: {clause.key: clause.text for clause in guideline.clauses}, **texts}


# The rounds


class _Writers:
    """In which language an organisation writes, and who holds its pen."""

    def __init__(self, organisations: Sequence[Organisation], people: Sequence[Person]) -> None:
        self.language = {each.key: each.languages[0] for each in organisations}
        self.head = {each.organisation: each.key for each in people if each.seat is SeatKind.HEAD}
        self.pen = self.head | {
            each.organisation: each.key for each in people if each.seat is SeatKind.CONTRIBUTOR
        }


def _round(name: str, positions: Any, writers: _Writers, texts: Texts, first_number: int) -> Round:
    file = _file(name)
    timed = sorted((span(row["at"]), key, row) for key, row in file["comments"].items())
    return Round(
        length=span(file["length"]),
        opened_ago=span(file["opened_ago"]),
        comments=tuple(
            Comment(
                number=number,
                quote=_quote(key, row, texts),
                supersedes=row.get("supersedes"),
                withdrawn_at=span(row["withdrawn_at"]) if "withdrawn_at" in row else None,
                **_said(key, row, writers, texts),
            )
            for number, (_, key, row) in enumerate(timed, first_number)
        ),
        papers=tuple(
            Paper(
                state=PaperState(row["state"]), notes=row.get("notes", ""), **_said(key, row, writers, texts)
            )
            for key, row in file.get("papers", {}).items()
        ),
        positions=_positions(positions),
    )


def _said(key: str, row: dict[str, Any], writers: _Writers, texts: Texts) -> dict[str, Any]:
    clause, organisation = key.split("/")[:2]
    if organisation not in writers.language:
        raise Incoherent(f"{key}: no such organisation")
    read = row.get("read", SOURCE)
    proposed = row.get("proposed")
    if "swap" in row:
        proposed = swapped(key, texts[read][clause], row["swap"])
    kind = row.get("kind", "replace" if proposed else None)
    return {
        "key": key,
        "at": span(row["at"]),
        "organisation": organisation,
        "author": writers.pen[organisation],
        "clause": clause,
        "language": row.get("language", writers.language[organisation]),
        "read": read,
        "stance": Stance(row["stance"]),
        "category": Category(row["category"]),
        "reasons": row.get("reasons", "").strip(),
        "kind": AmendmentKind(kind) if kind else None,
        "proposed": proposed.strip() if proposed else None,
    }


def _quote(key: str, row: dict[str, Any], texts: Texts) -> str | None:
    quote: str | None = row.get("quote")
    if quote and quote not in texts[row.get("read", SOURCE)][key.split("/")[0]]:
        raise Incoherent(f"{key}: “{quote}” does not stand in the version read")
    return quote


def _positions(rows: Mapping[str, Mapping[str, Sequence[str]]]) -> tuple[BarePosition, ...]:
    taken = [
        (organisation, clause, Stance(stance))
        for clause, by_stance in rows.items()
        for stance, organisations in by_stance.items()
        for organisation in organisations
    ]
    day = timedelta(days=1)
    return tuple(
        BarePosition(*each, at=day + timedelta(minutes=7 * count)) for count, each in enumerate(taken)
    )
