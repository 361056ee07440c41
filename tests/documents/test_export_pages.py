"""Taking a draft out through the page: asked for, made by a job, downloaded, and true to both drafts."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

import docx
import pypdf
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.cli.worker import run_due
from consult.consolidation import acts_publishing, acts_settling
from consult.consolidation.acts_settling import NewSettlement, Reason
from consult.core.terms import ClauseKind, SettlementKind, Track, TranslationState
from consult.documents.models import Upload
from consult.drafts.acts import NewClause
from consult.drafts.models import Consultation
from consult.drafts.reads import tree
from consult.jobs import Job
from consult.languages.acts import translate_text
from consult.languages.models import Text
from consult.people.models import Person
from tests import build
from tests.conftest import Client
from tests.documents.word_settling import accepted, as_it_stands, rejected

BODIES = {
    "1.1": "Every system should be tested before release.[^1]\n\n[^1]: Release means the first use by others.",
    "1.2": "Test results should be shared within thirty days.",
    "1.3": "Tests should cover:\n\n- accuracy;\n- robustness.",
}
TOLD = {
    "ar": ("ينبغي اختبار كل نظام قبل إصداره.", "المبادئ التوجيهية"),
    "zh": ("每个系统在发布前都应当经过测试。", "测试指南"),
    "fr": ("Chaque système devrait être essayé avant sa mise à disposition.", "Lignes directrices"),
}
NEW = "Test results should be shared with every authority within fifteen days."


class Published:
    """A consultation in four languages with a zero draft and its first revision."""

    def __init__(self, session: Session, stopped_at: Callable[[datetime], None], **facts: object) -> None:
        self.session = session
        clauses = (
            NewClause(ClauseKind.SECTION, 0, "1", "Testing", ""),
            *(NewClause(ClauseKind.CLAUSE, 1, number, "", body) for number, body in BODIES.items()),
        )
        opened = build.an_open_round(session, clauses=clauses, title="Guidelines", slug="testing", **facts)  # type: ignore[arg-type]
        self.moderator, consultation = opened.moderator, opened.consultation
        actor = build.acting(session, self.moderator)
        stopped_at(opened.round.closes_at + timedelta(days=1))
        self._translated(consultation, opened.clauses["1.1"].text_id)
        editorial = Reason(is_editorial=True)
        for number, new in (
            ("1.2", NewSettlement(SettlementKind.REPLACE, NEW, otherwise=editorial)),
            ("1.3", NewSettlement(SettlementKind.DELETE, "", otherwise=editorial)),
        ):
            acts_settling.settle_clause(
                session, actor, opened.draft, opened.clauses[number].clause_id, new, 0
            )
        after = opened.clauses["1.1"].clause_id
        words = NewSettlement(
            SettlementKind.INSERT, "Small developers may share a test.", otherwise=editorial
        )
        acts_settling.insert_clause(session, actor, opened.draft, after, words)
        self.draft = acts_publishing.publish_draft(session, actor, consultation, 0)

    def _translated(self, consultation: Consultation, text_id: int) -> None:
        actor = build.acting(self.session, self.moderator)
        for language, (words, title) in TOLD.items():
            for source, said in ((text_id, words), (consultation.title_text_id, title)):
                text = self.session.get_one(Text, source)
                translate_text(
                    self.session, actor, text, language, said, TranslationState.DRAFT, consultation.id
                )


def address(language: str, form: str, ordinal: int = 1, spoken: str = "en") -> str:
    return f"/{spoken}/consultations/testing/drafts/{ordinal}/documents/{language}/{form}"


def run_all(app: Flask) -> None:
    """What a worker does until nothing is due; the round's own jobs are among it."""
    while run_due(app):
        pass


@pytest.fixture
def published(session: Session, stopped_at: Callable[[datetime], None]) -> Published:
    return Published(session, stopped_at)


@pytest.fixture
def download(app: Flask, client: Client, published: Published) -> Callable[..., bytes]:
    def downloaded(language: str, form: str, ordinal: int = 1) -> bytes:
        place = address(language, form, ordinal)
        assert "Make the document" in client.get(place).text
        assert client.send(place).status_code == 303
        assert "being made" in client.get(place).text
        run_all(app)
        answer = client.get(place)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=testing-draft-")
        return answer.data

    return downloaded


@pytest.mark.parametrize("language", ["en", "ar", "zh", "fr"])
def test_accepting_all_gives_this_draft_and_rejecting_all_the_one_before(
    download: Callable[..., bytes], language: str
) -> None:
    tracked = download(language, "changes.docx")
    assert docx.Document(io.BytesIO(tracked)).paragraphs
    new, old = download(language, "clean.docx"), download(language, "clean.docx", 0)
    assert accepted(tracked) == as_it_stands(new)
    assert rejected(tracked) == as_it_stands(old)
    assert as_it_stands(new) != as_it_stands(old)
    said = TOLD[language][0] if language in TOLD else "Every system should be tested before release."
    assert any(said in line for line in as_it_stands(new))
    assert any(NEW in line for line in as_it_stands(new))


def test_changes_carry_author_and_date(download: Callable[..., bytes], published: Published) -> None:
    tracked = zipfile.ZipFile(io.BytesIO(download("en", "changes.docx"))).read("word/document.xml").decode()
    at = published.draft.published_at
    assert at is not None
    assert 'w:author="Moderators of the consultation"' in tracked
    assert f'w:date="{at:%Y-%m-%dT%H:%M:%SZ}"' in tracked


@pytest.mark.parametrize("language", ["en", "ar", "zh", "fr"])
@pytest.mark.parametrize("form", ["clean.pdf", "changes.pdf"])
def test_a_pdf_opens_and_says_its_words(download: Callable[..., bytes], language: str, form: str) -> None:
    pages = pypdf.PdfReader(io.BytesIO(download(language, form))).pages
    words = "".join("".join(page.extract_text() for page in pages).split())
    assert "fifteen" in words
    assert ("accuracy" in words) is (form == "changes.pdf")
    if language in ("zh", "fr"):
        assert "".join(TOLD[language][0].split()) in words
    if language == "ar":
        assert all(word in words for word in TOLD["ar"][0].rstrip(".").split())


def test_the_same_document_is_made_once_whoever_asks(
    app: Flask, client: Client, session: Session, published: Published
) -> None:
    for spoken in ("en", "ar", "en"):
        assert client.send(address("fr", "clean.docx", spoken=spoken)).status_code == 303
        run_all(app)
        assert client.get(address("fr", "clean.docx", spoken=spoken)).mimetype.endswith(
            "wordprocessingml.document"
        )
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Job).where(Job.kind == "documents.export")) == 1
    assert session.scalar(select(func.count()).select_from(Upload)) == 1


def test_a_new_translation_makes_a_new_document(
    client: Client, session: Session, published: Published, download: Callable[..., bytes]
) -> None:
    download("fr", "clean.docx")
    actor = build.acting(session, published.moderator)
    line = next(one for one in tree(session, published.draft.id) if one.number == "1.3")
    text = session.get_one(Text, line.text_id)
    translate_text(session, actor, text, "fr", "Les résultats sont communiqués.", TranslationState.DRAFT)
    again = download("fr", "clean.docx")
    assert any("Les résultats sont communiqués." in one for one in as_it_stands(again))


def test_letters_without_a_font_are_told_and_can_be_asked_for_again(
    app: Flask, client: Client, session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    Published(session, stopped_at, languages=("ar", "fr", "zh", "am"))
    text = session.scalars(select(Text).where(Text.body == NEW)).one()
    actor = build.acting(session, build.a_moderator(session))
    translate_text(session, actor, text, "am", "የፈተና ውጤቶች", TranslationState.DRAFT)
    place = address("am", "clean.pdf")
    client.send(place)
    run_all(app)
    page = client.get(place).text
    assert "No font here has these letters, in Amharic" in page
    assert "Take the Word file" in page
    assert "Try again" in page
    client.send(place)
    assert "being made" in client.get(place).text


def test_the_list_offers_what_there_is(client: Client, published: Published) -> None:
    page = client.get("/en/consultations/testing/drafts/1/documents").text
    assert page.count("changes.docx") == page.count("clean.pdf") == 4
    assert "changes.docx" not in client.get("/en/consultations/testing/drafts/0/documents").text
    for place in (address("th", "clean.pdf"), address("en", "clean.exe"), address("en", "clean.pdf", 7)):
        assert client.get(place).status_code == 404


def test_documents_of_a_restricted_consultation_are_not_there_for_others(
    app: Flask,
    client: Client,
    session: Session,
    stopped_at: Callable[[datetime], None],
    signed_in_as: Callable[[Person], Client],
) -> None:
    parties = (build.an_organisation(session), build.an_organisation(session))
    member = build.a_delegate(session, parties[0])
    Published(session, stopped_at, parties=parties, track=Track.BILATERAL, is_restricted=True)
    inside = signed_in_as(member)
    place = address("en", "clean.docx")
    inside.send(place)
    run_all(app)
    assert inside.get(place).mimetype.endswith("wordprocessingml.document")
    for browser in (client, signed_in_as(build.a_delegate(session))):
        assert browser.get(place).status_code == 404
        assert browser.send(place).status_code == 404
        assert browser.get("/en/consultations/testing/drafts/1/documents").status_code == 404
