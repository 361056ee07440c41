"""How is a file from outside read without risking the program that serves everybody?

In a child of its own, with a limit on memory and processor time and a time-out; it hands back an outline or the name
of a refusal, as JSON. A child that dies or stalls is a refusal like any other. It is started afresh, never forked, so
that it is safe under threads, and it loads the readers alone, not the whole program.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from consult.documents import guard
from consult.documents.outline import Outline, from_json
from consult.refusals import Refusal

PATIENCE = 45.0  # seconds of the wall clock, for a machine that is busy with others
START = (
    "import sys, types\n"
    "package = types.ModuleType('consult')\n"
    "package.__path__ = [sys.argv[1]]\n"
    "sys.modules['consult'] = package\n"
    "from consult.documents.confined import answer\n"
    "answer(sys.argv[2])\n"
)
STOPPED = {-signal.SIGXCPU, -signal.SIGKILL}
REFUSALS: dict[str, type[Refusal]] = {
    kind.__name__: kind
    for kind in vars(guard).values()
    if isinstance(kind, type) and issubclass(kind, Refusal)
}


def read_word_file(blob: bytes, patience: float = PATIENCE) -> Outline:
    """The outline of a Word file, or a refusal. What size and first bytes can tell needs no child."""
    guard.checked_outside(blob)
    return _answered("word", blob, patience)


def read_text_files(files: Sequence[tuple[str, str]], patience: float = PATIENCE) -> Outline:
    """The outline of Markdown or plain files, given as names and texts."""
    return _answered("markdown", json.dumps(list(files)).encode(), patience)


def read_paste(text: str, patience: float = PATIENCE) -> Outline:
    return _answered("pasted", json.dumps(text).encode(), patience)


def _answered(kind: str, sent: bytes, patience: float) -> Outline:
    package = str(Path(__file__).resolve().parents[1])
    try:
        child = subprocess.run(  # noqa: S603 (our own interpreter and words; the upload goes in by its input)
            [sys.executable, "-I", "-c", START, package, kind],
            input=sent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=patience,
            env={"OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise guard.TookTooLong() from None
    if child.returncode:
        raise guard.TookTooLong() if child.returncode in STOPPED else guard.Unreadable()
    answer = json.loads(child.stdout)
    if "refused" in answer:
        raise REFUSALS[answer["refused"]](**answer["facts"])
    return from_json(answer["outline"])
