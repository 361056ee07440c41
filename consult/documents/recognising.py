"""Is a paragraph a heading, and which number does it bear?

A heading is one by its style; by its name (`Chapter II`); by following the number of the heading before; or because it
is short, no sentence, and stands out in bold, in capitals or in the middle. `open_nodes` are the headings and clauses
that the paragraph may stand under: they decide what `(i)` is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from consult.core.terms import ClauseKind
from consult.documents.blocks import LONGEST_UNSTYLED, Block, Node, stands_out
from consult.documents.labels import RANKS, SENTENCE_END, Reading, headed, readings
from consult.documents.markup import plain

LONGEST_HEADING = 200
LONGEST_SENTENCE = 80  # a styled heading longer than this that ends like a sentence is one
CENTRED, NUMBERED, STANDING_OUT, ARTICLE = 4.5, 6.0, 9.5, RANKS["article"]
HEADING_FAMILIES = {"1.1", "A.1", "1.", "I.", "A.", "1", "一、"}
HIGHER = {"I.": -1.0, "一、": -1.0, "A.": -0.5}
UNESCAPED = re.compile(r"(?<=\d)\\([.)])|^\\(?=\[)")


def number_of(block: Block, open_nodes: Sequence[Node]) -> Reading | None:
    """The number of a block, counted by its program or typed, and the words without it."""
    if block.number:
        found = _chosen(readings(block.number), open_nodes)
        if found and not found.rest:
            return replace(found, rest=block.text, label=block.number.rstrip(". "))
        return Reading(block.number, f"list {block.level}", (), block.text)
    marks = re.match(r"\*{1,3}", block.text)
    lead = marks[0] if marks else ""
    line = UNESCAPED.sub(r"\1", block.text[len(lead) :], count=2)
    found = _chosen(headed(line) if block.heading else readings(line), open_nodes)
    if not lead:
        return found
    if found is None:  # the emphasis may end with the number: `**(84)** Article 6`
        return _chosen(readings(line.replace(lead, "", 1)), open_nodes)
    after = re.match(rf"[.:\s]*{re.escape(lead)}[.:\s]*(.*)", found.rest, re.DOTALL)
    return replace(found, rest=after[1] if after else lead + found.rest)


def _chosen(candidates: Sequence[Reading], open_nodes: Sequence[Node]) -> Reading | None:
    """Of several ways to read `(i)`, the one that goes on counting; else the one that starts to."""
    if len(candidates) > 1:
        for node in reversed(open_nodes):
            for each in candidates:
                if each.follows(node.reading):
                    return each
    starting = [each for each in candidates if each.value == 1]
    return next(iter([*starting, *candidates]), None)


def is_heading(block: Block, found: Reading | None, open_nodes: Sequence[Node]) -> bool:
    words = plain(found.rest if found else block.text)
    if found and found.rank is not None:
        return found.rank < ARTICLE and len(words) <= LONGEST_HEADING
    if block.heading:
        is_sentence = len(words) > LONGEST_SENTENCE and words.endswith(SENTENCE_END)
        return len(words) <= LONGEST_HEADING and not is_sentence
    if found and _heading_before(found, open_nodes):
        return len(words) <= LONGEST_UNSTYLED and not words.endswith(SENTENCE_END)
    if found and (found.family not in HEADING_FAMILIES or not block.is_strong):
        return False
    return stands_out(replace(block, text=words))


def rank_of(block: Block, found: Reading | None, open_nodes: Sequence[Node]) -> float:
    """How high a heading stands; the highest is the lowest number."""
    if block.heading:
        return float(block.heading)
    if found and found.rank is not None:
        return found.rank
    if found and (before := _heading_before(found, open_nodes)):
        return before.rank or STANDING_OUT
    if found:
        return NUMBERED + HIGHER.get(found.family, len(found.values) - 1)
    return CENTRED if block.is_centred or plain(block.text).isupper() else STANDING_OUT


def _heading_before(found: Reading, open_nodes: Sequence[Node]) -> Node | None:
    """The heading whose number this one follows: one that lost its style is still a heading."""
    for node in reversed(open_nodes):
        if node.kind == ClauseKind.SECTION and node.reading and node.reading.family == found.family:
            return node if found.follows(node.reading) else None
    return None
