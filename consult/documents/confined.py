"""What happens in the child that reads one file: it limits itself, reads, and answers.

The limits come after the imports, which are ours, and before the first byte of the file.
"""

import json
import resource
import sys
from collections.abc import Callable

from consult.documents.docx_in import read_docx
from consult.documents.guard import MEBIBYTE, ExpandsTooMuch
from consult.documents.markdown_in import read_markdown
from consult.documents.outline import Outline, to_json
from consult.documents.pasted_in import read_pasted
from consult.refusals import Refusal

MEMORY = 1536 * MEBIBYTE  # of addresses: the libraries alone take half of it
SECONDS = 30


READERS: dict[str, Callable[[bytes], Outline]] = {
    "word": read_docx,
    "markdown": lambda sent: read_markdown([(name, text) for name, text in json.loads(sent)]),
    "pasted": lambda sent: read_pasted(json.loads(sent)),
}


def answer(kind: str) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        said: dict[str, object] = {"outline": to_json(READERS[kind](sys.stdin.buffer.read()))}
    except Refusal as refused:
        said = {"refused": type(refused).__name__, "facts": vars(refused)}
    except MemoryError:
        said = {"refused": ExpandsTooMuch.__name__, "facts": {"part": ""}}
    sys.stdout.write(json.dumps(said))
    sys.stdout.flush()
