"""What changed in a paper since it was verified: who changed it, and what, word by word."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments import acts
from consult.comments.models import Contribution
from consult.comments.models_joint import ContributionEdition
from consult.comments.reads_editions import editions_of
from consult.comments.refusals import NotCleared, TooLate
from consult.core.terms import Category, PaperState, SeatKind, Stance
from consult.jobs import Job
from consult.people.models import Organisation, Person
from tests import build
from tests.conftest import Client

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
LATER = datetime(2026, 12, 2, 12, tzinfo=UTC)
SignIn = Callable[[Person], Client]


@pytest.fixture
def opened(session: Session, stopped_at: Callable[[datetime], None]) -> build.Opened:
    stopped_at(NOON)
    return build.an_open_round(session)


@pytest.fixture
def kenya(session: Session) -> Organisation:
    return build.an_organisation(session, levels=3, name="Ministry of Kenya")


def verified(
    session: Session, opened: build.Opened, kenya: Organisation
) -> tuple[Contribution, Person, Person]:
    writer, deputy = (
        build.a_delegate(session, kenya, seat=seat) for seat in (SeatKind.CONTRIBUTOR, SeatKind.DEPUTY)
    )
    paper = build.a_paper(
        session, opened, writer, propose="Test results should be shared within thirty days."
    )
    acts.verify_contribution(session, build.acting(session, deputy), paper)
    return paper, writer, deputy


def test_every_edition_keeps_its_words(session: Session, opened: build.Opened, kenya: Organisation) -> None:
    paper, _, deputy = verified(session, opened, kenya)
    other = build.saying(opened, reasons="Sixty days.", stance=Stance.OBJECT)
    acts.change_contribution(session, build.acting(session, deputy), paper, other, paper.edition)
    rows = session.scalars(select(ContributionEdition).order_by(ContributionEdition.edition)).all()
    assert [(row.edition, row.is_verified) for row in rows] == [(1, False), (2, True), (3, False)]
    assert [row.reasons for row in rows][1:] == ["Thirty days leave a market exposed.", "Sixty days."]


def test_what_changed_since_it_was_verified_is_told_word_by_word(
    session: Session, opened: build.Opened, kenya: Organisation
) -> None:
    paper, _, deputy = verified(session, opened, kenya)
    assert editions_of(session, [paper])[paper.id].since is None
    head = build.a_delegate(session, kenya)
    other = build.saying(
        opened,
        reasons="Thirty days leave a whole market exposed.",
        stance=Stance.OBJECT,
        category=Category.TECHNICAL,
        propose="Test results should be shared within fifteen days.",
    )
    acts.change_contribution(session, build.acting(session, head), paper, other, paper.edition)
    since = editions_of(session, [paper])[paper.id].since
    assert since is not None and since.by == deputy.name
    assert [one.by for one in since.changed_by] == [head.name]
    changes = since.changes
    assert changes.stance == (Stance.SUPPORT_WITH_CHANGES, Stance.OBJECT)
    assert changes.category == (Category.SUBSTANTIVE, Category.TECHNICAL)
    assert [run.text for run in changes.proposed if run.kind != "equal"] == ["thirty", "fifteen"]
    assert [run.text.strip() for run in changes.reasons if run.kind != "equal"] == ["whole"]
    assert changes.language is None


def test_private_notes_change_nothing_that_was_verified(
    session: Session, opened: build.Opened, kenya: Organisation
) -> None:
    paper, _, deputy = verified(session, opened, kenya)
    same = build.saying(
        opened, propose="Test results should be shared within thirty days.", private_notes="Ask Nairobi."
    )
    acts.change_contribution(session, build.acting(session, deputy), paper, same, paper.edition)
    assert editions_of(session, [paper])[paper.id].since is None


def test_verified_again_it_is_as_it_was_verified(
    session: Session, opened: build.Opened, kenya: Organisation
) -> None:
    paper, _, deputy = verified(session, opened, kenya)
    who = build.acting(session, deputy)
    acts.change_contribution(session, who, paper, build.saying(opened, reasons="Anew."), paper.edition)
    assert editions_of(session, [paper])[paper.id].since is not None
    acts.verify_contribution(session, who, paper)
    assert editions_of(session, [paper])[paper.id].since is None


def test_the_head_sees_plainly_what_changed_before_she_submits(
    session: Session, opened: build.Opened, kenya: Organisation, signed_in_as: SignIn
) -> None:
    paper, writer, deputy = verified(session, opened, kenya)
    other = build.saying(opened, reasons="Thirty days leave a whole market exposed.")
    acts.change_contribution(session, build.acting(session, deputy), paper, other, paper.edition)
    browser = signed_in_as(build.a_delegate(session, kenya))
    page = browser.get(f"/en/consultations/{opened.slug}/contributions/{paper.key}").text
    assert f"Changed since it was verified by {deputy.name}" in page and "whole</ins>" in page
    assert "Verify the changed words, and submit as Ministry of Kenya" in page
    assert "Who changed what, when" in page and (writer.name or "") in page
    preview = browser.get(f"/en/consultations/{opened.slug}/delegation/submission").text
    assert "Not in this submission" in preview and "changed since it was verified" in preview
    assert "Nothing is ready to be submitted" in preview


def test_a_changed_paper_must_be_verified_again_where_the_organisation_verifies(
    session: Session, opened: build.Opened, kenya: Organisation
) -> None:
    paper, writer, deputy = verified(session, opened, kenya)
    who = build.acting(session, deputy)
    acts.change_contribution(session, who, paper, build.saying(opened, reasons="Anew."), paper.edition)
    assert paper.state is PaperState.DRAFT
    with pytest.raises(NotCleared):
        acts.submit_comment(session, who, paper, NOON)
    with pytest.raises(NotCleared):
        acts.verify_contribution(session, build.acting(session, writer), paper)


def test_who_takes_the_next_step_gets_a_letter_and_who_wrote_it_when_it_comes_back(
    session: Session, opened: build.Opened, kenya: Organisation
) -> None:
    paper, _, deputy = verified(session, opened, kenya)
    acts.return_contribution(session, build.acting(session, deputy), paper, "Name the cost.")
    letters = [
        one.arguments["letter"]
        for one in session.scalars(select(Job).where(Job.kind == "letters.write").order_by(Job.id))
    ]
    assert letters == ["paper.waiting", "paper.waiting", "paper.returned"]


def test_who_can_submit_herself_waits_for_nobody(session: Session, opened: build.Opened) -> None:
    build.a_comment(session, opened)
    assert session.scalars(select(Job).where(Job.kind == "letters.write")).all() == []


def test_after_the_close_nothing_is_replaced(session: Session, opened: build.Opened) -> None:
    head = build.a_delegate(session)
    comment = build.a_comment(session, opened, head)
    paper = build.a_paper(session, opened, head, supersedes=comment.number)
    who = build.acting(session, head)
    with pytest.raises(TooLate):
        acts.submit_comment(session, who, paper, LATER)
    with pytest.raises(TooLate):
        saying = build.saying(opened, supersedes=comment.number)
        acts.write_contribution(session, who, opened.consultation.id, saying, LATER)


def test_a_paper_does_not_change_what_it_was_read_against(session: Session, opened: build.Opened) -> None:
    head = build.a_delegate(session)
    paper = build.a_paper(session, opened, head)
    read = paper.read_text_id
    other = build.saying(opened, read_text_id=opened.clauses["3.1"].text_id)
    acts.change_contribution(session, build.acting(session, head), paper, other, 1)
    assert paper.read_text_id == read
