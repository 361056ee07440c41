"""What was asked of a clause, by whom, and what was decided of it? Equal proposals are one, with all who make them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.comments.reads import CommentLine, CommentState
from consult.comments.reads_lines import comment_rows, lines
from consult.consolidation.accepted import TAKEN
from consult.consolidation.decided import Decided, NextTexts, is_done
from consult.consolidation.models import Disposition, Theme, ThemeComment
from consult.core.terms import INDIVIDUAL, Outcome, StakeholderGroup, Stance
from consult.drafts.reads import ClauseLine
from consult.languages.reads import Said, originals


class By(StrEnum):
    """How the comments of a clause are laid out."""

    THEME = "theme"
    GROUP = "group"
    STANCE = "stance"


@dataclass(frozen=True, slots=True)
class Decision:
    """The standing disposition of a comment, with its answer. `is_done`: the next text says so."""

    id: int
    outcome: Outcome
    answer: Said
    words: Said | None
    answered_with: int | None
    deferred_to: int | None
    is_done: bool | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One wording that is asked for, or one remark, with all the comments that ask for it."""

    comments: tuple[CommentLine, ...]
    decisions: Mapping[int, Decision]
    is_on_source: bool

    @property
    def first(self) -> CommentLine:
        return self.comments[0]

    @property
    def decision(self) -> Decision | None:
        """What was decided, where it is the same for all that need it."""
        found = [self.decisions.get(one.number) for one in self.bound]
        same = {(one.outcome, one.answer.body) if one else None for one in found}
        return found[0] if len(same) == 1 else None

    @property
    def bound(self) -> tuple[CommentLine, ...]:
        """Those that must be answered."""
        return tuple(one for one in self.comments if one.state is CommentState.SHOWN)


@dataclass(frozen=True, slots=True)
class Part:
    """Comments that lie together: a theme by its name, a group, a stance; `name` None for the rest."""

    name: str | None
    group: StakeholderGroup | None
    stance: Stance | None
    asked: tuple[Asked, ...]
    comment_count: int


def desk_comments(
    session: Session, round_ids: Iterable[int], clause_id: int, due: Sequence[Decided], language: str
) -> tuple[CommentLine, ...]:
    """Every comment made on the clause in these rounds, and those put off to them that come up here."""
    here = Comment.round_id.in_(set(round_ids)) & (Comment.clause_id == clause_id)
    ids = {one.comment_id for one in due}
    rows = session.execute(
        comment_rows().where(or_(here, Comment.id.in_(ids))).order_by(Comment.number)
    ).all()
    return lines(session, rows, language, sees_hidden=True)


def decisions(session: Session, due: Sequence[Decided], texts: NextTexts) -> dict[int, Decision]:
    """The standing dispositions by comment number, of the round in which each is due last."""
    last = {one.comment_id: one for one in due}
    later = select(Disposition.replaces_id).where(Disposition.replaces_id.is_not(None))
    rows = [
        row
        for row in session.scalars(
            select(Disposition).where(Disposition.comment_id.in_(last), Disposition.id.not_in(later))
        )
        if row.round_id == last[row.comment_id].round_id
    ]
    said = originals(session, [one for row in rows for one in (row.answer_text_id, row.words_text_id)])
    others = {row.answered_with_comment_id for row in rows if row.answered_with_comment_id}
    query = select(Comment.id, Comment.number).where(Comment.id.in_(others))
    numbers = dict(session.execute(query).all()) if others else {}
    return {
        last[row.comment_id].number: Decision(
            row.id,
            row.outcome,
            said[row.answer_text_id],
            said.get(row.words_text_id) if row.words_text_id else None,
            numbers.get(row.answered_with_comment_id) if row.answered_with_comment_id else None,
            row.deferred_to_round_id,
            is_done(last[row.comment_id], texts),
        )
        for row in rows
    }


def themes(session: Session, draft_id: int, clause_id: int) -> tuple[tuple[str, ...], dict[int, str]]:
    """The themes of a clause, and in which one each comment stands."""
    rows = session.execute(
        select(Theme.name, ThemeComment.comment_id)
        .outerjoin(ThemeComment, ThemeComment.theme_id == Theme.id)
        .where(Theme.draft_id == draft_id, Theme.clause_id == clause_id)
        .order_by(Theme.id)
    ).all()
    names = tuple(dict.fromkeys(name for name, _ in rows))
    return names, {comment_id: name for name, comment_id in rows if comment_id is not None}


def parts(
    comments: Sequence[CommentLine],
    decided: Mapping[int, Decision],
    line: ClauseLine | None,
    by: By,
    theme_of: Mapping[int, str],
) -> tuple[Part, ...]:
    """The comments of a clause as they lie on the desk."""
    key: Callable[[CommentLine], str | None] = {
        By.THEME: lambda one: theme_of.get(one.id),
        By.GROUP: lambda one: one.group.value if one.group else INDIVIDUAL,
        By.STANCE: lambda one: one.stance.value,
    }[by]
    order: Mapping[By, Sequence[str | None]] = {
        By.THEME: (*dict.fromkeys(theme_of.values()), None),
        By.GROUP: (*(one.value for one in StakeholderGroup), INDIVIDUAL),
        By.STANCE: WORST_FIRST,
    }
    found = []
    for name in order[by]:
        own = [one for one in comments if key(one) == name]
        if own:
            found.append(_part(name, by, own, decided, line))
    return tuple(found)


WORST_FIRST = (
    Stance.OBJECT,
    Stance.SUPPORT_WITH_CHANGES,
    Stance.CAN_LIVE_WITH,
    Stance.SUPPORT,
    Stance.ABSTAIN,
)


def _part(
    name: str | None,
    by: By,
    own: Sequence[CommentLine],
    decided: Mapping[int, Decision],
    line: ClauseLine | None,
) -> Part:
    return Part(
        name=name if by is By.THEME else None,
        group=StakeholderGroup(name) if by is By.GROUP and name and name != INDIVIDUAL else None,
        stance=Stance(name) if by is By.STANCE and name else None,
        asked=_asked(own, decided, line),
        comment_count=len(own),
    )


def _asked(
    comments: Sequence[CommentLine], decided: Mapping[int, Decision], line: ClauseLine | None
) -> tuple[Asked, ...]:
    """Comments by what they ask: the same words of several are one; remarks stand alone."""
    grouped: dict[object, list[CommentLine]] = {}
    for one in comments:
        amendment = one.amendment
        key: object = one.number
        if amendment is not None:
            proposed = amendment.proposed.body if amendment.proposed else None
            # What was taken out of two comments need not have been the same words.
            gone = amendment.proposed.text_id if amendment.proposed and amendment.is_redacted else None
            key = (amendment.kind, amendment.base.text_id, proposed, gone)
        grouped.setdefault(key, []).append(one)
    found = []
    for group in grouped.values():
        amendment = group[0].amendment
        on_source = amendment is not None and line is not None and amendment.base.text_id == line.text_id
        own = {one.number: decided[one.number] for one in group if one.number in decided}
        found.append(Asked(tuple(group), own, on_source))
    return tuple(
        sorted(found, key=lambda one: (one.first.amendment is None, -len(one.comments), one.first.number))
    )


def open_objections(
    comments: Iterable[CommentLine], decided: Mapping[int, Decision]
) -> tuple[CommentLine, ...]:
    """Standing objections: neither withdrawn nor met by an accepted disposition."""
    return tuple(
        one
        for one in comments
        if one.stance is Stance.OBJECT
        and one.state is CommentState.SHOWN
        and (one.number not in decided or decided[one.number].outcome not in TAKEN)
    )
