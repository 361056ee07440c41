"""What does a delegation see of its own: the form, its papers, its comments? Nobody else sees papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments import policy
from consult.comments.excerpts import runs_of
from consult.comments.models import Comment, Contribution
from consult.comments.reads_editions import Editions, editions_of
from consult.comments.reads_form import Commenting, Standing, as_read, speaking_with, standing
from consult.comments.reads_joint import SponsorLine, sponsors_of
from consult.comments.reads_lines import CommentLine, comment_rows, lines
from consult.core.actors import Actor
from consult.core.diff import Run
from consult.core.terms import AmendmentKind, Category, PaperState, Stance
from consult.drafts.reads import ClauseLine, Consulted, DraftLine, tree
from consult.languages.reads import originals, texts_in
from consult.people.models import Person
from consult.refusals import NotThere
from consult.rounds.reads import timetable


@dataclass(frozen=True, slots=True)
class Acts:
    """What the reader may do with a paper now."""

    change: bool
    verify: bool
    submit: bool
    send_back: bool
    drop: bool


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper as its delegation sees it."""

    id: int
    key: str
    state: PaperState
    is_sent: bool
    edition: int
    stance: Stance
    category: Category
    language: str
    reasons: str
    amendment_kind: AmendmentKind | None
    proposed: str | None
    private_notes: str
    returned_words: str
    author: str
    changed_by: str
    changed_at: datetime
    sent_at: datetime | None
    read_text_id: int
    draft: DraftLine
    clause: ClauseLine
    voice_id: int
    round_id: int
    supersedes: int | None
    acts: Acts
    names_author: bool
    is_mine: bool  # the reader wrote it herself: only she can let her name be published with it


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One paper, with the clause in the very words that its writer read."""

    commenting: Commenting
    line: PaperLine
    standing: Standing
    runs: tuple[Run, ...]
    comment_number: int | None
    editions: Editions
    sponsors: tuple[SponsorLine, ...]
    may_ask: bool


@dataclass(frozen=True, slots=True)
class Submitted:
    """A comment of one's own voice, and the clause that it stands at."""

    line: CommentLine
    draft: DraftLine
    clause: ClauseLine


@dataclass(frozen=True, slots=True)
class Mine:
    """What a voice has on its table and has said."""

    waiting: tuple[PaperLine, ...]
    drafts: tuple[PaperLine, ...]
    dropped: tuple[PaperLine, ...]
    submitted: tuple[Submitted, ...]


def mine(session: Session, actor: Actor, consulted: Consulted, language: str) -> Mine:
    """The papers and comments of the voice that the actor speaks with."""
    query = select(Contribution).where(
        Contribution.consultation_id == consulted.id,
        Contribution.voice_id == actor.voice_id,
        Contribution.state != PaperState.SUBMITTED,
    )
    papers = session.scalars(query.order_by(Contribution.changed_at.desc(), Contribution.id.desc())).all()
    held = _paper_lines(session, actor, consulted, papers)
    said = comment_rows().where(Comment.consultation_id == consulted.id, Comment.voice_id == actor.voice_id)
    rows = session.execute(said.order_by(Comment.number.desc())).all()
    return Mine(
        waiting=tuple(one for one in held if _waits(one)),
        drafts=tuple(one for one in held if one.state is PaperState.DRAFT and not one.is_sent),
        dropped=tuple(one for one in held if one.state is PaperState.DROPPED),
        submitted=_submitted(session, consulted, lines(session, rows, language, sees_hidden=True)),
    )


def paper_row(session: Session, actor: Actor, consulted: Consulted, key: str) -> tuple[Contribution, Actor]:
    """The row of a paper for an act, and the actor speaking from the seat that the paper belongs to."""
    found = session.scalar(
        select(Contribution).where(Contribution.consultation_id == consulted.id, Contribution.key == key)
    )
    speaking = speaking_with(actor, found.voice_id) if found is not None else None
    if found is None or speaking is None or not policy.may_see(speaking, found):
        raise NotThere
    return found, speaking


def paper(
    session: Session, actor: Actor, consulted: Consulted, key: str, at: datetime, language: str
) -> PaperPage:
    """One paper."""
    row, speaking = paper_row(session, actor, consulted, key)
    line = _paper_lines(session, speaking, consulted, [row])[0]
    times = timetable(session, consulted, at)
    round_ = next(one for one in times.rounds if one.id == row.round_id)
    heading = texts_in(session, [line.clause.heading_text_id], language).get(line.clause.heading_text_id or 0)
    words = originals(session, [row.read_text_id])[row.read_text_id]
    words = as_read(session, line.clause, words)
    number = session.scalar(
        select(Comment.number).where(Comment.voice_id == row.voice_id, Comment.form_key == row.form_key)
    )
    runs = runs_of(row.amendment_kind, words.body, row.proposed) if row.amendment_kind else ()
    page = Commenting(consulted, line.draft, line.clause, heading, words, round_, (words.language,), None)
    return PaperPage(
        commenting=page,
        line=line,
        standing=standing(speaking, consulted),
        runs=runs,
        comment_number=number,
        editions=editions_of(session, [row])[row.id],
        sponsors=sponsors_of(session, [row]).get(row.id, ()),
        may_ask=policy.may_ask_sponsors(speaking, row),
    )


def _waits(line: PaperLine) -> bool:
    return line.state is PaperState.VERIFIED or (line.state is PaperState.DRAFT and line.is_sent)


def papers_of(
    session: Session, actor: Actor, consulted: Consulted, round_id: int
) -> tuple[tuple[Contribution, PaperLine], ...]:
    """The papers of a round that were not dropped, clause by clause; nothing for who moderates the talks."""
    query = select(Contribution).where(
        Contribution.consultation_id == consulted.id,
        Contribution.voice_id == actor.voice_id,
        Contribution.round_id == round_id,
        Contribution.state != PaperState.DROPPED,
    )
    rows = [row for row in session.scalars(query.order_by(Contribution.id)) if policy.may_see(actor, row)]
    pairs = zip(rows, _paper_lines(session, actor, consulted, rows), strict=True)
    return tuple(sorted(pairs, key=lambda pair: (pair[1].clause.ordinal, pair[1].id)))


def _paper_lines(
    session: Session, actor: Actor, consulted: Consulted, papers: Iterable[Contribution]
) -> tuple[PaperLine, ...]:
    rows = list(papers)
    names = _names(session, [who for row in rows for who in (row.author_id, row.changed_by_id)])
    replaced = _numbers(session, [row.supersedes_id for row in rows if row.supersedes_id])
    clauses = _clauses(session, {row.draft_id for row in rows})
    drafts = {one.id: one for one in consulted.drafts}
    return tuple(
        PaperLine(
            id=row.id,
            key=row.key,
            state=row.state,
            is_sent=row.is_sent,
            edition=row.edition,
            stance=row.stance,
            category=row.category,
            language=row.language,
            reasons=row.reasons,
            amendment_kind=row.amendment_kind,
            proposed=row.proposed,
            private_notes=row.private_notes,
            returned_words=row.returned_words,
            author=names[row.author_id],
            changed_by=names[row.changed_by_id],
            changed_at=row.changed_at,
            sent_at=row.sent_at,
            read_text_id=row.read_text_id,
            draft=drafts[row.draft_id],
            clause=clauses[row.draft_id, row.clause_id],
            voice_id=row.voice_id,
            round_id=row.round_id,
            supersedes=replaced.get(row.supersedes_id or 0),
            acts=_acts(actor, row),
            names_author=row.names_author,
            is_mine=row.author_id == actor.person_id,
        )
        for row in rows
    )


def _acts(actor: Actor, row: Contribution) -> Acts:
    return Acts(
        change=policy.may_change(actor, row),
        verify=policy.may_verify(actor, row),
        submit=policy.may_submit(actor, row),
        send_back=policy.may_return(actor, row),
        drop=policy.may_drop(actor, row),
    )


def _submitted(
    session: Session, consulted: Consulted, said: tuple[CommentLine, ...]
) -> tuple[Submitted, ...]:
    clauses = _clauses(session, {one.draft_id for one in said})
    drafts = {one.id: one for one in consulted.drafts}
    return tuple(
        Submitted(
            line=one,
            draft=drafts[one.draft_id],
            clause=clauses[one.draft_id, one.clause_id],
        )
        for one in said
    )


def _clauses(session: Session, draft_ids: set[int]) -> dict[tuple[int, int], ClauseLine]:
    return {(id_, one.clause_id): one for id_ in draft_ids for one in tree(session, id_)}


def _names(session: Session, person_ids: Iterable[int]) -> dict[int, Any]:
    query = select(Person.id, Person.name, Person.pseudonym).where(Person.id.in_(set(person_ids)))
    return {row.id: row.name or row.pseudonym for row in session.execute(query)}


def _numbers(session: Session, comment_ids: Iterable[int]) -> dict[int, int]:
    query = select(Comment.id, Comment.number).where(Comment.id.in_(set(comment_ids)))
    return {row.id: row.number for row in session.execute(query)}
