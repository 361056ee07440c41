"""May a room look up? The order of imports of HOUSE, and the purity of the core, held by reading every file."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent / "consult"
ORDER = (
    "core refusals config memory clock db jobs web record people organisations languages drafts rounds comments "
    "consensus translating consolidation delegations documents notices privacy api cli"
).split()
FILES = sorted(ROOT.rglob("*.py"))
TOP = {"__init__", "tables"}
PURE = {
    *(
        "__future__ bisect collections dataclasses datetime enum functools hashlib heapq itertools math re string"
    ).split(),
    *("typing unicodedata operator fractions decimal statistics types").split(),
    *("icu4py rapidfuzz numpy consult").split(),
}


def imports(tree: ast.AST) -> list[str]:
    """The dotted names that a module imports."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def room_of(path: Path) -> str:
    """The room, or the top file, that a path is in."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def upward(path: Path, names: list[str]) -> list[str]:
    """Which of the names imported look up the order."""
    room = room_of(path)
    if room in TOP:
        return []
    ours = [name.split(".")[1] for name in names if name.startswith("consult.") and name.count(".") >= 1]
    return [other for other in ours if other in ORDER and ORDER.index(other) > ORDER.index(room)]


def forbidden(path: Path, names: list[str]) -> list[str]:
    """Which imports this kind of file may not have."""
    kind = path.stem
    heads = {name.split(".")[0] for name in names}
    if room_of(path) == "core":
        return sorted(heads - PURE)
    walls = {
        "models": {"flask", "wtforms", "flask_babel"},
        "policy": {"flask", "sqlalchemy", "wtforms", "flask_babel"},
        "acts": {"flask", "wtforms", "flask_babel", "flask_login"},
        "reads": {"flask", "wtforms", "flask_babel", "flask_login"},
        "views": {"sqlalchemy", "wtforms"},
        "forms": {"sqlalchemy"},
        "tasks": {"flask", "wtforms"},
    }
    wrong = sorted(heads & walls.get(kind, set()))
    if kind in {"views", "policy", "forms"}:
        wrong += [name for name in names if ".models" in name and kind != "policy"]
    if kind in {"acts", "reads"}:
        wrong += [name for name in names if name.startswith("consult.web")]
    return wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_looks_up_the_order_or_over_its_wall(path: Path) -> None:
    names = imports(ast.parse(path.read_text()))
    assert upward(path, names) == []
    assert forbidden(path, names) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_hides_in_a_function(path: Path) -> None:
    tree = ast.parse(path.read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [
        inner.lineno
        for one in functions
        for inner in ast.walk(one)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ] == []


def test_the_wall_is_seen_when_it_is_broken() -> None:
    assert upward(ROOT / "people/acts.py", ["consult.comments.models.Comment"]) == ["comments"]
    assert forbidden(ROOT / "core/text.py", ["flask.Flask", "random"]) == ["flask", "random"]
    assert forbidden(ROOT / "drafts/views.py", ["sqlalchemy.select"]) == ["sqlalchemy"]
