"""A redline whose every change leads to its reason, by hand and for all texts."""

from hypothesis import given
from hypothesis import strategies as st

from consult.consolidation.reads_settled import ChangeLine
from consult.consolidation.sourced import Run, Source, sourced
from consult.core.diff import edits


def test_each_change_carries_the_number_of_its_reason() -> None:
    found = sourced(
        "within thirty days, in writing",
        "within fifteen days, by mail",
        [ChangeLine(7, 13, 7, 14, (4, 9), False), ChangeLine(20, 30, 21, 28, (), True)],
    )
    assert found.runs == (
        Run("equal", "within "),
        Run("delete", "thirty"),
        Run("insert", "fifteen", 1),
        Run("equal", " days, "),
        Run("delete", "in writing"),
        Run("insert", "by mail", 2),
    )
    assert found.sources == (Source(1, (4, 9), False), Source(2, (), True))


def test_changes_with_one_reason_carry_one_number() -> None:
    found = sourced(
        "one two three",
        "uno two tres",
        [ChangeLine(0, 3, 0, 3, (4,), False), ChangeLine(8, 13, 8, 12, (4,), False)],
    )
    assert [run.mark for run in found.runs if run.mark] == [1, 1]
    assert len(found.sources) == 1


def test_struck_words_carry_the_number_themselves() -> None:
    found = sourced("one two three", "one three", [ChangeLine(3, 7, 3, 3, (4,), False)])
    assert found.runs[1] == Run("delete", " two", 1)


def test_the_words_of_one_part_of_a_split_find_the_reason_of_the_whole() -> None:
    found = sourced(
        "All is public. Nothing is hidden.", "All is public.", [ChangeLine(14, 33, 14, 34, (7,), False)]
    )
    assert found.runs == (Run("equal", "All is public."), Run("delete", " Nothing is hidden.", 1))
    assert found.sources == (Source(1, (7,), False),)


words = st.lists(st.sampled_from(["one", "two", "three", "four", "[A] [B]", "测试", "."]), max_size=12).map(
    " ".join
)


@given(words, words)
def test_no_word_of_either_text_is_lost(old: str, new: str) -> None:
    recorded = [
        ChangeLine(one.old_start, one.old_end, one.new_start, one.new_end, (1,), False)
        for one in edits(old, new)
    ]
    for stretches in (recorded, recorded[:1], []):
        found = sourced(old, new, stretches)
        assert "".join(run.text for run in found.runs if run.kind != "insert") == old
        assert "".join(run.text for run in found.runs if run.kind != "delete") == new
