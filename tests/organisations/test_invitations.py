"""Invitations: who may invite whom into what, how often, and what the link opens, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import html5lib
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import SYSTEM, Actor
from consult.core.terms import OrganisationState, RoleKind, SeatKind, Track
from consult.db import commit
from consult.jobs import Job
from consult.organisations import acts_invitations as acts
from consult.organisations.acts_accepting import (
    NewAccount,
    accept_as_new,
    accept_invitation,
    decline_invitation,
    forget_invited,
)
from consult.organisations.acts_invitations import NewInvitation, invite
from consult.organisations.addresses import lines_of
from consult.organisations.models import Invitation
from consult.organisations.reads_seats import kinds, seat_of
from consult.organisations.refusals_delegation import (
    AccountAlready,
    AddressHasAccount,
    AnotherAddress,
    InvitationOver,
    InvitedTooOften,
    NotYours,
    OrganisationNotListed,
    OthersSitThere,
    RemindedEnough,
    RemindedLately,
    RoleAlready,
    SeatedAlready,
    SeatOver,
    TooManyInvitations,
)
from consult.people.models import Organisation, Person, Role
from consult.people.refusals_roles import ModeratesEverywhere
from consult.people.tickets import sealed
from consult.record.models import Journal
from consult.refusals import LinkOver, NotThere, Refusal
from tests import build
from tests.conftest import Client

CONTRIBUTOR, DEPUTY, HEAD, ACTING_HEAD = SeatKind
NEW = NewAccount("Zawadi Mwangi", "a hash", "en", "UTC")
StopAt = Callable[[datetime], None]


def into(organisation: Organisation, kind: SeatKind = CONTRIBUTOR, **said: object) -> NewInvitation:
    """An invitation of a stranger into this delegation."""
    named = {"email": "zawadi@example.org", "organisation_id": organisation.id, "seat_kind": kind}
    return NewInvitation(**{**named, **said})  # type: ignore[arg-type]


def letters(session: Session) -> list[str]:
    """The letters asked for, by kind."""
    session.flush()
    jobs = session.scalars(select(Job).where(Job.kind == "letters.write").order_by(Job.id))
    return [job.arguments["letter"] for job in jobs if str(job.arguments["letter"]).startswith("seat.")]


@pytest.mark.parametrize(
    ("seat", "kind", "refusal"),
    [
        (HEAD, CONTRIBUTOR, None),
        (HEAD, HEAD, None),
        (HEAD, ACTING_HEAD, None),
        (ACTING_HEAD, CONTRIBUTOR, None),
        (ACTING_HEAD, DEPUTY, None),
        (ACTING_HEAD, HEAD, NotYours),
        (ACTING_HEAD, ACTING_HEAD, NotYours),
        (DEPUTY, CONTRIBUTOR, SeatOver),
        (CONTRIBUTOR, CONTRIBUTOR, SeatOver),
        (None, CONTRIBUTOR, NotThere),
    ],
)
def test_who_may_invite_into_a_delegation(
    session: Session, seat: SeatKind | None, kind: SeatKind, refusal: type[Refusal] | None
) -> None:
    organisation = build.an_organisation(session)
    by = build.a_delegate(session, organisation, seat=seat) if seat else build.a_delegate(session)
    who = build.acting(session, by)
    if refusal is None:
        assert invite(session, who, into(organisation, kind)).seat_kind is kind
        assert letters(session) == ["seat.invited"]
        return
    with pytest.raises(refusal):
        invite(session, who, into(organisation, kind))
    assert session.scalar(select(func.count(Invitation.id))) == 0


def test_heads_invite_neither_to_the_site_nor_into_roles_nor_elsewhere(session: Session) -> None:
    who = build.acting(session, build.a_delegate(session))
    for new in (
        NewInvitation("zawadi@example.org"),
        NewInvitation("zawadi@example.org", role_kind=RoleKind.TRANSLATOR, role_language="fr"),
        into(build.an_organisation(session)),
    ):
        with pytest.raises(NotThere):
            invite(session, who, new)


def test_nobody_becomes_an_administrator_by_letter(session: Session) -> None:
    who = build.acting(session, build.an_administrator(session))
    with pytest.raises(NotThere):
        invite(session, who, NewInvitation("zawadi@example.org", role_kind=RoleKind.ADMINISTRATOR))


def test_administrators_invite_to_the_site_into_roles_and_into_any_delegation(session: Session) -> None:
    who = build.acting(session, build.an_administrator(session))
    organisation = build.an_organisation(session)
    for new in (
        NewInvitation("one@example.org"),
        NewInvitation("two@example.org", role_kind=RoleKind.TRANSLATOR, role_language="fr"),
        into(organisation, HEAD),
    ):
        assert invite(session, who, new).by_person_id == who.person_id


def test_a_moderator_invites_the_first_person_of_an_organisation_and_no_second(session: Session) -> None:
    opened = build.an_open_round(session)
    organisation = build.an_organisation(session)
    who = build.acting(session, opened.moderator)
    new = into(organisation, HEAD, consultation_id=opened.consultation.id)
    invitation = invite(session, who, new)
    with pytest.raises(NotThere):
        invite(session, who, into(organisation, DEPUTY, consultation_id=opened.consultation.id))
    build.a_delegate(session, organisation)
    with pytest.raises(OthersSitThere):
        invite(session, who, into(organisation, HEAD, consultation_id=opened.consultation.id))
    with pytest.raises(LinkOver):
        accept_as_new(session, SYSTEM, invitation.key, NEW)


def test_a_moderator_puts_no_head_over_people_who_sit_there_already(session: Session) -> None:
    opened, organisation = build.an_open_round(session), build.an_organisation(session)
    build.a_delegate(session, organisation, seat=DEPUTY)
    who = build.acting(session, opened.moderator)
    with pytest.raises(OthersSitThere):
        invite(session, who, into(organisation, HEAD, consultation_id=opened.consultation.id))


def test_administrators_do_not_see_who_is_invited_to_serve_in_one_consultation(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    opened = build.an_open_round(
        session, track=Track.MULTILATERAL, is_restricted=True, parties=(build.an_organisation(session),)
    )
    asked = {"role_kind": RoleKind.TRANSLATOR, "role_language": "fr"}
    invite(
        session,
        build.acting(session, opened.moderator),
        NewInvitation("hidden@example.org", consultation_id=opened.consultation.id, **asked),
    )
    invite(session, SYSTEM, NewInvitation("shown@example.org", **asked))
    page = signed_in_as(build.an_administrator(session)).get("/en/invitations/").text
    assert "shown@example.org" in page and "hidden@example.org" not in page


def test_a_roster_goes_on_past_an_organisation_that_has_a_head_already(session: Session) -> None:
    opened = build.an_open_round(session)
    headed, headless = build.an_organisation(session), build.an_organisation(session)
    build.a_delegate(session, headed)
    several = [
        into(one, HEAD, email=f"{one.slug}@Example.org", consultation_id=opened.consultation.id)
        for one in (headed, headless)
    ]
    told = acts.invite_several(session, build.acting(session, opened.moderator), several)
    assert [isinstance(one.refusal, OthersSitThere) for one in told] == [True, False]
    assert [one.email for one in told] == [one.email for one in several]


def test_an_invitation_for_a_roster_names_the_consultation(
    app: Flask, session: Session, client: Client
) -> None:
    opened = build.an_open_round(session, title="Guideline on testing before release")
    new = into(build.an_organisation(session), HEAD, consultation_id=opened.consultation.id)
    page = client.get(link(app, invite(session, build.acting(session, opened.moderator), new)))
    assert "Guideline on testing before release" in page.text


def test_a_roster_leaves_the_invitation_that_an_administrator_made_as_it_is(session: Session) -> None:
    opened = build.an_open_round(session)
    organisation = build.an_organisation(session)
    first = invite(
        session, build.acting(session, build.an_administrator(session)), into(organisation, DEPUTY)
    )
    new = into(organisation, HEAD, consultation_id=opened.consultation.id)
    again = invite(session, build.acting(session, opened.moderator), new)
    assert (again.id, again.seat_kind, letters(session)) == (first.id, DEPUTY, ["seat.invited"])


def test_the_same_address_again_renews_and_writes_only_after_three_days(
    session: Session, stopped_at: StopAt
) -> None:
    organisation = build.an_organisation(session)
    who = build.acting(session, build.a_delegate(session, organisation))
    stopped_at(build.NOON)
    first = invite(session, who, into(organisation))
    stopped_at(build.NOON + timedelta(days=1))
    again = invite(session, who, into(organisation, DEPUTY, email=" Zawadi@Example.org "))
    assert again.id == first.id
    assert (again.seat_kind, again.ends_at) == (DEPUTY, build.NOON + timedelta(days=15))
    assert letters(session) == ["seat.invited"]
    stopped_at(build.NOON + timedelta(days=4))
    invite(session, who, into(organisation))
    assert letters(session) == ["seat.invited", "seat.invited"]


def test_an_acting_head_does_not_turn_down_what_a_head_offered(session: Session) -> None:
    organisation = build.an_organisation(session)
    head = build.acting(session, build.a_delegate(session, organisation))
    acting = build.acting(session, build.a_delegate(session, organisation, seat=ACTING_HEAD))
    invitation = invite(session, head, into(organisation, HEAD))
    with pytest.raises(NotYours):
        invite(session, acting, into(organisation))
    with pytest.raises(NotYours):
        acts.revoke_invitation(session, acting, invitation.key)


def test_who_is_there_already_is_told(session: Session) -> None:
    admin = build.acting(session, build.an_administrator(session))
    organisation = build.an_organisation(session)
    member = build.a_delegate(session, organisation, seat=DEPUTY)
    moderator = build.a_moderator(session)
    session.flush()
    with pytest.raises(SeatedAlready):
        invite(session, admin, into(organisation, email=member.email or ""))
    with pytest.raises(AccountAlready):
        invite(session, admin, NewInvitation(member.email or ""))
    with pytest.raises(RoleAlready):
        invite(session, admin, NewInvitation(moderator.email or "", role_kind=RoleKind.MODERATOR))


def test_one_organisation_that_is_not_listed_takes_nobody(session: Session) -> None:
    organisation = build.an_organisation(session)
    admin = build.acting(session, build.an_administrator(session))
    invitation = invite(session, admin, into(organisation))
    organisation.state = OrganisationState.DISABLED
    with pytest.raises(OrganisationNotListed):
        invite(session, admin, into(organisation, email="other@example.org"))
    with pytest.raises(LinkOver):
        accept_as_new(session, SYSTEM, invitation.key, NEW)


def test_reminders_are_three_and_three_days_apart(session: Session, stopped_at: StopAt) -> None:
    organisation = build.an_organisation(session)
    who = build.acting(session, build.a_delegate(session, organisation))
    stopped_at(build.NOON)
    key = invite(session, who, into(organisation)).key
    with pytest.raises(RemindedLately):
        acts.remind_invited(session, who, key)
    for days in (3, 6, 9):
        stopped_at(build.NOON + timedelta(days=days))
        acts.remind_invited(session, who, key)
    stopped_at(build.NOON + timedelta(days=13))
    with pytest.raises(RemindedEnough):
        acts.remind_invited(session, who, key)
    assert letters(session) == ["seat.invited", *["seat.reminded"] * 3]


def test_a_head_has_at_most_a_hundred_open_and_taking_back_does_not_make_room_today(
    session: Session, stopped_at: StopAt
) -> None:
    organisation = build.an_organisation(session)
    who = build.acting(session, build.a_delegate(session, organisation))
    stopped_at(build.NOON)
    several = [into(organisation, email=f"p{number}@example.org") for number in range(101)]
    told = acts.invite_several(session, who, several)
    assert sum(one.refusal is None for one in told) == 100
    assert isinstance(told[100].refusal, TooManyInvitations)
    assert told[0].invitation is not None
    acts.revoke_invitation(session, who, told[0].invitation.key)
    with pytest.raises(TooManyInvitations):
        invite(session, who, into(organisation))
    stopped_at(build.NOON + timedelta(days=2))
    assert invite(session, who, into(organisation))


def test_inviting_and_taking_back_does_not_flood_one_address(session: Session) -> None:
    organisation = build.an_organisation(session)
    who = build.acting(session, build.a_delegate(session, organisation))
    for _ in range(3):
        acts.revoke_invitation(session, who, invite(session, who, into(organisation)).key)
    with pytest.raises(InvitedTooOften):
        invite(session, who, into(organisation))


def test_a_new_account_takes_the_seat_with_the_address_that_the_link_proved(session: Session) -> None:
    organisation = build.an_organisation(session)
    who = build.acting(session, build.a_delegate(session, organisation))
    invitation = invite(session, who, into(organisation, DEPUTY))
    person = accept_as_new(session, SYSTEM, invitation.key, NEW)
    assert (person.email, person.name) == ("zawadi@example.org", "Zawadi Mwangi")
    assert kinds(session, organisation.id)[person.id] is DEPUTY
    assert invitation.accepted_by_id == person.id
    acted = session.scalars(select(Journal).where(Journal.act == "invitation.accepted")).one()
    assert (acted.organisation_id, acted.facts["by"]) == (organisation.id, who.pseudonym)


def test_an_account_with_the_address_accepts_and_no_second_is_made(session: Session) -> None:
    organisation = build.an_organisation(session)
    invitation = invite(
        session, build.acting(session, build.a_delegate(session, organisation)), into(organisation)
    )
    person = build.a_person(session, email="zawadi@example.org")
    with pytest.raises(AddressHasAccount):
        accept_as_new(session, SYSTEM, invitation.key, NEW)
    accept_invitation(session, build.acting(session, person), invitation.key, is_confirmed=False)
    assert kinds(session, organisation.id)[person.id] is CONTRIBUTOR
    assert letters(session)[-1] == "seat.taken", "the heads are told that she came"


def test_an_account_with_another_address_says_so_first(session: Session) -> None:
    organisation = build.an_organisation(session)
    invitation = invite(
        session, build.acting(session, build.a_delegate(session, organisation)), into(organisation)
    )
    person = build.a_person(session, email="zawadi@home.example")
    with pytest.raises(AnotherAddress):
        accept_invitation(session, build.acting(session, person), invitation.key, is_confirmed=False)
    accept_invitation(session, build.acting(session, person), invitation.key, is_confirmed=True)
    assert seat_of(session, person.id, organisation.id) is not None


def test_a_translator_invited_becomes_one_and_the_record_names_who_gave_it(session: Session) -> None:
    admin = build.acting(session, build.an_administrator(session))
    new = NewInvitation("zawadi@example.org", role_kind=RoleKind.TRANSLATOR, role_language="fr")
    person = accept_as_new(session, SYSTEM, invite(session, admin, new).key, NEW)
    role = session.scalars(select(Role).where(Role.person_id == person.id)).one()
    assert (role.kind, role.language, role.consultation_id) == (RoleKind.TRANSLATOR, "fr", None)


def test_who_moderates_everywhere_is_seated_by_no_invitation(session: Session) -> None:
    organisation = build.an_organisation(session)
    invitation = invite(
        session, build.acting(session, build.a_delegate(session, organisation)), into(organisation)
    )
    moderator = build.acting(session, build.a_moderator(session))
    with pytest.raises(ModeratesEverywhere):
        accept_invitation(session, moderator, invitation.key, is_confirmed=True)
    assert invitation.accepted_at is None


def over(session: Session, invitation: Invitation, way: str, head: Actor, stopped: StopAt) -> None:
    """Ends an invitation in one of the ways there are."""
    if way == "accepted":
        accept_as_new(session, SYSTEM, invitation.key, NEW)
    elif way == "revoked":
        acts.revoke_invitation(session, head, invitation.key)
    elif way == "declined":
        decline_invitation(session, SYSTEM, invitation.key)
    elif way == "expired":
        stopped(clock.now() + timedelta(days=14))
    else:
        seat = seat_of(session, head.person_id or 0, invitation.organisation_id or 0)
        assert seat is not None
        seat.until = clock.now()
    session.flush()


@pytest.mark.parametrize("way", ["accepted", "revoked", "declined", "expired", "the head's seat ended"])
def test_what_is_over_opens_nothing(session: Session, stopped_at: StopAt, way: str) -> None:
    organisation = build.an_organisation(session)
    head = build.acting(session, build.a_delegate(session, organisation))
    invitation = invite(session, head, into(organisation))
    over(session, invitation, way, head, stopped_at)
    people, seats = session.scalar(select(func.count(Person.id))), kinds(session, organisation.id)
    other = build.acting(session, build.a_person(session))
    for answer in (
        lambda: accept_as_new(session, SYSTEM, invitation.key, NEW),
        lambda: accept_invitation(session, other, invitation.key, is_confirmed=True),
        lambda: decline_invitation(session, SYSTEM, invitation.key),
    ):
        with pytest.raises(LinkOver):
            answer()
    if way != "the head's seat ended":
        with pytest.raises(InvitationOver):
            acts.remind_invited(session, head, invitation.key)
    assert kinds(session, organisation.id) == seats
    assert session.scalar(select(func.count(Person.id))) == (people or 0) + 1


def test_addresses_of_invited_persons_are_emptied_thirty_days_after_the_end(
    session: Session, stopped_at: StopAt
) -> None:
    organisation = build.an_organisation(session)
    who = build.acting(session, build.a_delegate(session, organisation))
    stopped_at(build.NOON)
    taken_back = invite(session, who, into(organisation, name="Zawadi", words="Dear Zawadi"))
    acts.revoke_invitation(session, who, taken_back.key)
    standing = invite(session, who, into(organisation, email="other@example.org"))
    assert session.scalars(
        select(Job.key).where(Job.kind == "invitations.forget").order_by(Job.key)
    ).all() == [
        "2026-12-03",
        "2026-12-17",
    ]
    forget_invited(session, SYSTEM, build.NOON + timedelta(days=31))
    assert (taken_back.email, taken_back.name, taken_back.words) == (None, "", "")
    assert standing.email == "other@example.org"
    forget_invited(session, SYSTEM, build.NOON + timedelta(days=45))
    assert standing.email is None


SignIn = Callable[[Person], Client]


def link(app: Flask, invitation: Invitation) -> str:
    """Where the letter leads."""
    return f"/en/invitations/{sealed(app.config['SECRET_KEY'], 'invitation', invitation.key)}"


JOINING = {"name": "Zawadi Mwangi", "password": "four words in a row", "time_zone": "Africa/Nairobi"}


def test_a_stranger_reads_the_invitation_makes_an_account_and_sits_in_the_delegation(
    app: Flask, session: Session, client: Client
) -> None:
    organisation = build.an_organisation(session, name="Lake Institute")
    head = build.a_delegate(session, organisation)
    new = into(organisation, DEPUTY, words="Come and join us.")
    page = link(app, invite(session, build.acting(session, head), new))
    shown = client.get(page)
    html5lib.HTMLParser(strict=True).parse(shown.text)
    for said in ("Lake Institute", head.name, "zawadi@example.org", "Deputy", "Come and join us."):
        assert said in shown.text  # type: ignore[operator]
    session.expire_all()
    assert session.scalars(select(Invitation.accepted_at)).one() is None
    answer = client.send(page, JOINING)
    assert (answer.status_code, answer.location) == (303, f"/en/organisations/{organisation.slug}/delegation")
    assert "Your seat: Deputy." in client.get(answer.location).text
    session.expire_all()
    person = session.scalars(select(Person).where(Person.email == "zawadi@example.org")).one()
    assert (person.name, person.time_zone) == ("Zawadi Mwangi", "Africa/Nairobi")
    assert [client.get(page).status_code, client.send(page, JOINING).status_code] == [410, 410]


def test_a_short_password_and_a_missing_name_are_refused_with_what_was_typed(
    app: Flask, session: Session, client: Client
) -> None:
    organisation = build.an_organisation(session)
    head = build.acting(session, build.a_delegate(session, organisation))
    page = link(app, invite(session, head, into(organisation)))
    short = client.send(page, {**JOINING, "password": "short"})
    assert short.status_code == 422
    assert "Zawadi Mwangi" in short.text
    assert client.send(page, {**JOINING, "name": ""}).status_code == 422
    session.expire_all()
    assert session.scalars(select(Invitation.accepted_at)).one() is None


def test_who_has_an_account_signs_in_first_and_no_second_is_made(
    app: Flask, session: Session, client: Client, signed_in_as: SignIn
) -> None:
    organisation = build.an_organisation(session)
    head = build.acting(session, build.a_delegate(session, organisation))
    page = link(app, invite(session, head, into(organisation)))
    person = build.a_person(session, email="zawadi@example.org")
    shown = client.get(page).text
    assert "Sign in and accept" in shown
    assert "/en/sign-in?next=/en/invitations/" in shown
    assert "new-password" not in shown
    assert client.send(page, JOINING).status_code == 422
    browser = signed_in_as(person)
    assert "See the invitation" in browser.get("/en/organisations/mine").text
    assert browser.send(page).status_code == 303
    assert seat_of(session, person.id, organisation.id) is not None


def test_another_account_says_so_and_confirms(app: Flask, session: Session, signed_in_as: SignIn) -> None:
    organisation = build.an_organisation(session)
    head = build.acting(session, build.a_delegate(session, organisation))
    page = link(app, invite(session, head, into(organisation)))
    person = build.a_person(session, email="other@example.org")
    browser = signed_in_as(person)
    assert "you are signed in as <bdi>other@example.org</bdi>" in browser.get(page).text
    assert browser.send(page).status_code == 422
    assert seat_of(session, person.id, organisation.id) is None
    assert browser.send(page, {"confirmed": "y"}).status_code == 303
    session.expire_all()
    assert seat_of(session, person.id, organisation.id) is not None


def test_declining_asks_for_no_account(app: Flask, session: Session, client: Client) -> None:
    organisation = build.an_organisation(session)
    head = build.acting(session, build.a_delegate(session, organisation))
    page = link(app, invite(session, head, into(organisation)))
    assert "You declined the invitation" in client.send(f"{page}/refusal").text
    assert client.get(page).status_code == 410
    assert client.send(f"{page}/refusal").status_code == 410


@pytest.mark.parametrize("way", ["accepted", "revoked", "declined", "expired", "the head's seat ended"])
def test_by_no_way_does_an_invitation_that_is_over_open_anything(
    app: Flask, session: Session, client: Client, signed_in_as: SignIn, stopped_at: StopAt, way: str
) -> None:
    organisation = build.an_organisation(session)
    head = build.acting(session, build.a_delegate(session, organisation))
    invitation = invite(session, head, into(organisation))
    page = link(app, invitation)
    over(session, invitation, way, head, stopped_at)
    browser = signed_in_as(build.a_person(session))
    before = kinds(session, organisation.id)
    answers = [
        client.get(page),
        client.send(page, JOINING),
        browser.get(page),
        browser.send(page, {"confirmed": "y"}),
        browser.send(f"{page}/refusal"),
    ]
    assert [answer.status_code for answer in answers] == [410] * 5
    assert organisation.name not in "".join(answer.text for answer in answers)
    session.expire_all()
    assert kinds(session, organisation.id) == before


def test_a_foreign_or_broken_token_opens_nothing(app: Flask, session: Session, client: Client) -> None:
    organisation = build.an_organisation(session)
    head = build.acting(session, build.a_delegate(session, organisation))
    invitation = invite(session, head, into(organisation))
    secret = app.config["SECRET_KEY"]
    for token in (
        invitation.key,
        sealed(secret, "register", invitation.key),
        sealed(secret, "reset", invitation.key),
        sealed("another secret", "invitation", invitation.key),
        sealed(secret, "invitation", "x" * 22),
        sealed(secret, "invitation", invitation.key)[:-1] + "g",
        "x",
    ):
        assert client.get(f"/en/invitations/{token}").status_code == 410
        assert client.send(f"/en/invitations/{token}", JOINING).status_code == 410
        assert client.send(f"/en/invitations/{token}/refusal").status_code == 410
    session.expire_all()
    assert session.scalars(select(Invitation.accepted_at)).one() is None


def test_more_fields_than_the_form_has_change_nothing(app: Flask, session: Session, client: Client) -> None:
    organisation, other = build.an_organisation(session), build.an_organisation(session)
    head = build.acting(session, build.a_delegate(session, organisation))
    page = link(app, invite(session, head, into(organisation)))
    mass = {
        "organisation_id": other.id,
        "seat_kind": "head",
        "kind": "head",
        "email": "x@example.org",
        "role": "x",
    }
    assert client.send(page, {**JOINING, **mass}).status_code == 303
    session.expire_all()
    person = session.scalars(select(Person).where(Person.email == "zawadi@example.org")).one()
    assert kinds(session, organisation.id)[person.id] is CONTRIBUTOR
    assert kinds(session, other.id) == {}


def test_two_who_accept_at_once_are_one(app: Flask, session: Session, signed_in_as: SignIn) -> None:
    organisation = build.an_organisation(session)
    head = build.acting(session, build.a_delegate(session, organisation))
    page = link(app, invite(session, head, into(organisation)))
    presses = []
    for _ in range(3):
        browser = signed_in_as(build.a_person(session))
        fields = {"csrf_token": browser.token(), "confirmed": "y"}
        presses.append(lambda browser=browser, fields=fields: browser.post(page, data=fields))
    for _ in range(2):
        stranger: Client = app.test_client()  # type: ignore[assignment]
        joining = {"csrf_token": stranger.token(), **JOINING}
        presses.append(lambda browser=stranger, fields=joining: browser.post(page, data=fields))
    commit(session)
    app.extensions.pop("consult.test_session")
    with ThreadPoolExecutor(5) as pool:
        statuses = sorted(pool.map(lambda press: press().status_code, presses))
    app.extensions["consult.test_session"] = session
    assert statuses == [303, 410, 410, 410, 410]
    session.expire_all()
    assert len(kinds(session, organisation.id)) == 2


def test_two_letters_to_one_address_at_once_make_one_account(app: Flask, session: Session) -> None:
    pages = []
    for _ in range(2):
        organisation = build.an_organisation(session)
        head = build.acting(session, build.a_delegate(session, organisation))
        pages.append(link(app, invite(session, head, into(organisation))))
    presses = []
    for page in pages:
        stranger: Client = app.test_client()  # type: ignore[assignment]
        fields = {"csrf_token": stranger.token(), **JOINING}
        presses.append(lambda one=stranger, page=page, fields=fields: one.post(page, data=fields))
    commit(session)
    app.extensions.pop("consult.test_session")
    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(lambda press: press().status_code, presses))
    app.extensions["consult.test_session"] = session
    assert statuses == [303, 422]
    session.expire_all()
    assert len(session.scalars(select(Person).where(Person.email == "zawadi@example.org")).all()) == 1


def test_administrators_invite_into_roles_on_their_page_and_nobody_else_does(
    app: Flask, session: Session, client: Client, signed_in_as: SignIn
) -> None:
    fields = {"addresses": "zawadi@example.org", "kind": "translator:fr", "language": "fr"}
    assert client.get("/en/invitations/").status_code == 404
    for person in (build.a_moderator(session), build.a_delegate(session)):
        browser = signed_in_as(person)
        assert browser.get("/en/invitations/").status_code == 404
        assert browser.send("/en/invitations/", fields).status_code == 404
    browser = signed_in_as(build.an_administrator(session))
    answer = browser.send("/en/invitations/", fields)
    assert answer.status_code == 200
    html5lib.HTMLParser(strict=True).parse(answer.text)
    assert browser.send("/en/invitations/", {**fields, "kind": "administrator"}).status_code == 422
    session.expire_all()
    invitation = session.scalars(select(Invitation)).one()
    assert (invitation.role_kind, invitation.role_language) == (RoleKind.TRANSLATOR, "fr")
    assert client.send(link(app, invitation), JOINING).location == "/en/profile"
    for act in ("reminder", "revocation"):
        assert browser.send(f"/en/invitations/{invitation.key}/{act}").status_code == 422


def test_lines_are_read_with_names_and_each_address_once() -> None:
    lines = lines_of("Amina O. <Amina@Example.org>;\n\n amina@example.org\nnobody\n<juma@example.org>,\n")
    assert [(line.email, line.name) for line in lines] == [
        ("amina@example.org", "Amina O."),
        (None, ""),
        ("juma@example.org", ""),
    ]
