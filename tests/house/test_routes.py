"""Does every view wear a gate, does every page of a consultation pass its one door, and do addresses tell no row's id?"""

import re
from pathlib import Path

from flask import Flask

from consult.web.gates import anyone


def ungated(app: Flask) -> list[str]:
    """The endpoints whose view wears no gate."""
    return [name for name, view in app.view_functions.items() if not hasattr(view, "gate")]


def test_every_view_wears_a_gate(app: Flask) -> None:
    assert ungated(app) == []


def test_a_view_without_a_gate_is_seen() -> None:
    bare = Flask("bare", static_folder=None)
    bare.add_url_rule("/open", "open", lambda: "")
    bare.add_url_rule("/gated", "gated", anyone(lambda: ""))
    assert ungated(bare) == ["open"]


def test_behind_an_unknown_consultation_there_is_nothing(app: Flask) -> None:
    """Every page under a consultation that is not there answers 404, or asks to sign in: the one door was passed."""
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if "slug" not in rule.arguments or "GET" not in (rule.methods or ()):
            continue
        values = {name: _any(name) for name in rule.arguments - set(rule.defaults or {})}
        with app.test_request_context():
            address = app.url_map.bind("localhost").build(rule.endpoint, values)
        answer = client.get(address)
        assert answer.status_code in (404, 303), (rule.endpoint, answer.status_code)
        if answer.status_code == 303:
            assert "/sign-in" in answer.location, rule.endpoint


ROOM = Path(__file__).parent.parent.parent / "consult"
# Where a number may name the next page: a comment's own in its consultation, an entry's place in its chain.
NUMBERED = {"consensus/views.py", "drafts/views.py", "people/views.py"}
GOES_ON = re.compile(
    r"""asked_number\(\s*["'](after|before)|args\.get\(\s*["'](after|before)["'][^)]*type=int"""
)


def test_long_lists_go_on_by_names_and_public_numbers_alone() -> None:
    """A row's id in an address counts what its reader may not see."""
    found = {
        str(path.relative_to(ROOM)) for path in ROOM.rglob("views*.py") if GOES_ON.search(path.read_text())
    }
    assert found == NUMBERED


def test_a_list_that_goes_on_by_a_row_is_seen() -> None:
    assert GOES_ON.search('asked_number("after")') and GOES_ON.search("args.get('before', type=int)")


def _any(name: str) -> object:
    numbers = {"ordinal", "number", "page", "newer", "older"}
    return {"language": "en", "slug": "nowhere"}.get(name, 1 if name in numbers else "x")
