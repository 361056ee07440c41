"""Seats: who changes and ends which, how a head hands over, and that no delegation loses its head by accident."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments import acts as comments
from consult.comments.models import Contribution
from consult.core.actors import Actor
from consult.core.terms import PaperState, SeatKind
from consult.jobs import Job
from consult.organisations import acts_seats as acts
from consult.organisations.acts_invitations import NewInvitation, invite
from consult.organisations.policy_seats import (
    Standing,
    is_left_headless,
    may_appoint,
    may_change,
    may_choose_levels,
    may_end,
    may_manage,
    may_read_delegation,
)
from consult.organisations.reads_seats import kinds, to_hand_over
from consult.organisations.refusals_delegation import (
    LastHead,
    LastMember,
    NotASuccessor,
    NotYours,
    ReasonMissing,
    SeatMovedOn,
    SeatOver,
)
from consult.people.models import Person
from consult.record.models import Entry, Journal
from consult.refusals import NotThere, Refusal
from tests import build
from tests.comments.test_pages import comments_of, filled, form_of
from tests.conftest import Client

CONTRIBUTOR, DEPUTY, HEAD, ACTING_HEAD = SeatKind
ADMIN = "administrator"


def stands(who: str | SeatKind | None) -> Standing:
    """How somebody named in a table stands to the delegation."""
    return Standing(None, True) if who == ADMIN else Standing(who)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("who", "reads", "manages", "levels"),
    [
        (HEAD, True, True, True),
        (ACTING_HEAD, True, True, True),
        (DEPUTY, True, False, False),
        (CONTRIBUTOR, True, False, False),
        (ADMIN, True, True, False),
        (None, False, False, False),
    ],
)
def test_heads_act_and_the_others_read(
    who: str | SeatKind | None, reads: bool, manages: bool, levels: bool
) -> None:
    one = stands(who)
    assert (may_read_delegation(one), may_manage(one), may_choose_levels(one)) == (reads, manages, levels)


@pytest.mark.parametrize(
    ("who", "gives"),
    [
        (HEAD, set(SeatKind)),
        (ACTING_HEAD, {CONTRIBUTOR, DEPUTY}),
        (DEPUTY, set()),
        (CONTRIBUTOR, set()),
        (ADMIN, set(SeatKind)),
        (None, set()),
    ],
)
def test_who_gives_and_ends_which_seat(who: str | SeatKind | None, gives: set[SeatKind]) -> None:
    one = stands(who)
    assert {kind for kind in SeatKind if may_appoint(one, kind)} == gives
    assert {kind for kind in SeatKind if may_end(one, kind, is_own=False)} == gives
    assert all(may_end(one, kind, is_own=True) for kind in SeatKind)
    changed = {(a, b) for a in SeatKind for b in SeatKind if may_change(one, a, b, is_own=False)}
    assert changed == {(a, b) for a in gives for b in gives}


def test_an_acting_head_steps_down_but_never_up() -> None:
    acting = Standing(ACTING_HEAD)
    assert may_change(acting, ACTING_HEAD, DEPUTY, is_own=True)
    assert not may_change(acting, ACTING_HEAD, HEAD, is_own=True)
    assert not may_change(Standing(DEPUTY), DEPUTY, HEAD, is_own=True)
    assert not may_change(Standing(DEPUTY), DEPUTY, CONTRIBUTOR, is_own=True)


@pytest.mark.parametrize(
    ("before", "after", "headless"),
    [
        ([HEAD, DEPUTY], [DEPUTY], True),
        ([HEAD, HEAD], [HEAD], False),
        ([HEAD, ACTING_HEAD], [ACTING_HEAD], True),  # nobody could appoint a head any more
        ([ACTING_HEAD, DEPUTY], [DEPUTY], True),
        ([ACTING_HEAD, HEAD], [HEAD], False),
        ([HEAD], [], False),  # nobody stays behind
        ([DEPUTY, CONTRIBUTOR], [DEPUTY], False),  # it had none before
    ],
)
def test_when_a_delegation_is_left_without_a_head(
    before: list[SeatKind], after: list[SeatKind], headless: bool
) -> None:
    assert is_left_headless(before, after) is headless


class Delegation:
    """A head, a deputy and a contributor."""

    def __init__(self, session: Session, head: SeatKind = HEAD) -> None:
        self.organisation = build.an_organisation(session)
        self.id = self.organisation.id
        self.session = session
        self.head = build.a_delegate(session, self.organisation, seat=head)
        self.deputy = build.a_delegate(session, self.organisation, seat=DEPUTY)
        self.contributor = build.a_delegate(session, self.organisation, seat=CONTRIBUTOR)

    def acting(self, person: Person) -> Actor:
        """Somebody of it as an actor."""
        return build.acting(self.session, person)

    def kinds(self) -> list[SeatKind]:
        """The seats now of head, deputy and contributor."""
        now = kinds(self.session, self.id)
        return [now.get(one.id) for one in (self.head, self.deputy, self.contributor)]  # type: ignore[misc]


def letters(session: Session) -> list[str]:
    """The letters asked for, by kind."""
    session.flush()
    jobs = session.scalars(select(Job).where(Job.kind == "letters.write").order_by(Job.id))
    return [job.arguments["letter"] for job in jobs if job.arguments["letter"] != "account.signed_in"]


def test_a_head_changes_and_ends_seats_and_the_journal_alone_says_so(session: Session) -> None:
    here = Delegation(session)
    head = here.acting(here.head)
    acts.change_seat(session, head, here.id, here.deputy.pseudonym, ACTING_HEAD, seen=DEPUTY)
    acts.end_seat(session, head, here.id, here.contributor.pseudonym, seen=CONTRIBUTOR)
    assert here.kinds() == [HEAD, ACTING_HEAD, None]
    assert letters(session) == ["seat.given", "seat.ended"]
    acted = session.scalars(select(Journal.act).where(Journal.organisation_id == here.id)).all()
    assert acted[-2:] == ["seat.given", "seat.ended"]
    assert not [one for one in session.scalars(select(Entry.act)) if one.startswith("seat")]


@pytest.mark.parametrize("seat", ["deputy", "contributor"])
def test_deputies_and_contributors_change_nothing(session: Session, seat: str) -> None:
    here = Delegation(session)
    who = here.acting(getattr(here, seat))
    for act in (
        lambda: acts.change_seat(session, who, here.id, who.pseudonym, HEAD, seen=SeatKind(seat)),
        lambda: acts.end_seat(session, who, here.id, here.head.pseudonym, seen=HEAD),
        lambda: acts.hand_over(session, who, here.id, who.pseudonym),
        lambda: acts.choose_levels(session, who, here.id, 1),
    ):
        with pytest.raises(SeatOver):
            act()
    assert here.kinds() == [HEAD, DEPUTY, CONTRIBUTOR]
    assert here.organisation.clearance_levels == 2


def test_a_head_of_another_delegation_finds_nothing_here(session: Session) -> None:
    here, elsewhere = Delegation(session), Delegation(session)
    who = elsewhere.acting(elsewhere.head)
    with pytest.raises(NotThere):
        acts.end_seat(session, who, here.id, here.deputy.pseudonym, seen=DEPUTY)
    with pytest.raises(SeatMovedOn):
        acts.end_seat(session, who, elsewhere.id, here.deputy.pseudonym, seen=DEPUTY)


def test_the_head_of_one_delegation_is_only_what_she_is_in_the_other(session: Session) -> None:
    here, elsewhere = Delegation(session), Delegation(session)
    build.people.give_seat(session, build.SYSTEM, here.head, elsewhere.organisation, CONTRIBUTOR)
    who = build.reads.speaking_for(here.acting(here.head), here.organisation.slug)
    with pytest.raises(SeatOver):
        acts.end_seat(session, who, elsewhere.id, elsewhere.deputy.pseudonym, seen=DEPUTY)
    with pytest.raises(SeatOver):
        acts.choose_levels(session, who, elsewhere.id, 3)


def test_an_acting_head_touches_no_heads_seat(session: Session) -> None:
    here = Delegation(session)
    acting = build.a_delegate(session, here.organisation, seat=ACTING_HEAD)
    who = here.acting(acting)
    for act in (
        lambda: acts.end_seat(session, who, here.id, here.head.pseudonym, seen=HEAD),
        lambda: acts.change_seat(session, who, here.id, here.head.pseudonym, DEPUTY, seen=HEAD),
        lambda: acts.change_seat(session, who, here.id, here.deputy.pseudonym, HEAD, seen=DEPUTY),
        lambda: acts.change_seat(session, who, here.id, who.pseudonym, HEAD, seen=ACTING_HEAD),
        lambda: acts.hand_over(session, who, here.id, here.deputy.pseudonym),
    ):
        with pytest.raises(NotYours):
            act()
    acts.end_seat(session, who, here.id, here.contributor.pseudonym, seen=CONTRIBUTOR)
    assert here.kinds() == [HEAD, DEPUTY, None]


def test_the_last_head_hands_over_before_she_goes(session: Session) -> None:
    here = Delegation(session)
    head = here.acting(here.head)
    assert [one.id for one in to_hand_over(session, here.head.id)] == [here.id]
    for act in (
        lambda: acts.leave_delegation(session, head, here.id),
        lambda: acts.leave_delegation(session, head, here.id, is_confirmed=True),
        lambda: acts.change_seat(session, head, here.id, head.pseudonym, DEPUTY, seen=HEAD),
        lambda: acts.change_seat(session, head, here.id, head.pseudonym, ACTING_HEAD, seen=HEAD),
        lambda: acts.end_seat(session, head, here.id, head.pseudonym, seen=HEAD),
    ):
        with pytest.raises(LastHead):
            act()
    for nobody in ("p-nobody", head.pseudonym, build.a_delegate(session).pseudonym):
        with pytest.raises(NotASuccessor):
            acts.leave_delegation(session, head, here.id, successor=nobody)
    acts.leave_delegation(session, head, here.id, successor=here.deputy.pseudonym)
    assert here.kinds() == [None, HEAD, CONTRIBUTOR]
    assert letters(session) == ["seat.given"]


def test_handing_over_without_leaving_makes_two_heads(session: Session) -> None:
    here = Delegation(session)
    acts.hand_over(session, here.acting(here.head), here.id, here.contributor.pseudonym)
    assert here.kinds() == [HEAD, DEPUTY, HEAD]
    assert to_hand_over(session, here.head.id) == ()
    acts.hand_over(session, here.acting(here.head), here.id, here.contributor.pseudonym)
    assert here.kinds() == [HEAD, DEPUTY, HEAD]


def test_an_acting_head_alone_hands_her_own_seat_on_and_no_more(session: Session) -> None:
    here = Delegation(session, head=ACTING_HEAD)
    who = here.acting(here.head)
    with pytest.raises(LastHead):
        acts.leave_delegation(session, who, here.id)
    acts.leave_delegation(session, who, here.id, successor=here.deputy.pseudonym)
    assert here.kinds() == [None, ACTING_HEAD, CONTRIBUTOR]


def test_a_contributor_leaves_freely_and_names_no_heir(session: Session) -> None:
    here = Delegation(session)
    who = here.acting(here.contributor)
    with pytest.raises(NotASuccessor):
        acts.leave_delegation(session, who, here.id, successor=here.deputy.pseudonym)
    acts.leave_delegation(session, who, here.id)
    assert here.kinds() == [HEAD, DEPUTY, None]
    with pytest.raises(SeatOver):
        acts.leave_delegation(session, who, here.id)


def test_who_is_alone_says_so_twice_and_administrators_are_told(session: Session) -> None:
    organisation = build.an_organisation(session)
    who = build.acting(session, build.a_delegate(session, organisation))
    with pytest.raises(LastMember):
        acts.leave_delegation(session, who, organisation.id)
    with pytest.raises(LastMember):
        acts.end_seat(session, who, organisation.id, who.pseudonym, seen=HEAD)
    acts.leave_delegation(session, who, organisation.id, is_confirmed=True)
    assert kinds(session, organisation.id) == {}
    assert letters(session) == ["organisation.headless"]


def test_an_administrator_ends_the_only_heads_seat_with_reasons(session: Session) -> None:
    here = Delegation(session)
    admin = build.acting(session, build.an_administrator(session))
    for reason in ("", "  "):
        with pytest.raises(ReasonMissing):
            acts.end_seat(session, admin, here.id, here.head.pseudonym, seen=HEAD, reason=reason)
        with pytest.raises(ReasonMissing):
            acts.change_seat(session, admin, here.id, here.head.pseudonym, DEPUTY, seen=HEAD, reason=reason)
    acts.end_seat(
        session, admin, here.id, here.head.pseudonym, seen=HEAD, reason="Her account was broken into."
    )
    assert here.kinds() == [None, DEPUTY, CONTRIBUTOR]
    assert letters(session) == ["organisation.headless", "seat.ended"]
    said = session.scalars(select(Journal).where(Journal.act == "seat.ended")).one()
    assert said.facts["reason"] == "Her account was broken into."
    acts.change_seat(session, admin, here.id, here.deputy.pseudonym, HEAD, seen=DEPUTY)
    assert here.kinds() == [None, HEAD, CONTRIBUTOR]


def test_what_the_page_showed_must_still_be_so(session: Session) -> None:
    here = Delegation(session)
    head = here.acting(here.head)
    acts.change_seat(session, head, here.id, here.deputy.pseudonym, CONTRIBUTOR, seen=DEPUTY)
    with pytest.raises(SeatMovedOn):
        acts.end_seat(session, head, here.id, here.deputy.pseudonym, seen=DEPUTY)


def test_an_ended_or_lowered_head_offers_no_seats_any_more(session: Session) -> None:
    here = Delegation(session)
    head = here.acting(here.head)
    offered = invite(session, head, NewInvitation("one@example.org", organisation_id=here.id, seat_kind=HEAD))
    other = invite(
        session, head, NewInvitation("two@example.org", organisation_id=here.id, seat_kind=CONTRIBUTOR)
    )
    acts.hand_over(session, head, here.id, here.deputy.pseudonym)
    second = here.acting(here.deputy)
    acts.change_seat(session, second, here.id, here.head.pseudonym, ACTING_HEAD, seen=HEAD)
    assert (offered.revoked_at is None, other.revoked_at is None) == (False, True)
    acts.end_seat(session, second, here.id, here.head.pseudonym, seen=ACTING_HEAD)
    assert other.revoked_at is not None


def test_papers_of_who_left_stay_with_the_delegation(session: Session) -> None:
    opened = build.an_open_round(session)
    here = Delegation(session)
    with build.clock.stopped(build.NOON):
        paper = build.a_paper(session, opened, here.contributor)
        acts.end_seat(session, here.acting(here.head), here.id, here.contributor.pseudonym, seen=CONTRIBUTOR)
        with pytest.raises(Refusal):
            comments.drop_contribution(session, here.acting(here.contributor), paper)
        comment = comments.submit_comment(session, here.acting(here.head), paper, build.NOON)
    assert comment.voice_id == here.acting(here.head).voice_id


def test_a_verified_paper_stays_verified_when_fewer_levels_are_chosen(session: Session) -> None:
    opened = build.an_open_round(session)
    here = Delegation(session)
    head = here.acting(here.head)
    acts.choose_levels(session, head, here.id, 3)
    with build.clock.stopped(build.NOON):
        paper = build.a_paper(session, opened, here.contributor)
        comments.verify_contribution(session, here.acting(here.deputy), paper, paper.edition)
        acts.choose_levels(session, head, here.id, 2)
        assert session.get_one(Contribution, paper.id).state is PaperState.VERIFIED
        comments.submit_comment(session, here.acting(here.head), paper, build.NOON)
    assert paper.state is PaperState.SUBMITTED
    chosen = session.scalars(select(Journal).where(Journal.act == "clearance.chosen")).all()
    assert [(one.facts["was"], one.facts["levels"]) for one in chosen] == [(2, 3), (3, 2)]


def test_an_ended_seat_acts_no_more_in_a_session_that_is_open(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    here = Delegation(session)
    browser = signed_in_as(here.deputy)
    address = f"/en/organisations/{here.organisation.slug}/delegation"
    assert browser.get(address).status_code == 200
    acts.end_seat(session, here.acting(here.head), here.id, here.deputy.pseudonym, seen=DEPUTY)
    assert browser.get(address).status_code == 404


def test_a_comment_begun_for_an_organisation_is_never_sent_as_her_own(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    """The seat ends while the form is open: what was written for the delegation is refused, and kept to be copied."""
    ahead = datetime(2120, 1, 1, tzinfo=UTC)
    opened = build.an_open_round(session, closes_at=ahead, takes_individuals=True)
    here = Delegation(session)
    second = build.a_delegate(session, here.organisation)
    browser = signed_in_as(here.head)
    fields = filled(browser, opened, submit="1", reasons="Our ministry cannot accept this.")
    acts.end_seat(session, here.acting(second), here.id, here.head.pseudonym, seen=HEAD)
    answer = browser.send(form_of(opened), fields)
    assert answer.status_code == 422
    assert "Our ministry cannot accept this." in answer.text
    assert comments_of(session) == 0
    assert session.scalars(select(Contribution.id)).all() == []
