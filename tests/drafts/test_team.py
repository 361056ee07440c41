"""Who moderates and translates: invited, handed over, ended; interests declared; nobody on both sides."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import SYSTEM
from consult.core.terms import RoleKind, SeatKind
from consult.db import commit
from consult.drafts.acts_interests import declare_interest
from consult.drafts.models import Interest
from consult.drafts.policy import may_start
from consult.organisations.models import Invitation
from consult.people.acts import give_seat
from consult.people.acts_roles import end_role, give_role, hand_over_role
from consult.people.models import Person, Role
from consult.people.refusals import VoiceElsewhere
from consult.people.refusals_roles import LastModerator, ModeratesEverywhere
from consult.people.tickets import sealed
from consult.record.models import Chain, Entry
from consult.refusals import NotThere
from tests import build
from tests.conftest import QUICK, Client

MODERATOR, TRANSLATOR = RoleKind.MODERATOR, RoleKind.TRANSLATOR


def chair(session: Session, opened: build.Opened, person: Person) -> Role:
    """The chair of one consultation."""
    role = give_role(session, SYSTEM, person, MODERATOR, consultation_id=opened.consultation.id)
    session.flush()
    return role


def acts_of(session: Session, consultation_id: int | None) -> list[str]:
    """What one chain says of roles."""
    commit(session)
    where = Chain.is_platform if consultation_id is None else Chain.consultation_id == consultation_id
    rows = session.execute(
        select(Entry.act).join(Chain, Chain.id == Entry.chain_id).where(where).order_by(Entry.id)
    )
    return [row.act for row in rows if row.act.startswith("role.")]


def test_whether_an_address_has_an_account_makes_no_difference_and_nobody_serves_unasked(
    session: Session, signed_in_as: Callable[[Person], Client], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    opened, known = build.an_open_round(session), build.a_person(session, name="Mei Tanaka")
    moderator, here = signed_in_as(opened.moderator), f"/en/consultations/{opened.slug}/team/"
    asked = {"kind": "translator", "language": "", "email": known.email}
    assert moderator.send(here, asked).status_code == 422
    nowhere = moderator.send(here, {**asked, "language": "fr", "email": "no address"})
    assert nowhere.status_code == 422 and 'value="no address"' in nowhere.text
    for email in (known.email, "new@example.org"):
        answer = moderator.send(here, {**asked, "language": "fr", "email": email})
        assert (answer.status_code, answer.location) == (303, here)
    page = moderator.get(here).text
    assert "Mei Tanaka" not in page and known.pseudonym not in page and "new@example.org" in page
    assert len(re.findall(r"<li[^>]*>\s*<bdi>[^<]*@example.org</bdi>", page)) == 2
    assert acts_of(session, opened.consultation.id) == []
    hers, other = session.scalars(select(Invitation).order_by(Invitation.id))
    assert (hers.role_kind, hers.role_language, hers.consultation_id) == (
        TRANSLATOR,
        "fr",
        opened.consultation.id,
    )
    token = sealed(QUICK["SECRET_KEY"], "invitation", hers.key)
    browser = signed_in_as(known)
    assert "can tell that the pseudonym is yours" in browser.get(f"/en/invitations/{token}").text
    assert browser.send(f"/en/invitations/{token}").status_code == 303
    role = session.scalars(select(Role).where(Role.person_id == known.id)).one()
    assert (role.kind, role.language, role.consultation_id) == (TRANSLATOR, "fr", opened.consultation.id)
    assert "Mei Tanaka" in moderator.get(here).text
    assert moderator.send(f"{here}invitations/{other.key}/revocation").status_code == 303
    assert "new@example.org" not in moderator.get(here).text
    assert acts_of(session, opened.consultation.id) == ["role.given"]


def test_who_takes_part_and_is_asked_to_moderate_is_refused_when_she_accepts_and_the_asker_learns_nothing(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    kenya = build.an_organisation(session)
    opened = build.an_open_round(session, parties=(kenya,))
    head = build.a_delegate(session, kenya)
    here = f"/en/consultations/{opened.slug}/team/"
    asked = {"kind": "moderator", "email": head.email}
    assert signed_in_as(opened.moderator).send(here, asked).status_code == 303
    key = session.scalars(select(Invitation.key)).one()
    answer = signed_in_as(head).send(f"/en/invitations/{sealed(QUICK['SECRET_KEY'], 'invitation', key)}")
    assert answer.status_code == 422
    assert session.scalars(select(Role).where(Role.person_id == head.id)).all() == []


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("a visitor", 404),
        ("a delegate", 404),
        ("a translator", 404),
        ("an administrator", 200),
        ("a moderator", 200),
    ],
)
def test_the_team_is_changed_by_its_moderators_and_by_administrators(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client], who: str, status: int
) -> None:
    opened = build.an_open_round(session)
    translator = build.a_person(session)
    give_role(session, SYSTEM, translator, TRANSLATOR, consultation_id=opened.consultation.id, language="fr")
    people = {
        "a delegate": build.a_delegate(session),
        "a translator": translator,
        "an administrator": build.an_administrator(session),
        "a moderator": opened.moderator,
    }
    browser = signed_in_as(people[who]) if who in people else client
    assert browser.get(f"/en/consultations/{opened.slug}/team/").status_code == status


def test_a_chair_is_handed_over_in_one_act_and_the_last_one_is_not_ended(
    session: Session, signed_in_as: Callable[[Person], Client], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session)
    one, heir, stranger = (build.a_person(session) for _ in range(3))
    role = chair(session, opened, one)
    give_role(session, SYSTEM, heir, TRANSLATOR, consultation_id=opened.consultation.id, language="fr")
    everywhere = session.scalars(select(Role).where(Role.person_id == opened.moderator.id)).one()
    everywhere.until = build.NOON
    session.flush()
    with pytest.raises(LastModerator):
        end_role(session, build.acting(session, one), role)
    with pytest.raises(NotThere):
        hand_over_role(session, build.acting(session, heir), role, heir)
    address = f"/en/consultations/{opened.slug}/team/{one.pseudonym}/moderator/"
    browser = signed_in_as(one)
    assert browser.send(f"{address}end").status_code == 422
    said = [
        browser.send(f"{address}hand-over", {"email": email})
        for email in (stranger.email or "", "nobody@example.org")
    ]
    assert [answer.status_code for answer in said] == [422, 422]
    assert all("Nobody who serves here has the address" in answer.text for answer in said)
    assert browser.send(f"{address}hand-over", {"email": heir.email}).status_code == 303
    session.expire_all()
    standing = session.scalars(select(Role).where(Role.kind == MODERATOR, Role.until.is_(None))).all()
    assert [row.person_id for row in standing] == [heir.id]
    assert acts_of(session, opened.consultation.id) == ["role.given"] * 3 + ["role.ended"]
    assert browser.get(f"/en/consultations/{opened.slug}/team/").status_code == 404


def test_who_moderates_one_consultation_starts_no_other(session: Session) -> None:
    opened, one = build.an_open_round(session), build.a_person(session)
    chair(session, opened, one)
    actor = build.acting(session, one)
    assert actor.moderates(opened.consultation.id) and not actor.moderates(None) and not may_start(actor)


def test_nobody_is_moderator_and_voice_in_the_same_consultation(session: Session) -> None:
    kenya, togo = build.an_organisation(session), build.an_organisation(session)
    opened, other = build.an_open_round(session, parties=(kenya,)), build.an_open_round(session)
    head = build.a_delegate(session, kenya)
    with pytest.raises(VoiceElsewhere):
        chair(session, opened, head)
    with pytest.raises(ModeratesEverywhere):
        give_role(session, SYSTEM, head, MODERATOR)
    chair(session, other, head)
    moderator = build.a_person(session)
    chair(session, opened, moderator)
    with pytest.raises(VoiceElsewhere):
        give_seat(session, SYSTEM, moderator, kenya, SeatKind.DEPUTY)
    give_seat(session, SYSTEM, moderator, togo, SeatKind.DEPUTY)
    with pytest.raises(ModeratesEverywhere):
        give_seat(session, SYSTEM, opened.moderator, togo, SeatKind.DEPUTY)


def test_having_spoken_or_only_written_a_paper_counts_as_taking_part(
    session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session)
    spoke, wrote = build.a_delegate(session), build.a_delegate(session)
    build.a_comment(session, opened, by=spoke)
    build.a_paper(session, opened, wrote)
    for person in (spoke, wrote):
        with pytest.raises(VoiceElsewhere):
            chair(session, opened, person)


def test_who_spoke_or_wrote_for_herself_takes_no_chair_there(
    session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    opened, other = build.an_open_round(session, takes_individuals=True), build.an_open_round(session)
    spoke, wrote = build.a_person(session), build.a_person(session)
    build.a_comment(session, opened, by=spoke)
    build.a_paper(session, opened, wrote)
    for person in (spoke, wrote):
        with pytest.raises(VoiceElsewhere):
            chair(session, opened, person)
        chair(session, other, person)


def test_who_only_translates_learns_by_handing_over_of_nobodys_account(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    opened, one, known = build.an_open_round(session), build.a_person(session), build.a_person(session)
    give_role(session, SYSTEM, one, TRANSLATOR, consultation_id=opened.consultation.id, language="fr")
    address = f"/en/consultations/{opened.slug}/team/{one.pseudonym}/translator/hand-over?language=fr"
    browser = signed_in_as(one)
    said = [browser.send(address, {"email": email}) for email in (known.email, "nobody@example.org")]
    assert [answer.status_code for answer in said] == [404, 404]


def test_what_a_chair_does_who_sits_elsewhere_is_not_said_to_be_her_organisations_act(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    opened, togo = build.an_open_round(session), build.an_organisation(session, name="Togo")
    one = build.a_delegate(session, togo)
    chair(session, opened, one)
    assert (
        signed_in_as(one)
        .send(f"/en/consultations/{opened.slug}/interests/mine", {"nothing": "y"})
        .status_code
        == 303
    )
    entry = session.scalars(select(Entry).where(Entry.act == "interest.declared")).one()
    assert entry.actor_label == one.pseudonym


def test_interests_are_declared_shown_and_kept(
    session: Session,
    client: Client,
    signed_in_as: Callable[[Person], Client],
    stopped_at: Callable[[datetime], None],
) -> None:
    stopped_at(build.NOON)
    opened, one = build.an_open_round(session), build.a_person(session, name="Mei Tanaka")
    chair(session, opened, one)
    here = f"/en/consultations/{opened.slug}/"
    page = client.get(here).text
    assert "Mei Tanaka" in page and "Interests not declared yet" in page
    browser = signed_in_as(one)
    both = {"nothing": "y", "words": "I own shares."}
    assert browser.send(f"{here}interests/mine", both).status_code == 422
    assert browser.send(f"{here}interests/mine", {"words": "I own shares of Acme."}).status_code == 303
    assert browser.send(f"{here}interests/mine", {"nothing": "y"}).status_code == 303
    page = client.get(here).text
    assert "Declared: no conflict of interest" in page and "Acme" not in page
    assert "I own shares of Acme." in client.get(f"{here}interests/").text
    record = client.get(f"{here}record").text
    assert "declared interests: I own shares of Acme." in record and "Mei Tanaka" not in record
    with pytest.raises(NotThere):
        declare_interest(session, build.acting(session, build.a_delegate(session)), opened.consultation, "")
    assert signed_in_as(build.a_delegate(session)).get(f"{here}interests/mine").status_code == 404
    assert len(session.scalars(select(Interest)).all()) == 2


def test_a_visitors_kept_page_follows_the_name_of_a_moderator(session: Session, client: Client) -> None:
    opened = build.an_open_round(session)
    here = f"/en/consultations/{opened.slug}/"
    assert client.get(here).status_code == 200
    opened.moderator.name = "Another Name"
    session.flush()
    assert "Another Name" in client.get(here).text
