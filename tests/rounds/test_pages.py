"""From nothing to an open round in a browser; what each page says when; what was typed is kept."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.db import commit
from consult.drafts import acts as drafts
from consult.drafts.models import Consultation, OfferedLanguage, RequiredGroup
from consult.people.models import Person
from consult.rounds.models import Round
from tests import build
from tests.conftest import Client

DAY = timedelta(days=1)
NEW = {
    "title": "Guidelines on labelling",
    "summary": "How outputs of AI systems should be labelled.",
    "source_language": "fr",
    "languages": ["en", "ar"],
    "track": "multilateral",
    "required_groups": ["government", "academia"],
}
HERE = "/en/consultations/guidelines-on-labelling/"


def test_a_moderator_walks_from_nothing_to_an_open_round(
    session: Session,
    client: Client,
    signed_in_as: Callable[[Person], Client],
    stopped_at: Callable[[datetime], None],
) -> None:
    stopped_at(build.NOON)
    person = build.a_moderator(session)
    moderator = signed_in_as(person)
    assert "Start a consultation" in moderator.get("/en/").text
    answer = moderator.send("/en/consultations/new", NEW)
    assert (answer.status_code, answer.location) == (303, f"{HERE}mechanism")
    row = _row(session)
    assert set(session.scalars(select(OfferedLanguage.language))) == {"fr", "en", "ar"}
    assert set(session.scalars(select(RequiredGroup.stakeholder_group))) == {"government", "academia"}
    assert "Import a draft" in moderator.get(HERE).text
    assert (client.get(HERE).status_code, "Guidelines on labelling" in client.get("/en/").text) == (
        404,
        False,
    )

    drafts.add_draft(session, build.acting(session, person), row, build.A_DRAFT)
    assert "Publish the zero draft" in moderator.get(HERE).text
    assert "This cannot be taken back" in moderator.get(f"{HERE}publication").text
    assert moderator.send(f"{HERE}publication").status_code == 303
    assert "No round is planned yet" in client.get("/en/").text

    times = {"opens_at": "2026-11-03T09:00", "closes_at": "2026-12-03T09:00"}
    assert moderator.send(f"{HERE}rounds/new", times).status_code == 303
    assert "The next round opens in 21 hours" in client.get(HERE).text
    stopped_at(datetime(2026, 11, 3, 9, tzinfo=UTC))
    for page in ("/en/", HERE, f"{HERE}rounds/"):
        assert "Comments close in 30 days" in client.get(page).text
    stopped_at(datetime(2026, 12, 3, 9, tzinfo=UTC))
    for page in ("/en/", HERE):
        assert "Comments close in" not in client.get(page).text
    assert "Consolidation" in client.get(HERE).text


def _row(session: Session) -> Consultation:
    session.rollback()
    return session.scalars(select(Consultation)).one()


def test_an_empty_list_says_so_honestly(client: Client) -> None:
    page = client.get("/en/").text
    assert "No consultation yet" in page
    assert "Start" not in page.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize(
    ("path", "who"),
    [("/en/consultations/new", "nobody"), (f"{HERE}rounds/new", "nobody"), (f"{HERE}publication", "nobody")],
)
def test_pages_of_moderators_are_not_there_for_others(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client], path: str, who: str
) -> None:
    build.an_open_round(session, title="Guidelines on labelling")
    delegate = signed_in_as(build.a_delegate(session))
    for browser in (client, delegate, signed_in_as(build.an_administrator(session))):
        assert browser.get(path).status_code == 404
        assert browser.send(path, NEW).status_code == 404
    assert len(session.scalars(select(Consultation)).all()) == 1


def test_a_consultation_refused_keeps_what_was_typed(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    moderator = signed_in_as(build.a_moderator(session))
    answer = moderator.send("/en/consultations/new", {**NEW, "title": " "})
    assert answer.status_code == 422
    assert "Give the consultation a title." in answer.text
    assert NEW["summary"] in answer.text
    assert _checked(answer.text) >= {"en", "ar", "government", "academia", "multilateral"}
    restricted = moderator.send("/en/consultations/new", {**NEW, "track": "open", "is_restricted": "y"})
    assert restricted.status_code == 422
    assert session.scalar(select(Consultation.id)) is None


def _checked(page: str) -> set[str]:
    """The values of the boxes and buttons that stand chosen."""
    chosen = [one for one in page.split("<input")[1:] if " checked" in one.split(">")[0]]
    return {one.split('value="')[1].split('"')[0] for one in chosen}


@pytest.mark.parametrize(
    ("times", "sentence"),
    [
        ({"opens_at": "2026-12-03T09:00", "closes_at": "2026-12-02T09:00"}, "must close after it opens"),
        ({"opens_at": "2026-11-10T09:00", "closes_at": "2026-12-02T09:00"}, "Round 1 runs at that time"),
        ({"opens_at": "2026-12-03T09:00", "closes_at": ""}, "Say when the round closes"),
        ({"opens_at": "2026-12-03T09:00", "closes_at": "whenever"}, "Give a date and a time"),
        ({"opens_at": "2026-10-01T09:00", "closes_at": "2026-10-03T09:00"}, "has passed already"),
    ],
)
def test_a_round_refused_says_why_and_keeps_what_was_typed(
    session: Session,
    signed_in_as: Callable[[Person], Client],
    stopped_at: Callable[[datetime], None],
    times: dict[str, str],
    sentence: str,
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session)
    answer = signed_in_as(opened.moderator).send(f"/en/consultations/{opened.slug}/rounds/new", times)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert all(typed in answer.text for typed in times.values())
    assert session.scalars(select(Round.ordinal)).all() == [1]


def test_times_are_typed_on_the_moderators_own_clock(
    session: Session, signed_in_as: Callable[[Person], Client], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session)
    opened.moderator.time_zone = "Africa/Nairobi"
    times = {"opens_at": "2026-12-01T03:00", "closes_at": "2027-01-01T03:00"}
    browser = signed_in_as(opened.moderator)
    assert browser.send(f"/en/consultations/{opened.slug}/rounds/new", times).status_code == 303
    session.rollback()
    second = session.scalars(select(Round).where(Round.ordinal == 2)).one()
    assert second.opens_at == datetime(2026, 12, 1, tzinfo=UTC)
    shown = browser.get(f"/en/consultations/{opened.slug}/rounds/").text
    assert "1 December 2026, 03:00" in shown and "00:00 UTC" in shown


def test_an_hour_that_the_clock_skips_is_refused(
    session: Session, signed_in_as: Callable[[Person], Client], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session)
    opened.moderator.time_zone = "Europe/Berlin"
    times = {"opens_at": "2027-03-28T02:30", "closes_at": "2027-04-28T02:30"}
    answer = signed_in_as(opened.moderator).send(f"/en/consultations/{opened.slug}/rounds/new", times)
    assert (answer.status_code, "This hour does not exist" in answer.text) == (422, True)


def test_no_round_is_planned_before_a_draft_is_published(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    person = build.a_moderator(session)
    signed_in_as(person).send("/en/consultations/new", NEW)
    answer = signed_in_as(person).get(f"{HERE}rounds/new")
    assert (answer.status_code, "Publish the draft first" in answer.text) == (422, True)


def test_moving_an_end_says_no_at_the_field_and_keeps_the_reason(
    session: Session, signed_in_as: Callable[[Person], Client], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session)
    browser, path = signed_in_as(opened.moderator), f"/en/consultations/{opened.slug}/rounds/1/extension"
    assert "2026-12-01T00:00" in browser.get(path).text
    answer = browser.send(path, {"closes_at": "2026-11-04T00:00", "reason": "We are in a hurry."})
    assert answer.status_code == 422
    assert "72 hours" in answer.text and "We are in a hurry." in answer.text
    assert (
        browser.send(path, {"closes_at": "2026-11-20T00:00", "reason": "We are in a hurry."}).status_code
        == 303
    )
    shown = browser.get(f"/en/consultations/{opened.slug}/rounds/").text
    assert "Ends that were moved" in shown and "We are in a hurry." in shown
    assert browser.send(f"/en/consultations/{opened.slug}/rounds/9/extension", {}).status_code == 404


def test_an_end_that_has_passed_is_said_to_have_passed(
    session: Session, signed_in_as: Callable[[Person], Client], stopped_at: Callable[[datetime], None]
) -> None:
    opened = build.an_open_round(session)
    stopped_at(opened.round.closes_at)
    answer = signed_in_as(opened.moderator).send(
        f"/en/consultations/{opened.slug}/rounds/1/extension",
        {"closes_at": "2027-01-01T00:00", "reason": "More time."},
    )
    assert answer.status_code == 422
    assert "cannot be opened again" in answer.text and "More time." in answer.text


@pytest.mark.parametrize("language", ["en", "ar", "zh", "fr"])
@pytest.mark.parametrize(
    "page",
    [
        "",
        "consultations/",
        "how-consensus-is-counted",
        "accessibility",
        "record",
        "{here}",
        "{here}rounds/",
        "{here}record",
    ],
)
def test_every_page_opens_in_every_language(
    session: Session, client: Client, language: str, page: str
) -> None:
    opened = build.an_open_round(session, parties=[build.an_organisation(session)], title="Über Prüfungen")
    answer = client.get(f"/{language}/{page.format(here=f'consultations/{opened.slug}/')}")
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text


def test_the_record_says_in_sentences_what_happened(session: Session, client: Client) -> None:
    kenya = build.an_organisation(session, name="Kenya")
    opened = build.an_open_round(session, parties=[kenya])
    page = client.get(f"/en/consultations/{opened.slug}/record").text
    for sentence in ("Kenya was invited", "Zero draft was published", "Round 1 on draft 0 was planned"):
        assert sentence in page
    assert "was recorded." not in page
    assert "Kenya" in client.get("/en/record").text


def test_a_long_record_is_read_page_by_page(session: Session, client: Client) -> None:
    opened = build.an_open_round(session, parties=[build.an_organisation(session) for _ in range(60)])
    first = client.get(f"/en/consultations/{opened.slug}/record").text
    assert "Earlier entries" in first and 'id="e1"' not in first
    before = first.split("?before=")[1].split('"')[0]
    second = client.get(f"/en/consultations/{opened.slug}/record?before={before}").text
    assert 'id="e1"' in second and "Earlier entries" not in second


def test_a_visitors_page_is_answered_from_memory_until_something_happens(
    session: Session, client: Client, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session)
    for path in ("/en/", f"/en/consultations/{opened.slug}/"):
        stopped_at(build.NOON)
        first = client.get(path)
        tag = first.headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        stopped_at(build.NOON + timedelta(days=10))
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200
        stopped_at(build.NOON)
        drafts.invite_party(
            session,
            build.acting(session, opened.moderator),
            opened.consultation,
            build.an_organisation(session).id,
            "party",  # type: ignore[arg-type]
        )
        commit(session)
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_the_overview_costs_the_same_for_twenty_clauses_and_five_hundred(
    session: Session, client: Client, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    prices = []
    for length in (20, 500):
        words = [
            drafts.NewClause(build.A_DRAFT[1].kind, 0, str(n), "", f"Clause {n}.")
            for n in range(1, length + 1)
        ]
        opened = build.an_open_round(session, clauses=words)
        commit(session)
        prices.append(count_queries(lambda slug=opened.slug: client.get(f"/en/consultations/{slug}/")))  # type: ignore[misc]
    assert prices[0] == prices[1]


def test_the_overview_leads_each_reader_to_what_she_can_do(
    session: Session,
    client: Client,
    signed_in_as: Callable[[Person], Client],
    stopped_at: Callable[[datetime], None],
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session, takes_individuals=True)
    here = f"/en/consultations/{opened.slug}/"
    pages = {
        "visitor": client.get(here).text,
        "delegate": signed_in_as(build.a_delegate(session)).get(here).text,
        "individual": signed_in_as(build.a_person(session)).get(here).text,
        "moderator": signed_in_as(opened.moderator).get(here).text,
    }
    links = {
        "drafts/0/": {"visitor", "delegate", "individual", "moderator"},
        "drafts/0/documents": {"visitor", "delegate", "individual", "moderator"},
        "record": {"visitor", "delegate", "individual", "moderator"},
        "contributions/": {"delegate", "individual"},
        "desk/": {"moderator"},
        "rounds/new": {"moderator"},
        "rounds/1/extension": {"moderator"},
    }
    for link, readers in links.items():
        assert {who for who, page in pages.items() if f'href="{here}{link}"' in page} == readers, link
