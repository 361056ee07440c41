"""Are all words of the interface translatable, and does nothing in a template break the headers' promise?"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent / "templates"
TEMPLATES = sorted(ROOT.rglob("*.html"))
# What may stand bare: signs and names that are the same in every language.
SAME_EVERYWHERE = re.compile(
    r"(Consult|PDF|Word|UTC|wide|narrow|[‹›·–—…→←×✓¶#/():;,.\[\]+\-&|•*=%?!\d\s]|&[a-z]+;)+"
)


def bare_words(source: str) -> list[str]:
    """The words that stand in a template outside of any translation."""
    text = re.sub(r"{#.*?#}", "", source, flags=re.S)
    text = re.sub(r"{%-?\s*trans.*?endtrans\s*-?%}", "", text, flags=re.S)
    text = re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.S)
    text = re.sub(r"<(script|style).*?</\1>", "", text, flags=re.S)
    titles = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', text)
    inner = re.sub(r"<[^>]*>", "\n", text).split("\n")
    return [
        one.strip() for one in [*titles, *inner] if one.strip() and not SAME_EVERYWHERE.fullmatch(one.strip())
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_bare_words_and_no_inline_style(path: Path) -> None:
    source = path.read_text()
    assert bare_words(source) == []
    assert not re.search(r"<[^>]*\sstyle=|<style|\son[a-z]+=|javascript:", source)
    assert "|safe" not in source


def test_bare_words_are_seen() -> None:
    assert bare_words('<p title="Hello">{{ _("said") }} Not said</p>') == ["Hello", "Not said"]
