"""Positions in bulk: so many organisations of each group with each stance, as METHODS writes its examples."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult.comments.models import Position
from consult.core.terms import PositionOrigin, StakeholderGroup, Stance
from consult.people.models import Organisation, Voice
from tests import build

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
STANCES = (Stance.SUPPORT, Stance.CAN_LIVE_WITH, Stance.ABSTAIN, Stance.OBJECT)

G = StakeholderGroup
EXAMPLE = {
    G.GOVERNMENT: (18, 6, 2, 4),
    G.PRIVATE_SECTOR: (120, 40, 20, 20),
    G.TECHNICAL_COMMUNITY: (14, 3, 2, 1),
    G.CIVIL_SOCIETY: (8, 10, 2, 10),
    G.ACADEMIA: (3, 0, 0, 0),
}


def positions(
    session: Session,
    opened: build.Opened,
    figures: Mapping[StakeholderGroup, tuple[int, int, int, int]],
    *,
    clause: str = "3.2",
    accredited: bool = True,
) -> None:
    """As many organisations as the figures (support, accepting, abstaining, objecting) say, one position each."""
    # An objection needs a comment; whose it is does not matter to the count.
    reasons = build.a_comment(session, opened, clause="3.3", stance=Stance.OBJECT).id
    rows = []
    for group, counts in figures.items():
        for stance, count in zip(STANCES, counts, strict=True):
            for _ in range(count):
                organisation = build.an_organisation(session, group=group, accredited=accredited)
                rows.append(_row(opened, clause, _voice(session, organisation), stance, reasons))
    session.execute(insert(Position), rows)


def _voice(session: Session, organisation: Organisation) -> int:
    session.flush()
    return session.scalars(select(Voice.id).where(Voice.organisation_id == organisation.id)).one()


def _row(opened: build.Opened, clause: str, voice_id: int, stance: Stance, reasons: int) -> dict[str, object]:
    return {
        "voice_id": voice_id,
        "draft_id": opened.draft.id,
        "clause_id": opened.clauses[clause].clause_id,
        "stance": stance,
        "comment_id": reasons if stance is Stance.OBJECT else None,
        "origin": PositionOrigin.GIVEN,
        "at": NOON,
        "is_current": True,
    }
