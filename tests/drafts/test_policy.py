"""Who may see, start and run?"""

import pytest

from consult.core.actors import VISITOR, Actor, Duty, Place
from consult.core.terms import RoleKind, SeatKind, Stage, StakeholderGroup, Track
from consult.drafts.models import Consultation
from consult.drafts.policy import may_be_restricted, may_run, may_see, may_start

PARTY, OTHER, HERE, ELSEWHERE = 7, 8, 1, 2


def seated(organisation: int) -> Actor:
    """Somebody in a delegation."""
    group, kind = StakeholderGroup.GOVERNMENT, SeatKind.CONTRIBUTOR
    place = Place(organisation, "o", "O", "en", group, 1, True, 1, kind)
    return Actor(person_id=1, places=(place,), place=place)


def holding(kind: RoleKind, where: int | None = None) -> Actor:
    """Somebody with a role."""
    return Actor(person_id=1, duties=(Duty(kind, where),))


WHO = {
    "a visitor": VISITOR,
    "a party": seated(PARTY),
    "another delegation": seated(OTHER),
    "its moderator": holding(RoleKind.MODERATOR, HERE),
    "a moderator everywhere": holding(RoleKind.MODERATOR),
    "another's moderator": holding(RoleKind.MODERATOR, ELSEWHERE),
    "its translator": holding(RoleKind.TRANSLATOR, HERE),
    "an administrator": holding(RoleKind.ADMINISTRATOR),
}
MODERATORS = {"its moderator", "a moderator everywhere"}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    ("stage", "is_restricted", "see"),
    [
        (Stage.PREPARING, False, MODERATORS),
        (Stage.PREPARING, True, MODERATORS),
        (Stage.OPEN, False, set(WHO)),
        (Stage.OPEN, True, {*MODERATORS, "a party", "its translator"}),
        (Stage.ADOPTED, True, {*MODERATORS, "a party", "its translator"}),
    ],
)
def test_who_sees_a_consultation(who: str, stage: Stage, is_restricted: bool, see: set[str]) -> None:
    row = Consultation(id=HERE, stage=stage, is_restricted=is_restricted)
    assert may_see(WHO[who], row, {PARTY}) is (who in see)


@pytest.mark.parametrize("who", WHO)
def test_who_starts_one_and_who_runs_it(who: str) -> None:
    assert may_start(WHO[who]) is (who == "a moderator everywhere")
    assert may_run(WHO[who], HERE) is (who in MODERATORS)


@pytest.mark.parametrize("track", Track)
def test_only_talks_between_named_parties_may_be_closed_to_others(track: Track) -> None:
    assert may_be_restricted(track) is (track in (Track.BILATERAL, Track.MULTILATERAL))
