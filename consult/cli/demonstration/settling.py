"""What became of the first round? Reads the dispositions and the settled texts, and derives the first revision."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from consult.cli.demonstration.coherence import Incoherent
from consult.cli.demonstration.shapes import (
    Clause,
    ClauseWords,
    Disposed,
    Guideline,
    Revision,
    Settled,
    SettledChange,
)
from consult.core.terms import ClauseKind, Outcome, SettlementKind


def dispositions(rows: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, Disposed]:
    return {
        key: Disposed(
            comment=key,
            outcome=Outcome(row["outcome"]),
            answer=_numbered(row["answer"], numbers).strip(),
            words=row.get("words"),
            answered_with=row.get("answered_with"),
        )
        for key, row in rows.items()
    }


def _numbered(words: str, numbers: Mapping[str, int]) -> str:
    def number(found: re.Match[str]) -> str:
        if found[1] not in numbers:
            raise Incoherent(f"“{words}” cites {found[1]}, which is no comment of the round")
        return f"#{numbers[found[1]]}"

    return re.sub(r"\{([^}]+)\}", number, words)


def revision(
    guideline: Guideline, rows: Mapping[str, Any], words: Mapping[str, Mapping[str, ClauseWords]]
) -> Revision:
    before = {clause.key: clause.text for clause in guideline.clauses}
    settled = tuple(_settled(key, row, before) for key, row in rows.items())
    return Revision(settled, _revised(guideline.clauses, settled), words)


def _settled(key: str, row: dict[str, Any], before: Mapping[str, str]) -> Settled:
    text: str | None = None
    changes: tuple[SettledChange, ...] = ()
    if "after" in row:
        kind, text = SettlementKind.INSERT, row["text"].strip()
    elif row.get("delete"):
        kind = SettlementKind.DELETE
    else:
        kind = SettlementKind.SPLIT if "parts" in row else SettlementKind.REPLACE
        text, changes = _changed(key, before[key], row["swap"])
    cites = _full(key, row.get("cites", [])) + tuple(cite for change in changes for cite in change.cites)
    return Settled(
        key=key,
        kind=kind,
        text=text,
        changes=changes,
        cites=tuple(dict.fromkeys(cites)),
        is_editorial=any(change.is_editorial for change in changes),
        after=row.get("after"),
        parts=tuple((part["key"], part["text"].strip()) for part in row.get("parts", [])),
        bracket_reasons=tuple(row.get("open_because", [])),
    )


def _changed(key: str, before: str, rows: Sequence[Any]) -> tuple[str, tuple[SettledChange, ...]]:
    text, at = "", 0
    changes: list[SettledChange] = []
    for row in rows:
        if before.count(row["old"]) != 1 or before.index(row["old"]) < at:
            raise Incoherent(f"{key}: “{row['old']}” does not stand once, in order, in “{before}”")
        start = before.index(row["old"])
        text += before[at:start]
        cites = _full(key, row.get("cites", []))
        changes.append(SettledChange(row["old"], row["new"], start, len(text), cites, not cites))
        text += row["new"]
        at = start + len(row["old"])
    return text + before[at:], tuple(changes)


def _full(clause: str, cites: Sequence[str]) -> tuple[str, ...]:
    """An organisation alone is its comment on this clause; a whole key is a comment on another one."""
    return tuple(cite if re.match(r"[a-z.0-9]+/[a-z]", cite) else f"{clause}/{cite}" for cite in cites)


def _revised(clauses: Sequence[Clause], settled: Sequence[Settled]) -> tuple[Clause, ...]:
    by_key = {each.key: each for each in settled}
    inserted = {each.after: each for each in settled if each.after}
    kept: list[Clause] = []
    for clause in clauses:
        change = by_key.get(clause.key)
        if change is None:
            kept.append(clause)
        elif change.text is not None:
            kept.append(replace(clause, text=change.text))
            kept.extend(_new(clause, key, text) for key, text in change.parts)
        if clause.key in inserted:
            new = inserted[clause.key]
            kept.append(_new(clause, new.key, new.text or ""))
    return tuple(kept)


def _new(beside: Clause, key: str, text: str) -> Clause:
    return Clause(key, beside.parent, ClauseKind.CLAUSE, "", "", text)
