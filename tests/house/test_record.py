"""Does every act leave a trace? Each public function of each acts.py notes or journals, itself or through another act."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent / "consult"
ACTS = sorted(ROOT.glob("*/acts.py")) + sorted(ROOT.glob("*/acts_*.py"))
TRACES = {"note", "journal"}
# Pieces of other acts, each named with the reason why it leaves no trace of its own.
WITHOUT = {
    ("record", "note"): "is the trace",
    ("record", "journal"): "is the trace",
    ("record", "seal"): "chains the traces",
    ("record", "erase_disclosure"): "its act is whoever leaves",
    ("record", "commitment"): "answers a value",
    ("record", "entry_hash"): "answers a value",
    ("people", "tries"): "answers a number",
    ("people", "look_for_many_letters"): "looks, and counts nothing",
    ("people", "token_hash"): "answers a value",
    ("people", "hour_of"): "answers a value",
    ("people", "door_of"): "answers a value",
    ("people", "person_of"): "answers a number",
    ("people", "locked_ticket"): "the act that uses the link leaves it",
    ("people", "end_tickets"): "the act that ends them leaves it",
    (
        "people",
        "see_sign_in",
    ): "to the hour, and only in its own row: a journal of visits is what nobody wants",
    ("people", "put_tidying"): "asks for a job; what the job does is journalled",
    ("organisations", "accredit"): "the act of people that it calls notes it",
    ("languages", "write_texts"): "the act that the words belong to leaves it",
    ("languages", "write_text"): "the act that the words belong to leaves it",
    ("drafts", "new_clause"): "the act that the clause belongs to notes it",
    ("drafts", "appoint"): "the invitation journals it",
    ("drafts", "hand_over_chair"): "the roles that are given and ended note it",
    ("notices", "read_letter"): "a mark for the reader alone; a line for each letter opened would watch her",
    ("comments", "keep_words"): "kept for one person, dropped after thirty days, written after a rollback",
    ("comments", "drop_words"): "kept for one person, dropped after thirty days, written after a rollback",
}


def called(function: ast.FunctionDef) -> set[str]:
    """The names that a function calls."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {f.id for f in calls if isinstance(f, ast.Name)} | {
        f.attr for f in calls if isinstance(f, ast.Attribute)
    }


def traceless(room: str, sources: list[str]) -> list[str]:
    """The public functions that neither note nor journal, followed through the functions of the same room."""
    functions = {
        node.name: node
        for source in sources
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }
    leaving = {name for name, node in functions.items() if called(node) & TRACES}
    while more := {n for n, node in functions.items() if n not in leaving and called(node) & leaving}:
        leaving |= more
    public = {name for name in functions if not name.startswith("_")}
    return sorted(name for name in public - leaving if (room, name) not in WITHOUT)


@pytest.mark.parametrize("room", sorted({path.parent.name for path in ACTS}))
def test_every_act_notes_or_journals(room: str) -> None:
    assert traceless(room, [path.read_text() for path in ACTS if path.parent.name == room]) == []


def test_an_act_without_a_trace_is_seen() -> None:
    assert traceless("drafts", ["def publish(session):\n    session.add(1)\n"]) == ["publish"]


def test_commit_stands_in_one_place_only() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert found == ["db.py"]
