"""What are the words of a text, and what in it is still in brackets?"""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core.text import bracket_count, brackets, canonical, comparison, sha256_of, words

anything = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60)


def test_the_canonical_form_keeps_what_people_wrote_but_for_its_typing():
    typed = "Cafe\u0301 [Must]  \r\n(A) 10,5 %\t\r\n\r\n"
    assert canonical(typed) == "Café [Must]\n(A) 10,5 %"


@given(anything)
def test_the_canonical_form_of_a_canonical_form_is_itself(body):
    assert canonical(canonical(body)) == canonical(body)


def test_the_hash_is_of_the_canonical_form():
    assert sha256_of("Cafe\u0301 \r\n") == hashlib.sha256("Café".encode()).hexdigest()


def test_the_comparison_form_forgets_case_marks_and_blanks():
    assert comparison("AI should be REGULATED — now!") == "ai should be regulated now"
    assert len(comparison("AI should be regulated.")) == 22
    assert comparison("ＡＩ 系统\u200d。") == "ai 系统"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The provider shall test it.", ["The", "provider", "shall", "test", "it", "."]),
        ("See 3.2(a), it's 10,5 %.", ["See", "3.2", "(", "a", ")", ",", "it's", "10,5", "%", "."]),
        ("提供者应当进行测试。", ["提供", "者", "应当", "进行", "测试", "。"]),
        ("ต้องทดสอบระบบ", ["ต้อง", "ทดสอบ", "ระบบ"]),
        ("خلال ١٥ يومًا، فوراً.", ["خلال", "١٥", "يومًا", "،", "فوراً", "."]),
        ("परीक्षण करना होगा।", ["परीक्षण", "करना", "होगा", "।"]),
        (r"a \[b\] 😀c", ["a", r"\[", "b", r"\]", "😀", "c"]),
    ],
)
def test_words_are_words_in_every_script(body, expected):
    assert [word.text for word in words(body)] == expected


@given(anything)
def test_words_and_their_blanks_are_the_whole_text(body):
    found = words(body)
    end = found[-1].end if found else 0
    assert "".join(word.space + word.text for word in found) + body[end:] == body
    assert all(body[word.start : word.end] == word.text for word in found)
    assert not body[end:].strip("\u200b \t\n\r\f\v") or body[end:].isspace()


def test_rival_wordings_side_by_side_are_one_bracket():
    (span,) = brackets("Report [within fifteen days] [without delay].")
    assert span.options == ("within fifteen days", "without delay")
    assert (span.start, span.end) == (7, 44)


def test_literal_brackets_and_footnotes_are_not_brackets():
    assert brackets(r"See \[sic\] and the note[^1].") == ()


def test_a_bracket_never_closed_leaves_the_others_standing():
    assert [span.options for span in brackets("A [ b [c] d")] == [("c",)]


def test_brackets_inside_brackets_are_counted():
    assert bracket_count("[a [b] c] and [d]") == 3
    assert bracket_count("nothing is open") == 0
