"""Bringing a draft in through the page: real files, hostile ones, and the outline that is mended and confirmed."""

import io
import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from consult.core.terms import ClauseKind, Track
from consult.documents.models import Outline, Upload, UploadPart
from consult.drafts.acts import NewConsultation, start_consultation
from consult.drafts.models import Draft
from consult.drafts.reads import ClauseLine, tree
from consult.languages.models import Text
from consult.people.models import Person
from consult.record.models import Entry
from tests import build
from tests.conftest import Client
from tests.documents.making import in_corpus, paragraph, word_file
from tests.documents.test_child import HOSTILE

SIX = "\n\n".join(f"{number}. Clause number {number} says what is to be done." for number in range(1, 7))
IMPORT = "/en/consultations/testing/import"


class Desk:
    """A moderator's browser at the import page of a consultation without a draft."""

    def __init__(self, session: Session, browser: Client) -> None:
        self.session, self.browser = session, browser
        self.address = ""

    def sends(self, *files: tuple[str, bytes], pasted: str = "") -> int:
        """Posts the upload form; keeps the outline's address."""
        sent = [FileStorage(io.BytesIO(content), name) for name, content in files]
        form = {"csrf_token": self.browser.token(), "pasted": pasted, **({"files": sent} if sent else {})}
        boundary, body = encode_multipart(form)  # the client's own way leaves temporary files open
        answer = self.browser.post(
            IMPORT, data=body, content_type=f"multipart/form-data; boundary={boundary}"
        )
        self.page = answer.text
        if answer.status_code == 303:
            self.address = answer.location
        return answer.status_code

    def steps(self, step: str, index: int = 0, *, seen: int | None = None, **facts: str) -> int:
        """Posts one small form of the outline."""
        edition = self.row().edition if seen is None else seen
        answer = self.browser.send(self.address, {"step": step, "index": index, "seen": edition, **facts})
        self.page = answer.text
        self.session.rollback()
        return answer.status_code

    def row(self) -> Outline:
        """The newest outline."""
        self.session.expire_all()
        return self.session.scalars(select(Outline).order_by(Outline.id.desc()).limit(1)).one()

    def clauses(self) -> list[ClauseLine]:
        """The draft's clauses below the whole."""
        self.session.expire_all()
        return list(tree(self.session, self.session.scalars(select(Draft.id)).one())[1:])

    def words(self, line: ClauseLine) -> str:
        return self.session.get_one(Text, line.text_id).body

    def count(self, kind: type[Outline] | type[Upload] | type[UploadPart] | type[Draft]) -> int:
        self.session.rollback()
        return self.session.scalar(select(func.count()).select_from(kind)) or 0


@pytest.fixture
def desk(session: Session, signed_in_as: Callable[[Person], Client]) -> Desk:
    moderator = build.a_moderator(session)
    new = NewConsultation("Testing", "On testing.", "en", ("ar", "zh"), Track.OPEN, slug="testing")
    start_consultation(session, build.acting(session, moderator), new)
    return Desk(session, signed_in_as(moderator))


def test_a_united_nations_declaration_comes_in_from_word_with_its_eleven_articles(desk: Desk) -> None:
    file = in_corpus("docx/UN-declaration-racial-discrimination.docx")
    assert desk.sends((file.name, file.read_bytes())) == 303
    assert desk.count(Draft) == 0
    assert desk.steps("confirm") == 303
    articles = [one for one in desk.clauses() if re.match(r"Article \d+", one.number)]
    assert [one.number for one in articles] == [f"Article {number}" for number in range(1, 12)]
    upload = desk.session.scalars(select(Upload)).one()
    assert upload.size == file.stat().st_size


def test_sixteen_files_in_one_upload_become_426_numbered_paragraphs_shown_fifty_at_a_time(desk: Desk) -> None:
    paths = sorted(
        in_corpus("texts/eu-draft-guidelines-high-risk").rglob("*.md"), key=lambda path: path.name[::-1]
    )
    assert desk.sends(*((path.name, path.read_bytes()) for path in paths)) == 303
    page = desk.browser.get(desk.address).text
    assert page.count('<li class="card') == 50
    assert "After (62) comes (70)" in page
    count = int(re.search(r"Page 1 of (\d+)", page)[1])  # type: ignore[index]
    last = desk.browser.get(f"{desk.address}?page={count}").text
    assert 0 < last.count('<li class="card') <= 50
    assert desk.steps("confirm") == 303
    numbers = [one.number for one in desk.clauses() if re.fullmatch(r"\(\d+\)", one.number)]
    assert numbers == [f"({number})" for number in (*range(15, 63), *range(70, 448))]


def test_a_chinese_law_is_pasted_with_its_chapters_and_articles(desk: Desk) -> None:
    text = in_corpus("texts/china-shenzhen-ai-promotion-2022.zh.md").read_text()
    assert desk.sends(pasted=text.replace("\n", "\r\n")) == 303
    assert desk.steps("confirm") == 303
    numbers = [one.number for one in desk.clauses()]
    assert sum(bool(re.fullmatch("第[一二三四五六七八九十]+条", number)) for number in numbers) == 73
    assert sum(bool(re.fullmatch("第[一二三四五六七八九十]+章", number)) for number in numbers) == 7


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_clear_sentence_and_leaves_nothing(desk: Desk, name: str) -> None:
    assert desk.sends(("draft.docx", HOSTILE[name][0])) == 422
    assert 'role="alert"' in desk.page
    assert (desk.count(Upload), desk.count(UploadPart), desk.count(Outline), desk.count(Draft)) == (
        0,
        0,
        0,
        0,
    )


def test_the_hostile_corpus_leaves_nothing_either(desk: Desk) -> None:
    for path in sorted(in_corpus("docx/hostile").iterdir()):
        assert desk.sends((path.name, path.read_bytes())) == 422
        assert 'role="alert"' in desk.page
    assert (desk.count(Upload), desk.count(Outline)) == (0, 0)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ((), "Choose a file, or paste the text"),
        ((("sheet.xlsx", b"PK\x03\x04"),), "sheet.xlsx is in a format that is not read here"),
        ((("a.docx", word_file()), ("b.docx", word_file())), "Several files become one draft only if"),
        ((("a.md", "Ünïcode".encode("latin-1")),), "a.md is not text in UTF-8"),
        ((("a.md", b"\n\n"),), "No text was found in it"),
        ((("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),), "old Word file"),
    ],
)
def test_what_is_no_draft_is_said_with_a_way_on(
    desk: Desk, files: tuple[tuple[str, bytes], ...], sentence: str
) -> None:
    assert desk.sends(*files) == 422
    assert sentence in desk.page
    assert (desk.count(Upload), desk.count(Outline)) == (0, 0)


def test_half_a_megabyte_is_pasted_and_read(desk: Desk) -> None:
    text = "\n\n".join(f"{n}. {'Developers should test what they release. ' * 12}" for n in range(1, 1001))
    assert len(text) > 500_000
    assert desk.sends(pasted=text) == 303
    page = desk.browser.get(desk.address).text
    assert "Page 1 of 20" in page
    assert "Page 20 of 20" in desk.browser.get(f"{desk.address}?page=999").text


def test_signs_that_no_text_holds_are_left_out_of_a_paste(desk: Desk) -> None:
    assert desk.sends(pasted="1. Nothing\x00 is lost.") == 303
    desk.steps("confirm")
    assert [desk.words(one) for one in desk.clauses()] == ["Nothing is lost."]


def test_steps_join_split_renumber_drop_and_undo(desk: Desk) -> None:
    desk.sends(pasted=SIX)
    assert desk.steps("join", 1) == 303
    assert desk.steps("split", 1, words="Clause number 3 says || what is to be done.") == 303
    assert desk.steps("renumber", 2, number="3bis") == 303
    assert desk.steps("drop", 5) == 303
    assert desk.steps("drop", 0) == 303
    assert desk.steps("undo") == 303
    assert desk.steps("confirm") == 303
    assert [(one.number, desk.words(one)) for one in desk.clauses()] == [
        ("1", "Clause number 1 says what is to be done.\n\n2 Clause number 2 says what is to be done."),
        ("3", "Clause number 3 says"),
        ("3bis", "what is to be done."),
        ("4", "Clause number 4 says what is to be done."),
        ("5", "Clause number 5 says what is to be done."),
    ]


def test_levels_and_kinds_can_be_mended(desk: Desk) -> None:
    desk.sends(pasted=SIX)
    assert desk.steps("set_kind", 0, kind="section") == 303
    assert desk.steps("indent", 1) == 303
    assert desk.steps("confirm") == 303
    section, below, *others = desk.clauses()
    assert (section.kind, below.parent_id) == (ClauseKind.SECTION, section.clause_id)
    assert {one.parent_id for one in others} == {section.parent_id}


def test_a_step_leads_back_to_the_page_and_the_place_where_it_was_done(desk: Desk) -> None:
    desk.sends(pasted="\n\n".join(f"{n}. Clause {n} stands here." for n in range(1, 121)))
    answer = desk.browser.send(desk.address, {"step": "renumber", "index": 70, "seen": 1, "number": "71a"})
    place, _, anchor = answer.location.partition("#")
    assert "page=2" in place
    assert f'id="{anchor}"' in desk.browser.get(place).text


@pytest.mark.parametrize(
    ("step", "index", "facts", "sentence"),
    [
        ("join", 0, {}, "nothing before this to join"),
        ("split", 0, {"words": "No mark was put."}, "Put || between"),
        ("drop", 99, {}, "not there any more"),
        ("dance", 0, {}, ""),
        ("set_kind", 0, {"kind": "whole"}, "cannot be that"),
        ("renumber", 0, {"number": "9" * 80}, "at most 60 characters"),
    ],
)
def test_a_step_that_does_not_fit_is_refused_in_words_and_changes_nothing(
    desk: Desk, step: str, index: int, facts: dict[str, str], sentence: str
) -> None:
    desk.sends(pasted=SIX)
    assert desk.steps(step, index, **facts) == 422
    assert 'role="alert"' in desk.page
    assert sentence in desk.page
    assert (desk.row().edition, desk.row().steps) == (1, [])


def test_two_windows_do_not_overwrite_each_other(desk: Desk) -> None:
    desk.sends(pasted=SIX)
    assert desk.steps("drop", 5, seen=1) == 303
    assert desk.steps("drop", 0, seen=1) == 422
    assert "changed meanwhile" in desk.page
    assert desk.steps("confirm", seen=1) == 422
    assert desk.steps("confirm") == 303
    assert len(desk.clauses()) == 5
    assert desk.steps("drop", 0) == 422
    assert "has become a draft already" in desk.page


def test_a_second_import_replaces_the_draft_that_is_not_published(desk: Desk) -> None:
    desk.sends(pasted=SIX)
    desk.steps("confirm")
    desk.sends(("other.docx", word_file(body=paragraph("1. One."), content=b"")))
    assert desk.steps("confirm") == 303
    assert desk.count(Draft) == 1
    assert [(one.number, desk.words(one)) for one in desk.clauses()] == [("1", "One.")]


def test_the_import_leaves_one_entry_in_the_record_and_it_names_nobodys_words(desk: Desk) -> None:
    desk.sends(pasted=SIX)
    desk.steps("drop", 5)
    desk.steps("confirm")
    (entry,) = desk.session.scalars(select(Entry).where(Entry.thing == "draft"))
    assert (entry.act, entry.facts) == ("draft.written", {"ordinal": 0, "clauses": 5})


def test_the_import_page_is_there_for_moderators_only(
    desk: Desk, client: Client, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    desk.sends(pasted=SIX)
    delegate = signed_in_as(build.a_delegate(session))
    for browser in (client, delegate):
        assert browser.get(IMPORT).status_code == 404
        assert browser.get(desk.address).status_code == 404
        assert browser.send(desk.address, {"step": "confirm", "index": 0, "seen": 1}).status_code == 404
    assert desk.count(Draft) == 0
