"""An organisation's names in several languages: who writes them, who reads which, and what the record says."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import SYSTEM, VISITOR
from consult.core.names import Name, called
from consult.core.terms import SeatKind, StakeholderGroup
from consult.db import commit
from consult.organisations.acts import NewWords
from consult.organisations.acts_names import describe_organisation
from consult.organisations.reads import profile
from consult.organisations.refusals import OwnNameElsewhere
from consult.people.acts import give_seat
from consult.people.models import OrganisationWords, Person
from consult.people.reads import speakers
from consult.record.models import Entry
from consult.refusals import NotThere
from tests import build
from tests.conftest import Client
from tests.consensus.world import NOON
from tests.organisations.world import a_proposal, acts_of, journalled, strict
from tests.organisations.world import called as give_name

OWN = Name("ar", "وزارة الصحة")
OTHERS = (Name("en", "Ministry of Health"), Name("fr-CA", "Ministère de la Santé"), Name("zh-Hant", "衞生部"))


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("en", "Ministry of Health"),
        ("en-GB", "Ministry of Health"),
        ("fr", "Ministère de la Santé"),
        ("ar", "وزارة الصحة"),
        ("zh", "وزارة الصحة"),  # another script serves nobody
        ("zh-TW", "衞生部"),
        ("sw", "وزارة الصحة"),
    ],
)
def test_a_reader_sees_the_name_in_her_language_else_its_own(wanted: str, words: str) -> None:
    assert called(OWN, OTHERS, wanted).words == words


def test_a_head_names_and_describes_her_organisation_and_the_record_names_it_not_her(
    session: Session,
) -> None:
    organisation = build.an_organisation(session, name="Kenya")
    head = build.a_delegate(session, organisation)
    give_seat(session, SYSTEM, head, build.an_organisation(session), SeatKind.HEAD)  # she sits in two
    describe_organisation(
        session,
        build.acting(session, head),
        organisation.id,
        NewWords("sw", "Jamhuri ya Kenya", "Sisi ni Kenya."),
    )
    commit(session)
    entry = session.scalars(select(Entry).where(Entry.act == "organisation.described")).one()
    assert entry.actor_label == "Kenya"
    assert entry.facts["name"] == "Jamhuri ya Kenya"
    assert entry.facts["description"].startswith("hmac-sha256:")
    found = profile(session, VISITOR, organisation.slug, "sw")
    assert (found.shown.words, found.own_name.words) == ("Jamhuri ya Kenya", "Kenya")
    assert found.description is not None and found.description.words == "Sisi ni Kenya."


def test_empty_words_take_a_language_away_and_the_same_words_leave_no_trace(session: Session) -> None:
    organisation = build.an_organisation(session)
    for name in ("Kenia", "Kenia", ""):
        give_name(session, organisation, "de", name)
    commit(session)
    assert session.scalars(select(OrganisationWords)).all() == []
    assert acts_of(session, organisation.id).count("organisation.described") == 2


def test_its_own_name_is_not_a_heads_to_change(session: Session) -> None:
    organisation = build.an_organisation(session)
    head = build.acting(session, build.a_delegate(session, organisation))
    with pytest.raises(OwnNameElsewhere):
        describe_organisation(session, head, organisation.id, NewWords("en", "Empire of Kenya", ""))
    describe_organisation(session, head, organisation.id, NewWords("en", "", "We are Kenya."))


@pytest.mark.parametrize("seat", [SeatKind.CONTRIBUTOR, SeatKind.DEPUTY, None])
def test_nobody_else_describes_it(session: Session, seat: SeatKind | None) -> None:
    organisation = build.an_organisation(session)
    who = build.a_delegate(session, organisation, seat=seat) if seat else build.a_delegate(session)
    with pytest.raises(NotThere):
        describe_organisation(session, build.acting(session, who), organisation.id, NewWords("fr", "X", ""))


def test_what_is_only_proposed_is_described_in_the_journal(session: Session) -> None:
    person = build.a_person(session)
    organisation = a_proposal(session, person)
    words = NewWords("fr", "Droits numériques", "")
    describe_organisation(session, build.acting(session, person), organisation.id, words)
    commit(session)
    assert acts_of(session, organisation.id) == []
    assert journalled(session, "organisation.described") == 1


def test_voices_come_with_their_names_in_two_queries_however_many(
    session: Session, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    made = [build.an_organisation(session) for _ in range(12)]
    for one in made:
        give_name(session, one, "fr", f"Nom de {one.slug}")
    commit(session)
    ids = list(range(1, 13))
    assert (
        count_queries(lambda: speakers(session, ids[:1]))
        == count_queries(lambda: speakers(session, ids))
        == 2
    )
    assert all(
        one.called("fr").words.startswith("Nom de") for one in speakers(session, ids).values() if one.group
    )


def test_comments_show_it_in_the_readers_language_with_its_own_name_at_hand(
    session: Session, client: Client, stopped_at: Callable[..., None]
) -> None:
    stopped_at(NOON)
    opened = build.an_open_round(session)
    organisation = build.an_organisation(session, name="Jamhuri ya Kenya", accredited=False)
    organisation.name_language = "sw"
    give_name(session, organisation, "ar", "جمهورية كينيا")
    build.a_comment(session, opened, build.a_delegate(session, organisation))
    clause = f"consultations/{opened.slug}/drafts/0/clauses/{opened.clauses['3.2'].code}"
    arabic = strict(client.get(f"/ar/{clause}"))
    assert '<bdi lang="ar" title="Jamhuri ya Kenya">جمهورية كينيا</bdi>' in arabic
    english = strict(client.get(f"/en/{clause}"))
    assert '<bdi lang="sw">Jamhuri ya Kenya</bdi>' in english
    assert '<span class="tag">not accredited: shown beside the count</span>' in english


def test_the_page_takes_one_language_at_a_time(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    organisation = build.an_organisation(session, name="Kenya", group=StakeholderGroup.GOVERNMENT)
    browser = signed_in_as(build.a_delegate(session, organisation))
    address = f"/en/organisations/{organisation.slug}/description"
    assert "Add a language" in strict(browser.get(address))
    assert browser.send(address, {"language": "Swahili", "name": "Jamhuri ya Kenya"}).status_code == 303
    page = strict(browser.get(address))
    assert 'value="Jamhuri ya Kenya"' in page and "Save the words in Swahili" in page
    refused = strict(browser.send(address, {"language": "Klingonese", "name": "Qo'noS"}), 422)
    assert "Choose a language from the list" in refused and "Qo&#39;noS" in refused
    own = strict(browser.send(address, {"language": "en", "name": "Empire"}), 422)
    assert "administrators change, with reasons" in own


def test_its_website_is_kept_and_shown_for_what_it_is(
    session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    organisation = build.an_organisation(session)
    browser = signed_in_as(build.a_delegate(session, organisation))
    address = f"/en/organisations/{organisation.slug}/website"
    refused = strict(browser.send(address, {"website": "javascript:alert(1)"}), 422)
    assert "Write the address of the website" in refused and "javascript:alert(1)" in refused
    assert browser.send(address, {"website": "аррӏе.com"}).status_code == 303
    session.expire_all()
    found = profile(session, VISITOR, organisation.slug, "en")
    assert (found.website, found.website_host) == ("https://аррӏе.com", "xn--80ak6aa92e.com")
    assert acts_of(session, organisation.id)[-1] == "organisation.website_chosen"
    link = '<a href="https://аррӏе.com" rel="noopener nofollow ugc"><bdi>xn--80ak6aa92e.com</bdi></a>'
    assert link in strict(browser.get(f"/en/organisations/{organisation.slug}"))


def test_to_others_the_page_is_not_there(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client]
) -> None:
    organisation = build.an_organisation(session)
    deputy = build.a_delegate(session, organisation, seat=SeatKind.DEPUTY)
    for who in (deputy, build.a_moderator(session), build.a_person(session)):
        browser = signed_in_as(who)
        for page in ("description", "mandate"):
            assert browser.get(f"/en/organisations/{organisation.slug}/{page}").status_code == 404
            assert (
                browser.send(f"/en/organisations/{organisation.slug}/{page}", {"name": "x"}).status_code
                == 404
            )
    assert client.get(f"/en/organisations/{organisation.slug}/description").status_code == 303
