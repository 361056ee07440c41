"""Who is invited: from the list, by a spreadsheet in any shape, corrected in place, reminded, removed with reasons."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

import openpyxl
import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.acts_roster import remove_party
from consult.consensus.reads_missing import roster_of
from consult.core.actors import SYSTEM
from consult.core.terms import PartyRole, RoleKind, SeatKind, StakeholderGroup, Track
from consult.db import commit
from consult.drafts import acts_roster as acts
from consult.drafts.models import Party, PartyReminder, RosterImport
from consult.drafts.reads import consultation
from consult.drafts.refusals_roster import (
    HasSpoken,
    ModeratorSitsThere,
    NobodyToRemind,
    NotOpenToThem,
    RemindedLately,
    TwoPartiesOnly,
)
from consult.drafts.roster_guard import (
    NotASpreadsheet,
    NothingInIt,
    SheetExpandsTooMuch,
    SheetHasFormulas,
    SheetHasMacros,
    SheetLocked,
    SheetTooLarge,
    SheetUnreadable,
    TooManyRows,
)
from consult.drafts.roster_matching import Book, Fate, Lack, judged, with_near
from consult.drafts.roster_reading import read_list
from consult.drafts.roster_words import role_of
from consult.drafts.tasks import forgetting
from consult.jobs import Job
from consult.organisations.models import Invitation
from consult.people.acts_roles import give_role
from consult.people.models import Organisation, Person
from consult.record.models import Entry
from consult.refusals import NotThere, Refusal
from consult.web.labels import label
from tests import build
from tests.conftest import Client

HEADINGS = {
    "en": ("Organisation", "Group", "Country", "Contact", "E-mail", "Language", "Role"),
    "ar": ("المنظمة", "المجموعة", "البلد", "جهة الاتصال", "البريد الإلكتروني", "اللغة", "الدور"),
    "zh": ("组织名称", "组别", "国家", "联系人", "电子邮件", "语言", "角色"),
    "fr": ("Organisme", "Groupe", "Pays", "Personne de contact", "Courriel", "Langue", "Rôle"),
}
ROWS = {
    "en": ("Ministry of Health", "Government", "Kenya", "Asha Mwangi", "asha@example.org", "French", "party"),
    "ar": ("وزارة الصحة", "الحكومات", "مصر", "أحمد", "ahmad@example.org", "الفرنسية", "طرف"),
    "zh": ("卫生部", "政府", "中国", "王伟", "wang@example.org", "法语", "当事方"),
    "fr": (
        "Ministère de la Santé",
        "Gouvernement",
        "Sénégal",
        "Awa",
        "awa@example.org",
        "français",
        "partie",
    ),
}
COUNTRIES = {"en": "KE", "ar": "EG", "zh": "CN", "fr": "SN"}
LIST = "Organisation;Group;Country;Contact;E-mail;Role\n"


def a_workbook(*rows: tuple[object, ...], before: int = 0) -> bytes:
    """An .xlsx with these rows, below some others."""
    book = openpyxl.Workbook()
    sheet = book.active
    for number in range(before):
        sheet.append([f"A note, number {number}"])
    for row in rows:
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def an_ods(*rows: tuple[str, ...], cell: str = "") -> bytes:
    """An .ods with these rows."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string" {cell}><text:p>{one}</text:p></table:table-cell>'
            for one in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="One">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"></manifest:manifest>',
        )
    return kept.getvalue()


def with_part(blob: bytes, name: str, content: bytes) -> bytes:
    """The same zip with one more part."""
    kept = io.BytesIO(blob)
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return kept.getvalue()


UTF_7 = b"<?xml version='1.0' encoding='UTF-7'?><x/>"


def in_utf_16(mark: bool, declared: bool) -> bytes:
    """A workbook whose sheet computes a cell, in letters that a search for bytes does not see."""
    encoding = " encoding='UTF-16'" if declared else ""
    words = f"<?xml version='1.0'{encoding}?><x><f>A1</f></x>"
    part = words.encode("utf-16" if mark else "utf-16-le")
    return with_part(a_workbook(("Organisation",), ("X",)), "xl/worksheets/sheet2.xml", part)


@pytest.mark.parametrize("language", HEADINGS)
def test_headings_and_words_are_understood_in_four_languages(language: str) -> None:
    sheet = a_workbook(HEADINGS[language], ROWS[language], before=6)
    (row,) = read_list(sheet, "")
    assert row.organisation == ROWS[language][0]
    assert (row.group, row.country, row.language, row.role) == (
        "government",
        COUNTRIES[language],
        "fr",
        "party",
    )
    assert row.email == ROWS[language][4]


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *[(one, encoding) for one in HEADINGS for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le")],
        ("fr", "windows-1252"),
        ("ar", "windows-1256"),
        ("zh", "gb18030"),
    ],
)
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_is_read_in_any_encoding_and_with_any_mark(language: str, encoding: str, mark: str) -> None:
    text = "\r\n".join(mark.join(row) for row in (HEADINGS[language], ROWS[language]))
    (row,) = read_list(text.encode(encoding), "")
    assert (row.organisation, row.country) == (ROWS[language][0], COUNTRIES[language])


def test_an_open_document_sheet_is_read() -> None:
    (row,) = read_list(an_ods(HEADINGS["en"], ROWS["en"]), "")
    assert (row.organisation, row.group, row.email) == (
        "Ministry of Health",
        "government",
        "asha@example.org",
    )


@pytest.mark.parametrize("language", HEADINGS)
@pytest.mark.parametrize("part", PartyRole)
def test_a_part_as_the_page_calls_it_is_read_back(shared_app: Flask, language: str, part: PartyRole) -> None:
    with shared_app.test_request_context(), force_locale(language):
        assert role_of(str(label(part))) is part


def test_columns_without_headings_are_known_by_what_is_in_them() -> None:
    pasted = "\n".join(
        f"{name}\t{email}\t{country}\t{group}"
        for name, email, country, group in (
            ("Ministry of Health", "a@example.org", "Kenya", "Government"),
            ("Open Code", "b@example.org", "Togo", "Civil society"),
            ("Institute of Law", "c@example.org", "CH", "Academia"),
        )
    )
    rows = read_list(b"", pasted)
    assert [(row.organisation, row.country, row.group, row.email) for row in rows] == [
        ("Ministry of Health", "KE", "government", "a@example.org"),
        ("Open Code", "TG", "civil_society", "b@example.org"),
        ("Institute of Law", "CH", "academia", "c@example.org"),
    ]


def test_cells_as_long_as_a_book_are_read_in_no_time() -> None:
    began = time.process_time()
    long = ("a" * 90_000, "a " * 45_000)
    read_list("\n".join(f"Acme {line}\t{cell}" for line, cell in enumerate(long)).encode(), "")
    assert time.process_time() - began < 5


def test_one_name_a_line_is_a_list_even_with_commas_in_names() -> None:
    rows = read_list(b"", "Ministry of Health, Kenya\nOpen Code\n\nInstitute of Law")
    assert [row.organisation for row in rows] == [
        "Ministry of Health, Kenya",
        "Open Code",
        "Institute of Law",
    ]


@pytest.mark.parametrize(
    ("blob", "refused"),
    [
        (a_workbook(("Organisation", "Country"), ("=CONCATENATE(A1)", "KE")), SheetHasFormulas),
        (an_ods(("Organisation",), ("X",), cell='table:formula="of:=A1"'), SheetHasFormulas),
        *(
            (in_utf_16(mark, declared), SheetUnreadable)
            for mark in (True, False)
            for declared in (True, False)
        ),
        (with_part(a_workbook(("Organisation",), ("X",)), "xl/x.xml", UTF_7), SheetUnreadable),
        (with_part(a_workbook(("Organisation",), ("X",)), "xl/vbaProject.bin", b"x"), SheetHasMacros),
        (with_part(an_ods(("Organisation",), ("X",)), "Basic/Standard/Module1.xml", b"<x/>"), SheetHasMacros),
        (
            with_part(a_workbook(("Organisation",), ("X",)), "xl/media/a.bin", b"\0" * 30_000_000),
            SheetExpandsTooMuch,
        ),
        (a_workbook(("Organisation",), *((f"Body {n}",) for n in range(5200))), TooManyRows),
        (("Organisation\n" + "\n".join(f"Body {n}" for n in range(100_000))).encode(), TooManyRows),
        (b"x" * (5 * 1024 * 1024 + 1), SheetTooLarge),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), SheetLocked),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, SheetUnreadable),
        (b"PK\x03\x04 and nothing else", SheetUnreadable),
        (b"Organisation;Country\n", NothingInIt),
        (b"   ", NothingInIt),
        (b"%PDF-1.7\0\x01\x02\xff", NotASpreadsheet),
        (b"\x00\x01\x02\x03 bytes of nothing", SheetUnreadable),
    ],
)
def test_what_cannot_be_a_list_is_refused_with_its_reason(blob: bytes, refused: type[Refusal]) -> None:
    with pytest.raises(refused):
        read_list(blob, "")


def test_a_sheet_that_claims_a_million_columns_breaks_the_child_alone() -> None:
    book = io.BytesIO(a_workbook(("Organisation",), ("Open Code",)))
    kept = io.BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b'r="A2"', b'r="XFD1048576"')
            new.writestr(part.filename, content)
    with pytest.raises(Refusal):
        read_list(kept.getvalue(), "")


class Known:
    """An organisation as the directory lists it."""

    def __init__(self, id_: int, slug: str, *names: str) -> None:
        self.id, self.slug, self.folded_names = id_, slug, names


def test_exact_names_decide_and_near_ones_only_offer() -> None:
    book = Book(
        [Known(1, "health", "ministry of health", "وزاره الصحه"), Known(2, "code", "open code foundation")]
    )
    said = (
        "Ministry of Health;government;KE;;a@example.org;\n"
        "وزارة الصحة;government;KE;;b@example.org;\n"
        "Open Code Fundation;civil society;KE;;c@example.org;\n"
        "Nobody Knows Us;academia;Togo;;d@example.org;\n"
        "Nobody Writes Us;academia;Togo;;;\n"
        "Where Is It;academia;Atlantis;;e@example.org;\n"
    )
    rows = with_near(read_list(b"", LIST + said), book)
    found = judged(rows, book, {}, PartyRole.INVITED)
    assert [one.fate for one in found] == [
        Fate.INVITE,
        Fate.LEFT_OUT,
        Fate.OPEN,
        Fate.ENTER,
        Fate.OPEN,
        Fate.OPEN,
    ]
    assert found[1].lacks == (Lack.TWICE,)
    assert found[2].row.near == ("code",)
    assert (found[4].lacks, found[5].lacks) == ((Lack.EMAIL,), (Lack.COUNTRY,))
    again = judged(rows, book, {1: PartyRole.INVITED}, PartyRole.INVITED)
    assert again[0].fate is Fate.STANDS


def walked(
    session: Session, moderator: Client, opened: build.Opened, pasted: str, **more: str
) -> tuple[str, str]:
    """Hands in a list; answers the address of what was understood, and that page."""
    answer = moderator.send(
        f"/en/consultations/{opened.slug}/roster/lists/new", {"pasted": pasted, "part": "invited", **more}
    )
    assert answer.status_code == 303, answer.text
    return answer.location, moderator.get(answer.location).text


def test_a_list_is_looked_at_corrected_and_confirmed(
    session: Session,
    signed_in_as: Callable[[Person], Client],
    stopped_at: Callable[[datetime], None],
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session)
    health = build.an_organisation(session, name="Ministry of Health")
    build.a_delegate(session, health)
    code = build.an_organisation(session, name="Open Code Foundation", group=StakeholderGroup.CIVIL_SOCIETY)
    moderator = signed_in_as(opened.moderator)
    said = (
        "Ministry of Health;;;;;party\n"
        "Open Code Fundation;civil society;Togo;Kofi;kofi@example.org;\n"
        "Institute of Law;academia;Atlantis;Mei;mei@example.org;\n"
    )
    address, page = walked(session, moderator, opened, LIST + said)
    assert "Open Code Foundation" in page and "Its country was not understood." in page
    assert session.scalar(select(func.count()).select_from(Party)) == 0
    corrected = {
        "step": "correct",
        "r3-choice": f"={code.slug}",
        "r3-organisation": "Open Code Fundation",
        "r3-email": "kofi@example.org",
        "r3-role": "invited",
        "r4-choice": "",
        "r4-organisation": "Institute of Law",
        "r4-group": "academia",
        "r4-country": "Schweiz Suisse",
        "r4-email": "mei@example.org",
        "r4-role": "invited",
    }
    assert moderator.send(address, corrected).status_code == 303
    assert "Its country was not understood." in moderator.get(address).text
    assert (
        moderator.send(address, {**corrected, "step": "confirm", "r4-country": "Suisse"}).status_code == 303
    )
    session.expire_all()
    new = session.scalars(select(Organisation).where(Organisation.name == "Institute of Law")).one()
    assert (new.country, new.stakeholder_group) == ("CH", StakeholderGroup.ACADEMIA)
    parts = dict(session.execute(select(Party.organisation_id, Party.role)).all())
    assert parts == {
        health.id: PartyRole.PARTY,
        code.id: PartyRole.INVITED,
        new.id: PartyRole.INVITED,
    }
    invited = session.scalars(select(Invitation).order_by(Invitation.id)).all()
    assert [(one.email, one.organisation_id, one.seat_kind) for one in invited] == [
        ("kofi@example.org", code.id, SeatKind.HEAD),
        ("mei@example.org", new.id, SeatKind.HEAD),
    ]
    letters = [job.arguments["letter"] for job in session.scalars(select(Job)) if "letter" in job.arguments]
    assert letters.count("roster.invited") == 1 and letters.count("seat.invited") == 2
    kept = session.scalars(select(RosterImport)).one()
    assert kept.rows == [] and kept.confirmed_at is not None
    assert "The list was confirmed." in moderator.get(address).text
    assert moderator.send(address, {"step": "confirm"}).status_code == 303
    assert session.scalar(select(func.count()).select_from(Party)) == 3


def test_the_same_list_again_changes_what_is_different_and_invites_nobody_twice(
    session: Session, signed_in_as: Callable[[Person], Client], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session)
    for name in ("Ministry of Health", "Open Code"):
        build.a_delegate(session, build.an_organisation(session, name=name))
    moderator = signed_in_as(opened.moderator)
    for role in ("invited", "party"):
        said = f"Ministry of Health;;;;;{role}\nOpen Code;;;;;invited\n"
        address, _ = walked(session, moderator, opened, LIST + said)
        assert moderator.send(address, {"step": "confirm"}).status_code == 303
    session.expire_all()
    assert [one.role for one in session.scalars(select(Party).order_by(Party.id))] == ["party", "invited"]
    letters = [job.arguments.get("letter") for job in session.scalars(select(Job))]
    assert letters.count("roster.invited") == 2
    noted = session.scalars(select(Entry.act).where(Entry.act.startswith("party."))).all()
    assert sorted(noted) == ["party.changed", "party.invited", "party.invited"]


def test_a_list_of_another_consultation_is_not_there_and_what_is_kept_is_forgotten(
    session: Session, signed_in_as: Callable[[Person], Client], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    opened, other = build.an_open_round(session), build.an_open_round(session)
    moderator = signed_in_as(opened.moderator)
    address, _ = walked(session, moderator, opened, "Secretive Body\t\tx@example.org")
    elsewhere = address.replace(opened.slug, other.slug)
    assert moderator.get(elsewhere).status_code == 404
    assert signed_in_as(build.a_delegate(session)).get(address).status_code == 404
    job = session.scalars(select(Job).where(Job.kind == "rosters.forget")).one()
    assert job.run_after == build.NOON + timedelta(days=3)
    forgetting(session, job)
    commit(session)
    assert session.scalars(select(RosterImport)).all() == []
    assert moderator.get(address).status_code == 404


def test_a_file_is_taken_as_a_list(
    session: Session, signed_in_as: Callable[[Person], Client], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session)
    moderator = signed_in_as(opened.moderator)
    sheet = a_workbook(HEADINGS["en"], ROWS["en"])
    fields = {"file": (io.BytesIO(sheet), "list.xlsx"), "part": "invited", "pasted": ""}
    answer = moderator.send(
        f"/en/consultations/{opened.slug}/roster/lists/new", fields, content_type="multipart/form-data"
    )
    assert answer.status_code == 303
    assert "Ministry of Health" in moderator.get(answer.location).text
    wrong = {
        "file": (io.BytesIO(b"PK\x03\x04 broken"), "list.xlsx"),
        "part": "invited",
        "pasted": "Kept words",
    }
    refused = moderator.send(
        f"/en/consultations/{opened.slug}/roster/lists/new", wrong, content_type="multipart/form-data"
    )
    assert (
        refused.status_code == 422 and "This file is broken" in refused.text and "Kept words" in refused.text
    )


def test_organisations_are_chosen_from_the_list_of_all(
    session: Session, signed_in_as: Callable[[Person], Client], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session)
    one = build.an_organisation(session, name="Ministry of Health")
    build.an_organisation(session, name="Open Code")
    moderator = signed_in_as(opened.moderator)
    here = f"/en/consultations/{opened.slug}/roster/"
    found = moderator.get(f"{here}additions?words=ministry").text
    assert "Ministry of Health" in found and "Open Code" not in found
    assert moderator.send(f"{here}additions", {"part": "addressed"}).status_code == 422
    chosen = {"organisations": [one.slug, "nothing-here"], "part": "addressed"}
    assert moderator.send(f"{here}additions", chosen).status_code == 303
    session.expire_all()
    assert [(row.organisation_id, row.role) for row in session.scalars(select(Party))] == [
        (one.id, "addressed")
    ]
    page = moderator.get(here).text
    assert "Ministry of Health" in page and "nobody yet" in page


def test_who_has_not_answered_is_reminded_at_most_once_in_three_days(
    session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    spoke, silent, empty = (build.an_organisation(session) for _ in range(3))
    opened = build.an_open_round(session, parties=(spoke, silent, empty))
    head = build.a_delegate(session, spoke)
    build.a_delegate(session, silent)
    build.a_comment(session, opened, by=head)
    commit(session)
    actor = build.acting(session, opened.moderator)
    consulted = consultation(session, actor, opened.slug, "en")
    roster = roster_of(session, consulted, clock.now())
    assert (roster.count, roster.answered_count, roster.headless_count) == (3, 1, 1)
    assert roster.remindable == (silent.id,)
    assert acts.remind_parties(session, actor, opened.consultation, roster.remindable) == 1
    with pytest.raises(RemindedLately):
        acts.remind_parties(session, actor, opened.consultation, [silent.id])
    with pytest.raises(NobodyToRemind):
        acts.remind_parties(session, actor, opened.consultation, [empty.id])
    stopped_at(build.NOON + timedelta(days=3))
    assert acts.remind_parties(session, actor, opened.consultation, [silent.id]) == 1
    assert session.scalar(select(func.count()).select_from(PartyReminder)) == 2
    with pytest.raises(NotThere):
        acts.remind_parties(session, build.acting(session, head), opened.consultation, [silent.id])


def test_where_people_sit_without_a_head_its_moderator_is_told_who_appoints_one(
    session: Session, signed_in_as: Callable[[Person], Client], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    empty, headless = build.an_organisation(session), build.an_organisation(session)
    opened = build.an_open_round(session, parties=(empty, headless))
    build.a_delegate(session, headless, seat=SeatKind.CONTRIBUTOR)
    moderator, here = signed_in_as(opened.moderator), f"/en/consultations/{opened.slug}/roster/"
    page = moderator.get(here).text
    assert f"{empty.slug}/head" in page and f"{headless.slug}/head" not in page
    assert "an administrator appoints one" in page
    for answer in (
        moderator.get(f"{here}{headless.slug}/head"),
        moderator.send(f"{here}{headless.slug}/head", {"email": "head@example.org", "preferred": "en"}),
    ):
        assert "People sit in this delegation already" in answer.text
        assert "Send the invitation" not in answer.text
    assert session.scalar(select(func.count()).select_from(Invitation)) == 0
    assert "Send the invitation" in moderator.get(f"{here}{empty.slug}/head").text


def test_letters_wait_for_the_first_draft(session: Session, stopped_at: Callable[[datetime], None]) -> None:
    stopped_at(build.NOON)
    moderator = build.a_moderator(session)
    actor = build.acting(session, moderator)
    new = build.drafts.NewConsultation("Waiting", "Not yet.", "en", ("en",), Track.OPEN)
    row = build.drafts.start_consultation(session, actor, new)
    kenya = build.an_organisation(session)
    build.a_delegate(session, kenya)
    acts.invite_party(session, actor, row, kenya.id, PartyRole.INVITED)
    with pytest.raises(NotOpenToThem):
        acts.remind_parties(session, actor, row, [kenya.id])
    letters = select(func.count()).select_from(Job).where(Job.key.startswith("roster.invited"))
    assert session.scalar(letters) == 0
    build.drafts.publish_draft(session, actor, build.drafts.add_draft(session, actor, row, build.A_DRAFT))
    assert session.scalar(letters) == 1


def test_an_organisation_leaves_with_reasons_but_not_talks_between_two_in_which_it_has_spoken(
    session: Session, signed_in_as: Callable[[Person], Client], stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    kenya, togo = build.an_organisation(session, name="Kenya"), build.an_organisation(session, name="Togo")
    head = build.a_delegate(session, kenya)
    opened = build.an_open_round(session, parties=(kenya, togo), track=Track.BILATERAL, is_restricted=True)
    build.a_comment(session, opened, by=head)
    moderator = signed_in_as(opened.moderator)
    removal = f"/en/consultations/{opened.slug}/roster/{kenya.slug}/removal"
    assert moderator.send(removal, {"reason": " "}).status_code == 422
    refused = moderator.send(removal, {"reason": "they went"})
    assert refused.status_code == 422 and "has spoken in these talks already" in refused.text
    removal = removal.replace(kenya.slug, togo.slug)
    assert moderator.send(removal, {"reason": "they went"}).status_code == 303
    assert "Reason: they went" in moderator.get(f"/en/consultations/{opened.slug}/record").text
    with pytest.raises(HasSpoken):
        remove_party(
            session, build.acting(session, opened.moderator), opened.consultation, kenya.id, "they went"
        )


def test_a_third_party_and_a_moderators_own_organisation_are_refused(session: Session) -> None:
    kenya, togo, peru = (build.an_organisation(session) for _ in range(3))
    talks = build.an_open_round(session, parties=(kenya, togo), track=Track.BILATERAL)
    actor = build.acting(session, talks.moderator)
    with pytest.raises(TwoPartiesOnly):
        acts.invite_party(session, actor, talks.consultation, peru.id, PartyRole.INVITED)
    opened = build.an_open_round(session)
    head = build.a_delegate(session, peru)
    give_role(session, SYSTEM, head, RoleKind.MODERATOR, consultation_id=opened.consultation.id)
    with pytest.raises(ModeratorSitsThere):
        acts.invite_party(
            session, build.acting(session, opened.moderator), opened.consultation, peru.id, PartyRole.PARTY
        )


def test_the_roster_costs_the_same_for_two_and_for_thirty(
    session: Session, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    prices = []
    for many in (2, 30):
        opened = build.an_open_round(session, parties=[build.an_organisation(session) for _ in range(many)])
        commit(session)
        actor = build.acting(session, opened.moderator)
        consulted = consultation(session, actor, opened.slug, "en")
        prices.append(count_queries(lambda seen=consulted: roster_of(session, seen, clock.now())))  # type: ignore[misc]
    assert prices[0] == prices[1]
