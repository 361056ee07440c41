"""How is a clause cited, and what are the numbers after clauses came, went or moved?"""

from collections.abc import Sequence

from consult.core.labels import Numbered, NumberKind, read_number
from consult.core.renumbering import Node, renumbered
from consult.core.text import has_unspaced

__all__ = ["Node", "NumberKind", "Numbered", "cited", "read_number", "renumbered"]

_SECTIONS = (NumberKind.PART, NumberKind.CHAPTER, NumberKind.SECTION)


def cited(path: Sequence[str]) -> str:
    """How a text cites a clause, from the printed labels of its ancestors and its own.

    An article, a decimal, and a paragraph of a section ("(15)", counted through the whole text) stand for
    themselves; points are cited within them: 3.2(a)(i), Article 5(1)(a). What is in an annex says so, and a
    section says its chapter, as their numbers begin again. A clause without a number cannot be cited: "".
    """
    if not path or not path[-1].strip():
        return ""
    found = annex = ""
    above: NumberKind | None = None
    for label in filter(str.strip, path):
        own = label.strip().rstrip(".:、．")
        numbered = read_number(label)
        kind = numbered.kind if numbered else None
        is_point = own.startswith(("(", "（"))
        if kind is NumberKind.ANNEX:
            found = annex = own
        elif _stands_alone(kind, above, own):
            found = _listed(annex, own)
        elif kind in _SECTIONS or not found or (above in (*_SECTIONS, NumberKind.ANNEX) and not is_point):
            found = _listed(found, own)
        else:
            found += own if is_point else f"({own.rstrip(')）')})"
        is_heading = numbered is not None and numbered.style in ("I", "A") and not is_point
        above = NumberKind.SECTION if is_heading else kind
    return found


def _stands_alone(kind: NumberKind | None, above: NumberKind | None, own: str) -> bool:
    if kind is NumberKind.PARAGRAPH:
        return own.startswith("(") and above in (None, *_SECTIONS, NumberKind.DECIMAL)
    return kind in (NumberKind.ARTICLE, NumberKind.DECIMAL)


def _listed(whole: str, part: str) -> str:
    if not whole or has_unspaced(whole):
        return whole + part
    is_arabic = any("\u0600" <= sign <= "\u06ff" for sign in whole)
    return whole + ("، " if is_arabic else ", ") + part
