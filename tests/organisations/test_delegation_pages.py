"""The pages of a delegation: who gets in, what each sees, and what a form posted by the wrong person changes."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import html5lib
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.core.terms import OrganisationState, SeatKind
from consult.db import commit
from consult.organisations.acts_invitations import NewInvitation, invite
from consult.organisations.acts_requests import request_seat
from consult.organisations.models import Invitation
from consult.organisations.reads_delegation import delegation
from consult.organisations.reads_seats import kinds
from consult.people.models import Person, Seat
from tests import build
from tests.conftest import Client
from tests.organisations.test_seats import CONTRIBUTOR, DEPUTY, HEAD, Delegation

SignIn = Callable[[Person], Client]
PAGES = ("", "/invitations", "/clearance", "/leaving", "/hand-over")


def of(here: Delegation, page: str = "") -> str:
    """The address of a page of this delegation."""
    return f"/en/organisations/{here.organisation.slug}/delegation{page}"


@pytest.fixture
def here(session: Session) -> Iterator[Delegation]:
    """A delegation with an invitation and a request."""
    found = Delegation(session)
    head = found.acting(found.head)
    invite(session, head, NewInvitation("zawadi@example.org", organisation_id=found.id, seat_kind=DEPUTY))
    request_seat(
        session, build.acting(session, build.a_person(session, name="Otieno")), found.id, "I am new."
    )
    commit(session)
    yield found


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("head", [200, 200, 200, 200, 200]),
        ("deputy", [200, 404, 404, 200, 404]),
        ("contributor", [200, 404, 404, 200, 404]),
        ("an administrator", [200, 200, 404, 404, 404]),
        ("a stranger", [404] * 5),
        ("the head of another", [404] * 5),
        ("a moderator", [404] * 5),
        ("a visitor", [303] * 5),
    ],
)
def test_who_opens_which_page(
    session: Session, client: Client, signed_in_as: SignIn, here: Delegation, who: str, statuses: list[int]
) -> None:
    others = {
        "an administrator": build.an_administrator,
        "a stranger": build.a_person,
        "the head of another": build.a_delegate,
        "a moderator": build.a_moderator,
    }
    if who == "a visitor":
        browser = client
    else:
        browser = signed_in_as(others[who](session) if who in others else getattr(here, who))  # type: ignore[operator]
    answers = [browser.get(of(here, page)) for page in PAGES]
    assert [answer.status_code for answer in answers] == statuses
    for answer in answers:
        if answer.status_code == 200:
            html5lib.HTMLParser(strict=True).parse(answer.text)


def test_members_read_and_heads_alone_get_buttons(
    session: Session, signed_in_as: SignIn, here: Delegation
) -> None:
    for person, acts in ((here.head, True), (here.deputy, False), (here.contributor, False)):
        page = signed_in_as(person).get(of(here)).text
        assert here.deputy.name in page  # type: ignore[operator]
        assert "zawadi@example.org" in page
        assert "I am new." in page
        assert ("Invite people" in page, "Take back" in page, "Answer" in page) == (acts, acts, acts)
        assert "Leave this delegation" in page


def test_nothing_of_it_stands_in_the_public_record(client: Client, here: Delegation) -> None:
    page = client.get("/en/record").text
    for one in (here.head, here.deputy, here.contributor):
        assert (one.name or "") not in page
        assert one.pseudonym not in page


def test_a_delegation_without_a_head_says_whom_to_ask(session: Session, signed_in_as: SignIn) -> None:
    organisation = build.an_organisation(session)
    member = build.a_delegate(session, organisation, seat=DEPUTY)
    page = signed_in_as(member).get(f"/en/organisations/{organisation.slug}/delegation").text
    assert "This delegation has no head" in page
    assert "Ask the administrators" in page


def test_a_disabled_organisation_has_no_delegation_page(
    session: Session, signed_in_as: SignIn, here: Delegation
) -> None:
    here.organisation.state = OrganisationState.DISABLED
    browser = signed_in_as(here.head)
    assert [browser.get(of(here, page)).status_code for page in PAGES] == [404] * 5


def test_a_head_invites_several_and_is_told_of_each(
    session: Session, signed_in_as: SignIn, here: Delegation
) -> None:
    browser = signed_in_as(here.head)
    lines = f"Juma Otieno <Juma@Example.org>\n{here.deputy.email}\nzawadi@example.org\n"
    fields = {"addresses": lines, "kind": "contributor", "language": "fr", "words": "Join us."}
    answer = browser.send(of(here, "/invitations"), fields)
    assert answer.status_code == 200
    html5lib.HTMLParser(strict=True).parse(answer.text)
    for said in (
        "Invited. The letter is on its way.",
        "has a seat in this delegation already",
        "was renewed",
    ):
        assert said in answer.text
    session.expire_all()
    made = session.scalars(select(Invitation).where(Invitation.email == "juma@example.org")).one()
    assert (made.name, made.language, made.words, made.seat_kind) == (
        "Juma Otieno",
        "fr",
        "Join us.",
        CONTRIBUTOR,
    )


def test_a_line_that_is_no_address_sends_nothing_and_everything_is_kept(
    session: Session, signed_in_as: SignIn, here: Delegation
) -> None:
    fields = {
        "addresses": "juma@example.org\nnot an address",
        "kind": "deputy",
        "language": "en",
        "words": "Come!",
    }
    answer = signed_in_as(here.head).send(of(here, "/invitations"), fields)
    assert answer.status_code == 422
    assert "No address could be read in: not an address" in answer.text
    assert "juma@example.org" in answer.text
    assert "Come!" in answer.text
    session.expire_all()
    assert session.scalar(select(func.count(Invitation.id))) == 1


def test_where_nobody_could_be_invited_nothing_is_kept(
    session: Session, signed_in_as: SignIn, here: Delegation
) -> None:
    fields = {"addresses": here.deputy.email, "kind": "deputy", "language": "en"}
    answer = signed_in_as(here.head).send(of(here, "/invitations"), fields)
    assert answer.status_code == 422
    assert "has a seat in this delegation already" in answer.text


def test_an_invitation_is_taken_back_and_reminded_of_from_the_page(
    session: Session, signed_in_as: SignIn, here: Delegation
) -> None:
    key = session.scalars(select(Invitation.key)).one()
    browser = signed_in_as(here.head)
    answer = browser.send(of(here, f"/invitations/{key}/reminder"))
    assert answer.status_code == 422
    assert "less than three days ago" in answer.text
    assert browser.send(of(here, f"/invitations/{key}/revocation")).status_code == 303
    assert "zawadi@example.org" not in browser.get(of(here)).text
    assert browser.send(of(here, f"/invitations/{key}/revocation")).status_code == 422


WRONG = [
    ("/seats/{contributor}", {"seen": "contributor", "kind": "head", "act": "change"}),
    ("/seats/{deputy}", {"seen": "deputy", "kind": "head", "act": "change"}),
    ("/seats/{head}", {"seen": "head", "kind": "contributor", "act": "change"}),
    ("/seats/{head}", {"seen": "head", "kind": "contributor", "act": "end", "reason": "Out."}),
    ("/clearance", {"levels": "1"}),
    ("/hand-over", {"successor": "{contributor}"}),
    ("/leaving", {"successor": "{contributor}"}),
    ("/invitations", {"addresses": "x@example.org", "kind": "head", "language": "en"}),
    ("/invitations/{invitation}/revocation", {}),
    ("/invitations/{invitation}/reminder", {}),
    ("/requests/{request}", {"verdict": "head", "answer": ""}),
]


@pytest.mark.parametrize("who", ["contributor", "deputy", "the head of another", "a moderator"])
@pytest.mark.parametrize(("page", "fields"), WRONG)
def test_forms_posted_by_the_wrong_person_change_nothing(
    session: Session, signed_in_as: SignIn, here: Delegation, who: str, page: str, fields: dict[str, str]
) -> None:
    """With every field that a row has, as if the table could be written through the form."""
    from consult.organisations.models import SeatRequest

    strangers = {"the head of another": build.a_delegate, "a moderator": build.a_moderator}
    person = strangers[who](session) if who in strangers else getattr(here, who)
    names = {one: getattr(here, one).pseudonym for one in ("head", "deputy", "contributor")}
    names["invitation"] = session.scalars(select(Invitation.key)).one()
    names["request"] = session.scalars(select(SeatRequest.key)).one()
    before = here.kinds()
    mass = {
        "organisation_id": str(here.id),
        "person_id": str(person.id),
        "kind": "head",
        "voice": here.organisation.slug,
    }
    sent = {**mass, **{name: value.format(**names) for name, value in fields.items()}}
    answer = signed_in_as(person).send(of(here, page.format(**names)), sent)
    assert answer.status_code in (404, 422)
    session.expire_all()
    assert here.kinds() == before
    assert here.organisation.clearance_levels == 2
    made = session.scalars(select(Invitation)).one()
    assert (made.revoked_at, made.reminded_at) == (None, None)
    assert session.scalars(select(SeatRequest)).one().decided_at is None


def test_the_head_of_one_posts_on_the_page_of_another_where_she_only_contributes(
    session: Session, signed_in_as: SignIn, here: Delegation
) -> None:
    elsewhere = build.a_delegate(session)
    build.people.give_seat(session, build.SYSTEM, elsewhere, here.organisation, CONTRIBUTOR)
    slugs = [one.slug for one in build.acting(session, elsewhere).places]
    browser = signed_in_as(elsewhere)
    for voice in slugs:
        answer = browser.send(f"{of(here, '/clearance')}?voice={voice}", {"levels": "3", "voice": voice})
        assert answer.status_code == 422
        assert "no longer lets you do this" in answer.text
        ended = {"seen": "deputy", "kind": "contributor", "act": "end", "voice": voice}
        assert browser.send(of(here, f"/seats/{here.deputy.pseudonym}"), ended).status_code == 422
    session.expire_all()
    assert here.kinds() == [HEAD, DEPUTY, CONTRIBUTOR]
    assert here.organisation.clearance_levels == 2


def test_seats_are_changed_and_ended_on_their_page(
    session: Session, signed_in_as: SignIn, here: Delegation
) -> None:
    browser = signed_in_as(here.head)
    page = of(here, f"/seats/{here.deputy.pseudonym}")
    html5lib.HTMLParser(strict=True).parse(browser.get(page).text)
    assert browser.send(page, {"seen": "deputy", "kind": "acting_head", "act": "change"}).status_code == 303
    late = browser.send(page, {"seen": "deputy", "kind": "contributor", "act": "end", "reason": "As agreed."})
    assert late.status_code == 422
    assert "changed by somebody else meanwhile" in late.text
    assert "As agreed." in late.text
    assert browser.send(page, {"seen": "acting_head", "kind": "contributor", "act": "end"}).status_code == 303
    assert here.kinds() == [HEAD, None, CONTRIBUTOR]


def test_a_head_leaves_after_naming_who_follows(
    session: Session, signed_in_as: SignIn, here: Delegation
) -> None:
    browser = signed_in_as(here.head)
    assert "You are the last head" in browser.get(of(here, "/leaving")).text
    refused = browser.send(of(here, "/leaving"))
    assert refused.status_code == 422
    assert "Hand over first" in refused.text
    answer = browser.send(of(here, "/leaving"), {"successor": here.contributor.pseudonym})
    assert answer.status_code == 303
    assert "You sit in no delegation" in browser.get(answer.location).text
    assert here.kinds() == [None, DEPUTY, HEAD]
    assert browser.get(of(here)).status_code == 404


def test_who_is_alone_confirms_before_she_leaves(session: Session, signed_in_as: SignIn) -> None:
    organisation = build.an_organisation(session, name="Lake Institute")
    browser = signed_in_as(build.a_delegate(session, organisation))
    page = f"/en/organisations/{organisation.slug}/delegation/leaving"
    assert "Nobody will be able to submit for <bdi>Lake Institute</bdi>" in browser.get(page).text
    assert browser.send(page).status_code == 422
    assert browser.send(page, {"confirmed": "y"}).status_code == 303
    assert kinds(session, organisation.id) == {}


def test_a_revoked_heads_open_form_is_refused_and_her_words_are_shown(
    session: Session, signed_in_as: SignIn, here: Delegation
) -> None:
    second = build.a_delegate(session, here.organisation)
    browser = signed_in_as(here.head)
    assert browser.get(of(here, "/invitations")).status_code == 200
    signed_in_as(second).send(
        of(here, f"/seats/{here.head.pseudonym}"), {"seen": "head", "kind": "contributor", "act": "change"}
    )
    sent = {
        "addresses": "juma@example.org",
        "kind": "contributor",
        "language": "en",
        "words": "Welcome, Juma.",
    }
    answer = browser.send(of(here, "/invitations"), sent)
    assert answer.status_code == 422
    assert "no longer lets you do this" in answer.text
    assert "Welcome, Juma." in answer.text
    signed_in_as(second).send(
        of(here, f"/seats/{here.head.pseudonym}"), {"seen": "contributor", "kind": "head", "act": "end"}
    )
    answer = browser.send(of(here, "/invitations"), sent)
    assert answer.status_code == 404
    assert "Welcome, Juma." in answer.text


def test_two_heads_who_end_each_other_at_once_leave_one(
    app: Flask, session: Session, signed_in_as: SignIn, here: Delegation
) -> None:
    second = build.a_delegate(session, here.organisation)
    presses = []
    for person, other in ((here.head, second), (second, here.head)):
        browser = signed_in_as(person)
        fields = {"csrf_token": browser.token(), "seen": "head", "kind": "contributor", "act": "end"}
        page = of(here, f"/seats/{other.pseudonym}")
        presses.append(lambda browser=browser, page=page, fields=fields: browser.post(page, data=fields))
    commit(session)
    app.extensions.pop("consult.test_session")
    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(lambda press: press().status_code, presses))
    app.extensions["consult.test_session"] = session
    assert statuses[0] == 303
    assert statuses[1] in (404, 422)
    session.expire_all()
    stands = select(Seat.kind).where(Seat.organisation_id == here.id, Seat.until.is_(None), Seat.kind == HEAD)
    assert session.scalars(stands).all() == [HEAD]


def test_two_heads_who_leave_at_once_do_not_leave_it_headless(
    app: Flask, session: Session, signed_in_as: SignIn, here: Delegation
) -> None:
    second = build.a_delegate(session, here.organisation)
    browsers = [signed_in_as(one) for one in (here.head, second)]
    presses: list[Callable[[], Any]] = [
        lambda one=one, token=one.token(): one.post(of(here, "/leaving"), data={"csrf_token": token})
        for one in browsers
    ]
    commit(session)
    app.extensions.pop("consult.test_session")
    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(lambda press: press().status_code, presses))
    app.extensions["consult.test_session"] = session
    assert statuses == [303, 422]
    session.expire_all()
    assert list(kinds(session, here.id).values()).count(HEAD) == 1


def test_the_page_costs_as_many_queries_for_thirty_as_for_one(
    session: Session, count_queries: Callable[[Callable[[], object]], int], here: Delegation
) -> None:
    head = here.acting(here.head)
    slug = here.organisation.slug

    def read() -> object:
        return delegation(session, head, slug, "en", now())

    read()
    few = count_queries(read)
    for number in range(30):
        build.a_delegate(session, here.organisation, seat=SeatKind.CONTRIBUTOR)
        into = NewInvitation(f"p{number}@example.org", organisation_id=here.id, seat_kind=DEPUTY)
        invite(session, head, into)
        request_seat(session, build.acting(session, build.a_person(session)), here.id, "Please.")
    session.flush()
    assert count_queries(read) == few


def test_an_invitation_that_ran_out_is_still_listed_for_a_month(session: Session, here: Delegation) -> None:
    head = here.acting(here.head)
    slug, at = here.organisation.slug, now()
    states = [
        [one.is_open for one in delegation(session, head, slug, "en", at + timedelta(days=days)).invited]
        for days in (0, 20, 50)
    ]
    assert states == [[True], [False], []]
