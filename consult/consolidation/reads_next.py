"""What is the next text of a clause, as it stands, as it is merged, or as it is being typed, and what has no reason?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consolidation.accepted import MERGED, accepted, attributed, offered
from consult.consolidation.models import Settlement
from consult.consolidation.reads_settled import ChangeLine, change_lines
from consult.consolidation.settling import BESIDE_THE_WORDS, Key, Reason, chosen
from consult.consolidation.sourced import Sourced, sourced
from consult.core.merge import Choice, Collision, Option, merge
from consult.core.sources import Change
from consult.core.terms import SettlementKind
from consult.drafts.models import Clause
from consult.languages.models import Text


@dataclass(frozen=True, slots=True)
class Typed:
    """What the moderator just sent and is not saved: choices, reasons, perhaps the text itself."""

    choices: Mapping[str, Choice] = field(default_factory=dict)
    whys: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[Key, Reason] = field(default_factory=dict)
    otherwise: Reason | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class CollisionLine:
    """Rival wordings of a stretch, and how it was resolved: an option's index, "brackets", or not yet."""

    key: str
    words: str
    options: tuple[Option, ...]
    choice: Choice | None
    why: str


@dataclass(frozen=True, slots=True)
class OpenChange:
    """A change that no accepted amendment asks for, with the reason given for it so far."""

    key: str
    words: str
    is_struck: bool
    cited: str
    is_editorial: bool

    @property
    def is_bare(self) -> bool:
        return not self.cited and not self.is_editorial


@dataclass(frozen=True, slots=True)
class NextText:
    """The next text of a clause: `whole` is the one reason for a new, moved or deleted clause or a new heading."""

    kind: SettlementKind
    text: str
    heading: str
    place: str
    edition: int
    is_settled: bool
    collisions: tuple[CollisionLine, ...]
    redline: Sourced
    open: tuple[OpenChange, ...]
    whole: Reason

    @property
    def whole_cited(self) -> str:
        return cited(self.whole.comments)


def next_text(
    session: Session,
    draft_id: int,
    clause_id: int,
    base: str | None,
    settled: Settlement | None,
    typed: Typed,
) -> NextText:
    """The next text: as it was typed; else merged with the choices just made; else as settled; else merged."""
    asked = accepted(session, draft_id, clause_id, MERGED) if base is not None else []
    collisions = merge(base or "", asked).collisions
    choices = offered(collisions, {**(chosen(settled.choices) if settled else {}), **typed.choices})
    merged = merge(base or "", asked, choices)
    lines = change_lines(session, [settled.id]).get(settled.id, ()) if settled else ()
    text = _text(session, settled, merged.text, typed)
    asking = attributed(session, draft_id, clause_id, base, text, choices) if base is not None else []
    changes = [_reasoned(one, lines, typed) for one in asking]
    kind = SettlementKind.REPLACE if merged.text != base else SettlementKind.KEEP
    return NextText(
        kind=settled.kind if settled else kind,
        text=text,
        heading=_body(session, settled.heading_text_id if settled else None),
        place=_code(session, settled.after_clause_id if settled else None),
        edition=settled.edition if settled else 0,
        is_settled=settled is not None,
        collisions=_collisions(collisions, choices, settled, typed),
        redline=sourced(base or "", text, changes) if base is not None else Sourced((), ()),
        open=tuple(
            _open(base or "", text, change)
            for change, by in zip(changes, asking, strict=True)
            if not by.comments
        ),
        whole=typed.otherwise or _whole(lines, base),
    )


def settled_text(session: Session, settled: Settlement) -> str:
    """The words of a settlement; a split's parts with empty lines between."""
    ids = [one for one in (settled.text_id, *(part[1] for part in settled.parts or ())) if one]
    bodies = dict(session.execute(select(Text.id, Text.body).where(Text.id.in_(ids))).all())
    return "\n\n".join(bodies[one] for one in ids)


def _text(session: Session, settled: Settlement | None, merged: str, typed: Typed) -> str:
    if typed.text is not None:
        return typed.text
    if settled is None or typed.choices:
        return merged
    return settled_text(session, settled)


def _collisions(
    found: Sequence[Collision], choices: Mapping[str, Choice], settled: Settlement | None, typed: Typed
) -> tuple[CollisionLine, ...]:
    saved: Mapping[str, Mapping[str, object]] = settled.choices if settled else {}
    return tuple(
        CollisionLine(
            one.key,
            one.base_text.strip(),
            one.options,
            choices.get(one.key),
            typed.whys.get(one.key) or str(saved.get(one.key, {}).get("reason") or ""),
        )
        for one in found
    )


def _reasoned(change: Change, lines: Sequence[ChangeLine], typed: Typed) -> ChangeLine:
    """A change with its reason: who asks for it, else what was just given, else what was saved."""
    key = (change.old_start, change.old_end, change.new_start, change.new_end)
    if change.comments:
        return ChangeLine(*key, change.comments, False)
    given = typed.reasons.get(key)
    if given is not None:
        return ChangeLine(*key, given.comments, given.is_editorial and not given.comments)
    saved = next(
        (one for one in lines if (one.old_start, one.old_end, one.new_start, one.new_end) == key), None
    )
    return saved or ChangeLine(*key, (), False)


def _open(base: str, text: str, one: ChangeLine) -> OpenChange:
    put_in, struck = text[one.new_start : one.new_end].strip(), base[one.old_start : one.old_end].strip()
    return OpenChange(
        key=f"{one.old_start}-{one.old_end}-{one.new_start}-{one.new_end}",
        words=put_in or struck,
        is_struck=not put_in,
        cited=cited(one.comments),
        is_editorial=one.is_editorial,
    )


def cited(numbers: Sequence[int]) -> str:
    """Comment numbers as a moderator writes them."""
    return ", ".join(f"#{number}" for number in numbers)


def _whole(lines: Sequence[ChangeLine], base: str | None) -> Reason:
    """The reason given for the clause as a whole: for its place, its heading, or all of a new one's words."""
    for one in lines:
        if base is None or (one.old_start, one.old_end, one.new_start, one.new_end) == BESIDE_THE_WORDS:
            return Reason(one.comments, one.is_editorial)
    return Reason()


def _body(session: Session, text_id: int | None) -> str:
    return session.get_one(Text, text_id).body if text_id else ""


def _code(session: Session, clause_id: int | None) -> str:
    return session.get_one(Clause, clause_id).code if clause_id else ""
