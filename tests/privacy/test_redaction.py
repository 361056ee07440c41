"""Words that name or harm somebody are taken out: they are nowhere any more, and everything else goes on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult import tables
from consult.comments import acts as comments
from consult.comments.acts_redacting import Redacted, redact_comment
from consult.comments.models import Amendment, Comment
from consult.comments.refusals import NothingToRedact
from consult.consolidation.acts import NewDisposition, dispose_comment, publish_dispositions
from consult.consolidation.refusals import ProposalRedacted
from consult.core.terms import Outcome, SeatKind, TranslationState
from consult.db import commit
from consult.languages.acts import translate_text
from consult.languages.acts_redacting import redact_text
from consult.languages.models import Text
from consult.languages.refusals import RedactedAlready, RedactionReasonMissing
from consult.people.models import Person
from consult.record.models import Entry
from consult.record.reads import misfits
from consult.refusals import NotThere
from tests import build
from tests.conftest import Client

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
AFTER = datetime(2026, 12, 2, tzinfo=UTC)
REASONS = "Doctor Zebulon Quaggafield told the patient so."
PROPOSED = "Results should go to Doctor Zebulon Quaggafield within ten days."
PLANTED = "Quaggafield"
SignIn = Callable[[Person], Client]


@pytest.fixture
def opened(session: Session, stopped_at: Callable[[datetime], None]) -> build.Opened:
    stopped_at(NOON)
    return build.an_open_round(session)


@pytest.fixture
def comment(session: Session, opened: build.Opened) -> Comment:
    """A comment that names somebody in its reasons, in their translation and in the text that it proposes."""
    made = build.a_comment(session, opened, reasons=REASONS, propose=PROPOSED)
    source = session.get_one(Text, made.reasons_text_id)
    moderator = build.acting(session, opened.moderator)
    for body in ("Le docteur Quaggafield.", "Le docteur Zebulon Quaggafield l’a dit."):
        translate_text(session, moderator, source, "fr", body, TranslationState.DRAFT)
    commit(session)
    return made


def everything(session: Session) -> str:
    """All rows of all tables, as text."""
    session.flush()
    return "\n".join(str(tuple(row)) for table in tables.ALL for row in session.execute(select(table)))


def address(opened: build.Opened, tail: str = "") -> str:
    return f"/en/consultations/{opened.slug}/comments/1{tail}"


def test_what_is_taken_out_is_nowhere_and_the_record_verifies(
    session: Session, opened: build.Opened, comment: Comment
) -> None:
    assert PLANTED in everything(session)
    redact_comment(
        session, build.acting(session, opened.moderator), comment, list(Redacted), "It names a person."
    )
    commit(session)
    assert PLANTED not in everything(session)
    assert list(misfits(session)) == []
    noted = session.scalars(select(Entry).where(Entry.act == "text.redacted").order_by(Entry.position)).all()
    hashes = [one.facts["sha256"] for one in noted]
    amendment = session.scalars(select(Amendment)).one()
    texts = [session.get_one(Text, one) for one in (comment.reasons_text_id, amendment.proposed_text_id)]
    assert hashes == [one.sha256 for one in texts]
    assert all(one.redaction_reason == "It names a person." and one.body == "" for one in texts)
    assert noted[0].facts["of"] == "#1" and noted[0].facts["translations"] == 2


def test_reasons_alone_can_go(session: Session, opened: build.Opened, comment: Comment) -> None:
    redact_comment(session, build.acting(session, opened.moderator), comment, [Redacted.REASONS], "A name.")
    amendment = session.scalars(select(Amendment)).one()
    assert session.get_one(Text, amendment.proposed_text_id).body == PROPOSED


def test_pages_say_so_in_place_of_the_words(
    session: Session, opened: build.Opened, comment: Comment, client: Client
) -> None:
    code = opened.clauses["3.2"].code
    margin = f"/en/consultations/{opened.slug}/drafts/0/clauses/{code}"
    assert PLANTED in client.get(margin).text and PLANTED in client.get(address(opened)).text
    redact_comment(
        session, build.acting(session, opened.moderator), comment, list(Redacted), "It names a person."
    )
    for page in (
        address(opened),
        f"/fr{address(opened)[3:]}",
        margin,
        f"/en/consultations/{opened.slug}/record",
    ):
        assert PLANTED not in client.get(page).text
    shown = client.get(address(opened)).text
    assert "These words were taken out" in shown and "The proposed words were taken out" in shown
    assert "<del>" not in shown
    assert "It names a person." in client.get(f"/en/consultations/{opened.slug}/record").text


def test_moderators_and_administrators_do_it_on_its_page(
    session: Session, opened: build.Opened, comment: Comment, signed_in_as: SignIn
) -> None:
    administrator = build.an_administrator(session)
    head = build.a_delegate(session, seat=SeatKind.HEAD)
    assert signed_in_as(head).get(address(opened, "/redaction")).status_code == 404
    page = signed_in_as(opened.moderator).get(address(opened, "/redaction")).text
    assert "This cannot be undone." in page and REASONS in page
    browser = signed_in_as(administrator)
    assert browser.get(address(opened, "/redaction")).status_code == 200
    refused = browser.send(address(opened, "/redaction"), {"reason": "A name."})
    assert refused.status_code == 422 and "Choose which words" in refused.text
    refused = browser.send(address(opened, "/redaction"), {"of_reasons": "y"})
    assert refused.status_code == 422 and "Give the reason" in refused.text
    done = browser.send(address(opened, "/redaction"), {"of_reasons": "y", "reason": "A name."})
    assert done.status_code == 303
    again = browser.send(address(opened, "/redaction"), {"of_reasons": "y", "reason": "A name."})
    assert again.status_code == 422 and "taken out before" in again.text


def test_nobody_else_takes_words_out(session: Session, opened: build.Opened, comment: Comment) -> None:
    author = session.get_one(Person, comment.author_id)
    for who in (author, build.a_person(session)):
        with pytest.raises(NotThere):
            redact_comment(session, build.acting(session, who), comment, list(Redacted), "A name.")


def test_a_reason_is_asked_and_twice_is_refused(
    session: Session, opened: build.Opened, comment: Comment
) -> None:
    moderator = build.acting(session, opened.moderator)
    source = session.get_one(Text, comment.reasons_text_id)
    with pytest.raises(RedactionReasonMissing):
        redact_text(session, moderator, source, "  ")
    redact_text(session, moderator, source, "A name.")
    with pytest.raises(RedactedAlready):
        redact_text(session, moderator, source, "A name.")
    with pytest.raises(NothingToRedact):
        redact_comment(session, moderator, comment, [], "A name.")


def test_platform_texts_are_the_administrators(session: Session, opened: build.Opened) -> None:
    from consult.languages.acts import write_text

    written = write_text(session, None, "en", "Words about somebody.")
    with pytest.raises(NotThere):
        redact_text(session, build.acting(session, opened.moderator), written, "A name.")
    redact_text(session, build.acting(session, build.an_administrator(session)), written, "A name.")
    assert written.body == ""


def test_the_database_lets_nothing_else_of_a_text_change(session: Session, comment: Comment) -> None:
    for change in (
        "body = 'Other words.'",
        "body = '', sha256 = 'x', redacted_at = '2026-11-02 12:00:00+00:00'",
    ):
        with pytest.raises(DBAPIError, match="immutable"):
            session.execute(text(f"UPDATE text SET {change} WHERE id = {comment.reasons_text_id}"))
        session.rollback()


def at_the_desk(opened: build.Opened, tail: str = "") -> str:
    return f"/en/consultations/{opened.slug}/desk/{opened.clauses['3.2'].code}{tail}"


def test_the_desk_does_not_take_the_empty_words_for_a_proposal(
    session: Session,
    opened: build.Opened,
    comment: Comment,
    signed_in_as: SignIn,
    stopped_at: Callable[[datetime], None],
) -> None:
    other = build.a_comment(session, opened, reasons="Ten days.", propose="Other words by somebody else.")
    moderator = build.acting(session, opened.moderator)
    for one in (comment, other):
        redact_comment(session, moderator, one, [Redacted.PROPOSED], "A name.")
    commit(session)
    stopped_at(AFTER)
    browser = signed_in_as(opened.moderator)
    desk = browser.get(at_the_desk(opened))
    assert desk.status_code == 200
    assert desk.text.count("The proposed words were taken out") == 2, (
        "two emptied proposals are not one and the same"
    )
    assert build.A_DRAFT[2].body in desk.text
    with pytest.raises(ProposalRedacted):
        dispose_comment(
            session, moderator, comment, opened.round, NewDisposition(Outcome.ACCEPTED, "Yes.", "en")
        )
    session.rollback()
    noted = NewDisposition(Outcome.NOTED, "Noted.", "en")
    dispose_comment(session, moderator, comment, opened.round, noted)


def test_words_taken_out_after_they_were_accepted_strike_nothing(
    session: Session,
    opened: build.Opened,
    comment: Comment,
    signed_in_as: SignIn,
    stopped_at: Callable[[datetime], None],
) -> None:
    moderator = build.acting(session, opened.moderator)
    stopped_at(AFTER)
    accepted = NewDisposition(Outcome.ACCEPTED, "Yes.", "en")
    dispose_comment(session, moderator, comment, opened.round, accepted)
    redact_comment(session, moderator, comment, [Redacted.PROPOSED], "A name.")
    commit(session)
    browser = signed_in_as(opened.moderator)
    page = browser.get(at_the_desk(opened)).text
    area = page[page.index('id="text"') :]
    assert build.A_DRAFT[2].body in area[: area.index("</textarea>")]
    for tail in ("", "publication"):
        found = browser.get(f"/en/consultations/{opened.slug}/desk/{tail}")
        assert found.status_code == 200, tail
    publish_dispositions(session, moderator, opened.round)
    responses = browser.get(f"/en/consultations/{opened.slug}/rounds/1/responses")
    assert responses.status_code == 200 and "The proposed words were taken out" in responses.text


def test_the_form_that_replaces_a_redacted_comment_starts_without_the_words(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    head = build.a_delegate(session)
    made = build.a_comment(session, opened, head, reasons=REASONS, propose=PROPOSED)
    redact_comment(session, build.acting(session, opened.moderator), made, list(Redacted), "A name.")
    code = opened.clauses["3.2"].code
    page = signed_in_as(head).get(
        f"/en/consultations/{opened.slug}/drafts/0/clauses/{code}/comments/new?supersedes=1"
    )
    assert page.status_code == 200 and PLANTED not in page.text
    mine = signed_in_as(head).get(f"/en/consultations/{opened.slug}/contributions/")
    assert mine.status_code == 200 and PLANTED not in mine.text
    comments.withdraw_comment(session, build.acting(session, head), made, NOON + timedelta(minutes=1))


def test_verify_still_passes(session: Session, opened: build.Opened, comment: Comment, app: Flask) -> None:
    redact_comment(session, build.acting(session, opened.moderator), comment, list(Redacted), "A name.")
    commit(session)
    told = app.test_cli_runner().invoke(args=["consult", "verify"])
    assert told.exit_code == 0, told.output
