"""How a clause's words become HTML: emphasis, brackets, notes; and nothing that was not ours."""

import re
from collections.abc import Iterator

import html5lib
import pytest
from flask import Flask

from consult.web.filters import body


@pytest.fixture(autouse=True)
def within(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def ids(html: str) -> list[str]:
    return re.findall(r'id="([^"]+)"', html)


def valid(html: str) -> str:
    html5lib.HTMLParser(strict=True).parseFragment(html)
    return html


def test_a_note_in_the_body_stands_below_it_small_and_linked_both_ways() -> None:
    html = valid(body("A model is tested.[^1]\n\n[^1]: Tested means *measured*."))
    back, note = ids(html)
    assert back.startswith("note-") is False
    assert f'<sup id="{back}"><a href="#{note}" role="doc-noteref">1</a></sup>' in html
    assert (
        f'<p class="small muted" id="{note}"><sup><a href="#{back}" role="doc-backlink">1</a></sup>' in html
    )
    assert "Tested means <em>measured</em>." in html
    assert "[^" not in html and ":" not in re.sub("<[^>]*>", "", html)


def test_notes_that_follow_each_other_line_by_line_are_a_paragraph_each() -> None:
    html = valid(body("One.[^1] Two.[^2] One again.[^1]\n\n[^1]: First.\n[^2]: Second."))
    assert html.count('<p class="small muted"') == 2
    assert len(ids(html)) == len(set(ids(html))) == 4


def test_the_same_note_in_two_bodies_has_two_places() -> None:
    one, other = body("One.[^1]\n\n[^1]: First."), body("Other.[^1]\n\n[^1]: First.")
    assert not set(ids(one)) & set(ids(other))


def test_a_mark_without_words_below_leads_to_the_clause_that_is_the_note() -> None:
    assert '<sup><a href="#note-7" role="doc-noteref">7</a></sup>' in body("As said.[^7]")


def test_words_of_a_note_that_nothing_cites_lead_nowhere() -> None:
    html = valid(body("Nothing.\n\n[^1]: A note."))
    assert "<sup>1</sup>" in html
    assert "href" not in html


@pytest.mark.parametrize(
    "text",
    [
        "[^1]: a\n[^1]: b",
        "> [^1]: quoted[^1]",
        "    [^1]: code[^1]",
        "- list[^1]\n[^1]: words",
        "\ue002x\ue003 \ue004y\ue003[^1]",
        "[^<b>]: x[^<b>]",
        "<script>alert(1)</script>[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
    ],
)
def test_odd_notes_leave_neither_signs_nor_foreign_elements(text: str) -> None:
    html = body(text)
    html5lib.HTMLParser().parseFragment(html)
    assert not re.search("[\ue000-\ue00f]", html)
    assert "<script" not in html and "<img" not in html and "<b>]" not in html


def test_brackets_are_marked_and_other_brackets_are_not() -> None:
    html = body("Within [fifteen] [thirty] days.")
    assert html.count('<span class="bracket">') == 2
    assert body(r"A literal \[sic\].").count("bracket") == 0
