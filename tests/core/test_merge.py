"""From many accepted amendments to one next text: what lands, whose it is, and where they collide?

The examples can be checked by hand. Each amendment is written as words replaced in the base.
"""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.core.merge import Amended, Merged, NoSuchOption, Option, merge
from consult.core.text import words
from tests.core.phrases import LANGUAGES, Language

BASE = "The provider shall report test results to the authority within thirty days."


def amend(comment: int, old: str, new: str, base: str = BASE) -> Amended:
    assert old in base
    return Amended(comment, base.replace(old, new, 1))


def landed(base: str, merged: Merged) -> list[tuple[str, str, tuple[int, ...]]]:
    return [
        (base[c.old_start : c.old_end], merged.text[c.new_start : c.new_end], c.comments)
        for c in merged.changes
    ]


# By hand


def test_what_several_ask_is_one_change_with_all_their_names():
    merged = merge(BASE, [amend(n, "thirty", "fifteen") for n in (412, 398, 405)])
    assert merged.text == BASE.replace("thirty", "fifteen")
    assert landed(BASE, merged) == [("thirty", "fifteen", (398, 405, 412))]


def test_changes_of_different_words_all_land():
    merged = merge(
        BASE,
        [
            amend(1, "thirty", "fifteen"),
            amend(2, "test results", "all test results"),
            amend(3, "days.", "days of release."),
            amend(4, "shall", "should"),
        ],
    )
    assert merged.collisions == ()
    assert merged.text == (
        "The provider should report all test results to the authority within fifteen days of release."
    )
    assert [comments for *_, comments in landed(BASE, merged)] == [(4,), (2,), (1,), (3,)]


def test_two_edits_of_the_same_words_collide_and_the_base_stands():
    merged = merge(
        BASE, [amend(1, "thirty days", "fifteen days"), amend(2, "within thirty days", "without delay")]
    )
    assert merged.text == BASE
    assert merged.changes == ()
    (collision,) = merged.collisions
    assert collision.base_text == BASE[collision.base_start : collision.base_end] == "within thirty days"
    assert collision.options == (
        Option("within thirty days", ()),
        Option("within fifteen days", (1,)),
        Option("without delay", (2,)),
    )


def test_those_who_ask_for_the_same_words_share_an_option():
    merged = merge(BASE, [amend(1, "thirty", "ten"), amend(2, "thirty", "sixty"), amend(3, "thirty", "ten")])
    assert [option.comments for option in merged.collisions[0].options] == [(), (1, 3), (2,)]


def test_different_words_put_in_at_the_same_place_collide():
    merged = merge(BASE, [amend(1, "days", "working days"), amend(2, "days", "calendar days")])
    (collision,) = merged.collisions
    assert (collision.base_text, collision.base_start) == ("", collision.base_end)
    assert [option.text for option in collision.options] == ["", "working", "calendar"]


def test_a_collision_reaches_as_far_as_the_edits_that_hang_together():
    merged = merge(
        BASE,
        [
            amend(1, "report test results", "publish findings"),
            amend(2, "results to the authority", "data"),
            amend(3, "the authority within", "regulators in"),
            amend(4, "provider", "deployer"),
        ],
    )
    (collision,) = merged.collisions
    assert collision.base_text == "report test results to the authority within"
    assert [option.text for option in collision.options[1:]] == [
        "publish findings to the authority within",
        "report test data within",
        "report test results to regulators in",
    ]
    assert merged.text == BASE.replace("provider", "deployer")


def test_a_colliding_comment_still_gets_its_other_changes():
    both = Amended(1, BASE.replace("thirty", "fifteen").replace("shall", "should"))
    merged = merge(BASE, [both, amend(2, "thirty", "sixty")])
    assert landed(BASE, merged) == [("shall", "should", (1,))]
    assert len(merged.collisions) == 1


def test_choosing_an_option_lands_it_in_its_comments_names():
    asked = [amend(1, "thirty", "fifteen"), amend(2, "thirty", "sixty")]
    key = merge(BASE, asked).collisions[0].key
    chosen = merge(BASE, asked, {key: 2})
    assert (chosen.text, chosen.collisions) == (BASE.replace("thirty", "sixty"), ())
    assert landed(BASE, chosen) == [("thirty", "sixty", (2,))]
    assert merge(BASE, asked, {key: 0}) == Merged(BASE, (), ())


def test_keeping_both_in_brackets_cites_everyone():
    asked = [amend(1, "thirty days", "fifteen days"), amend(2, "within thirty days", "without delay")]
    key = merge(BASE, asked).collisions[0].key
    merged = merge(BASE, asked, {key: "brackets"})
    assert merged.text.endswith("to the authority [within fifteen days] [without delay].")
    assert merged.changes[0].comments == (1, 2)


def test_striking_against_rewording_leaves_one_bracket():
    asked = [amend(1, " within thirty days", ""), amend(2, "thirty", "sixty")]
    key = merge(BASE, asked).collisions[0].key
    assert merge(BASE, asked, {key: "brackets"}).text.endswith("authority [within sixty days].")


def test_an_option_that_is_not_there_is_refused():
    asked = [amend(1, "thirty", "fifteen"), amend(2, "thirty", "sixty")]
    key = merge(BASE, asked).collisions[0].key
    for choice in (3, -1):
        with pytest.raises(NoSuchOption):
            merge(BASE, asked, {key: choice})


def test_the_key_stays_while_base_and_stretch_stay():
    two = merge(BASE, [amend(1, "thirty", "ten"), amend(2, "thirty", "sixty")])
    more = merge(BASE, [amend(5, "thirty", "five"), amend(2, "thirty", "sixty"), amend(7, "shall", "may")])
    assert two.collisions[0].key == more.collisions[0].key


@pytest.mark.parametrize(
    ("base", "proposed", "expected"),
    [
        ("a b c", ["b c", "a c"], "c"),  # the first word struck by one, the second by another
        ("a b c", ["a b", "a c"], "a"),
        ("a b c", ["x a b c", "b c"], "x b c"),
        ("a b c", ["x a b c", "z b c"], "x z b c"),
        ("a b c", ["a x b c", "z b c"], "z x b c"),
        ("a b c", ["a b c x", "a b z"], "a b z x"),
        ("a b.", ["a.", "z b."], "z."),
        (
            "one two.\n\nthree four.",
            ["one two.\n\nx three four.", "one two.\n\nfour."],
            "one two.\n\nx four.",
        ),
        ("one two.\n\nthree.", ["one.\n\nthree.", "one two.\n\nthree.\n\nfour."], "one.\n\nthree.\n\nfour."),
        ("提供者应当进行测试。", ["提供者应当测试。", "提供者必须进行测试。"], "提供者必须测试。"),
        ("甲、乙、丙。", ["甲、丁、乙、丙。", "甲、乙。"], "甲、丁、乙。"),
        ("ต้องทดสอบระบบ", ["ควรทดสอบระบบ", "ต้องทดสอบระบบก่อน"], "ควรทดสอบระบบก่อน"),
        (
            "على المزود اختبار النظام، فوراً.",
            ["على المزود النظام، فوراً.", "على المزود اختبار النظام."],
            "على المزود النظام.",
        ),
        ("用AI系统 test it。", ["用AI系统 check it。", "用AI模型 test it。"], "用AI模型 check it。"),
    ],
)
def test_neighbours_meet_without_stray_or_missing_blanks(base, proposed, expected):
    merged = merge(base, [Amended(number, text) for number, text in enumerate(proposed, 1)])
    assert merged.collisions == ()
    assert merged.text == expected


def test_rivals_in_chinese_stand_in_brackets_without_blanks():
    base = "应当在十五日内测试。"
    asked = [amend(1, "十五", "三十", base), amend(2, "十五", "十", base)]
    key = merge(base, asked).collisions[0].key
    assert merge(base, asked, {key: "brackets"}).text == "应当在[三十][十]日内测试。"


# For all texts


@st.composite
def bases(draw: st.DrawFn) -> tuple[Language, list[str]]:
    """A text whose words all differ: where two are alike, which of them was struck cannot be known."""
    language = draw(st.sampled_from(LANGUAGES))
    body = language.text(list(language.base[: draw(st.integers(4, len(language.base)))]))
    tokens = words(body)
    if len({word.text for word in tokens}) != len(tokens):
        raise AssertionError(f"the {language.name} words repeat")
    return language, [word.text for word in tokens]


@st.composite
def rewritten(draw: st.DrawFn, language: Language, base: list[str]) -> str:
    """What an author might propose: some words struck, replaced or put in."""
    proposed = list(base)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(proposed)))
        struck = draw(st.integers(0, 3))
        proposed[at : at + struck] = draw(st.lists(st.sampled_from(language.fresh), max_size=2))
    return language.text(proposed)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[str, list[Amended]]:
    language, base = draw(bases())
    texts = draw(st.lists(rewritten(language, base), min_size=1, max_size=6))
    return language.text(base), [Amended(number, text) for number, text in enumerate(texts, 1)]


@given(bases())
def test_merging_nothing_changes_nothing(base):
    language, tokens = base
    text = language.text(tokens)
    assert merge(text, []) == Merged(text, (), ())
    assert merge(text, [Amended(1, text)]) == Merged(text, (), ())


@settings(max_examples=200, deadline=None)
@given(rounds())
def test_one_amendment_alone_is_its_text(round_):
    base, amendments = round_
    for amended in amendments:
        alone = merge(base, [amended])
        assert (alone.text, alone.collisions) == (amended.text, ())


@settings(max_examples=150, deadline=None)
@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_amendments_does_not_matter(round_, chance):
    base, amendments = round_
    shuffled = list(amendments)
    chance.shuffle(shuffled)
    assert merge(base, shuffled) == merge(base, amendments)
    assert merge(base, [*shuffled, shuffled[0]]) == merge(base, amendments)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_changes_of_different_words_all_land_in_every_language(data):
    language, base = data.draw(bases())
    proposals: list[Amended] = []
    expected: list[str] = []
    may_touch = language.between == " "  # elsewhere a new neighbour may shift where its word is cut
    is_free = True
    for at, word in enumerate(base):
        kind = (
            data.draw(st.sampled_from(["keep", "keep", "strike", "replace", "insert"])) if is_free else "keep"
        )
        is_free = may_touch or kind == "keep"
        new = f"n{at}" if language.between else data.draw(st.sampled_from(language.fresh))
        now = {"keep": [word], "strike": [], "replace": [new], "insert": [new, word]}[kind]
        expected += now
        if kind != "keep":
            proposals.append(Amended(at + 1, language.text([*base[:at], *now, *base[at + 1 :]])))
    merged = merge(language.text(base), proposals)
    assert merged.collisions == ()
    assert merged.text == language.text(expected)
    cited = {comment for change in merged.changes for comment in change.comments}
    assert cited == {amended.comment for amended in proposals}


@settings(max_examples=200, deadline=None)
@given(rounds())
def test_a_collision_loses_nobodys_words(round_):
    base, amendments = round_
    merged = merge(base, amendments)
    present = "".join([merged.text, *(option.text for c in merged.collisions for option in c.options)])
    fresh = {word for language in LANGUAGES for word in language.fresh}
    for amended in amendments:
        assert all(word in present for word in fresh if word in amended.text)
        if amended.text != base:
            cited = [change.comments for change in merged.changes]
            cited += [option.comments for c in merged.collisions for option in c.options]
            assert any(amended.comment in comments for comments in cited)


@settings(max_examples=200, deadline=None)
@given(rounds())
def test_the_changes_rebuild_the_text_and_each_cites_a_comment(round_):
    base, amendments = round_
    for merged in every_resolution(base, amendments):
        rebuilt, at = "", 0
        for change in merged.changes:
            assert change.comments
            assert change.old_start >= at
            rebuilt += base[at : change.old_start]
            assert len(rebuilt) == change.new_start
            rebuilt += merged.text[change.new_start : change.new_end]
            at = change.old_end
        assert rebuilt + base[at:] == merged.text


@settings(max_examples=100, deadline=None)
@given(rounds())
def test_a_resolution_shows_what_was_chosen(round_):
    base, amendments = round_
    for collision in merge(base, amendments).collisions:
        assert (
            collision.base_text
            == base[collision.base_start : collision.base_end]
            == collision.options[0].text
        )
        kept = merge(base, amendments, {collision.key: "brackets"})
        assert collision not in kept.collisions
        assert all(f"[{option.text}]" in kept.text for option in collision.options[1:] if option.text)
        for index, option in enumerate(collision.options):
            assert option.text in merge(base, amendments, {collision.key: index}).text


def every_resolution(base: str, amendments: list[Amended]) -> list[Merged]:
    merged = merge(base, amendments)
    ways = [[*range(len(c.options)), "brackets"] for c in merged.collisions]
    keys = [c.key for c in merged.collisions]
    chosen = itertools.islice(itertools.product(*ways), 12)
    return [merged, *(merge(base, amendments, dict(zip(keys, way, strict=True))) for way in chosen)]
