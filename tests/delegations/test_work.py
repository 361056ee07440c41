"""The delegation's table: what waits for whom, its own deadline, its discussion; all at once, each as it was seen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.comments import acts
from consult.comments.models import Comment, Contribution, KeptWords, Position, Withdrawal
from consult.core.terms import PaperState, SeatKind
from consult.db import commit
from consult.delegations.acts import make_remark, set_deadline
from consult.delegations.models import InnerDeadline, Remark
from consult.delegations.refusals import (
    NotBeforeTheClose,
    NothingSaid,
    OnlyTheHead,
    PassedAlready,
    RoundIsOver,
)
from consult.people.models import Person
from consult.record.models import Chain, Entry
from consult.rounds.acts import extend_round
from tests import build
from tests.conftest import Client
from tests.delegations.world import LATER, NOON, TOMORROW, TONIGHT, a_delegation, at, fields, of, shown

SignIn = Callable[[Person], Client]


@pytest.fixture
def opened(session: Session, stopped_at: Callable[..., None]) -> build.Opened:
    stopped_at(NOON)
    return build.an_open_round(session)


def count(session: Session, table: type) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_table_says_what_waits_for_whom(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya = a_delegation(session)
    build.a_paper(session, opened, kenya.contributor, "3.1", is_sent=False)
    build.a_paper(session, opened, kenya.contributor, "3.2")
    verified = build.a_paper(session, opened, kenya.contributor, "3.3")
    acts.verify_contribution(session, build.acting(session, kenya.deputy), verified)
    page = signed_in_as(kenya.deputy).get(at(opened)).text
    assert "whoever writes it, to hand it on" in page
    assert "a deputy or the head, to verify it" in page
    assert "the head, to submit it" in page
    assert "Verify the one paper that was handed on" in page
    assert page.index("Clause 3.1") < page.index("Clause 3.2") < page.index("Clause 3.3")


def test_the_table_costs_the_same_for_thirty_papers_as_for_one(
    session: Session,
    opened: build.Opened,
    signed_in_as: SignIn,
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    kenya = a_delegation(session)
    browser = signed_in_as(kenya.head)

    def one_more() -> None:
        paper = build.a_paper(session, opened, kenya.contributor, "3.2")
        other = build.an_organisation(session)
        acts.ask_sponsor(session, build.acting(session, kenya.head), paper, other.slug, "", NOON)
        make_remark(session, build.acting(session, kenya.head), opened.consultation.id, "Well.", "")
        lead = build.a_delegate(session)
        theirs = build.a_paper(session, opened, lead, "3.1")
        acts.ask_sponsor(
            session, build.acting(session, lead), theirs, kenya.organisation.slug, "Join us", NOON
        )

    def cost(rest: str) -> int:
        commit(session)
        browser.get(at(opened, rest))
        return count_queries(lambda: browser.get(at(opened, rest)))

    one_more()
    with_one = [cost(rest) for rest in ("", "/submission")]
    for _ in range(9):
        one_more()
    assert [cost(rest) for rest in ("", "/submission")] == with_one


def test_all_that_was_shown_is_verified_and_what_changed_meanwhile_is_named(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya = a_delegation(session)
    first, second, third = (
        build.a_paper(session, opened, kenya.contributor, clause) for clause in ("3.1", "3.2", "3.3")
    )
    papers = shown(first, second, third)
    writer = build.acting(session, kenya.contributor)
    acts.change_contribution(session, writer, second, build.saying(opened, reasons="Anew."), 1)
    commit(session)
    answer = signed_in_as(kenya.deputy).send(at(opened, "/verification"), fields(kenya, papers=papers))
    assert answer.status_code == 200
    assert "2 papers are verified" in answer.text and "With one it was not done" in answer.text
    assert "It was changed after this page was shown" in answer.text and "Clause 3.2" in answer.text
    session.expire_all()
    states = [session.get_one(Contribution, one.id).state for one in (first, second, third)]
    assert states == [PaperState.VERIFIED, PaperState.DRAFT, PaperState.VERIFIED]


def test_the_whole_submission_is_shown_and_then_submitted_once(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya = a_delegation(session, levels=2, name="Marava")
    papers = [
        build.a_paper(session, opened, kenya.contributor, clause, private_notes="Entre nous.")
        for clause in ("3.1", "3.2", "3.3")
    ]
    browser = signed_in_as(kenya.head)
    page = browser.get(at(opened, "/submission")).text
    assert "Submit 3 comments as Marava" in page and "Thirty days leave a market exposed." in page
    assert "Entre nous" not in page and "What becomes public" in page
    sent = fields(kenya, papers=shown(*papers))
    once, twice = (browser.send(at(opened, "/submission"), sent) for _ in range(2))
    assert once.status_code == twice.status_code == 200
    assert "3 comments are submitted" in once.text and "3 comments are submitted" in twice.text
    assert count(session, Comment) == 3
    assert [one.number for one in session.scalars(select(Comment).order_by(Comment.clause_id))] == [1, 2, 3]


def test_what_was_changed_or_dropped_meanwhile_is_left_out_and_the_rest_is_done(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya = a_delegation(session, levels=2)
    first, second, third = (
        build.a_paper(session, opened, kenya.contributor, clause) for clause in ("3.1", "3.2", "3.3")
    )
    papers, writer = shown(first, second, third), build.acting(session, kenya.contributor)
    acts.drop_contribution(session, writer, first)
    acts.change_contribution(session, writer, second, build.saying(opened, reasons="Anew."), 1)
    commit(session)
    answer = signed_in_as(kenya.head).send(at(opened, "/submission"), fields(kenya, papers=papers))
    assert "One comment is submitted" in answer.text and "With 2 it was not done" in answer.text
    assert "It was dropped meanwhile." in answer.text and "It was changed after" in answer.text
    assert count(session, Comment) == 1
    session.expire_all()
    assert session.get_one(Contribution, second.id).reasons == "Anew."
    noted = session.scalars(
        select(Entry.act)
        .join(Chain, Chain.id == Entry.chain_id)
        .where(Chain.consultation_id == opened.consultation.id)
        .order_by(Entry.position)
    ).all()
    assert noted.count("comment.submitted") == 1


def test_a_piece_that_fails_takes_no_entry_of_the_others_with_it(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya = a_delegation(session, levels=2)
    papers = [build.a_paper(session, opened, kenya.contributor, clause) for clause in ("3.1", "3.2", "3.3")]
    seen = f"{papers[0].key}:1 {papers[1].key}:7 {papers[2].key}:1"
    signed_in_as(kenya.head).send(at(opened, "/submission"), fields(kenya, papers=seen))
    noted = session.scalars(select(Entry.facts).where(Entry.act == "comment.submitted")).all()
    assert [one["number"] for one in noted] == [1, 2]
    assert count(session, Comment) == 2


def test_nothing_done_is_a_refusal_that_loses_nothing(
    session: Session, opened: build.Opened, signed_in_as: SignIn, stopped_at: Callable[..., None]
) -> None:
    kenya = a_delegation(session, levels=2)
    paper = build.a_paper(session, opened, kenya.contributor)
    browser = signed_in_as(kenya.head)
    stopped_at(LATER)
    kenya_again = signed_in_as(kenya.head)
    answer = kenya_again.send(at(opened, "/submission"), fields(kenya, papers=shown(paper)))
    assert answer.status_code == 422 and "The round closed before this reached us" in answer.text
    assert count(session, Comment) == 0 and browser is not None
    assert session.get_one(Contribution, paper.id).state is PaperState.DRAFT


@pytest.mark.parametrize("seat", ["contributor", "deputy"])
def test_only_the_head_submits_or_withdraws_all(
    session: Session, opened: build.Opened, signed_in_as: SignIn, seat: str
) -> None:
    kenya = a_delegation(session, levels=2)
    paper = build.a_paper(session, opened, kenya.contributor)
    browser = signed_in_as(getattr(kenya, seat))
    assert "Only the head of delegation submits" in browser.get(at(opened, "/submission")).text
    assert browser.send(at(opened, "/submission"), fields(kenya, papers=shown(paper))).status_code == 422
    acts.submit_comment(session, build.acting(session, kenya.head), paper, NOON)
    assert "Only the head of delegation withdraws" in browser.get(at(opened, "/withdrawal")).text
    assert browser.send(at(opened, "/withdrawal"), fields(kenya, numbers="1")).status_code == 422
    assert count(session, Withdrawal) == 0


def test_all_of_the_round_is_withdrawn_once_while_it_is_open(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya = a_delegation(session, levels=2)
    for clause in ("3.1", "3.2"):
        build.a_comment(session, opened, kenya.head, clause)
    browser = signed_in_as(kenya.head)
    assert "Withdraw all 2 comments" in browser.get(at(opened, "/withdrawal")).text
    for _ in range(2):
        answer = browser.send(at(opened, "/withdrawal"), fields(kenya, numbers="1 2"))
        assert "2 comments are withdrawn" in answer.text
    assert count(session, Withdrawal) == 2
    assert session.scalars(select(Position).where(Position.is_current)).all() == []


def test_after_the_close_all_at_once_is_refused_with_a_sentence(
    session: Session, opened: build.Opened, signed_in_as: SignIn, stopped_at: Callable[..., None]
) -> None:
    kenya = a_delegation(session, levels=2)
    build.a_comment(session, opened, kenya.head)
    stopped_at(LATER)
    browser = signed_in_as(kenya.head)
    assert "The round has closed" in browser.get(at(opened, "/withdrawal")).text
    answer = browser.send(at(opened, "/withdrawal"), fields(kenya, numbers="1"))
    assert answer.status_code == 422 and "The round closed" in answer.text
    assert count(session, Withdrawal) == 0


def test_a_form_opened_for_one_voice_is_not_sent_for_another(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    from consult.core.actors import SYSTEM
    from consult.people.acts import give_seat

    kenya, uganda = a_delegation(session, levels=2), a_delegation(session, levels=2)
    paper = build.a_paper(session, opened, kenya.head)
    give_seat(session, SYSTEM, kenya.head, uganda.organisation, SeatKind.HEAD)
    browser = signed_in_as(kenya.head)
    assert "You speak for" in browser.get(at(opened)).text
    sent = {"papers": shown(paper)}
    assert browser.send(at(opened, "/submission"), {**sent, "voice": ""}).status_code == 404
    assert browser.send(at(opened, "/submission"), fields(uganda, **sent)).status_code == 404
    assert browser.send(at(opened, "/submission"), fields(kenya, **sent)).status_code == 200


@pytest.mark.parametrize("papers", ["nothing", "a:b", "../x:1", "x" * 30 + ":99999999999"])
def test_a_form_that_was_tampered_with_is_refused(
    session: Session, opened: build.Opened, signed_in_as: SignIn, papers: str
) -> None:
    kenya = a_delegation(session, levels=2)
    answer = signed_in_as(kenya.head).send(at(opened, "/submission"), fields(kenya, papers=papers))
    assert answer.status_code in (404, 422)


# The delegation's own deadline


@pytest.mark.parametrize(
    ("closes_at", "refusal"),
    [(NOON, PassedAlready), (NOON - timedelta(days=1), PassedAlready), (LATER, NotBeforeTheClose)],
)
def test_our_deadline_lies_between_now_and_the_close(
    session: Session, opened: build.Opened, closes_at: object, refusal: type[Exception]
) -> None:
    head = build.acting(session, build.a_delegate(session))
    with pytest.raises(refusal):
        set_deadline(session, head, opened.round.id, closes_at)  # type: ignore[arg-type]
    assert set_deadline(session, head, opened.round.id, TOMORROW).closes_at == TOMORROW
    set_deadline(session, head, opened.round.id, TONIGHT)
    assert count(session, InnerDeadline) == 1


def test_only_the_head_sets_it_and_not_once_the_round_is_over(
    session: Session, opened: build.Opened, stopped_at: Callable[..., None]
) -> None:
    kenya = a_delegation(session)
    for person in (kenya.contributor, kenya.deputy):
        with pytest.raises(OnlyTheHead):
            set_deadline(session, build.acting(session, person), opened.round.id, TOMORROW)
    stopped_at(LATER)
    with pytest.raises(RoundIsOver):
        set_deadline(session, build.acting(session, kenya.head), opened.round.id, LATER + timedelta(days=1))


def test_the_delegation_sees_its_deadline_and_what_came_after_it(
    session: Session, opened: build.Opened, signed_in_as: SignIn, stopped_at: Callable[..., None]
) -> None:
    kenya = a_delegation(session, levels=2)
    browser = signed_in_as(kenya.head)
    typed = {"closes_at": "2026-11-02T20:00"}
    assert browser.send(at(opened, "/deadline"), fields(kenya, **typed)).status_code == 303
    early = build.a_paper(session, opened, kenya.contributor, "3.1")
    theirs = signed_in_as(kenya.contributor)
    for address in (at(opened), of(opened, early), f"/en/consultations/{opened.slug}/contributions/"):
        assert "Our own deadline is in 8 hours" in theirs.get(address).text
    stopped_at(TOMORROW)
    build.a_paper(session, opened, kenya.contributor, "3.2")
    theirs = signed_in_as(kenya.contributor)
    page = theirs.get(at(opened)).text
    assert "Our own deadline has passed." in page
    assert page.count("after our deadline") == 1
    assert "Our own deadline has passed." in theirs.get(of(opened, early)).text


@pytest.mark.parametrize("typed", ["2026-11-01T20:00", "2026-12-24T20:00", "soon", ""])
def test_a_deadline_that_cannot_be_is_refused_with_what_was_typed(
    session: Session, opened: build.Opened, signed_in_as: SignIn, typed: str
) -> None:
    kenya = a_delegation(session)
    answer = signed_in_as(kenya.head).send(at(opened, "/deadline"), fields(kenya, closes_at=typed))
    assert answer.status_code == 422 and typed in answer.text
    assert count(session, InnerDeadline) == 0


def test_a_round_that_closes_earlier_overtakes_it(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya = a_delegation(session)
    set_deadline(session, build.acting(session, kenya.head), opened.round.id, NOON + timedelta(days=20))
    moderator = build.acting(session, opened.moderator)
    extend_round(session, moderator, opened.round, NOON + timedelta(days=10), "The conference was moved.")
    browser = signed_in_as(kenya.head)
    assert "Our own deadline has been overtaken." in browser.get(at(opened)).text
    browser.send(at(opened, "/deadline/withdrawal"), fields(kenya))
    assert count(session, InnerDeadline) == 0


# Its discussion


def test_the_delegation_talks_about_a_paper_and_about_the_consultation(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya = a_delegation(session)
    paper = build.a_paper(session, opened, kenya.contributor)
    browser = signed_in_as(kenya.deputy)
    on_paper = browser.send(
        of(opened, paper, "/discussion"), fields(kenya, words="Is it thirty?", form_key="one")
    )
    assert on_paper.status_code == 303
    on_all = browser.send(at(opened, "/discussion"), fields(kenya, words="Who reads 3.3?", form_key="two"))
    assert on_all.status_code == 303
    theirs = signed_in_as(kenya.contributor)
    paper_page, table = theirs.get(of(opened, paper)).text, theirs.get(at(opened)).text
    assert "Is it thirty?" in paper_page and "Who reads 3.3?" not in paper_page
    assert "Who reads 3.3?" in table and "Is it thirty?" not in table
    assert kenya.deputy.name in paper_page


def test_a_remark_sent_twice_is_one(session: Session, opened: build.Opened, signed_in_as: SignIn) -> None:
    kenya = a_delegation(session)
    browser = signed_in_as(kenya.deputy)
    for _ in range(2):
        browser.send(at(opened, "/discussion"), fields(kenya, words="Who reads 3.3?", form_key="two"))
    assert count(session, Remark) == 1


def test_a_remark_has_words_and_a_refused_one_keeps_them(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya = a_delegation(session)
    with pytest.raises(NothingSaid):
        make_remark(session, build.acting(session, kenya.deputy), opened.consultation.id, "  ", "")
    browser = signed_in_as(kenya.deputy)
    assert browser.send(at(opened, "/discussion"), fields(kenya, words=" ")).status_code == 422
    long = "endless " * 2000
    answer = browser.send(at(opened, "/discussion"), fields(kenya, words=long))
    assert answer.status_code == 422 and long.strip() in answer.text
    assert count(session, KeptWords) == 1
    assert long.strip() in browser.get(at(opened)).text
    browser.send(at(opened, "/discussion"), fields(kenya, words="Short.", form_key="k"))
    assert count(session, KeptWords) == 0


def test_a_remark_that_arrives_signed_out_is_offered_after_signing_in(
    session: Session, opened: build.Opened, client: Client
) -> None:
    kenya = a_delegation(session)
    paper = build.a_paper(session, opened, kenya.contributor)
    answer = client.send(of(opened, paper, "/discussion"), fields(kenya, words="Keep me."))
    assert answer.status_code == 303 and "/sign-in" in answer.location
    assert [one.fields for one in session.scalars(select(KeptWords))] == [{"words": "Keep me."}]


def test_the_older_remarks_are_a_page_away(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    kenya = a_delegation(session)
    who = build.acting(session, kenya.head)
    for number in range(103):
        make_remark(session, who, opened.consultation.id, f"Remark number {number}.", "")
    browser = signed_in_as(kenya.head)
    page = browser.get(at(opened)).text
    assert "Remark number 102." in page and "Remark number 2." not in page
    before = page[page.index("before=") + 7 :].split('"')[0]
    assert "Remark number 2." in browser.get(at(opened, f"?before={before}")).text


@pytest.mark.parametrize("rest", ["", "/submission", "/withdrawal", "/discussion", "/deadline"])
def test_who_moderates_or_sits_elsewhere_finds_no_work_here(
    session: Session, opened: build.Opened, signed_in_as: SignIn, rest: str
) -> None:
    kenya = a_delegation(session)
    paper = build.a_paper(session, opened, kenya.contributor, reasons="Unheard of.")
    for person in (opened.moderator, build.an_administrator(session), build.a_delegate(session)):
        answer = signed_in_as(person).get(at(opened, rest))
        assert "Unheard of." not in answer.text
        assert signed_in_as(person).get(of(opened, paper, "/discussion")).status_code == 404


def test_a_draft_is_handed_on_as_it_is(session: Session, opened: build.Opened, signed_in_as: SignIn) -> None:
    kenya = a_delegation(session, levels=2)
    paper = build.a_paper(session, opened, kenya.contributor, is_sent=False)
    browser = signed_in_as(kenya.contributor)
    assert "Hand it on as it is" in browser.get(of(opened, paper)).text
    for _ in range(2):
        assert browser.send(of(opened, paper, "/handing-on"), {"edition": "1"}).status_code == 303
    assert "Submit one comment" in signed_in_as(kenya.head).get(at(opened, "/submission")).text


def test_an_individual_has_a_table_too(
    session: Session, stopped_at: Callable[..., None], signed_in_as: SignIn
) -> None:
    stopped_at(NOON)
    opened = build.an_open_round(session, takes_individuals=True)
    person = build.a_person(session)
    paper = build.a_paper(session, opened, person)
    browser = signed_in_as(person)
    page = browser.get(at(opened)).text
    assert "Your work" in page and "Discussion" not in page
    assert "Submit one comment under your pseudonym" in browser.get(at(opened, "/submission")).text
    answer = browser.send(at(opened, "/submission"), {"voice": "", "papers": shown(paper)})
    assert "One comment is submitted" in answer.text
