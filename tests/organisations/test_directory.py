"""The list of organisations: found by any name in any script, narrowed by filters, a page at a time."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from sqlalchemy.orm import Session

from consult.core.actors import SYSTEM
from consult.core.terms import OrganisationState, StakeholderGroup
from consult.db import commit
from consult.organisations import reads_directory
from consult.organisations.acts_administration import disable_organisation, rename
from consult.organisations.acts_merging import merge_organisation
from consult.organisations.reads_directory import Asked, directory
from consult.people.models import Organisation, Person
from tests import build
from tests.conftest import Client
from tests.organisations.world import WHY, a_proposal, called, strict


@pytest.fixture
def health(session: Session) -> Organisation:
    """A ministry with names in four scripts."""
    found = build.an_organisation(session, name="وزارة الصحّة", country="JO")
    found.name_language = "ar"
    called(session, found, "en", "Ministry of Health")
    called(session, found, "fr", "Ministère de la Santé")
    called(session, found, "zh", "卫生部")
    return found


def found(session: Session, words: str, language: str = "en") -> list[str]:
    commit(session)
    return [line.shown.words for line in directory(session, Asked(words=words), language).lines]


@pytest.mark.parametrize(
    "words", ["health", "MINISTRY HEA", "sante", "SANTÉ ministere", "卫生", "الصحة", "صحه", "وزارة الصحة"]
)
def test_an_organisation_is_found_by_its_name_in_any_language_and_script(
    session: Session, health: Organisation, words: str
) -> None:
    build.an_organisation(session, name="Ministry of Justice")
    assert found(session, words) == ["Ministry of Health"]
    assert found(session, words, "ar") == ["وزارة الصحّة"]


def test_words_of_two_languages_are_no_name(session: Session, health: Organisation) -> None:
    assert found(session, "health sante") == []


def test_it_is_found_by_an_earlier_name_and_by_what_was_merged_into_it(
    session: Session, health: Organisation
) -> None:
    twin, older = (build.an_organisation(session, name=one) for one in ("Health Office", "Hygiene Board"))
    session.flush()
    rename(session, SYSTEM, older.id, "Clean Water Board", "en", WHY)
    commit(session)
    merge_organisation(session, SYSTEM, older.id, twin.id, WHY)
    merge_organisation(session, SYSTEM, twin.id, health.id, WHY)
    for words in ("hygiene", "clean water", "office"):
        assert found(session, words) == ["Ministry of Health"]


def test_only_what_is_listed_is_found(session: Session, client: Client) -> None:
    a_proposal(session, build.a_person(session), "Kenya Proposed")
    disabled = build.an_organisation(session, name="Kenya Disabled")
    build.an_organisation(session, name="Kenya Listed")
    session.flush()
    disable_organisation(session, SYSTEM, disabled.id, WHY)
    page = strict(client.get("/en/organisations/?q=kenya"))
    assert "Kenya Listed" in page and "Disabled" not in page and "Proposed" not in page
    assert "One organisation found of 1" in page


def test_filters_narrow_by_group_country_region_and_accreditation(session: Session, client: Client) -> None:
    build.an_organisation(session, name="Nairobi Lab", group=StakeholderGroup.ACADEMIA, country="KE")
    build.an_organisation(
        session, name="Lagos Lab", group=StakeholderGroup.ACADEMIA, country="NG", accredited=False
    )
    build.an_organisation(session, name="Quito Firm", group=StakeholderGroup.PRIVATE_SECTOR, country="EC")
    for query, names in {
        "group=academia": {"Nairobi Lab", "Lagos Lab"},
        "country=EC": {"Quito Firm"},
        "region=002": {"Nairobi Lab", "Lagos Lab"},
        "region=002&accredited=no": {"Lagos Lab"},
        "accredited=yes": {"Nairobi Lab", "Quito Firm"},
        "group=nonsense&country=nowhere&region=7&accredited=maybe": {
            "Nairobi Lab",
            "Lagos Lab",
            "Quito Firm",
        },
    }.items():
        page = strict(client.get(f"/en/organisations/?{query}"))
        assert {name for name in ("Nairobi Lab", "Lagos Lab", "Quito Firm") if name in page} == names, query
    assert strict(client.get("/en/organisations/?region=002&accredited=no")).count("Not accredited") == 2


def test_each_is_shown_by_its_name_for_the_reader_with_its_own_beside(
    session: Session, client: Client, health: Organisation
) -> None:
    french = strict(client.get("/fr/organisations/"))
    assert '<bdi lang="fr">Ministère de la Santé</bdi>' in french
    assert '<bdi lang="ar">وزارة الصحّة</bdi>' in french
    assert "Jordanie" in french
    arabic = strict(client.get("/ar/organisations/"))
    assert "Health" not in arabic and "الأردن" in arabic


def test_an_empty_list_and_an_empty_answer_say_what_to_do(session: Session, client: Client) -> None:
    assert "Propose the first one" in strict(client.get("/en/organisations/"))
    build.an_organisation(session)
    page = strict(client.get("/en/organisations/?q=%3Cb%3Enobody"))
    assert "Try fewer words" in page and "<b>nobody" not in page


def test_pages_go_on_from_a_name_and_keep_what_was_asked(session: Session, client: Client) -> None:
    for number in range(reads_directory.PAGE + 3):
        build.an_organisation(session, name=f"Office {number:03}", country="KE")
    first = strict(client.get("/en/organisations/?country=KE"))
    assert "Office 000" in first and "Office 049" in first and "Office 050" not in first
    further = "/en/organisations/?" + urlencode({"country": "KE", "after": _slug_of(session, "Office 049")})
    assert further.replace("&", "&amp;") in first
    second = strict(client.get(further))
    assert "Office 049" not in second and "Office 052" in second and "Further organisations" not in second


def test_the_list_costs_the_same_queries_however_long_it_is(
    session: Session, client: Client, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    build.an_organisation(session)
    commit(session)
    with_one = count_queries(lambda: client.get("/en/organisations/"))
    for number in range(30):
        called(session, build.an_organisation(session), "fr", f"Bureau {number}")
    commit(session)
    assert count_queries(lambda: client.get("/en/organisations/")) == with_one <= 6
    assert count_queries(lambda: client.get("/en/organisations/?q=bureau")) <= 2


def test_a_visitors_list_is_kept_until_something_changes(session: Session, client: Client) -> None:
    build.an_organisation(session, name="Kenya")
    first = client.get("/en/organisations/")
    again = client.get("/en/organisations/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    a_proposal(session, build.a_person(session))  # which nobody may notice
    again = client.get("/en/organisations/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    build.an_organisation(session, name="Uganda")
    again = client.get("/en/organisations/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200 and "Uganda" in again.text


def test_the_list_stands_in_the_main_navigation(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client]
) -> None:
    assert 'href="/fr/organisations/"' in strict(client.get("/fr/"))
    page = strict(signed_in_as(build.a_person(session)).get("/en/organisations/"))
    assert 'href="/en/organisations/" aria-current="page"' in page


def test_what_is_not_sealed_yet_is_never_kept(session: Session) -> None:
    organisation = build.an_organisation(session, name="Kenya")
    assert [one.shown.words for one in directory(session, Asked(), "en").lines] == ["Kenya"]
    organisation.state = OrganisationState.DISABLED
    assert directory(session, Asked(), "en").lines == ()


def _slug_of(session: Session, name: str) -> str:
    return next(one.slug for one in directory(session, Asked(words=name), "en").lines)
