"""Words from elsewhere become a body that shows exactly those words, to the reader and to Word alike."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consult.core.text import brackets
from consult.documents.bodies import blocks
from consult.documents.markup import Run, body, plain, settled, table, tidy

SIGNS = st.text(alphabet="ab1. *_[]()<>&;#|\\`~!-+=^:/\nñ試ا", max_size=40)


def shown(text: str) -> str:
    return "".join("".join(block.text for block in blocks(text)).split())


@given(SIGNS)
@example("1) 2. a\n- b\n> c\n***\n===\n# d")
@example("[^x] [1] [a [b] c] ]")
@example("&amp; &lt;a> <b> \\* `c` __d__ ~~e~~")
@example("https://a.b/*c*_d_ www.x.y a@b.c")
def test_words_show_as_they_are(words: str) -> None:
    """A link and a note mark are markup on purpose; they are the only ones that words can make."""
    if "[^" in words or "<http" in words:
        return
    written = body([Run(words)])
    assert shown(written) == "".join(tidy(words).split())
    assert "".join(plain(written).split()) == "".join(tidy(words).split())


@given(st.lists(st.builds(Run, SIGNS, st.booleans(), st.booleans()), max_size=5))
def test_emphasis_adds_and_takes_no_words(runs: list[Run]) -> None:
    words = "".join(run.text for run in runs)
    if "[^" in words or "<http" in words:
        return
    assert shown(body(runs)) == "".join(tidy(words).split())
    assert "".join(plain(body(runs)).split()) == "".join(tidy(words).split())


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("States [shall] [should] act", 1),
        ("[The whole sentence is open.]", 1),
        ("[A [B] C]", 1),
        ("see [12], [3, 4] and [12-14]", 0),
        ("as said [Smith 2020] and [ISO 2382-37]", 0),
        ("he said […] and [...] and [sic]", 0),
        ("tick [ ] or [x]", 0),
        ("a ] stray [ one", 0),
        ("[shall [12] test]", 1),
    ],
)
def test_brackets_are_open_text_unless_they_are_plainly_something_else(words: str, count: int) -> None:
    assert len(brackets(body([Run(words)]))) == count


def test_emphasis_of_everything_is_none_within() -> None:
    assert settled([Run("All ", True), Run("bold.", True)]) == ("All bold.", True)
    assert settled([Run("Some ", True), Run("bold.")]) == ("**Some** bold.", False)


def test_a_table_is_filled_up_and_keeps_bars_as_words() -> None:
    assert table([["a|b"], ["c", "d\ne"]]) == "| a\\|b |  |\n| --- | --- |\n| c | d e |"
