"""Which organisations take part in a consultation: by its roster, by working on papers, by having spoken?"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, select, true, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from consult.comments.models import Comment, Contribution, Position
from consult.comments.models_joint import CoSponsor
from consult.core.terms import PaperState
from consult.drafts.models import Draft, Party
from consult.people.models import Voice


def takes_part(
    session: Session, organisation_ids: Collection[int], consultation_ids: Collection[int]
) -> bool:
    """Whether one of these organisations is on the roster of one of these consultations, or worked or spoke in it."""
    invited = select(Party.id).where(
        Party.consultation_id.in_(consultation_ids), Party.organisation_id.in_(organisation_ids)
    )
    if session.scalar(invited.limit(1)) is not None:
        return True
    papers = (
        select(Contribution.id)
        .join(Voice, Voice.id == Contribution.voice_id)
        .where(
            Contribution.consultation_id.in_(consultation_ids),
            Voice.organisation_id.in_(organisation_ids),
            Contribution.state != PaperState.DROPPED,
        )
    )
    if session.scalar(papers.limit(1)) is not None:
        return True
    heard = spoken_by(session, consultation_ids)
    return bool(heard & set(organisation_ids))


def speaks_herself(session: Session, person_id: int, consultation_ids: Collection[int] | None) -> bool:
    """Whether she worked or spoke in one of these consultations as an individual, with a voice of her own; with None,
    in any."""
    own = select(Voice.id).where(Voice.person_id == person_id).scalar_subquery()

    def here(column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        return true() if consultation_ids is None else column.in_(consultation_ids)

    several = (
        select(Comment.id).where(Comment.voice_id == own, here(Comment.consultation_id)),
        select(Contribution.id).where(
            Contribution.voice_id == own,
            here(Contribution.consultation_id),
            Contribution.state != PaperState.DROPPED,
        ),
        select(Position.id)
        .join(Draft, Draft.id == Position.draft_id)
        .where(Position.voice_id == own, here(Draft.consultation_id)),
    )
    return any(session.scalar(one.limit(1)) is not None for one in several)


def spoken_by(session: Session, consultation_ids: Collection[int]) -> set[int]:
    """The organisations that commented or took a position in these consultations, be it withdrawn since. One query."""
    commented = _organisations().join(Comment, Comment.voice_id == Voice.id)
    joined = (
        _organisations()
        .join(CoSponsor, CoSponsor.voice_id == Voice.id)
        .join(Comment, Comment.id == CoSponsor.comment_id)
    )
    stood = (
        _organisations()
        .join(Position, Position.voice_id == Voice.id)
        .join(Draft, Draft.id == Position.draft_id)
    )
    every = union(
        commented.where(Comment.consultation_id.in_(consultation_ids)),
        joined.where(Comment.consultation_id.in_(consultation_ids)),
        stood.where(Draft.consultation_id.in_(consultation_ids)),
    )
    return {row[0] for row in session.execute(every) if row[0] is not None}


def _organisations() -> Select[int | None]:
    return select(Voice.organisation_id).where(Voice.organisation_id.is_not(None))
