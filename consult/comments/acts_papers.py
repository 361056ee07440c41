"""What does a delegation do with a paper before anybody else may see it?"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult import clock
from consult.comments.clearing import (
    locked,
    moved,
    refuse_incomplete,
    refuse_unseen,
    refuse_untimely,
    refuse_without_voice,
    wording,
    wording_of,
)
from consult.comments.editions import keep_edition
from consult.comments.models import Comment, Contribution, Withdrawal
from consult.comments.policy import (
    may_be_named,
    may_change,
    may_drop,
    may_return,
    may_see,
    may_submit,
    may_verify,
    may_write,
)
from consult.comments.refusals import CannotSupersede, NotCleared, ReasonMissing, SentWithOtherWords
from consult.comments.wording import Wording, amends
from consult.core.actors import Actor
from consult.core.terms import AmendmentKind, Category, PaperState, Stance
from consult.core.text import canonical
from consult.drafts.models import Consultation
from consult.people.models import Voice
from consult.people.posting import ask_letter
from consult.record.acts import journal
from consult.rounds.models import Round


@dataclass(frozen=True, slots=True)
class NewContribution:
    """A working paper. `supersedes` is the number of one's own comment that it is to replace.

    With `is_sent` it is handed on for clearance and must be complete; without, it is a draft of any shape.
    """

    round_id: int
    draft_id: int
    clause_id: int
    stance: Stance
    category: Category
    language: str
    reasons: str
    read_text_id: int
    proposed: str | None = None
    amendment_kind: AmendmentKind | None = None
    form_key: str = ""
    supersedes: int | None = None
    private_notes: str = ""
    is_sent: bool = True
    names_author: bool = False  # her own consent to be named with the comment; nobody else can give it


def write_contribution(
    session: Session, actor: Actor, consultation_id: int, new: NewContribution, reached_at: datetime
) -> Contribution:
    """Puts down a paper inside the delegation. The same form sent twice is one paper."""
    consultation = locked(session, Consultation, consultation_id)  # first, as submitting follows at once
    refuse_without_voice(session, actor, consultation)
    if not may_write(actor):
        raise NotCleared(PaperState.DRAFT)
    voice = locked(session, Voice, actor.voice_id)
    round_ = session.get_one(Round, new.round_id)
    words = wording(session, consultation, round_, new)
    said = _said(new, words)
    sent_before = _paper_of_form(session, voice, new.form_key)
    if sent_before is not None:
        return _again(session, actor, sent_before, {**said, "names_author": new.names_author}, new.is_sent)
    refuse_untimely(round_, reached_at)
    if new.is_sent:
        refuse_incomplete(words)
    at = clock.now()
    paper = Contribution(
        key=secrets.token_urlsafe(9),
        form_key=new.form_key or secrets.token_urlsafe(12),
        consultation_id=consultation.id,
        round_id=round_.id,
        draft_id=new.draft_id,
        clause_id=new.clause_id,
        voice_id=voice.id,
        author_id=actor.person_id,
        written_at=at,
        changed_at=at,
        changed_by_id=actor.person_id,
        edition=1,
        state=PaperState.DRAFT,
        is_sent=new.is_sent,
        sent_at=at if new.is_sent else None,
        supersedes_id=_superseded(session, consultation, voice, new),
        returned_words="",
        names_author=new.names_author,
        **said,
    )
    session.add(paper)
    session.flush()
    keep_edition(session, actor, paper)
    _ask_clearance(session, actor, paper)
    journal(session, actor, "contribution.written", paper=paper.key, is_sent=paper.is_sent)
    return paper


def change_contribution(
    session: Session,
    actor: Actor,
    paper: Contribution,
    change: NewContribution,
    seen: int,
    reached_at: datetime | None = None,
) -> Contribution:
    """Puts other words into a paper. Two editors cannot overwrite each other unseen."""
    consultation = locked(session, Consultation, paper.consultation_id)
    refuse_unseen(session, actor, paper, seen)
    if not may_change(actor, paper):
        raise NotCleared(paper.state)
    round_ = session.get_one(Round, paper.round_id)
    refuse_untimely(round_, reached_at or clock.now())
    here = replace(
        change,
        round_id=paper.round_id,
        draft_id=paper.draft_id,
        clause_id=paper.clause_id,
        read_text_id=paper.read_text_id,
    )
    words = wording(session, consultation, round_, here)
    if change.is_sent:
        refuse_incomplete(words)
    voice = session.get_one(Voice, paper.voice_id)
    paper.supersedes_id = _superseded(session, consultation, voice, here)
    said = _said(here, words)
    is_changed = any(getattr(paper, name) != value for name, value in said.items() if name != "private_notes")
    paper.names_author = may_be_named(actor, paper, change.names_author, is_changed=is_changed)
    for name, value in said.items():
        setattr(paper, name, value)
    _sent(paper, change.is_sent)
    moved(paper, actor, PaperState.DRAFT)
    keep_edition(session, actor, paper)
    _ask_clearance(session, actor, paper)
    journal(
        session, actor, "contribution.changed", paper=paper.key, edition=paper.edition, is_sent=paper.is_sent
    )
    return paper


def send_contribution(
    session: Session, actor: Actor, paper: Contribution, seen: int | None, reached_at: datetime
) -> Contribution:
    """Hands a draft on for clearance as it is. The second press finds it handed on."""
    refuse_unseen(session, actor, paper, seen)
    if paper.state is PaperState.DRAFT and paper.is_sent:
        return paper
    if paper.state is not PaperState.DRAFT or not may_change(actor, paper):
        raise NotCleared(paper.state)
    refuse_untimely(session.get_one(Round, paper.round_id), reached_at)
    refuse_incomplete(wording_of(session, paper))
    _sent(paper, True)
    _ask_clearance(session, actor, paper)
    journal(session, actor, "contribution.sent", paper=paper.key)
    return paper


def verify_contribution(
    session: Session, actor: Actor, paper: Contribution, seen: int | None = None
) -> Contribution:
    """Says inside the delegation that a paper is right. The second press finds it said."""
    session.refresh(paper, with_for_update=True)
    if may_see(actor, paper) and paper.state is PaperState.VERIFIED:
        return paper
    refuse_unseen(session, actor, paper, seen)
    if not may_verify(actor, paper):
        raise NotCleared(paper.state)
    refuse_incomplete(wording_of(session, paper))
    moved(paper, actor, PaperState.VERIFIED)
    _sent(paper, True)
    paper.returned_words = ""
    keep_edition(session, actor, paper, is_verified=True)
    _ask_clearance(session, actor, paper)
    journal(session, actor, "contribution.verified", paper=paper.key)
    return paper


def return_contribution(session: Session, actor: Actor, paper: Contribution, words: str) -> Contribution:
    """Gives a paper back to be worked on, with words that only the delegation reads."""
    refuse_unseen(session, actor, paper, None)
    if not may_return(actor, paper):
        raise NotCleared(paper.state)
    if not words.strip():
        raise ReasonMissing
    moved(paper, actor, PaperState.DRAFT)
    _sent(paper, False)
    paper.returned_words = words.strip()
    if paper.author_id != actor.person_id:
        ask_letter(session, "paper.returned", f"{paper.id}:{paper.edition}", contribution_id=paper.id)
    journal(session, actor, "contribution.returned", paper=paper.key)
    return paper


def drop_contribution(session: Session, actor: Actor, paper: Contribution) -> Contribution:
    """Lays a paper aside for good; its words stay with the delegation."""
    refuse_unseen(session, actor, paper, None)
    if not may_drop(actor, paper):
        raise NotCleared(paper.state)
    moved(paper, actor, PaperState.DROPPED)
    journal(session, actor, "contribution.dropped", paper=paper.key)
    return paper


def _paper_of_form(session: Session, voice: Voice, form_key: str) -> Contribution | None:
    if not form_key:
        return None
    return session.scalar(
        select(Contribution).where(Contribution.voice_id == voice.id, Contribution.form_key == form_key)
    )


def _again(
    session: Session, actor: Actor, paper: Contribution, said: dict[str, Any], is_sent: bool
) -> Contribution:
    """The paper that the same form made before, if it says the same."""
    if any(getattr(paper, name) != value for name, value in said.items()):
        raise SentWithOtherWords(paper.key)
    if is_sent and not paper.is_sent:
        _sent(paper, True)
        _ask_clearance(session, actor, paper)
        journal(session, actor, "contribution.sent", paper=paper.key)
    return paper


def _sent(paper: Contribution, is_sent: bool) -> None:
    """Handed on, from when; or not any more."""
    if not is_sent:
        paper.sent_at = None
    elif not paper.is_sent or paper.sent_at is None:
        paper.sent_at = clock.now()
    paper.is_sent = is_sent


def _ask_clearance(session: Session, actor: Actor, paper: Contribution) -> None:
    """Lets those know who take the next step, where she cannot take it herself."""
    if paper.is_sent and not (may_submit(actor, paper) or may_verify(actor, paper)):
        ask_letter(session, "paper.waiting", f"{paper.id}:{paper.edition}", contribution_id=paper.id)


def _said(new: NewContribution, words: Wording) -> dict[str, Any]:
    """The columns of a paper that hold its writer's words."""
    return {
        "stance": new.stance,
        "category": new.category,
        "language": new.language,
        "reasons": canonical(new.reasons).strip(),
        "read_text_id": new.read_text_id,
        "amendment_kind": amends(words),
        "proposed": None if new.proposed is None else canonical(new.proposed),
        "private_notes": new.private_notes.strip(),
    }


def _superseded(
    session: Session, consultation: Consultation, voice: Voice, new: NewContribution
) -> int | None:
    if new.supersedes is None:
        return None
    later = aliased(Comment)
    comment_id = session.scalar(
        select(Comment.id).where(
            Comment.consultation_id == consultation.id,
            Comment.number == new.supersedes,
            Comment.voice_id == voice.id,
            Comment.round_id == new.round_id,
            Comment.clause_id == new.clause_id,
            ~select(Withdrawal.id).where(Withdrawal.comment_id == Comment.id).exists(),
            ~select(later.id).where(later.supersedes_id == Comment.id).exists(),
        )
    )
    if comment_id is None:
        raise CannotSupersede(new.supersedes)
    return comment_id
