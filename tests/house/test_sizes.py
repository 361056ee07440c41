"""Is anything longer than a glance? Files of 300 lines, functions of 60, views of 24, templates of 120."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FILES = sorted((ROOT / "consult").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def too_long(source: str, most: int) -> list[str]:
    """The functions longer than `most` lines."""
    functions = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef)]
    return [one.name for one in functions if (one.end_lineno or 0) - one.lineno + 1 > most]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_read_at_one_sitting(path: Path) -> None:
    source = path.read_text()
    assert source.count("\n") <= 300
    assert too_long(source, 24 if path.stem.startswith("views") else 60) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_opens_with_its_question(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text())) or path.name == "__init__.py"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_is_at_most_120_lines(path: Path) -> None:
    assert path.read_text().count("\n") <= 120


def test_a_long_function_is_seen() -> None:
    assert too_long("def endless():\n" + "    x = 1\n" * 70, 60) == ["endless"]
