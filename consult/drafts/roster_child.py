"""How is a spreadsheet from outside read without risking the program that serves everybody? In a child with limits."""

import json
import subprocess
import sys
from pathlib import Path

from consult.drafts import roster_guard
from consult.drafts.roster_guard import SheetExpandsTooMuch, SheetUnreadable, refuse_unsafe
from consult.refusals import Refusal

PATIENCE = 40.0  # seconds of the wall clock, for a machine that is busy with others
START = (
    "import sys, types\n"
    "package = types.ModuleType('consult')\n"
    "package.__path__ = [sys.argv[1]]\n"
    "sys.modules['consult'] = package\n"
    "from consult.drafts.roster_confined import answer\n"
    "answer()\n"
)
REFUSALS: dict[str, type[Refusal]] = {
    name: kind
    for name, kind in vars(roster_guard).items()
    if isinstance(kind, type) and issubclass(kind, Refusal)
}


def read_workbook(blob: bytes, patience: float = PATIENCE) -> list[list[str]]:
    """The cells of an .xlsx, .ods or .xls, or a refusal; a child that dies or stalls is a refusal like any other."""
    refuse_unsafe(blob)
    package = str(Path(__file__).resolve().parents[1])
    try:
        child = subprocess.run(  # noqa: S603 (our own interpreter and words; the upload goes in by its input)
            [sys.executable, "-I", "-c", START, package],
            input=blob,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=patience,
            env={"PYTHONHASHSEED": "0"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SheetExpandsTooMuch from None
    if child.returncode:
        raise SheetExpandsTooMuch if child.returncode < 0 else SheetUnreadable
    said = json.loads(child.stdout)
    if "refused" in said:
        raise REFUSALS[said["refused"]](**said["facts"])
    cells: list[list[str]] = said["cells"]
    return cells
