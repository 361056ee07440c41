"""The record speaks in sentences: every act that the program notes has one, and none breaks on what it is told."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from consult.web.record_sentences import SENTENCES, sentence_of

ROOT = Path(__file__).parent.parent.parent / "consult"
FACTS: dict[str, dict[str, Any]] = {
    "organisation.added": {"organisation": "Kenya", "group": "government", "country": "KE"},
    "organisation.accredited": {"organisation": "Kenya", "reason": "Known to us."},
    "organisation.accreditation_ended": {"organisation": "Kenya", "reason": "It left."},
    "organisation.renamed": {"was": "Kenia", "organisation": "Kenya", "language": "en", "reason": "A slip."},
    "organisation.described": {"organisation": "Kenya", "name": "肯尼亚", "language": "zh-Hans"},
    "organisation.website_chosen": {"organisation": "Kenya", "website": "https://example.org"},
    "organisation.placed": {
        **{"organisation": "Kenya", "group": "government", "country": "KE", "reason": "It moved."},
        **{"was_group": "academia", "was_country": "TZ"},
    },
    "organisation.merged": {
        "organisation": "Kenia",
        "into": "Kenya",
        "into_slug": "kenya",
        "reason": "Twice.",
    },
    "organisation.disabled": {"organisation": "Kenya", "reason": "It was dissolved."},
    "organisation.restored": {"organisation": "Kenya", "reason": "It was not."},
    "role.given": {"kind": "moderator", "person": "quiet-heron", "language": None},
    "role.ended": {"kind": "translator", "person": "quiet-heron", "language": "ar"},
    "interest.declared": {"person": "quiet-heron", "words": "I advised a vendor until May."},
    "party.changed": {"organisation": "Kenya", "role": "addressed"},
    "party.removed": {"organisation": "Kenya", "reason": "It asked to be."},
    "party.merged": {"organisation": "Kenia", "into": "Kenya"},
    "consultation.access_chosen": {"track": "multilateral", "is_restricted": True},
    "consultation.opened": {"reason": "The parties agreed."},
    "consultation.convened": {"mechanism": "The Lake Forum"},
    "mechanism.named": {"mechanism": "The Lake Forum"},
    "mechanism.renamed": {"mechanism": "The Lakes Forum", "was": "The Lake Forum"},
    "mechanism.joined": {"mechanism": "The Lake Forum", "organisation": "Kenya"},
    "mechanism.left": {"mechanism": "The Lake Forum", "organisation": "Kenya"},
    "consultation.started": {
        "slug": "tests",
        "source_language": "en",
        "languages": ["en", "ar"],
        "track": "open",
    },
    "party.invited": {"organisation": "Kenya", "role": "party"},
    "draft.written": {"ordinal": 0, "clauses": 1},
    "draft.published": {"ordinal": 1, "kind": "revision", "sha256": "ab"},
    "text.translated": {"language": "ar", "state": "draft"},
    "round.planned": {
        "ordinal": 1,
        "draft": 0,
        "opens_at": "2026-11-02T12:00:00+00:00",
        "closes_at": "2026-12-02T12:00:00+00:00",
    },
    "round.extended": {
        "ordinal": 1,
        "was": "2026-12-02T12:00:00+00:00",
        "closes_at": "2026-12-09T12:00:00+00:00",
    },
    "round.shortened": {
        "ordinal": 1,
        "was": "2026-12-02T12:00:00+00:00",
        "closes_at": "2026-11-20T12:00:00+00:00",
        "reason": "The conference was moved.",
    },
    "round.closed": {"ordinal": 1},
    "comment.submitted": {"number": 412, "clause": "c7", "stance": "object", "round": 1},
    "comment.withdrawn": {"number": 412},
    "comment.hidden": {"number": 412, "reason": "It insults."},
    "comment.restored": {"number": 412, "reason": "It does not."},
    "position.taken": {"clause": "whole", "stance": "support", "round": 1},
    "positions.carried": {"draft": 1, "count": 31},
    "dispositions.published": {"round": 1, "count": 1},
    "comment.disposed": {"number": 412, "round": 1, "outcome": "accepted_in_part"},
    "comment.considered": {"number": 412, "round": 2},
    "name.changed": {},
    "person.left": {"person": "quiet-heron"},
    "comment.name_withdrawn": {"number": 412},
    "comment.joined": {"number": 412, "organisations": ["Kenya", "Uganda"]},
    "co_sponsor.ended": {"number": 412, "organisation": "Kenya"},
    "text.redacted": {"of": "#412", "reason": "It names a patient.", "sha256": "ab", "translations": 1},
    "clause.settled": {
        "clause": "c7",
        "kind": "replace",
        "draft": 0,
        "edition": 1,
        "comments": [3, 412],
        "editorial": 0,
    },
}


@dataclass
class Line:
    """An entry, as far as a sentence needs it."""

    act: str
    facts: Mapping[str, Any]


def noted_acts() -> Iterator[str]:
    """The names of all acts: the words with a point in them, in every function that notes."""
    for path in [*ROOT.glob("*/acts*.py")]:
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef) and _calls(function, "note"):
                letters = {id(kind) for call in _calls(function, "ask_letter") for kind in ast.walk(call)}
                for node in ast.walk(function):
                    is_words = isinstance(node, ast.Constant) and isinstance(node.value, str)
                    if is_words and id(node) not in letters and _is_act(node.value):
                        yield node.value


def _calls(function: ast.FunctionDef, name: str) -> list[ast.Call]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == name]


def _is_act(words: str) -> bool:
    thing, _, done = words.partition(".")
    return bool(done) and thing.isidentifier() and done.isidentifier() and done.endswith(("ed", "en", "n"))


def test_every_act_that_is_noted_has_its_sentence() -> None:
    found = set(noted_acts())
    assert len(found) > 30
    assert found - set(SENTENCES) == set()


@pytest.mark.parametrize("act", sorted(SENTENCES))
@pytest.mark.parametrize("language", ["en", "ar", "zh", "fr"])
def test_its_sentence_says_the_facts(app: Flask, act: str, language: str) -> None:
    with app.test_request_context(f"/{language}/"):
        said = sentence_of(Line(act, FACTS[act]))
        assert act not in said and "%" not in said and "<" not in said


def test_the_sentences_name_who_what_and_when(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert sentence_of(Line("comment.submitted", FACTS["comment.submitted"])) == (
            "#412 was submitted on clause c7 (permanent code): Object."
        )
        assert sentence_of(Line("clause.settled", FACTS["clause.settled"])).endswith("#3 and #412.")
        assert "2 November 2026, 12:00 UTC" in sentence_of(Line("round.planned", FACTS["round.planned"]))


def test_an_act_without_a_sentence_or_of_an_older_shape_is_named(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert sentence_of(Line("moon.landed", {})) == "“moon.landed” was recorded."
        assert sentence_of(Line("round.closed", {})) == "“round.closed” was recorded."
        assert (
            sentence_of(Line("role.given", {"kind": "king", "person": "x"})) == "“role.given” was recorded."
        )


def test_words_that_were_erased_are_said_to_be(app: Flask) -> None:
    with app.test_request_context("/en/"):
        said = sentence_of(Line("comment.hidden", {"number": 3, "reason": "hmac-sha256:00ff"}))
    assert said == "#3 was hidden. Reason: (these words were erased)"
