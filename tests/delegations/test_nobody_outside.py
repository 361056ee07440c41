"""Nobody outside ever sees what a delegation does among itself: tried at every address, as everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.cli.worker import run_due
from consult.comments import acts
from consult.comments.models import Contribution, Position
from consult.core.terms import RoleKind, SeatKind, Stance
from consult.db import commit
from consult.delegations.acts import make_remark, set_deadline
from consult.documents.making import FORMS
from consult.jobs import Job
from consult.people.models import Organisation, Person, Role, Seat
from consult.record.models import Chain
from tests import build
from tests.conftest import Client
from tests.delegations.walking import addresses, steady, walked
from tests.delegations.world import NOON, Delegation, a_delegation

pytestmark = pytest.mark.once
SignIn = Callable[[Person], Client]
ODD = datetime(2026, 11, 17, 3, 33, tzinfo=UTC)
SECRETS = {
    "the reasons of a draft": "zqdraftreasons",
    "the words that a draft proposes": "zqdraftproposed",
    "the private notes": "zqprivatenotes",
    "the words with which a paper came back": "zqreturned",
    "an older edition": "zqolderedition",
    "the words after verification": "zqchangedlater",
    "a verified paper": "zqverifiedreasons",
    "a dropped paper": "zqdroppedreasons",
    "a remark on a paper": "zqremarkonpaper",
    "a remark on all": "zqremarkonall",
    "why somebody else declined": "zqdeclined",
    "what somebody else was asked with": "zqaskedother",
    "the private notes of the joint paper": "zqjointnotes",
    "a remark on the joint paper": "zqjointremark",
    "an older edition of the joint paper": "zqjointolder",
    "the delegation's own deadline": "03:33",
}
SHARED = {
    "the reasons of the joint paper": "zqjointreasons",
    "the words it proposes": "zqjointproposed",
    "what they were asked with": "zqaskedthem",
}

FRESH_EACH_TIME = ("sign-in", "profile/factors/app", "profile/factors/passkeys/new")  # a challenge, a secret


@dataclass
class Planted:
    """A world before and after the private work."""

    app: Flask
    opened: build.Opened
    kenya: Delegation
    asked: Person
    declined: Person
    silent: Person
    stranger: Person
    administrator: Person
    revoked: Person


@pytest.fixture
def world(app: Flask, session: Session, stopped_at: Callable[..., None]) -> Planted:
    stopped_at(NOON)
    opened = build.an_open_round(session, languages=("ar", "fr"))
    kenya = a_delegation(session, name="Ministry of Kenya")
    asked, declined, silent = (
        build.a_delegate(session, build.an_organisation(session, levels=2)) for _ in range(3)
    )
    for person in (kenya.head, asked):
        build.a_comment(session, opened, person, "3.1", stance=Stance.SUPPORT, reasons="Said in public.")
    stranger, administrator = build.a_delegate(session), build.an_administrator(session)
    revoked = build.a_delegate(session, kenya.organisation, seat=SeatKind.HEAD)
    seat = session.scalars(select(Seat).where(Seat.person_id == revoked.id)).one()
    seat.until = clock.now()
    session.flush()
    return Planted(app, opened, kenya, asked, declined, silent, stranger, administrator, revoked)


def work_in_private(session: Session, world: Planted) -> list[str]:
    """Plants a word in each private field; answers the keys of the papers."""
    opened, kenya = world.opened, world.kenya
    writer, deputy, head = (
        build.acting(session, one) for one in (kenya.contributor, kenya.deputy, kenya.head)
    )
    draft = build.a_paper(
        session,
        opened,
        kenya.contributor,
        reasons=SECRETS["the reasons of a draft"],
        propose=f"Results {SECRETS['the words that a draft proposes']} should be shared.",
        private_notes=SECRETS["the private notes"],
    )
    acts.return_contribution(session, deputy, draft, SECRETS["the words with which a paper came back"])
    verified = build.a_paper(session, opened, kenya.contributor, reasons=SECRETS["a verified paper"])
    acts.verify_contribution(session, deputy, verified)
    changed = build.a_paper(session, opened, kenya.contributor, reasons=SECRETS["an older edition"])
    acts.verify_contribution(session, deputy, changed)
    anew = build.saying(opened, reasons=SECRETS["the words after verification"])
    acts.change_contribution(session, deputy, changed, anew, changed.edition)
    dropped = build.a_paper(session, opened, kenya.contributor, reasons=SECRETS["a dropped paper"])
    acts.drop_contribution(session, writer, dropped)
    make_remark(session, writer, opened.consultation.id, SECRETS["a remark on a paper"], "", draft)
    make_remark(session, deputy, opened.consultation.id, SECRETS["a remark on all"], "")
    set_deadline(session, head, opened.round.id, ODD)
    joint = ask_others(session, world)
    return [one.key for one in (draft, verified, changed, dropped, joint)]


def ask_others(session: Session, world: Planted) -> Contribution:
    """One paper that two others are asked to join; one declines."""
    opened, kenya = world.opened, world.kenya
    head = build.acting(session, kenya.head)
    joint = build.a_paper(
        session, opened, kenya.head, "3.3", reasons=SECRETS["an older edition of the joint paper"]
    )
    said = {
        "reasons": SHARED["the reasons of the joint paper"],
        "propose": f"Records {SHARED['the words it proposes']} should be kept.",
        "private_notes": SECRETS["the private notes of the joint paper"],
    }
    acts.change_contribution(session, head, joint, build.saying(opened, "3.3", **said), 1)
    make_remark(session, head, opened.consultation.id, SECRETS["a remark on the joint paper"], "", joint)
    asking = (
        (world.asked, SHARED["what they were asked with"]),
        (world.silent, SECRETS["what somebody else was asked with"]),
        (world.declined, "Join us too."),
    )
    for person, words in asking:
        slug = build.acting(session, person).places[0].slug
        row = acts.ask_sponsor(session, head, joint, slug, words, NOON)
    acts.decline_sponsorship(
        session, build.acting(session, world.declined), row, SECRETS["why somebody else declined"]
    )
    return joint


def everywhere(world: Planted, keys: list[str], code: str) -> list[str]:
    """All addresses, with what is real and what could be guessed."""
    real = {
        "language": ["en"],
        "ordinal": [0, 1],
        "number": [1, 2],
        "code": [code],
        "key": keys or ["nothing"],
        "tongue": ["en"],
        "form": list(FORMS),
        "organisation": [world.kenya.organisation.slug],
        "pseudonym": [world.kenya.head.pseudonym],
        "kind": ["moderator"],
        "name": ["x"],
    }
    known = {"consultations": world.opened.slug, "organisations": world.kenya.organisation.slug}
    return addresses(world.app, real, known)


def exported(session: Session, world: Planted, browser: Client) -> None:
    """Has every document made."""
    for form in FORMS:
        browser.send(f"/en/consultations/{world.opened.slug}/drafts/0/documents/en/{form}", {})
    commit(session)
    session.close()
    while run_due(world.app):
        pass


def leaks(browser: Client, places: list[str], secrets: dict[str, str], tails: tuple[str, ...]) -> list[str]:
    """Where which private word was read, and where the program broke."""
    found = []
    inner = [one for one in places if "/contributions" in one or "/delegation" in one or "/comments" in one]
    for answer in (*walked(browser, places), *walked(browser, inner, tails)):
        found += [f"{answer.address}: {name}" for name, word in secrets.items() if word in answer.words]
        if answer.status >= 500:
            found.append(f"{answer.address}: {answer.status}")
    return found


@pytest.mark.parametrize(
    "who", ["visitor", "stranger", "moderator", "administrator", "revoked", "asked", "declined"]
)
def test_nobody_outside_reads_a_word(
    session: Session, world: Planted, client: Client, signed_in_as: SignIn, who: str
) -> None:
    code = world.opened.clauses["3.2"].code
    keys = work_in_private(session, world)
    person = world.opened.moderator if who == "moderator" else getattr(world, who, None)
    browser = client if person is None else signed_in_as(person)
    exported(session, world, client)
    places = everywhere(world, keys, code)
    assert len(places) > 100
    secrets = SECRETS if who == "asked" else SECRETS | SHARED
    tails = (f"?voice={world.kenya.organisation.slug}&edit=1&kept=1&before={keys[0]}&q=a",)
    assert leaks(browser, places, secrets, tails) == []


def test_the_delegation_itself_reads_every_word_so_the_proof_is_one(
    session: Session, world: Planted, signed_in_as: SignIn
) -> None:
    code = world.opened.clauses["3.2"].code
    keys = work_in_private(session, world)
    browser = signed_in_as(world.kenya.head)
    read = "\n".join(answer.words for answer in walked(browser, everywhere(world, keys, code)))
    unread = {"an older edition of the joint paper"}  # its words changed, and nobody had verified them
    assert {name for name, word in (SECRETS | SHARED).items() if word not in read} == unread
    asked = signed_in_as(world.asked)
    page = asked.get(f"/en/consultations/{world.opened.slug}/delegation/requests/{keys[-1]}").text
    assert all(word in page for word in SHARED.values())


@pytest.mark.parametrize("who", ["visitor", "stranger", "moderator"])
def test_no_page_no_count_and_no_chain_changes_by_private_work(
    session: Session, world: Planted, client: Client, signed_in_as: SignIn, who: str
) -> None:
    code = world.opened.clauses["3.2"].code
    person = world.opened.moderator if who == "moderator" else getattr(world, who, None)
    browser = client if person is None else signed_in_as(person)
    places = everywhere(world, [], code)

    def seen() -> dict[str, tuple[int, str, str | None]]:
        commit(session)
        world.app.extensions["consult.pages"].forget()
        return {answer.address: steady(answer) for answer in walked(browser, places)}

    def chains() -> list[tuple[int, str]]:
        session.expire_all()
        return [(one.length, one.head) for one in session.scalars(select(Chain).order_by(Chain.id))]

    def positions() -> list[int]:
        return list(session.scalars(select(Position.id).order_by(Position.id)))

    first = seen()
    before = seen(), chains(), positions()
    unsteady = {one for one in first if first[one] != before[0][one]}
    assert unsteady <= {f"/en/{one}" for one in FRESH_EACH_TIME}
    work_in_private(session, world)
    after = seen(), chains(), positions()
    assert {one for one in before[0] if before[0][one] != after[0][one]} <= unsteady
    assert before[1:] == after[1:]


def test_jobs_and_letters_carry_no_private_words(session: Session, world: Planted) -> None:
    from consult.notices.models import Letter

    work_in_private(session, world)
    commit(session)
    for job in session.scalars(select(Job)):
        assert not any(word in str(job.arguments) for word in (SECRETS | SHARED).values())
    session.close()
    while run_due(world.app):
        pass
    heard = {kenya.id for kenya in (world.kenya.head, world.kenya.deputy, world.kenya.contributor)}
    inside = {"paper.waiting", "paper.returned", "remark.made", "sponsor.answered"}
    letters = session.scalars(select(Letter)).all()
    assert {one.person_id for one in letters if one.kind in inside} <= heard
    assert inside & {one.kind for one in letters}


@pytest.mark.parametrize("organisation", ["kenya"])
def test_a_seat_that_ended_opens_nothing_any_more(
    session: Session, world: Planted, signed_in_as: SignIn, organisation: str
) -> None:
    keys = work_in_private(session, world)
    found: Organisation = getattr(world, organisation).organisation
    browser = signed_in_as(world.revoked)
    for rest in ("", "/submission", "/withdrawal", "/discussion", "/deadline"):
        answer = browser.get(f"/en/consultations/{world.opened.slug}/delegation{rest}?voice={found.slug}")
        assert answer.status_code in (200, 404) and "zq" not in answer.text
    for key in keys:
        assert browser.get(f"/en/consultations/{world.opened.slug}/contributions/{key}").status_code == 404


def test_who_moderates_these_talks_sees_no_papers_even_of_her_own_organisation(
    session: Session, world: Planted, signed_in_as: SignIn
) -> None:
    keys = work_in_private(session, world)
    theirs = build.a_delegate(session, world.kenya.organisation)
    elsewhere = build.an_open_round(session)
    build.a_paper(session, elsewhere, theirs, reasons="Elsewhere she may.")
    role = Role(
        person_id=theirs.id,
        kind=RoleKind.MODERATOR,
        consultation_id=world.opened.consultation.id,
        since=clock.now(),
    )
    session.add(role)
    browser = signed_in_as(theirs)
    places = everywhere(world, keys, world.opened.clauses["3.2"].code)
    inner = [one for one in places if "/consultations/" in one]
    assert leaks(browser, inner, SECRETS | SHARED, ()) == []
    page = browser.get(f"/en/consultations/{elsewhere.slug}/contributions/").text
    assert "Elsewhere she may." in page
