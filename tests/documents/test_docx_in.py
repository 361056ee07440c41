"""Word drafts become outlines that a moderator would recognise, with every number and no word lost."""

import re
import subprocess
from pathlib import Path

import pytest

from consult.core.terms import ClauseKind
from consult.documents.docx_in import read_docx
from consult.documents.outline import (
    CommentsFound,
    ContentsIgnored,
    EmbeddedIgnored,
    HiddenTextIgnored,
    Outline,
    PicturesIgnored,
    TemplateIgnored,
    TrackedChangesFound,
)
from tests.documents.independent import words_in_file, words_in_outline, words_of
from tests.documents.libreoffice import LibreOffice
from tests.documents.making import in_corpus, paragraph, word_file

CROSSING = {
    "RA001-Tracked-Revisions-01.docx",
    "RP015-MoveFrom-MoveTo.docx",
    "HC031-Complicated-Document.docx",
}


def read(name: str) -> Outline:
    return read_docx(in_corpus(f"docx/{name}").read_bytes())


def lines(outline: Outline) -> list[tuple[str, int, str, str]]:
    return [
        (str(item.kind), item.depth, item.number, item.heading or item.body[:20]) for item in outline.items
    ]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_the_declaration_has_its_preamble_and_eleven_articles() -> None:
    outline = read("UN-declaration-racial-discrimination.docx")
    assert (
        outline.title == "United Nations Declaration on the Elimination of All Forms of Racial Discrimination"
    )
    assert outline.language == "en"
    articles = [item for item in outline.items if item.number.startswith("Article")]
    assert [item.number for item in articles] == [f"Article {n}" for n in range(1, 12)]
    first = outline.items.index(articles[0])
    preamble = [item.body for item in outline.items[:first] if item.kind == ClauseKind.CLAUSE]
    assert preamble[1] == "The General Assembly," and preamble[2].startswith("*Considering* that the Charter")
    assert {item.depth for item in outline.items[: first + 2]} == {0}
    assert len(preamble) == 16
    second = outline.items.index(articles[1])
    assert [(item.number, item.depth) for item in outline.items[second + 1 : second + 4]] == [
        ("1", 1),
        ("2", 1),
        ("3", 1),
    ]
    assert articles[0].body.startswith("Discrimination between human beings")


def test_a_german_journal_keeps_its_182_footnotes_each_after_the_clause_that_cites_it() -> None:
    outline = read("stress008-german-182-footnotes.docx")
    notes = [item for item in outline.items if item.kind == ClauseKind.NOTE]
    assert [note.number for note in notes] == [str(n) for n in range(1, 183)]
    assert outline.language == "de"
    for at, item in enumerate(outline.items):
        if item.kind == ClauseKind.NOTE:
            above = next(each for each in reversed(outline.items[:at]) if each.kind != ClauseKind.NOTE)
            assert f"[^{item.number}]" in above.body + above.heading
            assert item.depth == above.depth + 1
    assert EmbeddedIgnored(1) in outline.warnings


def test_an_arabic_report_keeps_its_sections_and_paragraph_numbers() -> None:
    outline = read("stress010-UN-CEDAW-arabic.docx")
    assert outline.language == "ar"
    numbers = [
        int(item.number) for item in outline.items if item.number.isdigit() and item.kind == ClauseKind.CLAUSE
    ]
    assert set(range(1, 328)) == set(numbers)
    assert ("section", 0, "الباب الأول", "معلومات أساسية إطارية (الوثيقة الأساسية الموحدة)") in lines(outline)
    assert sum(item.kind == ClauseKind.TABLE for item in outline.items) >= 10
    assert CommentsFound(1) in outline.warnings


@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        ("RA001-Tracked-Revisions-01.docx", "RP001-Tracked-Revisions-01-Accepted.docx"),
        ("RP015-MoveFrom-MoveTo.docx", "RP015-MoveFrom-MoveTo-Accepted.docx"),
    ],
)
def test_tracked_changes_and_moves_read_as_if_accepted_in_word(name: str, accepted: str) -> None:
    tracked = read(name)
    assert tracked.items == read(accepted).items
    assert any(isinstance(warning, TrackedChangesFound) for warning in tracked.warnings)


def test_every_file_of_the_corpus_is_an_outline_that_lost_no_word() -> None:
    for path in sorted(in_corpus("docx").glob("*.docx")):
        blob = path.read_bytes()
        outline = read_docx(blob)
        assert outline.items, path.name
        if path.name not in CROSSING:
            lost = words_in_file(blob) - words_in_outline(outline)
            assert sum(lost.values()) == 0, (path.name, lost)


def test_strict_files_are_read_like_others() -> None:
    assert lines(read("mammoth-strict.docx")) == [("clause", 0, "", "Test")]


def test_footnotes_and_endnotes_become_notes() -> None:
    items = read("pandoc-notes.docx").items
    assert [(item.kind, item.number, item.body) for item in items] == [
        ("clause", "", "Test footnote.[^1] Test endnote.[^2]"),
        ("note", "1", "My note."),
        ("note", "2", "This is an endnote at the end of the document."),
    ]


def test_numbers_that_stand_in_styles_alone_are_counted() -> None:
    outline = read("NumberingImplicitNumId.docx")
    assert [item.number for item in outline.items] == [
        "",
        "Section 1",
        "1.1",
        "(a)",
        "Section 2",
        "2.1",
        "2.2",
    ]
    assert [item.depth for item in outline.items] == [0, 0, 1, 2, 0, 1, 1]
    assert TemplateIgnored() in outline.warnings


@pytest.mark.parametrize(
    "name",
    [
        "NumberingImplicitNumId.docx",
        "pandoc-lists_level_override.docx",
        "broken-complex-list.docx",
        "HC031-Complicated-Document.docx",
        "stress003-karelia-ru.docx",
        "First Data.docx",
    ],
)
def test_libreoffice_counts_the_same_numbers(name: str, tmp_path: Path) -> None:
    path = in_corpus(f"docx/{name}")
    office = LibreOffice(tmp_path)
    try:
        office.run("--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(path))
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        pytest.skip("LibreOffice would not convert")
    printed = [
        line.strip() for line in (tmp_path / f"{path.stem}.txt").read_text(encoding="utf-8-sig").splitlines()
    ]
    flat = [" ".join(words_of_line(line)) for line in printed]
    for item in read_docx(path.read_bytes()).items:
        if item.number and item.kind == ClauseKind.CLAUSE and item.body:
            wanted = " ".join([*words_of_line(item.number), *words_of_line(item.body.split("\n")[0])[:4]])
            assert any(line.startswith(wanted) for line in flat), (item.number, item.body[:60])


def words_of_line(line: str) -> list[str]:
    return re.findall(r"[^\W_]+", line)


def test_inserted_words_stay_deleted_ones_go_and_both_are_counted() -> None:
    body = (
        f"<w:p>{run('States ')}<w:del w:id='1'><w:r><w:delText>may</w:delText></w:r></w:del>"
        f"<w:ins w:id='2'>{run('shall')}</w:ins>{run(' test.')}</w:p>"
    )
    outline = read_docx(word_file(body=body))
    assert [item.body for item in outline.items] == ["States shall test."]
    assert outline.warnings == (TrackedChangesFound(2),)


def test_a_deleted_end_of_paragraph_joins_it_to_the_next() -> None:
    body = f"<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{run('One ')}</w:p><w:p>{run('sentence.')}</w:p>"
    assert [item.body for item in read_docx(word_file(body=body)).items] == ["One sentence."]


def test_emphasis_is_kept_within_a_paragraph_and_dropped_from_one_that_is_all_of_it() -> None:
    body = f"<w:p>{run('Providers ')}{run('sh', '<w:b/>')}{run('all', '<w:b/>')}{run(' test', '<w:i/>')}{run('.')}</w:p>"
    body += f"<w:p>{run('All of this sentence is slanted.', '<w:i/>')}</w:p>"
    assert [item.body for item in read_docx(word_file(body=body)).items] == [
        "Providers **shall** *test*.",
        "All of this sentence is slanted.",
    ]


def test_a_power_stays_a_power() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    body = f"<w:p>{run('More than 10')}{run('25', raised)}{run(' operations.')}</w:p>"
    assert read_docx(word_file(body=body)).items[0].body == "More than 10²⁵ operations."


def test_bracketed_text_stays_bracketed_and_markup_signs_stay_words() -> None:
    body = paragraph("States [shall] [should] test*, see [12] and a_b &lt;x&gt; # not.")
    assert read_docx(word_file(body=body)).items[0].body == (
        "States [shall] [should] test\\*, see \\[12\\] and a_b \\<x> # not."
    )


def test_hidden_words_and_a_table_of_contents_are_left_out_and_told() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        f"<w:p>{field.format('begin')}<w:r><w:instrText>TOC \\o</w:instrText></w:r>{field.format('separate')}"
        f"{run('Scope 1')}</w:p><w:p>{run('Definitions 2')}{field.format('end')}</w:p>"
        f"<w:p>{run('Seen.')}{run('Unseen.', '<w:vanish/>')}</w:p>"
    )
    outline = read_docx(word_file(body=body))
    assert [item.body for item in outline.items] == ["Seen."]
    assert outline.warnings == (HiddenTextIgnored(1), ContentsIgnored(2))


def test_a_merged_and_nested_table_degrades_to_a_readable_one() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(paragraph('x'))}{cell(paragraph('y'))}</w:tr></w:tbl>"
    wide = '<w:gridSpan w:val="2"/>'
    rows = f"<w:tr>{cell(paragraph('Who | what'), wide)}{cell(paragraph('When'))}</w:tr>"
    rows += f"<w:tr>{cell(paragraph('a') + paragraph('b'))}{cell(inner)}{cell(paragraph('2027'))}</w:tr>"
    rows += (
        f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{cell(paragraph('gone'))}{cell(paragraph('gone'))}</w:tr>"
    )
    outline = read_docx(word_file(body=paragraph("Table below:") + f"<w:tbl>{rows}</w:tbl>"))
    assert outline.items[1].kind == ClauseKind.TABLE
    assert (
        outline.items[1].body == "| Who \\| what |  | When |\n| --- | --- | --- |\n| a b | x \\| y | 2027 |"
    )


def test_a_table_of_one_column_is_a_frame_around_paragraphs() -> None:
    body = f"<w:tbl><w:tr><w:tc>{paragraph('Article 1')}{paragraph('This applies to all.')}</w:tc></w:tr></w:tbl>"
    items = read_docx(word_file(body=body)).items
    assert [(item.kind, item.number, item.body) for item in items] == [
        ("clause", "Article 1", "This applies to all.")
    ]


def test_links_keep_their_words_and_only_web_addresses() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/hyperlink" Target="https://example.org/a" TargetMode="External"/>'
        '<Relationship Id="b" Type="x/hyperlink" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    body = f'<w:p><w:hyperlink r:id="a">{run("here")}</w:hyperlink>{run(", ")}<w:hyperlink r:id="b">{run("there")}</w:hyperlink></w:p>'
    outline = read_docx(word_file(("word/_rels/document.xml.rels", relations), body=body))
    assert outline.items[0].body == "here <https://example.org/a>, there"


def test_a_box_of_text_is_read_once_beside_its_paragraph() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    body = (
        f"<w:p>{run('Beside.')}<w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [item.body for item in read_docx(word_file(body=body)).items] == ["Beside.", "In the box."]


def test_embedded_objects_and_pictures_are_told() -> None:
    outline = read_docx(word_file(("word/embeddings/a.xlsx", b"PK"), ("word/media/a.png", b"x")))
    assert outline.warnings == (EmbeddedIgnored(1), PicturesIgnored(1))
    assert words_in_outline(outline) == words_of("A clause.")
