"""What changed between two texts, word by word, in any script?"""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consult.core.diff import applied, edits, redline
from consult.core.text import words
from tests.core.phrases import LANGUAGES


def shown(old: str, new: str) -> str:
    marks = {"equal": "{}", "delete": "⟦-{}⟧", "insert": "⟦+{}⟧"}
    return "".join(marks[run.kind].format(run.text) for run in redline(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "Report within thirty days.",
            "Report within fifteen days of release.",
            "Report within ⟦-thirty⟧⟦+fifteen⟧ days⟦+ of release⟧.",
        ),
        ("Certain providers shall", "providers shall", "⟦-Certain ⟧providers shall"),
        ("providers shall", "Certain providers shall", "⟦+Certain ⟧providers shall"),
        ("x, y.", "x, z, y.", "x,⟦+ z,⟧ y."),
        ("One rule. Two rules.", "One rule. New rule. Two rules.", "One rule.⟦+ New rule.⟧ Two rules."),
        ("First line.", "First line.\n\nNext line.", "First line.⟦+\n\nNext line.⟧"),
        ("test, evaluate it", "audit, certify it", "⟦-test, evaluate⟧⟦+audit, certify⟧ it"),
        ("It ends. More comes.", "It stops. Much comes.", "It ⟦-ends⟧⟦+stops⟧. ⟦-More⟧⟦+Much⟧ comes."),
        (
            "应当在十五日内进行测试。",
            "应当在三十日内进行独立测试。",
            "应当在⟦-十五⟧⟦+三十⟧日内进行⟦+独立⟧测试。",
        ),
        ("甲、乙。", "甲、丙、乙。", "甲、⟦+丙、⟧乙。"),
        ("ผู้ให้บริการต้องทดสอบ", "ผู้ให้บริการควรทดสอบก่อน", "ผู้ให้บริการ⟦-ต้อง⟧⟦+ควร⟧ทดสอบ⟦+ก่อน⟧"),
        (
            "على المزود اختبار النظام.",
            "على المزود والمستخدم اختبار النظام.",
            "على المزود⟦+ والمستخدم⟧ اختبار النظام.",
        ),
        ("को परीक्षण करना होगा।", "को स्वतंत्र परीक्षण करना होगा।", "को⟦+ स्वतंत्र⟧ परीक्षण करना होगा।"),
        ("a b", "a  b", "a⟦- ⟧⟦+  ⟧b"),
        ("a b ", "a b", "a b⟦- ⟧"),
        ("", "new", "⟦+new⟧"),
        ("same", "same", "same"),
    ],
)
def test_a_redline_reads_as_a_person_would_mark_it(old, new, expected):
    assert shown(old, new) == expected


piece = st.sampled_from(
    [word for language in LANGUAGES for word in (*language.base, *language.fresh)]
    + [" ", "  ", "\n", "\u200b", "\u00a0", ",", ".", "[", "]", "\\", "a", "b", "c", "é", "e\u0301", "😀"]
)
any_text = st.lists(piece, max_size=14).map("".join)


@settings(max_examples=300, deadline=None)
@given(any_text, any_text)
@example("a b c", "b")
@example("a b", " ")
def test_a_diff_rebuilds_the_new_text_and_the_old_one(old, new):
    changes = edits(old, new)
    assert applied(old, new, changes) == new
    runs = redline(old, new)
    assert "".join(run.text for run in runs if run.kind != "insert") == old
    assert "".join(run.text for run in runs if run.kind != "delete") == new


@settings(max_examples=150, deadline=None)
@given(any_text, any_text)
def test_changes_stand_in_order_apart_and_never_empty(old, new):
    changes = edits(old, new)
    for one, next_ in pairwise(changes):
        assert one.old_end < next_.old_start
        assert one.new_end < next_.new_start
    assert all(old[c.old_start : c.old_end] != new[c.new_start : c.new_end] for c in changes)


@settings(max_examples=150, deadline=None)
@given(any_text, any_text)
def test_no_word_of_the_old_text_is_cut(old, new):
    inside = {at for word in words(old) for at in range(word.start + 1, word.end)}
    assert not any(at in inside for change in edits(old, new) for at in (change.old_start, change.old_end))
