"""Who was asked to put its name to which paper, and what does the asked delegation see of it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.comments import policy
from consult.comments.editions import edition_numbered, public_words
from consult.comments.excerpts import runs_of
from consult.comments.models import Comment, Contribution, Withdrawal
from consult.comments.models_joint import ContributionEdition, CoSponsor, Sponsorship
from consult.comments.reads_editions import WordChanges, word_changes
from consult.comments.reads_form import as_read
from consult.core.actors import Actor
from consult.core.diff import Run
from consult.core.terms import Category, PaperState, SponsorState, Stance
from consult.drafts.reads import ClauseLine, Consulted, DraftLine, tree
from consult.languages.reads import Said, originals, texts_in
from consult.people.reads import Speaker, speakers
from consult.refusals import NotThere


@dataclass(frozen=True, slots=True)
class SponsorLine:
    """One organisation that was asked, as the asking delegation sees it. `joins`: it cleared the words as they are now."""

    voice: Speaker
    state: SponsorState
    words: str
    joins: bool
    asked_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A paper that another organisation asks this one to join."""

    key: str
    lead: Speaker
    clause: ClauseLine
    draft: DraftLine
    state: SponsorState
    is_current: bool  # what was decided was decided of the words as they are now
    is_at_rest: bool  # the lead works on the words again, and nothing is to be decided now
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class JoinedLine:
    """A comment that this voice submitted together with another."""

    number: int
    lead: Speaker
    is_withdrawn: bool
    round_id: int


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request: the words of that paper, and nothing else of the delegation that asks."""

    line: RequestLine
    asked_words: str
    heading: Said | None
    read: Said
    stance: Stance
    category: Category
    language: str
    reasons: str
    runs: tuple[Run, ...]
    edition: int
    changes: WordChanges | None  # since it was last verified or cleared here
    may_verify: bool
    may_clear: bool
    supersedes: int | None
    round_id: int
    comment_number: int | None


def sponsors_of(session: Session, papers: Sequence[Contribution]) -> dict[int, tuple[SponsorLine, ...]]:
    """Whom these papers' delegation asked, and what each answered, by paper. Two queries."""
    by_id = {paper.id: paper for paper in papers}
    rows = session.execute(
        _with_edition().where(Sponsorship.contribution_id.in_(by_id)).order_by(Sponsorship.id)
    ).all()
    voices = speakers(session, [row.voice_id for row, _ in rows])
    found: dict[int, list[SponsorLine]] = {}
    for row, then in rows:
        joins = row.state is SponsorState.CLEARED and _is_current(by_id[row.contribution_id], then)
        line = SponsorLine(voices[row.voice_id], row.state, row.words, joins, row.asked_at, row.decided_at)
        found.setdefault(row.contribution_id, []).append(line)
    return {paper_id: tuple(lines) for paper_id, lines in found.items()}


def requests_to(session: Session, actor: Actor, consulted: Consulted) -> tuple[RequestLine, ...]:
    """The papers that this voice is asked to join, as long as they are not submitted or dropped."""
    if actor.place is None or actor.is_impartial_in(consulted.id):
        return ()
    rows = session.execute(
        _with_edition(Contribution)
        .join(Contribution, Contribution.id == Sponsorship.contribution_id)
        .where(
            Sponsorship.voice_id == actor.place.voice_id,
            Sponsorship.state.in_(policy.LIVE),
            Contribution.consultation_id == consulted.id,
            Contribution.state.in_((PaperState.DRAFT, PaperState.VERIFIED)),
        )
        .order_by(Sponsorship.id)
    ).all()
    leads = speakers(session, [paper.voice_id for _, _, paper in rows])
    clauses = _clauses(session, {paper.draft_id for _, _, paper in rows})
    return tuple(
        _request_line(consulted, row, then, paper, leads[paper.voice_id], clauses)
        for row, then, paper in rows
    )


def request_row(
    session: Session, actor: Actor, consulted: Consulted, key: str
) -> tuple[Sponsorship, Contribution]:
    """The request to the delegation that the actor speaks for; nothing is there for anybody else."""
    found = session.execute(
        select(Sponsorship, Contribution)
        .join(Contribution, Contribution.id == Sponsorship.contribution_id)
        .where(
            Contribution.consultation_id == consulted.id,
            Contribution.key == key,
            Sponsorship.voice_id == actor.voice_id,
        )
    ).first()
    if found is None or not policy.may_see_request(actor, found[0], found[1]):
        raise NotThere
    return found[0], found[1]


def request(session: Session, actor: Actor, consulted: Consulted, key: str, language: str) -> RequestPage:
    """The paper as the asked delegation may read it. While it is worked on again, only what was cleared is shown."""
    row, paper = request_row(session, actor, consulted, key)
    then = edition_numbered(session, paper.id, row.edition)
    lead = speakers(session, [paper.voice_id])[paper.voice_id]
    clauses = _clauses(session, {paper.draft_id})
    line = _request_line(consulted, row, then, paper, lead, clauses)
    if paper.state is PaperState.DROPPED or (line.is_at_rest and then is None):
        raise NotThere
    shown = then if line.is_at_rest and then is not None else paper
    newest = session.scalar(
        select(func.max(ContributionEdition.edition)).where(ContributionEdition.contribution_id == paper.id)
    )
    read = as_read(session, line.clause, originals(session, [paper.read_text_id])[paper.read_text_id])
    heading = texts_in(session, [line.clause.heading_text_id], language)
    is_waiting = not line.is_at_rest and paper.state is not PaperState.SUBMITTED
    return RequestPage(
        line=line,
        asked_words=row.words if row.state is not SponsorState.DECLINED else "",
        heading=heading.get(line.clause.heading_text_id or 0),
        read=read,
        stance=shown.stance,
        category=shown.category,
        language=shown.language,
        reasons=shown.reasons,
        runs=runs_of(shown.amendment_kind, read.body, shown.proposed) if shown.amendment_kind else (),
        edition=newest or 0,
        changes=word_changes(then, paper) if then and is_waiting and not line.is_current else None,
        may_verify=is_waiting and policy.may_verify_joint(actor) and not line.is_current,
        may_clear=is_waiting and policy.may_clear_joint(actor),
        supersedes=session.scalar(select(Comment.number).where(Comment.id == paper.supersedes_id)),
        round_id=paper.round_id,
        comment_number=_number(session, paper) if paper.state is PaperState.SUBMITTED else None,
    )


def joined_by(session: Session, consulted: Consulted, voice_id: int) -> tuple[JoinedLine, ...]:
    """The comments that this voice submitted together with another and still stands behind."""
    rows = session.execute(
        select(Comment.number, Comment.voice_id, Withdrawal.id, Comment.round_id)
        .join(CoSponsor, CoSponsor.comment_id == Comment.id)
        .outerjoin(Withdrawal, Withdrawal.comment_id == Comment.id)
        .where(
            CoSponsor.voice_id == voice_id,
            CoSponsor.until.is_(None),
            Comment.consultation_id == consulted.id,
        )
        .order_by(Comment.number)
    ).all()
    leads = speakers(session, [row[1] for row in rows])
    return tuple(JoinedLine(row[0], leads[row[1]], row[2] is not None, row[3]) for row in rows)


def _with_edition(*more: Any) -> Select[*tuple[Any, ...]]:
    return select(Sponsorship, ContributionEdition, *more).outerjoin(
        ContributionEdition,
        (ContributionEdition.contribution_id == Sponsorship.contribution_id)
        & (ContributionEdition.edition == Sponsorship.edition),
    )


def _request_line(
    consulted: Consulted,
    row: Sponsorship,
    then: ContributionEdition | None,
    paper: Contribution,
    lead: Speaker,
    clauses: dict[tuple[int, int], ClauseLine],
) -> RequestLine:
    return RequestLine(
        key=paper.key,
        lead=lead,
        clause=clauses[paper.draft_id, paper.clause_id],
        draft=next(one for one in consulted.drafts if one.id == paper.draft_id),
        state=row.state,
        is_current=_is_current(paper, then),
        is_at_rest=paper.state is PaperState.DRAFT and not paper.is_sent,
        asked_at=row.asked_at,
    )


def _is_current(paper: Contribution, then: ContributionEdition | None) -> bool:
    return then is not None and public_words(then) == public_words(paper)


def _clauses(session: Session, draft_ids: set[int]) -> dict[tuple[int, int], ClauseLine]:
    return {(id_, one.clause_id): one for id_ in draft_ids for one in tree(session, id_)}


def _number(session: Session, paper: Contribution) -> int | None:
    return session.scalar(
        select(Comment.number).where(Comment.voice_id == paper.voice_id, Comment.form_key == paper.form_key)
    )
