"""What happened beside the rounds, and in which talks? Reads story.toml and talks.toml into frozen values."""

from collections.abc import Mapping, Sequence
from typing import Any

from consult.cli.demonstration.shapes import Event, Paper, Talks
from consult.cli.demonstration.words import span, swapped
from consult.core.terms import AmendmentKind, Category, PaperState, Stance, Track

SPEAKING = {"write", "change", "say"}
SOURCE = "en"


def talks_of(rows: Mapping[str, dict[str, Any]]) -> dict[str, Talks]:
    """The restricted talks, by their slugs."""
    return {
        key: Talks(
            key=key,
            title=row["title"],
            summary=row["summary"],
            clauses=tuple(
                (one["number"], {tag: one[tag] for tag in row["languages"]}) for one in row["clauses"]
            ),
            track=Track(row["track"]),
            mechanism=row.get("mechanism"),
            parties=tuple(row["parties"]),
            languages=tuple(row["languages"]),
            lasts=span(row.get("lasts", "0d")),
        )
        for key, row in rows.items()
    }


def story_of(
    rows: Sequence[dict[str, Any]], texts: Mapping[str, Mapping[str, str]], talks: Mapping[str, Talks]
) -> tuple[Event, ...]:
    """The events in their order; what is changed says again only what is other than before."""
    written: dict[str, dict[str, Any]] = {}
    events = []
    for row in rows:
        facts = {key: value for key, value in row.items() if key not in ("ago", "act", "by")}
        said = None
        if row["act"] in SPEAKING:
            key = facts.get("paper", f"{facts.get('clause')}/{facts.get('talks')}")
            written[key] = {**written.get(key, {}), **facts}
            said = _said(key, row["by"], written[key], _texts(facts, texts, talks))
        events.append(Event(span(row["ago"]), row["act"], row.get("by"), facts, said))
    return tuple(events)


def _texts(
    facts: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]], talks: Mapping[str, Talks]
) -> Mapping[str, Mapping[str, str]]:
    if "talks" not in facts:
        return texts
    within = talks[facts["talks"]]
    return {tag: {number: words[tag] for number, words in within.clauses} for tag in within.languages}


def _said(key: str, author: str, row: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]]) -> Paper:
    clause, voice = key.split("/")
    read = row.get("read", SOURCE)
    proposed = swapped(key, texts[read][clause], row["swap"]) if "swap" in row else None
    return Paper(
        key=key,
        at=span("0d"),
        state=PaperState.DRAFT,
        organisation=voice,
        author=author,
        clause=clause,
        language=row["language"],
        read=read,
        stance=Stance(row["stance"]),
        category=Category(row["category"]),
        reasons=row["reasons"],
        kind=AmendmentKind.REPLACE if proposed else None,
        proposed=proposed,
        notes=row.get("notes", ""),
        names_author=row.get("names_author", False),
    )
