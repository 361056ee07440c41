"""Is a person named with a comment? By her own consent, for that comment, until she takes it off or leaves."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments import acts
from consult.comments.models import Comment, Contribution
from consult.core.terms import SeatKind
from consult.db import commit
from consult.documents.tasks import _written
from consult.people.acts_accounts import NewProfile, keep_profile
from consult.people.models import Person
from consult.privacy.acts_leaving import leave
from consult.record.models import Disclosure, Entry
from tests import build
from tests.comments.test_pages import CLAUSE, filled, form_of
from tests.conftest import Client

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
NAME = "Wanjiru Planted-Name"
SignIn = Callable[[Person], Client]


@pytest.fixture
def opened(session: Session, stopped_at: Callable[[datetime], None]) -> build.Opened:
    stopped_at(NOON)
    return build.an_open_round(session, takes_individuals=True)


def a_writer(session: Session, seat: SeatKind = SeatKind.HEAD, **delegation: object) -> Person:
    """Somebody with a name that stands nowhere else."""
    person = build.a_delegate(session, seat=seat, **delegation)  # type: ignore[arg-type]
    person.name = NAME
    session.flush()
    return person


def said(session: Session, opened: build.Opened, by: Person, **words: object) -> Comment:
    return build.a_comment(session, opened, by, **words)


def public(client: Client, opened: build.Opened, number: int = 1) -> str:
    """All that a visitor reads of a comment: its page, the clause with its margin, and the record."""
    code = opened.clauses["3.2"].code
    under = f"/en/consultations/{opened.slug}"
    pages = (
        f"{under}/comments/{number}",
        f"{under}/drafts/0/clauses/{code}",
        f"{under}/record",
        "/en/record",
    )
    return "".join(client.get(page).text for page in pages)


def test_nobody_is_named_unless_she_says_so(session: Session, opened: build.Opened, client: Client) -> None:
    comment = said(session, opened, a_writer(session))
    assert not comment.names_author
    assert NAME not in public(client, opened)


def test_with_her_consent_card_and_page_say_by_whom_and_for_whom(
    session: Session, opened: build.Opened, client: Client
) -> None:
    kenya = build.an_organisation(session, name="Ministry of Kenya")
    said(session, opened, a_writer(session, organisation=kenya), names_author=True)
    code = opened.clauses["3.2"].code
    for page in ("comments/1", f"drafts/0/clauses/{code}"):
        assert (
            f"by {NAME}, for Ministry of Kenya" in client.get(f"/en/consultations/{opened.slug}/{page}").text
        )


def test_the_record_knows_that_somebody_is_named_and_not_who(session: Session, opened: build.Opened) -> None:
    said(session, opened, a_writer(session), names_author=True)
    commit(session)
    entry = session.scalars(select(Entry).where(Entry.act == "comment.submitted")).one()
    assert entry.facts["names_author"] is True
    assert NAME not in str([one.facts for one in session.scalars(select(Entry))])
    assert NAME not in str(list(session.scalars(select(Disclosure.words))))


def test_the_form_says_what_becomes_public_and_the_box_is_off(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    head = a_writer(session)
    browser = signed_in_as(head)
    page = browser.get(form_of(opened)).text
    assert "Public, once it is submitted:" in page and "Not public:" in page
    assert f"Publish my name, {NAME}, with this comment" in page
    assert 'name="names_author"' in page and "checked" not in page[page.index('id="names_author"') :][:200]
    browser.send(form_of(opened), filled(browser, opened, submit="1"))
    browser.send(
        form_of(opened, "3.3"), filled(browser, opened, "3.3", submit="1", names_author="y", proposed="")
    )
    named = list(session.scalars(select(Comment.names_author).order_by(Comment.number)))
    assert named == [False, True]


def test_an_individual_reads_that_her_pseudonym_is_public(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    person = build.a_person(session, name=NAME)
    page = signed_in_as(person).get(form_of(opened)).text
    assert person.pseudonym in page and "your name, unless you publish it" in page


def test_an_individual_can_be_named_beside_her_pseudonym(
    session: Session, opened: build.Opened, client: Client
) -> None:
    person = build.a_person(session, name=NAME)
    said(session, opened, person, names_author=True)
    page = client.get(f"/en/consultations/{opened.slug}/comments/1").text
    assert f"by {NAME}" in page and person.pseudonym in page


def test_where_no_pseudonyms_are_taken_the_form_says_that_the_name_is_public(
    session: Session, stopped_at: Callable[[datetime], None], signed_in_as: SignIn
) -> None:
    stopped_at(NOON)
    opened = build.an_open_round(session, takes_individuals=True, takes_pseudonyms=False)
    browser = signed_in_as(build.a_person(session, name=NAME))
    page = browser.get(form_of(opened)).text
    assert "your name beside your pseudonym" in page and "Submit in your own name" in page
    refused = browser.send(form_of(opened), filled(browser, opened, submit="1"))
    assert refused.status_code == 422 and "in their own name" in refused.text
    assert (
        browser.send(form_of(opened), filled(browser, opened, submit="1", names_author="y")).status_code
        == 303
    )


def delegation(session: Session) -> tuple[Person, Person]:
    """A contributor with a name, and the head of her delegation."""
    kenya = build.an_organisation(session)
    return a_writer(session, SeatKind.CONTRIBUTOR, organisation=kenya), build.a_delegate(session, kenya)


def test_nobody_else_can_give_her_consent(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    writer, head = delegation(session)
    paper = build.a_paper(session, opened, writer)
    commit(session)
    browser, address = signed_in_as(head), f"/en/consultations/{opened.slug}/contributions/{paper.key}"
    assert 'name="names_author"' not in browser.get(f"{address}?edit=1").text
    assert browser.send(f"{address}/name", {"names_author": "y"}).status_code == 404
    fields = {
        **{
            "stance": "support",
            "category": "general",
            "written_in": "en",
            "amendment": "",
            "proposed": CLAUSE,
        },
        **{"reasons": "Other words.", "edition": "1", "voice": head_slug(session, head), "names_author": "y"},
        "read_text": str(paper.read_text_id),
    }
    assert browser.send(f"{address}?edit=1", {**fields, "submit": "1"}).status_code == 303
    assert browser.send(f"{address}/submission", {"names_author": "y"}).status_code == 303
    session.expire_all()
    assert session.scalars(select(Comment.names_author)).all() == [False]


def head_slug(session: Session, head: Person) -> str:
    place = build.acting(session, head).place
    assert place is not None
    return place.slug


@pytest.mark.parametrize(
    ("words", "stays"),
    [
        ({}, True),
        ({"private_notes": "For us alone."}, True),
        ({"reasons": "Fifteen days are enough."}, False),
        ({"propose": "Other words."}, False),
    ],
)
def test_her_consent_lapses_when_somebody_else_changes_the_public_words(
    session: Session, opened: build.Opened, words: dict[str, str], stays: bool
) -> None:
    writer, head = delegation(session)
    paper = build.a_paper(session, opened, writer, names_author=True)
    change = build.saying(opened, **words)
    acts.change_contribution(session, build.acting(session, head), paper, change, paper.edition)
    assert paper.names_author is stays
    comment = acts.submit_comment(session, build.acting(session, head), paper, NOON)
    assert comment.names_author is stays


def test_she_can_give_it_again_before_it_is_submitted(
    session: Session, opened: build.Opened, signed_in_as: SignIn, client: Client
) -> None:
    writer, head = delegation(session)
    paper = build.a_paper(session, opened, writer, names_author=True)
    changed = build.saying(opened, reasons="Fifteen days are enough.")
    acts.change_contribution(session, build.acting(session, head), paper, changed, paper.edition)
    browser, address = signed_in_as(writer), f"/en/consultations/{opened.slug}/contributions/{paper.key}"
    page = browser.get(address).text
    assert "Publish my name" in page
    assert browser.send(f"{address}/name", {"names_author": "y"}).status_code == 303
    assert f"{NAME} has chosen to be named with it." in signed_in_as(head).get(address).text
    session.expire_all()
    acts.submit_comment(session, build.acting(session, head), session.get_one(Contribution, paper.id), NOON)
    assert f"by {NAME}" in public(client, opened)


def test_the_same_form_sent_twice_with_another_choice_is_not_the_same(
    session: Session, opened: build.Opened, signed_in_as: SignIn
) -> None:
    browser = signed_in_as(a_writer(session))
    fields = filled(browser, opened, keep="1")
    assert browser.send(form_of(opened), fields).status_code == 303
    assert browser.send(form_of(opened), fields).status_code == 303
    assert browser.send(form_of(opened), {**fields, "names_author": "y"}).status_code == 422


def test_she_takes_her_name_off_again_and_the_page_kept_for_visitors_turns_over(
    session: Session, opened: build.Opened, signed_in_as: SignIn, client: Client
) -> None:
    writer = a_writer(session)
    said(session, opened, writer, names_author=True)
    assert NAME in public(client, opened) and NAME in public(client, opened)
    address = f"/en/consultations/{opened.slug}/comments/1"
    other, browser = signed_in_as(build.a_delegate(session)), signed_in_as(writer)
    assert "Take my name off" not in other.get(address).text
    assert other.send(f"{address}/name/withdrawal").status_code == 404
    assert "Take my name off #1" in browser.get(address).text
    assert browser.send(f"{address}/name/withdrawal").status_code == 303
    assert browser.send(f"{address}/name/withdrawal").status_code == 303
    assert NAME not in public(client, opened)
    noted = session.scalars(select(Entry).where(Entry.act == "comment.name_withdrawn")).all()
    assert [one.facts for one in noted] == [{"number": 1}]
    assert writer.pseudonym not in noted[0].actor_label


def test_a_hidden_comment_names_nobody(session: Session, opened: build.Opened, client: Client) -> None:
    comment = said(session, opened, a_writer(session), names_author=True)
    acts.hide_comment(session, build.acting(session, opened.moderator), comment, "It insults.")
    assert NAME not in public(client, opened)


def test_a_page_kept_for_visitors_loses_the_name_with_its_person(
    session: Session, opened: build.Opened, client: Client
) -> None:
    writer = build.a_person(session, name=NAME)
    said(session, opened, writer, names_author=True)
    assert NAME in public(client, opened)
    leave(session, build.acting(session, writer), writer.pseudonym)
    shown = public(client, opened)
    assert NAME not in shown and writer.pseudonym in shown


def test_a_name_that_is_changed_is_changed_on_kept_pages_too(
    session: Session, opened: build.Opened, client: Client
) -> None:
    writer, silent = a_writer(session), a_writer(session)
    said(session, opened, writer, names_author=True)
    assert NAME in public(client, opened)
    for person in (writer, silent):
        changed = NewProfile("Wanjiru Otherwise", "en", "UTC", has_alerts=True)
        keep_profile(session, build.acting(session, person), changed)
    shown = public(client, opened)
    assert NAME not in shown and "by Wanjiru Otherwise" in shown
    noted = session.scalars(select(Entry).where(Entry.act == "name.changed")).all()
    assert [(one.facts, one.actor_label) for one in noted] == [({}, "system")], "only where a name is public"


@pytest.mark.parametrize("form", ["clean.docx", "clean.pdf"])
def test_documents_name_nobody(session: Session, opened: build.Opened, app: Flask, form: str) -> None:
    said(session, opened, a_writer(session), names_author=True)
    commit(session)
    wanted = {
        **{"language": "en", "form": form, "consultation_id": opened.consultation.id},
        **{"draft_id": opened.draft.id, "address": "https://consult.example.org"},
    }
    with app.app_context():
        _name, content = _written(session, wanted)
    if form.endswith("pdf"):
        told = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    else:
        archive = ZipFile(BytesIO(content))
        told = "".join(archive.read(one).decode("utf-8", "replace") for one in archive.namelist())
    assert "thirty days" in " ".join(told.split()) and NAME not in told
