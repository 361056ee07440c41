"""What changed between two drafts, and on whose word? Clause by clause, in reading order, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consolidation.models import Settlement
from consult.consolidation.reads_settled import ChangeLine, change_lines, standing_settlements
from consult.consolidation.sourced import Sourced, sourced
from consult.core.terms import DescentKind
from consult.drafts.models import Descent, Draft
from consult.drafts.reads import Consulted, DraftLine, tree
from consult.drafts.reads_changes import ChangeKind, Compared, compared
from consult.languages.reads import Said, texts_in


@dataclass(frozen=True, slots=True)
class Origin:
    """A clause that another came from: by its label in the older draft."""

    label: str
    kind: DescentKind


@dataclass(frozen=True, slots=True)
class ChangedClause:
    """One clause that is not as it was. `redline` is None where the two texts are in different languages.

    `comments` and `is_editorial` say why the clause as a whole changed; the redline's sources, why each of its
    words did.
    """

    kind: ChangeKind
    code: str
    old_label: str
    new_label: str
    is_renumbered: bool
    old_heading: Said | None
    new_heading: Said | None
    old: Said | None
    new: Said | None
    redline: Sourced | None
    comments: tuple[int, ...]
    is_editorial: bool
    origins: tuple[Origin, ...]

    @property
    def said(self) -> Said | None:
        """The words that give the passage its language."""
        return self.new or self.old


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two drafts. Clauses that only got another number stand in a list of their own."""

    older: DraftLine
    newer: DraftLine
    clauses: tuple[ChangedClause, ...]
    renumbered: tuple[tuple[str, str, str], ...]
    kept_count: int


@dataclass(frozen=True, slots=True)
class _Why:
    """The reasons recorded for a clause on the way from the older draft to the newer."""

    lines: tuple[ChangeLine, ...]
    is_one_step: bool

    @property
    def comments(self) -> tuple[int, ...]:
        return tuple(sorted({number for line in self.lines for number in line.comments}))


def changes(
    session: Session, consulted: Consulted, older: DraftLine, newer: DraftLine, language: str
) -> Changes:
    """What changed from one draft to another. A dozen queries, however long the drafts are."""
    pairs = compared(tree(session, older.id), tree(session, newer.id))
    shown = [one for one in pairs if one.kind not in (ChangeKind.KEPT, ChangeKind.RENUMBERED)]
    ids = [
        id_
        for one in shown
        for line in (one.old, one.new)
        if line
        for id_ in (line.text_id, line.heading_text_id)
    ]
    said, original = texts_in(session, ids, language), texts_in(session, ids, consulted.source_language)
    whys = _whys(session, consulted, older, newer)
    origins = _origins(session, consulted, older, newer)
    above = {line.clause_id: line.parent_id for line in tree(session, older.id)}
    return Changes(
        older=older,
        newer=newer,
        clauses=tuple(_changed(one, said, original, whys, origins, above) for one in shown),
        renumbered=tuple(
            (one.new.code, one.old.label, one.new.label)
            for one in pairs
            if one.kind is ChangeKind.RENUMBERED and one.old and one.new
        ),
        kept_count=sum(one.kind is ChangeKind.KEPT for one in pairs),
    )


def _changed(
    pair: Compared,
    said: Mapping[int, Said],
    original: Mapping[int, Said],
    whys: Mapping[int, _Why],
    origins: Mapping[int, tuple[Origin, ...]],
    above: Mapping[int, int | None],
) -> ChangedClause:
    line = pair.new or pair.old
    if line is None:
        raise ValueError("a clause stands in one draft or in both")
    old, new = _both(pair, said, original)
    why = _why(line.clause_id, whys, above if pair.kind is ChangeKind.ENDED else {})
    is_alike = old is None or new is None or old.language == new.language
    is_told = why.is_one_step and not (new and new.is_translation)
    redline = sourced(old.body if old else "", new.body if new else "", why.lines) if is_alike else None
    return ChangedClause(
        kind=pair.kind,
        code=line.code,
        old_label=pair.old.label if pair.old else "",
        new_label=pair.new.label if pair.new else "",
        is_renumbered=bool(pair.old and pair.new and pair.old.number != pair.new.number),
        old_heading=said.get(pair.old.heading_text_id or 0) if pair.old else None,
        new_heading=said.get(pair.new.heading_text_id or 0) if pair.new else None,
        old=old,
        new=new,
        redline=redline if is_told or redline is None else _unmarked(redline),
        comments=why.comments,
        is_editorial=any(one.is_editorial for one in why.lines),
        origins=origins.get(line.clause_id, ()),
    )


def _both(
    pair: Compared, said: Mapping[int, Said], original: Mapping[int, Said]
) -> tuple[Said | None, Said | None]:
    """The words before and now, both in the reader's language or both in the source's, so that they compare."""
    old = said[pair.old.text_id] if pair.old else None
    new = said[pair.new.text_id] if pair.new else None
    if pair.old and pair.new and old and new and old.language != new.language:
        return original[pair.old.text_id], original[pair.new.text_id]
    return old, new


def _unmarked(one: Sourced) -> Sourced:
    """A redline whose changes cannot be told apart by their reasons: a translation's, or over several drafts."""
    return Sourced(tuple(type(run)(run.kind, run.text) for run in one.runs), ())


def _why(clause_id: int, whys: Mapping[int, _Why], above: Mapping[int, int | None]) -> _Why:
    """The clause's own reasons; of one that ended with the section around it, the section's."""
    at: int | None = clause_id
    while at is not None:
        if at in whys:
            return whys[at]
        at = above.get(at)
    return _Why((), is_one_step=True)


def _whys(session: Session, consulted: Consulted, older: DraftLine, newer: DraftLine) -> dict[int, _Why]:
    """The recorded changes by clause, over all drafts on the way."""
    steps = [one for one in consulted.drafts if older.ordinal <= one.ordinal < newer.ordinal]
    settlements = [one for step in steps for one in standing_settlements(session, step.id)]
    lines = change_lines(session, [one.id for one in settlements])
    found: dict[int, _Why] = {}
    for settlement in settlements:
        for clause_id in _touched(settlement):
            earlier = found.get(clause_id, _Why((), is_one_step=True))
            own = lines.get(settlement.id, ())
            found[clause_id] = _Why((*earlier.lines, *own), is_one_step=not earlier.lines)
    return found


def _touched(settlement: Settlement) -> Iterable[int]:
    yield settlement.clause_id
    yield from (part[0] for part in settlement.parts or ())
    if settlement.joined_clause_id is not None:
        yield settlement.joined_clause_id


def _origins(
    session: Session, consulted: Consulted, older: DraftLine, newer: DraftLine
) -> dict[int, tuple[Origin, ...]]:
    """Which clauses of the drafts on the way each clause was split from or joined out of."""
    steps = [one for one in consulted.drafts if older.ordinal < one.ordinal <= newer.ordinal]
    labels = {
        line.clause_id: line.label for step in (*reversed(steps), older) for line in tree(session, step.id)
    }
    rows = session.execute(
        select(Descent.to_clause_id, Descent.from_clause_id, Descent.kind)
        .join(Draft, Draft.id == Descent.draft_id)
        .where(Draft.id.in_([one.id for one in steps]))
        .order_by(Draft.ordinal, Descent.id)
    ).all()
    found: dict[int, tuple[Origin, ...]] = {}
    for to, from_, kind in rows:
        found[to] = (*found.get(to, ()), Origin(labels.get(from_, ""), kind))
    return found
