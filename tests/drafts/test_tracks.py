"""Open, United Nations, multilateral, bilateral: who becomes a party, what waits for both sides, what can be opened later."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.refusals import NameNeeded
from consult.consensus.reads import stand_on
from consult.core.actors import VISITOR
from consult.core.consensus import Status
from consult.core.terms import PartyRole, StakeholderGroup, Stance, Track
from consult.db import commit
from consult.drafts import acts
from consult.drafts.acts_access import Access, choose_access, convene, name_parties, open_consultation
from consult.drafts.acts_roster import invite_party
from consult.drafts.models import Consultation, Convened, Party
from consult.drafts.reads import consultation
from consult.drafts.refusals import OpenTracksAreOpen
from consult.drafts.refusals_access import AccessIsSettled, NotRestricted
from consult.drafts.refusals_roster import NoReason, TwoPartiesNeeded, TwoPartiesOnly
from consult.organisations.acts_merging import merge_organisation
from consult.people.acts_mechanisms import add_member, name_mechanism, remove_member
from consult.people.models import Person
from consult.people.refusals_mechanisms import MechanismStands
from consult.refusals import NotThere
from consult.rounds.acts import plan_round
from tests import build
from tests.conftest import Client


def started(session: Session, moderator: Person, **facts: object) -> Consultation:
    """A consultation in preparation, with a draft that waits."""
    named = {"title": "Talks", "summary": "About.", "source_language": "en", "languages": ("en",)}
    actor = build.acting(session, moderator)
    row = acts.start_consultation(session, actor, acts.NewConsultation(**{**named, **facts}))  # type: ignore[arg-type]
    acts.add_draft(session, actor, row, build.A_DRAFT)
    return row


def test_nothing_is_published_and_no_round_planned_before_both_sides_are_named(
    session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    moderator = build.a_moderator(session)
    actor = build.acting(session, moderator)
    row = started(session, moderator, track=Track.BILATERAL)
    draft = session.scalars(select(acts.Draft)).one()
    kenya, togo, peru = (build.an_organisation(session) for _ in range(3))
    with pytest.raises(TwoPartiesNeeded) as none:
        acts.publish_draft(session, actor, draft)
    assert none.value.count == 0
    invite_party(session, actor, row, kenya.id, PartyRole.INVITED)
    with pytest.raises(TwoPartiesNeeded):
        acts.publish_draft(session, actor, draft)
    with pytest.raises(TwoPartiesNeeded):
        name_parties(session, actor, row, [kenya, kenya])
    name_parties(session, actor, row, [kenya, togo])
    assert [one.role for one in session.scalars(select(Party))] == [PartyRole.PARTY] * 2
    with pytest.raises(TwoPartiesOnly):
        name_parties(session, actor, row, [kenya, peru])
    acts.publish_draft(session, actor, draft)
    session.delete(session.scalars(select(Party)).first())
    session.flush()
    with pytest.raises(TwoPartiesNeeded):
        plan_round(session, actor, row, draft, build.NOON, build.NOON + timedelta(days=3))


def test_both_parties_always_must_be_heard(session: Session, stopped_at: Callable[[datetime], None]) -> None:
    stopped_at(build.NOON)
    kenya = build.an_organisation(session)
    ngo = build.an_organisation(session, group=StakeholderGroup.CIVIL_SOCIETY)
    heads = [build.a_delegate(session, one) for one in (kenya, ngo)]
    opened = build.an_open_round(
        session, track=Track.BILATERAL, parties=(kenya, ngo), required_groups=(StakeholderGroup.ACADEMIA,)
    )
    told = []
    for head in (None, *heads):
        if head is not None:
            build.a_comment(session, opened, by=head, stance=Stance.SUPPORT)
        commit(session)
        consulted = consultation(session, VISITOR, opened.slug, "en")
        assert consulted.newest is not None
        told.append(stand_on(session, consulted, consulted.newest, opened.clauses["3.2"].clause_id).status)
    assert told == [Status.INSUFFICIENT, Status.INSUFFICIENT, Status.FULL_CONSENSUS]
    assert consulted.required == (StakeholderGroup.GOVERNMENT, StakeholderGroup.CIVIL_SOCIETY)


def test_the_members_of_a_mechanism_become_parties(session: Session) -> None:
    moderator, administrator = build.a_moderator(session), build.an_administrator(session)
    actor, keeper = build.acting(session, moderator), build.acting(session, administrator)
    circle = name_mechanism(session, actor, "Circle of the  Lakes", "en")
    with pytest.raises(MechanismStands):
        name_mechanism(session, keeper, "circle of the lakes", "en")
    members = [build.an_organisation(session) for _ in range(3)]
    with pytest.raises(NotThere):
        add_member(session, actor, circle, members[0])
    for one in (*members, members[0]):
        add_member(session, keeper, circle, one)
    remove_member(session, keeper, circle, members[2])
    row = started(session, moderator, track=Track.MULTILATERAL)
    assert convene(session, actor, row, circle) == 2
    assert convene(session, actor, row, circle) == 0
    assert session.scalars(select(Party.organisation_id)).all() == [members[0].id, members[1].id]
    assert session.scalars(select(Convened.mechanism_id)).one() == circle.id
    with pytest.raises(NotThere):
        convene(session, actor, started(session, moderator, track=Track.OPEN), circle)


def test_a_mechanism_named_for_closed_talks_stands_in_their_record_and_not_in_the_platforms(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client]
) -> None:
    moderator = build.a_moderator(session)
    row = started(session, moderator, track=Track.MULTILATERAL, is_restricted=True)
    browser, here = signed_in_as(moderator), f"/en/consultations/{row.slug}/"
    named = {"name": "Circle of the Lakes", "name_language": "en", "mechanism": ""}
    assert browser.send(f"{here}mechanism", named).status_code == 303
    assert "Circle of the Lakes" not in client.get("/en/record").text
    assert "Circle of the Lakes" in browser.get(f"{here}record").text
    keeper = signed_in_as(build.an_administrator(session))
    assert keeper.send("/en/mechanisms/", {"name": "The Hills", "name_language": "en"}).status_code == 303
    assert "The Hills" in client.get("/en/record").text


def test_access_is_chosen_while_prepared_and_only_opened_later(
    session: Session,
    client: Client,
    signed_in_as: Callable[[Person], Client],
    stopped_at: Callable[[datetime], None],
) -> None:
    stopped_at(build.NOON)
    moderator = build.a_moderator(session)
    actor, row = build.acting(session, moderator), started(session, moderator, track=Track.OPEN)
    draft = session.scalars(select(acts.Draft)).one()
    wrong = Access(Track.OPEN, is_restricted=True, takes_individuals=False, takes_pseudonyms=True)
    with pytest.raises(OpenTracksAreOpen):
        choose_access(session, actor, row, wrong)
    browser, here = signed_in_as(moderator), f"/en/consultations/{row.slug}/"
    chosen = {"track": "multilateral", "is_restricted": "y", "required_groups": ["academia"]}
    answer = browser.send(f"{here}access", chosen)
    assert (answer.status_code, answer.location) == (303, f"{here}mechanism")
    session.expire_all()
    assert (row.track, row.is_restricted, row.takes_pseudonyms) == (Track.MULTILATERAL, True, False)
    acts.publish_draft(session, actor, draft)
    assert browser.send(f"{here}access", chosen).status_code == 422
    with pytest.raises(AccessIsSettled):
        choose_access(session, actor, row, wrong)
    assert client.get(here).status_code == 404
    with pytest.raises(NoReason):
        open_consultation(session, actor, row, "  ")
    assert "This cannot be taken back" in browser.get(f"{here}opening").text
    assert browser.send(f"{here}opening", {"reason": "Both agreed to it."}).status_code == 303
    assert client.get(here).status_code == 200
    assert "Reason: Both agreed to it." in client.get(f"{here}record").text
    assert browser.get(f"{here}opening").status_code == 404
    session.expire_all()
    with pytest.raises(NotRestricted):
        open_consultation(session, actor, row, "again")


def test_the_start_leads_to_the_page_that_names_the_parties(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    browser = signed_in_as(build.a_moderator(session))
    kenya = build.an_organisation(session, name="Republic of Kenya")
    togo = build.an_organisation(session, name="Togolese Republic")
    new = {
        "title": "Two of us",
        "summary": "x",
        "source_language": "en",
        "languages": ["en"],
        "track": "bilateral",
    }
    answer = browser.send("/en/consultations/new", new)
    assert answer.location == "/en/consultations/two-of-us/parties"
    assert "Republic of Kenya" in browser.get(answer.location).text
    refused = browser.send(answer.location, {"one": "Republic of Kenya", "other": "Atlantis"})
    assert refused.status_code == 422 and "Atlantis" in refused.text
    assert browser.send(answer.location, {"one": "republic of kenya", "other": togo.slug}).status_code == 303
    assert set(session.scalars(select(Party.organisation_id))) == {kenya.id, togo.id}


def test_who_goes_on_in_a_merger_takes_the_place_on_the_roster(session: Session) -> None:
    old, new, other = (build.an_organisation(session) for _ in range(3))
    talks = build.an_open_round(session, parties=(old, other), track=Track.BILATERAL, is_restricted=True)
    keeper = build.acting(session, build.an_administrator(session))
    head = build.a_delegate(session, new)
    merge_organisation(session, keeper, old.id, new.id, "one ministry now")
    commit(session)
    assert set(session.scalars(select(Party.organisation_id))) == {new.id, other.id}
    assert consultation(session, build.acting(session, head), talks.slug, "en").id == talks.consultation.id


@pytest.mark.parametrize(
    ("takes_pseudonyms", "names_author", "may"),
    [(True, False, True), (False, False, False), (False, True, True)],
)
def test_where_no_pseudonyms_are_taken_an_individual_consents_to_her_name(
    session: Session,
    stopped_at: Callable[[datetime], None],
    takes_pseudonyms: bool,
    names_author: bool,
    may: bool,
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session, takes_individuals=True, takes_pseudonyms=takes_pseudonyms)
    person = build.a_person(session)
    if may:
        build.a_comment(session, opened, by=person, names_author=names_author)
        return
    with pytest.raises(NameNeeded):
        build.a_comment(session, opened, by=person, names_author=names_author)


def test_individuals_are_never_in_the_organisations_number(
    session: Session, client: Client, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session, takes_individuals=True, parties=[build.an_organisation(session)])
    head = build.a_delegate(session)
    build.a_comment(session, opened, by=head, stance=Stance.SUPPORT)
    for _ in range(3):
        build.a_comment(session, opened, by=build.a_person(session), stance=Stance.OBJECT)
    commit(session)
    consulted = consultation(session, VISITOR, opened.slug, "en")
    assert (consulted.organisation_comment_count, consulted.individual_comment_count) == (1, 3)
    assert consulted.newest is not None
    stand = stand_on(session, consulted, consulted.newest, opened.clauses["3.2"].clause_id)
    assert sum(line.tally.count for line in stand.groups) == 1
    assert [line.tally.object for line in stand.beside_groups] == [3]
    assert (stand.all.support, stand.all.object, stand.beside.object) == (1, 0, 3)
    home = client.get("/en/").text
    assert "One comment</span>" in home and "3 comments of individuals, counted apart" in home
    overview = client.get(f"/en/consultations/{opened.slug}/").text
    assert "of individuals, counted apart" in overview
