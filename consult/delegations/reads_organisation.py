"""What did an organisation say in public, and what became of it? Only of consultations that this reader may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from consult.comments.models import Comment
from consult.comments.models_joint import CoSponsor
from consult.comments.reads_lines import CommentLine, comment_rows, lines
from consult.consolidation.models import Disposition, DispositionsPublished
from consult.core.actors import Actor
from consult.core.terms import ClauseKind, Outcome
from consult.drafts.models import Clause, ClauseText
from consult.drafts.reads import Consulted, DraftLine, consultations
from consult.organisations.reads import OrganisationProfile, profile

PAGE, DIGITS = 20, 10


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One comment of the organisation: where, what, and what became of it so far."""

    comment: CommentLine
    consulted: Consulted
    draft: DraftLine
    code: str
    label: str
    is_whole: bool
    is_joint: bool  # it joined another's comment
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation's public page."""

    profile: OrganisationProfile
    said: tuple[SaidLine, ...]
    next: str | None  # the slug and number of the last comment on this page
    comment_count: int
    joint_count: int
    outcomes: Mapping[Outcome, int]
    invited_to: tuple[Consulted, ...]


def organisation_page(
    session: Session, actor: Actor, slug: str, language: str, after: str = ""
) -> OrganisationPage:
    """Who it is, what it said (newest first), what became of it, and which consultations invite it. Fixed queries."""
    who = profile(session, actor, slug, language)
    seen = {one.id: one for one in consultations(session, actor, language)}
    own, joined = _own(who.voice_id, seen), _joined(who.voice_id, seen)
    # Comments of several consultations: ids are in the order of their coming, but an address tells no id.
    query = comment_rows().where(or_(own, joined)).order_by(Comment.id.desc()).limit(PAGE + 1)
    if after:
        query = query.where(func.coalesce(Comment.id < _named(after, seen, or_(own, joined)), true()))
    rows = session.execute(query).all()
    shown = lines(session, rows[:PAGE], language, sees_hidden=False)
    counted = session.execute(
        select(
            select(func.count()).select_from(Comment).where(own).scalar_subquery(),
            select(func.count()).select_from(Comment).where(joined).scalar_subquery(),
        )
    ).one()
    return OrganisationPage(
        profile=who,
        said=_said(session, who.voice_id, seen, shown),
        next=_name_of(shown[-1], seen) if len(rows) > PAGE else None,
        comment_count=counted[0],
        joint_count=counted[1],
        outcomes=_outcomes(session, own),
        invited_to=tuple(one for one in seen.values() if who.id in one.party_ids),
    )


def _named(name: str, seen: Mapping[int, Consulted], said: ColumnElement[bool]) -> ScalarSelect[int]:
    """The id of the comment with this slug and number; none where it is not among those that are shown here."""
    slug, _, number = name.rpartition(".")
    ids = [one.id for one in seen.values() if one.slug == slug]
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < DIGITS else 0
    return (
        select(Comment.id)
        .where(Comment.consultation_id.in_(ids), Comment.number == wanted, said)
        .scalar_subquery()
    )


def _name_of(line: CommentLine, seen: Mapping[int, Consulted]) -> str:
    slug = next(one.slug for one in seen.values() if any(draft.id == line.draft_id for draft in one.drafts))
    return f"{slug}.{line.number}"


def _own(voice_id: int, seen: Mapping[int, Consulted]) -> ColumnElement[bool]:
    return and_(Comment.voice_id == voice_id, Comment.consultation_id.in_(list(seen)))


def _joined(voice_id: int, seen: Mapping[int, Consulted]) -> ColumnElement[bool]:
    stands = select(CoSponsor.comment_id).where(CoSponsor.voice_id == voice_id, CoSponsor.until.is_(None))
    return and_(Comment.id.in_(stands), Comment.consultation_id.in_(list(seen)))


def _published(*columns: Any) -> Select[Any]:
    """The standing dispositions of rounds whose answers are public."""
    later = aliased(Disposition)
    return (
        select(*columns)
        .select_from(Disposition)
        .join(DispositionsPublished, DispositionsPublished.round_id == Disposition.round_id)
        .where(~select(later.id).where(later.replaces_id == Disposition.id).exists())
    )


def _outcomes(session: Session, own: ColumnElement[bool]) -> dict[Outcome, int]:
    query = _published(Disposition.outcome, func.count()).where(
        Disposition.comment_id.in_(select(Comment.id).where(own))
    )
    counts = {row[0]: row[1] for row in session.execute(query.group_by(Disposition.outcome))}
    return {outcome: counts[outcome] for outcome in Outcome if outcome in counts}


def _said(
    session: Session, voice_id: int, seen: Mapping[int, Consulted], shown: Sequence[CommentLine]
) -> tuple[SaidLine, ...]:
    ids = [one.id for one in shown]
    newest = session.execute(
        _published(Disposition.comment_id, Disposition.outcome)
        .where(Disposition.comment_id.in_(ids))
        .order_by(Disposition.id)
    )
    outcomes = {row[0]: row[1] for row in newest}
    drafts = {draft.id: (one, draft) for one in seen.values() for draft in one.drafts}
    rows = session.execute(
        select(
            ClauseText.draft_id,
            ClauseText.clause_id,
            ClauseText.kind,
            ClauseText.number,
            ClauseText.cited,
            Clause.code,
        )
        .join(Clause, Clause.id == ClauseText.clause_id)
        .where(
            ClauseText.draft_id.in_({one.draft_id for one in shown}),
            ClauseText.clause_id.in_({one.clause_id for one in shown}),
        )
    )
    clauses = {(row.draft_id, row.clause_id): row for row in rows}
    found = []
    for one in shown:
        consulted, draft = drafts[one.draft_id]
        clause = clauses[one.draft_id, one.clause_id]
        found.append(
            SaidLine(
                comment=one,
                consulted=consulted,
                draft=draft,
                code=clause.code,
                label=clause.cited or clause.number or clause.code,
                is_whole=clause.kind is ClauseKind.WHOLE,
                is_joint=one.voice.voice_id != voice_id,
                outcome=outcomes.get(one.id),
            )
        )
    return tuple(found)
