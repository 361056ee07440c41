"""Where do quoted words stand now, or do they stand nowhere?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.core.anchors import GONE, Anchor, Quote, anchored, quoted

BODY = "The provider shall test. The deployer shall test."


def test_a_quote_is_found_between_its_neighbours():
    assert anchored(Quote("shall test", "deployer ", "."), BODY) == Anchor("exact", 38, 48)


def test_words_that_changed_are_gone():
    assert anchored(Quote("shall test", "importer ", "."), BODY) == GONE
    assert anchored(Quote("shall verify"), BODY) == GONE


def test_words_that_stand_twice_are_not_guessed_at():
    assert anchored(Quote("shall test"), BODY) == GONE
    assert anchored(Quote(""), BODY) == GONE


@settings(max_examples=200)
@given(st.text(alphabet="ab测 ", min_size=1, max_size=120), st.data())
def test_a_quote_made_from_a_text_is_found_at_its_own_place(body, data):
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    assert anchored(quoted(body, start, end), body) == Anchor("exact", start, end)


@settings(max_examples=200)
@given(st.text(alphabet="ab ", max_size=40), st.text(alphabet="ab ", max_size=40), st.data())
def test_an_anchor_never_slides_to_other_words(body, next_body, data):
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(body))] * 2)))
    quote = quoted(body, start, end)
    found = anchored(quote, next_body)
    if found.state == "exact":
        assert next_body[found.start : found.end] == quote.exact
        assert next_body[: found.start].endswith(quote.prefix)
        assert next_body[found.end :].startswith(quote.suffix)
