"""The numbers that Word prints but does not store, counted as Word counts them."""

import pytest

from consult.documents.docx_in import read_docx
from consult.documents.docx_in_counting import counted
from consult.documents.outline import Item
from tests.documents.making import W, paragraph, word_file

OUTLINE_LIST = [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")]


def level(at: int, style: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*lists: str, numbers: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    held = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>' for at, levels in enumerate(lists)
    )
    return f'<w:numbering xmlns:w="{W}">{held}{numbers}</w:numbering>'


def listed(text: str, at: int | None = 0, number: str = "1", style: str = "") -> str:
    place = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return paragraph(text, f'{styled}<w:numPr>{place}<w:numId w:val="{number}"/></w:numPr>')


def labels(body: str, numbers: str, styles: str = "") -> list[str]:
    extra = [("word/numbering.xml", numbers)]
    if styles:
        extra.append(("word/styles.xml", f'<w:styles xmlns:w="{W}">{styles}</w:styles>'))
    return [item.number for item in items(body, *extra)]


def items(body: str, *extra: tuple[str, str]) -> tuple[Item, ...]:
    return read_docx(word_file(*extra, body=body)).items


def three_levels() -> str:
    return "".join(level(at, style, text) for at, (style, text) in enumerate(OUTLINE_LIST))


def test_lower_levels_start_again_after_a_higher_one() -> None:
    places = [0, 1, 1, 2, 2, 1, 2, 0, 1]
    body = "".join(listed(f"Words {n}.", at) for n, at in enumerate(places))
    assert labels(body, numbering(three_levels())) == [
        "1",
        "(a)",
        "(b)",
        "(i)",
        "(ii)",
        "(c)",
        "(i)",
        "2",
        "(a)",
    ]


def test_a_level_that_never_restarts_goes_on_counting() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)", '<w:lvlRestart w:val="0"/>')
    body = "".join(listed("Words.", at) for at in (0, 1, 1, 0, 1))
    assert labels(body, numbering(levels)) == ["1", "(a)", "(b)", "2", "(c)"]


def test_numbers_of_several_levels_and_legal_style() -> None:
    levels = level(0, "upperRoman", "Chapter %1") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    body = "".join(listed("Words of it.", at) for at in (0, 1, 1, 0, 1))
    assert labels(body, numbering(levels)) == ["Chapter I", "1.1", "1.2", "Chapter II", "2.1"]


def test_a_second_list_of_the_same_kind_goes_on_unless_told_to_start() -> None:
    numbers = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    body = "".join(listed("Words.", 0, number) for number in ("1", "1", "2", "3", "3", "1"))
    found = labels(body, numbering(level(0, "decimal", "%1."), numbers=numbers))
    assert found == ["1", "2", "3", "5", "6", "7"]


def test_number_nought_takes_a_paragraph_out_of_the_list_of_its_style() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = (
        paragraph("One.", '<w:pStyle w:val="L"/>')
        + listed("None.", None, "0", "L")
        + paragraph("Two.", '<w:pStyle w:val="L"/>')
    )
    assert labels(body, numbering(level(0, "decimal", "(%1)")), styles) == ["(1)", "(2)"]


def test_a_style_inherits_its_list_and_finds_its_own_level() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="C"/></w:style>'
    )
    levels = level(0, "decimal", "%1.", '<w:pStyle w:val="A"/>') + level(
        1, "decimal", "%1.%2", '<w:pStyle w:val="B"/>'
    )
    body = "".join(paragraph("Words.", f'<w:pStyle w:val="{style}"/>') for style in "ABBAB")
    assert labels(body, numbering(levels), styles) == ["1", "1.1", "1.2", "2", "2.1"]


def test_a_list_kept_in_a_style_is_found_through_it() -> None:
    styles = '<w:style w:type="numbering" w:styleId="S"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    numbers = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    held = numbering('<w:numStyleLink w:val="S"/>', level(0, "decimal", "§ %1"), numbers=numbers)
    assert labels(listed("Words.") + listed("More."), held, styles) == ["§ 1", "§ 2"]


def test_chinese_articles_counted_by_word_are_articles() -> None:
    body = "".join(listed("各方应当测试。") for _ in range(11))
    assert labels(body, numbering(level(0, "chineseCounting", "第%1条")))[-1] == "第十一条"


def test_bullets_bear_no_number_and_belong_to_the_clause_before() -> None:
    numbers = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    held = numbering(
        level(0, "decimal", "%1."), level(0, "bullet", "") + level(1, "bullet", "o"), numbers=numbers
    )
    body = listed("Tests are:") + listed("safe;", 0, "2") + listed("very;", 1, "2") + listed("fair.", 0, "2")
    (item,) = items(body, ("word/numbering.xml", held))
    assert (item.number, item.body) == ("1", "Tests are:\n\n- safe;\n  - very;\n- fair.")


def test_paragraphs_deleted_with_their_mark_are_not_counted() -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
        '<w:del w:id="2"><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p>'
    )
    assert labels(listed("One.") + gone + listed("Two."), numbering(level(0, "decimal", "%1."))) == ["1", "2"]


@pytest.mark.parametrize(
    ("style", "value", "printed"),
    [
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 49, "xlix"),
        ("ordinal", 112, "112th"),
        ("ordinal", 23, "23rd"),
        ("decimalZero", 7, "07"),
        ("chineseCountingThousand", 103, "一百零三"),
        ("ideographTraditional", 3, "丙"),
        ("decimalEnclosedCircle", 4, "④"),
        ("arabicAbjad", 3, "ج"),
        ("arabicAlpha", 3, "ت"),
        ("hebrew1", 16, "טז"),
        ("hindiNumbers", 12, "१२"),
        ("thaiNumbers", 10, "๑๐"),
        ("russianLower", 3, "в"),
        ("unheardOf", 4, "4"),
        ("lowerRoman", 0, "0"),
        ("decimal", 10**9, "32767"),
    ],
)
def test_each_format_is_written_as_word_writes_it(style: str, value: int, printed: str) -> None:
    assert counted(value, style) == printed
