"""What is a comment to its readers: who said it, what, and what has become of it since?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, aliased

from consult.comments.excerpts import excerpt, runs_of
from consult.comments.models import Amendment, Comment, Moderation, Withdrawal
from consult.comments.models_joint import CoSponsor, NameWithdrawal
from consult.core.diff import Run
from consult.core.terms import AmendmentKind, Category, ModerationState, StakeholderGroup, Stance
from consult.languages.reads import Said, originals, texts_in
from consult.people.models import Person
from consult.people.reads import Speaker, speakers


class CommentState(StrEnum):
    """Whether a comment still stands, and its words may be read."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """What is proposed, against the very text that was read."""

    kind: AmendmentKind
    base: Said
    proposed: Said | None

    @property
    def is_redacted(self) -> bool:
        """Whether the proposed words were taken out: then nobody can say any more what would change."""
        return self.proposed is not None and self.proposed.is_redacted

    @property
    def runs(self) -> tuple[Run, ...]:
        """The whole redline."""
        if self.is_redacted:
            return ()
        return runs_of(self.kind, self.base.body, self.proposed.body if self.proposed else None)

    @property
    def excerpt(self) -> tuple[Run, ...]:
        """The redline as a margin shows it."""
        return excerpt(self.runs)


@dataclass(frozen=True, slots=True)
class CommentLine:
    """One comment. Where it is hidden, `reasons` and `amendment` are empty for all but moderators."""

    id: int
    number: int
    voice: Speaker
    stance: Stance
    category: Category
    language: str
    reasons: Said
    amendment: AmendmentLine | None
    received_at: datetime
    clause_id: int
    draft_id: int
    round_id: int
    state: CommentState
    hidden_reason: str | None
    hidden_at: datetime | None
    superseded_by: int | None
    supersedes: int | None
    read_text_id: int
    author: str | None = None  # the person's name, where she lets it be published
    joined: tuple[Speaker, ...] = ()  # who submitted it together with its author, and still stands behind it

    @property
    def group(self) -> StakeholderGroup | None:
        """The stakeholder group of its voice; None for individuals."""
        return self.voice.group


later, earlier = aliased(Comment, name="later"), aliased(Comment, name="earlier")
hidden, newer = aliased(Moderation, name="hidden"), aliased(Moderation, name="newer")


def stands() -> Any:
    """That a comment was neither withdrawn nor superseded. Its words may be hidden all the same."""
    replaced, taken_back = aliased(Comment), aliased(Withdrawal)
    return ~(
        select(taken_back.id).where(taken_back.comment_id == Comment.id).exists()
        | select(replaced.id).where(replaced.supersedes_id == Comment.id).exists()
    )


def is_hidden() -> Any:
    """That its standing moderation hides a comment."""
    by, over = aliased(Moderation), aliased(Moderation)
    return (
        select(by.id)
        .where(
            by.comment_id == Comment.id,
            by.state == ModerationState.HIDDEN,
            ~select(over.id).where(over.replaces_id == by.id).exists(),
        )
        .exists()
    )


def is_named() -> Any:
    """That its author let her name be published with a comment, and has not taken it off since."""
    taken_off = select(NameWithdrawal.id).where(NameWithdrawal.comment_id == Comment.id)
    return Comment.names_author & ~taken_off.exists()


def comment_rows() -> Select[*tuple[Any, ...]]:
    """Comments with all that their lines need, beside their words: to be narrowed by the caller."""
    return (
        select(Comment, Amendment, Withdrawal.id, hidden, later.number, earlier.number, Person.name)
        .outerjoin(Amendment, Amendment.comment_id == Comment.id)
        .outerjoin(Withdrawal, Withdrawal.comment_id == Comment.id)
        .outerjoin(
            hidden,
            (hidden.comment_id == Comment.id)
            & (hidden.state == ModerationState.HIDDEN)
            & ~select(newer.id).where(newer.replaces_id == hidden.id).exists(),
        )
        .outerjoin(later, later.supersedes_id == Comment.id)
        .outerjoin(earlier, earlier.id == Comment.supersedes_id)
        .outerjoin(Person, (Person.id == Comment.author_id) & is_named())
    )


def co_sponsors(session: Session, comment_ids: Sequence[int]) -> dict[int, list[int]]:
    """The voices that stand behind these comments beside their authors, in the order in which they joined."""
    query = select(CoSponsor.comment_id, CoSponsor.voice_id).where(
        CoSponsor.comment_id.in_(comment_ids), CoSponsor.until.is_(None)
    )
    found: dict[int, list[int]] = {}
    for comment_id, voice_id in session.execute(query.order_by(CoSponsor.id)):
        found.setdefault(comment_id, []).append(voice_id)
    return found


def lines(
    session: Session, rows: Sequence[Row[*tuple[Any, ...]]], language: str, *, sees_hidden: bool
) -> tuple[CommentLine, ...]:
    """The rows as lines: four more queries, however many there are."""
    joined = co_sponsors(session, [row[0].id for row in rows])
    theirs = [one for voice_ids in joined.values() for one in voice_ids]
    voices = speakers(session, [*(row[0].voice_id for row in rows), *theirs])
    reasons = texts_in(session, [row[0].reasons_text_id for row in rows], language)
    amended = [row[1] for row in rows if row[1] is not None]
    proposals = originals(session, [one for a in amended for one in (a.base_text_id, a.proposed_text_id)])
    return tuple(
        replace(
            _line(row, voices, reasons, proposals, is_shown=sees_hidden or row[3] is None),
            joined=tuple(voices[one] for one in joined.get(row[0].id, ())),
        )
        for row in rows
    )


def _line(
    row: Row[*tuple[Any, ...]],
    voices: dict[int, Speaker],
    reasons: dict[int, Said],
    proposals: dict[int, Said],
    *,
    is_shown: bool,
) -> CommentLine:
    comment, amendment, withdrawal, hiding, superseded_by, supersedes, author = row
    said = reasons[comment.reasons_text_id]
    return CommentLine(
        id=comment.id,
        number=comment.number,
        voice=voices[comment.voice_id],
        stance=comment.stance,
        category=comment.category,
        language=said.source_language,
        reasons=said if is_shown else _blank(said),
        amendment=_amendment(amendment, proposals) if amendment and is_shown else None,
        received_at=comment.received_at,
        clause_id=comment.clause_id,
        draft_id=comment.draft_id,
        round_id=comment.round_id,
        state=_state(hiding, withdrawal, superseded_by),
        hidden_reason=hiding.reason if hiding else None,
        hidden_at=hiding.at if hiding else None,
        superseded_by=superseded_by,
        supersedes=supersedes,
        read_text_id=comment.read_text_id,
        author=author if is_shown else None,
    )


def _state(hiding: Moderation | None, withdrawal: int | None, superseded_by: int | None) -> CommentState:
    if hiding is not None:
        return CommentState.HIDDEN
    if withdrawal is not None:
        return CommentState.WITHDRAWN
    return CommentState.SUPERSEDED if superseded_by is not None else CommentState.SHOWN


def _blank(said: Said) -> Said:
    return Said(said.text_id, said.source_text_id, said.source_language, said.source_language, "")


def _amendment(amendment: Amendment, texts: dict[int, Said]) -> AmendmentLine:
    proposed = texts[amendment.proposed_text_id] if amendment.proposed_text_id else None
    return AmendmentLine(amendment.kind, texts[amendment.base_text_id], proposed)
