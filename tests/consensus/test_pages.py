"""The reader and the overview as pages: what they say, to whom, in which language."""

import re
from collections.abc import Callable
from datetime import datetime

import html5lib
import pytest
from sqlalchemy.orm import Session

from consult.comments import acts as comments
from consult.core.terms import ClauseKind, Stance, Track, TranslationState
from consult.drafts import acts as drafts
from consult.drafts.acts import NewClause
from consult.languages.acts import translate_text
from consult.languages.models import Text
from consult.people.models import Person
from tests import build
from tests.conftest import Client
from tests.consensus.world import NOON, G, positions

ARABIC = "ينبغي اختبار النظام قبل إطلاقه."


@pytest.fixture(autouse=True)
def _noon(stopped_at: Callable[[datetime], None]) -> None:
    stopped_at(NOON)


def read(client: Client, opened: build.Opened, rest: str = "", language: str = "en") -> str:
    answer = client.get(f"/{language}/consultations/{opened.slug}/drafts/0/{rest}")
    assert answer.status_code == 200
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return answer.text


def clause_of(page: str, code: str) -> str:
    return page[page.index(f'id="{code}"') :].split("</section>")[0]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def translated(session: Session, opened: build.Opened, clause: str, language: str, body: str) -> None:
    source = session.get_one(Text, opened.clauses[clause].text_id)
    who = build.acting(session, opened.moderator)
    translate_text(session, who, source, language, body, TranslationState.MACHINE)


def test_a_clause_tells_its_comments_its_stances_and_the_way_to_comment(
    session: Session, client: Client
) -> None:
    opened = build.an_open_round(session, required_groups=(G.GOVERNMENT, G.ACADEMIA))
    positions(session, opened, {G.GOVERNMENT: (3, 1, 0, 2)})
    build.a_comment(
        session, opened, stance=Stance.OBJECT, reasons="It would lift our objection to say sixty."
    )
    page = read(client, opened)
    clause = clause_of(page, opened.clauses["3.2"].code)
    assert "One comment" in words(clause)
    assert 'aria-label="3 support, 0 support with changes, 1 can live with it, 3 object, 0 abstain"' in clause
    assert "Contested by G Government" in words(clause)
    assert f'/drafts/0/clauses/{opened.clauses["3.2"].code}/comments/new"' in clause
    assert "Clause 3.2, one comment" in words(read(client, opened, f"clauses/{opened.clauses['3.2'].code}"))
    assert "Comments close in 28 days" in words(page)


def test_the_comments_beside_are_those_of_the_clause_that_was_chosen(
    session: Session, client: Client
) -> None:
    opened = build.an_open_round(session)
    build.a_comment(session, opened, clause="3.1", reasons="About the first.", stance=Stance.SUPPORT)
    build.a_comment(session, opened, clause="3.3", reasons="About the third.", stance=Stance.SUPPORT)
    assert "About the first." in read(client, opened), (
        "the first clause with comments is chosen where none is"
    )
    chosen = read(client, opened, f"clauses/{opened.clauses['3.3'].code}")
    assert "About the third." in chosen and "About the first." not in chosen
    none = read(client, opened, f"clauses/{opened.clauses['3.2'].code}")
    assert "Nothing has been said on this clause yet." in none


def test_a_hidden_comment_keeps_its_place_and_a_withdrawn_one_is_not_counted(
    session: Session, client: Client
) -> None:
    opened = build.an_open_round(session)
    hidden = build.a_comment(session, opened, reasons="Words about a private person.", stance=Stance.OBJECT)
    head = build.a_delegate(session)
    gone = build.a_comment(session, opened, by=head, reasons="Words taken back.", stance=Stance.OBJECT)
    before = clause_of(read(client, opened), opened.clauses["3.2"].code)
    assert "2 comments" in before
    comments.hide_comment(session, build.acting(session, opened.moderator), hidden, "It names someone.")
    comments.withdraw_comment(session, build.acting(session, head), gone, NOON)
    page = read(client, opened, f"clauses/{opened.clauses['3.2'].code}")
    assert "One comment" in clause_of(page, opened.clauses["3.2"].code)
    assert "It names someone." in page
    assert "Words about a private person." not in page and "Words taken back." not in page


def test_the_readers_language_is_read_where_it_is_there_and_the_source_marked_where_not(
    session: Session, client: Client
) -> None:
    opened = build.an_open_round(session)
    translated(session, opened, "3.1", "ar", ARABIC)
    page = read(client, opened, language="ar")
    first = clause_of(page, opened.clauses["3.1"].code)
    assert f'<div class="text" lang="ar" dir="rtl"><p>{ARABIC}</p></div>' in first
    assert 'class="tag"' not in first
    second = clause_of(page, opened.clauses["3.2"].code)
    assert '<div class="text" lang="en" dir="ltr">' in second and '<span class="tag">' in second
    note = page[page.index('<div class="note') : page.index('<div class="reader')]
    assert 'class="tag machine"' in note, "how far the translation may be trusted is told"
    assert 'hreflang="en"' in note, "the original is one click away"


def test_two_languages_are_read_side_by_side(session: Session, client: Client) -> None:
    opened = build.an_open_round(session)
    translated(session, opened, "3.1", "ar", ARABIC)
    assert "beside=ar" in read(client, opened)
    page = read(client, opened, "?beside=ar")
    first = clause_of(page, opened.clauses["3.1"].code)
    assert first.index('lang="en" dir="ltr"') < first.index('lang="ar" dir="rtl"')
    assert 'class="two"' not in clause_of(page, opened.clauses["3.2"].code), "there is nothing to put beside"


def test_a_note_is_reached_from_its_mark_and_rival_brackets_are_marked_each(
    session: Session, client: Client
) -> None:
    draft = (
        NewClause(ClauseKind.SECTION, 0, "1", "Scope", ""),
        NewClause(
            ClauseKind.CLAUSE, 1, "1.1", "", "Tests[^7] are kept [five years] [ten years].\n\n<b>not bold</b>"
        ),
        NewClause(ClauseKind.NOTE, 2, "7", "", "As the standard says."),
        NewClause(ClauseKind.CLAUSE, 1, "1.2", "", "Own notes[^1] stand below.\n\n[^1]: Here they are."),
        NewClause(ClauseKind.TABLE, 1, "", "Tiers", "| Tier | Test |\n| --- | --- |\n| 1 | none |"),
    )
    page = read(client, build.an_open_round(session, clauses=draft))
    assert '<sup><a href="#note-7" role="doc-noteref">7</a></sup>' in page and 'id="note-7"' in page
    assert page.count('<span class="bracket"><b>[</b>') == 2
    assert "&lt;b&gt;not bold&lt;/b&gt;" in page
    below = re.search(r'href="#(note-[0-9a-f]{8}-1)"', page)
    assert below and f'id="{below[1]}"' in page and "Here they are." in page
    assert "<td>none</td>" in page


def test_items_stand_further_in_and_carry_their_own_address(session: Session, client: Client) -> None:
    draft = (
        NewClause(ClauseKind.SECTION, 0, "1", "Scope", ""),
        NewClause(ClauseKind.CLAUSE, 1, "1.1", "", "It should cover:"),
        NewClause(ClauseKind.CLAUSE, 2, "(a)", "", "one thing;"),
        NewClause(ClauseKind.CLAUSE, 3, "(i)", "", "in part."),
    )
    opened = build.an_open_round(session, clauses=draft)
    page = read(client, opened)
    assert [
        f"in-{depth}" in clause_of(page, opened.clauses[name].code) or f'in-{depth}" id' in page
        for depth, name in enumerate(("1.1", "(a)", "(i)"))
    ] == [True] * 3
    answer = client.get(f"/en/consultations/{opened.slug}/drafts/0/clauses/1.1(a)")
    code = opened.clauses["(a)"].code
    assert answer.location.endswith(f"/clauses/{code}#{code}")


def test_a_draft_without_sections_is_read_thirty_clauses_at_a_time(session: Session, client: Client) -> None:
    draft = [NewClause(ClauseKind.CLAUSE, 0, str(n), "", f"Provision {n}.") for n in range(1, 66)]
    opened = build.an_open_round(session, clauses=draft)
    page = read(client, opened)
    assert page.count('<section class="clause') == 30
    assert "Part 1 of 3" in page
    following = re.search(r'rel="next" href="([^"]*part=2)"', page)
    assert following and "Provision 31." in client.get(following[1]).text
    assert "Provision 65." in read(client, opened, f"clauses/{opened.clauses['65'].code}"), "on its own part"
    assert client.get(f"/en/consultations/{opened.slug}/drafts/0/?part=99").status_code == 200


def test_comments_on_the_whole_draft_have_a_page_of_their_own(session: Session, client: Client) -> None:
    opened = build.an_open_round(session)
    build.a_comment(
        session, opened, clause="whole", reasons="A good draft on the whole.", stance=Stance.SUPPORT
    )
    page = read(client, opened, "clauses/whole")
    assert "The whole draft, one comment" in words(page) and "A good draft on the whole." in page
    assert "A good draft on the whole." not in read(client, opened)


def test_a_restricted_consultation_is_there_for_its_parties_alone(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client]
) -> None:
    party = build.an_organisation(session)
    opened = build.an_open_round(session, track=Track.MULTILATERAL, is_restricted=True, parties=[party])
    inside = signed_in_as(build.a_delegate(session, party))
    outside = signed_in_as(build.a_delegate(session))
    for rest in ("", "consensus", f"clauses/{opened.clauses['3.2'].code}", "clauses/3.2", "sections/c1"):
        address = f"/en/consultations/{opened.slug}/drafts/0/{rest}"
        assert inside.get(address, follow_redirects=True).status_code == 200
        assert (outside.get(address).status_code, client.get(address).status_code) == (404, 404)


def test_only_moderators_are_shown_the_desk_and_hidden_words(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client]
) -> None:
    opened = build.an_open_round(session)
    comment = build.a_comment(session, opened, reasons="Words about someone.", stance=Stance.OBJECT)
    comments.hide_comment(session, build.acting(session, opened.moderator), comment, "It names someone.")
    moderator, delegate = signed_in_as(opened.moderator), signed_in_as(build.a_delegate(session))
    shown = read(moderator, opened)
    assert "/desk/" in shown and "Words about someone." in shown
    for other in (delegate, client):
        page = read(other, opened)
        assert "/desk/" not in page and "Words about someone." not in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_overview_says_share_interval_weakest_group_and_both_tallies(
    session: Session, client: Client, language: str
) -> None:
    opened = build.an_open_round(session, required_groups=(G.GOVERNMENT, G.ACADEMIA))
    positions(session, opened, {G.GOVERNMENT: (3, 1, 0, 0), G.ACADEMIA: (1, 0, 0, 2)})
    positions(session, opened, {G.CIVIL_SOCIETY: (0, 0, 0, 2)}, accredited=False)
    page = read(client, opened, "consensus", language)
    row = page[page.index('<table class="fold"') :].split("<tr>")[3]
    assert "0.33" in words(row).replace("٫", ".") or "0,33" in words(row)
    assert row.count('<svg class="bar"') == 2, "the count, and what stands beside it"
    if language == "en":
        assert "Academia 0.33 (0.08–0.75)" in words(row) and "33%" in page and "100%" in page


def test_a_newer_draft_and_a_closed_round_are_told(
    session: Session, client: Client, stopped_at: Callable[[datetime], None]
) -> None:
    opened = build.an_open_round(session)
    address = f"/drafts/0/clauses/{opened.clauses['3.2'].code}/comments/new"
    assert address in read(client, opened)
    stopped_at(datetime.fromisoformat("2026-12-02T00:00:00+00:00"))
    page = read(client, opened)
    assert "Comments are closed" in page and address not in page


def test_an_unpublished_draft_is_read_by_its_moderators_as_it_was_imported_last(
    session: Session, client: Client, signed_in_as: Callable[[Person], Client]
) -> None:
    moderator = build.a_moderator(session)
    actor = build.acting(session, moderator)
    new = drafts.NewConsultation("Imported", "Twice.", "en", (), Track.OPEN, (), slug="imported")
    consultation = drafts.start_consultation(session, actor, new)
    browser = signed_in_as(moderator)
    for said in ("First words.", "Second words."):
        drafts.add_draft(session, actor, consultation, [NewClause(ClauseKind.CLAUSE, 0, "1", "", said)])
        page = browser.get("/en/consultations/imported/drafts/0/")
        assert said in page.text and "This draft is not published yet." in page.text
    assert client.get("/en/consultations/imported/drafts/0/").status_code == 404
