"""Any two random drafts come back from one tracked Word file, word for word."""

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.documents import docx_out
from consult.documents.publication import OldWords
from tests.documents.publications import NOTE, SECTION, a_clause, a_publication, kept, mended
from tests.documents.word_settling import accepted, rejected

# What each says is written down beside its Markdown, apart from the program's own reading of it.

SAID = {
    "*may*": "may", "**must**": "must", "[shall]": "[shall]", "\\[sic\\]": "[sic]", "<https://x.org/a>": "https://x.org/a",
    "within": "within", "days,": "days,", "risk.": "risk.", "测试应与": "测试应与", "风险。": "风险。", "الاختبار": "الاختبار",
    "النظام،": "النظام،", "ทดสอบระบบ": "ทดสอบระบบ", "परीक्षण": "परीक्षण", "[A": "[A", "B]": "B]", "a\\*b": "a*b",
}  # fmt: skip

words = st.lists(st.sampled_from(list(SAID)), min_size=1, max_size=8)
bodies = st.lists(
    st.one_of(
        st.tuples(st.just("para"), words),
        st.tuples(st.just("cited"), words),
        st.tuples(st.just("list"), st.lists(words, min_size=1, max_size=3)),
        st.tuples(
            st.just("table"), st.lists(st.lists(words, min_size=2, max_size=2), min_size=1, max_size=3)
        ),
    ),
    max_size=4,
)
drafts = st.tuples(
    st.sampled_from(["", "1", "3.2", "(a)", "Article 3", "第三条", "المادة ٣"]),
    st.sampled_from(["", "Scope", "Scope of it"]),
    bodies,
)


def markdown(body: list) -> str:
    blocks, last = [], ""
    for kind, content in body:
        if kind == last == "list":
            blocks.append("Between.")
        if kind in ("para", "cited"):
            blocks.append(" ".join(content) + ("[^1]" if kind == "cited" else ""))
        elif kind == "list":
            blocks.append("\n".join("- " + " ".join(item) for item in content))
        else:
            rows = ["| " + " | ".join(" ".join(cell) for cell in row) + " |" for row in content]
            blocks.append("\n".join([rows[0], "| --- | --- |", *rows[1:]]))
        last = kind
    return "\n\n".join(blocks)


def lines(number: str, heading: str, body: list, note: str) -> list[str]:
    found, last = [], ""
    for kind, content in body:
        if kind == last == "list":
            found.append("Between.")
        if kind in ("para", "cited"):
            found.append(" ".join(SAID[word] for word in content) + (f"⟦{note}⟧" if kind == "cited" else ""))
        else:
            sign = "• " if kind == "list" else ""
            cells = content if kind == "list" else [cell for row in content for cell in row]
            found += [sign + " ".join(SAID[word] for word in cell) for cell in cells]
        last = kind
    if heading:
        return [f"{number} {heading}".strip(), *found]
    if number and body and body[0][0] in ("para", "cited"):
        return [f"{number} {found[0]}", *found[1:]]
    return [number, *found] if number else found


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.none() | drafts, st.none() | drafts), min_size=1, max_size=5), st.booleans())
def test_any_two_drafts_come_back_word_for_word(pairs: list, note_changes: bool) -> None:
    clauses, before, after = [], [], []
    was, is_ = "A note of old.", "A note of new." if note_changes else "A note of old."
    for place, (old, new) in enumerate(pairs):
        if old is None and new is None:
            continue
        old_words = OldWords(old[0], old[1], markdown(old[2])) if old else None
        number, heading, body = (new[0], new[1], markdown(new[2])) if new else ("", "", "")
        facts = {"number": number, "heading": heading, "old": old_words, "is_ended": new is None}
        clauses.append(a_clause(f"c{place}", body, because="#1", **facts))
        before += lines(*old, was) if old else []
        after += lines(*new, is_) if new else []
    clauses.append(kept("s", "", heading="Notes", kind=SECTION))
    clauses.append(mended("n", was, is_, number="1", kind=NOTE))
    file = docx_out.write(a_publication(*clauses), tracked=True)
    assert accepted(file) == [*after, "Notes", *([] if "⟦" in "".join(after) else [f"Note 1 {is_}"])]
    assert rejected(file) == [*before, "Notes", *([] if "⟦" in "".join(before) else [f"Note 1 {was}"])]
