"""Commenting in a browser without a screen: each path once, and what never shows."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.comments import acts
from consult.comments.models import Comment, Contribution, KeptWords
from consult.core.terms import OrganisationState, PaperState, SeatKind, Stance
from consult.db import commit
from consult.people.models import Organisation, Person
from tests import build
from tests.conftest import Client

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
CLAUSE = build.A_DRAFT[2].body
SignIn = Callable[[Person], Client]


@pytest.fixture
def opened(session: Session, stopped_at: Callable[[datetime], None]) -> build.Opened:
    stopped_at(NOON)
    return build.an_open_round(session)


def form_of(opened: build.Opened, clause: str = "3.2", tail: str = "") -> str:
    code = opened.clauses[clause].code
    return f"/en/consultations/{opened.slug}/drafts/0/clauses/{code}/comments/new{tail}"


def hidden_fields(page: str) -> dict[str, str]:
    """What the form on a page carries unseen, as the browser would send it."""
    form = page[page.index("data-redline") : page.index("</form>", page.index("data-redline"))]
    inputs = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form)
    named = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in inputs]
    return {name[1]: value[1] if value else "" for name, value in named if name and name[1] != "csrf_token"}


def filled(browser: Client, opened: build.Opened, clause: str = "3.2", **fields: Any) -> dict[str, Any]:
    """The form of a clause, opened and filled in."""
    page = browser.get(form_of(opened, clause)).text
    usual = {
        "stance": "support_with_changes",
        "category": "substantive",
        "written_in": "en",
        "amendment": "",
        "proposed": CLAUSE,
        "reasons": "Thirty days leave a market exposed.",
    }
    return {**hidden_fields(page), **usual, **fields}


def comments_of(session: Session) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(Comment)) or 0


def test_a_head_comments_and_gets_a_number(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    browser = signed_in_as(build.a_delegate(session))
    page = browser.get(form_of(opened))
    assert page.status_code == 200
    assert "Submit as" in page.text and CLAUSE in page.text
    proposed = CLAUSE.replace("thirty", "fifteen")
    answer = browser.send(form_of(opened), filled(browser, opened, proposed=proposed, submit="1"))
    assert answer.status_code == 303 and answer.location.endswith("/comments/1")
    shown = browser.get(answer.location).text
    assert "Comment #1" in shown and "fifteen</ins>" in shown and "This is your comment" in shown


def test_a_contributor_sends_and_the_head_submits(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya = build.an_organisation(session, name="Ministry of Kenya")
    browser = signed_in_as(build.a_delegate(session, kenya, seat=SeatKind.CONTRIBUTOR))
    page = browser.get(form_of(opened)).text
    assert "Send to the head of delegation" in page and "Submit as" not in page
    answer = browser.send(form_of(opened), filled(browser, opened, send="1"))
    assert answer.status_code == 303
    assert "Waiting for clearance" in browser.get(answer.location).text
    paper = session.scalars(select(Contribution)).one()
    head = signed_in_as(build.a_delegate(session, kenya))
    address = f"/en/consultations/{opened.slug}/contributions/{paper.key}"
    assert "Submit as Ministry of Kenya" in head.get(address).text
    assert browser.send(f"{address}/submission", {"edition": "1"}).status_code == 422
    assert head.send(f"{address}/submission", {"edition": "1"}).location.endswith("/comments/1")
    assert "Submitted as" in browser.get(address).text


def test_a_paper_is_verified_given_back_edited_and_dropped(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya = build.an_organisation(session, levels=3)
    writer, deputy = (
        build.a_delegate(session, kenya, seat=seat) for seat in (SeatKind.CONTRIBUTOR, SeatKind.DEPUTY)
    )
    paper = build.a_paper(session, opened, writer)
    address = f"/en/consultations/{opened.slug}/contributions/{paper.key}"
    theirs, mine = signed_in_as(deputy), signed_in_as(writer)

    def state() -> PaperState:
        session.expire_all()
        return session.scalars(select(Contribution)).one().state

    theirs.send(f"{address}/verification", {"edition": "1"})
    assert state() is PaperState.VERIFIED
    assert theirs.send(f"{address}/return", {"reason": ""}).status_code == 422
    theirs.send(f"{address}/return", {"reason": "Name the cost."})
    assert state() is PaperState.DRAFT
    assert "Name the cost." in mine.get(address).text
    fields = {
        **hidden_fields(mine.get(f"{address}?edit=1").text),
        "stance": "object",
        "category": "technical",
    }
    fields |= {"written_in": "fr", "reasons": "Le coût est trop élevé.", "proposed": CLAUSE, "send": "1"}
    assert mine.send(address, fields).status_code == 303
    assert "Le coût est trop élevé." in mine.get(address).text
    mine.send(f"{address}/drop", {})
    assert state() is PaperState.DROPPED


def test_two_editors_are_shown_both_texts(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya = build.an_organisation(session)
    first, second = (
        signed_in_as(build.a_delegate(session, kenya, seat=SeatKind.CONTRIBUTOR)) for _ in range(2)
    )
    paper = build.a_paper(session, opened, build.a_delegate(session, kenya), is_sent=False)
    address = f"/en/consultations/{opened.slug}/contributions/{paper.key}"
    usual = {"stance": "support", "category": "general", "written_in": "en", "proposed": CLAUSE, "keep": "1"}
    opened_by_both = [hidden_fields(browser.get(f"{address}?edit=1").text) for browser in (first, second)]
    assert (
        second.send(address, {**opened_by_both[1], **usual, "reasons": "The second's words."}).status_code
        == 303
    )
    refused = first.send(address, {**opened_by_both[0], **usual, "reasons": "The first's words."})
    assert refused.status_code == 422
    assert "The second's words." in refused.text.replace(
        "&#39;", "'"
    ) and "The first's words." in refused.text.replace("&#39;", "'")
    again = first.send(address, {**hidden_fields(refused.text), **usual, "reasons": "The first's words."})
    assert again.status_code == 303


def test_a_refused_form_names_what_to_mend_and_keeps_every_word(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    browser = signed_in_as(build.a_delegate(session))
    fields = filled(
        browser,
        opened,
        stance="object",
        reasons="",
        amendment="replace",
        private_notes="Ask the capital.",
        submit="1",
    )
    answer = browser.send(form_of(opened), fields)
    assert answer.status_code == 422
    assert "2 things to mend" in answer.text
    assert "Say what change would lift your objection." in answer.text
    assert "These are the words of the clause." in answer.text
    assert 'href="#reasons"' in answer.text and 'href="#proposed"' in answer.text
    assert CLAUSE in answer.text and "Ask the capital." in answer.text
    assert re.search(r'checked[^>]*value="object"|value="object"[^>]*checked', answer.text)
    assert comments_of(session) == 0


def test_without_a_stance_the_form_is_refused(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    browser = signed_in_as(build.a_delegate(session))
    fields = filled(browser, opened, submit="1")
    del fields["stance"]
    answer = browser.send(form_of(opened), fields)
    assert answer.status_code == 422 and "Choose the stance that you take." in answer.text


def test_a_form_sent_twice_is_one_comment(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    browser = signed_in_as(build.a_delegate(session))
    fields = filled(browser, opened, submit="1")
    answers = [browser.send(form_of(opened), fields) for _ in range(2)]
    assert [answer.location for answer in answers] == [answers[0].location] * 2
    assert comments_of(session) == 1


def test_without_the_token_nothing_is_written(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    browser = signed_in_as(build.a_delegate(session))
    fields = filled(browser, opened, submit="1", reasons="Words that were long enough to be shown again.")
    answer = browser.post(form_of(opened), data=fields)
    assert answer.status_code == 400
    assert "Words that were long enough to be shown again." in answer.text
    assert comments_of(session) == 0


def test_words_that_come_after_the_seat_is_gone_are_shown_and_kept(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    head = build.a_delegate(session)
    browser = signed_in_as(head)
    fields = filled(browser, opened, submit="1", reasons="I was in the middle of it.")
    of_it = session.scalars(select(Organisation)).one()
    of_it.state = OrganisationState.DISABLED
    commit(session)
    answer = browser.send(form_of(opened), fields)
    assert answer.status_code == 422 and comments_of(session) == 0
    assert "You have no seat" in answer.text and "I was in the middle of it." in answer.text
    of_it.state = OrganisationState.LISTED
    commit(session)
    assert "I was in the middle of it." in browser.get(form_of(opened, tail="?kept=1")).text


def test_too_late_gets_a_clear_answer_and_the_words_are_offered_again(
    session: Session, opened: build.Opened, signed_in_as: SignIn, stopped_at: Callable[[datetime], None]
) -> None:
    head = build.a_delegate(session)
    stopped_at(opened.round.closes_at - timedelta(minutes=5))
    browser = signed_in_as(head)
    fields = filled(browser, opened, submit="1", reasons="I wrote all night.")
    stopped_at(opened.round.closes_at)
    answer = browser.send(form_of(opened), fields)
    assert answer.status_code == 422
    assert (
        "This came too late" in answer.text
        and "1 December 2026" in answer.text
        and "I wrote all night." in answer.text
    )
    assert comments_of(session) == 0
    moderator = build.acting(session, opened.moderator)
    build.plan_round(
        session,
        moderator,
        opened.consultation,
        opened.draft,
        opened.round.closes_at,
        opened.round.closes_at + timedelta(days=9),
    )
    offered = browser.get(form_of(opened))
    assert "What you wrote on this earlier" in offered.text and "I wrote all night." not in offered.text
    assert "I wrote all night." in browser.get(form_of(opened, tail="?kept=1")).text
    again = browser.send(form_of(opened), filled(browser, opened, submit="1", reasons="I wrote all night."))
    assert again.status_code == 303
    assert session.scalars(select(KeptWords)).all() == []


def test_words_that_arrive_signed_out_are_offered_after_signing_in(
    app: Any, session: Session, opened: build.Opened
) -> None:
    head = build.a_person(session, email="head@example.org", password="a password of some length")
    build.people.give_seat(session, build.SYSTEM, head, build.an_organisation(session), SeatKind.HEAD)
    browser = app.test_client()
    fields = {
        "stance": "object",
        "reasons": "My session had ended.",
        "proposed": CLAUSE,
        "voice": "",
        "round": "1",
    }
    answer = browser.send(form_of(opened), fields)
    assert answer.status_code == 303 and "/sign-in" in answer.location
    stranger = app.test_client()
    stranger_row = build.a_person(session, email="other@example.org", password="a password of some length")
    for client, email in ((stranger, stranger_row.email), (browser, head.email)):
        credentials = {"email": email, "password": "a password of some length", "next": form_of(opened)}
        assert client.send("/en/sign-in", credentials).status_code == 303
    assert "My session had ended." in browser.get(form_of(opened, tail="?kept=1")).text
    assert "My session had ended." not in stranger.get(form_of(opened, tail="?kept=1")).text
    discard = form_of(opened).replace("/new", "/kept-words/withdrawal")
    assert browser.send(discard, {}).status_code == 303
    assert "What you wrote on this earlier" not in browser.get(form_of(opened)).text


def test_the_redline_is_a_fragment_that_writes_nothing(
    session: Session, opened: build.Opened, signed_in_as: SignIn, client: Client
) -> None:
    browser = signed_in_as(build.a_delegate(session))
    address = form_of(opened).replace("/new", "/redline")
    fields = filled(browser, opened, proposed=CLAUSE.replace("thirty", "fifteen"))
    answer = browser.send(address, fields)
    assert "fifteen</ins>" in answer.text and "thirty</del>" in answer.text and "<html" not in answer.text
    assert "<script>" not in browser.send(address, {**fields, "proposed": "<script>alert(1)</script>"}).text
    assert client.send(address, fields).status_code == 303
    session.expire_all()
    assert (
        session.scalars(select(KeptWords)).all() == [] and session.scalars(select(Contribution)).all() == []
    )
    assert browser.post(address, data=fields).status_code == 400


def test_without_script_the_form_shows_its_redline_after_a_post(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    browser = signed_in_as(build.a_delegate(session))
    fields = filled(
        browser, opened, proposed=CLAUSE.replace("thirty", "fifteen"), preview="1", reasons="Half a thought"
    )
    answer = browser.send(form_of(opened), fields)
    assert answer.status_code == 200
    assert "fifteen</ins>" in answer.text and "Half a thought" in answer.text
    assert session.scalars(select(Contribution)).all() == []


def test_who_has_several_seats_chooses_and_a_changed_choice_is_refused(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya, peru = build.an_organisation(session, name="Kenya"), build.an_organisation(session, name="Peru")
    head = build.a_delegate(session, kenya)
    build.people.give_seat(session, build.SYSTEM, head, peru, SeatKind.HEAD)
    browser = signed_in_as(head)
    chooser = browser.get(form_of(opened)).text
    assert "You speak for:" in chooser and "data-redline" not in chooser
    address = form_of(opened, tail=f"?voice={peru.slug}")
    page = browser.get(address).text
    assert "Submit as Peru" in page
    usual = {
        "stance": "support",
        "category": "general",
        "written_in": "en",
        "proposed": CLAUSE,
        "submit": "1",
    }
    fields = {**hidden_fields(page), **usual}
    assert browser.send(address, {**fields, "voice": kenya.slug}).status_code == 422
    assert browser.send(form_of(opened), {**fields, "voice": "no-such-organisation"}).status_code == 422
    assert browser.send(address, fields).status_code == 303
    assert (
        build.reads.speakers(session, [session.scalars(select(Comment.voice_id)).one()]).popitem()[1].name
        == "Peru"
    )


def test_a_moderator_finds_no_form(session: Session, opened: build.Opened, signed_in_as: SignIn) -> None:
    page = signed_in_as(opened.moderator).get(form_of(opened)).text
    assert "nobody is both moderator and a voice" in page and "data-redline" not in page


def test_a_comment_is_withdrawn_and_stays_readable(
    session: Session, opened: build.Opened, signed_in_as: SignIn, client: Client
) -> None:
    head = build.a_delegate(session)
    comment = build.a_comment(session, opened, head, reasons="I said this.")
    address = f"/en/consultations/{opened.slug}/comments/{comment.number}"
    assert signed_in_as(build.a_delegate(session)).send(f"{address}/withdrawal", {}).status_code == 404
    assert signed_in_as(head).send(f"{address}/withdrawal", {}).status_code == 303
    page = client.get(address).text
    assert "Its author withdrew this comment" in page and "I said this." in page


def test_a_hidden_comment_leaves_a_notice(
    session: Session, opened: build.Opened, signed_in_as: SignIn, client: Client
) -> None:
    comment = build.a_comment(session, opened, reasons="Ask her at 14 Willow Lane.")
    address = f"/en/consultations/{opened.slug}/comments/{comment.number}"
    assert "14 Willow Lane" in client.get(address).text
    moderator = signed_in_as(opened.moderator)
    assert moderator.send(f"{address}/hiding", {"reason": ""}).status_code == 422
    assert (
        signed_in_as(build.a_delegate(session)).send(f"{address}/hiding", {"reason": "No."}).status_code
        == 404
    )
    assert moderator.send(f"{address}/hiding", {"reason": "It gives a private address."}).status_code == 303
    page = client.get(address).text
    assert (
        "14 Willow Lane" not in page and "It gives a private address." in page and "look at it again" in page
    )
    assert "14 Willow Lane" in moderator.get(address).text
    moderator.send(f"{address}/restoration", {"reason": "It is an office."})
    assert "14 Willow Lane" in client.get(address).text


def test_a_replaced_comment_leads_to_its_successor(
    session: Session, opened: build.Opened, signed_in_as: SignIn, client: Client
) -> None:
    head = build.a_delegate(session)
    build.a_comment(session, opened, head, reasons="Said badly.", stance=Stance.OBJECT)
    browser = signed_in_as(head)
    page = browser.get(form_of(opened, tail="?supersedes=1")).text
    assert "Said badly." in page and "This replaces your comment #1" in page
    fields = {**hidden_fields(page), "stance": "object", "category": "technical", "written_in": "en"}
    fields |= {"proposed": CLAUSE, "reasons": "Said better.", "submit": "1"}
    assert browser.send(form_of(opened), fields).location.endswith("/comments/2")
    assert "Read #2 instead" in client.get(f"/en/consultations/{opened.slug}/comments/1").text
    assert (
        signed_in_as(build.a_delegate(session)).get(form_of(opened, tail="?supersedes=2")).status_code == 404
    )


def test_what_is_planted_in_a_paper_shows_nowhere_outside(
    session: Session, opened: build.Opened, signed_in_as: SignIn, client: Client
) -> None:
    writer = build.a_delegate(session, seat=SeatKind.CONTRIBUTOR)
    paper = build.a_paper(
        session,
        opened,
        writer,
        reasons="Planted reasons",
        propose="Planted proposal",
        private_notes="Planted notes",
    )
    build.a_comment(session, opened)
    commit(session)
    start = f"/en/consultations/{opened.slug}"
    code = opened.clauses["3.2"].code
    pages = [
        "/",
        "/record",
        "/contributions/",
        f"/contributions/{paper.key}",
        "/comments/1",
        "/comments/2",
        "/drafts/0/",
    ]
    pages += [
        f"/drafts/0/clauses/{code}",
        f"/drafts/0/clauses/{code}/comments/new",
        "/drafts/0/consensus",
        "/desk/",
    ]
    outsiders = [client, signed_in_as(build.a_delegate(session)), signed_in_as(opened.moderator)]
    for browser in outsiders:
        for page in pages:
            assert "Planted" not in browser.get(start + page).text, page
        assert browser.get(f"{start}/contributions/{paper.key}").status_code in (303, 404)
        for act in ("verification", "submission", "return", "drop"):
            assert browser.send(
                f"{start}/contributions/{paper.key}/{act}", {"edition": "1", "reason": "x"}
            ).status_code in (303, 404)
    session.refresh(paper)
    assert paper.state is PaperState.DRAFT
    assert "Planted" in signed_in_as(writer).get(f"{start}/contributions/{paper.key}").text


def test_a_restricted_consultation_is_not_there_for_others(
    session: Session, stopped_at: Callable[[datetime], None], signed_in_as: SignIn
) -> None:
    stopped_at(NOON)
    kenya, peru = build.an_organisation(session), build.an_organisation(session)
    restricted = build.an_open_round(
        session, parties=[kenya, peru], track=build.Track.BILATERAL, is_restricted=True
    )
    head = build.a_delegate(session, kenya)
    build.a_comment(session, restricted, head)
    stranger, party = signed_in_as(build.a_delegate(session)), signed_in_as(head)
    for address in (
        form_of(restricted),
        f"/en/consultations/{restricted.slug}/comments/1",
        f"/en/consultations/{restricted.slug}/contributions/",
    ):
        assert (stranger.get(address).status_code, party.get(address).status_code) == (404, 200)
    assert (
        stranger.send(form_of(restricted), {"stance": "object", "reasons": "Let me in."}).status_code == 404
    )


def test_the_whole_draft_is_commented_on_without_an_amendment(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    browser = signed_in_as(build.a_delegate(session))
    page = browser.get(form_of(opened, "whole")).text
    assert "Comment on the whole draft" in page and 'name="proposed"' not in page
    fields = filled(browser, opened, "whole", submit="1")
    del fields["proposed"]
    assert browser.send(form_of(opened, "whole"), fields).status_code == 303


def test_kept_words_do_not_outlive_thirty_days(session: Session, opened: build.Opened) -> None:
    actor = build.acting(session, build.a_delegate(session))
    acts.keep_words(session, actor, "/a", {"reasons": "Words."}, NOON)
    from consult.jobs import Job

    job = session.scalars(select(Job).where(Job.kind == acts.DROPPING)).one()
    assert job.run_after == datetime(2026, 12, 3, tzinfo=UTC)
