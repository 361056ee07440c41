"""How is a number read and cited, and what are the numbers after clauses came, went or moved?"""

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.core.numbering import Node, NumberKind, cited, read_number, renumbered
from consult.core.numerals import from_han, from_roman, han, readings, roman, written
from consult.core.terms import ClauseKind

ARTICLE, CHAPTER, SECTION, PART, ANNEX, DECIMAL, PARAGRAPH, LETTER, ROMAN, PLAIN = NumberKind


@pytest.mark.parametrize(
    ("line", "label", "kind", "value", "rest"),
    [
        ("3", "3", PLAIN, (3,), ""),
        ("1. Scope", "1.", PLAIN, (1,), "Scope"),
        ("3.2 Testing", "3.2", DECIMAL, (3, 2), "Testing"),
        ("3.2.1", "3.2.1", DECIMAL, (3, 2, 1), ""),
        ("(15) Article 6(1) sets", "(15)", PARAGRAPH, (15,), "Article 6(1) sets"),
        ("(a) test", "(a)", LETTER, (1,), "test"),
        ("a) test", "a)", LETTER, (1,), "test"),
        ("(i) test", "(i)", ROMAN, (1,), "test"),
        ("(iv) test", "(iv)", ROMAN, (4,), "test"),
        ("(v) test", "(v)", LETTER, (22,), "test"),
        ("(cc) test", "(cc)", LETTER, (29,), "test"),
        ("II. High-risk", "II.", ROMAN, (2,), "High-risk"),
        ("Article 3", "Article 3", ARTICLE, (3,), ""),
        ("Article 3 – Scope", "Article 3", ARTICLE, (3,), "Scope"),
        ("Art. 3", "Art. 3", ARTICLE, (3,), ""),
        ("ARTICLE IV", "ARTICLE IV", ARTICLE, (4,), ""),
        ("Article premier", "Article premier", ARTICLE, (1,), ""),
        ("Artículo 3.", "Artículo 3", ARTICLE, (3,), ""),
        ("Chapter II Governance", "Chapter II", CHAPTER, (2,), "Governance"),
        ("Chapitre II", "Chapitre II", CHAPTER, (2,), ""),
        ("Section 2", "Section 2", SECTION, (2,), ""),
        ("Annexe II", "Annexe II", ANNEX, (2,), ""),
        ("Annex A", "Annex A", ANNEX, (1,), ""),
        ("Статья 3. Общие положения", "Статья 3", ARTICLE, (3,), "Общие положения"),
        ("Глава II", "Глава II", CHAPTER, (2,), ""),
        ("第三条 为了促进", "第三条", ARTICLE, (3,), "为了促进"),
        ("第一章 总则", "第一章", CHAPTER, (1,), "总则"),
        ("第二节", "第二节", SECTION, (2,), ""),
        ("第七十三条", "第七十三条", ARTICLE, (73,), ""),
        ("（一）提供者", "（一）", PARAGRAPH, (1,), "提供者"),
        ("一、总则", "一、", PLAIN, (1,), "总则"),
        ("附件一", "附件一", ANNEX, (1,), ""),
        ("المادة ٣", "المادة ٣", ARTICLE, (3,), ""),
        ("المادة الثالثة", "المادة الثالثة", ARTICLE, (3,), ""),
        ("المادة الثانية عشرة", "المادة الثانية عشرة", ARTICLE, (12,), ""),
        ("المادة العشرون", "المادة العشرون", ARTICLE, (20,), ""),
        ("الفصل الثاني", "الفصل الثاني", CHAPTER, (2,), ""),
        ("(ب) اختبار", "(ب)", LETTER, (2,), "اختبار"),
        ("в) проверка", "в)", LETTER, (3,), "проверка"),
    ],
)
def test_numbers_are_read_as_they_are_printed(line, label, kind, value, rest):
    found = read_number(line)
    assert (found.label, found.kind, found.value, found.rest) == (label, kind, value, rest)


@pytest.mark.parametrize(
    "line",
    [
        "Article 3 of the Convention applies.",
        "Article 3(1) applies.",
        "第三条规定的义务",
        "30 days after release",
        "2026 was a year",
        "3.5 % of them",
        "A provider shall test.",
        "In the event of harm",
        "i.e. this",
        "Part of the text",
        "",
    ],
)
def test_a_sentence_that_mentions_a_number_has_none(line):
    assert read_number(line) is None


@pytest.mark.parametrize(
    ("before", "line", "kind", "value"),
    [
        ("(h)", "(i)", LETTER, 9),
        ("(iv)", "(v)", ROMAN, 5),
        ("(u)", "(v)", LETTER, 22),
        ("(w)", "(x)", LETTER, 24),
        ("(ix)", "(x)", ROMAN, 10),
        ("3.2", "(i)", ROMAN, 1),
    ],
)
def test_what_precedes_tells_a_roman_number_from_a_letter(before, line, kind, value):
    found = read_number(line, read_number(before))
    assert (found.kind, found.value) == (kind, (value,))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (["3", "3.2", "(a)", "(i)"], "3.2(a)(i)"),
        (["2.8", "(15)"], "(15)"),
        (["III.", "(15)", "a)"], "(15)(a)"),
        (["Chapter II", "Article 5", "1", "(a)"], "Article 5(1)(a)"),
        (["Chapter II", "Article 5", "(1)"], "Article 5(1)"),
        (["Chapter II", "Section 2"], "Chapter II, Section 2"),
        (["Annex I", "3.", "(b)"], "Annex I, 3(b)"),
        (["Annex I", "Article 2"], "Annex I, Article 2"),
        (["3.", "1."], "3(1)"),
        (["第一章", "第三条", "（一）"], "第三条（一）"),
        (["第一章", "第二节"], "第一章第二节"),
        (["الفصل الثاني", "المادة ٣", "(أ)"], "المادة ٣(أ)"),
        (["الفصل الثاني", "القسم ٣"], "الفصل الثاني، القسم ٣"),
        (["", "3.2", ""], ""),
        (["", "Article 3"], "Article 3"),
        ([], ""),
    ],
)
def test_a_clause_is_cited_as_texts_cite_it(path, expected):
    assert cited(path) == expected


@given(st.integers(1, 3999))
def test_numerals_read_back_as_they_were_written(value):
    assert from_roman(roman(value)) == value
    assert from_han(han(value)) == value
    assert readings(written("٠", value)) == (("٠", value),)


@given(st.sampled_from(["a", "A", "а", "أ"]), st.integers(1, 56))
def test_letters_read_back_as_they_were_written(style, value):
    assert (style, value) in readings(written(style, value))


def test_chinese_numbers_are_written_as_in_laws():
    assert [han(value) for value in (10, 12, 20, 101, 110, 426)] == [
        "十",
        "十二",
        "二十",
        "一百零一",
        "一百一十",
        "四百二十六",
    ]


# After clauses came, went or moved


def tree(*labels: str | None) -> list[Node]:
    """Clauses side by side, in the order given."""
    return [Node(at, None, ClauseKind.CLAUSE, label) for at, label in enumerate(labels, 1)]


def after(old: list[Node], *keep: int) -> list[str]:
    """The labels when these clauses stand in this order; 0 is a new one."""
    by_id = {node.id: node for node in old}
    nodes = [
        by_id[id_] if id_ else Node(100 + at, None, ClauseKind.CLAUSE, None) for at, id_ in enumerate(keep)
    ]
    return list(renumbered(nodes, old).values())


@pytest.mark.parametrize(
    ("labels", "keep", "expected"),
    [
        (("3.1", "3.2", "3.3"), (1, 2, 0, 3), ["3.1", "3.2", "3.3", "3.4"]),
        (("3.1", "3.2", "3.3"), (2, 3), ["3.1", "3.2"]),
        (("3.1", "3.2", "3.3"), (0, 1, 2, 3), ["3.1", "3.2", "3.3", "3.4"]),
        (("3.1", "3.2", "3.3"), (3, 1, 2), ["3.1", "3.2", "3.3"]),
        (("(a)", "(b)", "(c)"), (1, 0, 3), ["(a)", "(b)", "(c)"]),
        (("(i)", "(ii)", "(iii)"), (1, 2, 3, 0), ["(i)", "(ii)", "(iii)", "(iv)"]),
        (("(h)", "(i)", "(j)"), (1, 0, 2, 3), ["(h)", "(i)", "(j)", "(k)"]),
        (("Article premier", "Article 2"), (1, 0, 2), ["Article premier", "Article 2", "Article 3"]),
        (("第九条", "第十条", "第十一条"), (1, 0, 2, 3), ["第九条", "第十条", "第十一条", "第十二条"]),
        (("المادة ٩", "المادة ١٠"), (0, 1, 2), ["المادة ٩", "المادة ١٠", "المادة ١١"]),
        (
            ("المادة الثانية", "المادة الثالثة"),
            (1, 0, 2),
            ["المادة الثانية", "المادة الثالثة", "المادة الرابعة"],
        ),
        (("(15)", "(16)", "(70)"), (1, 0, 2, 3), ["(15)", "(16)", "(17)", "(71)"]),
        (("(15)", "(16)", "(70)"), (1, 3), ["(15)", "(69)"]),
        (("3.", "3 bis.", "4."), (0, 1, 2, 3), ["3.", "4.", "4 bis.", "5."]),
        (("第三条", "第三条之一"), (0, 1, 2), ["第三条", "第四条", "第四条之一"]),
        (("Preamble", "1.", "2."), (1, 0, 2, 3), ["Preamble", "1.", "2.", "3."]),
        (("1.", "", "2."), (1, 2, 0, 3), ["1.", "", "2.", "3."]),
    ],
)
def test_the_count_closes_up_and_makes_room_in_its_own_manner(labels, keep, expected):
    assert after(tree(*labels), *keep) == expected


def node(id_: int, parent: int | None, number: str | None, kind: ClauseKind = ClauseKind.CLAUSE) -> Node:
    return Node(id_, parent, kind, number)


def test_points_follow_the_number_of_their_clause():
    old = [node(1, None, "3"), node(2, 1, "3.1"), node(3, 2, "(a)"), node(4, 1, "3.2"), node(5, 4, "3.2.1")]
    new = [node(9, None, None), node(1, None, "3"), node(8, 1, None), *old[1:]]
    assert renumbered(new, old) == {9: "3", 1: "4", 8: "4.1", 2: "4.2", 3: "(a)", 4: "4.3", 5: "4.3.1"}


def test_articles_count_through_the_chapters_and_begin_again_in_an_annex():
    old = [
        *(node(1, None, "第一章"), node(2, 1, "第一条"), node(3, 1, "第二条")),
        *(node(4, None, "第二章"), node(5, 4, "第三条")),
        *(node(6, None, "附件一"), node(7, 6, "第一条")),
    ]
    new = [*old[:2], node(20, 1, None), *old[2:4], node(21, 4, None), *old[4:]]
    assert [renumbered(new, old)[id_] for id_ in (2, 20, 3, 21, 5, 7)] == [
        "第一条",
        "第二条",
        "第三条",
        "第四条",
        "第五条",
        "第一条",
    ]


def test_paragraphs_count_through_sections_of_any_depth():
    old = [
        *(node(1, None, "2.8"), node(2, 1, "(15)"), node(3, 1, "2.8.1"), node(4, 3, "(16)")),
        *(node(5, 1, "(17)"), node(6, None, "2.9"), node(7, 6, "(18)")),
    ]
    new = [*old[:4], node(20, 3, None), *old[4:6], node(21, None, None), node(22, 21, None), old[6]]
    labels = renumbered(new, old)
    assert [labels[id_] for id_ in (2, 4, 20, 5, 22, 7)] == ["(15)", "(16)", "(17)", "(18)", "(19)", "(20)"]


def test_a_new_section_counts_its_clauses_as_its_neighbours_do():
    old = [node(1, None, "3"), node(2, 1, "3.1"), node(3, None, "4"), node(4, 3, "4.1")]
    new = [*old[:2], node(20, None, None), node(21, 20, None), node(22, 20, None), *old[2:]]
    assert renumbered(new, old) == {1: "3", 2: "3.1", 20: "4", 21: "4.1", 22: "4.2", 3: "5", 4: "5.1"}


def test_a_clause_that_moves_takes_its_place_in_the_count_there():
    old = [node(1, None, "3"), node(2, 1, "3.1"), node(3, 1, "3.2"), node(4, None, "4"), node(5, 4, "4.1")]
    new = [old[0], old[2], old[3], replace(old[1], parent=4), old[4]]
    assert renumbered(new, old) == {1: "3", 3: "3.1", 4: "4", 2: "4.1", 5: "4.2"}


def test_a_real_law_keeps_its_numbers_and_makes_room_for_one_more():
    folder = Path(os.environ.get("CONSULT_CORPUS") or Path(__file__).parents[3] / "shared/corpus")
    path = folder / "texts/china-shenzhen-ai-promotion-2022.zh.md"
    if not path.exists():
        pytest.skip(f"the corpus is not at {path}")
    law: list[Node] = []
    chapter: int | None = None
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = read_number(line.lstrip("# "))
        if found is not None and found.kind is CHAPTER:
            chapter = at
            law.append(node(at, None, found.label, ClauseKind.SECTION))
        elif found is not None and found.kind is ARTICLE:
            law.append(node(at, chapter, found.label))
    assert Counter(one.kind for one in law) == {ClauseKind.SECTION: 7, ClauseKind.CLAUSE: 73}
    assert renumbered(law) == {one.id: one.number for one in law}
    longer = [*law[:5], node(9999, law[4].parent, None), *law[5:]]
    labels = renumbered(longer, law)
    assert (labels[9999], labels[law[-1].id]) == ("第五条", "第七十四条")


# A tree of any shape: chapters; articles counted through them; decimals or paragraphs; letters

Shape = tuple[int, int | None, int]  # id, parent, depth
SCHEMES = (
    (
        ("Chapter ", "I", "", False),
        ("Article ", "0", "", True),
        ("", "0", ".", False),
        ("(", "a", ")", False),
    ),
    (("第", "一", "章", False), ("第", "一", "条", True), ("（", "一", "）", False), ("", "0", ".", False)),
    (("", "0", "", False), ("decimal", "0", "", False), ("decimal", "0", "", False), ("(", "a", ")", False)),
    (
        ("الفصل ", "الأول", "", False),
        ("المادة ", "٠", "", True),
        ("(", "أ", ")", False),
        ("(", "٠", ")", False),
    ),
)


def by_hand(shapes: list[Shape], scheme: int) -> dict[int, str]:
    """The labels as one would count them, walking down the text."""
    counts: Counter[object] = Counter()
    labels: dict[int, str] = {}
    for id_, parent, depth in shapes:
        lead, style, tail, runs_on = SCHEMES[scheme][depth]
        scope: object = ("all", depth) if runs_on else parent
        counts[scope] += 1
        if lead == "decimal":
            labels[id_] = f"{labels[parent]}.{counts[scope]}"
        else:
            labels[id_] = f"{lead}{written(style, counts[scope])}{tail}"
    return labels


@st.composite
def shapes(draw: st.DrawFn) -> list[Shape]:
    found: list[Shape] = []
    for _ in range(draw(st.integers(2, 3))):
        grow(draw, found, None, 0)
    return found


def grow(draw: st.DrawFn, found: list[Shape], parent: int | None, depth: int) -> None:
    id_ = len(found) + 1
    found.append((id_, parent, depth))
    if depth < 3:
        for _ in range(draw(st.integers(2 if depth == 0 else 0, 3))):
            grow(draw, found, id_, depth + 1)


def as_nodes(shapes: list[Shape], labels: dict[int, str]) -> list[Node]:
    return [Node(id_, parent, ClauseKind.CLAUSE, labels.get(id_)) for id_, parent, _ in shapes]


@settings(max_examples=150, deadline=None)
@given(shapes(), st.sampled_from(range(len(SCHEMES))), st.data())
def test_renumbering_is_what_one_would_count_by_hand(old, scheme, data):
    labels = by_hand(old, scheme)
    parents = {parent for _, parent, _ in old}
    leaves = [one for one in old if one[0] not in parents and one[2] > 0]
    gone = set()
    for id_, parent, _ in data.draw(st.lists(st.sampled_from(leaves), max_size=3) if leaves else st.just([])):
        if sum(one[1] == parent and one[0] not in gone for one in old) > 1:
            gone.add(id_)  # its neighbours still show how to count
    new = [one for one in old if one[0] not in gone]
    for fresh in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(new) - 1))
        _, parent, depth = new[at]
        new.insert(at, (1000 + fresh, parent, depth))
    before = as_nodes(old, labels)
    found = renumbered(as_nodes(new, labels), before)
    assert found == by_hand(new, scheme)
    ways = {(parent, label) for (_, parent, _), label in zip(new, found.values(), strict=True)}
    assert len(ways) == len(new)  # one clause, one number: a bijection


@settings(max_examples=80, deadline=None)
@given(shapes(), st.sampled_from(range(len(SCHEMES))))
def test_renumbering_what_did_not_change_changes_nothing(old, scheme):
    labels = by_hand(old, scheme)
    assert renumbered(as_nodes(old, labels)) == labels
    assert renumbered(as_nodes(old, labels), as_nodes(old, labels)) == labels


@settings(max_examples=80, deadline=None)
@given(shapes(), st.sampled_from(range(len(SCHEMES))), st.randoms(use_true_random=False))
def test_reordering_hands_the_same_numbers_out_again(old, scheme, chance):
    labels = by_hand(old, scheme)
    children: dict[int | None, list[Shape]] = {}
    for one in old:
        children.setdefault(one[1], []).append(one)
    for some in children.values():
        chance.shuffle(some)
    new: list[Shape] = []

    def walk(parent: int | None) -> None:
        for one in children.get(parent, []):
            new.append(one)
            walk(one[0])

    walk(None)
    found = renumbered(as_nodes(new, labels), as_nodes(old, labels))
    assert found == by_hand(new, scheme)
