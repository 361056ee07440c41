"""Who may do what with a paper? A table."""

from dataclasses import replace

import pytest

from consult.comments import policy
from consult.comments.models import Contribution
from consult.core.actors import VISITOR, Actor, Duty, Place
from consult.core.terms import PaperState, RoleKind, SeatKind, StakeholderGroup

D, V, S = PaperState.DRAFT, PaperState.VERIFIED, PaperState.SUBMITTED


def seated(kind: SeatKind, levels: int) -> Actor:
    place = Place(7, "kenya", "Kenya", "en", StakeholderGroup.GOVERNMENT, levels, True, 70, kind)
    return Actor(person_id=1, own_voice_id=10, places=(place,), place=place)


def a_paper(state: PaperState, *, is_sent: bool = True, voice_id: int = 70) -> Contribution:
    return Contribution(state=state, is_sent=is_sent, voice_id=voice_id)


TABLE = [
    # seat, levels, state → change, verify, submit, return, drop
    (SeatKind.CONTRIBUTOR, 1, D, "....."),
    (SeatKind.HEAD, 1, D, "c.srd"),
    (SeatKind.CONTRIBUTOR, 2, D, "c...d"),
    (SeatKind.DEPUTY, 2, D, "c..rd"),
    (SeatKind.HEAD, 2, D, "c.srd"),
    (SeatKind.CONTRIBUTOR, 3, D, "c...d"),
    (SeatKind.DEPUTY, 3, D, "cv.rd"),
    (SeatKind.HEAD, 3, D, "cvsrd"),
    (SeatKind.CONTRIBUTOR, 3, V, "....."),
    (SeatKind.DEPUTY, 3, V, "c..rd"),
    (SeatKind.HEAD, 3, V, "c.srd"),
    (SeatKind.HEAD, 3, S, "....."),
    (SeatKind.HEAD, 2, PaperState.DROPPED, "....."),
]


@pytest.mark.parametrize(("seat", "levels", "state", "may"), TABLE)
def test_a_seat_may_do_with_a_paper_what_the_levels_say(
    seat: SeatKind, levels: int, state: PaperState, may: str
) -> None:
    acts = (policy.may_change, policy.may_verify, policy.may_submit, policy.may_return, policy.may_drop)
    who, paper = seated(seat, levels), a_paper(state)
    assert (
        "".join(letter if act(who, paper) else "." for act, letter in zip(acts, "cvsrd", strict=True)) == may
    )


@pytest.mark.parametrize(
    "act",
    [
        policy.may_change,
        policy.may_verify,
        policy.may_submit,
        policy.may_return,
        policy.may_drop,
        policy.may_see,
    ],
)
def test_another_voice_may_do_nothing_with_a_paper(act: object) -> None:
    assert not act(seated(SeatKind.HEAD, 3), a_paper(D, voice_id=71))  # type: ignore[operator]
    assert not act(VISITOR, a_paper(D))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("who", "is_restricted", "takes_individuals", "parties", "may"),
    [
        ("a delegate", False, False, (), True),
        ("a delegate", True, False, (7,), True),
        ("a delegate", True, True, (8,), False),
        ("an individual", False, True, (), True),
        ("an individual", False, False, (), False),
        ("an individual", True, True, (7,), False),
        ("a delegate who chose no seat", False, True, (), False),
        ("a visitor", False, True, (), False),
    ],
)
def test_who_is_heard(
    who: str, is_restricted: bool, takes_individuals: bool, parties: tuple[int, ...], may: bool
) -> None:
    delegate = seated(SeatKind.HEAD, 2)
    actors = {
        "a delegate": delegate,
        "an individual": Actor(person_id=2, own_voice_id=20),
        "a delegate who chose no seat": replace(delegate, place=None),
        "a visitor": VISITOR,
    }
    found = policy.may_speak(
        actors[who], is_restricted=is_restricted, takes_individuals=takes_individuals, parties=parties
    )
    assert found is may


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (seated(SeatKind.HEAD, 3), True),
        (seated(SeatKind.DEPUTY, 3), False),
        (replace(seated(SeatKind.HEAD, 3), place=None), False),
        (VISITOR, False),
    ],
)
def test_only_the_head_withdraws(who: Actor, may: bool) -> None:
    assert policy.may_withdraw(who, 70) is may


@pytest.mark.parametrize(("consultation_id", "may"), [(5, True), (6, False)])
def test_moderators_hide_in_their_own_consultation(consultation_id: int, may: bool) -> None:
    moderator = Actor(person_id=3, duties=(Duty(RoleKind.MODERATOR, 5),))
    assert policy.may_hide(moderator, consultation_id) is may
