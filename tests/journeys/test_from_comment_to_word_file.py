"""A ministry comments, its head submits, the moderator accepts, the next draft is published, and leaves as a Word file."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from playwright.sync_api import Page, expect

from consult import clock
from consult.consolidation import acts
from consult.consolidation.reads_ready import decided_comments
from consult.core.terms import Outcome
from consult.db import begin_writing, commit, db
from consult.drafts.reads import consultation_of, consultation_row, slugs
from consult.people.reads import actor, person_of_email
from consult.rounds.reads import round_row, timetable
from tests.journeys.conftest import Clock, apart

HERE = "/en/consultations/testing-and-evaluation"
ASKED = "in proportion to the risk and"


def test_from_comment_to_word_file(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    served: tuple[Flask, str],
    server_clock: Clock,
    work: Callable[[], None],
) -> None:
    number = _a_comment_is_written_verified_and_submitted(open_page, sign_in)
    _everybody_reads_it(open_page(), number)
    server_clock.ahead = timedelta(days=40)
    work()
    apart(lambda: _all_others_are_noted(served[0], server_clock, but=number))
    moderator = open_page()
    sign_in(moderator, "moderator@consult.example")
    _publication_is_refused_with_a_link(moderator, number)
    _it_is_accepted_and_settled(moderator, number)
    moderator.goto(f"{HERE}/desk/publication")
    moderator.click("main form button[type=submit]")
    moderator.wait_for_url("**/drafts/2/")
    _what_changed_cites_it(open_page(), number)
    _the_word_file_has_the_tracked_change(open_page(), work)


def _a_comment_is_written_verified_and_submitted(
    open_page: Callable[..., Page], sign_in: Callable[..., None]
) -> int:
    page = open_page()
    sign_in(page, "contributor@consult.example")
    page.goto(f"{HERE}/drafts/1/clauses/1.1")
    page.click("section.clause.on a.push")
    page.check("input[name=stance][value=support_with_changes]")
    words = page.input_value("textarea[name=proposed]")
    page.fill(
        "textarea[name=proposed]", words.replace("tested before release", f"tested, {ASKED} before release")
    )
    expect(page.locator("#redline ins")).to_contain_text(ASKED)
    page.fill(
        "textarea[name=reasons]",
        "Small developers cannot test everything alike. Proportion is what makes it possible.",
    )
    page.click("button[name=send]")
    for who, act in (("deputy", "Verify it"), ("head", "Submit as")):
        other = open_page()
        sign_in(other, f"{who}@consult.example")
        other.goto(f"{HERE}/contributions/")
        other.locator("a", has_text="1.1").first.click()
        other.locator("button", has_text=act).first.click()
        other.wait_for_load_state()
    other.wait_for_url("**/comments/*")
    return int(other.url.rstrip("/").rpartition("/")[2].partition("?")[0])


def _everybody_reads_it(page: Page, number: int) -> None:
    page.goto(f"{HERE}/drafts/1/clauses/1.1")
    margin = page.locator("aside", has_text=f"#{number}")
    expect(margin).to_contain_text("Proportion is what makes it possible")
    expect(margin.locator("ins").first).to_contain_text(ASKED)


def _all_others_are_noted(app: Flask, server_clock: Clock, but: int) -> None:
    """Sixty answers are not what this journey is about: they are given through the act."""
    with app.app_context(), clock.stopped(server_clock.now()):
        session = db.session
        begin_writing(session)
        person = person_of_email(session, "moderator@consult.example")
        assert person is not None
        moderator = actor(session, person)
        consulted = consultation_of(session, min(slugs(session)), "en")
        rounds = timetable(session, consulted, clock.now()).rounds
        draft = consulted.newest
        assert draft is not None
        row = consultation_row(session, consulted.id)
        for one in decided_comments(session, draft.id, [rounds[-1].id]):
            if one.number != but:
                new = acts.NewDisposition(Outcome.NOTED, "Thank you; it is noted.")
                acts.dispose_comments(
                    session, moderator, row, round_row(session, rounds[-1].id), [one.number], new
                )
        commit(session)


def _publication_is_refused_with_a_link(page: Page, number: int) -> None:
    page.goto(f"{HERE}/desk/publication")
    page.click("main form button[type=submit]")
    expect(page.locator("#errors")).to_contain_text("cannot be published yet")
    page.locator("a", has_text=f"#{number}").first.click()


def _it_is_accepted_and_settled(page: Page, number: int) -> None:
    card = page.locator(f"#a{number}")
    card.locator("select[name=outcome]").select_option("accepted")
    card.locator("textarea[name=answer]").fill("Accepted: proportion belongs into the first sentence.")
    card.get_by_role("button", name="Dispose").click()
    expect(page.locator(".well ins").last).to_contain_text(ASKED)
    page.select_option("#kind", "replace")
    page.locator("button", has_text="Save").first.click()
    page.wait_for_url(lambda url: "settlement" not in url)


def _what_changed_cites_it(page: Page, number: int) -> None:
    page.goto(f"{HERE}/drafts/2/changes")
    section = page.locator("article.card", has_text=f"#{number}")
    expect(section.locator("ins")).to_contain_text(ASKED)
    section.locator("a", has_text=f"#{number}").click()
    page.goto(f"{HERE}/comments/{number}")
    page.locator("a", has_text="What became of the comments").click()
    expect(page.locator(f"#r{number}")).to_contain_text("proportion belongs into the first sentence")


def _the_word_file_has_the_tracked_change(page: Page, work: Callable[[], None]) -> None:
    page.goto(f"{HERE}/drafts/2/documents")
    page.locator("a", has_text="tracked changes").first.click()
    page.click("main form button[type=submit]")
    expect(page.locator("[role=status]")).to_be_visible()
    work()
    with page.expect_download() as download:
        page.wait_for_timeout(1500)
    document = (
        zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())).read("word/document.xml").decode()
    )
    inserted = [part.split("</w:ins>")[0] for part in document.split("<w:ins ")[1:]]
    assert any("proportion" in part for part in inserted)
    assert "w:author=" in document and "w:date=" in document
