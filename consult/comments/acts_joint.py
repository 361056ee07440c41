"""How do several organisations submit one comment together, each clearing it for itself?"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.clearing import (
    locked,
    refuse_unseated,
    refuse_unseen,
    refuse_untimely,
    refuse_without_voice,
)
from consult.comments.editions import is_as_cleared
from consult.comments.models import Comment, Contribution, Withdrawal
from consult.comments.models_joint import CoSponsor, Sponsorship
from consult.comments.policy import (
    LIVE,
    may_ask_sponsors,
    may_clear_joint,
    may_see_request,
    may_verify_joint,
    may_withdraw,
)
from consult.comments.positions import give_position, withdraw_positions
from consult.comments.refusals import AlreadyWithdrawn, NotCleared, ReasonMissing, RequestOver, WordsChanged
from consult.core.actors import Actor
from consult.core.terms import OrganisationState, PaperState, SponsorState
from consult.drafts.models import Consultation, Party
from consult.people.models import Organisation, Voice
from consult.people.posting import ask_letter
from consult.record.acts import journal, note
from consult.refusals import NotThere
from consult.rounds.models import Round


def ask_sponsor(
    session: Session, actor: Actor, paper: Contribution, slug: str, words: str, reached_at: datetime
) -> Sponsorship:
    """Asks another organisation to put its name to a paper. Asked twice is asked once; who declined can be asked again."""
    consultation = locked(session, Consultation, paper.consultation_id)
    refuse_unseen(session, actor, paper, None)
    refuse_without_voice(session, actor, consultation)
    if not may_ask_sponsors(actor, paper):
        raise NotCleared(paper.state)
    refuse_untimely(session.get_one(Round, paper.round_id), reached_at)
    voice = _voice_that_can_join(session, consultation, slug)
    if voice is None or voice.id == paper.voice_id:
        raise NotThere
    standing = session.scalar(
        select(Sponsorship).where(Sponsorship.contribution_id == paper.id, Sponsorship.voice_id == voice.id)
    )
    if standing is not None and standing.state in LIVE:
        return standing
    row = standing or Sponsorship(contribution_id=paper.id, voice_id=voice.id)
    row.state, row.edition, row.words = SponsorState.ASKED, None, words.strip()
    row.asked_by_id, row.asked_at = actor.person_id or 0, clock.now()
    row.decided_by_id = row.decided_at = None
    session.add(row)
    session.flush()
    ask_letter(session, "sponsor.asked", f"{row.id}:{row.asked_at.isoformat()}", sponsorship_id=row.id)
    journal(session, actor, "sponsor.asked", paper=paper.key, organisation=slug)
    return row


def end_sponsorship(session: Session, actor: Actor, paper: Contribution, voice_id: int) -> None:
    """The lead asks no more: from then on the asked delegation sees nothing of the paper."""
    refuse_unseen(session, actor, paper, None)
    if not may_ask_sponsors(actor, paper):
        raise NotCleared(paper.state)
    row = session.scalar(
        select(Sponsorship).where(Sponsorship.contribution_id == paper.id, Sponsorship.voice_id == voice_id)
    )
    if row is not None and row.state in LIVE:
        row.state, row.decided_by_id, row.decided_at = SponsorState.ENDED, actor.person_id, clock.now()
        journal(session, actor, "sponsor.taken_back", paper=paper.key)


def verify_sponsorship(
    session: Session, actor: Actor, row: Sponsorship, seen: int, reached_at: datetime
) -> Sponsorship:
    """The deputy of an asked delegation says that the words are right, where it verifies."""
    _refuse_request(session, actor, row, seen, reached_at)
    if not may_verify_joint(actor):
        raise NotCleared(PaperState.DRAFT)
    _decide(session, actor, row, SponsorState.VERIFIED, seen)
    journal(session, actor, "sponsor.verified", sponsorship=row.id, edition=seen)
    return row


def clear_sponsorship(
    session: Session, actor: Actor, row: Sponsorship, seen: int, reached_at: datetime
) -> Sponsorship:
    """The head of an asked delegation puts its name to these very words; other words need another clearance."""
    _refuse_request(session, actor, row, seen, reached_at)
    if not may_clear_joint(actor):
        raise NotCleared(PaperState.DRAFT)
    if (row.state, row.edition) == (SponsorState.CLEARED, seen):
        return row
    _decide(session, actor, row, SponsorState.CLEARED, seen)
    _answered(session, row)
    journal(session, actor, "sponsor.cleared", sponsorship=row.id, edition=seen)
    return row


def decline_sponsorship(session: Session, actor: Actor, row: Sponsorship, words: str) -> Sponsorship:
    """The head of an asked delegation says no, or no longer, with words that the asking delegation reads."""
    paper = session.get_one(Contribution, row.contribution_id)
    locked(session, Consultation, paper.consultation_id)
    session.refresh(row, with_for_update=True)
    session.refresh(paper)
    if not may_see_request(actor, row, paper):
        raise NotThere
    refuse_unseated(session, actor)
    if not may_clear_joint(actor):
        raise NotCleared(paper.state)
    if not words.strip():
        raise ReasonMissing
    _decide(session, actor, row, SponsorState.DECLINED, row.edition)
    row.words = words.strip()
    _answered(session, row)
    journal(session, actor, "sponsor.declined", sponsorship=row.id)
    return row


def join_comment(session: Session, actor: Actor, paper: Contribution, comment: Comment) -> None:
    """Makes co-sponsors of those who cleared exactly these words; each stands where the comment says."""
    consultation = session.get_one(Consultation, comment.consultation_id)
    joined = {}
    for row in _cleared(session, paper):
        organisation = session.scalars(
            select(Organisation)
            .join(Voice, Voice.organisation_id == Organisation.id)
            .where(Voice.id == row.voice_id)
        ).one()
        if not _can_join(session, consultation, organisation):
            continue
        joined[row.voice_id] = organisation.name
        by = row.decided_by_id
        session.add(
            CoSponsor(
                comment_id=comment.id, voice_id=row.voice_id, by_person_id=by, since=comment.received_at
            )
        )
        give_position(session, comment, row.voice_id, by)
    if joined:
        within = comment.consultation_id
        names = list(joined.values())
        note(
            session,
            actor,
            "comment.joined",
            comment,
            within=within,
            number=comment.number,
            organisations=names,
        )
    if comment.supersedes_id is not None:
        _end_those_left_behind(session, actor, comment, set(joined))


def step_back(session: Session, actor: Actor, comment: Comment, reached_at: datetime) -> CoSponsor:
    """A co-sponsor takes its name off a comment while the round is open; its position there goes with it."""
    if actor.place is None or not may_withdraw(actor, actor.place.voice_id):
        raise NotThere
    consultation = locked(session, Consultation, comment.consultation_id)
    row = session.scalar(
        select(CoSponsor).where(
            CoSponsor.comment_id == comment.id,
            CoSponsor.voice_id == actor.voice_id,
            CoSponsor.until.is_(None),
        )
    )
    if row is None or actor.is_impartial_in(consultation.id):
        raise NotThere
    refuse_unseated(session, actor)
    if session.scalar(select(Withdrawal.id).where(Withdrawal.comment_id == comment.id)):
        raise AlreadyWithdrawn
    refuse_untimely(session.get_one(Round, comment.round_id), reached_at)
    _end_co_sponsor(session, actor, comment, row, actor.place.name, reached_at)
    return row


def _end_those_left_behind(session: Session, actor: Actor, comment: Comment, joined: set[int]) -> None:
    """Who joined the comment that is replaced, but not this one, no longer says what nobody reads any more."""
    replaced = session.get_one(Comment, comment.supersedes_id)
    rows = session.execute(
        select(CoSponsor, Organisation.name)
        .join(Voice, Voice.id == CoSponsor.voice_id)
        .join(Organisation, Organisation.id == Voice.organisation_id)
        .where(CoSponsor.comment_id == replaced.id, CoSponsor.until.is_(None))
        .order_by(CoSponsor.id)
    ).all()
    for row, name in rows:
        if row.voice_id not in joined:
            _end_co_sponsor(session, actor, replaced, row, name, comment.received_at)


def _end_co_sponsor(
    session: Session, actor: Actor, comment: Comment, row: CoSponsor, name: str, at: datetime
) -> None:
    row.until = at
    withdraw_positions(session, actor, comment, at, row.voice_id)
    session.flush()
    within = comment.consultation_id
    note(session, actor, "co_sponsor.ended", row, within=within, number=comment.number, organisation=name)


def _cleared(session: Session, paper: Contribution) -> list[Sponsorship]:
    query = select(Sponsorship).where(
        Sponsorship.contribution_id == paper.id, Sponsorship.state == SponsorState.CLEARED
    )
    rows = session.scalars(query.order_by(Sponsorship.id)).all()
    return [row for row in rows if is_as_cleared(session, paper, row.edition)]


def _voice_that_can_join(session: Session, consultation: Consultation, slug: str) -> Voice | None:
    organisation = session.scalar(select(Organisation).where(Organisation.slug == slug))
    if organisation is None or not _can_join(session, consultation, organisation):
        return None
    return session.scalars(select(Voice).where(Voice.organisation_id == organisation.id)).one()


def _can_join(session: Session, consultation: Consultation, organisation: Organisation) -> bool:
    """Whoever is listed; in restricted talks, only their parties."""
    if organisation.state is not OrganisationState.LISTED:
        return False
    if not consultation.is_restricted:
        return True
    party = select(Party.id).where(
        Party.consultation_id == consultation.id, Party.organisation_id == organisation.id
    )
    return session.scalar(party) is not None


def _refuse_request(
    session: Session, actor: Actor, row: Sponsorship, seen: int, reached_at: datetime
) -> None:
    """Refuses strangers, requests that are over, rounds that are not open, and words that were not read."""
    paper = session.get_one(Contribution, row.contribution_id)
    consultation = locked(session, Consultation, paper.consultation_id)
    session.refresh(row, with_for_update=True)
    session.refresh(paper)
    if not may_see_request(actor, row, paper):
        raise NotThere
    refuse_without_voice(session, actor, consultation)
    if paper.state in (PaperState.SUBMITTED, PaperState.DROPPED):
        raise RequestOver
    refuse_untimely(session.get_one(Round, paper.round_id), reached_at)
    if not paper.is_sent or not is_as_cleared(session, paper, seen):
        raise WordsChanged


def _decide(
    session: Session, actor: Actor, row: Sponsorship, state: SponsorState, edition: int | None
) -> None:
    row.state, row.edition = state, edition
    row.decided_by_id, row.decided_at = actor.person_id, clock.now()
    session.flush()


def _answered(session: Session, row: Sponsorship) -> None:
    at = row.decided_at or clock.now()
    ask_letter(session, "sponsor.answered", f"{row.id}:{at.isoformat()}", sponsorship_id=row.id)
