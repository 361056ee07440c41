"""What administrators do with an organisation: with reasons, in view, at once; and nothing else moves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consensus.reads import stand_on
from consult.core.actors import SYSTEM, VISITOR
from consult.core.terms import OrganisationState, SeatKind, StakeholderGroup, Stance
from consult.db import commit
from consult.drafts.reads import consultation
from consult.organisations import acts_administration as acts
from consult.organisations.acts_merging import merge_organisation
from consult.organisations.models import Invitation, Merger, SeatRequest
from consult.organisations.reads import organisation, profile
from consult.organisations.refusals import ChangedMeanwhile, MergedIntoItself, MovedTo, NameUnchanged
from consult.people.acts import give_seat
from consult.people.models import Mechanism, MechanismMember, Organisation, Person, Seat
from consult.people.reads import accredited_voices, actor
from consult.record.models import Entry
from consult.refusals import NotThere
from tests import build
from tests.conftest import Client
from tests.consensus.world import NOON
from tests.organisations.world import WHY, acts_of, called, strict

G = StakeholderGroup


@pytest.fixture(autouse=True)
def _noon(stopped_at: Callable[[datetime], None]) -> None:
    stopped_at(NOON)


@pytest.fixture
def admin(session: Session) -> Any:
    """An administrator as an actor."""
    return build.acting(session, build.an_administrator(session))


def counts(session: Session, opened: build.Opened) -> tuple[int, int, int, int]:
    """Support and objection that count, and that stand beside, on 3.2."""
    commit(session)
    consulted = consultation(session, VISITOR, opened.slug, "en")
    assert consulted.newest is not None
    stand = stand_on(session, consulted, consulted.newest, opened.clauses["3.2"].clause_id)
    return stand.all.support, stand.all.object, stand.beside.support, stand.beside.object


def test_ending_accreditation_moves_its_positions_beside_at_once_and_nothing_else(
    session: Session, client: Client, admin: Any
) -> None:
    opened = build.an_open_round(session)
    kenya, chad = (build.an_organisation(session, name=name) for name in ("Kenya", "Chad"))
    build.a_comment(session, opened, build.a_delegate(session, kenya), stance=Stance.OBJECT)
    build.a_comment(session, opened, build.a_delegate(session, chad), stance=Stance.SUPPORT)
    address = f"/en/consultations/{opened.slug}/drafts/0/clauses/{opened.clauses['3.2'].code}"
    assert counts(session, opened) == (1, 1, 0, 0)
    before = strict(client.get(address))
    acts.accredit(session, admin, kenya.id, is_accredited=False, reason="It was dissolved.")
    assert counts(session, opened) == (1, 0, 0, 1)
    during = strict(client.get(address))
    assert during.count("not accredited: shown beside the count") == 1
    acts.accredit(session, admin, kenya.id, is_accredited=True, reason="It was not.")
    assert counts(session, opened) == (1, 1, 0, 0)
    assert strict(client.get(address)) == before
    assert organisation(session, VISITOR, kenya.slug).state is OrganisationState.LISTED


def test_the_stand_and_the_lists_say_who_is_not_accredited(
    session: Session, client: Client, admin: Any
) -> None:
    kenya, chad = (build.an_organisation(session, name=name) for name in ("Kenya", "Chad"))
    opened = build.an_open_round(session, parties=(kenya, chad))
    build.a_comment(session, opened, build.a_delegate(session, kenya), stance=Stance.SUPPORT)
    for accredited in (True, False):
        if not accredited:
            acts.accredit(session, admin, kenya.id, is_accredited=False, reason=WHY)
        page = strict(client.get(f"/en/consultations/{opened.slug}/"))
        assert page.count('<span class="tag">not accredited</span>') == (0 if accredited else 1)


def test_accreditation_is_said_once_with_reasons_by_a_pseudonym(session: Session, admin: Any) -> None:
    kenya = build.an_organisation(session, name="Kenya", accredited=False)
    seat = build.a_delegate(session, build.an_organisation(session, name="Chad"))
    # An administrator who sits somewhere acts as herself, never in that organisation's name.
    sits = replace(admin, place=build.acting(session, seat).place)
    acts.accredit(session, sits, kenya.id, is_accredited=True, reason="We have seen its statutes.")
    with pytest.raises(ChangedMeanwhile):
        acts.accredit(session, admin, kenya.id, is_accredited=True, reason=WHY)
    commit(session)
    entry = session.scalars(
        select(Entry).where(Entry.act == "organisation.accredited", Entry.thing_id == kenya.id)
    ).one()
    assert entry.actor_label == admin.pseudonym
    shown = profile(session, VISITOR, kenya.slug, "en").accreditation
    assert shown is not None
    assert (shown.is_accredited, shown.reason, shown.by) == (
        True,
        "We have seen its statutes.",
        admin.pseudonym,
    )


def test_a_new_name_keeps_the_address_and_the_old_name_in_the_record(session: Session, admin: Any) -> None:
    found = build.an_organisation(session, name="Swaziland")
    called(session, found, "ss", "Umbuso weSwatini")
    acts.rename(session, admin, found.id, "Umbuso weSwatini", "ss", "By decree of 2018.")
    with pytest.raises(NameUnchanged):
        acts.rename(session, admin, found.id, "Umbuso  weSwatini", "ss", WHY)
    commit(session)
    shown = profile(session, VISITOR, found.slug, "en")
    assert (shown.own_name.words, shown.own_name.language) == ("Umbuso weSwatini", "ss")
    assert shown.former_names == ("Swaziland",) and shown.names == ()


def test_in_another_group_its_positions_count_there(session: Session, admin: Any) -> None:
    opened = build.an_open_round(session)
    found = build.an_organisation(session, group=G.CIVIL_SOCIETY, country="KE")
    build.a_comment(session, opened, build.a_delegate(session, found))
    commit(session)
    assert list(accredited_voices(session).values()) == [G.CIVIL_SOCIETY]
    acts.place_organisation(session, admin, found.id, G.ACADEMIA, "TZ", "It is a university.")
    acts.place_organisation(session, admin, found.id, G.ACADEMIA, "TZ", WHY)  # which changes nothing
    commit(session)
    assert list(accredited_voices(session).values()) == [G.ACADEMIA]
    assert acts_of(session, found.id).count("organisation.placed") == 1
    shown = profile(session, VISITOR, found.slug, "en")
    assert (shown.group, shown.country.code) == (G.ACADEMIA, "TZ")


def test_what_is_disabled_counts_and_acts_no_more_and_comes_back_without_accreditation(
    session: Session, admin: Any
) -> None:
    opened = build.an_open_round(session)
    found = build.an_organisation(session)
    head = build.a_delegate(session, found)
    build.a_comment(session, opened, head, stance=Stance.SUPPORT)
    assert counts(session, opened) == (1, 0, 0, 0)
    acts.disable_organisation(session, admin, found.id, "It was dissolved.")
    assert counts(session, opened) == (0, 0, 1, 0)
    assert actor(session, head).places == ()
    assert organisation(session, VISITOR, found.slug).state is OrganisationState.DISABLED
    with pytest.raises(ChangedMeanwhile):
        acts.accredit(session, admin, found.id, is_accredited=True, reason=WHY)
    acts.restore_organisation(session, admin, found.id, "It was not.")
    assert counts(session, opened) == (0, 0, 1, 0)
    assert len(actor(session, head).places) == 1
    assert acts_of(session, found.id)[-3:] == [
        *("organisation.accreditation_ended", "organisation.disabled", "organisation.restored")
    ]


@pytest.fixture
def twins(session: Session) -> tuple[Organisation, Organisation]:
    """Two entries of the list that are one organisation."""
    return build.an_organisation(session, name="Kenia"), build.an_organisation(session, name="Kenya")


def seats(session: Session, of: Organisation) -> dict[int, SeatKind]:
    rows = select(Seat.person_id, Seat.kind).where(Seat.organisation_id == of.id, Seat.until.is_(None))
    return {row[0]: row[1] for row in session.execute(rows)}


def test_merged_its_positions_stay_apart_and_nothing_counts_twice(
    session: Session, admin: Any, twins: tuple[Organisation, Organisation]
) -> None:
    ends, goes_on = twins
    opened = build.an_open_round(session)
    for one in twins:
        build.a_comment(session, opened, build.a_delegate(session, one), stance=Stance.SUPPORT)
    assert counts(session, opened) == (2, 0, 0, 0)
    merge_organisation(session, admin, ends.id, goes_on.id, "They are one.")
    assert counts(session, opened) == (1, 0, 1, 0)
    assert ends.state is OrganisationState.MERGED
    assert session.scalars(select(Merger.into_id)).one() == goes_on.id
    assert acts_of(session, ends.id)[-2:] == ["organisation.accreditation_ended", "organisation.merged"]


def test_people_requests_invitations_and_memberships_go_over(
    session: Session, admin: Any, twins: tuple[Organisation, Organisation]
) -> None:
    ends, goes_on = twins
    head, deputy = build.a_delegate(session, ends), build.a_delegate(session, ends, seat=SeatKind.DEPUTY)
    theirs, both = (
        build.a_delegate(session, goes_on),
        build.a_delegate(session, ends, seat=SeatKind.CONTRIBUTOR),
    )
    give_seat(session, SYSTEM, both, goes_on, SeatKind.DEPUTY)
    asking, twice = build.a_person(session), build.a_person(session)
    for key, person, of in (
        ("a", asking, ends),
        ("b", twice, ends),
        ("c", twice, goes_on),
        ("d", theirs, ends),
    ):
        session.add(
            SeatRequest(
                key=key * 8, person_id=person.id, organisation_id=of.id, words="I", at=NOON, answer=""
            )
        )
    session.add(
        Invitation(key="invitation", organisation_id=ends.id, email="a@b.org", made_at=NOON, ends_at=NOON)
    )
    for number in (1, 2):
        session.add(Mechanism(id=number, slug=f"m{number}", name="M", name_language="en"))
    session.flush()
    session.add_all(
        MechanismMember(mechanism_id=m, organisation_id=o.id) for m, o in ((1, ends), (2, ends), (2, goes_on))
    )
    merge_organisation(session, admin, ends.id, goes_on.id, "They are one.")
    commit(session)
    assert seats(session, ends) == {}
    assert seats(session, goes_on) == {
        theirs.id: SeatKind.HEAD,
        both.id: SeatKind.DEPUTY,
        head.id: SeatKind.DEPUTY,  # as the other has a head
        deputy.id: SeatKind.DEPUTY,
    }
    waiting = select(SeatRequest.key, SeatRequest.organisation_id).where(SeatRequest.decided_at.is_(None))
    assert {tuple(row) for row in session.execute(waiting)} == {("a" * 8, goes_on.id), ("c" * 8, goes_on.id)}
    assert session.scalars(select(Invitation.organisation_id)).one() == goes_on.id
    members = select(MechanismMember.mechanism_id, MechanismMember.organisation_id)
    assert {tuple(row) for row in session.execute(members)} == {(1, goes_on.id), (2, goes_on.id)}


def test_a_head_goes_on_as_head_where_the_other_has_none(
    session: Session, admin: Any, twins: tuple[Organisation, Organisation]
) -> None:
    ends, goes_on = twins
    head = build.a_delegate(session, ends)
    merge_organisation(session, admin, ends.id, goes_on.id, WHY)
    assert seats(session, goes_on) == {head.id: SeatKind.HEAD}


def test_the_old_address_leads_on_through_every_merger(
    session: Session, client: Client, admin: Any, twins: tuple[Organisation, Organisation]
) -> None:
    ends, goes_on = twins
    last = build.an_organisation(session, name="Republic of Kenya")
    session.flush()
    merge_organisation(session, admin, ends.id, goes_on.id, WHY)
    merge_organisation(session, admin, goes_on.id, last.id, WHY)
    answer = client.get(f"/fr/organisations/{ends.slug}?after=3")
    assert (answer.status_code, answer.location) == (301, f"/fr/organisations/{last.slug}?after=3")
    assert "Republic of Kenya" in strict(client.get(answer.location))
    with pytest.raises(MovedTo):
        organisation(session, admin, ends.slug)


def test_no_merger_is_done_twice_or_with_itself_or_into_what_is_gone(
    session: Session, admin: Any, twins: tuple[Organisation, Organisation]
) -> None:
    ends, goes_on = twins
    session.flush()
    with pytest.raises(MergedIntoItself):
        merge_organisation(session, admin, ends.id, ends.id, WHY)
    merge_organisation(session, admin, ends.id, goes_on.id, WHY)
    for one, other in ((ends, goes_on), (goes_on, ends)):
        with pytest.raises(ChangedMeanwhile):
            merge_organisation(session, admin, one.id, other.id, WHY)
    for act in (acts.disable_organisation, acts.restore_organisation):
        with pytest.raises(ChangedMeanwhile):
            act(session, admin, ends.id, WHY)


def test_the_page_says_all_that_a_merger_does_before_the_press(
    session: Session, signed_in_as: Callable[[Person], Client], twins: tuple[Organisation, Organisation]
) -> None:
    ends, goes_on = twins
    build.a_delegate(session, ends)
    build.a_delegate(session, goes_on)
    browser = signed_in_as(build.an_administrator(session))
    address = f"/en/organisations/{ends.slug}/merger"
    assert "Show what will happen" in strict(browser.get(address))
    assert "Choose the other one." in strict(browser.get(f"{address}?into={ends.slug}"), 422)
    assert "No listed organisation is called so." in strict(browser.get(f"{address}?into=nobody"), 422)
    for named in (goes_on.slug, "KENYA"):
        page = strict(browser.get(f"{address}?into={named}"))
        for said in (
            "nothing counts twice",
            "becomes a deputy",
            "Papers that",
            "on the roster of a consultation",
            "cannot be undone",
        ):
            assert said in page
    assert "Say why." in strict(browser.send(address, {"into": goes_on.slug}), 422)
    answer = browser.send(address, {"into": goes_on.slug, "reasons": "They are one."})
    assert (answer.status_code, answer.location) == (303, f"/en/organisations/{goes_on.slug}/administration")
    assert browser.get(address).status_code == 301
    again = browser.send(address, {"into": goes_on.slug, "reasons": "Once more."})
    assert "was merged into Kenya" in strict(again, 422) and "Once more." in again.text


def test_the_page_does_each_thing_with_reasons_and_tells_what_was_done(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    found = build.an_organisation(session, name="Kenya", accredited=False)
    browser = signed_in_as(build.an_administrator(session))
    root = f"/en/organisations/{found.slug}"
    strict(browser.get(f"{root}/administration"))
    for path, fields in (
        ("accreditation", {"accredits": "yes"}),
        ("name", {"name": "Jamhuri ya Kenya", "language": "sw"}),
        ("place", {"group": "academia", "country": "TZ"}),
        ("disabling", {}),
        ("restoration", {}),
    ):
        refused = strict(browser.send(f"{root}/{path}", {**fields, "reasons": " "}), 422)
        assert "Say why. Everybody can read it." in refused, path
        answer = browser.send(f"{root}/{path}", {**fields, "reasons": f"Reason for {path}."})
        assert (answer.status_code, answer.location) == (303, f"{root}/administration"), path
        assert f"Reason for {path}." in strict(browser.get(f"{root}/administration"))
    stale = strict(browser.send(f"{root}/restoration", {"reasons": "Once more."}), 422)
    assert "is listed and not accredited already" in stale
    session.expire_all()
    assert (found.name, found.stakeholder_group, found.country) == ("Jamhuri ya Kenya", G.ACADEMIA, "TZ")
    page = strict(browser.get(f"{root}/administration"))
    assert "Kenya was renamed Jamhuri ya Kenya. Reason: Reason for name." in page
    assert "before: Government, Kenya. Reason: Reason for place." in page


@pytest.mark.parametrize(
    "path", ["administration", "accreditation", "name", "place", "disabling", "restoration", "merger"]
)
def test_to_everybody_else_there_is_nothing(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client], path: str
) -> None:
    found = build.an_organisation(session, name="Kenya")
    fields = {
        "reasons": WHY,
        "name": "X",
        "language": "en",
        "group": "academia",
        "country": "TZ",
        "accredits": "no",
    }
    browsers = [
        client,
        *(signed_in_as(one) for one in (build.a_delegate(session, found), build.a_moderator(session))),
    ]
    before = acts_of(session, found.id)
    for browser in browsers:
        assert browser.send(f"/en/organisations/{found.slug}/{path}", fields).status_code in (404, 405)
        assert browser.get(f"/en/organisations/{found.slug}/{path}").status_code in (404, 405)
    assert acts_of(session, found.id) == before
    with pytest.raises(NotThere):
        acts.disable_organisation(
            session, build.acting(session, build.a_delegate(session, found)), found.id, WHY
        )


def test_what_was_proposed_or_declined_has_no_administration(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    found = build.an_organisation(session)
    found.state = OrganisationState.PROPOSED
    browser = signed_in_as(build.an_administrator(session))
    assert browser.get(f"/en/organisations/{found.slug}/administration").status_code == 404
    answer = browser.send(
        f"/en/organisations/{found.slug}/accreditation", {"accredits": "yes", "reasons": WHY}
    )
    assert answer.status_code == 404
